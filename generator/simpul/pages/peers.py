"""What a region's page shows of the regions like it, and where it leads on while it has nothing itself."""

from collections.abc import Sequence
from math import hypot
from typing import Any

from simpul.figures.conditions import cases_by_condition, condition_key, condition_name
from simpul.figures.peers import Peers, compare, links_by_region, peers, richest, their_cases
from simpul.pages.page import link, practice_cards
from simpul.pages.tiles import TILES
from simpul.portal import Portal, Region, once
from simpul.runtime.lazy import Shared

MOST_PEERS, MOST_KEPT, NEAREST = 6, 15, 3
Link = dict[str, Any]


def of_region(portal: Portal, region: Region) -> Link | None:
    """Who is like a region, what they have and it lacks, and all links side by side; None without any."""
    found = peers(portal, region.code)
    if not found.codes:
        return None
    rows = [row._asdict() for row in compare(portal, region.code, found.codes)]
    lacking = [row for row in rows if not row["own"] and row["having"]]
    known = any(portal.region_condition(region.code))
    return {
        "alike": _alike(portal, found), "count": len(found.codes), "rows": rows,
        "lacking": sorted(lacking, key=lambda row: -row["having"]),
        "regions": [_link(portal, code) for code in richest(portal, found.codes, MOST_PEERS)],
        "list": same_condition(portal, region.code), "choices": [] if known else _choices(portal),
    }


def same_condition(portal: Portal, code: str) -> str:
    """The list of the cases under a region's condition, or "" where it is not known or there are none."""
    key = condition_key(*portal.region_condition(code))
    return f"praktik/kondisi/{key}.html" if key in cases_by_condition(portal) else ""


def codes(portal: Portal, code: str) -> list[str]:
    """The regions like it that have most."""
    return richest(portal, peers(portal, code).codes, MOST_KEPT)


def _alike(portal: Portal, found: Peers) -> str:
    """What they have in common, in words."""
    told = condition_name(condition_key(found.connection or None, found.geography or None))
    if told:
        return f"{found.kind}, {told}"
    return f"{found.kind} di {portal.region_name(found.province)}" if found.province else found.kind


@once
def _choices(portal: Portal) -> list[Link]:
    """Conditions of which there are cases, for regions whose own is not known."""
    return [link(condition_name(key), f"praktik/kondisi/{key}.html") for key in cases_by_condition(portal)]


def cases(portal: Portal, code: str) -> list[Shared]:
    """Cards of three cases from regions like it."""
    return [practice_cards(portal)[name] for name in their_cases(portal, code, peers(portal, code).codes)]


def nearest(portal: Portal, region: Region) -> list[Link]:
    """The next regions that have anything, for one that has nothing: by the distance of their provinces'
    tiles, then those that have most.
    """
    counts = links_by_region(portal)
    if any(counts.get(region.code, ())):
        return []
    having = [code for code in _having(portal) if portal.is_sample(code) == region.sample]
    best = sorted(richest(portal, having, len(having)), key=lambda code: _distance(region.code, code))
    return [_link(portal, code) for code in best[:NEAREST]]


@once
def _having(portal: Portal) -> Sequence[str]:
    return [code for code, counts in links_by_region(portal).items() if any(counts)]


def _distance(one: str, other: str) -> float:
    (x, y), (right, down) = TILES.get(one[:2], (0, 0)), TILES.get(other[:2], (0, 0))
    return hypot(x - right, y - down)


def _link(portal: Portal, code: str) -> Link:
    return link(portal.region_name(code), f"daerah/{code}.html")
