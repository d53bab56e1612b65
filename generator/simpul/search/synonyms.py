"""Words that stand for each other: what a page is found by beside its own words, and what a query is read as.

A page is indexed under the synonyms of its words too, so that next to nothing has to be carried to readers.
Words are compared by their stems.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from typing import NamedTuple

from simpul.search.words import STEMS, STOPWORDS, tokens

SUBJECT = 3
"""What a word weighs at least on a page that is about it: once in its title, a heading or its summary, or
three times in its text. Words that only lead to others would else double the index.
"""


class SynonymSet(NamedTuple):
    """Words or phrases for one thing, which find each other; or, where `meant` has those that pages use,
    words that readers type for them.
    """

    words: tuple[str, ...]
    meant: tuple[str, ...] = ()


Synonyms = tuple[SynonymSet, ...]


class Names(NamedTuple):
    """The stems by which something is found too: wherever it stands, and where it is what a page is about."""

    always: tuple[str, ...]
    all: tuple[str, ...]

    def for_(self, weight: int) -> tuple[str, ...]:
        """Those of a page on which it weighs so much."""
        return self.always if weight < SUBJECT else self.all


class Phrase(NamedTuple):
    """Stems that follow each other, and what they are found by too."""

    stems: tuple[str, ...]
    names: Names


Phrases = Mapping[str, Mapping[str, Sequence[Phrase]]]


class Lexicon(NamedTuple):
    """Synonyms as they are looked up: by the stem of a word, by the first two stems of a phrase; what a
    phrase in a query is read as, the first of these that pages hold, those `spare` that have a word which
    leads to the same pages by itself; the other words and phrases of a word; and each single word as
    written, by its stem.
    """

    singles: Mapping[str, Names]
    phrases: Phrases
    read: dict[str, tuple[str, ...]]
    spare: dict[str, str]
    others: dict[str, dict[str, None]]
    written: dict[str, str]


def stems_of(text: str) -> list[str]:
    """The stems of a text in order, without the words that search ignores."""
    return [*filter(None, map(STEMS.__getitem__, tokens(text)))]


class _Row(NamedTuple):
    """One set of synonyms by stems: its single words as written, its phrases, and those of these that hold
    one of its single words.
    """

    named: Mapping[str, str]
    phrases: Sequence[list[str]]
    spare: Sequence[list[str]]

    @classmethod
    def of(cls, words: Iterable[str]) -> "_Row":
        own = {text: stems for text in words if (stems := stems_of(text))}
        named = {stems[0]: text for text, stems in own.items()
                 if len(stems) == 1 and STOPWORDS.isdisjoint(tokens(text))}  # "tell me" is not "tell"
        several = [stems for stems in own.values() if len(stems) > 1]
        return cls(named, [stems for stems in several if not named.keys() & {*stems}],
                   [stems for stems in several if named.keys() & {*stems}])


def lexicon_of(synonyms: Synonyms = ()) -> Lexicon:
    """Words without a stem are left out: search ignores them in queries too."""
    found: dict[tuple[str, ...], dict[str, bool]] = {}
    lexicon = Lexicon({}, {}, {}, {}, {}, {})
    for words, meant in synonyms:
        row = _Row.of(words)
        joined = ["".join(stems) for stems in row.phrases[:1]]
        names = [*row.named, *joined] if meant else [*row.named] or joined
        whole = joined if meant or not row.named else [*row.named]
        for stem, text in row.named.items():
            lexicon.written.setdefault(stem, next(word for word in tokens(text) if STEMS[word]))
            lexicon.others.setdefault(stem, {}).update(
                (other, None) for other in meant or words if other != text)
        others = [stem for text in meant for stem in stems_of(text)]
        lexicon.read.update((" ".join(stems), (whole[0], *others)) for stems in row.phrases)
        lexicon.spare.update((" ".join(stems), next(stem for stem in stems if stem in row.named))
                             for stems in row.spare)
        for stems in filter(None, map(stems_of, meant or words)):
            known = found.setdefault(tuple(stems), {})
            known.update((name, not meant or known.get(name, False)) for name in names)
    singles = {stems[0]: _names(known) for stems, known in found.items() if len(stems) == 1}
    return lexicon._replace(singles=singles, phrases=_by_beginning(found))


def _names(known: Mapping[str, bool]) -> Names:
    return Names(tuple(name for name, always in known.items() if always), tuple(known))


def _by_beginning(found: Mapping[tuple[str, ...], Mapping[str, bool]]) -> Phrases:
    phrases: dict[str, dict[str, list[Phrase]]] = {}
    for stems, known in found.items():
        if len(stems) > 1:
            phrases.setdefault(stems[0], {}).setdefault(stems[1], []).append(Phrase(stems, _names(known)))
    return phrases


def phrases_in(row: list[str], lexicon: Lexicon) -> Iterator[Phrase]:
    """The phrases that stand in a row of stems, each as often as it does."""
    ends: dict[Phrase, int] = {}
    for at in compress(count(), map(lexicon.phrases.__contains__, row[:-1])):
        for phrase in lexicon.phrases[row[at]].get(row[at + 1], ()):
            end = at + len(phrase.stems)
            if ends.get(phrase, 0) <= at and tuple(row[at:end]) == phrase.stems:
                ends[phrase] = end
                yield phrase


def read_phrases(lexicon: Lexicon, held: Collection[str]) -> str:
    """Phrases, as stems, that a query may hold, those together that one stem in the index stands for. It is
    in front of them where it is not the first of them without its blanks. A spare one is read where it has a
    word that no page holds, which would be taken for a slip of the finger.
    """
    rows: dict[str, list[str]] = {}
    needed = {phrase: (stem,) for phrase, stem in lexicon.spare.items()
              if not all(part in held for part in phrase.split())}
    for phrase, stems in {**needed, **lexicon.read}.items():
        for stem in [stem for stem in stems if stem in held][:1]:
            rows.setdefault(stem, []).append(phrase)
    return ",".join(sorted(("" if some[0].replace(" ", "") == stem else f"{stem}=") + "|".join(some)
                           for stem, some in rows.items()))


def phrases_read(text: str) -> dict[str, str]:
    """Phrase -> the stem that stands for it, of what `read_phrases` gave."""
    found: dict[str, str] = {}
    for row in filter(None, text.split(",")):
        stem, _, phrases = row.rpartition("=")
        some = phrases.split("|")
        found |= dict.fromkeys(some, stem or some[0].replace(" ", ""))
    return found


def replacements(lexicon: Lexicon, held: Collection[str]) -> dict[str, str]:
    """Words that no page is found by, as stems, and what is looked for in their place."""
    return {stem: text for stem, some in sorted(lexicon.others.items()) if stem not in held
            for text in _held(some, held)}


def _held(texts: Iterable[str], held: Collection[str]) -> Iterator[str]:
    """The first of the texts of which a page holds a word."""
    yield from [text.lower() for text in texts if any(stem in held for stem in stems_of(text))][:1]


NONE = lexicon_of()
