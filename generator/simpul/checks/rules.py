"""All rules of the whole portal: those that the modules of this room list as their `RULES`, found by
themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from simpul import checks
from simpul.checks.addresses import Address, addresses_are_unique, addresses_stay_inside
from simpul.checks.links import links_lead_somewhere
from simpul.portal import Portal
from simpul.problems import Finding

Rule = Callable[[Portal], Iterator[Finding]]


@cache
def _rules() -> tuple[Rule, ...]:
    modules = [import_module(f"{checks.__name__}.{found.name}") for found in iter_modules(checks.__path__)]
    return tuple(rule for module in modules for rule in getattr(module, "RULES", ()))


def check_portal(portal: Portal, addresses: Sequence[Address]) -> Iterator[Finding]:
    """Every problem that shows only in the whole; `addresses` are those of all pages and files."""
    for rule in _rules():
        yield from rule(portal)
    yield from links_lead_somewhere(portal, {url for url, _ in addresses})
    yield from addresses_are_unique(addresses)
    yield from addresses_stay_inside(addresses)
