"""Cases and regions by their condition: geography and connection, as far as they are told."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from simpul.portal import Portal, once


@lru_cache(maxsize=64)
def condition_keys(connection: str | None, geography: str | None) -> tuple[str, ...]:
    """What a reader may ask for: `pesisir`, `koneksi-terbatas`, as far as they are told."""
    told = (geography, connection and f"koneksi-{connection}")
    return tuple(part.replace("_", "-") for part in told if part)


def condition_key(connection: str | None, geography: str | None) -> str:
    """The last part of the address of a list: `pesisir-koneksi-terbatas`, or one of the two, or ""."""
    return "-".join(condition_keys(connection, geography))


@lru_cache(maxsize=64)
def condition_name(key: str) -> str:
    """A key in words: `pesisir-koneksi-terbatas` as `pesisir, koneksi terbatas`."""
    geography, found, connection = key.partition("koneksi-")
    told = found and f"koneksi {connection.replace('-', ' ')}"
    return ", ".join(filter(None, (geography.strip("-"), told)))


@once
def cases_by_condition(portal: Portal) -> Mapping[str, tuple[str, ...]]:
    """Ids of cases, oldest first, by the condition they ran under: their own, or else their region's."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in portal.oldest_cases:
        if key := condition_key(*portal.condition(name)):
            found[key].append(name)
    return {key: tuple(names) for key, names in sorted(found.items())}


@once
def regions_by_condition(portal: Portal) -> Mapping[str, tuple[str, ...]]:
    """Codes of regions by the condition that their profile tells."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in sorted(portal.profiles):
        if key := condition_key(*portal.region_condition(code)):
            found[key].append(code)
    return {key: tuple(codes) for key, codes in sorted(found.items())}
