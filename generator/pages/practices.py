"""Cases and their lists."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from generator import model
from generator.addresses import slugify
from generator.checks.currency import overdue
from generator.pages import chain
from generator.pages.page import (
    LISTED,
    PAGE_SIZE,
    AnyPage,
    Facets,
    Later,
    Opener,
    Page,
    crumbs,
    link,
    newest,
    practice_link,
    with_newest,
)
from generator.portal import Portal

PRACTICES = ("Praktik baik", "praktik/index.html")
LIKE_CASES = 3


def pages(portal: Portal) -> Iterator[AnyPage]:
    """The front page of practices, their lists, and each case."""
    ordered = portal.oldest_cases
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
    regions = {code: _region(portal, code) for code in portal.practices_by_region}
    for name in ordered:
        yield _case(portal, name, like.get(name, []), regions[name.partition("/")[0]])


def case_pages(portal: Portal, names: Iterable[str]) -> list[Later]:
    """The pages of some cases."""
    like = _like_cases(portal)
    return [_case(portal, name, like.get(name, []), _region(portal, name.partition("/")[0])) for name in names]


Lists = dict[str, tuple[str, dict[str, list[str]]]]


def _lists(portal: Portal, ordered: Sequence[str]) -> Lists:
    """Cases by axis and key; each list is oldest first."""
    themes, competences, provinces, regions = (defaultdict[str, list[str]](list) for _ in range(4))
    for name in ordered:
        case = portal.cases[name]
        for theme in case.themes:
            themes[theme].append(name)
        for competence in case.competences:
            competences[competence].append(name)
        provinces[name[:2]].append(name)
        regions[name.partition("/")[0]].append(name)
    return {"tema": ("Praktik bertema", _sorted(themes)), "kompetensi": ("Praktik untuk kompetensi", _sorted(competences)),
            "provinsi": ("Praktik dari", _sorted(provinces)), "daerah": ("Praktik dari", _sorted(regions))}


def _sorted(names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return dict(sorted(names.items()))


def _label(portal: Portal, axis: str, key: str) -> str:
    if axis in ("provinsi", "daerah"):
        return portal.region_name(key)
    if axis == "kompetensi" and key in portal.competences:
        return f"{key} {portal.competences[key].nama}"
    return key.replace("-", " ")


def _front(portal: Portal, ordered: Sequence[str], lists: Lists) -> Page:
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


def _archive(portal: Portal, base: str, title: str, ordered: Sequence[str]) -> Iterator[Later]:
    """A list in pages from the oldest: a new case touches the first page and the last, not all."""
    if not ordered:
        return
    chunks = [ordered[start:start + PAGE_SIZE] for start in range(0, len(ordered), PAGE_SIZE)]
    older = [link(f"Bagian {number}", f"{base}/{number}.html") for number in range(len(chunks) - 1, 0, -1)]
    trail = crumbs(PRACTICES)
    first = Page(f"{base}.html", "practice_archive", title, f"{title}: terbaru lebih dulu.",
                 {"older": older, "count": len(ordered)}, crumbs=trail)
    yield with_newest(portal, chunks[-1], PAGE_SIZE, first)
    for number, chunk in enumerate(chunks[:-1], 1):
        part = Page(f"{base}/{number}.html", "practice_archive", f"{title}, bagian {number}", f"{title}, bagian {number}.",
                    {"older": [], "count": 0}, crumbs=crumbs(PRACTICES, (title, f"{base}.html")))
        yield with_newest(portal, chunk, PAGE_SIZE, part)


def _like_cases(portal: Portal) -> Mapping[str, list[str]]:
    """The next cases from other regions in a ring of those under like conditions, ordered by theme.

    A ring, so that a new case changes the pages of its few neighbours only.
    """
    rings: dict[tuple[str | None, str | None, bool], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name, case in portal.cases.items():
        place = portal.place(name)
        if any(place):
            rings[(*place, case.sample)].append((case.themes[:1], name))
    return {name: near for ring in rings.values() for name, near in _walk([name for _, name in sorted(ring)])}


def _walk(ring: list[str]) -> Iterator[tuple[str, list[str]]]:
    reach = min(len(ring), 4 * LIKE_CASES)
    names = ring + ring[:reach]
    regions = [name.partition("/")[0] for name in names]
    for place, name in enumerate(ring):
        end, region = place + 1 + LIKE_CASES, regions[place]
        if end <= place + reach and region not in regions[place + 1:end]:
            yield name, names[place + 1:end]
        else:
            others = (names[other] for other in range(place + 1, place + reach) if regions[other] != region)
            yield name, list(islice(others, LIKE_CASES))


def _case(portal: Portal, name: str, like: list[str], region: str) -> Later:
    return Later(f"praktik/{name}.html", "practice", _inputs(portal, name, like, region), (portal.practice_path(name),),
                 partial(_page, portal, name, like))


def _inputs(portal: Portal, name: str, like: list[str], region: str) -> str:
    """What a case's page shows of other sources than its own; `region` is what it shows of its region."""
    case, marks = portal.cases[name], portal.practice_marks
    shown = [region, "stale" if overdue(portal, case) else ""]
    shown += [portal.competences[key].nama for key in case.competences]
    shown += [portal.modules[key].judul for key in case.modules]
    shown += [marks[other] for other in _origins(portal, name)] if case.origin else ()
    shown.append("")
    shown += [marks[other] for other in portal.replications.get(name, ())]
    shown.append("")
    shown += [marks[other] for other in like]
    return "\n".join(shown)


def _region(portal: Portal, code: str) -> str:
    """Changes with what a case's page shows of its region."""
    profile = portal.entries.get(portal.profile_path(code))
    return "\n".join((portal.region_name(code), profile.facts if profile else "", chain.of_region(portal, code)))


def _page(portal: Portal, name: str, like: list[str], practice_of: Opener) -> Page:
    code, practice, case = name.partition("/")[0], practice_of(name), portal.cases[name]
    path = portal.practice_path(name)
    trail = crumbs(PRACTICES, (portal.region_name(code), f"daerah/{code}.html"))
    facets = Facets("praktik-baik", code, portal.region_name(code), case.competences, case.themes, case.verified, case.added)
    return Page(f"praktik/{name}.html", "practice", case.title, case.summary, _facts(portal, name, practice, like), texts=(path,),
                source=path, crumbs=trail, sample=case.sample, facets=facets if case.sought else None)


def _facts(portal: Portal, name: str, practice: model.Practice, like: list[str]) -> dict[str, Any]:
    code = name.partition("/")[0]
    profile = portal.profiles.get(code)
    condition = practice.kondisi or (profile.kondisi if profile else None)
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
        "verified": _iso(practice.terverifikasi_pada), "stale": overdue(portal, portal.cases[name]),
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
    while name := portal.cases[name].origin:
        yield name


def _result(result: model.Result) -> dict[str, Any]:
    """A result with bars as percentages of the larger value, for a glance."""
    largest = max(abs(result.sebelum), abs(result.sesudah)) or 1
    return {
        "indicator": result.indikator, "unit": result.satuan, "before": str(result.sebelum), "after": str(result.sesudah),
        "change": str(result.sesudah - result.sebelum), "period": result.periode, "evidence": result.bukti,
        "before_share": int(abs(result.sebelum) / largest * 100), "after_share": int(abs(result.sesudah) / largest * 100),
    }
