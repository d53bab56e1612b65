"""Where things lie in the index: numbers of documents, shards of stems, shards of words. Rules, no files.

Every rule is local, so that one more document moves as little as possible.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise
from math import log
from operator import itemgetter
from zlib import crc32

from simpul.search.coding import decode_bits, encode_bits
from simpul.search.document import Card

Runs = tuple[tuple[str, int], ...]
"""Kinds with the number that each run of their documents begins with, in order of numbers."""

ROOM = 512
CARDS = 4
ROWS = 4096
SHARD_LETTERS = 3000
DEEPEST = 20
WORDS_MASK, MOST_WORDS = 511, 512
AVERAGE_LENGTH = 450.0
SHORTEST, LENGTH_STEP = 24, 1.07


def number(cards: Iterable[Card]) -> tuple[dict[int, Card], Runs]:
    """Documents by number, and where each kind begins.

    Kinds follow each other as `Card.order` says, each from a multiple of 512, so that a new module does not
    move the cases; within a kind documents are in the order they were added, then by address. Numbers left
    over stay empty. A release renumbers them as they came (`arrival`).
    """
    numbered: dict[int, Card] = {}
    runs: list[tuple[str, int]] = []
    first = 0
    for kind, group in groupby(sorted(cards, key=lambda card: card.order), key=lambda card: card.kind):
        members = list(group)
        numbered.update(enumerate(members, first))
        runs.append((kind, first))
        first = next_run(first + len(members))
    return numbered, tuple(runs)


def next_run(number_: int) -> int:
    """Where a run may begin at or after a number."""
    return -(-number_ // ROOM) * ROOM


@cache
def length_level(words: int) -> int:
    """The length of a document in steps of seven per cent, 0 (24 words or fewer) to 63 (1,700 or more)."""
    return max(0, min(63, round(log(max(words, SHORTEST) / SHORTEST) / log(LENGTH_STEP))))


def length_of(level: int) -> float:
    """The length in words that a level stands for."""
    return float(SHORTEST * LENGTH_STEP ** level)


def split_stems(sizes: Mapping[str, int]) -> tuple[str, dict[str, list[str]]]:
    """Shards of stems, by a binary tree over the bits of their CRC-32: (shape, name -> stems in order).

    A shard that outgrows its size splits in two and leaves the others alone. The shape lists the tree from
    its root, 1 for a fork (branch of bit 0 first), 0 for a shard, six of them a letter; a shard's name is "s"
    and the bits on the way to it.
    """
    shape: list[str] = []
    shards: dict[str, list[str]] = {}

    def place(stems: list[tuple[int, int, str]], path: str) -> None:
        depth = len(path)
        if depth == DEEPEST or len(stems) < 2 or sum(map(itemgetter(1), stems)) <= SHARD_LETTERS:
            shape.append("0")
            shards[f"s{path}"] = [stem for _, _, stem in stems]
            return
        shape.append("1")
        bit = 1 << depth
        place([item for item in stems if not item[0] & bit], f"{path}0")
        place([item for item in stems if item[0] & bit], f"{path}1")

    place([(crc32(stem.encode()), sizes[stem], stem) for stem in sorted(sizes)], "")
    return encode_bits("".join(shape)), shards


def shard_names(shape: str) -> list[str]:
    """The names of all shards of a shape, in its order."""
    names: list[str] = []
    open_, marks = [""], iter(decode_bits(shape))
    while open_:
        path = open_.pop()
        if next(marks) == "1":
            open_ += [f"{path}1", f"{path}0"]
        else:
            names.append(f"s{path}")
    return names


def shard_of(stem: str, names: frozenset[str]) -> str:
    """The name of the shard that a stem belongs to."""
    hashed, name = crc32(stem.encode()), "s"
    while name not in names:
        name += str(hashed >> len(name) - 1 & 1)
    return name


def split_words(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Runs of sorted words, 512 at most, with the word each begins at ("" for the first).

    A run begins where a word's own CRC-32 says so, about every 512 words; within one that is too long twice
    as many may: a new word changes one run.
    """
    for place, run in enumerate(_runs(words, WORDS_MASK)):
        yield run[0] if place else "", run


def _runs(words: Sequence[str], mask: int) -> Iterator[Sequence[str]]:
    begins = [place for place, word in enumerate(words) if place and crc32(word.encode()) & mask == 0]
    for begin, end in pairwise((0, *begins, len(words))):
        run = words[begin:end]
        yield from _runs(run, mask >> 1) if len(run) > MOST_WORDS else (run,)


def kind_of(number_: int, runs: Runs) -> str:
    """The kind of the document with this number."""
    return next(kind for kind, first in reversed(runs) if number_ >= first)
