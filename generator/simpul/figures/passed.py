"""How many reached the minimum, by the way in which it was judged: figures of two ways are never summed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from simpul.figures.satisfaction import ends
from simpul.model import Report


class Passed(NamedTuple):
    """What units report of one way, "" for an unknown one: units, ASN who passed, ASN who were meant to."""

    way: str
    units: int
    passed: int
    target: int


def by_way(units: Iterable[Sequence[Report]], order: Mapping[str, str]) -> list[Passed]:
    """The newest row of each unit where anybody passed, summed by way: in this order, the unknown last."""
    newest = [max(rows, key=lambda row: ends(row.periode)) for rows in units]
    found: dict[str, Passed] = {}
    for row in (row for row in newest if row.asn_lulus_minimum):
        way = row.cara_penilaian or ""
        before = found.get(way, Passed(way, 0, 0, 0))
        found[way] = Passed(way, before.units + 1, before.passed + row.asn_lulus_minimum,
                            before.target + row.sasaran_asn)
    return [found[way] for way in (*order, *sorted(found.keys() - order.keys() - {""}), "") if way in found]
