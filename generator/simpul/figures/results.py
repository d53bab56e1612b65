"""A result before and after on one honest scale, from nothing to what is possible."""

from decimal import Decimal
from typing import NamedTuple

from simpul.figures.plots import next_nice
from simpul.model import Result

PERCENT = {"persen", "%", "persentase"}
HUNDRED = Decimal(100)


class Bars(NamedTuple):
    """Two bars in hundredths of a scale that ends at `end`, and whether the second is `baik` (better),
    `buruk` (worse) or `sama` (the same); "" where the better direction is not told.
    """

    before: int
    after: int
    end: Decimal
    turn: str


def bars(result: Result) -> Bars | None:
    """The scale ends at `dari`, at 100 for percentages, else at the next round number above both, so that
    what is merely the larger of two is no full bar. None where a number is below nothing.
    """
    values = (result.sebelum, result.sesudah)
    if min(values) < 0:
        return None
    end = result.dari or _end(result.satuan, max(values))
    before, after = (int(value / end * 100) for value in values)
    return Bars(before, after, end, _turn(result))


def _end(unit: str, largest: Decimal) -> Decimal:
    if unit.casefold() in PERCENT and largest <= HUNDRED:
        return HUNDRED
    return next_nice(largest)


def _turn(result: Result) -> str:
    change = result.sesudah - result.sebelum
    if result.arah is None:
        return ""
    if not change:
        return "sama"
    return "baik" if (change > 0) == (result.arah == "naik") else "buruk"
