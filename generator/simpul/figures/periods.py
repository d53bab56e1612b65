"""A long list -> parts of a bounded size, by date: one item more, of whatever date, touches one part."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from simpul.portal import Portal, once

YEAR_BITS, MONTH_BITS, DAY_BITS, HASH_BITS = 14, 4, 5, 32
DATE_BITS, HASH_MASK = YEAR_BITS + MONTH_BITS + DAY_BITS, (1 << HASH_BITS) - 1
OLDEST = "awal"


class Part(NamedTuple):
    """A part of a list of cases: `name` tells what it begins with, such as "2024", "2024-04" or "2024-04-16",
    and is "awal" for the oldest; `cases` are their ids, oldest first; `number` counts the parts of one day.
    """

    name: str
    cases: Sequence[str]
    number: int = 1


def parts(portal: Portal, cases: Sequence[str], most: int) -> list[Part]:
    """Cases, oldest first, in parts of at most so many. A part that grows beyond it is halved at a day that
    the calendar gives: the older half keeps its name, so that an address stays, and no other part changes.
    Cases of one day are halved by the CRC-32 of their ids.
    """
    if len(cases) <= most:
        return [Part(OLDEST, cases)] if cases else []
    found: list[Part] = []
    for begin, some in _halves(_days(portal), cases, most, 0, 0, DATE_BITS + HASH_BITS - 1):
        found.append(Part(_name(begin), some, found[-1].number + 1 if begin & HASH_MASK else 1))
    return found


def _halves(days: Mapping[str, int], cases: Sequence[str], most: int, start: int, begin: int,
            bit: int) -> Iterator[tuple[int, Sequence[str]]]:
    """What each part begins with, and its cases. `start` is where this half begins, `begin` where the part
    does: earlier, where nothing is in between.
    """
    if len(cases) <= most or bit < 0:
        yield begin, cases
        return
    middle = start | 1 << bit
    if bit >= HASH_BITS:
        at = bisect_left(cases, middle >> HASH_BITS, key=days.__getitem__)
        older, newer = cases[:at], cases[at:]
    else:
        older = [name for name in cases if not crc32(name.encode()) >> bit & 1]
        newer = [name for name in cases if crc32(name.encode()) >> bit & 1]
    if older:
        yield from _halves(days, older, most, start, begin, bit - 1)
    if newer:
        yield from _halves(days, newer, most, middle, middle if older else begin, bit - 1)


@once
def _days(portal: Portal) -> Mapping[str, int]:
    """The day of each case as a number in whose bits year, quarter, month and day follow each other; 0 where
    there is none.
    """
    numbers: dict[str, int] = {}
    return {name: numbers.get(case.added) or numbers.setdefault(case.added, _number(case.added))
            for name, case in portal.cases.items()}


def _number(date: str) -> int:
    if not date:
        return 0
    year, month, day = map(int, date.split("-"))
    return (year << MONTH_BITS | (month - 1) // 3 << 2 | (month - 1) % 3) << DAY_BITS | day


def _name(begin: int) -> str:
    """What a part begins with, without the zeros at its end."""
    date, rest = begin >> HASH_BITS, f"{begin & HASH_MASK:08x}".rstrip("0")
    year, month, day = date >> MONTH_BITS + DAY_BITS, date >> DAY_BITS & 15, date & 31
    named = [f"{year:04}" if date else OLDEST,
             f"{(month >> 2) * 3 + (month & 3) + 1:02}" if month or day else "", f"{day:02}" if day else "",
             rest]
    return "-".join(filter(None, named))
