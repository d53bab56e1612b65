"""Reach and satisfaction side by side: all units, a region's units over time, what is missing from whom."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from simpul.figures import charts
from simpul.figures.passed import by_way
from simpul.figures.satisfaction import OUTCOMES, Change, by_unit, computed, grade, outcome
from simpul.figures.uncertainty import HIGHEST, Margin, margin, rounded
from simpul.model import Report
from simpul.pages import chain
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
from simpul.portal import Portal, once

RANK = 15
FRONT = PageKind("monitoring", "beranda pemantauan", TRAINING_FRONT)
KIND = PageKind("monitoring_region", "pemantauan", TRAINING_FRONT, spoken=("units",))
MENU = (MenuEntry("Pemantauan", "pemantauan.html", 8, TRAINING_FRONT,
                  "Orang terlatih dan kepuasan masyarakat berdampingan."),)
MONITORING = ("Pemantauan", "pemantauan.html")
MOST_NAMED = 100
FEWEST_SHARED = 20
"""Of fewer ASN no share is said: one more would be 5 points or more."""
Units = Mapping[str, Sequence[Report]]


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`pemantauan.html`, and a page for each region that reports."""
    yield lazy("pemantauan.html", FRONT, _front, portal)
    for code in _reporting(portal):
        yield lazy(f"pemantauan/{code}.html", KIND, _region, portal, code)


@once
def _reporting(portal: Portal) -> Mapping[str, Units]:
    """The units of each region that reports."""
    return {code: by_unit(reports) for code, reports in portal.reports.items() if reports}


def _front(portal: Portal) -> Page:
    regions = _reporting(portal)
    real = [code for code in regions if not portal.is_sample(code)]
    view = {
        "outcomes": list(OUTCOMES), "real": _summary(portal, regions, real),
        "data": ["pemantauan.csv", "pemantauan.json"],
        "sample": _summary(portal, regions, [code for code in regions if code not in real]),
        "silent": [link(region.name, f"daerah/{region.code}.html",
                        count=_silent(portal, region.code, regions))
                   for region in portal.regions.values() if region.kind == "provinsi" and not region.sample],
    }
    return Page("pemantauan.html", FRONT, "Pemantauan",
                "Orang terlatih dan kepuasan masyarakat berdampingan, tanpa nilai tunggal.", view,
                crumbs=crumbs(TRAINING), facets=Facets("halaman"))


def _region(portal: Portal, code: str) -> Page:
    name, units = portal.region_name(code), _reporting(portal)[code]
    view = {"units": [unit_view(portal, code, unit, rows) for unit, rows in units.items()],
            "region": _link(portal, code), "chain": chain.of_region(portal, code)}
    return Page(f"pemantauan/{code}.html", KIND, f"Pemantauan {name}",
                f"Jangkauan pelatihan dan IKM tiap unit layanan di {name}.", view,
                crumbs=crumbs(TRAINING, MONITORING), sample=portal.is_sample(code),
                facets=Facets("halaman", code, name))


def _link(portal: Portal, code: str) -> dict[str, Any]:
    return link(portal.region_name(code), f"daerah/{code}.html", code=code)


def _silent(portal: Portal, province: str, regions: Mapping[str, Units]) -> int:
    """Regions of a province, itself included, that have a government and report nothing."""
    return sum(region.has_government and region.code not in regions for region in portal.regions.values()
               if region.province == province)


def _summary(portal: Portal, regions: Mapping[str, Units], codes: Sequence[str]) -> dict[str, Any]:
    found = [(code, name, outcome(rows)) for code in codes for name, rows in regions[code].items()]
    counts, missing = Counter(said.kind for _, _, said in found), [item for item in found if item[2].why]
    judged = [(code, name, said.change) for code, name, said in found if said.change]
    return {
        "passed": _passed(portal, [regions[code] for code in codes]),
        "plane": charts.plane([change for *_, change in judged]),
        "strips": charts.strips(_by_service(portal, [change for *_, change in judged])),
        "units": [_unit(portal, code, name, change) for code, name, change in judged]
        if len(judged) <= charts.MOST_POINTS else [],
        "count": len(found), "rest": max(0, len(missing) - MOST_NAMED),
        "classes": [{"kind": kind, "count": counts[kind]} for kind in OUTCOMES],
        "provinces": _by_province(portal, regions, codes),
        "missing": [link(name, f"pemantauan/{code}.html", region=portal.region_name(code), why=said.why)
                    for code, name, said in missing[:MOST_NAMED]],
    }


