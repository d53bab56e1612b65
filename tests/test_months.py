"""A schedule as months: each day in its place, sessions counted, busy days told."""

import datetime

from simpul.figures.months import MOST_MONTHS, months
from simpul.model import BusyPeriod

BUSY = [BusyPeriod.model_validate({"dari": "2026-12-28", "sampai": "2027-01-03", "alasan": "Tutup buku"})]
TODAY = datetime.date(2026, 11, 28)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_a_month_holds_each_of_its_days_once_in_its_weekday() -> None:
    (month,) = months([day("2026-12-28"), day("2026-12-28"), day("2026-12-01")], BUSY, TODAY)
    assert (month.year, month.month, month.rows) == (2026, 12, 5)
    assert [one.number for one in month.days] == list(range(1, 32))
    assert all(day(f"2026-12-{one.number:02}").weekday() == one.column for one in month.days)
    told = {one.number: (one.sessions, one.busy) for one in month.days if one.sessions or one.busy}
    assert told == {1: (1, False), 28: (2, True), 29: (0, True), 30: (0, True), 31: (0, True)}


def test_months_to_come_are_shown_and_the_last_where_none_comes() -> None:
    dates = [day(f"2026-{month:02}-05") for month in range(8, 13)] + [day("2027-01-05"), day("2027-03-05")]
    assert [(month.year, month.month) for month in months(dates, [], TODAY)] == [
        (2026, 11), (2026, 12), (2027, 1)][:MOST_MONTHS]
    assert [month.month for month in months(dates[:2], [], TODAY)] == [9]
    assert months([], [], TODAY) == []
