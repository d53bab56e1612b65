"""CSV: shown by Excel as it stands, so no cell may become a formula."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from simpul.sources.attachments.findings import Findings, UnacceptableError
from simpul.sources.personal import find
from simpul.sources.tables import SEPARATORS, decode_table

FORMULA = re.compile(r"[ \"]*(?:[=@＝＠\t]|[-+－＋](?![\d\s.,()-]*%?\Z))")
"""How a cell begins that a spreadsheet takes for a formula; a number with its sign is none."""
SURE = re.compile("[ \"]*[=@＝＠]")
"""What no text begins with, if a program takes another separator than the file's."""
ANYWHERE = re.compile(rf"(?:^|[{''.join(map(re.escape, SEPARATORS))}])[ \"]*[=@＝＠]", re.MULTILINE)
MOST_TOLD = 20


def read_table(data: bytes, found: Findings) -> bytes:
    """A CSV as it is. Raises Unreadable for letters that cannot be read."""
    text = decode_table(data)
    if not text.strip():
        raise UnacceptableError("berkas CSV ini kosong", "Isi dulu, atau hapus dari daftar lampiran.")
    first = text.partition("\n")[0]
    own, *others = sorted(SEPARATORS, key=first.count, reverse=True)
    told = dict(islice(_formulas(text, own, FORMULA), MOST_TOLD))
    for separator in others if ANYWHERE.search(text) else ():
        told = dict(islice(_formulas(text, separator, SURE), MOST_TOLD)) | told
    for line in sorted(told)[:MOST_TOLD]:
        place, cell = told[line]
        found.refuse(f"isi sel {place} akan dijalankan sebagai rumus: {cell[:30].strip()}",
                     "Awali dengan huruf atau angka, atau kirim lembar kerjanya sebagai XLSX atau ODS.",
                     line=line)
    found.suspects += [(line, "", what, written) for line, what, written in find(text)]
    return data


def _formulas(text: str, separator: str, formula: re.Pattern[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The first formula of each row, by line, with its place; where the separator is the reader's."""
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for row in rows:
            for number, cell in enumerate(row):
                if formula.match(cell):
                    yield rows.line_num, (f"{column(number)}{rows.line_num}", cell)
                    break
    except csv.Error:
        raise UnacceptableError("susunan CSV tidak terbaca",
                                "Simpan ulang sebagai CSV UTF-8 dari lembar kerjanya.") from None


def column(number: int) -> str:
    """The letters of a column, from 0: A, B, ..., Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
