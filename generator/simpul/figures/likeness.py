"""Which cases are like one another: rings of cases under like conditions, where each has its next ones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from simpul.model import Case
from simpul.portal import Condition, Portal, once

LIKE_CASES = 3
Ring = tuple[str, str, bool]
"""Connection and geography, "" where they are not known, and whether the cases are samples."""


@once
def like_cases(portal: Portal) -> Mapping[str, Sequence[str]]:
    """For each case the next three of other regions under like conditions; none where none is known."""
    found: dict[str, Sequence[str]] = {}
    for ring, names in _rings(portal).items():
        found |= zip(names, _next(names) if any(ring[:2]) else [()] * len(names), strict=True)
    return found


def _rings(portal: Portal) -> dict[Ring, list[str]]:
    """Cases under like conditions, by theme, then by region, then oldest first. A case is shown with the next
    of other regions; the last is followed by the first, and a new case changes few neighbours' pages only.
    """
    rings: dict[Ring, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, names in portal.cases_by.region.items():
        usual = portal.region_condition(code)
        for name in names:
            case = portal.cases[name]
            rings[_ring(case, usual)][case.themes[0] if case.themes else ""].append(name)
    return {ring: [name for _, members in sorted(themes.items()) for name in members]
            for ring, themes in rings.items()}


def _ring(case: Case, usual: Condition) -> Ring:
    connection, geography = case.condition or usual
    return connection or "", geography or "", case.sample


def _next(ring: Sequence[str]) -> Iterator[list[str]]:
    """For each place in a ring the next cases from other regions."""
    reach = min(len(ring), 4 * LIKE_CASES)
    names = [*ring, *ring[:reach]]
    regions = [name.partition("/")[0] for name in names]
    for place in range(len(ring)):
        here, first = regions[place], slice(place + 1, place + 1 + LIKE_CASES)
        if reach > LIKE_CASES and here not in regions[first]:  # most often
            yield names[first]
        else:
            others = (names[at] for at in range(place + 1, place + reach) if regions[at] != here)
            yield list(islice(others, LIKE_CASES))
