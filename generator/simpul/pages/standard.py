"""The standard and its competences."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from simpul import model
from simpul.figures.paths import core_levels, highest_minimum
from simpul.pages import needs, services
from simpul.pages.page import (
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
    module_link,
    newest,
)
from simpul.portal import Portal

RANK = 2
FRONT = "standar.html"
MENU = (MenuEntry("Standar kompetensi", FRONT, 2),)
KIND = PageKind("standard", "standar", FRONT)
COMPETENCY = PageKind("competency", "kompetensi", FRONT, spoken=("about", "area", "pillar", "levels", "terms",
                                                                 "services"))
STANDARD = ("Standar", FRONT)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`standar.html` and one page for each competence."""
    yield lazy("standar.html", KIND, _standard, portal, source=portal.framework_path)
    for area in portal.framework.bidang if portal.framework else ():
        for competence in area.kompetensi:
            yield lazy(f"kompetensi/{competence.kode}.html", COMPETENCY, _competence, portal, area,
                       competence, source=portal.framework_path)


def _levels(portal: Portal) -> dict[tuple[str, str], str]:
    """The highest minimum level by (group, competence)."""
    return {key: cell.tingkat for key, cell in highest_minimum(portal).items()}


def _standard(portal: Portal) -> Page:
    framework = portal.framework
    assert framework
    areas = [
        {"code": area.kode, "name": area.nama, "pillar": area.pilar,
         "competences": [_row(portal, framework, competence) for competence in area.kompetensi]}
        for area in framework.bidang
    ]
    needed = sorted({(cell.kompetensi, cell.tingkat) for cell in framework.standar_minimum})
    view = {
        "framework": _head(framework), "areas": areas,
        "groups": [_group(group) | _reasons(portal, framework, group) for group in framework.kelompok],
        "levels": [{"id": level.id, "name": level.nama, "about": level.uraian}
                   for level in framework.tingkat],
        "gaps": [{"code": code, "level": level} for code, level in needed
                 if (code, level) not in portal.teaching],
    }
    return Page("standar.html", KIND, framework.judul,
                "Tingkat kompetensi digital minimum untuk tiap kelompok ASN, "
                "dengan modul yang mengajarkannya.",
                view, source=portal.framework_path, crumbs=crumbs(), facets=Facets("halaman"))


def _head(framework: model.Framework) -> dict[str, Any]:
    return {
        "title": framework.judul, "version": framework.versi, "status": framework.status,
        "basis": framework.dasar.keterangan, "sources": [origin.model_dump() for origin in framework.sumber],
    }


def _group(group: model.Group) -> dict[str, Any]:
    return {"id": group.id, "name": group.nama, "about": group.uraian}


def _reasons(portal: Portal, framework: model.Framework, group: model.Group) -> dict[str, Any]:
    """What a group has to reach by when, and why; the paths that lead there."""
    cells = [cell for cell in framework.standar_minimum if cell.kelompok == group.id]
    parts = []
    for due, found in groupby(sorted(cells, key=lambda cell: cell.due), key=lambda cell: cell.tenggat):
        own = sorted(found, key=lambda cell: (cell.kompetensi, cell.tingkat))
        parts.append({"due": due, "cells": [
            link(portal.competences[cell.kompetensi].nama, f"kompetensi/{cell.kompetensi}.html",
                 code=cell.kompetensi, level=cell.tingkat, reason=cell.alasan) for cell in own]})
    return {"parts": parts, "count": len(cells), "core": sum(cell.core for cell in cells),
            "paths": [link(path.judul, f"jalur/{name}.html") for name, path in portal.paths.items()
                      if group.id in path.sasaran]}


def _row(portal: Portal, framework: model.Framework, competence: model.Competence) -> dict[str, Any]:
    """The highest level of each group, and that of its core, "" where there is none."""
    cells, core = _levels(portal), core_levels(portal)
    row = []
    for group in framework.kelompok:
        key = group.id, competence.kode
        level = cells.get(key, "")
        names = portal.teaching.get((competence.kode, level), ())
        row.append({"group": group.id, "level": level, "core": core.get(key, ""),
                    "modules": [_short(portal, name) for name in names]})
    return link(competence.nama, f"kompetensi/{competence.kode}.html", code=competence.kode, cells=row)


def _short(portal: Portal, name: str) -> dict[str, Any]:
    return link(portal.modules[name].judul, f"modul/{name}.html")


def _behaviours(competence: model.Competence, level: model.Level) -> list[str]:
    return [indicator.perilaku for indicator in competence.indikator.get(level.id, ())]


def _asked_of(portal: Portal, code: str, level: str) -> Iterator[dict[str, Any]]:
    """The groups that have to reach a level, by when."""
    cells = [cell for cell in (portal.framework.standar_minimum if portal.framework else ())
             if (cell.kompetensi, cell.tingkat) == (code, level)]
    for due, found in groupby(sorted(cells, key=lambda cell: cell.due), key=lambda cell: cell.tenggat):
        yield {"due": due, "names": [portal.groups[cell.kelompok].nama for cell in found]}


def _competence(portal: Portal, area: model.Area, competence: model.Competence) -> Page:
    assert portal.framework
    code = competence.kode
    practices = portal.cases_by.competence.get(code, ())
    levels = [
        {"id": level.id, "name": level.nama, "indicators": _behaviours(competence, level),
         "modules": [module_link(portal, name) for name in portal.teaching.get((code, level.id), ())]}
        for level in portal.framework.tingkat
    ]
    paths = [link(path.judul, f"jalur/{name}.html") for name, path in portal.paths.items()
             if any(target.kompetensi == code for target in path.target)]
    view = {
        "code": code, "about": competence.uraian, "area": {"code": area.kode, "name": area.nama},
        "pillar": competence.pilar or area.pilar, "levels": levels, "paths": paths,
        "asked_of": {level.id: [*_asked_of(portal, code, level.id)] for level in portal.framework.tingkat},
        "more": f"praktik/kompetensi/{code}.html" if practices else "",
        "asked": needs.of_competence(portal, code),
        "crosswalk": [match.model_dump() for match in competence.padanan],
        "terms": [term.istilah for term in portal.terms if code in term.kompetensi],
        "services": services.of_competence(portal, code),
    }
    return Page(f"kompetensi/{code}.html", COMPETENCY, f"{code} {competence.nama}", competence.uraian or "",
                view, source=portal.framework_path, crumbs=crumbs(STANDARD),
                facets=Facets("kompetensi", competences=(code,)),
                shared={"practices": newest(portal, practices, 5)})
