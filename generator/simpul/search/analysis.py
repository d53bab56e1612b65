"""Document -> IndexEntry: which words it holds and their weights. Pure, fast enough for every build."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import compress, repeat
from types import MappingProxyType

from simpul.search.document import Card, Document, IndexEntry
from simpul.search.words import STEMS, tokens

TITLE, HEADING, SUMMARY, REGION, BODY = 6, 3, 2, 8, 1
HEAVIEST = 255
CARD_LETTERS = 150
NONE: Mapping[str, str] = MappingProxyType({})
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def analyse(document: Document, synonyms: Mapping[str, str] = NONE) -> IndexEntry:
    """The document as the index keeps it.

    `synonyms` maps abbreviations to long forms; where a text has the long form it counts as the abbreviation
    too, so that a query with either finds both. Pass the same mapping to `build_index`.
    """
    phrases = phrases_of(tuple(synonyms.items()))
    words: dict[str, int] = {}
    length = 0
    for text, weight in _fields(document):
        found = tokens(text)
        counts = Counter(found)
        if phrases.keys() & counts.keys():
            counts.update(abbreviations(found, phrases))
        length += counts.total()
        for word, count in counts.items():
            words[word] = words.get(word, 0) + weight * count
    return _entry(document, words, length)


def _entry(document: Document, words: Mapping[str, int], length: int) -> IndexEntry:
    roots = list(map(STEMS.__getitem__, words))
    stems: dict[str, int] = {}
    for root, weight in zip(roots, words.values(), strict=True):
        stems[root] = stems.get(root, 0) + weight
    stems.pop("", None)
    weights = bytes(map(min, stems.values(), repeat(HEAVIEST)))
    card = Card(document.url, document.title, document.kind, document.region, document.region_name,
                document.competences, document.themes, _short(document.summary or document.text),
                document.verified, document.added, length)
    return IndexEntry(card, " ".join(stems), weights, " ".join(compress(words, roots)))


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


@lru_cache(maxsize=4)
def phrases_of(synonyms: Iterable[tuple[str, str]]) -> Phrases:
    """First word of a long form -> its other words and the abbreviation, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for short, long in synonyms:
        words = tokens(long)
        if len(words) > 1:
            found.setdefault(words[0], []).append((tuple(words[1:]), "".join(tokens(short))))
    return {first: tuple(sorted(rests, key=lambda rest: (-len(rest[0]), rest)))
            for first, rests in found.items()}


def abbreviations(words: list[str], phrases: Phrases) -> Iterator[str]:
    """Those of the long forms among the words."""
    for place in [place for place, word in enumerate(words) if word in phrases]:
        for rest, short in phrases[words[place]]:
            if tuple(words[place + 1:place + 1 + len(rest)]) == rest:
                yield short
                break
