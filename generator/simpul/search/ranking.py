"""Postings -> documents in order: BM25, ties by newest number; as in
theme/scripts/search/ranking.js."""

from collections.abc import Iterable, Mapping, Sequence
from math import floor, log

from simpul.search.layout import AVERAGE_LENGTH, Runs, length_of

K1, B = 2.0, 0.6
STEPS = 100_000
KINDS = {"modul": 1.1, "catatan-pengajar": 0.5, "penyesuaian": 0.8, "ahli": 0.8, "kebutuhan": 0.8,
         "daerah": 0.8, "lembar-cetak": 0.8, "pusat-pelatihan": 0.7, "penunjuk": 0.4}
"""How much kinds of pages count beside the others: what teaches before what lists; notes behind modules,
and what nobody confirmed behind what somebody answers for.
"""
_SLOWNESS = [K1 * (1 - B + B * length_of(level) / AVERAGE_LENGTH) for level in range(64)]

Postings = Mapping[int, int]


def merged(lists: Iterable[Postings]) -> dict[int, int]:
    """Postings of several stems that stand for one word: the greatest weight of each document."""
    found: dict[int, int] = {}
    for postings in lists:
        for place, weight in postings.items():
            found[place] = max(weight, found.get(place, 0))
    return found


def scores(words: Sequence[Postings], shares: Sequence[float], lengths: Sequence[int], count: int,
           kinds: Runs) -> dict[int, float]:
    """Score of each document that holds any of the words, each of which has its share. `count` is the number
    of documents, `kinds` where each of their kinds begins.
    """
    found: dict[int, float] = {}
    for postings, share in zip(words, shares, strict=True):
        rarity = log(1 + (count - len(postings) + 0.5) / (len(postings) + 0.5)) * (K1 + 1) * share
        for place, weight in postings.items():
            found[place] = found.get(place, 0.0) + rarity * weight / (weight + _SLOWNESS[lengths[place]])
    ends = [first for _, first in kinds[1:]] + [len(lengths)]
    for (kind, first), end in zip(kinds, ends, strict=True):
        for place in filter(found.__contains__, range(first, end)) if kind in KINDS else ():
            found[place] *= KINDS[kind]
    return found


def steps(score: float) -> int:
    """Scores count in steps of 1/100000: browser and terminal round alike."""
    return floor(score * STEPS + 0.5)


def ranked(found: Mapping[int, float]) -> list[int]:
    """Documents, best first; of equal ones the newest."""
    return sorted(found, key=lambda place: (-steps(found[place]), -place))
