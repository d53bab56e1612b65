"""Search: documents -> entries -> index -> files; and the same search from the terminal as in the browser."""

from collections.abc import Iterable, Mapping

from generator.search.analysis import NONE, analyse
from generator.search.document import KINDS, Document, Entry
from generator.search.files import index_files
from generator.search.index import Index

__all__ = ["KINDS", "Document", "Entry", "Index", "analyse", "build_index", "index_files"]


def build_index(entries: Iterable[Entry], synonyms: Mapping[str, str] = NONE) -> dict[str, bytes]:
    """The files of the search index by path below the site; the same entries in any order give the same bytes.

    To save time between builds keep an `Index`: `index_files(index.updated(entries), synonyms)` gives these bytes too.
    """
    return index_files(Index.of(entries), synonyms)
