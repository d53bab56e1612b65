"""The page of each case, and the rings of cases under like conditions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from simpul import model
from simpul.addresses import case_url, slugify
from simpul.checks.currency import overdue
from simpul.pages import chain
from simpul.pages.page import PRACTICES, Facets, Later, Opener, Page, Sheaf, crumbs, link, practice_link
from simpul.portal import Condition, Portal

LIKE_CASES = 3
Ring = tuple[str, str, bool]
"""Connection and geography, "" where they are not known, and whether the cases are samples."""


def pages(portal: Portal) -> Iterator[Sheaf]:
    """The pages of all cases, ring by ring."""
    stale = {name for name, case in portal.cases.items() if overdue(portal, case)}
    for ring, names in _rings(portal).items():
        yield Sheaf(repr(ring), "practice", _ring_inputs(portal, names, stale), tuple(map(portal.practice_path, names)),
                    tuple(map(case_url, names)), partial(_pages, portal, ring, names, names))


def sheaf_of(portal: Portal, name: str) -> str:
    """The sheaf that the page of a case is in."""
    return repr(_ring(portal.cases[name], portal.condition(name)))


def case_pages(portal: Portal, names: Collection[str]) -> list[Later]:
    """The pages of some cases."""
    rings = _rings(portal) if names else {}
    return [page for ring, members in rings.items() for page in _pages(portal, ring, members, names)]


def _rings(portal: Portal) -> dict[Ring, list[str]]:
    """Cases under like conditions, by theme, then by region, then oldest first. A case is shown with the next ones from other
    regions; the last is followed by the first, and a new case changes the pages of its few neighbours only.
    """
    rings: dict[Ring, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, names in portal.cases_by.region.items():
        usual = portal.region_condition(code)
        for name in names:
            case = portal.cases[name]
            rings[_ring(case, usual)][case.themes[0] if case.themes else ""].append(name)
    return {ring: [name for _, members in sorted(themes.items()) for name in members] for ring, themes in rings.items()}


def _ring(case: model.Case, usual: Condition) -> Ring:
    connection, geography = case.condition or usual
    return connection or "", geography or "", case.sample


def _pages(portal: Portal, ring: Ring, members: Sequence[str], wanted: Collection[str]) -> list[Later]:
    """The pages of the wanted members of a ring."""
    wanted = frozenset(wanted)
    places = [place for place, name in enumerate(members) if name in wanted]
    like = _near(members, places) if any(ring[:2]) else ([] for _ in places)
    return [_case(portal, members[place], near) for place, near in zip(places, like, strict=True)]


def _near(ring: Sequence[str], places: Iterable[int]) -> Iterator[list[str]]:
    """For some places in a ring the next cases from other regions."""
    reach = min(len(ring), 4 * LIKE_CASES)
    names = [*ring, *ring[:reach]]
    for place in places:
        region = names[place].partition("/")[0] + "/"
        yield list(islice((other for other in names[place + 1:place + reach] if not other.startswith(region)), LIKE_CASES))


def _ring_inputs(portal: Portal, names: Sequence[str], stale: Collection[str]) -> str:
    """Changes whenever the inputs of a page of these cases, which are a whole ring, change; `stale` are overdue."""
    cases, copied = portal.cases, portal.replications
    shown = [_subjects(portal), *(_region(portal, code) for code in dict.fromkeys([name.partition("/")[0] for name in names]))]
    shown += map(portal.practice_marks.__getitem__, names)
    shown += ["stale", *[name for name in names if name in stale]]
    for name in [name for name in names if cases[name].origin or name in copied]:
        shown += _relations(portal, name)
    return "\n".join(shown)


def _relations(portal: Portal, name: str) -> list[str]:
    """Changes with what lists show of the cases that a case comes from, and of those that replicate it."""
    marks = portal.practice_marks
    origins, copies = _origins(portal, name), portal.replications.get(name, ())
    return [*(marks[other] for other in origins), "", *(marks[other] for other in copies)]


def _subjects(portal: Portal) -> str:
    """The names of all that a case may be about."""
    return "\n".join((*(item.nama for item in portal.competences.values()), *(item.judul for item in portal.modules.values())))


def _case(portal: Portal, name: str, like: list[str]) -> Later:
    make = partial(_page, portal, name, like)
    return Later(case_url(name), "practice", _inputs(portal, name, like), (portal.practice_path(name),), make)


def _inputs(portal: Portal, name: str, like: list[str]) -> str:
    """What a case's page shows of other sources than its own. Those of a ring must change with it."""
    case, marks = portal.cases[name], portal.practice_marks
    return "\n".join((
        _region(portal, name.partition("/")[0]), "stale" if overdue(portal, case) else "",
        *[portal.competences[key].nama for key in case.competences], *[portal.modules[key].judul for key in case.modules],
        *_relations(portal, name), "", *[marks[other] for other in like],
    ))


_regions: WeakKeyDictionary[Portal, dict[str, str]] = WeakKeyDictionary()


def _region(portal: Portal, code: str) -> str:
    """Changes with what a case's page shows of its region."""
    known = _regions.setdefault(portal, {})
    if code not in known:
        profile = portal.entries.get(portal.profile_path(code))
        known[code] = "\n".join((portal.region_name(code), profile.facts if profile else "", chain.of_region(portal, code)))
    return known[code]


def _page(portal: Portal, name: str, like: list[str], practice_of: Opener) -> Page:
    code, practice, case = name.partition("/")[0], practice_of(name), portal.cases[name]
    path = portal.practice_path(name)
    trail = crumbs(PRACTICES, (portal.region_name(code), f"daerah/{code}.html"))
    facets = Facets("praktik-baik", code, portal.region_name(code), case.competences, case.themes, case.verified, case.added)
    return Page(case_url(name), "practice", case.title, case.summary, _facts(portal, name, practice, like), texts=(path,),
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
