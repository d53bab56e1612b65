"""Index -> files: classic scripts below `cari/`, each one call of `simpulCari(name, value)` with JSON.

`cari/pokok.js`     for every query: number of documents, kinds with their first numbers, shape of shards,
                    phrases and words that are read as others, exceptions, where runs of words begin, and for
                    each document number a letter for its length
`cari/s<bits>.js`   stems with their postings
`cari/h<n>.js`      cards of four documents: address, title, name of its region, summary, date verified
`cari/k-<word>.js`  a run of words as written, each with a capital for how many documents hold it;
                    `cari/r-<word>.js` the same words read backwards
`cari/f-<name>.js`  codes and names of a facet's values; `cari/f-<name>-<n>.js` the values of each of 4096
                    document numbers, two letters a value, a full stop between documents
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, repeat
from operator import attrgetter
from typing import Any

from simpul.search.coding import ALPHABET, encode_levels
from simpul.search.document import Card
from simpul.search.index import Index
from simpul.search.layout import CARDS, ROWS, length_level, shard_of, split_stems, split_words
from simpul.search.synonyms import NONE, Lexicon, read_phrases, replacements
from simpul.search.words import EXCEPTIONS, ROOTS, STOPWORDS

Runs = Mapping[str, list[tuple[str, Sequence[str]]]]
FACETS = ("daerah", "kondisi", "kompetensi", "tema")
COMPETENCE = "kompetensi"
"""The kind of the pages that are about one competence each."""


def script(name: str, value: Any) -> bytes:
    """One file: safe as a script in any browser, whatever the text holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'simpulCari("{name}",{text})\n'.encode()


def index_files(index: Index, lexicon: Lexicon = NONE) -> dict[str, bytes]:
    """All files of the index by path below the site."""
    return {url: data for url, data in changed_files(index, lexicon, frozenset()).items()
            if data is not None}


def changed_files(index: Index, lexicon: Lexicon,
                  known: Collection[str]) -> dict[str, bytes | None]:
    """The files of an index by path; None for those `known` from the index before and still the same."""
    shape, shards = split_stems({stem: len(letters) for stem, letters in index.letters.items()})
    runs = _runs(index.words)
    starts = [" ".join(start for start, _ in every[1:]) for every in runs.values()]
    same = _same(index, known, shards)
    values: dict[str, Any] = {"pokok": _base(index, shape, lexicon) | {"kata": starts}}
    values |= {name: name in same or shard(index.letters, stems) for name, stems in shards.items()}
    values |= {name: name in same or _cards(index, places) for name, places in _blocks(index.cards)}
    values |= _words(index.words, runs)
    for name in FACETS:
        names = _facet_names(index, name)
        values |= dict.fromkeys(names, True) if same.issuperset(names) else _facet(index, name)
    return {f"cari/{name}.js": None if value is True else script(name, value)
            for name, value in values.items()}


def _same(index: Index, known: Collection[str], shards: Iterable[str]) -> frozenset[str]:
    """Names of shards, blocks of cards, and facets that hold nothing that was touched."""
    touched = index.touched
    if touched is None:
        return frozenset()
    names = frozenset(shards)
    other = {shard_of(stem, names) for stem in touched.stems} | \
        {f"h{place // CARDS}" for place in touched.places}
    if touched.places:
        other.update(name for facet in FACETS for name in _facet_names(index, facet))
    return frozenset(url.removeprefix("cari/").removesuffix(".js") for url in known) - other


def shard(letters: Mapping[str, str], stems: Iterable[str]) -> str:
    """What a shard of these stems holds."""
    return " ".join(f"{stem} {letters[stem]}" for stem in stems)


