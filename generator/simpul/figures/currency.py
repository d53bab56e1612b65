"""How old a verification may be before it is told."""

import datetime
from functools import cache

from simpul.model import Case
from simpul.portal import Portal

VERIFIED_FOR = datetime.timedelta(days=365)


def overdue(portal: Portal, case: Case) -> bool:
    """Whether a case was verified so long ago that its page says so."""
    return "" < case.verified < _year_before(portal.as_of)


@cache
def _year_before(day: datetime.date) -> str:
    return (day - VERIFIED_FOR).isoformat()
