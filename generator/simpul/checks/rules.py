"""All rules of the whole portal, in one list."""

from collections.abc import Collection, Iterator

from simpul.checks import (
    adaptations,
    currency,
    links,
    needs,
    places,
    references,
    reports,
    schedules,
    standard,
    training,
)
from simpul.portal import Portal
from simpul.problems import Finding

RULES = (*places.RULES, *references.RULES, *standard.RULES, *currency.RULES, *needs.RULES, *training.RULES,
         *adaptations.RULES, *reports.RULES, *schedules.RULES, links.pictures_exist)


def check_portal(portal: Portal, urls: Collection[str]) -> Iterator[Finding]:
    """Every problem that shows only in the whole; `urls` are the addresses of all pages."""
    for rule in RULES:
        yield from rule(portal)
    yield from links.links_lead_somewhere(portal, urls)
