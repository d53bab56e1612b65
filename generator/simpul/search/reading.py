"""The files of an index, read as the browser reads them: each when it is first needed, and only once."""

import json
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

from simpul.search.coding import ALPHABET, decode_levels, decode_postings
from simpul.search.layout import CARDS, ROWS, Runs, shard_names, shard_of
from simpul.search.spelling import Words, listed
from simpul.search.synonyms import phrases_read

MOST_RUNS = 6


class NoIndexError(Exception):
    """The folder holds no search index."""


def parsed(script: bytes) -> Any:
    """What one file holds. Raises ValueError where it is none of the index."""
    return json.loads(script.decode().partition(",")[2].rstrip()[:-1])


class Reader:
    """An index below a site's folder."""

    def __init__(self, site_path: Path) -> None:
        self._path = site_path / "cari"
        self._read: dict[str, Any] = {}
        base = self.value("pokok")
        self.count: int = base["n"]
        self.kinds: Runs = tuple((kind, first) for kind, first in base["jenis"])
        self.phrases = phrases_read(base["frasa"])
        self.instead: dict[str, str] = base["ganti"]
        self._shards = frozenset(shard_names(base["bentuk"]))
        self.lengths = decode_levels(base["panjang"])

    def value(self, name: str) -> Any:
        """What one file holds."""
        if name not in self._read:
            try:
                self._read[name] = parsed((self._path / f"{name}.js").read_bytes())
            except FileNotFoundError as error:
                raise NoIndexError(str(self._path)) from error
        return self._read[name]

    def postings(self, stem: str) -> dict[int, int]:
        """Documents that hold the stem, with its weight in each."""
        fields = self.value(shard_of(stem, self._shards)).split(" ")
        letters = dict(zip(fields[::2], fields[1::2], strict=False)).get(stem)
        return dict(decode_postings(letters)) if letters else {}

    def words(self, beginning: str, backwards: bool = False) -> Words:
        """Words as written that begin so, and their neighbours; `backwards`: that end so, read forwards."""
        mark, starts = "kr"[backwards], ["", *self.value("pokok")["kata"][backwards].split()]
        first = bisect_right(starts, beginning) - 1
        runs = starts[first:max(first + 1, bisect_left(starts, beginning + "~"))][:MOST_RUNS]
        found = {word: mark_ for start in runs
                 for word, mark_ in listed(self.value(f"{mark}-{start}")).items()}
        return {word[::-1]: mark_ for word, mark_ in found.items()} if backwards else found

    def card(self, place: int) -> list[str]:
        """Address, title, name of its region, summary, date verified."""
        card: list[str] = self.value(f"h{place // CARDS}")[str(place)]
        return card

    def facet(self, name: str) -> list[list[str]]:
        """The values of each document number."""
        values = self.value(f"f-{name}")
        places = {letter: place for place, letter in enumerate(ALPHABET)}
        rows = [row for part in range(-(-len(self.lengths) // ROWS))
                for row in self.value(f"f-{name}-{part}").split(".")]
        codes = [[places[row[at]] * 64 + places[row[at + 1]] for at in range(0, len(row), 2)] for row in rows]
        return [[values[code][0] for code in row] for row in codes]
