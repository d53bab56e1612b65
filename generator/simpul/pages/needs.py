"""What regions ask for: the list that waits, what several regions ask for, and the needs of each competence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from simpul import model
from simpul.pages.directory import parts
from simpul.pages.page import TRAINING, Facets, Page, crumbs, link
from simpul.portal import Portal

NEEDS = ("Kebutuhan", "kebutuhan.html")
FIRST = 20
ORDER = {"baru": 0, "dirancang": 1, "dijawab": 2, "tersedia": 3, "ditolak": 4}


class Asked(NamedTuple):
    """A need with the region that states it."""

    region: str
    need: model.Need

    @property
    def name(self) -> str:
        """Its address among all needs: "73.71/k1"."""
        return f"{self.region}/{self.need.id}"


def need_url(region: str, need: str) -> str:
    """Where a need is told in full: on its region's page."""
    return f"daerah/{region}.html#kebutuhan-{need}"


def _rank(asked: Asked) -> tuple[int, Any, str]:
    status = asked.need.tanggapan.status if asked.need.tanggapan else "baru"
    return ORDER[status], asked.need.tanggal, asked.name


_asked: WeakKeyDictionary[Portal, list[Asked]] = WeakKeyDictionary()


def asked(portal: Portal) -> list[Asked]:
    """All needs: waiting and oldest first."""
    if portal not in _asked:
        _asked[portal] = sorted((Asked(code, need) for code, needs in portal.needs.items() for need in needs), key=_rank)
    return _asked[portal]


def pages(portal: Portal) -> Iterator[Page]:
    """`kebutuhan.html`, the whole list of those that wait, and one list for each competence that is asked for."""
    everything = asked(portal)
    yield _overview(portal, everything)
    waiting = [item for item in everything if item.need.waiting and not _sample(portal, item)]
    if len(waiting) > FIRST:
        yield from _archive(portal, "kebutuhan/menunggu", "Kebutuhan yang menunggu", waiting)
    for code, items in _by_competence(portal, everything).items():
        items.sort(key=lambda item: (_sample(portal, item), _condition(portal, item.region), _rank(item)))
        title = f"Kebutuhan {code} {portal.competences[code].nama}"
        yield from _archive(portal, f"kebutuhan/{code}", title, items, code)


def _sample(portal: Portal, item: Asked) -> bool:
    return portal.regions[item.region].sample


