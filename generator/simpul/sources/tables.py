"""CSV files -> records: a heading line, every cell text, every row with its line."""

import csv
import io
from collections.abc import Iterator

from simpul.sources.formats import Location, Record, Unreadable, Value


def read_csv(path: str, text: str) -> Record:
    """A CSV file with a heading line as a list of rows; comma or semicolon, as Excel saves it here."""
    if "\x00" in text:
        raise Unreadable(1, "csv", "berkas CSV rusak", "Simpan ulang sebagai CSV UTF-8.")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
    value: list[Value] = []
    lines: dict[Location, int] = {}
    for number, row in enumerate(_read(rows, text)):
        if None in row:
            hint = "Apit isi yang memuat koma dengan tanda petik ganda."
            raise Unreadable(rows.line_num, "csv-kolom",
                             "baris ini punya kolom lebih banyak daripada judulnya", hint)
        lines[(number,)] = rows.line_num
        value.append({key.strip(): (cell or "").strip() or None for key, cell in row.items()})
    return Record(path, value, lines)


def _read(rows: "csv.DictReader[str]", text: str) -> Iterator[dict[str, str]]:
    """The rows. A quotation mark that opens a cell and is not closed there would swallow all rows to the next
    one; the line it stands in is told.
    """
    start = 0
    try:
        start = len(rows.fieldnames or ()) and rows.line_num
        for row in rows:
            start = rows.line_num
            yield row
    except csv.Error:
        lines = enumerate(text.split("\n")[start:rows.reader.line_num], start + 1)
        opened = next((number for number, line in lines if line.count('"') % 2), 0)
        wrong = "membuka sel yang tidak ditutup" if opened else "tidak mengapit seluruh selnya"
        hint = ("Hapus tanda petik itu, atau tutup di akhir selnya; "
                'di dalam sel berpetik, tanda petik ditulis dua kali: "".')
        raise Unreadable(opened or rows.reader.line_num, "csv-petik",
                         f"tanda petik ganda di baris ini {wrong}", hint) from None
