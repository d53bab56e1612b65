"""Sessions of a schedule as months: which days have how many, and which are busy."""

import calendar
import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from simpul.model import BusyPeriod

MOST_MONTHS = 3


class Day(NamedTuple):
    """A day of a month: its column from Monday, its row, its number, how many sessions begin on it, and
    whether it is busy.
    """

    column: int
    row: int
    number: int
    sessions: int
    busy: bool


class Month(NamedTuple):
    """A month with its days, and how many rows these take."""

    year: int
    month: int
    rows: int
    days: Sequence[Day]


def months(dates: Iterable[datetime.date], busy: Sequence[BusyPeriod], today: datetime.date) -> list[Month]:
    """The next three months that have sessions, from the one of today on; where none is to come, the last."""
    counts = Counter(dates)
    having = sorted({(date.year, date.month) for date in counts})
    coming = [month for month in having if month >= (today.year, today.month)]
    return [_month(year, month, counts, busy) for year, month in (coming or having[-1:])[:MOST_MONTHS]]


def _month(year: int, month: int, counts: Counter[datetime.date], busy: Sequence[BusyPeriod]) -> Month:
    weeks = calendar.Calendar().monthdayscalendar(year, month)
    days = []
    for row, week in enumerate(weeks):
        for column, number in enumerate(week):
            if number:
                date = datetime.date(year, month, number)
                kept = any(period.dari <= date <= period.sampai for period in busy)
                days.append(Day(column, row, number, counts[date], kept))
    return Month(year, month, len(weeks), days)
