"""The trainer gap: where experts are missing, for which competence, and who could help."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from simpul.figures.shortage import MONTHS, Gap, gaps, helpers, participants_per_expert
from simpul.pages.directory import Part, parts
from simpul.pages.experts import EXPERTS
from simpul.pages.page import (
    TRAINING,
    TRAINING_FRONT,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
)
from simpul.portal import Portal

RANK = 12
KIND = PageKind("shortage", "beranda kekurangan ahli", TRAINING_FRONT)
LIST = PageKind("shortage_list", "daftar kekurangan ahli", TRAINING_FRONT)
MENU = (MenuEntry("Kekurangan ahli", "ahli/kesenjangan.html", 5, TRAINING_FRONT,
                  "Sesi yang diperlukan, kuota ahli, dan siapa yang dapat membantu.", hidden=True),)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`ahli/kesenjangan.html`, and the regions of each competence that needs experts."""
    yield lazy("ahli/kesenjangan.html", KIND, _front, portal)
    found: dict[str, list[Gap]] = defaultdict(list)
    for gap in _lines(portal):
        found[gap.competence].append(gap)
    for code in portal.competences:
        ordered = sorted(found[code],
                         key=lambda gap: (portal.is_sample(gap.region), -gap.missing, gap.region))
        for part in parts(f"ahli/kesenjangan/{code}", ordered):
            yield lazy(part.url, LIST, _list, portal, code, part)


def _lines(portal: Portal) -> list[Gap]:
    return [gap for some in gaps(portal).values() for gap in some]


def _front(portal: Portal) -> Page:
    real = [gap for gap in _lines(portal) if not portal.is_sample(gap.region)]
    sample = [gap for gap in _lines(portal) if portal.is_sample(gap.region)]
    view = {"size": participants_per_expert(portal), "months": MONTHS,
            "real": _summary(portal, real), "sample": _summary(portal, sample)}
    return Page("ahli/kesenjangan.html", KIND, "Kekurangan ahli",
                "Sesi yang diperlukan menurut kebutuhan daerah, dibandingkan dengan kuota ahli.", view,
                crumbs=crumbs(TRAINING, EXPERTS), facets=Facets("halaman"))


def _summary(portal: Portal, lines: Sequence[Gap]) -> list[dict[str, Any]]:
    found: dict[str, list[Gap]] = defaultdict(list)
    for gap in lines:
        found[gap.competence].append(gap)
    return [link(portal.competences[code].nama, f"ahli/kesenjangan/{code}.html", code=code, regions=len(some),
                 sessions=sum(gap.sessions for gap in some), missing=sum(gap.missing for gap in some),
                 without=sum(not gap.experts for gap in some)) for code, some in sorted(found.items())]


def _list(portal: Portal, code: str, part: Part) -> Page:
    title = f"Kekurangan ahli {code} {portal.competences[code].nama}"
    view = {"lines": [gap_view(portal, gap) for gap in part.items], "previous": part.previous,
            "next": part.next}
    return Page(part.url, LIST, part.titled(title), f"{title}, menurut daerah.", view,
                crumbs=crumbs(TRAINING, EXPERTS, ("Kekurangan ahli", "ahli/kesenjangan.html")),
                sample=all(portal.is_sample(gap.region) for gap in part.items))


def gap_view(portal: Portal, gap: Gap) -> dict[str, Any]:
    """A line with those who could help where sessions are missing."""
    return {
        "region": link(portal.region_name(gap.region), f"daerah/{gap.region}.html"),
        "competence": link(portal.competences[gap.competence].nama, f"ahli/kesenjangan/{gap.competence}.html",
                           code=gap.competence),
        "people": gap.people, "sessions": gap.sessions, "quota": gap.quota, "experts": gap.experts,
        "missing": gap.missing, "sample": portal.is_sample(gap.region),
        "helpers": [link(portal.region_name(home), f"daerah/{home}.html#ahli-{expert.id}",
                         name=expert.nama_tampil, quota=expert.kuota_sesi_per_bulan,
                         near=home[:2] == gap.region[:2])
                    for home, expert in helpers(portal, gap)] if gap.missing else [],
    }


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """A region's lines."""
    return [gap_view(portal, gap) for gap in gaps(portal).get(code, ())]
