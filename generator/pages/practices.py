"""Cases and their lists."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from generator import model
from generator.addresses import slugify
from generator.checks.currency import VERIFIED_FOR
from generator.pages import chain
from generator.pages.page import (
    LISTED,
    PAGE_SIZE,
    Facets,
    Later,
    Page,
    crumbs,
    link,
    newest,
    oldest_first,
    practice_link,
    with_newest,
)
from generator.portal import Portal

PRACTICES = ("Praktik baik", "praktik/index.html")
LIKE_CASES = 3


def pages(portal: Portal) -> Iterator[Page]:
    """The front page of practices, their lists, and each case."""
    ordered = oldest_first(portal, portal.practices)
    lists = _lists(portal, ordered)
    yield _front(portal, ordered, lists)
    yield from _archive(portal, "praktik/semua", "Semua praktik baik", ordered)
    for axis, (heading, names) in lists.items():
        for key, members in names.items():
            if axis == "daerah" and len(members) <= LISTED:
                continue  # the region's own page lists them all
            yield from _archive(portal, f"praktik/{axis}/{slugify(key) if axis == 'tema' else key}",
                                f"{heading} {_label(portal, axis, key)}", members)
    like = _like_cases(portal)
    for name in ordered:
        yield _case(portal, name, portal.practices[name], like.get(name, []))


Lists = dict[str, tuple[str, dict[str, list[str]]]]


def _lists(portal: Portal, ordered: list[str]) -> Lists:
    """Cases by axis and key; each list is oldest first."""
    axes: dict[str, tuple[str, Callable[[str, model.Practice], tuple[str, ...]]]] = {
        "tema": ("Praktik bertema", lambda name, practice: practice.tema),
        "kompetensi": ("Praktik untuk kompetensi", lambda name, practice: practice.kompetensi),
        "provinsi": ("Praktik dari", lambda name, practice: (name[:2],)),
        "daerah": ("Praktik dari", lambda name, practice: (name.partition("/")[0],)),
    }
    lists: Lists = {}
    for axis, (heading, keys) in axes.items():
        found: dict[str, list[str]] = defaultdict(list)
        for name in ordered:
            for key in keys(name, portal.practices[name]):
                found[key].append(name)
        lists[axis] = heading, dict(sorted(found.items()))
    return lists


def _label(portal: Portal, axis: str, key: str) -> str:
    if axis in ("provinsi", "daerah"):
        return portal.region_name(key)
    if axis == "kompetensi" and key in portal.competences:
        return f"{key} {portal.competences[key].nama}"
    return key.replace("-", " ")


def _front(portal: Portal, ordered: list[str], lists: Lists) -> Page:
    choices = {
        axis: [link(_label(portal, axis, key), f"praktik/{axis}/{slugify(key) if axis == 'tema' else key}.html", count=len(names))
               for key, names in lists[axis][1].items()]
        for axis in ("tema", "kompetensi", "provinsi")
    }
    view = {"practices": newest(portal, ordered, 10), "count": len(ordered), "choices": choices,
            "all": "praktik/semua.html" if ordered else ""}
    return Page("praktik/index.html", "practice_list", "Praktik baik",
                "Praktik digital dari daerah: apa yang dilakukan, hasilnya, dan apa yang tidak berhasil.", view,
                crumbs=crumbs(), facets=Facets("halaman"))


def _archive(portal: Portal, base: str, title: str, ordered: list[str]) -> Iterator[Page]:
    """A list in pages from the oldest: a new case touches the first page and the last, not all."""
    if not ordered:
        return
    chunks = [ordered[start:start + PAGE_SIZE] for start in range(0, len(ordered), PAGE_SIZE)]
    older = [link(f"Bagian {number}", f"{base}/{number}.html") for number in range(len(chunks) - 1, 0, -1)]
    trail = crumbs(PRACTICES)
    yield Page(f"{base}.html", "practice_archive", title, f"{title}: terbaru lebih dulu.",
               with_newest(portal, chunks[-1], PAGE_SIZE, {"older": older, "count": len(ordered)}), crumbs=trail)
    for number, chunk in enumerate(chunks[:-1], 1):
        yield Page(f"{base}/{number}.html", "practice_archive", f"{title}, bagian {number}", f"{title}, bagian {number}.",
                   with_newest(portal, chunk, PAGE_SIZE, {"older": [], "count": 0}),
                   crumbs=crumbs(PRACTICES, (title, f"{base}.html")))


def _like_cases(portal: Portal) -> Mapping[str, list[str]]:
    """The next cases from other regions in a ring of those under like conditions, ordered by theme.

    A ring, so that a new case changes the pages of its few neighbours only.
    """
    rings: dict[tuple[str | None, str | None, bool], list[str]] = defaultdict(list)
    for name, practice in portal.practices.items():
        condition = portal.condition(name)
        if condition and (condition.koneksi or condition.geografi):
            rings[condition.koneksi, condition.geografi, practice.contoh].append(name)
    return {name: near for ring in rings.values() for name, near in _walk(portal, ring)}


def _walk(portal: Portal, ring: list[str]) -> Iterator[tuple[str, list[str]]]:
    ring.sort(key=lambda name: (portal.practices[name].tema[:1], name))
    for place, name in enumerate(ring):
        region = name.partition("/")[0] + "/"
        following = (ring[(place + step) % len(ring)] for step in range(1, min(len(ring), 4 * LIKE_CASES)))
        yield name, list(islice((other for other in following if not other.startswith(region)), LIKE_CASES))


def _case(portal: Portal, name: str, practice: model.Practice, like: list[str]) -> Page:
    code = name.partition("/")[0]
    path = portal.practice_path(name)
    trail = crumbs(PRACTICES, (portal.region_name(code), f"daerah/{code}.html"))
    facets = Facets("praktik-baik", code, portal.region_name(code), practice.kompetensi, practice.tema,
                    _iso(practice.terverifikasi_pada), portal.added(name))
    view = Later(_inputs(portal, name, practice, like), partial(_facts, portal, name, practice, like))
    return Page(f"praktik/{name}.html", "practice", practice.judul, practice.ringkasan, view, texts=(path,), source=path,
                crumbs=trail, sample=practice.contoh, facets=facets if practice.cari else None)


def _inputs(portal: Portal, name: str, practice: model.Practice, like: list[str]) -> list[Any]:
    """What a case's page shows of other sources than its own."""
    profile = portal.entries.get(portal.profile_path(name.partition("/")[0]))
    marks = portal.practice_marks
    return [
        [portal.competences[code].nama for code in practice.kompetensi],
        [portal.modules[module].judul for module in practice.modul_terkait],
        _stale(portal, practice), profile.facts if profile else "", [marks[other] for other in _origins(portal, name)],
        [marks[other] for other in portal.replications.get(name, ())], [marks[other] for other in like],
        chain.of_region(portal, name.partition("/")[0]),
    ]


