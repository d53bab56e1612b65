"""How far an IKM may lie from what all citizens would say, from what a row tells of its respondents.

An IKM is the mean of one number a respondent, between 25 and 100 (PermenPANRB 14/2017). Its 95 % margin is
1.96 x spread / sqrt(respondents), for a simple random sample of 30 or more; the spread is the standard
deviation of those numbers. Where a row does not tell it, a bound stands for it that no survey can exceed.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple, get_args

from simpul.model import Report, SurveyElement

ELEMENTS: tuple[str, ...] = get_args(SurveyElement)
ANSWERS = ("jawaban_1", "jawaban_2", "jawaban_3", "jawaban_4")
LOWEST, HIGHEST = Decimal(25), Decimal(100)
SCALE = 25
"""Points of the index to one point of an answer."""
WIDEST = Decimal("37.5")
QUANTILE = Decimal("1.96")
FEWEST_ASKED = 30
CENT = Decimal("0.01")
Known = Literal["simpangan", "jawaban", "unsur", "batas"]


class Spread(NamedTuple):
    """A standard deviation in points of the index, and what it is known from: told by the row (`simpangan`),
    or at most this by its answers, its elements' means, or the bounds of the scale alone.
    """

    points: Decimal
    known: Known


class Margin(NamedTuple):
    """A 95 % margin in points of the index, of two places, and what its spread is known from."""

    points: Decimal
    known: Known


def spread(report: Report) -> Spread:
    """The narrowest that the row allows."""
    if report.ikm_simpangan is not None:
        return Spread(report.ikm_simpangan, "simpangan")
    if counts := answers(report):
        return Spread(_of_answers(counts), "jawaban")
    means = [getattr(report, element) for element in ELEMENTS]
    if None not in means:
        return Spread(_of_means(means), "unsur")
    return Spread(WIDEST, "batas")


def answers(report: Report) -> tuple[int, ...]:
    """How many answers were 1, 2, 3 and 4, all elements together; empty where one lacks."""
    counts = [getattr(report, name) for name in ANSWERS]
    return tuple(counts) if None not in counts and sum(counts) else ()


def mean_of(counts: Sequence[int]) -> Decimal:
    """The index of so many answers of 1, 2, 3 and 4."""
    return Decimal(SCALE * sum(value * count for value, count in enumerate(counts, 1))) / sum(counts)


def _of_answers(counts: Sequence[int]) -> Decimal:
    """A respondent's mean spreads at most as much as single answers do (Jensen)."""
    mean = mean_of(counts) / SCALE
    squares = sum(((value - mean) ** 2 * count for value, count in enumerate(counts, 1)), Decimal())
    return SCALE * (squares / sum(counts)).sqrt()


def _of_means(means: Sequence[Decimal]) -> Decimal:
    """Answers of 1 to 4 with this mean spread by sqrt((4 - mean) x (mean - 1)) at most (Bhatia and Davis
    2000); the mean of several spreads at most as their spreads' mean.
    """
    widest = [max((4 - mean) * (mean - 1), Decimal()).sqrt() for mean in means]
    return SCALE * sum(widest, Decimal()) / len(widest)


def margin(report: Report) -> Margin | None:
    """The margin of a row's index; None below 30 respondents, where it cannot be said."""
    if not asked_enough(report):
        return None
    found = spread(report)
    return Margin(rounded(QUANTILE * _error(report)), found.known)


def margin_of_change(before: Report, after: Report) -> Margin:
    """The margin of the difference between two rows that each asked enough; as sure as the less sure row."""
    order = get_args(Known)
    known = max(spread(before).known, spread(after).known, key=order.index)
    together = (_error(before) ** 2 + _error(after) ** 2).sqrt()
    return Margin(rounded(QUANTILE * together), known)


def asked_enough(report: Report) -> bool:
    """Whether a margin can be said at all."""
    return (report.ikm_n or 0) >= FEWEST_ASKED


def rounded(number: Decimal) -> Decimal:
    """Two places, half up."""
    return number.quantize(CENT, ROUND_HALF_UP)


def _error(report: Report) -> Decimal:
    return spread(report).points / Decimal(report.ikm_n or 0).sqrt()
