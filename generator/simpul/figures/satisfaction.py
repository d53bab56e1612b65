"""Reach and satisfaction of a service unit: the IKM of PermenPANRB 14/2017 and the programme's two-figure
rule. Exact arithmetic; no verdict beyond the six classes, and no word of cause.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from simpul.figures.uncertainty import (
    ELEMENTS,
    FEWEST_ASKED,
    LOWEST,
    Margin,
    asked_enough,
    margin_of_change,
    rounded,
)
from simpul.model import Report

GRADES = (("A", "Sangat baik", Decimal("88.31")), ("B", "Baik", Decimal("76.61")),
          ("C", "Kurang baik", Decimal("65.00")), ("D", "Tidak baik", LOWEST))
BOTH, REACH, RATED, NEITHER, CHANCE, UNKNOWN = \
    "keduanya_naik", "hanya_jangkauan", "hanya_ikm", "tidak_keduanya", \
    "tidak_dapat_dibedakan_dari_kebetulan", "belum_dapat_dinilai"
OUTCOMES = (BOTH, REACH, RATED, NEITHER, CHANCE, UNKNOWN)


def grade(index: Decimal) -> tuple[str, str]:
    """Mutu and kinerja of an index of 25 to 100: rounded, then by lower bounds: the table has holes."""
    value = rounded(index)
    return next((letter, words) for letter, words, bound in GRADES if value >= bound)


def computed(report: Report) -> Decimal | None:
    """The index from the nine elements' means: their sum times 25/9, rounded once; None if any lacks."""
    means = [getattr(report, element) for element in ELEMENTS]
    return rounded(sum(means, Decimal()) * 25 / 9) if None not in means else None


def ends(period: str) -> tuple[int, int]:
    """Sorts periods by their end: year and month."""
    year, _, part = period.partition("-")
    month = {"S": 6, "T": 3}.get(part[:1], 12) * int(part[1:] or 1)
    return int(year), month


def begins(period: str) -> tuple[int, int]:
    """The first month of a period."""
    year, month = ends(period)
    return year, month + 1 - {"S": 6, "T": 3}.get(period.partition("-")[2][:1], 12)


class Change(NamedTuple):
    """From one row to a later one of like method and rule: ASN trained, points of the index, their margin."""

    before: Report
    after: Report
    trained: int
    rise: Decimal
    margin: Margin

    @property
    def inside(self) -> bool:
        """Whether the change lies inside its margin: then it is neither a rise nor a fall."""
        return abs(self.rise) <= self.margin.points

    @property
    def kind(self) -> str:
        """Its class."""
        if self.inside:
            return CHANCE
        return {(True, True): BOTH, (True, False): REACH, (False, True): RATED,
                (False, False): NEITHER}[self.trained > 0, self.rise > 0]


class Outcome(NamedTuple):
    """What the two figures say of a unit: its class, the change it is judged by (None where there is none),
    and why it cannot be judged ("" where it can).
    """

    kind: str
    change: Change | None = None
    why: str = ""


def outcome(reports: Sequence[Report]) -> Outcome:
    """A unit's newest row against the nearest earlier one of like method and rule, both with IKM and enough
    respondents.
    """
    ordered = sorted(reports, key=lambda report: ends(report.periode))
    after = ordered[-1]
    if lacking := _lacking(after):
        return Outcome(UNKNOWN, why=f"baris {after.periode} belum memuat {lacking}")
    if not asked_enough(after):
        return Outcome(UNKNOWN, why=f"baris {after.periode} memuat {after.ikm_n} responden; "
                       f"di bawah {FEWEST_ASKED}, perubahan tidak dapat dipisahkan dari kebetulan")
    if len(ordered) < 2:
        return Outcome(UNKNOWN, why="baru ada satu periode")
    method = (after.ikm_metode, after.dasar_hukum)
    like = [report for report in ordered[:-1] if not _lacking(report) and asked_enough(report)
            and (report.ikm_metode, report.dasar_hukum) == method]
    if not like:
        return Outcome(UNKNOWN, why="belum ada periode sebelumnya dengan cara survei yang sama, "
                       f"data lengkap, dan paling sedikit {FEWEST_ASKED} responden")
    found = change(like[-1], after)
    return Outcome(found.kind, found)


def change(before: Report, after: Report) -> Change:
    """Between two rows that both have an index and enough respondents."""
    assert before.ikm is not None
    assert after.ikm is not None
    return Change(before, after, after.asn_dilatih - before.asn_dilatih,
                  rounded(after.ikm) - rounded(before.ikm), margin_of_change(before, after))


def _lacking(report: Report) -> str:
    """What a row lacks to be judged, in words."""
    given = {"IKM": report.ikm, "jumlah responden": report.ikm_n, "cara survei": report.ikm_metode,
             "dasar hukum": report.dasar_hukum}
    return ", ".join(name for name, value in given.items() if value is None)


def by_unit(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """A region's rows by unit, each from the earliest period."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: ends(report.periode)):
        found[report.unit_layanan].append(report)
    return dict(sorted(found.items()))
