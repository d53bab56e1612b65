"""What search takes in, and what it keeps of one document."""

from dataclasses import dataclass
from typing import NamedTuple

MOST_ADDED = "praktik-baik"
"""The kind that grows most often has the last numbers, so that its growth moves no other document."""


@dataclass(frozen=True, slots=True)
class Document:
    """One page as search sees it.

    `url` is relative to the site's root; `kind` is the kind of page in lower case with hyphens, which
    readers see with spaces ("praktik-baik": Praktik baik); `region` is a code ("73.71", "73") or empty;
    `verified` and `added` are ISO dates or empty; `text` is the body without markup.
    """

    url: str
    title: str
    kind: str
    region: str = ""
    region_name: str = ""
    competences: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    summary: str = ""
    text: str = ""
    verified: str = ""
    added: str = ""
    conditions: tuple[str, ...] = ()


class Card(NamedTuple):
    """What a list of results, the filters and the ranking need of a document.

    `length` counts all words; the `summary` is cut to what a list of results shows.
    """

    url: str
    title: str
    kind: str
    region: str
    region_name: str
    competences: tuple[str, ...]
    themes: tuple[str, ...]
    summary: str
    verified: str
    added: str
    conditions: tuple[str, ...]
    length: int

    @property
    def order(self) -> tuple[bool, str, str, str]:
        """Sorts documents in order of numbers: kinds by name, the most added to last; then by date."""
        return (self.kind == MOST_ADDED, self.kind, self.added, self.url)


class IndexEntry(NamedTuple):
    """What the index takes of a document: its card, and how much each of its words weighs.

    `stems` are the distinct stems, parted by spaces; `weights` has one byte for each, the number of
    occurrences weighted by field, at most 255; `words` are the distinct words as written.
    """

    card: Card
    stems: str
    weights: bytes
    words: str
