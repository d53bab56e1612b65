"""CSV files -> records, as Excel writes them: any separator, titles above the headings, headings with
capitals and spaces, sums below. Every cell is read or told.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, pairwise
from typing import NamedTuple

from simpul import model
from simpul.problems import Hint, Problem, and_others, did_you_mean, error, first_of_each, warning
from simpul.sources.formats import Location, Record, Unreadable, Value, decode
from simpul.sources.schema import kind_of, plain_type

SEPARATORS = {";": "titik koma", ",": "koma", "\t": "tab", "|": "garis tegak"}
"""A list's separator in Indonesian and in English, and what is copied from a sheet."""
MOST_ABOVE = 20
"""Rows among which the headings are looked for; titles stand above them."""
SAID = re.compile(r"\"?sep=(.)\"?[;,\t]*(?:\n|\Z)", re.IGNORECASE)
SUM = re.compile(r"(?:(?:grand|sub)[ -]?)?(?:total|jumlah|rata-rata|rerata)"
                 r"(?: (?:keseluruhan|seluruhnya|semua))?:?", re.IGNORECASE)
SAVE = "Buka di lembar kerja, lalu simpan sebagai CSV UTF-8."
OTHERS = {b"PK\x03\x04": "buku kerja Excel (xlsx)", b"\xd0\xcf\x11\xe0": "buku kerja Excel (xls)",
          b"%PDF": "PDF", b"{\\rtf": "dokumen RTF"}
MOST_OF_A_TITLE = 2
"""Cells of a row above the headings, as in `Kabupaten | Contoh`; one with more may be data."""
ADDRESS = "# berkas: "
"""Begins the line in which the form tells where a file belongs."""
MARKED = re.compile("'(?=[-=+@])")
"""The mark of a text that a spreadsheet would run as a formula; it is no part of it."""
MARKS = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):
    """The first line of a row, and its cells with single spaces."""

    line: int
    cells: tuple[str, ...]


class Columns(NamedTuple):
    """The fields of a table by place, "" where a column has no heading, None where it is told already;
    those that hold numbers with places; those that are missing.
    """

    fields: tuple[str | None, ...]
    broken: frozenset[str]
    absent: frozenset[str]
    told: tuple[Problem, ...]


def decode_table(data: bytes) -> str:
    """The text of a table: UTF-8, UTF-16, or Windows-1252 as older Excels save it. Raises Unreadable."""
    if name := next((name for start, name in OTHERS.items() if data.startswith(start)), ""):
        raise Unreadable(1, "bukan-csv", f"berkas ini {name} yang diganti namanya, bukan CSV", SAVE)
    if not data.startswith(MARKS):
        data = MARKS[data[0] == 0] + data if 0 in data[:2] else _as_utf8(data)
    return decode(data)


def _as_utf8(data: bytes) -> bytes:
    try:
        data.decode()
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252").encode()
        except UnicodeDecodeError:
            return data  # whose line `decode` tells
    return data


def read_table(path: str, data: bytes) -> Record:
    """A table as a record. Raises Unreadable."""
    return read_csv(path, decode_table(data))


def read_csv(path: str, text: str) -> Record:
    """A table as a list of rows by the fields of its kind; whatever is in no field is told."""
    kind = kind_of(path)
    assert kind
    assert kind.model
    if text.lstrip().startswith("<"):
        raise Unreadable(1, "bukan-csv", "berkas ini halaman web atau XML, bukan CSV", SAVE)
    if not text.strip(' \t\n;,|"'):
        raise Unreadable(1, "csv-kosong", "berkas ini kosong", "Isi tabelnya, atau hapus berkas ini.")
    fields = {_key(name): name for name in kind.model.model_fields}
    separator, skipped = _separator(text, fields)
    rows = list(_rows(text, separator, skipped))
    place = _heading(rows, fields, kind.model)
    columns = _columns(path, rows[place], fields, kind.model)
    told = [_above(path, row) for row in rows[:place] if row.cells[0] != f"{ADDRESS}{path}"]
    record = _body(path, rows[place], rows[place + 1:], columns, SEPARATORS.get(separator, separator))
    return Record(path, record.value, record.lines, problems=(*told, *columns.told, *record.problems),
                  absent=columns.absent)


