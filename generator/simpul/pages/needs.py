"""What regions ask for: the list that waits, what several of them ask for, and the needs by competence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simpul.figures.asking import Asked, asked, asked_by, by_competence, is_sample
from simpul.pages.directory import Part, parts
from simpul.pages.page import (
    TRAINING,
    TRAINING_FRONT,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
    place_in,
    withdrawn_links,
)
from simpul.portal import Portal, once

RANK = 8
KIND = PageKind("needs", "beranda kebutuhan", TRAINING_FRONT)
LIST = PageKind("need_list", "daftar kebutuhan", TRAINING_FRONT, spoken=("groups",))
MENU = (MenuEntry("Kebutuhan daerah", "kebutuhan.html", 1, TRAINING_FRONT,
                  "Apa yang diminta daerah, mana yang menunggu, dan modul yang menjawabnya."),)
NEEDS = ("Kebutuhan", "kebutuhan.html")
FIRST = 20


def need_url(region: str, need: str) -> str:
    """Where a need is told in full: on its region's page."""
    return f"daerah/{region}.html#kebutuhan-{need}"


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`kebutuhan.html`, the whole list of those that wait, and one for each competence that is asked for."""
    yield lazy("kebutuhan.html", KIND, _overview, portal)
    waiting = _waiting(portal)
    if len(waiting) > FIRST:
        for part in parts("kebutuhan/menunggu", waiting):
            yield lazy(part.url, LIST, _list, portal, "Kebutuhan yang menunggu", part)
    for code, items in by_competence(portal, asked(portal)).items():
        items.sort(key=lambda item: (is_sample(portal, item), _condition(portal, item.region), item.rank))
        title = f"Kebutuhan {code} {portal.competences[code].nama}"
        for part in parts(f"kebutuhan/{code}", items):
            yield lazy(part.url, LIST, _list, portal, title, part, code)


def _waiting(portal: Portal) -> list[Asked]:
    """What real regions wait for."""
    return [item for item in asked(portal) if item.need.waiting and not is_sample(portal, item)]


def _overview(portal: Portal) -> Page:
    real = [item for item in asked(portal) if not is_sample(portal, item)]
    sample = [item for item in asked(portal) if is_sample(portal, item)]
    waiting = _waiting(portal)
    view = {
        "as_of": portal.as_of.isoformat(),
        "waiting": [_row(portal, item, age=True) for item in waiting[:FIRST]],
        "sample_waiting": [_row(portal, item, age=True) for item in sample if item.need.waiting][:FIRST],
        "count": len(waiting), "more": "kebutuhan/menunggu.html" if len(waiting) > FIRST else "",
        "real": _shared(portal, real), "sample": _shared(portal, sample),
    }
    return Page("kebutuhan.html", KIND, "Kebutuhan daerah",
                "Apa yang diminta daerah, mana yang masih menunggu, dan apa yang menjawabnya.", view,
                crumbs=crumbs(TRAINING), facets=Facets("halaman"))


def _shared(portal: Portal, items: Sequence[Asked]) -> list[dict[str, Any]]:
    """One line for each competence, those that most regions ask for first."""
    lines = [
        link(portal.competences[code].nama, f"kebutuhan/{code}.html", code=code,
             regions=len({item.region for item in some}),
             people=sum(item.need.asn_terdampak for item in some),
             waiting=sum(item.need.waiting for item in some))
        for code, some in by_competence(portal, items).items()
    ]
    return sorted(lines, key=lambda line: (-line["regions"], -line["people"], line["code"]))


def _condition(portal: Portal, region: str) -> str:
    """The condition of a region in words; `belum ada data` where its profile is silent."""
    profile = portal.profiles.get(region)
    condition = profile.kondisi if profile else None
    words = [f"koneksi {condition.koneksi.replace('_', ' ')}"] if condition and condition.koneksi else []
    words += [condition.geografi] if condition and condition.geografi else []
    return ", ".join(words) or "belum ada data"


def _list(portal: Portal, title: str, part: Part, code: str = "") -> Page:
    """A page of needs, the same for a competence and for all that wait."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in part.items:
        groups[_condition(portal, item.region) if code else ""].append(_row(portal, item, age=True))
    about = link(portal.competences[code].nama, f"kompetensi/{code}.html", code=code) if code else None
    view = {
        "as_of": portal.as_of.isoformat(), "competence": about, "previous": part.previous, "next": part.next,
        "groups": [{"condition": name, "needs": rows} for name, rows in groups.items()],
    }
    return Page(part.url, LIST, part.titled(title),
                f"{part.titled(title)}, menurut daerah yang memintanya.", view,
                crumbs=crumbs(TRAINING, NEEDS), sample=all(is_sample(portal, item) for item in part.items),
                facets=Facets("kebutuhan", competences=(code,)) if code else None)


@once
def _demand(portal: Portal) -> Mapping[str, dict[str, Any]]:
    """How many regions ask for each competence, samples apart, and where."""
    real = {code: [item for item in items if not is_sample(portal, item)]
            for code, items in by_competence(portal, asked(portal)).items()}
    return {code: link("", f"kebutuhan/{code}.html", regions=len({item.region for item in items}),
                       people=sum(item.need.asn_terdampak for item in items)) for code, items in real.items()}


def of_competence(portal: Portal, code: str) -> dict[str, Any] | None:
    """How many regions ask for a competence, and where; None while nobody does."""
    return _demand(portal).get(code)


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """A region's own needs: waiting and oldest first."""
    return [_row(portal, item) for item in asked_by(portal, code)]


def _row(portal: Portal, item: Asked, age: bool = False) -> dict[str, Any]:
    """A need as it is shown. Its age in days is left out where the page should not follow the calendar."""
    need, answer = item.need, item.need.tanggapan
    competence = portal.competences[need.kompetensi]
    return {
        "id": need.id, "region": link(portal.region_name(item.region), need_url(item.region, need.id)),
        "competence": link(competence.nama, f"kompetensi/{need.kompetensi}.html", code=need.kompetensi),
        "date": need.tanggal.isoformat(), "method": need.cara, "people": need.asn_terdampak,
        "assets": list(need.potensi), "text": need.uraian, "waiting": need.waiting,
        "days": (portal.as_of - need.tanggal).days if age else None,
        "status": answer.status if answer else "baru", "by": answer.oleh if answer else None,
        "answered": answer.tanggal.isoformat() if answer and answer.tanggal else "",
        "answer": answer.isi if answer else None, "reason": answer.alasan if answer else None,
        "modules": [*(_module(portal, item.region, name) for name in (answer.modul if answer else ())),
                    *_withdrawn(portal, item)],
        "sample": is_sample(portal, item), "chain": f"rantai/{item.region}.html",
    }


def _withdrawn(portal: Portal, item: Asked) -> list[dict[str, Any]]:
    """The withdrawn modules that answered a need."""
    path = f"content/daerah/{item.region}/kebutuhan.yml"
    if path not in portal.moves.lost:
        return []
    return [found | {"own": ""} for found in withdrawn_links(portal, path, place_in(portal, path, item.need))]


def _module(portal: Portal, region: str, name: str) -> dict[str, Any]:
    """A module that answers a need, and the region's own version of it."""
    own = f"modul/{name}/{region}.html" if f"{region}/{name}" in portal.adaptations else ""
    return link(portal.modules[name].judul, f"modul/{name}.html", own=own)