def _passed(portal: Portal, regions: Sequence[Units]) -> list[dict[str, Any]]:
    """Who reached the minimum, by the way it was judged."""
    ways = _ways(portal)
    found = by_way((rows for units in regions for rows in units.values()), ways)
    return [{"way": ways.get(item.way, item.way), "units": item.units, "passed": item.passed,
             "target": item.target} for item in found]


def _by_province(portal: Portal, regions: Mapping[str, Units], codes: Sequence[str]) -> list[dict[str, Any]]:
    """Regions that report, by province, with how many units each has."""
    found: dict[str, list[dict[str, Any]]] = {}
    for code in codes:
        item = link(portal.region_name(code), f"pemantauan/{code}.html", count=len(regions[code]))
        found.setdefault(code[:2], []).append(item)
    return [{"title": portal.region_name(province), "count": sum(item["count"] for item in items),
             "regions": items} for province, items in sorted(found.items())]


def _by_service(portal: Portal, changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """The changes of each service that has any, in the services' order."""
    found: dict[str, list[Change]] = {service.id: [] for service in portal.services}
    for change in changes:
        found.setdefault(change.after.layanan, []).append(change)
    names = {service.id: service.nama for service in portal.services}
    return [(names.get(service, service), some) for service, some in found.items() if some]


def _unit(portal: Portal, code: str, name: str, change: Change) -> dict[str, Any]:
    return link(name, f"pemantauan/{code}.html", region=portal.region_name(code), kind=change.kind,
                target=change.after.sasaran_asn, **_change(change))


def unit_view(portal: Portal, code: str, name: str, rows: Sequence[Report]) -> dict[str, Any]:
    """One unit: its class, its rows from the earliest, and the line from before to after."""
    found = outcome(rows)
    services = {service.id: service.nama for service in portal.services}
    service = rows[-1].layanan
    return {
        "name": name, "url": f"pemantauan/{code}.html", "region": _link(portal, code),
        "outcome": found.kind, "why": found.why,
        "service": link(services.get(service, service),
                        f"layanan/{service}.html" if service in services else ""),
        "rows": [_row(portal, report) for report in rows], "sample": portal.is_sample(code),
        "change": _change(found.change) if found.change else None,
        "chart": charts.periods(rows),
    }


def _change(change: Change) -> dict[str, Any]:
    return {"index": str(change.rise), "trained": change.trained, "margin": _margin(change.margin),
            "inside": change.inside}


def _margin(found: Margin | None) -> dict[str, str] | None:
    return {"points": str(found.points), "known": found.known} if found else None


def _row(portal: Portal, report: Report) -> dict[str, Any]:
    index = rounded(report.ikm) if report.ikm is not None else None
    own = computed(report)
    letter, words = grade(index) if index is not None else ("", "")
    return {
        "period": report.periode, "target": report.sasaran_asn, "trained": report.asn_dilatih,
        "passed": report.asn_lulus_minimum, "way": _way(portal, report),
        "share": str(_percent(report.asn_dilatih, report.sasaran_asn))
        if report.sasaran_asn >= FEWEST_SHARED else "",
        "index": str(index) if index is not None else "", "grade": letter, "words": words,
        "asked": report.ikm_n, "margin": _margin(margin(report)) if index is not None else None,
        "room": str(HIGHEST - index) if index is not None else "",
        "computed": str(own) if own is not None else "",
        "method": report.ikm_metode, "law": report.dasar_hukum, "source": report.sumber_url,
    }


def _way(portal: Portal, report: Report) -> str:
    return _ways(portal).get(report.cara_penilaian or "", report.cara_penilaian or "")


@once
def _ways(portal: Portal) -> Mapping[str, str]:
    return portal.assessment.ways() if portal.assessment else {}


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(part * 100) / whole).quantize(Decimal("0.1"))


def of_region(portal: Portal, code: str) -> dict[str, Any] | None:
    """How many units a region reports on, and where."""
    units = by_unit(portal.reports.get(code, ()))
    return link("Pemantauan", f"pemantauan/{code}.html", count=len(units)) if units else None
