"""The trainer gap: sessions that the stated needs call for against the quota of the experts, and who could help.

For a region and a competence: sessions = sum over its needs of ceil(ASN / participants per expert);
quota = sum of the monthly quotas of experts of that competence who work there, times six months; gap = what is left.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from simpul import model
from simpul.pages.directory import parts
from simpul.pages.experts import EXPERTS
from simpul.pages.page import TRAINING, Facets, Page, crumbs, link
from simpul.portal import Portal

MONTHS = 6
WITHOUT_RATIO = 8
HELPERS = 3
Found = tuple[str, model.Expert]


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
    ratios = [part.rasio for delivery in portal.models.values() for part in delivery.komponen if part.perlu_ahli and part.rasio]
    return min((int(ratio.split(":")[1]) // int(ratio.split(":")[0]) or 1 for ratio in ratios), default=WITHOUT_RATIO)


_gaps: WeakKeyDictionary[Portal, dict[str, list[Gap]]] = WeakKeyDictionary()


def gaps(portal: Portal) -> dict[str, list[Gap]]:
    """All lines by region."""
    if portal not in _gaps:
        _gaps[portal] = {region: [*_gaps_of(portal, region, needs)] for region, needs in portal.needs.items()}
    return _gaps[portal]


def _gaps_of(portal: Portal, region: str, needs: Sequence[model.Need]) -> Iterator[Gap]:
    size = participants_per_expert(portal)
    wanted: dict[str, list[int]] = defaultdict(list)
    for need in needs:
        if need.stands:
            wanted[need.kompetensi].append(need.asn_terdampak)
    working = portal.experts_for(region)
    for code in sorted(wanted):
        quotas = [expert.kuota_sesi_per_bulan for _, expert in working if code in {skill.kompetensi for skill in expert.keahlian}]
        yield Gap(region, code, sum(wanted[code]), sum(ceil(people / size) for people in wanted[code]), sum(quotas) * MONTHS,
                  len(quotas))


def pages(portal: Portal) -> Iterator[Page]:
    """`ahli/kesenjangan.html`, and the regions of each competence that needs experts."""
    lines = [gap for some in gaps(portal).values() for gap in some]
    by_code = {code: [gap for gap in lines if gap.competence == code] for code in {gap.competence for gap in lines}}
    real = [gap for gap in lines if not portal.regions[gap.region].sample]
    sample = [gap for gap in lines if portal.regions[gap.region].sample]
    view = {"size": participants_per_expert(portal), "months": MONTHS,
            "real": _summary(portal, real), "sample": _summary(portal, sample)}
    yield Page("ahli/kesenjangan.html", "shortage", "Kekurangan ahli",
               "Sesi yang diperlukan menurut kebutuhan daerah, dibandingkan dengan kuota ahli.", view,
               crumbs=crumbs(TRAINING, EXPERTS), facets=Facets("halaman"))
    for code in portal.competences:
        yield from _of_competence(portal, code, by_code.get(code, []))


def _summary(portal: Portal, lines: Sequence[Gap]) -> list[dict[str, Any]]:
    found: dict[str, list[Gap]] = defaultdict(list)
    for gap in lines:
        found[gap.competence].append(gap)
    return [link(portal.competences[code].nama, f"ahli/kesenjangan/{code}.html", code=code, regions=len(some),
                 sessions=sum(gap.sessions for gap in some), missing=sum(gap.missing for gap in some),
                 without=sum(not gap.experts for gap in some)) for code, some in sorted(found.items())]


def _of_competence(portal: Portal, code: str, lines: Sequence[Gap]) -> Iterator[Page]:
    ordered = sorted(lines, key=lambda gap: (portal.regions[gap.region].sample, -gap.missing, gap.region))
    title = f"Kekurangan ahli {code} {portal.competences[code].nama}"
    for part in parts(f"ahli/kesenjangan/{code}", ordered):
        view = {"lines": [gap_view(portal, gap) for gap in part.items], "previous": part.previous, "next": part.next}
        yield Page(part.url, "shortage_list", part.titled(title), f"{title}, menurut daerah.", view,
                   crumbs=crumbs(TRAINING, EXPERTS, ("Kekurangan ahli", "ahli/kesenjangan.html")),
                   sample=all(portal.regions[gap.region].sample for gap in part.items))


def gap_view(portal: Portal, gap: Gap) -> dict[str, Any]:
    """A line with those who could help where sessions are missing."""
    return {
        "region": link(portal.region_name(gap.region), f"daerah/{gap.region}.html"),
        "competence": link(portal.competences[gap.competence].nama, f"ahli/kesenjangan/{gap.competence}.html",
                           code=gap.competence),
        "people": gap.people, "sessions": gap.sessions, "quota": gap.quota, "experts": gap.experts, "missing": gap.missing,
        "sample": portal.regions[gap.region].sample,
        "helpers": [link(portal.region_name(home), f"daerah/{home}.html#ahli-{expert.id}", name=expert.nama_tampil,
                         quota=expert.kuota_sesi_per_bulan, near=home[:2] == gap.region[:2])
                    for home, expert in _helpers(portal, gap)] if gap.missing else [],
    }


def _helpers(portal: Portal, gap: Gap) -> list[Found]:
    """Up to three experts of the competence from regions that have enough: same province first, then under like conditions."""
    known = _places(portal)
    areas = {gap.region, gap.region[:2]}
    near = known.get((gap.competence, gap.region[:2]), [])
    like = known.get((gap.competence, _condition(portal, gap.region)), [])
    found: dict[tuple[str, str], Found] = {}
    for home, expert in (*near, *like):
        if not areas & set(expert.wilayah_kerja) and len(found) < HELPERS:
            found[home, expert.id] = (home, expert)
    return list(found.values())


Place = tuple[str, str | tuple[bool, str | None, str | None] | None]
_known_places: WeakKeyDictionary[Portal, dict[Place, list[Found]]] = WeakKeyDictionary()


def _places(portal: Portal) -> dict[Place, list[Found]]:
    """Experts by competence and province, and by competence and condition of the region that names them; most quota first.

    Those whose own region is short of them are left out: they are needed at home.
    """
    if portal not in _known_places:
        short = {(gap.region, gap.competence) for some in gaps(portal).values() for gap in some if gap.missing}
        found: dict[Place, list[Found]] = defaultdict(list)
        for code, experts in portal.experts_by_competence.items():
            free = [(home, expert) for home, expert in experts if (home, code) not in short]
            for home, expert in sorted(free, key=lambda item: (-item[1].kuota_sesi_per_bulan, item[0], item[1].id)):
                found[code, home[:2]].append((home, expert))
                if condition := _condition(portal, home):
                    found[code, condition].append((home, expert))
        _known_places[portal] = found
    return _known_places[portal]


def _condition(portal: Portal, region: str) -> tuple[bool, str | None, str | None] | None:
    profile = portal.profiles.get(region)
    condition = profile.kondisi if profile else None
    if condition is None or not (condition.koneksi and condition.geografi):
        return None
    return portal.regions[region].sample, condition.koneksi, condition.geografi


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """A region's lines."""
    return [gap_view(portal, gap) for gap in gaps(portal).get(code, ())]
