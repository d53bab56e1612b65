"""Regions like one another, and what those like a region have that it lacks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from simpul.figures.evenness import LINKS, tallies
from simpul.figures.likeness import LIKE_CASES
from simpul.portal import Portal, Region, once

FEWEST_PEERS = 3
"""With fewer, regions are taken that have less in common."""
Key = tuple[str, ...]


class Peers(NamedTuple):
    """Codes of the regions like one, in the order of their codes, and what they have in common: their kind,
    then `geografi` and `koneksi` as far as they are meant, or the `province`.
    """

    codes: tuple[str, ...]
    kind: str
    geography: str = ""
    connection: str = ""
    province: str = ""


class Compared(NamedTuple):
    """One link of the chain: its name, how many a region has, how many of those like it have any."""

    name: str
    own: int
    having: int


@once
def links_by_region(portal: Portal) -> Mapping[str, Sequence[int]]:
    """How many of each link of the chain every region with a government has."""
    return {region.code: tallies(portal, region.code) for region in portal.regions.values()
            if region.has_government}


def peers(portal: Portal, code: str) -> Peers:
    """The regions of one kind under like conditions; where these are unknown or too few, with one condition
    in common, then those of its province, then all of its kind. Samples are like samples only.
    """
    region, found = portal.regions[code], Peers((), "")
    for level in _levels(portal, region):
        codes = tuple(other for other in _groups(portal)[_key(region, level)] if other != code)
        found = level._replace(codes=codes)
        if len(codes) >= FEWEST_PEERS:
            break
    return found


def _levels(portal: Portal, region: Region) -> Iterator[Peers]:
    """What regions may have in common with one, the most first."""
    connection, geography = portal.region_condition(region.code)
    kind = region.kind
    if connection and geography:
        yield Peers((), kind, geography, connection)
    if geography:
        yield Peers((), kind, geography)
    if connection:
        yield Peers((), kind, connection=connection)
    yield Peers((), kind, province=region.province)
    yield Peers((), kind)


def _key(region: Region, level: Peers) -> Key:
    return str(region.sample), *level[1:]


@once
def _groups(portal: Portal) -> Mapping[Key, list[str]]:
    """The regions that have something in common, by what it is."""
    found: dict[Key, list[str]] = defaultdict(list)
    for code in sorted(links_by_region(portal)):
        region = portal.regions[code]
        for level in _levels(portal, region):
            found[_key(region, level)].append(code)
    return found


def compare(portal: Portal, code: str, others: Sequence[str]) -> list[Compared]:
    """Each link of the chain of a region beside those of others, in the order of the chain."""
    counts = links_by_region(portal)
    return [Compared(item.name, counts[code][place], sum(bool(counts[other][place]) for other in others))
            for place, item in enumerate(LINKS)]


def richest(portal: Portal, codes: Sequence[str], most: int) -> list[str]:
    """Those that have most links of the chain, then by code."""
    counts = links_by_region(portal)
    return sorted(codes, key=lambda code: (-sum(map(bool, counts[code])), code))[:most]


def their_cases(portal: Portal, code: str, others: Sequence[str]) -> list[str]:
    """The first case of each of the next three that have one, in a ring of codes after a region: a new case
    changes them only where it is a region's first.
    """
    ring = [*(other for other in others if other > code), *(other for other in others if other < code)]
    return list(islice((portal.cases_by.region[other][0] for other in ring
                        if other in portal.cases_by.region), LIKE_CASES))
