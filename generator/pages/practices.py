"""Lists of cases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.addresses import slugify
from generator.pages.page import LISTED, PAGE_SIZE, PRACTICES, AnyPage, Facets, Later, Page, crumbs, link, newest, with_newest
from generator.portal import Portal


def pages(portal: Portal) -> Iterator[AnyPage]:
    """The front page of practices and their lists."""
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
