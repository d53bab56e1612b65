"""The self-check by indicators, and the sheet on which a unit adds up its results."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.figures.paths import core_levels, highest_minimum, minutes_of
from simpul.pages.page import Facets, LazyPage, MenuEntry, Page, PageKind, crumbs, lazy, link
from simpul.portal import Portal

RANK = 2
STANDARD, URL, UNIT_URL = "standar.html", "periksa-diri.html", "rekap-unit.html"
MENU = (MenuEntry("Periksa diri", URL, 1, STANDARD),)
KIND = PageKind("self_check", "periksa diri", STANDARD)
UNIT = PageKind("unit_sheet", "rekap unit", STANDARD)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`periksa-diri.html` and `rekap-unit.html`."""
    yield lazy(URL, KIND, _check, portal, source=portal.framework_path)
    yield lazy(UNIT_URL, UNIT, _unit, portal, source=portal.framework_path)


def _check(portal: Portal) -> Page:
    framework = portal.framework
    assert framework
    view = {
        "groups": [{"id": group.id, "name": group.nama} for group in framework.kelompok],
        "areas": _areas(framework), "version": framework.versi,
        "data": {"hour": portal.settings.menit_per_jp, "minimum": _minimum(portal),
                 "modules": {name: _module(module) for name, module in portal.modules.items()
                             if module.siklus != "dicabut"},
                 "paths": _paths(portal)},
    }
    return Page(URL, KIND, "Periksa diri",
                "Bandingkan kemampuan Anda dengan usulan standar minimum, "
                "dan temukan jalur terpendek yang menutup kekurangannya.",
                view, crumbs=crumbs(("Standar", STANDARD)), facets=Facets("halaman"))


def _areas(framework: model.Framework) -> list[dict[str, Any]]:
    return [{"code": area.kode, "name": area.nama,
             "competences": [link(item.nama, f"kompetensi/{item.kode}.html", code=item.kode,
                                  levels=_levels(framework, item)) for item in area.kompetensi]}
            for area in framework.bidang]


def _levels(framework: model.Framework, competence: model.Competence) -> list[dict[str, Any]]:
    return [{"id": level.id, "name": level.nama,
             "indicators": [{"id": item.id, "text": item.perilaku}
                            for item in competence.indikator.get(level.id, ())]}
            for level in framework.tingkat]


def _minimum(portal: Portal) -> dict[str, dict[str, list[int]]]:
    """Of each group and competence the highest level, and that of the core; 0 where none is."""
    core = core_levels(portal)
    found: dict[str, dict[str, list[int]]] = {group: {} for group in portal.groups}
    for (group, code), cell in highest_minimum(portal).items():
        found[group][code] = [int(cell.tingkat), int(core.get((group, code), 0))]
    return found


def _module(module: model.Module) -> list[Any]:
    """Title, minutes, what comes before it, and the cells it teaches."""
    return [module.judul, module.menit.teori + module.menit.praktik, list(module.prasyarat),
            [f"{target.kompetensi}.{target.tingkat}" for target in module.mengajarkan]]


def _paths(portal: Portal) -> dict[str, list[Any]]:
    """Of each group the first path made for it: its name, the minutes of its required steps, its order."""
    found: dict[str, list[Any]] = {}
    for name, path in portal.paths.items():
        minutes = minutes_of(portal, path.required())
        for group in path.sasaran:
            found.setdefault(group, [name, minutes, [step.modul for step in path.langkah]])
    return found


def _unit(portal: Portal) -> Page:
    assert portal.framework
    return Page(UNIT_URL, UNIT, "Rekap unit",
                "Lembar untuk menjumlahkan hasil cetak periksa diri satu unit kerja, tanpa nama.",
                {"areas": [{"code": area.kode, "name": area.nama,
                            "competences": [{"code": item.kode, "name": item.nama}
                                            for item in area.kompetensi]}
                           for area in portal.framework.bidang]},
                crumbs=crumbs(("Standar", STANDARD), ("Periksa diri", URL)), facets=Facets("halaman"))