def _blocks(places: Iterable[int]) -> Iterator[tuple[str, list[int]]]:
    return ((f"h{block}", list(members))
            for block, members in groupby(places, key=lambda place: place // CARDS))


def _cards(index: Index, places: Iterable[int]) -> dict[str, list[str]]:
    return {str(place): _card(index.cards[place]) for place in places}


def _base(index: Index, shape: str, lexicon: Lexicon) -> dict[str, Any]:
    return {
        "n": len(index.cards), "jenis": index.kinds,
        "bentuk": shape, "frasa": read_phrases(lexicon, index.letters),
        "ganti": replacements(lexicon, index.letters),
        "kecuali": _exceptions(), "akar": " ".join(sorted(ROOTS)), "abaikan": " ".join(sorted(STOPWORDS)),
        "panjang": _levels(index, {place: length_level(card.length) for place, card in index.cards.items()}),
    }


def _exceptions() -> dict[str, str]:
    """Stem -> the words it stands for."""
    return {stem: " ".join(word for word, other in EXCEPTIONS.items() if other == stem)
            for stem in EXCEPTIONS.values()}


def _levels(index: Index, levels: Mapping[int, int]) -> str:
    """The level of each number, 0 where a number is empty."""
    return encode_levels(list(map(levels.get, range(_size(index)), repeat(0))))


def _size(index: Index) -> int:
    """One more than the last number."""
    return max(index.cards, default=-1) + 1


def _card(card: Card) -> list[str]:
    return [card.url, card.title, card.region_name, card.summary, card.verified]


def _runs(counts: Mapping[str, int]) -> Runs:
    """Runs of the words, forwards and backwards."""
    return {"k": list(split_words(sorted(counts))),
            "r": list(split_words(sorted(word[::-1] for word in counts)))}


def _words(counts: Mapping[str, int], runs: Runs) -> dict[str, str]:
    known = {word: chr(ord("A") + count.bit_length() - 1) for word, count in counts.items()}
    marks = {"k": known, "r": {word[::-1]: mark for word, mark in known.items()}}
    return {f"{name}-{start}": "".join([word + marks[name][word] for word in run])
            for name, every in runs.items() for start, run in every}


def _facet_names(index: Index, name: str) -> list[str]:
    return [f"f-{name}", *(f"f-{name}-{part}" for part in range(-(-_size(index) // ROWS)))]


def _facet(index: Index, name: str) -> dict[str, Any]:
    shown = list(map(SHOWN[name], index.cards.values()))
    distinct = dict.fromkeys(shown)
    names = _names(index, name, distinct)
    codes = {value: ALPHABET[place >> 6] + ALPHABET[place & 63] for place, value in enumerate(sorted(names))}
    texts = {some: "".join(map(codes.__getitem__, _each(some))) for some in distinct}
    filled = dict(zip(index.cards, map(texts.__getitem__, shown), strict=True))
    rows = list(map(filled.get, range(_size(index)), repeat("")))
    files: dict[str, Any] = {f"f-{name}-{at // ROWS}": ".".join(rows[at:at + ROWS])
                             for at in range(0, len(rows), ROWS)}
    return files | {f"f-{name}": [[value, names[value] or value] for value in codes]}


SHOWN: dict[str, Callable[[Card], str | tuple[str, ...]]] = {
    "daerah": attrgetter("region"), "kondisi": attrgetter("conditions"),
    "kompetensi": attrgetter("competences"), "tema": attrgetter("themes"),
}


def _each(some: str | tuple[str, ...]) -> tuple[str, ...]:
    return some if isinstance(some, tuple) else (some,) if some else ()


def _names(index: Index, name: str, shown: Iterable[str | tuple[str, ...]]) -> dict[str, str]:
    """Values with what readers see of them, "" where that is not known."""
    values = dict.fromkeys(chain.from_iterable(map(_each, shown)), "")
    if name in ("tema", "kondisi"):
        return {value: value.replace("-", " ") for value in values}
    if name == "daerah":
        return values | {card.region: card.region_name for card in index.cards.values() if card.region}
    own = (card for card in index.cards.values() if card.kind == COMPETENCE)
    return values | {card.competences[0]: card.title for card in own if len(card.competences) == 1}
