"""Query -> the stems to look for. The browser does the same: theme/scripts/search/query.js."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simpul.search.words import STEMS, tokens

LONGEST_QUERY = 200
MOST_WORDS = 8
MOST_TOGETHER = 8
SHORTEST_PREFIX = 3
SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a query and the stem that stands for it; only the last word may be unfinished.

    A phrase that others use for one thing is looked for as that thing, under a stem of its own and with an
    empty `word`; its words are looked for too, as parts: each has its `share` of the weight of one word.
    `instead_of` is the word that was typed where no page holds it and others stand for it.
    """

    word: str
    stem: str
    last: bool = False
    share: float = 1.0
    instead_of: str = ""

    @property
    def part(self) -> bool:
        """Whether it is a word of a phrase that is looked for as a whole."""
        return self.share < 1.0


def wanted(query: str, phrases: Mapping[str, str], instead: Mapping[str, str]) -> list[Wanted]:
    """What to look for: no word that search ignores, each stem once. `phrases` are stems that stand together,
    with the stem that stands for them; `instead` has what is read in the place of a stem that no page holds.
    """
    words = tokens(query[:LONGEST_QUERY])
    kept = [word for word in words if STEMS[word]]
    found: dict[str, Wanted] = {}
    for item in _read(kept, words[-1:], phrases, instead):
        found.setdefault(item.stem, item)
    return list(found.values())[:MOST_WORDS]


def _read(words: list[str], last: list[str], phrases: Mapping[str, str],
          instead: Mapping[str, str]) -> Iterator[Wanted]:
    stems = [STEMS[word] for word in words]
    place = 0
    while place < len(words):
        size, whole = _phrase(stems[place:place + MOST_TOGETHER], phrases)
        word, stem = words[place], stems[place]
        if whole:
            yield Wanted("", whole)
            yield from (Wanted(word, STEMS[word], share=1 / size) for word in words[place:place + size])
        elif other := instead.get(stem):
            yield from (Wanted(word_, STEMS[word_], instead_of=word) for word_ in tokens(other)
                        if STEMS[word_])
        else:
            yield Wanted(word, stem, [word] == last)
        place += size


def _phrase(stems: list[str], phrases: Mapping[str, str]) -> tuple[int, str]:
    """How many of the first stems are one phrase, and the stem that stands for it; (1, "") for none."""
    for size in range(len(stems), 1, -1):
        if whole := phrases.get(" ".join(stems[:size])):
            return size, whole
    return 1, ""
