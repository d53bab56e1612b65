"""Lists of cases."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from simpul.addresses import slugify
from simpul.pages.page import LISTED, PAGE_SIZE, PRACTICES, AnyPage, Facets, Later, Opener, Page, crumbs, link, newest
from simpul.portal import Portal

ARCHIVE = "practice_archive"


def pages(portal: Portal) -> Iterator[AnyPage]:
    """The front page of practices and their lists."""
    lists = _lists(portal)
    yield _front(portal, lists)
    yield from _archive(portal, "praktik/semua", "Semua praktik baik", portal.oldest_cases)
    for axis, (heading, names) in lists.items():
        for key, members in names.items():
            if axis == "daerah" and len(members) <= LISTED:
                continue  # the region's own page lists them all
            yield from _archive(portal, f"praktik/{axis}/{slugify(key) if axis == 'tema' else key}",
                                f"{heading} {_label(portal, axis, key)}", members)


Lists = dict[str, tuple[str, Mapping[str, tuple[str, ...]]]]


def _lists(portal: Portal) -> Lists:
    """Cases by axis and key."""
    return {"tema": ("Praktik bertema", portal.cases_by.theme),
            "kompetensi": ("Praktik untuk kompetensi", portal.cases_by.competence),
            "provinsi": ("Praktik dari", portal.cases_by.province), "daerah": ("Praktik dari", portal.cases_by.region)}


def _label(portal: Portal, axis: str, key: str) -> str:
    if axis in ("provinsi", "daerah"):
        return portal.region_name(key)
    if axis == "kompetensi" and key in portal.competences:
        return f"{key} {portal.competences[key].nama}"
    return key.replace("-", " ")


def _front(portal: Portal, lists: Lists) -> Page:
    choices = {
        axis: [link(_label(portal, axis, key), f"praktik/{axis}/{slugify(key) if axis == 'tema' else key}.html", count=len(names))
               for key, names in lists[axis][1].items()]
        for axis in ("tema", "kompetensi", "provinsi")
    }
    view = {"practices": newest(portal, portal.oldest_cases, 10), "count": len(portal.cases), "choices": choices,
            "all": "praktik/semua.html" if portal.cases else ""}
    return Page("praktik/index.html", "practice_list", "Praktik baik",
                "Praktik digital dari daerah: apa yang dilakukan, hasilnya, dan apa yang tidak berhasil.", view,
                crumbs=crumbs(), facets=Facets("halaman"))


def _archive(portal: Portal, base: str, title: str, ordered: Sequence[str]) -> Iterator[Later]:
    """A list in pages from the oldest: a new case touches the first page and the last, not all."""
    last = (len(ordered) - 1) // PAGE_SIZE
    for part in range(last + 1):
        names = ordered[part * PAGE_SIZE:(part + 1) * PAGE_SIZE]
        marks = map(portal.practice_marks.__getitem__, names)
        if part < last:
            yield Later(f"{base}/{part + 1}.html", ARCHIVE, "\n".join((title, *marks)), (),
                        partial(_older, portal, base, title, part + 1, names))
        else:
            yield Later(f"{base}.html", ARCHIVE, "\n".join((title, str(len(ordered)), *marks)), (),
                        partial(_newest, portal, base, title, len(ordered), names))


def _newest(portal: Portal, base: str, title: str, count: int, names: Sequence[str], _practice_of: Opener) -> Page:
    older = [link(f"Bagian {number}", f"{base}/{number}.html") for number in range((count - 1) // PAGE_SIZE, 0, -1)]
    view = {"older": older, "count": count, "practices": newest(portal, names, PAGE_SIZE)}
    return Page(f"{base}.html", ARCHIVE, title, f"{title}: terbaru lebih dulu.", view, crumbs=crumbs(PRACTICES))


def _older(portal: Portal, base: str, title: str, number: int, names: Sequence[str], _practice_of: Opener) -> Page:
    part = f"{title}, bagian {number}"
    view = {"older": [], "count": 0, "practices": newest(portal, names, PAGE_SIZE)}
    return Page(f"{base}/{number}.html", ARCHIVE, part, f"{part}.", view, crumbs=crumbs(PRACTICES, (title, f"{base}.html")))
