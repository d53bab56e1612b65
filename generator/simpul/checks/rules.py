"""All rules of the whole portal: those that the modules of this room list as their `RULES`, found by
themselves.
"""

from collections.abc import Iterator, Sequence

from simpul.checks.addresses import Address, addresses_are_unique, addresses_stay_inside
from simpul.checks.links import links_lead_somewhere
from simpul.portal import Portal
from simpul.problems import Finding
from simpul.runtime.modules import modules_of


def check_portal(portal: Portal, addresses: Sequence[Address]) -> Iterator[Finding]:
    """Every problem that shows only in the whole; `addresses` are those of all pages and files."""
    for module in modules_of("simpul.checks", "RULES"):
        for rule in module.RULES:
            yield from rule(portal)
    yield from links_lead_somewhere(portal, {url for url, _ in addresses})
    yield from addresses_are_unique(addresses)
    yield from addresses_stay_inside(addresses)
