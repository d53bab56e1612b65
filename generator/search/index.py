"""Entries -> postings: which documents hold a stem. Kept between builds, so that one changed document costs little."""

from array import array
from bisect import insort
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.search.coding import WEIGHT_BITS, encode_postings
from generator.search.document import Entry
from generator.search.layout import number

MANY = 20
"""Where more than one document in so many has changed, a fresh index is sooner made."""


@dataclass(slots=True)
class Index:
    """All that the files are written from. Can be pickled; `updated` gives what a fresh `Index` would, only sooner.

    `postings` maps a stem to `document << 8 | weight` in order; `letters` to the same as text; `words` counts the
    documents that hold a word as written.
    """

    documents: dict[int, Entry]
    kinds: dict[str, tuple[int, int]]
    postings: "dict[str, array[int]]" = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Index":
        """A fresh index."""
        index = cls(*number(entries))
        postings: defaultdict[str, array[int]] = defaultdict(_empty)
        for place, entry in index.documents.items():
            packed = map((place << WEIGHT_BITS).__add__, entry.weights)
            deque(map(array.append, map(postings.__getitem__, entry.stems.split()), packed), 0)
            index.words.update(entry.words.split())
        index.postings = dict(postings)
        index.letters = {stem: encode_postings(packed) for stem, packed in postings.items()}
        return index

    def updated(self, entries: Iterable[Entry]) -> "Index":
        """The index of `entries`, changing this one where they differ from its own; this one is used up."""
        documents, kinds = number(entries)
        if {entry.url: place for place, entry in documents.items() if place in self.documents} \
                != {entry.url: place for place, entry in self.documents.items()}:
            return Index.of(documents.values())
        changed = [place for place, entry in documents.items() if self.documents.get(place) != entry]
        if len(changed) * MANY > len(documents):
            return Index.of(documents.values())
        touched: set[str] = set()
        for place in changed:
            touched |= self._forget(place) | self._learn(place, documents[place])
        for stem in touched:
            if self.postings[stem]:
                self.letters[stem] = encode_postings(self.postings[stem])
            else:
                del self.postings[stem], self.letters[stem]
        self.documents, self.kinds = documents, kinds
        return self

    def _forget(self, place: int) -> set[str]:
        entry = self.documents.get(place)
        if entry is None:
            return set()
        for stem, weight in zip(entry.stems.split(), entry.weights, strict=True):
            self.postings[stem].remove(place << WEIGHT_BITS | weight)
        self.words.subtract(entry.words.split())
        return set(entry.stems.split())

    def _learn(self, place: int, entry: Entry) -> set[str]:
        for stem, weight in zip(entry.stems.split(), entry.weights, strict=True):
            insort(self.postings.setdefault(stem, _empty()), place << WEIGHT_BITS | weight)
        self.words.update(entry.words.split())
        return set(entry.stems.split())


def _empty() -> "array[int]":
    return array("I")
