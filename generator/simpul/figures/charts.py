"""Drawings of monitoring: a unit's periods, all units' changes in a plane, and in a strip for each service.

Places are whole units of the drawing, 320 wide. Nothing is coloured by class alone: place and shape say it.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, starmap
from typing import Any, NamedTuple

from simpul.figures.plots import Axis, around_zero, cells, shade
from simpul.figures.satisfaction import GRADES, Change, ends
from simpul.figures.uncertainty import HIGHEST, LOWEST, margin, rounded
from simpul.model import Report

WIDTH = 320
MOST_LABELS = 4
"""More values than these stand too close: then only the first and the last are written."""
MOST_POINTS = 60
"""More units than these hide each other: then squares are counted."""
SIDE = 12


def periods(rows: Sequence[Report]) -> dict[str, Any]:
    """Reach and index of a unit over its periods, from the earliest: points, lines between what may be
    compared, and values. `reach` counts ASN up to those meant; `index` goes from 25 to 100.
    """
    months = [Decimal(12 * year + month) for year, month in (ends(row.periode) for row in rows)]
    spread = Axis(months[0], max(months[-1], months[0] + 1), 56, WIDTH - 40)
    across = [spread.at(month) for month in months] if len(rows) > 1 else [WIDTH // 2]
    told = _told(len(rows))
    most = Decimal(max(1, *(row.sasaran_asn for row in rows)))
    up, rated = Axis(Decimal(), most, 96, 20), Axis(LOWEST, HIGHEST, 116, 20)
    reach = [_Point(x, up.at(Decimal(row.asn_dilatih)), f"{row.asn_dilatih}", shown)
             for x, row, shown in zip(across, rows, told, strict=True)]
    index = [_rated(x, row, rated, shown) for x, row, shown in zip(across, rows, told, strict=True)
             if row.ikm is not None]
    return {
        "periods": [{"x": x, "name": row.periode} for x, row, shown in
                    zip(across, rows, told, strict=True) if shown],
        "reach": {"points": [point.plain() for point in reach],
                  "lines": list(starmap(_line, pairwise(reach))),
                  "ticks": [[up.at(number), str(number)] for number in (Decimal(), most)]},
        "index": {"points": [point.plain() for point in index], "ticks": rated.ticks(3),
                  "grades": [[rated.at(low), letter] for letter, _, low in GRADES],
                  "lines": _compared(rows, across, rated)},
    }


def _told(count: int) -> list[bool]:
    return [count <= MOST_LABELS or place in (0, count - 1) for place in range(count)]


class _Point(NamedTuple):
    x: int
    y: int
    value: str
    shown: bool
    high: int = 0
    low: int = 0

    def plain(self) -> dict[str, Any]:
        return self._asdict()


def _rated(x: int, row: Report, axis: Axis, shown: bool) -> _Point:
    assert row.ikm is not None
    index, half = rounded(row.ikm), margin(row)
    bar = (axis.at(index + half.points), axis.at(index - half.points)) if half else (0, 0)
    return _Point(x, axis.at(index), str(index), shown, *bar)


def _line(first: _Point, last: _Point) -> list[int]:
    return [first.x, first.y, last.x, last.y]


def _compared(rows: Sequence[Report], across: Sequence[int], axis: Axis) -> list[list[int]]:
    """Lines between neighbours of one method and rule only."""
    found = []
    for place, (before, after) in enumerate(pairwise(rows)):
        alike = (before.ikm_metode, before.dasar_hukum) == (after.ikm_metode, after.dasar_hukum)
        if alike and before.ikm is not None and after.ikm is not None:
            found.append([across[place], axis.at(before.ikm), across[place + 1], axis.at(after.ikm)])
    return found


def plane(changes: Sequence[Change]) -> dict[str, Any] | None:
    """Change of reach (points of a hundred of those meant) against change of the index, with margins;
    squares with counts where the units are many. None without units.
    """
    if not changes:
        return None
    reach = [_share(change) for change in changes]
    wide = around_zero(reach, Decimal(10))
    few = len(changes) <= MOST_POINTS
    bars = (change.margin.points if few else 0 for change in changes)
    high = around_zero((abs(change.rise) + bar for change, bar in zip(changes, bars, strict=True)),
                       Decimal(4))
    across, up = Axis(-wide, wide, 36, WIDTH - 8), Axis(-high, high, 198, 26)
    places = [(across.at(share), up.at(change.rise)) for share, change in zip(reach, changes, strict=True)]
    return {
        "x": across.at(Decimal()), "y": up.at(Decimal()), "across": across.ticks(4), "up": up.ticks(4),
        "count": len(changes), "points": [
            {"x": x, "y": y, "inside": change.inside, "high": up.at(change.rise + change.margin.points),
             "low": up.at(change.rise - change.margin.points)}
            for (x, y), change in zip(places, changes, strict=True)] if few else [],
        "squares": [] if few else _squares(places),
    }


def _share(change: Change) -> Decimal:
    """The change in how many of a hundred are trained."""
    shares = [Decimal(100 * row.asn_dilatih) / row.sasaran_asn if row.sasaran_asn else Decimal()
              for row in (change.before, change.after)]
    return shares[1] - shares[0]


def _squares(places: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    found = cells(places, SIDE)
    most = max(cell.holds for cell in found)
    return [{"x": cell.column * SIDE, "y": cell.row * SIDE, "count": cell.holds,
             "shade": shade(cell.holds, most)} for cell in found]


def strips(groups: Sequence[tuple[str, Sequence[Change]]]) -> dict[str, Any]:
    """One strip for each named group, all on one axis of change of the index: where the units lie, and how
    many rose, fell, or did neither beyond their margins.
    """
    high = around_zero((change.rise for _, changes in groups for change in changes), Decimal(4))
    axis = Axis(-high, high, 8, WIDTH - 8)
    return {"zero": axis.at(Decimal()), "ticks": axis.ticks(4), "rows": [
        {"name": name, "marks": _marks([axis.at(change.rise) for change in changes]),
         "rose": sum(change.rise > 0 and not change.inside for change in changes),
         "same": sum(change.inside for change in changes),
         "fell": sum(change.rise < 0 and not change.inside for change in changes)}
        for name, changes in groups]}


def _marks(places: Sequence[int]) -> list[list[int]]:
    """Where marks stand, with their shade: in one place may lie many."""
    found = cells([(place, 0) for place in places], 4)
    most = max((cell.holds for cell in found), default=1)
    return [[cell.column * 4, shade(cell.holds, most)] for cell in found]
