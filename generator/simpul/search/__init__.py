"""Search: documents -> entries -> index -> files; and, in `terminal`, the same search as in the browser."""

from collections.abc import Iterable

from simpul.search.analysis import analyse
from simpul.search.document import Card, Document, IndexEntry
from simpul.search.files import changed_files, index_files
from simpul.search.index import Index
from simpul.search.synonyms import NONE, Lexicon, Synonyms, SynonymSet, lexicon_of

__all__ = [
    "Card", "Document", "Index", "IndexEntry", "Lexicon", "SynonymSet", "Synonyms", "analyse", "build_index",
    "changed_files", "index_files", "lexicon_of",
]


def build_index(entries: Iterable[IndexEntry], lexicon: Lexicon = NONE) -> dict[str, bytes]:
    """The files of the search index by path below the site; the order of the entries does not matter.

    To save time between builds keep an `Index`: `index_files` of an updated one gives these bytes too.
    """
    return index_files(Index.of(entries), lexicon)
