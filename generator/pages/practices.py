"""Lists of cases."""

from collections.abc import Iterator, Mapping, Sequence

from generator.addresses import slugify
from generator.pages.page import LISTED, PAGE_SIZE, PRACTICES, AnyPage, Facets, Later, Page, crumbs, link, newest, with_newest
from generator.portal import Portal


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
    return {"tema": ("Praktik bertema", portal.cases_by_theme),
            "kompetensi": ("Praktik untuk kompetensi", portal.cases_by_competence),
            "provinsi": ("Praktik dari", portal.cases_by_province), "daerah": ("Praktik dari", portal.cases_by_region)}


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
