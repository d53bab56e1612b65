"""Query -> the stems to look for. The browser does the same: theme/scripts/search/query.js."""

from collections.abc import Mapping
from dataclasses import dataclass

from simpul.search.analysis import phrases_of
from simpul.search.words import STEMS, tokens

LONGEST_QUERY = 200
MOST_WORDS = 8
SHORTEST_PREFIX = 3
SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a query and the stem that stands for it; only the last word may be unfinished."""

    word: str
    stem: str
    last: bool


def wanted(query: str, synonyms: Mapping[str, str]) -> list[Wanted]:
    """The words to look for: none that search ignores, each stem once, long forms as abbreviations."""
    words = _shortened(tokens(query[:LONGEST_QUERY]), synonyms)
    found: dict[str, str] = {}
    for word in words:
        if stem := STEMS[word]:
            found.setdefault(stem, word)
    kept = list(found.items())[:MOST_WORDS]
    return [Wanted(word, stem, word == words[-1]) for stem, word in kept]


def _shortened(words: list[str], synonyms: Mapping[str, str]) -> list[str]:
    phrases = phrases_of(tuple(synonyms.items()))
    kept: list[str] = []
    place = 0
    while place < len(words):
        word, step = words[place], 1
        for rest, short in phrases.get(word, ()):
            if tuple(words[place + 1:place + 1 + len(rest)]) == rest:
                word, step = short, 1 + len(rest)
                break
        kept.append(word)
        place += step
    return kept
