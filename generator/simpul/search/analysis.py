"""Document -> IndexEntry: which words it holds and their weights. Pure, fast enough for every build."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, repeat

from simpul.search.document import Card, Document, IndexEntry
from simpul.search.synonyms import NONE, Lexicon, phrases_in, row_of
from simpul.search.words import STEMS, tokens

TITLE, HEADING, SUMMARY, REGION, BODY = 12, 4, 3, 8, 1
HEAVIEST = 255
CARD_LETTERS = 150
Fields = Sequence[tuple[list[str], int]]
"""Words in order, and how much each weighs."""


def analyse(document: Document, lexicon: Lexicon = NONE) -> IndexEntry:
    """The document as the index keeps it.

    A page that holds a word or a phrase of the lexicon is found by its synonyms too, which weigh half as
    much as what it holds; by those that only lead to it where it is what the page is about. Pass the
    same lexicon to `build_index`.
    """
    fields = [(tokens(text), weight) for text, weight in _fields(document)]
    words: dict[str, int] = {}
    for found, weight in fields:
        for word, count in Counter(found).items():
            words[word] = words.get(word, 0) + weight * count
    return _entry(document, words, fields, lexicon)


def _entry(document: Document, words: dict[str, int], fields: Fields, lexicon: Lexicon) -> IndexEntry:
    roots = list(map(STEMS.__getitem__, words))
    stems: dict[str, int] = {}
    for root, weight in zip(roots, words.values(), strict=True):
        stems[root] = stems.get(root, 0) + weight
    stems.pop("", None)
    others = _others(stems, fields, lexicon)
    added = [lexicon.written[stem] for stem in others if stem in lexicon.written and stem not in stems]
    for stem, weight in others.items():
        stems[stem] = stems.get(stem, 0) + (weight + 1 >> 1)
    weights = bytes(map(min, stems.values(), repeat(HEAVIEST)))
    length = sum(len(found) for found, _ in fields)
    card = Card(document.url, document.title, document.kind, document.region, document.region_name,
                document.competences, document.themes, _short(document.summary or document.text),
                document.verified, document.added, document.conditions, length)
    return IndexEntry(card, " ".join(stems), weights, " ".join((*compress(words, roots), *added)))


def _others(stems: dict[str, int], fields: Fields, lexicon: Lexicon) -> dict[str, int]:
    """What the document is found by beside its words, and how much those weigh that stand for it."""
    others: dict[str, int] = {}
    for stem in sorted(lexicon.singles.keys() & stems.keys()):
        weight = stems[stem]
        for other in lexicon.singles[stem].for_(weight):
            if other != stem:
                others[other] = others.get(other, 0) + weight
    phrases = phrases_in(stems, lexicon)
    rows = [(row_of([*filter(None, map(STEMS.__getitem__, found))]), weight)
            for found, weight in fields if phrases and len(found) > 1]
    whole = "".join(row for row, _ in rows)
    for phrase in [phrase for phrase in phrases if phrase.row in whole]:
        weight = sum(row.count(phrase.row) * weight for row, weight in rows)
        for other in phrase.names.for_(weight) if weight else ():
            others[other] = others.get(other, 0) + weight
    return others


def _short(text: str) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= CARD_LETTERS:
        return text
    return text[:CARD_LETTERS].rpartition(" ")[0].rstrip(",;:.") + " …"


def _fields(document: Document) -> Iterator[tuple[str, int]]:
    yield document.text, BODY
    yield document.title, TITLE
    yield " . ".join(document.headings), HEADING
    yield document.summary, SUMMARY
    yield document.region_name, REGION
    yield " . ".join(document.themes), SUMMARY
