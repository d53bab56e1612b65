"""Tables as Excel writes them: every cell is read or told, whatever stands around it."""

import csv
import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.model import Report
from simpul.runtime.sheets import as_csv
from simpul.sources.entry import read_source
from simpul.sources.formats import Record, Unreadable
from simpul.sources.tables import decode_table, read_csv, read_table
from tests.harness import Sample

PATH = "content/daerah/00.71/pemantauan/2026-S1.csv"
HEADINGS = ["periode", "Unit Layanan", "layanan", "Sasaran ASN", "asn_dilatih", "ASN Lulus Minimum", "IKM",
            "ikm_n"]
ROWS = [["2026-S1", "Disdukcapil", "adminduk", "80", "56", "41", "82,15", "377"],
        ["2026-S1", "Puskesmas Raya", "puskesmas", "40", "20", "9", "", ""],
        ["2026-S1", "Kecamatan; Utara", "desa", "1.200", "100", "90", "79,9", "61"]]
ODD = ["", " ", "Jumlah", "Total", "kata lain", "satu\ndua", 'petik "dalam"', '"', "a;b,c\td", "periode",
       "IKM", "ikm", "Luas", "sep=;", "2026-S1", "-", "#N/A", "82,15 %", "é"]
CELLS = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8", exclude_categories="CZ"), max_size=6)
PUT = [";", ",", "\t", '"', "\n", "\r\n", "kata", " ", "sep=;\n", "=", "\ufeff", ""]
PEN = "periode;unit_layanan\r\n2026-S1;Dinas Péng\r\n"
Grid = list[list[str]]


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """The headings and rows after some edits: of cells, rows and columns, some of them twice."""
    grid = [list(HEADINGS), *map(list, ROWS)]
    for _ in range(draw(st.integers(0, 5))):
        row = draw(st.integers(0, len(grid) - 1))
        match draw(st.sampled_from(["cell", "add", "drop", "row", "again", "column", "twice", "blank"])):
            case "cell" if grid[row]:
                grid[row][draw(st.integers(0, len(grid[row]) - 1))] = draw(CELLS)
            case "add":
                grid[row].insert(draw(st.integers(0, len(grid[row]))), draw(CELLS))
            case "drop" if grid[row]:
                del grid[row][draw(st.integers(0, len(grid[row]) - 1))]
            case "row":
                grid.insert(row, draw(st.lists(CELLS, max_size=10)))
            case "again":
                grid.insert(draw(st.integers(0, len(grid))), list(grid[row]))
            case "column":
                place = draw(st.integers(0, 8))
                for cells in grid:
                    cells.insert(place, draw(CELLS))
            case "twice":
                for cells in grid:
                    cells.append(cells[0] if cells else "")
            case "blank":
                grid.insert(row, [""] * 8)
    return grid


def written(grid: Grid, separator: str) -> tuple[str, list[int]]:
    """The file, and the line in which each row begins."""
    text, lines = io.StringIO(), []
    for cells in grid:
        lines.append(text.getvalue().count("\n") + 1)
        csv.writer(text, delimiter=separator, lineterminator="\n").writerow(cells)
    return text.getvalue(), lines


def spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@settings(max_examples=500, deadline=None, derandomize=True)
@given(grids(), st.sampled_from(";,\t"))
def test_every_cell_is_read_or_told(grid: Grid, separator: str) -> None:
    text, lines = written(grid, separator)
    try:
        record = read_table(PATH, text.encode())
    except Unreadable:  # the whole file is told
        return
    heading = next((row for row, line in enumerate(lines) if line == record.line(())), -1)
    assert heading >= 0
    for row, cells in enumerate(grid):
        told = [problem for problem in record.problems if problem.line == lines[row]]
        for place, cell in enumerate(map(spaced, cells)):
            if row == heading:
                assert not cell or is_field(cell) or any(cell[:60] in problem.message for problem in told)
            elif cell and not told:
                name = spaced(grid[heading][place]) if place < len(grid[heading]) else ""
                assert cell in read_in(record, lines[row]) or column_is_told(record, name), (cell, text)


