"""Document -> IndexEntry: which words it holds and their weights. Pure, fast enough for every build."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, compress, repeat

from simpul.search.document import Card, Document, IndexEntry
from simpul.search.synonyms import NONE, Lexicon, Phrase, phrases_in
from simpul.search.words import STEMS, tokens

TITLE, HEADING, SUMMARY, REGION, BODY = 12, 4, 3, 8, 1
HEAVIEST = 255
CARD_LETTERS = 150
Rows = Sequence[tuple[list[str], int]]
"""The stems of each field in order, without what search ignores, and how much each weighs."""


def analyse(document: Document, lexicon: Lexicon = NONE) -> IndexEntry:
    """The document as the index keeps it.

    A page that holds a word or a phrase of the lexicon is found by its synonyms too, which weigh half as
    much as what it holds; by those that only lead to it where it is what the page is about. Pass the
    same lexicon to `build_index`.
    """
    fields = [(tokens(text), weight) for text, weight in _fields(document)]
    rows = [([*filter(None, map(STEMS.__getitem__, found))], weight) for found, weight in fields]
    stems = _weights(rows)
    others = _others(stems, rows, lexicon)
    written = dict.fromkeys(chain.from_iterable(found for found, _ in fields))
    words = [*compress(written, map(STEMS.__getitem__, written)),
             *(lexicon.written[stem] for stem in others if stem in lexicon.written and stem not in stems)]
    for stem, weight in others.items():
        stems[stem] = stems.get(stem, 0) + (weight + 1 >> 1)
    weights = bytes(map(min, stems.values(), repeat(HEAVIEST)))
    length = sum(len(found) for found, _ in fields)
    card = Card(document.url, document.title, document.kind, document.region, document.region_name,
                document.competences, document.themes, _short(document.summary or document.text),
                document.verified, document.added, document.conditions, length)
    return IndexEntry(card, " ".join(stems), weights, " ".join(words))


def _weights(rows: Rows) -> dict[str, int]:
    """What each stem weighs. Most stand in the body, where each weighs one: these are counted."""
    stems: dict[str, int] = Counter(rows[0][0])
    for row, weight in rows[1:]:
        for stem in row:
            stems[stem] = stems.get(stem, 0) + weight
    return stems


def _others(stems: dict[str, int], rows: Rows, lexicon: Lexicon) -> dict[str, int]:
    """What the document is found by beside its words, and how much those weigh that stand for it."""
    others: dict[str, int] = {}
    for stem in filter(lexicon.singles.__contains__, stems):
        weight = stems[stem]
        for other in lexicon.singles[stem].for_(weight):
            if other != stem:
                others[other] = others.get(other, 0) + weight
    phrases: dict[Phrase, int] = {}
    for row, weight in rows:
        for phrase in phrases_in(row, lexicon):
            phrases[phrase] = phrases.get(phrase, 0) + weight
    for phrase, weight in phrases.items():
        for other in phrase.names.for_(weight):
            others[other] = others.get(other, 0) + weight
    return others


def _short(text: str) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= CARD_LETTERS:
        return text
    return text[:CARD_LETTERS].rpartition(" ")[0].rstrip(",;:.") + " …"


def _fields(document: Document) -> Iterator[tuple[str, int]]:
    """The body first."""
    yield document.text, BODY
    yield document.title, TITLE
    yield " . ".join(document.headings), HEADING
    yield document.summary, SUMMARY
    yield document.region_name, REGION
    yield " . ".join(document.themes), SUMMARY
