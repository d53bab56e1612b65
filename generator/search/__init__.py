"""Search: documents -> entries -> index -> files; and the same search from the terminal as in the browser."""

from collections.abc import Iterable, Mapping

from generator.search.analysis import NONE, analyse
from generator.search.document import Card, Document, Entry
from generator.search.files import changed_files, index_files
from generator.search.index import Index
from generator.search.reading import NoIndexError
from generator.search.terminal import FILTERS, Hit, Results, format_results, search

__all__ = [
    "FILTERS", "Card", "Document", "Entry", "Hit", "Index", "NoIndexError", "Results", "analyse", "build_index",
    "changed_files", "format_results", "index_files", "search",
]


def build_index(entries: Iterable[Entry], synonyms: Mapping[str, str] = NONE) -> dict[str, bytes]:
    """The files of the search index by path below the site; the same entries in any order give the same bytes.

    To save time between builds keep an `Index`: `index_files` of an updated one gives these bytes too.
    """
    return index_files(Index.of(entries), synonyms)
