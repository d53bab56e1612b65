"""Entries -> postings: which documents hold a stem. Kept between builds: a changed document costs little."""

from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import byteorder
from typing import NamedTuple

from simpul.search.coding import WEIGHT_BITS, encode_postings, recode_postings
from simpul.search.document import Card, IndexEntry
from simpul.search.layout import Runs, number

MANY = 8
"""Where more than one document in so many has changed, a fresh index is sooner made."""
WIDTH = array("I").itemsize


class Touched(NamedTuple):
    """What differs between an updated index and the one before: stems, and the numbers of documents whose
    cards differ in more than their length.
    """

    stems: frozenset[str]
    places: frozenset[int]


class Step(NamedTuple):
    """From the number `first` on documents move `by` so many."""

    first: int
    by: int


@dataclass(slots=True)
class Index:
    """All that the files are written from. `updated` gives what a fresh `Index` would, only sooner.

    `postings` maps a stem to the bytes of an array of `document << 8 | weight` in order; `letters` to the
    same as text; `words` counts the documents that hold a word as written; `touched` is None for a fresh one.
    """

    cards: dict[int, Card]
    kinds: Runs
    postings: dict[str, bytes] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)
    touched: Touched | None = None

    @classmethod
    def of(cls, entries: Iterable[IndexEntry]) -> "Index":
        """A fresh index."""
        known = {entry.card.url: entry for entry in entries}
        index = cls(*number(entry.card for entry in known.values()))
        postings: defaultdict[str, array[int]] = defaultdict(_empty)
        for place, card in index.cards.items():
            entry = known[card.url]
            packed = map((place << WEIGHT_BITS).__add__, entry.weights)
            deque(map(array.append, map(postings.__getitem__, entry.stems.split()), packed), 0)
            index.words.update(entry.words.split())
        index.postings = {stem: packed.tobytes() for stem, packed in postings.items()}
        index.letters = {stem: encode_postings(packed) for stem, packed in postings.items()}
        return index

    def updated(self, before: Collection[IndexEntry], after: Collection[IndexEntry]) -> "Index | None":
        """The index with the entries `before` replaced by those of `after`; this one is used up. Where one
        comes or goes among the older ones, those behind it change their numbers.

        None where a fresh index is sooner made, or this one does not hold what it should.
        """
        same = {*before} & {*after}
        before, after = ([entry for entry in entries if entry not in same] for entries in (before, after))
        if max(len(before), len(after)) * MANY > len(self.cards):
            return None
        gone = {entry.card.url for entry in before}
        staying = {card.url: place for place, card in self.cards.items() if card.url not in gone}
        cards, kinds = number([*map(self.cards.__getitem__, staying.values()), *(e.card for e in after)])
        new = {card.url: place for place, card in cards.items()}
        old = {card.url: place for place, card in self.cards.items() if card.url in gone}
        try:
            leaving = [(old[entry.card.url], entry) for entry in before]
            coming = [(new[entry.card.url], entry) for entry in after]
            stems = self._replace(leaving, _steps(staying, new), coming)
        except LookupError:
            return None
        moved = [place for url, place in staying.items() if new[url] != place]
        places = {*moved, *(new[self.cards[place].url] for place in moved),
                  *(place for place, _ in (*leaving, *coming))}
        other = frozenset(place for place in places
                          if _shown(self.cards.get(place)) != _shown(cards.get(place)))
        self.cards, self.kinds, self.touched = cards, kinds, Touched(frozenset(stems), other)
        return self

    def _replace(self, before: Sequence[tuple[int, IndexEntry]], steps: Sequence[Step],
                 after: Sequence[tuple[int, IndexEntry]]) -> Iterable[str]:
        """Puts the postings of some entries in the place of others, and moves those that stay; returns the
        stems of all. Raises LookupError where one that is to go is not there.
        """
        touched: dict[str, array[int]] = {}
        for place, entry in before:
            for stem, weight in zip(entry.stems.split(), entry.weights, strict=True):
                packed, posting = self._opened(touched, stem), place << WEIGHT_BITS | weight
                at = bisect_left(packed, posting)
                if packed[at] != posting:
                    raise LookupError(stem)
                del packed[at]
            self.words.subtract(entry.words.split())
        self._move(touched, steps)
        for place, entry in after:
            for stem, weight in zip(entry.stems.split(), entry.weights, strict=True):
                insort(self._opened(touched, stem), place << WEIGHT_BITS | weight)
            self.words.update(entry.words.split())
        if before:
            self.words = +self.words  # words that nobody has any more go
        for stem, packed in touched.items():
            self._put(stem, packed)
        return touched

    def _move(self, touched: "dict[str, array[int]]", steps: Sequence[Step]) -> None:
        """Gives postings the numbers that their documents have now."""
        for stem, data in self.postings.items() if steps else ():
            if int.from_bytes(data[-WIDTH:], byteorder) >> WEIGHT_BITS >= steps[0].first:
                packed = self._opened(touched, stem)
                begins = [bisect_left(packed, step.first << WEIGHT_BITS) for step in steps]
                for step, begin, end in zip(steps, begins, [*begins[1:], len(packed)], strict=True):
                    packed[begin:end] = array("I", map((step.by << WEIGHT_BITS).__add__, packed[begin:end]))

    def _opened(self, touched: "dict[str, array[int]]", stem: str) -> "array[int]":
        if stem not in touched:
            touched[stem] = _empty()
            touched[stem].frombytes(self.postings.get(stem, b""))
        return touched[stem]

    def _put(self, stem: str, packed: "array[int]") -> None:
        data, known = packed.tobytes(), self.postings.get(stem, b"")
        if data and data != known:
            before = _empty()
            before.frombytes(known)
            self.letters[stem] = recode_postings(self.letters.get(stem, ""), before, packed)
            self.postings[stem] = data
        elif not data:
            del self.postings[stem], self.letters[stem]


def _steps(staying: Mapping[str, int], new: Mapping[str, int]) -> list[Step]:
    """How documents move that stay, given by address in the order of their numbers, which is the same now."""
    steps: list[Step] = []
    for url, place in staying.items():
        if new[url] - place != (steps[-1].by if steps else 0):
            steps.append(Step(place, new[url] - place))
    return steps


def _shown(card: Card | None) -> Card | None:
    return card and card._replace(length=0)


def _empty() -> "array[int]":
    return array("I")