def read_in(record: Record, line: int) -> list[object]:
    """What was read of the row in a line."""
    assert isinstance(record.value, list)
    return [value for number, row in enumerate(record.value) if record.lines[number,] == line
            and isinstance(row, dict) for value in row.values()]


def is_field(heading: str) -> bool:
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_") in Report.model_fields


def column_is_told(record: Record, heading: str) -> bool:
    name = re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")
    return any(problem.code in ("kolom-asing", "kolom-ganda") and problem.line == record.line(())
               and (f"'{heading[:60]}'" in problem.message or f"'{name}'" in problem.message)
               for problem in record.problems)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.data())
def test_every_word_is_read_or_told_after_any_edit(data: st.DataObject) -> None:
    text = written([HEADINGS, *ROWS], data.draw(st.sampled_from(";,\t")))[0]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.sampled_from(PUT)) + text[end:]
    try:
        record = read_table(PATH, text.encode())
    except Unreadable:
        return
    text = decode_table(text.encode())
    begins = sorted({*record.lines.values(), *(problem.line for problem in record.problems)})
    for number, row in enumerate(text.split("\n"), 1):
        line = max((begin for begin in begins if begin <= number), default=0)
        told = [problem for problem in record.problems if problem.line in (line, record.line(()))]
        values = spaced(" ".join(map(str, read_in(record, line))))
        for word in re.findall(r"\w+", row):
            assert word in values or line == record.line(()) or told or "sep=" in row, (word, text)


@pytest.mark.parametrize("data", [
    *(PEN.encode(code) for code in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")),
])
def test_whatever_excel_encodes_a_table_in_is_read(data: bytes) -> None:
    assert read_table(PATH, data).value == [{"periode": "2026-S1", "unit_layanan": "Dinas Péng"}]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("said", [False, True])
def test_any_separator_is_read_with_what_is_quoted(separator: str, said: bool) -> None:
    text = f"sep={separator}\n" * said + written([HEADINGS, *ROWS], separator)[0]
    value = read_csv(PATH, text).value
    assert isinstance(value, list)
    assert [list(row.values()) for row in value if isinstance(row, dict)] == \
        [[cell or None for cell in row] for row in ROWS]


def test_a_row_that_excel_cut_short_is_whole() -> None:
    """Excel leaves out the separators of empty ends after some rows."""
    source, _ = read_source(PATH, written([[*HEADINGS, "contoh"], ROWS[0]], ";")[0].encode())
    assert [problem.code for problem in source.problems] == []
    assert source.entry.items[0].ikm_n == 377  # type: ignore[attr-defined]


def test_a_text_that_was_kept_from_being_a_formula_is_read_without_its_mark() -> None:
    """As the program and the form export it; and the line in which the form tells its place is no data."""
    row = ["2026-S1", "=Unit, -1", "adminduk", "80", "56", "41", "-82.15", "377"]
    text = as_csv(HEADINGS, [row], {"IKM"}).decode("utf-8-sig")
    record = read_csv(PATH, f"# berkas: {PATH}\r\n{text}".replace("\r\n", "\n"))
    assert record.problems == ()
    assert isinstance(record.value, list)
    assert [list(found.values()) for found in record.value if isinstance(found, dict)] == [
        ["2026-S1", "=Unit,' -1", "adminduk", "80", "56", "41", "-82,15", "377"]]
    other = read_csv(PATH, f"# berkas: lain\n{text}")
    assert [problem.code for problem in other.problems] == ["csv-bukan-data"]


def test_a_code_that_stands_twice_in_the_lists_is_told(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").write(
        "curriculum/wilayah/lain.csv", "code;province_code;name\n73.71;73;Kota Rekaan\n")
    told = [problem for problem in sample.problems() if problem.code == "wilayah-ganda"]
    assert [problem.path for problem in told] == ["curriculum/wilayah/regencies.csv"]
    assert told[0].message == "kode 73.71 (Kota Makassar) sudah ada di curriculum/wilayah/lain.csv"
