"""Monitoring rows: `pemantauan.csv` for spreadsheets, `pemantauan.json` and its dictionary for programs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from simpul.figures.satisfaction import computed, grade
from simpul.figures.uncertainty import ELEMENTS
from simpul.model import Report
from simpul.portal import Portal, once
from simpul.runtime import sheets
from simpul.runtime.lazy import LazyFile, SiteFile

OWN = {
    "kode": "Kode wilayah Pemda (curriculum/wilayah/).", "daerah": "Nama daerah.",
    "mutu": "Mutu menurut PermenPANRB 14/2017, dari ikm.",
    "ikm_hitungan": "IKM yang dihitung portal dari nilai sembilan unsur, bila semuanya ada.",
}


COLUMNS = ("kode", "daerah", *Report.model_fields, "mutu", "ikm_hitungan")
DECIMALS = {"ikm", "ikm_hitungan", "ikm_simpangan", *ELEMENTS}
Rows = Sequence[Mapping[str, Any]]


def files(portal: Portal) -> Iterator[LazyFile]:
    """Both copies; without rows they hold the headings alone."""
    for url, make in (("pemantauan.csv", as_csv), ("pemantauan.json", as_json)):
        yield LazyFile(url, partial(_file, portal, url, make))


def _file(portal: Portal, url: str, make: Callable[[Rows], bytes]) -> SiteFile:
    return SiteFile(url, _rows(portal), make)


def as_csv(rows: Rows) -> bytes:
    """The rows under their headings, for spreadsheets."""
    return sheets.as_csv(COLUMNS, sheets.in_order(COLUMNS, rows), DECIMALS)


def as_json(rows: Rows) -> bytes:
    """The rows with their dictionary, and how the CSV beside it is written."""
    about = {**Report.field_help(), **OWN}
    found = {"kamus": {name: about[name] for name in COLUMNS}, "csv": sheets.DIALECT, "baris": rows}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


@once
def _rows(portal: Portal) -> Rows:
    return list(_each(portal))


def _each(portal: Portal) -> Iterator[dict[str, Any]]:
    for code, reports in sorted(portal.reports.items()):
        for report in reports:
            own = _plain(computed(report))
            fields = {name: _plain(value) for name, value in report.model_dump().items()}
            yield {"kode": code, "daerah": portal.region_name(code), **fields,
                   "mutu": grade(report.ikm)[0] if report.ikm is not None else "", "ikm_hitungan": own}


def _plain(value: Any) -> Any:
    """Numbers with a decimal point, "" for nothing, ya or tidak."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else value
