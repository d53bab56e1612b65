"""What the last build of a site wrote, as far as the cache remembers: what each file was made from, its
stamp, what search took of each page, and the index of it all.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from simpul.runtime.cache import Cache
from simpul.runtime.packing import Columns, dump, joined, load, maker, parted
from simpul.search import Index, IndexEntry
from simpul.search.store import load_index, save_index

SEARCH = "cari/"


def of_index(url: str) -> bool:
    """Whether a file belongs to the search index, which is made from the pages."""
    return url.startswith(SEARCH)


class LostError(Exception):
    """The cache has lost what search took of a page."""


class BuiltFile(NamedTuple):
    """A file of a build: a digest of what it was made from, and its stamp."""

    key: str
    stamp: str


class Marks(Protocol):
    """Tells what a text looks like now."""

    def mark(self, path: str) -> str:
        """Changes with the text."""


class MadeFrom(NamedTuple):
    """What a build was made from: `frame` changes with all but texts; `pages` counts pages by the label of
    their kind; `shown` are the texts that each item shows, by address and parted by line ends; `marks` is
    what each was.
    """

    frame: str
    pages: Mapping[str, int]
    shown: Columns
    marks: Columns

    @classmethod
    def of(cls, frame: str, pages: Mapping[str, int], shown: Mapping[str, Sequence[str]],
           texts: Marks) -> "MadeFrom":
        """That of a build in which these texts are shown, by address."""
        paths = sorted({path for some in shown.values() for path in some})
        marks = {path: texts.mark(path) for path in paths}
        columns = Columns.of({url: "\n".join(some) for url, some in shown.items()})
        return cls(frame, dict(pages), columns, Columns.of(marks))

    def renewed(self, texts: Marks) -> "MadeFrom":
        """The same with texts as they are now."""
        marks = joined(map(texts.mark, parted(self.marks.names)))
        return self._replace(marks=self.marks._replace(values=marks))

    def showing(self, others: "MadeFrom") -> list[str]:
        """The addresses of items that show a text which is another there."""
        columns = (self.marks.names, self.marks.values, others.marks.values)
        pairs = zip(*map(parted, columns), strict=True)
        changed = {path for path, mark, other in pairs if mark != other}
        return [url for url, some in self.shown.by_name.items() if not changed.isdisjoint(some.split("\n"))]


class LastBuild:
    """The last build of one site, empty unless it is to be `known`. `files` are by address, `stamps` is what
    they say of the folder, `state` is their digest.
    """

    def __init__(self, cache: Cache, site: Path, known: bool) -> None:
        self.cache, self.site = cache, str(site.absolute())
        note = cache.note(f"files {self.site}") if known else None
        made_from, self.state, keys, *stamps = note if isinstance(note, tuple) else (None, "", "", "", "")
        self.made_from = _made_from(*made_from) if made_from else None
        self.stamps = Columns._make(stamps)
        columns = zip(parted(keys), parted(self.stamps.values), strict=True)
        self.files = dict(zip(parted(self.stamps.names), map(maker(BuiltFile), columns), strict=True))

    def entries(self, urls: Iterable[str]) -> list[IndexEntry]:
        """What search took of these pages, where it took anything. Raises LostError where that is not known
        any more.
        """
        query = "SELECT entry FROM taken WHERE site = ? AND url = ?"
        found: list[IndexEntry] = []
        for url in urls:
            data = next(self.cache.rows(query, self.site, url), (None if url in self.files else b"",))[0]
            entry = load(data) if data else None
            if entry is None and data != b"":
                raise LostError
            found += [entry] if entry else []
        return found

    def index(self) -> Index | None:
        """The index, if it is that of these very files."""
        return load_index(self.cache, self.site, self.state)

    def remember(self, files: Mapping[str, BuiltFile], entries: Mapping[str, bytes], index: Index | None,
                 made_from: MadeFrom) -> Columns:
        """Puts a new build in the place of this one, and returns the stamps of its files; `entries` are
        packed. Without an index the old one stays.
        """
        files = {url: files[url] for url in sorted(files)}
        state, stamps = _state(files), Columns.of({url: file.stamp for url, file in files.items()})
        with self.cache.together():
            if index:
                save_index(self.cache, self.site, state, index)
            gone = self.files.keys() - files.keys()
            self.cache.forget("taken", "site = ? AND url = ?", [(self.site, url) for url in gone])
            self.cache.write("taken", [(self.site, url, entry) for url, entry in entries.items()])
            keys = joined([file.key for file in files.values()])
            packed = (*made_from[:2], *map(tuple, made_from[2:]))
            self.cache.write("note", [(f"files {self.site}", dump((packed, state, keys, *stamps)))])
        return stamps


def _made_from(frame: str, pages: Mapping[str, int], *columns: tuple[str, str]) -> MadeFrom:
    return MadeFrom(frame, pages, *map(Columns._make, columns))


def _state(files: Mapping[str, BuiltFile]) -> str:
    """A digest of what all files but the index itself were made from."""
    made = [url for url in files if not of_index(url)]
    return hashlib.sha256(joined([*made, *(files[url].key for url in made)]).encode()).hexdigest()
