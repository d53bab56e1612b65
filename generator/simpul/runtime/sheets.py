"""Rows -> CSV that opens in an Indonesian spreadsheet: semicolons, a decimal comma, UTF-8 with its mark. No
cell becomes a formula, whichever separator a program takes it to have.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

DIALECT = {"pemisah": "titik koma (;)", "desimal": "koma (,)", "pengodean": "UTF-8 dengan tanda urutan byte",
           "kutip": "tanda petik ganda (\")", "akhir_baris": "CR LF",
           "tanda_petik_tunggal": "mendahului teks yang akan dijalankan lembar kerja sebagai rumus"}
FORMULA = re.compile("(^|[;,|])(?=[ \"]*[-=+@＝＋－＠])")
"""Where a cell would begin with what starts a formula (OWASP, CSV injection): at the start of a text, and
after what another program takes for the end of a cell, which quotation marks do not prevent.
"""


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]], decimals: Collection[str] = ()) -> bytes:
    """The rows under their headings. Values are texts and whole numbers; in the columns of `decimals`, texts
    that are numbers with a decimal point.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(headings)
    comma = [heading in decimals for heading in headings]
    for row in rows:
        writer.writerow([str(value).replace(".", ",") if is_decimal else _cell(value)
                         for value, is_decimal in zip(row, comma, strict=True)])
    return file.getvalue().encode("utf-8-sig")


def in_order(headings: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterable[Sequence[Any]]:
    """The values of each row in the order of the headings."""
    return ([row[heading] for heading in headings] for row in rows)


def _cell(value: Any) -> Any:
    """A text on one line, as another program may take its end for that of a row."""
    if not isinstance(value, str):
        return value
    return FORMULA.sub(r"\1'", " ".join(value.split()))
