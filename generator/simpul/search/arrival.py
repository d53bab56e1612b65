"""The index of a site, renumbered: what an earlier index held keeps its number, what came since follows it.

A number stands in many lists, so a document that moves all later ones changes most of the index. Here lists
end with what came last, whatever its date.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from simpul.search.coding import ALPHABET, WEIGHT_BITS, WEIGHT_MASK, decode_postings, encode_postings
from simpul.search.files import script, shard
from simpul.search.layout import CARDS, ROOM, ROWS, Runs, kind_of, next_run, split_stems
from simpul.search.reading import parsed

BASE = "cari/pokok.js"
CARD_BLOCK = re.compile(r"cari/h\d+\.js")
_NUMBERED = re.compile(r"cari/(?:pokok|s[01]*|h\d+|f-[a-z]+-\d+)\.js")
_SPREAD, _AT_LEAST = 4, 4 * ROOM
"""Where more than a quarter of the numbers, and more than so many, would stand for nothing, all are new."""


class Numbers(NamedTuple):
    """The number of each document by address, and the runs of its kinds."""

    runs: Runs
    of: Mapping[str, int]


def is_numbered(path: str) -> bool:
    """Whether a file of a site holds numbers of documents."""
    return bool(_NUMBERED.fullmatch(path))


def numbers_in(files: Mapping[str, bytes]) -> Numbers:
    """Those of an index. Raises ValueError, KeyError or TypeError where it is another program's."""
    runs = tuple((str(kind), int(first)) for kind, first in parsed(files[BASE])["jenis"])
    return Numbers(runs, {card[0]: place for place, card in _cards(files).items()})


def cards_in(files: Mapping[str, bytes]) -> dict[str, int]:
    """Numbers by address, as far as these blocks of cards tell."""
    return {card[0]: place for place, card in _cards(files).items()}


def renumbered(files: Mapping[str, bytes], before: Numbers) -> dict[str, bytes]:
    """The numbered files of an index, with the numbers of an earlier one; all of them, and no other."""
    base, now = parsed(files[BASE]), numbers_in(files)
    runs, numbers = kept(now, before)
    places = {now.of[url]: number for url, number in numbers.items()}
    shape, shards = _shards(files, places)
    base |= {"jenis": runs, "bentuk": shape, "panjang": _row(base["panjang"], places, ALPHABET[0])}
    values: dict[str, Any] = {"pokok": base} | shards | _blocks(files, places) | _facets(files, places)
    return {f"cari/{name}.js": script(name, value) for name, value in values.items()}


def kept(now: Numbers, before: Numbers) -> Numbers:
    """What both hold keeps the number it had; what is new follows the last of its kind, in the order that the
    site gives. A kind whose run is full goes on behind all others.
    """
    numbers: dict[str, int] = {}
    new: dict[str, list[str]] = defaultdict(list)
    after: dict[str, int] = {}
    for url, place in sorted(now.of.items(), key=itemgetter(1)):
        kind, old = kind_of(place, now.runs), before.of.get(url)
        if old is None or kind_of(old, before.runs) != kind:
            new[kind].append(url)
        else:
            numbers[url], after[kind] = old, max(old + 1, after.get(kind, 0))
    runs = list(before.runs)
    top = max(after.values(), default=0)
    for kind, urls in new.items():
        for url in urls:
            place = _after(runs, kind, after.get(kind, 0), top)
            numbers[url], after[kind], top = place, place + 1, max(top, place + 1)
    wasted = top - max(now.of.values(), default=-1) - 1
    return now if wasted > max(top // _SPREAD, _AT_LEAST) else Numbers(tuple(runs), numbers)


def _after(runs: list[tuple[str, int]], kind: str, after: int, top: int) -> int:
    """The next number for a kind, which gets another run where it has no room."""
    last = max((at for at, (name, _) in enumerate(runs) if name == kind), default=None)
    if last is not None:
        place = max(after, runs[last][1])
        if last + 1 == len(runs) or place < runs[last + 1][1]:
            return place
    runs.append((kind, next_run(max(top, runs[-1][1] + 1) if runs else 0)))
    return runs[-1][1]


def _cards(files: Mapping[str, bytes]) -> dict[int, list[str]]:
    blocks = (parsed(data) for path, data in files.items() if CARD_BLOCK.fullmatch(path))
    return {int(place): card for block in blocks for place, card in block.items()}


def _blocks(files: Mapping[str, bytes], places: Mapping[int, int]) -> dict[str, dict[str, list[str]]]:
    cards = sorted((places[place], card) for place, card in _cards(files).items())
    return {f"h{block}": {str(place): card for place, card in some}
            for block, some in groupby(cards, key=lambda item: item[0] // CARDS)}


def _shards(files: Mapping[str, bytes], places: Mapping[int, int]) -> tuple[str, dict[str, str]]:
    """The shape of the shards, and what each holds."""
    letters: dict[str, str] = {}
    for path, data in files.items():
        if path.startswith("cari/s") and is_numbered(path):
            fields = parsed(data).split(" ")
            letters |= {stem: _recoded(text, places)
                        for stem, text in zip(fields[::2], fields[1::2], strict=False)}
    shape, shards = split_stems({stem: len(text) for stem, text in letters.items()})
    return shape, {name: shard(letters, stems) for name, stems in shards.items()}


def _recoded(letters: str, places: Mapping[int, int]) -> str:
    """A list of postings with other numbers. A weight that was halved, upwards, may be one too great."""
    return encode_postings(sorted(places[place] << WEIGHT_BITS | min(weight, WEIGHT_MASK)
                                  for place, weight in decode_postings(letters)))


def _facets(files: Mapping[str, bytes], places: Mapping[int, int]) -> dict[str, str]:
    """The values of each document, by facet and part."""
    rows: dict[str, dict[int, list[str]]] = defaultdict(dict)
    for path, data in files.items():
        name, _, part = path.removeprefix("cari/").removesuffix(".js").rpartition("-")
        if name.startswith("f-") and is_numbered(path):
            rows[name][int(part)] = parsed(data).split(".")
    found: dict[str, str] = {}
    for name, parts in rows.items():
        row = _row([value for part in sorted(parts) for value in parts[part]], places, "")
        found |= {f"{name}-{at // ROWS}": ".".join(row[at:at + ROWS]) for at in range(0, len(row), ROWS)}
    return found


def _row(values: Sequence[str], places: Mapping[int, int], nothing: str) -> Any:
    """Values by number, in their new places: letters where they were letters."""
    row = [nothing] * (max(places.values(), default=-1) + 1)
    for place, number in places.items():
        row[number] = values[place]
    return "".join(row) if isinstance(values, str) else row
