"""What regions ask for: all needs in the order in which they wait, and by competence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from simpul.model import Need
from simpul.portal import Portal, once

ORDER = {"baru": 0, "dirancang": 1, "dijawab": 2, "tersedia": 3, "ditolak": 4}


class Asked(NamedTuple):
    """A need with the region that states it."""

    region: str
    need: Need

    @property
    def name(self) -> str:
        """Its address among all needs: "73.71/k1"."""
        return f"{self.region}/{self.need.id}"

    @property
    def rank(self) -> tuple[int, date, str]:
        """Waiting and oldest first."""
        status = self.need.tanggapan.status if self.need.tanggapan else "baru"
        return ORDER[status], self.need.tanggal, self.name


@once
def asked(portal: Portal) -> Sequence[Asked]:
    """All needs: waiting and oldest first."""
    found = (Asked(code, need) for code, needs in portal.needs.items() for need in needs)
    return sorted(found, key=lambda item: item.rank)


def asked_by(portal: Portal, code: str) -> list[Asked]:
    """A region's own needs: waiting and oldest first."""
    return sorted((Asked(code, need) for need in portal.needs.get(code, ())), key=lambda item: item.rank)


def by_competence(portal: Portal, items: Iterable[Asked]) -> Mapping[str, list[Asked]]:
    """Needs by competence, in the order of the framework."""
    found: dict[str, list[Asked]] = defaultdict(list)
    for item in items:
        found[item.need.kompetensi].append(item)
    return {code: found[code] for code in portal.competences if code in found}


def is_sample(portal: Portal, item: Asked) -> bool:
    """Whether a fictional region asks."""
    return portal.is_sample(item.region)