def _key(heading: str) -> str:
    """`Unit Layanan` and `unit_layanan` alike."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


def _separator(text: str, fields: Mapping[str, str]) -> tuple[str, int]:
    """What stands between the cells, and how many lines come before them: that which shows most headings."""
    if said := SAID.match(text):
        return said[1], 1
    shown = {separator: max((_known(row, fields) for row in _cells(text, separator)), default=0)
             for separator in SEPARATORS}
    return max(shown, key=lambda separator: shown[separator]), 0


def _cells(text: str, separator: str) -> Iterator[Sequence[str]]:
    """The first rows, with a separator that may be wrong."""
    try:
        yield from islice(filter(any, csv.reader(io.StringIO(text), delimiter=separator)), MOST_ABOVE)
    except csv.Error:  # a cell that never ends: told when the right one is read
        return


def _known(cells: Sequence[str], fields: Mapping[str, str]) -> int:
    return len({_key(cell) for cell in cells} & fields.keys())


def _heading(rows: Sequence[Row], fields: Mapping[str, str], kind: type[model.Base]) -> int:
    """The place of the row with most of the headings."""
    known = [_known(row.cells, fields) for row in rows[:MOST_ABOVE]]
    if not any(known):
        wanted = ", ".join(name for name, field in kind.model_fields.items() if field.is_required())
        raise Unreadable(rows[0].line if rows else 1, "csv-judul", "judul kolom tidak ditemukan",
                         f"Tulis nama kolom di baris pertama: {wanted}.")
    return known.index(max(known))


def _rows(text: str, separator: str, skipped: int) -> Iterator[Row]:
    """The rows that hold anything. A quotation mark that opens a cell and is not closed there would swallow
    all rows to the next one; the line it stands in is told.
    """
    lines = io.StringIO(text)
    for _ in range(skipped):
        lines.readline()
    reader = csv.reader(lines, delimiter=separator, strict=True)
    start = skipped
    try:
        for cells in reader:
            row = Row(start + 1, tuple(MARKED.sub("", " ".join(cell.split()), 1) if cell[:1] == "'"
                                   else " ".join(cell.split()) for cell in cells))
            start = skipped + reader.line_num
            if any(row.cells):
                yield row
    except csv.Error:
        end = skipped + reader.line_num
        within = enumerate(text.split("\n")[start:end], start + 1)
        opened = next((number for number, line in within if line.count('"') % 2), 0)
        wrong = "membuka sel yang tidak ditutup" if opened else "tidak mengapit seluruh selnya"
        hint = ("Hapus tanda petik itu, atau tutup di akhir selnya; "
                'di dalam sel berpetik, tanda petik ditulis dua kali: "".')
        message = f"tanda petik ganda di baris ini {wrong}"
        raise Unreadable(opened or end, "csv-petik", message, hint) from None


def _columns(path: str, heading: Row, fields: Mapping[str, str], kind: type[model.Base]) -> Columns:
    """The fields that the headings name; which are unknown, twice, or missing is told once, in their line."""
    told: list[tuple[str, str, Hint]] = []
    found: dict[str, int] = {}
    named: list[str | None] = []
    for place, cell in enumerate(heading.cells):
        field = fields.get(_key(cell)) if cell else ""
        if field is None:
            hint = did_you_mean(_key(cell), list(fields.values()), "Hapus kolomnya, atau ganti judulnya.")
            told.append(("kolom-asing", f"kolom '{cell[:60]}' tidak dikenal", hint))
        elif field in found:
            where = f"{_letters(found[field])} dan {_letters(place)}"
            told.append(("kolom-ganda", f"kolom '{field}' ada dua kali, di {where}", "Hapus salah satunya."))
            field = None
        elif field:
            found[field] = place
        named.append(field)
    absent = [name for name, field in kind.model_fields.items() if field.is_required() and name not in found]
    told += [("kolom-hilang", f"kolom '{name}' belum ada", kind.field_help()[name]) for name in absent]
    first, others = first_of_each(told, lambda problem: problem[0])
    broken = {name for name, field in kind.model_fields.items() if plain_type(field.annotation) is Decimal}
    return Columns(tuple(named), frozenset(broken), frozenset(absent), (
        *(error(path, heading.line, *problem) for problem in first),
        *(and_others(error(path, heading.line, *problem), left) for problem, left in others)))


def _letters(place: int) -> str:
    """The name of a column in a sheet: A, B, ..., Z, AA."""
    tens, ones = divmod(place, 26)
    return (_letters(tens - 1) if tens else "") + chr(ord("A") + ones)


def _body(path: str, heading: Row, rows: Sequence[Row], columns: Columns, separator: str) -> Record:
    """The rows below the headings: those that are data, and what is told of the others."""
    value: list[Value] = []
    lines: dict[Location, int] = {(): heading.line}
    told: list[Problem] = []
    seen: dict[tuple[str, ...], int] = {heading.cells: heading.line}
    for row in rows:
        wrong, outside = _no_data(path, row, seen), list(_outside(path, row, columns, separator))
        told += [wrong] if wrong else outside
        if wrong or any(problem.code in ("csv-kolom", "asked") for problem in outside):
            continue
        seen[row.cells] = row.line
        cells = zip(columns.fields, row.cells, strict=False)  # Excel leaves out the empty ends of some rows
        found = {field: cell or None for field, cell in cells if field}
        lines[len(value),] = row.line
        lines |= {(len(value), field): row.line for field in columns.fields if field and not found.get(field)}
        value.append({**found})
    if not value and not told:
        told.append(error(path, heading.line, "csv-kosong", "belum ada baris di bawah judul kolom",
                          "Isi barisnya, atau hapus berkas ini."))
    return Record(path, value, lines, problems=tuple(told))


def _above(path: str, row: Row) -> Problem:
    """What is told of a row above the headings."""
    filled = [cell for cell in row.cells if cell]
    text = f"baris di atas judul kolom tidak dibaca: '{' '.join(filled)}'"
    if len(filled) > MOST_OF_A_TITLE:
        return error(path, row.line, "csv-bukan-data", text, "Pindahkan ke bawah judul kolom, atau hapus.")
    return warning(path, row.line, "csv-bukan-data", text, "Hapus agar berkas hanya berisi data.")


def _no_data(path: str, row: Row, seen: Mapping[tuple[str, ...], int]) -> Problem | None:
    """What is told of a row that is none of the data: written twice, a sum, or a note."""
    if row.cells in seen:
        return error(path, row.line, "ganda", f"baris ini sama dengan baris {seen[row.cells]}",
                     "Hapus salah satunya.")
    filled = [cell for cell in row.cells if cell]
    if any(map(SUM.fullmatch, filled[:2])):
        return warning(path, row.line, "csv-bukan-data", f"baris jumlah tidak dibaca: '{' '.join(filled)}'",
                       "Hapus agar berkas hanya berisi data; portal menghitungnya sendiri.")
    if len(filled) == 1:
        return error(path, row.line, "csv-satu-sel", f"baris ini hanya berisi '{filled[0]}'",
                     "Lengkapi selnya, atau hapus barisnya.")
    return None


def _outside(path: str, row: Row, columns: Columns, separator: str) -> Iterator[Problem]:
    """Cells without a heading are told; past the last heading they say that all cells have moved."""
    if any(row.cells[len(columns.fields):]):
        yield error(path, row.line, "csv-kolom", "baris ini punya kolom lebih banyak daripada judulnya",
                    f"Apit isi yang memuat {separator} dengan tanda petik ganda.")
        return
    if separator == SEPARATORS[","] and len(row.cells) != len(columns.fields):
        yield from _torn(path, row, columns)
    for place, (field, cell) in enumerate(zip(columns.fields, row.cells, strict=False)):
        if cell and field == "":
            yield error(path, row.line, "kolom-tanpa-judul",
                        f"isi '{cell[:60]}' di kolom {_letters(place)} tidak punya judul kolom",
                        "Tulis judul kolomnya, atau hapus isinya.")


def _torn(path: str, row: Row, columns: Columns) -> Iterator[Problem]:
    """Two cells that may be one number with a comma, in a row that is not as long as its headings."""
    for field, (cell, after) in zip(columns.fields, pairwise(row.cells), strict=False):
        if field in columns.broken and cell.isdecimal() and re.fullmatch("[0-9]{1,2}", after):
            yield error(path, row.line, "asked", f"isi '{cell},{after}' pada '{field}' dapat dibaca dua cara",
                        f'Tulis "{cell},{after}" dengan tanda petik bila itu satu angka; bila dua sel, '
                        "samakan banyaknya sel dengan judulnya.")
            return