def _by_competence(portal: Portal, items: Sequence[Asked]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for item in items:
        found[item.need.kompetensi].append(item)
    return {code: found[code] for code in portal.competences if code in found}


def _overview(portal: Portal, everything: Sequence[Asked]) -> Page:
    real = [item for item in everything if not _sample(portal, item)]
    sample = [item for item in everything if _sample(portal, item)]
    waiting = [item for item in real if item.need.waiting]
    view = {
        "as_of": portal.as_of.isoformat(), "waiting": [_row(portal, item, age=True) for item in waiting[:FIRST]],
        "sample_waiting": [_row(portal, item, age=True) for item in sample if item.need.waiting][:FIRST],
        "count": len(waiting), "more": "kebutuhan/menunggu.html" if len(waiting) > FIRST else "",
        "real": _shared(portal, real), "sample": _shared(portal, sample),
    }
    return Page("kebutuhan.html", "needs", "Kebutuhan daerah",
                "Apa yang diminta daerah, mana yang masih menunggu, dan apa yang menjawabnya.", view, crumbs=crumbs(TRAINING),
                facets=Facets("halaman"))


def _shared(portal: Portal, items: Sequence[Asked]) -> list[dict[str, Any]]:
    """One line for each competence, those that most regions ask for first."""
    lines = [
        link(portal.competences[code].nama, f"kebutuhan/{code}.html", code=code,
             regions=len({item.region for item in some}), people=sum(item.need.asn_terdampak for item in some),
             waiting=sum(item.need.waiting for item in some))
        for code, some in _by_competence(portal, items).items()
    ]
    return sorted(lines, key=lambda line: (-line["regions"], -line["people"], line["code"]))


def _condition(portal: Portal, region: str) -> str:
    """The condition of a region in words; `belum ada data` where its profile is silent."""
    profile = portal.profiles.get(region)
    condition = profile.kondisi if profile else None
    words = [f"koneksi {condition.koneksi.replace('_', ' ')}"] if condition and condition.koneksi else []
    words += [condition.geografi] if condition and condition.geografi else []
    return ", ".join(words) or "belum ada data"


def _archive(portal: Portal, base: str, title: str, items: Sequence[Asked], code: str = "") -> Iterator[Page]:
    """A list of needs in pages, the same for a competence and for all that wait."""
    for part in parts(base, items):
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for item in part.items:
            groups[_condition(portal, item.region) if code else ""].append(_row(portal, item, age=True))
        view = {
            "as_of": portal.as_of.isoformat(), "groups": [{"condition": name, "needs": rows} for name, rows in groups.items()],
            "competence": link(portal.competences[code].nama, f"kompetensi/{code}.html", code=code) if code else None,
            "previous": part.previous, "next": part.next,
        }
        yield Page(part.url, "need_list", part.titled(title), f"{part.titled(title)}, menurut daerah yang memintanya.", view,
                   crumbs=crumbs(TRAINING, NEEDS), sample=all(_sample(portal, item) for item in part.items),
                   facets=Facets("kebutuhan", competences=(code,)) if code and part.number == 1 else None)


_of_competence: WeakKeyDictionary[Portal, dict[str, dict[str, Any]]] = WeakKeyDictionary()


def of_competence(portal: Portal, code: str) -> dict[str, Any] | None:
    """How many regions ask for a competence, samples apart, and where; None while nobody does."""
    if portal not in _of_competence:
        _of_competence[portal] = {
            code: link("", f"kebutuhan/{code}.html", regions=len({item.region for item in items if not _sample(portal, item)}),
                       people=sum(item.need.asn_terdampak for item in items if not _sample(portal, item)))
            for code, items in _by_competence(portal, asked(portal)).items()
        }
    return _of_competence[portal].get(code)


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """A region's own needs: waiting and oldest first."""
    items = sorted((Asked(code, need) for need in portal.needs.get(code, ())), key=_rank)
    return [_row(portal, item) for item in items]


def _row(portal: Portal, item: Asked, age: bool = False) -> dict[str, Any]:
    """A need as it is shown. Its age in days is left out where the page should not change with the calendar."""
    need, answer = item.need, item.need.tanggapan
    competence = portal.competences[need.kompetensi]
    return {
        "id": need.id, "region": link(portal.region_name(item.region), need_url(item.region, need.id)),
        "competence": link(competence.nama, f"kompetensi/{need.kompetensi}.html", code=need.kompetensi),
        "date": need.tanggal.isoformat(), "method": need.cara, "people": need.asn_terdampak, "assets": list(need.potensi),
        "text": need.uraian, "waiting": need.waiting, "days": (portal.as_of - need.tanggal).days if age else None,
        "status": answer.status if answer else "baru", "by": answer.oleh if answer else None,
        "answered": answer.tanggal.isoformat() if answer and answer.tanggal else "",
        "answer": answer.isi if answer else None, "reason": answer.alasan if answer else None,
        "modules": [_module(portal, item.region, name) for name in (answer.modul if answer else ())],
        "sample": _sample(portal, item), "chain": f"rantai/{item.region}.html",
    }


def _module(portal: Portal, region: str, name: str) -> dict[str, Any]:
    """A module that answers a need, and the region's own version of it."""
    own = f"modul/{name}/{region}.html" if f"{region}/{name}" in portal.adaptations else ""
    return link(portal.modules[name].judul, f"modul/{name}.html", own=own)
