"""What search takes in, and what it keeps of one document."""

from dataclasses import dataclass
from typing import NamedTuple

KINDS = ("jalur", "kompetensi", "halaman", "modul", "daerah", "praktik")
"""Document numbers follow this order of kinds, then `added`, then `url`: a new case comes last."""


@dataclass(frozen=True, slots=True)
class Document:
    """One page as search sees it.

    `url` is relative to the site's root; `kind` is one of `KINDS`; `region` is a code ("73.71", "73") or empty;
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
    length: int

    @property
    def order(self) -> tuple[int, str, str]:
        """Sorts documents into the order of their numbers."""
        return (KINDS.index(self.kind), self.added, self.url)


class Entry(NamedTuple):
    """What the index takes of a document: its card, and how much each of its words weighs.

    `stems` are the distinct stems, parted by spaces; `weights` has one byte for each, the number of occurrences weighted
    by field, at most 255; `words` are the distinct words as written.
    """

    card: Card
    stems: str
    weights: bytes
    words: str
