"""The page of each case. Only its own file tells most of what it shows; many others share the rest."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from simpul import model
from simpul.addresses import bundle_url, case_url, slugify
from simpul.figures.conditions import condition_keys
from simpul.figures.currency import overdue
from simpul.figures.likeness import like_cases
from simpul.figures.results import bars
from simpul.pages import chain
from simpul.pages.attachments import files_of, kilobytes, offered
from simpul.pages.page import (
    PRACTICES,
    PRACTICES_FRONT,
    Facets,
    LazyPage,
    Page,
    PageKind,
    crumbs,
    link,
    practice_cards,
    withdrawn_links,
)
from simpul.portal import Portal, once
from simpul.runtime.lazy import Shared
from simpul.sources.entry import WholeCase

RANK = 5
BUNDLE_FRAME = 4_000
"""Bytes of a bundle beside attachments, text and pictures, roughly."""


def complete(page: Page, case: WholeCase) -> Page:
    """The page with what the case's own file tells."""
    practice, home = case.practice, page.shared["home"][0].value
    region, condition, usual = home["region"], practice.kondisi, home["usual"] or {}
    named = model.case_of(practice)
    here = named.condition or (usual.get("koneksi"), usual.get("geografi"))
    facets = Facets("praktik-baik", region["code"], region["title"], named.competences, named.themes,
                    named.verified, named.added,
                    conditions=condition_keys(*here))
    return page._replace(
        title=practice.judul, description=practice.ringkasan, sample=practice.contoh,
        view={**page.view, **home, **facts(practice),
              "attachments": offered(practice.lampiran, page.view["files"]),
              "bundle": _bundle(page, case) if practice.lampiran else None,
              "condition": condition.model_dump() if condition else home["usual"]},
        crumbs=crumbs(PRACTICES, (region["title"], region["url"])), facets=facets if practice.cari else None)


def _bundle(page: Page, case: WholeCase) -> dict[str, Any]:
    """All attachments and the case as one file, with its size as far as it is known before it is made."""
    size = sum(file["bytes"] for file in page.view["files"].values()) + page.view["pictured"] * 1024 * 4 // 3
    text = sum(map(len, case.rendered.html)) + BUNDLE_FRAME
    return link("Paket replikasi", bundle_url(page.view["id"]), kilobytes=kilobytes(size + text))


KIND = PageKind("practice", "praktik", PRACTICES_FRONT, complete=complete)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """The pages of all cases."""
    for path, entry in portal.kinds.get("praktik", {}).items():
        yield LazyPage(case_url(entry.name), KIND, partial(_case, portal, entry.name, path), path)


def _case(portal: Portal, name: str, path: str) -> Page:
    """What a case's page shows of other sources than its own."""
    case, cards = portal.cases[name], practice_cards(portal)
    known = subjects(portal)
    view = {"id": name, "stale": overdue(portal, case),
            "withdrawn": withdrawn_links(portal, path, "replikasi_dari"),
            "files": files_of(portal, path, case.attached),
            "pictured": pictured(portal, path) if case.attached else 0}
    lost = map(Shared, withdrawn_links(portal, path, "modul_terkait"))
    return Page(case_url(name), KIND, view=view, texts=(path,), source=path, shared={
        "home": homes(portal)[name.partition("/")[0]],
        "competences": [known[code] for code in case.competences],
        "modules": [*(known[module] for module in case.modules), *lost],
        "origins": [cards[other] for other in _origins(portal, name)] if case.origin else (),
        "replications": [cards[other] for other in portal.replications.get(name, ())],
        "like": [cards[other] for other in like_cases(portal)[name]],
    })


@once
def subjects(portal: Portal) -> Mapping[str, Shared]:
    """Links to the competences and modules that a case may be about, by code or id."""
    competences = {code: link(competence.nama, f"kompetensi/{code}.html", code=code)
                   for code, competence in portal.competences.items()}
    modules = {name: link(module.judul, f"modul/{name}.html") for name, module in portal.modules.items()}
    return {name: Shared(item) for name, item in (competences | modules).items()}


@once
def homes(portal: Portal) -> Mapping[str, Sequence[Shared]]:
    """What the pages of a region's cases show of it."""
    return {code: (Shared(_home(portal, code)),) for code in portal.cases_by.region}


def _home(portal: Portal, code: str) -> dict[str, Any]:
    profile = portal.profiles.get(code)
    contact = profile.kontak if profile else None
    return {"region": link(portal.region_name(code), f"daerah/{code}.html", code=code),
            "usual": profile.kondisi.model_dump() if profile and profile.kondisi else None,
            "contact": contact.model_dump() if contact else None, "chain": chain.of_region(portal, code)}


def _origins(portal: Portal, name: str) -> Iterator[str]:
    """The chain of cases a case comes from, nearest first."""
    while name := portal.cases[name].origin:
        yield name


def pictured(portal: Portal, path: str) -> int:
    """How heavy the pictures of a case are, in KB."""
    return sum(portal.pictures[source].kilobytes
               for source in {image.source for image in portal.entries[path].images})


def facts(practice: model.Practice) -> dict[str, Any]:
    """What the fields of a case tell, as its page and its bundle show it."""
    consent, cost = practice.persetujuan, practice.biaya
    return {
        "agency": practice.instansi, "stage": practice.tahapan, "initiator": practice.inisiator,
        "type": practice.jenis, "form": practice.bentuk, "summary": practice.ringkasan,
        "failure": practice.kegagalan,
        "themes": [link(theme.replace("-", " "), f"praktik/tema/{slugify(theme)}.html")
                   for theme in practice.tema],
        "trial": _iso(practice.mulai_uji_coba), "start": _iso(practice.mulai_penerapan),
        "cost": cost.model_dump() if cost else None, "results": list(map(_result, practice.hasil)),
        "requirements": list(practice.syarat_berhasil), "status": practice.status_keberlanjutan,
        "stopped_because": practice.alasan_berhenti, "verified": _iso(practice.terverifikasi_pada),
        "consent": consent.model_dump(mode="json") if consent else None, "licence": practice.lisensi,
        "submitted_by": practice.diajukan_melalui,
    }


def _iso(date: Any) -> str:
    return date.isoformat() if date else ""


def _result(result: model.Result) -> dict[str, Any]:
    """A result with its bars, for a glance."""
    found = bars(result)
    return {
        "indicator": result.indikator, "unit": result.satuan, "before": f"{result.sebelum:f}",
        "after": f"{result.sesudah:f}", "change": f"{result.sesudah - result.sebelum:f}",
        "period": result.periode, "evidence": result.bukti,
        "better": result.arah or "", "whole": f"{result.dari:f}" if result.dari is not None else "",
        "bars": {**found._asdict(), "end": f"{found.end.normalize():f}"} if found else None,
    }
