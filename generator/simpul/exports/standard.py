"""The standard for machines: `standar.json` (IMS CASE 1.1 terms); `standar.csv` for spreadsheets."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from simpul import model
from simpul.figures.paths import core_levels, highest_minimum
from simpul.portal import Portal
from simpul.runtime import sheets
from simpul.runtime.lazy import LazyFile, SiteFile, ready

COLUMNS = ("kelompok", "kompetensi", "nama", "tingkat", "modul", "tenggat", "tingkat_inti", "alasan")


def files(portal: Portal) -> Iterator[LazyFile]:
    """Both copies of the standard."""
    if portal.framework:
        yield LazyFile("standar.json", partial(_json, portal, portal.framework))
        yield LazyFile("standar.csv", partial(_csv, portal, portal.framework))


def _json(portal: Portal, framework: model.Framework) -> SiteFile:
    text = json.dumps(_case(portal, framework), ensure_ascii=False, indent=1)
    return ready("standar.json", text.encode())


def _case(portal: Portal, framework: model.Framework) -> dict[str, Any]:
    """CFDocument, CFItems and CFAssociations (1EdTech CASE 1.1), with the minimum beside them."""
    document = {
        "identifier": framework.id, "title": framework.judul, "version": framework.versi,
        "adoptionStatus": {"ditetapkan": "Adopted", "dicabut": "Deprecated"}.get(framework.status, "Draft"),
        "description": framework.dasar.keterangan, "language": "id", "creator": "Simpul",
        "licenseURI": "https://creativecommons.org/licenses/by/4.0/",
    }
    minimum = [_cell(portal, cell) | {"stages": [*_stages(portal, framework, cell)]}
               for cell in highest_minimum(portal).values()]
    return {"CFDocument": document, "CFItems": [*_items(framework)],
            "CFAssociations": [*_associations(framework)], "minimum": minimum,
            "groups": [group.model_dump() for group in framework.kelompok]}


def _cell(portal: Portal, cell: model.Minimum) -> dict[str, Any]:
    return {"group": cell.kelompok, "item": cell.kompetensi, "educationLevel": cell.tingkat,
            "due": cell.tenggat, "core": cell.core, "reason": cell.alasan,
            "modules": list(portal.teaching.get((cell.kompetensi, cell.tingkat), ()))}


def _stages(portal: Portal, framework: model.Framework, highest: model.Minimum) -> Iterator[dict[str, Any]]:
    """The lower levels that come before the one that has to be reached in the end."""
    for cell in framework.standar_minimum:
        if (cell.kelompok, cell.kompetensi) == (highest.kelompok, highest.kompetensi) and cell != highest:
            yield _cell(portal, cell)


def _items(framework: model.Framework) -> Iterator[dict[str, Any]]:
    for area in framework.bidang:
        yield {"identifier": area.kode, "humanCodingScheme": area.kode, "fullStatement": area.nama,
               "CFItemType": "area"}
        for competence in area.kompetensi:
            yield {"identifier": competence.kode, "humanCodingScheme": competence.kode,
                   "fullStatement": competence.nama, "notes": competence.uraian, "CFItemType": "competence",
                   "indicators": {level: [item.model_dump() for item in items]
                                  for level, items in competence.indikator.items()}}


def _associations(framework: model.Framework) -> Iterator[dict[str, str]]:
    for area in framework.bidang:
        for competence in area.kompetensi:
            yield {"associationType": "isChildOf", "originNodeURI": competence.kode,
                   "destinationNodeURI": area.kode}
            for match in competence.padanan:
                kind = "exactMatchOf" if match.status == "diperiksa" else "isRelatedTo"
                yield {"associationType": kind, "originNodeURI": competence.kode,
                       "destinationNodeURI": f"{match.kerangka}:{match.kode}"}


def _csv(portal: Portal, framework: model.Framework) -> SiteFile:
    core = core_levels(portal)
    rows = [[cell.kelompok, cell.kompetensi, portal.competences[cell.kompetensi].nama, cell.tingkat,
             " ".join(portal.teaching.get((cell.kompetensi, cell.tingkat), ())), cell.tenggat,
             core.get((cell.kelompok, cell.kompetensi), ""), cell.alasan]
            for cell in highest_minimum(portal).values()]
    return ready("standar.csv", sheets.as_csv(COLUMNS, rows))
