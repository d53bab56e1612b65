"""Lists too long for one page, and directories that find the same things by several keys."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from simpul.pages.page import PAGE_SIZE, TRAINING, Page, crumbs, link
from simpul.portal import Portal

T = TypeVar("T")


class Part(NamedTuple):
    """One page of a long list: its address, its neighbours ("" where there is none), its number from 1, its items."""

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


def directory(base: str, kind: str, title: str, trail: tuple[str, str], axes: Sequence[Axis],
              items: Sequence[tuple[Keys, dict[str, Any]]]) -> Iterator[Page]:
    """For each key of each axis a list of the things that have it. `items` are keys by axis, and the view of the thing."""
    for axis in axes:
        for key, views in _grouped(axis, items).items():
            for part in parts(f"{base}/{axis.name}/{key}", views):
                heading = f"{title}: {axis.title(key)}"
                view = {"items": part.items, "previous": part.previous, "next": part.next}
                yield Page(part.url, kind, part.titled(heading), f"{heading}.", view, crumbs=crumbs(TRAINING, trail),
                           sample=all(item["sample"] for item in part.items))


def choices(base: str, axes: Sequence[Axis], items: Sequence[tuple[Keys, dict[str, Any]]]) -> list[dict[str, Any]]:
    """The axes with their keys and counts, for the front page of a directory."""
    return [{"heading": axis.heading, "keys": [link(axis.title(key), f"{base}/{axis.name}/{key}.html", count=len(views))
                                               for key, views in _grouped(axis, items).items()]} for axis in axes]


def _grouped(axis: Axis, items: Sequence[tuple[Keys, dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for keys, view in items:
        for key in keys[axis.name]:
            found[key].append(view)
    return dict(sorted(found.items()))


def competence_title(portal: Portal) -> Callable[[str], str]:
    """Reads a competence's code."""
    return lambda code: f"{code} {portal.competences[code].nama}"


def province_title(portal: Portal) -> Callable[[str], str]:
    """Reads a province's code."""
    return lambda code: portal.regions[code].name


LANGUAGES = {
    "ace": "Aceh", "ban": "Bali", "bjn": "Banjar", "btk": "Batak", "bug": "Bugis", "en": "Inggris", "id": "Indonesia",
    "jv": "Jawa", "mad": "Madura", "mak": "Makassar", "min": "Minangkabau", "ms": "Melayu", "sas": "Sasak", "su": "Sunda",
}


def language_title(code: str) -> str:
    """The name of a language (ISO 639), or its code."""
    return LANGUAGES.get(code, code)
