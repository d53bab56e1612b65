"""What the last build of a site wrote, as far as the cache remembers: each file's key and stamp, what search took of each
page, and the index of it all.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from simpul.build.swap import Row
from simpul.runtime.cache import Cache
from simpul.runtime.packing import Columns, dump, joined, load, maker, parted
from simpul.search import Entry, Index
from simpul.search.store import load_index, save_index

SEARCH = "cari/"


class LostError(Exception):
    """The cache has lost what search took of a page."""


class Output:
    """The last build of one site, empty unless it is to be `known`. `rows` are by address, `files` is what they say of the
    folder, `state` is their digest.
    """

    def __init__(self, cache: Cache, site: Path, known: bool) -> None:
        self.cache, self.site = cache, str(site.absolute())
        note = cache.note(f"rows {self.site}") if known else None
        self.frame, self.state, keys, *files = note if isinstance(note, tuple) else (None, "", "", "", "")
        self.files = Columns._make(files)
        columns = zip(parted(keys), parted(self.files.values), strict=True)
        self.rows = dict(zip(parted(self.files.names), map(maker(Row), columns), strict=True))

    def entries(self, urls: Iterable[str]) -> list[Entry]:
        """What search took of these pages, where it took anything. Raises LostError where that is not known any more."""
        query = "SELECT entry FROM taken WHERE site = ? AND url = ?"
        found: list[Entry] = []
        for url in urls:
            data = next(self.cache.rows(query, self.site, url), (None if url in self.rows else b"",))[0]
            entry = load(data) if data else None
            if entry is None and data != b"":
                raise LostError
            found += [entry] if entry else []
        return found

    def index(self) -> Index | None:
        """The index, if it is that of these very files."""
        return load_index(self.cache, self.site, self.state)

    def remember(self, rows: Mapping[str, Row], entries: Mapping[str, bytes], index: Index | None, frame: object) -> Columns:
        """Puts a new build in the place of this one, and returns the stamps of its files; `entries` are packed. Without an index
        the old one stays. `frame` is handed to the next build.
        """
        rows = {url: rows[url] for url in sorted(rows)}
        state, files = _state(rows), Columns.of({url: row.stamp for url, row in rows.items()})
        with self.cache.together():
            if index:
                save_index(self.cache, self.site, state, index)
            self.cache.forget("taken", "site = ? AND url = ?", [(self.site, url) for url in self.rows.keys() - rows.keys()])
            self.cache.write("taken", [(self.site, url, entry) for url, entry in entries.items()])
            keys = joined([row.key for row in rows.values()])
            self.cache.write("note", [(f"rows {self.site}", dump((frame, state, keys, *files)))])
        return files


def _state(rows: Mapping[str, Row]) -> str:
    """A digest of what all files but the index itself were made from."""
    made = [url for url in rows if not url.startswith(SEARCH)]
    return hashlib.sha256(joined([*made, *(rows[url].key for url in made)]).encode()).hexdigest()
