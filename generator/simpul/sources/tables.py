"""CSV files -> records: a heading line, every cell text, every row with its line."""

import csv
import io

from simpul.sources.formats import Location, Record, Unreadable, Value


def read_csv(path: str, text: str) -> Record:
    """A CSV file with a heading line as a list of rows; comma or semicolon, as Excel saves it here."""
    if "\x00" in text:
        raise Unreadable(1, "csv", "berkas CSV rusak", "Simpan ulang sebagai CSV UTF-8.")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    value: list[Value] = []
    lines: dict[Location, int] = {}
    for number, row in enumerate(rows):
        if None in row:
            hint = "Apit isi yang memuat koma dengan tanda petik ganda."
            raise Unreadable(rows.line_num, "csv-kolom",
                             "baris ini punya kolom lebih banyak daripada judulnya", hint)
        lines[(number,)] = rows.line_num
        value.append({key.strip(): (cell or "").strip() or None for key, cell in row.items()})
    return Record(path, value, lines)
