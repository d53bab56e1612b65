"""All monitoring rows for machines: `pemantauan.csv` and `pemantauan.json`, the latter with a data dictionary."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from simpul.figures.satisfaction import computed, grade
from simpul.model import Report
from simpul.portal import Portal

OWN = {
    "kode": "Kode wilayah Pemda (curriculum/wilayah/).", "daerah": "Nama daerah.",
    "mutu": "Mutu menurut PermenPANRB 14/2017, dari ikm.",
    "ikm_hitungan": "IKM yang dihitung portal dari nilai sembilan unsur, bila semuanya ada.",
}


def monitoring_files(portal: Portal) -> dict[str, bytes]:
    """Both copies, by address; without rows they hold the headings alone."""
    rows = list(_rows(portal))
    columns = ["kode", "daerah", *Report.model_fields, "mutu", "ikm_hitungan"]
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    about = {**Report.field_help(), **OWN}
    about = {name: about[name] for name in columns}
    text = json.dumps({"kamus": about, "baris": rows}, ensure_ascii=False, indent=1)
    return {"pemantauan.csv": file.getvalue().encode(), "pemantauan.json": text.encode()}


def _rows(portal: Portal) -> Iterator[dict[str, Any]]:
    for code, reports in sorted(portal.reports.items()):
        for report in reports:
            own = computed(report)
            fields = {name: _plain(value) for name, value in report.model_dump().items()}
            yield {"kode": code, "daerah": portal.region_name(code), **fields,
                   "mutu": grade(report.ikm)[0] if report.ikm is not None else "", "ikm_hitungan": _plain(own)}


def _plain(value: Any) -> Any:
    """Numbers with a decimal point, "" for what is missing, ya or tidak; a text that a spreadsheet would run is quoted."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")):
        return f"'{value}"
    return "" if value is None else value if isinstance(value, int) else str(value)
