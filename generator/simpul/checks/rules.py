"""All rules of the whole portal, in one list."""

from collections.abc import Iterator, Sequence

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
from simpul.checks.addresses import Address, addresses_are_unique
from simpul.portal import Portal
from simpul.problems import Finding

RULES = (*places.RULES, *references.RULES, *standard.RULES, *currency.RULES, *needs.RULES, *training.RULES,
         *adaptations.RULES, *reports.RULES, *schedules.RULES, links.pictures_exist)


def check_portal(portal: Portal, addresses: Sequence[Address]) -> Iterator[Finding]:
    """Every problem that shows only in the whole; `addresses` are those of all pages and files."""
    for rule in RULES:
        yield from rule(portal)
    yield from links.links_lead_somewhere(portal, {url for url, _ in addresses})
    yield from addresses_are_unique(addresses)
