"""The trainer gap: sessions that stated needs call for against the quota of the experts, and who could help.

For a region and a competence: sessions = sum over its needs of ceil(ASN / participants per expert);
quota = sum of the monthly quotas of its experts who work there, times six months; gap = what is left.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from simpul.model import Expert, Need
from simpul.portal import Portal, once

MONTHS = 6
WITHOUT_RATIO = 8
HELPERS = 3
Found = tuple[str, Expert]
"""An expert with the region that names them."""
Place = tuple[str, str | tuple[bool, str | None, str | None] | None]


class Gap(NamedTuple):
    """One line: region and competence, sessions needed, sessions the quota allows, number of experts."""

    region: str
    competence: str
    people: int
    sessions: int
    quota: int
    experts: int

    @property
    def missing(self) -> int:
        """Sessions nobody can hold."""
        return max(0, self.sessions - self.quota)


def participants_per_expert(portal: Portal) -> int:
    """The smallest group that one expert looks after in any delivery model that needs one."""
    parts = [part for delivery in portal.models.values() for part in delivery.komponen]
    ratios = [part.rasio.split(":") for part in parts if part.perlu_ahli and part.rasio]
    return min((int(people) // int(experts) or 1 for experts, people in ratios), default=WITHOUT_RATIO)


@once
def gaps(portal: Portal) -> Mapping[str, list[Gap]]:
    """All lines by region."""
    return {region: [*_gaps_of(portal, region, needs)] for region, needs in portal.needs.items()}


def _gaps_of(portal: Portal, region: str, needs: Sequence[Need]) -> Iterator[Gap]:
    size = participants_per_expert(portal)
    wanted: dict[str, list[int]] = defaultdict(list)
    for need in needs:
        if need.stands:
            wanted[need.kompetensi].append(need.asn_terdampak)
    working = portal.experts_for(region)
    for code in sorted(wanted):
        quotas = [expert.kuota_sesi_per_bulan for _, expert in working
                  if code in {skill.kompetensi for skill in expert.keahlian}]
        yield Gap(region, code, sum(wanted[code]), sum(ceil(people / size) for people in wanted[code]),
                  sum(quotas) * MONTHS, len(quotas))


def helpers(portal: Portal, gap: Gap) -> list[Found]:
    """Up to three experts of the competence from regions with enough: same province, then like conditions."""
    known = _places(portal)
    areas = {gap.region, gap.region[:2]}
    near = known.get((gap.competence, gap.region[:2]), [])
    like = known.get((gap.competence, _condition(portal, gap.region)), [])
    found: dict[tuple[str, str], Found] = {}
    for home, expert in (*near, *like):
        if not areas & set(expert.wilayah_kerja) and len(found) < HELPERS:
            found[home, expert.id] = (home, expert)
    return list(found.values())


@once
def _places(portal: Portal) -> Mapping[Place, list[Found]]:
    """Experts by competence and province, and by competence and condition of their region; most quota first.

    Those whose own region is short of them are left out: they are needed at home.
    """
    short = {(gap.region, gap.competence) for some in gaps(portal).values() for gap in some if gap.missing}
    found: dict[Place, list[Found]] = defaultdict(list)
    for code, experts in portal.experts_by_competence.items():
        free = [(home, expert) for home, expert in experts if (home, code) not in short]
        free.sort(key=lambda item: (-item[1].kuota_sesi_per_bulan, item[0], item[1].id))
        for home, expert in free:
            found[code, home[:2]].append((home, expert))
            if condition := _condition(portal, home):
                found[code, condition].append((home, expert))
    return found


def _condition(portal: Portal, region: str) -> tuple[bool, str | None, str | None] | None:
    profile = portal.profiles.get(region)
    condition = profile.kondisi if profile else None
    if condition is None or not (condition.koneksi and condition.geografi):
        return None
    return portal.is_sample(region), condition.koneksi, condition.geografi
