"""Where things stand in a drawing: axes, ticks and places, in the drawing's own whole units."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import NamedTuple

NICE = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


class Axis(NamedTuple):
    """Numbers from `low` to `high` along units from `start` to `end`; `end` may be the smaller."""

    low: Decimal
    high: Decimal
    start: int
    end: int

    def at(self, number: Decimal) -> int:
        """Where a number stands; what lies beyond an end stands at that end."""
        share = (min(max(number, self.low), self.high) - self.low) / (self.high - self.low)
        return int((self.start + share * (self.end - self.start)).to_integral_value(ROUND_HALF_UP))

    def ticks(self, most: int = 5) -> list[tuple[int, str]]:
        """At most so many round numbers within the ends, each with its place."""
        step = _step((self.high - self.low) / most)
        first = (self.low / step).to_integral_value(ROUND_CEILING) * step
        count = int((self.high - first) / step) + 1
        return [(self.at(number), f"{number.normalize():f}") for number in
                (first + step * place for place in range(count))]


def around_zero(numbers: Iterable[Decimal], least: Decimal) -> Decimal:
    """A round number that is as far from zero as the farthest of these, and at least `least`."""
    farthest = max((abs(number) for number in numbers), default=least)
    step = _step(max(farthest, least) / 4)
    return (max(farthest, least) / step).to_integral_value(ROUND_CEILING) * step


def next_nice(number: Decimal) -> Decimal:
    """The next of 1, 2, 5, 10, 20 ... (or 0.5, 0.2 ...) above a number that is not below nothing."""
    found = _step(number) if number else Decimal(1)
    return found if found > number else _step(found * Decimal("1.01"))


def _step(wanted: Decimal) -> Decimal:
    """The next of 1, 2, 5, 10, 20 ... (or 0.5, 0.2 ...) that is not below what is wanted."""
    power = Decimal(1).scaleb(wanted.adjusted())
    return next(nice * power for nice in NICE if nice * power >= wanted)


class Cell(NamedTuple):
    """A square of a grid, and how many points it holds."""

    column: int
    row: int
    holds: int


def cells(points: Sequence[tuple[int, int]], side: int) -> list[Cell]:
    """Points counted by squares of so many units."""
    counts = Counter((x // side, y // side) for x, y in points)
    return [Cell(column, row, count) for (column, row), count in sorted(counts.items())]


def shade(count: int, most: int, shades: int = 3) -> int:
    """From 1 (few) to `shades`, by equal steps of the root: a hundred must not make ten invisible."""
    if not count:
        return 0
    share = (Decimal(count) / most).sqrt()
    return max(1, int((share * shades).to_integral_value(ROUND_CEILING)))
