"""Lists too long for one page, and directories that find the same things by several keys."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from simpul.pages.page import PAGE_SIZE, TRAINING, Facets, LazyPage, Page, PageKind, crumbs, lazy, link
from simpul.portal import Portal

T = TypeVar("T")


class Part(NamedTuple):
    """One page of a long list: its address, its neighbours ("" for none), its number from 1, its items."""

    url: str
    previous: str
    next: str
    number: int
    items: Sequence[Any]

    def titled(self, title: str) -> str:
        """The title of this part."""
        return f"{title}, bagian {self.number}" if self.number > 1 else title


def parts(base: str, items: Sequence[T]) -> Iterator[Part]:
    """A list in parts of 50: `base.html`, `base/2.html` and so on."""
    chunks = [items[start:start + PAGE_SIZE] for start in range(0, len(items), PAGE_SIZE)]
    urls = ["", f"{base}.html", *(f"{base}/{number}.html" for number in range(2, len(chunks) + 1)), ""]
    for number, chunk in enumerate(chunks, 1):
        yield Part(urls[number], urls[number - 1], urls[number + 1], number, chunk)


class Axis(NamedTuple):
    """One way to look things up: its name in addresses, its heading, and how a key is read."""

    name: str
    heading: str
    title: Callable[[str], str]


Keys = Mapping[str, Iterable[str]]
"""What a thing is found by, for each axis."""


class Directory(NamedTuple, Generic[T]):
    """Things of regions that are found by several keys: the front page's address without `index.html`, the
    kind of the lists and what search calls it, the way to them with their title, the axes, how a thing is
    shown, all things, each with its keys and its region, and the section of the portal they are in.
    """

    portal: Portal
    base: str
    kind: PageKind
    facet: str
    trail: tuple[str, str]
    axes: Sequence[Axis]
    view: Callable[[Portal, str, T], dict[str, Any]]
    items: Sequence[tuple[Keys, str, T]]
    section: tuple[str, str] = TRAINING

    @classmethod
    def of(cls, portal: Portal, base: str, kind: PageKind, facet: str, trail: tuple[str, str],
           axes: Sequence[Axis],
           view: Callable[[Portal, str, T], dict[str, Any]],
           items: Iterable[tuple[Keys, str, T]],
           section: tuple[str, str] = TRAINING) -> "Directory[T]":
        """The things in the order of their regions, samples last."""
        ordered = sorted(items, key=lambda item: portal.is_sample(item[1]))
        return cls(portal, base, kind, facet, trail, axes, view, ordered, section)

    def pages(self) -> Iterator[LazyPage]:
        """For each key of each axis a list of the things that have it."""
        for axis in self.axes:
            for key, items in self._grouped(axis).items():
                for part in parts(f"{self.base}/{axis.name}/{key}", items):
                    yield lazy(part.url, self.kind, self._page, axis, key, part)

    def front(self) -> dict[str, Any]:
        """What the front page shows: the axes with their counts, samples apart, and the samples."""
        samples = [self.view(self.portal, code, item) for _, code, item in self.items
                   if self.portal.is_sample(code)]
        return {"axes": self._choices(sample=False), "sample_axes": self._choices(sample=True),
                "samples": samples, "count": len(self.items) - len(samples)}

    def _page(self, axis: Axis, key: str, part: Part) -> Page:
        heading = f"{self.trail[0]}: {axis.title(key)}"
        shown = [self.view(self.portal, code, item) for code, item in part.items]
        return Page(part.url, self.kind, part.titled(heading), f"{heading}.",
                    {"items": shown, "previous": part.previous, "next": part.next},
                    crumbs=crumbs(self.section, self.trail), sample=all(item["sample"] for item in shown),
                    facets=Facets(self.facet))

    def _choices(self, *, sample: bool) -> list[dict[str, Any]]:
        """The axes with their keys, and how many there are of each."""
        return [{"heading": axis.heading,
                 "keys": [link(axis.title(key), f"{self.base}/{axis.name}/{key}.html", count=count)
                          for key, items in self._grouped(axis).items()
                          if (count := sum(self.portal.is_sample(code) is sample for code, _ in items))]}
                for axis in self.axes]

    def _grouped(self, axis: Axis) -> dict[str, list[tuple[str, T]]]:
        """The things by key, with their regions."""
        found: dict[str, list[tuple[str, T]]] = defaultdict(list)
        for keys, code, item in self.items:
            for key in keys[axis.name]:
                found[key].append((code, item))
        return dict(sorted(found.items()))


def competence_title(portal: Portal) -> Callable[[str], str]:
    """Reads a competence's code."""
    return lambda code: f"{code} {portal.competences[code].nama}"


def province_title(portal: Portal) -> Callable[[str], str]:
    """Reads a province's code."""
    return lambda code: portal.regions[code].name


LANGUAGES = {
    "ace": "Aceh", "ban": "Bali", "bjn": "Banjar", "btk": "Batak", "bug": "Bugis", "en": "Inggris",
    "id": "Indonesia", "jv": "Jawa", "mad": "Madura", "mak": "Makassar", "min": "Minangkabau",
    "ms": "Melayu", "sas": "Sasak", "su": "Sunda",
}


def language_title(code: str) -> str:
    """The name of a language (ISO 639), or its code."""
    return LANGUAGES.get(code, code)
