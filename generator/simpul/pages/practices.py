"""Lists of cases."""

from collections.abc import Iterator, Mapping, Sequence

from simpul.addresses import slugify
from simpul.figures.conditions import cases_by_condition, condition_name, regions_by_condition
from simpul.figures.peers import richest
from simpul.figures.periods import Part, parts
from simpul.model.dates import span
from simpul.pages.page import (
    LISTED,
    PAGE_SIZE,
    PRACTICES,
    PRACTICES_FRONT,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
    newest,
)
from simpul.pages.pointers import FRONT as POINTERS
from simpul.pages.pointers import standing
from simpul.portal import Portal

RANK = 4
FRONT = PageKind("practice_list", "beranda praktik", PRACTICES_FRONT)
ARCHIVE = PageKind("practice_archive", "daftar praktik", PRACTICES_FRONT)
MENU = (MenuEntry("Praktik baik", PRACTICES_FRONT, 5),)
AXES = {"tema": "Praktik bertema", "kompetensi": "Praktik untuk kompetensi", "provinsi": "Praktik dari",
        "daerah": "Praktik dari", "kondisi": "Praktik dari daerah"}
MOST_REGIONS = 20


def pages(portal: Portal) -> Iterator[LazyPage]:
    """The front page of practices and their lists."""
    yield lazy("praktik/index.html", FRONT, _front, portal)
    yield from _archive(portal, "praktik/semua", "Semua praktik baik", portal.oldest_cases)
    for axis, heading in AXES.items():
        for key, members in _members(portal, axis).items():
            if axis == "daerah" and len(members) <= LISTED:
                continue  # the region's own page lists them all
            alike = regions_by_condition(portal).get(key, ()) if axis == "kondisi" else ()
            title = f"{heading} {_label(portal, axis, key)}"
            yield from _archive(portal, _base(axis, key), title, members, alike)


def _members(portal: Portal, axis: str) -> Mapping[str, tuple[str, ...]]:
    """Cases by key."""
    by = portal.cases_by
    return {"tema": by.theme, "kompetensi": by.competence, "provinsi": by.province, "daerah": by.region,
            "kondisi": cases_by_condition(portal)}[axis]


def _base(axis: str, key: str) -> str:
    return f"praktik/{axis}/{slugify(key) if axis == 'tema' else key}"


def _label(portal: Portal, axis: str, key: str) -> str:
    if axis in ("provinsi", "daerah"):
        return portal.region_name(key)
    if axis == "kondisi":
        return condition_name(key)
    if axis == "kompetensi" and key in portal.competences:
        return f"{key} {portal.competences[key].nama}"
    return key.replace("-", " ")


def _front(portal: Portal) -> Page:
    choices = {
        axis: [link(_label(portal, axis, key), f"{_base(axis, key)}.html", count=len(names))
               for key, names in _members(portal, axis).items()]
        for axis in ("tema", "kondisi", "kompetensi", "provinsi")
    }
    view = {"count": len(portal.cases), "choices": choices,
            "all": "praktik/semua.html" if portal.cases else "",
            "pointers": link("", POINTERS, count=len(standing(portal)))}
    return Page("praktik/index.html", FRONT, "Praktik baik",
                "Praktik digital dari daerah: apa yang dilakukan, hasilnya, dan apa yang tidak berhasil.",
                view, crumbs=crumbs(), facets=Facets("halaman"),
                shared={"practices": newest(portal, portal.oldest_cases, 10)})


def _archive(portal: Portal, base: str, title: str, ordered: Sequence[str],
             alike: Sequence[str] = ()) -> Iterator[LazyPage]:
    """A list in parts by date: a new case touches its front page and the part of its date, not all. `alike`
    are the regions under the condition that the list is about.
    """
    found = parts(portal, ordered, PAGE_SIZE)
    for part in found[:-1]:
        yield lazy(f"{base}/{part.name}.html", ARCHIVE, _older, portal, base, title, part)
    if found:
        yield lazy(f"{base}.html", ARCHIVE, _newest, portal, base, title, len(ordered), found, alike)


def _newest(portal: Portal, base: str, title: str, count: int, found: Sequence[Part],
            alike: Sequence[str]) -> Page:
    links = [link(_when(portal, part), f"{base}/{part.name}.html") for part in reversed(found[:-1])]
    return Page(f"{base}.html", ARCHIVE, title, f"{title}: terbaru lebih dulu.",
                {"older": links, "count": count, "rest": max(0, len(alike) - MOST_REGIONS),
                 "regions": [link(portal.region_name(code), f"daerah/{code}.html")
                             for code in richest(portal, alike, MOST_REGIONS)]}, crumbs=crumbs(PRACTICES),
                shared={"practices": newest(portal, found[-1].cases, PAGE_SIZE)})


def _older(portal: Portal, base: str, title: str, part: Part) -> Page:
    named = f"{title}, {_when(portal, part)}"
    return Page(f"{base}/{part.name}.html", ARCHIVE, named, f"{named}.",
                {"older": [], "count": 0, "regions": []}, crumbs=crumbs(PRACTICES, (title, f"{base}.html")),
                shared={"practices": newest(portal, part.cases, PAGE_SIZE)})


def _when(portal: Portal, part: Part) -> str:
    """From when to when the cases of a part came."""
    days = span(portal.cases[part.cases[0]].added, portal.cases[part.cases[-1]].added)
    return f"{days}, bagian {part.number}" if part.number > 1 else days
