"""Public services: which competences carry them, which modules teach those, what citizens rate, what regions report."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.figures.satisfaction import by_unit
from simpul.pages.monitoring import unit_view
from simpul.pages.page import TRAINING, Facets, Page, crumbs, link, module_link
from simpul.portal import Portal

SERVICES = ("Layanan publik", "layanan/index.html")
MOST_UNITS = 40


def pages(portal: Portal) -> Iterator[Page]:
    """`layanan/index.html` and one page for each service."""
    units = _units(portal)
    items = [link(service.nama, f"layanan/{service.id}.html", count=len({code for code, *_ in units[service.id]}))
             for service in portal.services]
    yield Page("layanan/index.html", "service_list", "Layanan publik",
               "Dari layanan ke kompetensi, modul, unsur kepuasan, dan hasilnya di daerah.", {"services": items},
               crumbs=crumbs(TRAINING), facets=Facets("halaman"))
    for service in portal.services:
        yield _service(portal, service, units[service.id])


Unit = tuple[str, str, list[model.Report]]


def _units(portal: Portal) -> dict[str, list[Unit]]:
    """Units by service, with their region and their rows, in order of region."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for code, reports in sorted(portal.reports.items()):
        for name, rows in by_unit(reports).items():
            found[rows[-1].layanan].append((code, name, rows))
    return found


def _service(portal: Portal, service: model.Service, units: list[Unit]) -> Page:
    teaching = {code: dict.fromkeys(name for (taught, _), names in portal.teaching.items() if taught == code for name in names)
                for code in service.kompetensi}
    view: dict[str, Any] = {
        "competences": [link(portal.competences[code].nama, f"kompetensi/{code}.html", code=code,
                             modules=[module_link(portal, name) for name in names]) for code, names in teaching.items()],
        "elements": list(service.unsur_skm), "units": [unit_view(portal, *unit) for unit in units[:MOST_UNITS]],
        "rest": max(0, len(units) - MOST_UNITS),
        "regions": [link(portal.region_name(code), f"pemantauan/{code}.html")
                    for code in dict.fromkeys(code for code, *_ in units)],
    }
    return Page(f"layanan/{service.id}.html", "service", service.nama,
                f"Kompetensi, modul, unsur kepuasan, dan pemantauan layanan {service.nama[:1].lower()}{service.nama[1:]}.", view,
                source="curriculum/layanan.yml", crumbs=crumbs(TRAINING, SERVICES),
                facets=Facets("halaman", competences=service.kompetensi))


def of_competence(portal: Portal, code: str) -> list[dict[str, Any]]:
    """The services that a competence carries."""
    return [link(service.nama, f"layanan/{service.id}.html") for service in portal.services if code in service.kompetensi]