def _stale(portal: Portal, practice: model.Practice) -> bool:
    verified = practice.terverifikasi_pada
    return bool(verified and portal.as_of - verified > VERIFIED_FOR)


def _facts(portal: Portal, name: str, practice: model.Practice, like: list[str]) -> dict[str, Any]:
    code = name.partition("/")[0]
    profile = portal.profiles.get(code)
    condition = portal.condition(name)
    return {
        "id": name, "region": link(portal.region_name(code), f"daerah/{code}.html", code=code),
        "agency": practice.instansi, "stage": practice.tahapan, "initiator": practice.inisiator, "type": practice.jenis,
        "form": practice.bentuk, "summary": practice.ringkasan, "failure": practice.kegagalan,
        "themes": [link(theme.replace("-", " "), f"praktik/tema/{slugify(theme)}.html") for theme in practice.tema],
        "trial": _iso(practice.mulai_uji_coba), "start": _iso(practice.mulai_penerapan),
        "competences": [link(portal.competences[c].nama, f"kompetensi/{c}.html", code=c) for c in practice.kompetensi],
        "modules": [link(portal.modules[m].judul, f"modul/{m}.html") for m in practice.modul_terkait],
        "condition": condition.model_dump() if condition else None,
        "cost": practice.biaya.model_dump() if practice.biaya else None,
        "results": [_result(result) for result in practice.hasil], "requirements": list(practice.syarat_berhasil),
        "status": practice.status_keberlanjutan, "stopped_because": practice.alasan_berhenti,
        "verified": _iso(practice.terverifikasi_pada), "stale": _stale(portal, practice),
        "consent": practice.persetujuan.model_dump(mode="json") if practice.persetujuan else None,
        "licence": practice.lisensi, "submitted_by": practice.diajukan_melalui,
        "origins": [practice_link(portal, other) for other in _origins(portal, name)],
        "replications": [practice_link(portal, other) for other in portal.replications.get(name, ())],
        "like": [practice_link(portal, other) for other in like],
        "chain": chain.of_region(portal, code),
        "contact": profile.kontak.model_dump() if profile and profile.kontak else None,
    }


def _iso(date: Any) -> str:
    return date.isoformat() if date else ""


def _origins(portal: Portal, name: str) -> Iterator[str]:
    """The chain of cases a case comes from, nearest first."""
    origin = portal.practices[name].replikasi_dari
    while origin:
        yield origin
        origin = portal.practices[origin].replikasi_dari


def _result(result: model.Result) -> dict[str, Any]:
    """A result with bars as percentages of the larger value, for a glance."""
    largest = max(abs(result.sebelum), abs(result.sesudah)) or 1
    return {
        "indicator": result.indikator, "unit": result.satuan, "before": str(result.sebelum), "after": str(result.sesudah),
        "change": str(result.sesudah - result.sebelum), "period": result.periode, "evidence": result.bukti,
        "before_share": int(abs(result.sebelum) / largest * 100), "after_share": int(abs(result.sesudah) / largest * 100),
    }
