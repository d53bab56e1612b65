"""The chain from a need to its replication, each step with what is there or what is missing."""

from collections.abc import Iterable, Iterator
from typing import Any

from simpul import model
from simpul.addresses import adaptation_url
from simpul.figures.agenda import sessions_of
from simpul.figures.satisfaction import by_unit, outcome
from simpul.pages import pointers
from simpul.pages.needs import need_url
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
    practice_cards,
)
from simpul.portal import Portal

RANK = 17
FRONT = PageKind("chain_list", "beranda rantai", TRAINING_FRONT)
KIND = PageKind("chain", "rantai", TRAINING_FRONT)
TITLE = "Dari kebutuhan ke hasil"
MENU = (MenuEntry(TITLE, "rantai.html", 10, TRAINING_FRONT,
                  "Apa yang terjadi sesudah daerah menyampaikan kebutuhannya."),)
SHORT = {"Jangkauan dan IKM": "IKM", "Praktik baik": "Praktik"}
CHAIN_PAGE = (TITLE, "rantai.html")


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`rantai.html` with the samples from end to end, and a page for each region that has stated a need."""
    yield lazy("rantai.html", FRONT, _front, portal)
    for code in sorted(filter(portal.needs.get, portal.needs), key=portal.is_sample):
        yield lazy(chain_url(code), KIND, _region, portal, code)


def _front(portal: Portal) -> Page:
    asking = [code for code, needs in portal.needs.items() if needs]
    view = {"regions": [link(portal.region_name(code), chain_url(code), count=len(portal.needs[code]))
                        for code in asking if not portal.is_sample(code)],
            "traces": pointers.first(pointers.traces(portal)),
            "samples": [{"region": link(portal.region_name(code), chain_url(code)),
                         "chains": _chains(portal, code)} for code in asking if portal.is_sample(code)]}
    return Page("rantai.html", FRONT, TITLE,
                "Rantai kebutuhan: tiap kebutuhan daerah diikuti lewat modul, pelatihan, dan hasilnya "
                "sampai ditiru daerah lain, dengan yang masih kurang.", view,
                crumbs=crumbs(TRAINING), facets=Facets("halaman"))


def _region(portal: Portal, code: str) -> Page:
    name = portal.region_name(code)
    return Page(chain_url(code), KIND, f"Rantai kebutuhan {name}",
                f"Kebutuhan {name} dan apa yang terjadi sesudahnya.",
                {"region": link(name, f"daerah/{code}.html"), "chains": _chains(portal, code),
                 "traces": pointers.traces_of(portal, code)},
                crumbs=crumbs(TRAINING, CHAIN_PAGE), sample=portal.is_sample(code),
                facets=Facets("halaman", code, name))


def chain_url(code: str) -> str:
    """The page of a region's chains."""
    return f"rantai/{code}.html"


def of_region(portal: Portal, code: str) -> str:
    """The page of a region's chains, or "" where it has stated no need."""
    return chain_url(code) if portal.needs.get(code) else ""


def _chains(portal: Portal, code: str) -> list[dict[str, Any]]:
    return [{"title": need.uraian, "people": need.asn_terdampak, "date": need.tanggal.isoformat(),
             "url": need_url(code, need.id), "steps": list(_steps(portal, code, need))}
            for need in portal.needs[code]]


def _steps(portal: Portal, code: str, need: model.Need) -> Iterator[dict[str, Any]]:
    """Module and adaptation, session, reach and IKM, case, replication: in this order, for one need."""
    modules = need.tanggapan.modul if need.tanggapan and need.stands else ()
    cards = practice_cards(portal)
    yield _step("Modul", [_module(portal, code, name) for name in modules],
                "belum ada modul yang menjawab kebutuhan ini")
    held = [item for item in sessions_of(portal, code) if item.session.modul in modules]
    yield _step("Sesi", [link(f"{item.session.komponen.replace('_', ' ')}, {item.session.peserta} peserta",
                              f"jadwal/{code}.html", date=item.start.date().isoformat()) for item in held],
                "belum ada sesi terjadwal")
    yield _step("Jangkauan dan IKM", list(_units(portal, code, need.kompetensi)),
                "belum ada pemantauan unit yang layanannya memakai kompetensi ini")
    cases = [name for name in sorted(portal.cases_by.region.get(code, ()))
             if _comes_from(portal.cases[name], need, modules)]
    yield _step("Praktik baik", [cards[name].value for name in cases], "belum ada praktik yang dituliskan")
    copies = [other for name in cases for other in portal.replications.get(name, ())]
    yield _step("Ditiru", [cards[name].value for name in copies], "belum ditiru daerah lain")


def _step(name: str, items: list[dict[str, Any]], missing: str) -> dict[str, Any]:
    return {"name": name, "short": SHORT.get(name, name), "items": items, "missing": "" if items else missing}


def _module(portal: Portal, code: str, name: str) -> dict[str, Any]:
    own = f"{code}/{name}" in portal.adaptations
    title = portal.modules[name].judul
    return link(f"{title}, versi daerah ini" if own else title,
                adaptation_url(f"{code}/{name}") if own else f"modul/{name}.html")


def _units(portal: Portal, code: str, competence: str) -> Iterator[dict[str, Any]]:
    carried = {service.id for service in portal.services if competence in service.kompetensi}
    for name, rows in by_unit(portal.reports.get(code, ())).items():
        if rows[-1].layanan in carried:
            yield link(name, f"pemantauan/{code}.html", outcome=outcome(rows).kind)


def _comes_from(case: model.Case, need: model.Need, modules: Iterable[str]) -> bool:
    return need.kompetensi in case.competences or bool(set(case.modules) & set(modules))
