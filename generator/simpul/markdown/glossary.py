"""The terms of the glossary in a text: the first place of each is linked to its entry and carries its
meaning, which shows on hover and focus without a script. A pure function of sanitised HTML.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from simpul.addresses import slugify

MOST = 8
"""Terms explained on one page: more would make it heavy and restless."""
TOKENS = re.compile(r"""(<(?:[^>"]|"[^"]*")*>)""")
SILENT = re.compile(r"<(/?)(a|code|pre|h[2-6]|th|summary)\b")
ABBREVIATION = re.compile(r"[A-Z].*[A-Z]")


class Term(NamedTuple):
    """A term as written, its long form if it is an abbreviation, and what it means."""

    term: str
    long: str | None
    meaning: str


class _Place(NamedTuple):
    """Where a term first stands. Sorts by need of explaining: abbreviations, several words, one."""

    rank: int
    part: int
    token: int
    start: int
    end: int
    term: Term


class Definitions:
    """Finds the terms of a glossary."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: Mapping[str, Term] = {_key(term.term): term for term in terms}
        longest = sorted(self.terms.values(), key=lambda term: -len(term.term))
        words = "|".join(_pattern(escape(term.term, quote=False)) for term in longest)
        self.pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") if words else None

    def mark(self, parts: Sequence[str], glossary: str) -> list[str]:
        """The parts of a page with terms explained; `glossary` is the glossary's address from there."""
        split = [TOKENS.split(part) for part in parts]
        for place in sorted(self._places(split), key=lambda found: found[1:4], reverse=True):
            text = split[place.part][place.token]
            split[place.part][place.token] = \
                f"{text[:place.start]}{_link(place, text, glossary)}{text[place.end:]}"
        return ["".join(tokens) for tokens in split]

    def _places(self, split: Sequence[Sequence[str]]) -> list[_Place]:
        found: dict[str, _Place] = {}
        for part, tokens in enumerate(split):
            depth = 0
            for number, token in enumerate(tokens):
                if number % 2:
                    silent = SILENT.match(token)
                    depth += 0 if not silent else -1 if silent[1] else 1
                elif not depth and self.pattern:
                    for match in self.pattern.finditer(token):
                        term = self.terms[_key(match[0].replace("&amp;", "&"))]
                        found.setdefault(term.term, _Place(_rank(term), part, number, *match.span(), term))
        return sorted(found.values(), key=lambda place: place[:5])[:MOST]


def _key(word: str) -> str:
    return word if ABBREVIATION.search(word) else word.casefold()


def _pattern(word: str) -> str:
    """An abbreviation as it is written, another term in any case."""
    return re.escape(word) if ABBREVIATION.search(word) else f"(?i:{re.escape(word)})"


def _rank(term: Term) -> int:
    return 0 if ABBREVIATION.search(term.term) else 1 if " " in term.term else 2


def _link(place: _Place, text: str, glossary: str) -> str:
    term = place.term
    meaning = f"{term.long}. {term.meaning}" if term.long else term.meaning
    address = f"{glossary}#{slugify(term.term)}"
    return f'<a class="term" href="{address}" data-arti="{escape(meaning)}">{text[place.start:place.end]}</a>'
