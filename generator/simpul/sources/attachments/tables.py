"""CSV: shown by Excel as it stands, so no cell may become a formula."""

import csv
import io
import re

from simpul.sources.attachments.findings import Findings, UnacceptableError
from simpul.sources.personal import find
from simpul.sources.tables import decode_table

FORMULA = re.compile(r"[=@\t]|[+-](?![\d\s.,()-]*%?\Z)")
"""How a cell begins that a spreadsheet takes for a formula; a number with its sign is none."""
MOST_TOLD = 20


def read_table(data: bytes, found: Findings) -> bytes:
    """A CSV as it is. Raises Unreadable for letters that cannot be read."""
    text = decode_table(data)
    if not text.strip():
        raise UnacceptableError("berkas CSV ini kosong", "Isi dulu, atau hapus dari daftar lampiran.")
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    told = 0
    try:
        for row in rows:
            for number, cell in enumerate(row):
                if told < MOST_TOLD and FORMULA.match(cell):
                    told += 1
                    found.refuse(f"isi sel {column(number)}{rows.line_num} akan dijalankan sebagai rumus: "
                                 f"{cell[:30].strip()}",
                                 "Awali dengan huruf atau angka, atau kirim lembar kerjanya sebagai XLSX "
                                 "atau ODS.", line=rows.line_num)
    except csv.Error:
        raise UnacceptableError("susunan CSV tidak terbaca",
                                "Simpan ulang sebagai CSV UTF-8 dari lembar kerjanya.") from None
    found.suspects += [(line, "", what, written) for line, what, written in find(text)]
    return data


def column(number: int) -> str:
    """The letters of a column, from 0: A, B, ..., Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
