"""Reach and satisfaction side by side: all units, a region's units over time, what is missing from whom."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from simpul.figures.satisfaction import (
    HIGHEST,
    LOWEST,
    OUTCOMES,
    by_unit,
    computed,
    grade,
    margin,
    outcome,
    rounded,
)
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
KIND = PageKind("monitoring_region", "pemantauan", TRAINING_FRONT)
MENU = (MenuEntry("Pemantauan", "pemantauan.html", 8, TRAINING_FRONT,
                  "Orang terlatih dan kepuasan masyarakat berdampingan."),)
MONITORING = ("Pemantauan", "pemantauan.html")
HEIGHT, TOP = 60, 5
MOST_NAMED = 100
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
    return {
        "count": len(found), "rest": max(0, len(missing) - MOST_NAMED),
        "classes": [{"kind": kind, "count": counts[kind]} for kind in OUTCOMES],
        "regions": [link(portal.region_name(code), f"pemantauan/{code}.html", count=len(regions[code]))
                    for code in codes],
        "missing": [link(name, f"pemantauan/{code}.html", region=portal.region_name(code), why=said.why)
                    for code, name, said in missing[:MOST_NAMED]],
    }


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
        "rows": [_row(report) for report in rows], "sample": portal.is_sample(code),
        "slope": _slope(found.before, found.after) if found.before and found.after else None,
    }


def _row(report: Report) -> dict[str, Any]:
    index = rounded(report.ikm) if report.ikm is not None else None
    own = computed(report)
    letter, words = grade(index) if index is not None else ("", "")
    return {
        "period": report.periode, "target": report.sasaran_asn, "trained": report.asn_dilatih,
        "passed": report.asn_lulus_minimum,
        "share": str(_percent(report.asn_dilatih, report.sasaran_asn)) if report.sasaran_asn else "",
        "index": str(index) if index is not None else "", "grade": letter, "words": words,
        "asked": report.ikm_n, "margin": str(margin(report.ikm_n) or "") if index is not None else "",
        "room": str(HIGHEST - index) if index is not None else "",
        "computed": str(own) if own is not None else "",
        "method": report.ikm_metode, "law": report.dasar_hukum, "source": report.sumber_url,
    }


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(part * 100) / whole).quantize(Decimal("0.1"))


def _slope(before: Report, after: Report) -> dict[str, Any]:
    """Two points for each figure, as heights in a small drawing: share trained 0 to 100 %, IKM 25 to 100."""
    assert before.ikm is not None
    assert after.ikm is not None
    reach = [Decimal(report.asn_dilatih) / report.sasaran_asn if report.sasaran_asn else Decimal()
             for report in (before, after)]
    points = [(rounded(index), margin(asked))
              for index, asked in ((before.ikm, before.ikm_n), (after.ikm, after.ikm_n))]
    bars = [(_rated(index + half), _rated(index - half)) for index, half in points if half is not None]
    return {"reach": list(map(_height, reach)), "rated": [_rated(index) for index, _ in points],
            "bars": bars if len(bars) == 2 else [], "before": before.periode, "after": after.periode,
            "wider": after.asn_dilatih - before.asn_dilatih,
            "higher": str(rounded(after.ikm) - rounded(before.ikm))}


def _rated(index: Decimal) -> int:
    return _height((index - LOWEST) / (HIGHEST - LOWEST))


def _height(share: Decimal) -> int:
    """From the top of the drawing, in its units."""
    return TOP + int((1 - min(max(share, Decimal()), Decimal(1))) * HEIGHT)


def of_region(portal: Portal, code: str) -> dict[str, Any] | None:
    """How many units a region reports on, and where."""
    units = by_unit(portal.reports.get(code, ()))
    return link("Pemantauan", f"pemantauan/{code}.html", count=len(units)) if units else None
