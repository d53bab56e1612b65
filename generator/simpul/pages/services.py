"""Public services: which competences carry them, their modules, what citizens rate, what regions report."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simpul import model
from simpul.figures import charts
from simpul.figures.satisfaction import Change, by_unit, outcome
from simpul.pages.monitoring import unit_view
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
    module_link,
)
from simpul.portal import Portal, once

RANK = 13
FRONT = PageKind("service_list", "daftar layanan", TRAINING_FRONT)
KIND = PageKind("service", "layanan", TRAINING_FRONT, spoken=("units",))
MENU = (MenuEntry("Layanan publik", "layanan/index.html", 7, TRAINING_FRONT,
                  "Dari layanan ke kompetensi, modul, unsur kepuasan, dan hasilnya."),)
SERVICES = ("Layanan publik", "layanan/index.html")
MOST_UNITS = 20


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`layanan/index.html` and one page for each service."""
    yield lazy("layanan/index.html", FRONT, _front, portal)
    for service in portal.services:
        yield lazy(f"layanan/{service.id}.html", KIND, _service, portal, service,
                   source="curriculum/layanan.yml")


def _front(portal: Portal) -> Page:
    items = [link(service.nama, f"layanan/{service.id}.html",
                  count=len({code for code, *_ in _units(portal).get(service.id, ())}))
             for service in portal.services]
    return Page("layanan/index.html", FRONT, "Layanan publik",
                "Dari layanan ke kompetensi, modul, unsur kepuasan, dan hasilnya di daerah.",
                {"services": items}, crumbs=crumbs(TRAINING), facets=Facets("halaman"))


Unit = tuple[str, str, list[model.Report]]


@once
def _units(portal: Portal) -> Mapping[str, list[Unit]]:
    """Units by service, with their region and their rows, in order of region."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for code, reports in sorted(portal.reports.items()):
        for name, rows in by_unit(reports).items():
            found[rows[-1].layanan].append((code, name, rows))
    return found


def _service(portal: Portal, service: model.Service) -> Page:
    units = _units(portal).get(service.id, [])
    teaching = {code: dict.fromkeys(name for (taught, _), names in portal.teaching.items() if taught == code
                                    for name in names) for code in service.kompetensi}
    view: dict[str, Any] = {
        "competences": [link(portal.competences[code].nama, f"kompetensi/{code}.html", code=code,
                             modules=[module_link(portal, name) for name in names])
                        for code, names in teaching.items()],
        "elements": list(service.unsur_skm),
        "strip": charts.strips([(service.nama, _changes(portal, units))]),
        "units": [unit_view(portal, *unit) for unit in units[:MOST_UNITS]],
        "rest": [link(portal.region_name(code), f"pemantauan/{code}.html", count=count)
                 for code, count in Counter(code for code, *_ in units[MOST_UNITS:]).items()],
    }
    name = f"{service.nama[:1].lower()}{service.nama[1:]}"
    return Page(f"layanan/{service.id}.html", KIND, service.nama,
                f"Kompetensi, modul, unsur kepuasan, dan pemantauan layanan {name}.", view,
                source="curriculum/layanan.yml", crumbs=crumbs(TRAINING, SERVICES),
                facets=Facets("halaman", competences=service.kompetensi))


def _changes(portal: Portal, units: Sequence[Unit]) -> list[Change]:
    """What can be judged, without samples."""
    found = (outcome(rows).change for code, _, rows in units if not portal.is_sample(code))
    return [change for change in found if change]


def of_competence(portal: Portal, code: str) -> list[dict[str, Any]]:
    """The services that a competence carries."""
    return [link(service.nama, f"layanan/{service.id}.html") for service in portal.services
            if code in service.kompetensi]
