"""Reach and satisfaction of a service unit: the IKM of PermenPANRB 14/2017 and the programme's two-figure
rule. Exact arithmetic; no verdict beyond the five classes, and no word of cause.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, get_args

from simpul.model import Report, SurveyElement

ELEMENTS: tuple[str, ...] = get_args(SurveyElement)
LOWEST, HIGHEST = Decimal(25), Decimal(100)
GRADES = (("A", "Sangat baik", Decimal("88.31")), ("B", "Baik", Decimal("76.61")),
          ("C", "Kurang baik", Decimal("65.00")), ("D", "Tidak baik", LOWEST))
CENT = Decimal("0.01")
SPREAD = Decimal("37.5")
QUANTILE = Decimal("1.96")
FEWEST_ASKED = 30
BOTH, REACH, RATED, NEITHER, UNKNOWN = \
    "keduanya_naik", "hanya_jangkauan", "hanya_ikm", "tidak_keduanya", "belum_dapat_dinilai"
OUTCOMES = (BOTH, REACH, RATED, NEITHER, UNKNOWN)


def rounded(number: Decimal) -> Decimal:
    """Two places, half up."""
    return number.quantize(CENT, ROUND_HALF_UP)


def grade(index: Decimal) -> tuple[str, str]:
    """Mutu and kinerja of an index of 25 to 100: rounded, then by lower bounds: the table has holes."""
    value = rounded(index)
    return next((letter, words) for letter, words, bound in GRADES if value >= bound)


def computed(report: Report) -> Decimal | None:
    """The index from the nine elements' means: their sum times 25/9, rounded once; None if any lacks."""
    means = [getattr(report, element) for element in ELEMENTS]
    return rounded(sum(means, Decimal()) * 25 / 9) if None not in means else None


def margin(asked: int | None) -> Decimal | None:
    """The widest 95 % margin an index can have with so many answers: 1.96 x 37.5 / sqrt(n), since answers lie
    between 25 and 100 and so spread by 37.5 at most. None below 30 answers.
    """
    return rounded(QUANTILE * SPREAD / Decimal(asked).sqrt()) if asked and asked >= FEWEST_ASKED else None


def ends(period: str) -> tuple[int, int]:
    """Sorts periods by their end: year and month."""
    year, _, part = period.partition("-")
    month = {"S": 6, "T": 3}.get(part[:1], 12) * int(part[1:] or 1)
    return int(year), month


def begins(period: str) -> tuple[int, int]:
    """The first month of a period."""
    year, month = ends(period)
    return year, month + 1 - {"S": 6, "T": 3}.get(period.partition("-")[2][:1], 12)


class Outcome(NamedTuple):
    """What the two figures say of a unit: its class, the two rows compared (None where there are not two),
    and why it cannot be judged ("" where it can).
    """

    kind: str
    before: Report | None
    after: Report | None
    why: str = ""


def outcome(reports: Sequence[Report]) -> Outcome:
    """A unit's newest row against the nearest earlier one of like method and rule, both with IKM and n."""
    ordered = sorted(reports, key=lambda report: ends(report.periode))
    after = ordered[-1]
    if lacking := _lacking(after):
        return Outcome(UNKNOWN, None, after, f"baris {after.periode} belum memuat {lacking}")
    if len(ordered) < 2:
        return Outcome(UNKNOWN, None, after, "baru ada satu periode")
    method = (after.ikm_metode, after.dasar_hukum)
    like = [report for report in ordered[:-1]
            if not _lacking(report) and (report.ikm_metode, report.dasar_hukum) == method]
    if not like:
        return Outcome(UNKNOWN, None, after,
                       "belum ada periode sebelumnya dengan cara survei yang sama dan data lengkap")
    before = like[-1]
    assert before.ikm is not None
    assert after.ikm is not None
    wider, higher = after.asn_dilatih > before.asn_dilatih, rounded(after.ikm) > rounded(before.ikm)
    return Outcome({(True, True): BOTH, (True, False): REACH, (False, True): RATED,
                    (False, False): NEITHER}[wider, higher], before, after)


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
