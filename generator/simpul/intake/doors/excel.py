"""An Excel workbook -> its sheets as texts: formulas by the value that was kept, merged cells filled."""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from simpul.intake.doors.bundles import archive
from simpul.intake.doors.parcel import Grid, Opened, Paragraph, Sent, needs
from simpul.intake.doors.sheets import MOST_COLUMNS, MOST_ROWS, TOO_LARGE, as_text, grid, told_of


def open_excel(sent: Sent) -> Opened:
    """Its visible sheets; what is hidden, and formulas without a value, are told."""
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError:
        raise needs("tabel Excel (.xlsx)") from None
    archive(sent.data).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = load_workbook(io.BytesIO(sent.data), data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(sent.data), keep_links=False)
    grids: list[Grid] = []
    told: list[str] = []
    words: list[Paragraph] = []
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            told.append(f"{sent.name}: lembar '{sheet.title}' tersembunyi, jadi tidak dimuat.")
            continue
        reader = _Reader(sheet, formulas[sheet.title])
        grids.append(grid(sheet.title, reader.rows()))
        words += reader.comments
        told += [f"{sent.name}: {one}" for one in reader.told()]
    return Opened(grids=tuple(grids), words=tuple(words), told=tuple(told))


class _Reader:
    """Reads one sheet, and remembers what is to be told of it."""

    def __init__(self, sheet: Any, formulas: Any) -> None:
        self.sheet, self.formulas = sheet, formulas
        if sheet.max_row > MOST_ROWS * 10 or sheet.max_column > MOST_COLUMNS * 10:
            raise TOO_LARGE
        self.hidden_rows = sorted(number for number, row in sheet.row_dimensions.items() if row.hidden)
        self.hidden_columns = sorted(_hidden_columns(sheet))
        self.merged = {place: (area.min_row, area.min_col) for area in sheet.merged_cells.ranges
                       for place in _places(area)}
        self.empty: list[str] = []
        self.wrong: list[str] = []
        self.comments: list[Paragraph] = []

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The visible rows, with their visible cells."""
        hidden_rows, hidden_columns = set(self.hidden_rows), set(self.hidden_columns)
        for row in self.sheet.iter_rows():
            if row and row[0].row not in hidden_rows:
                yield row[0].row, [self._cell(cell) for cell in row if cell.column not in hidden_columns]

    def _cell(self, cell: Any) -> str:
        place = self.merged.get((cell.row, cell.column))
        if place and place != (cell.row, cell.column):
            cell = self.sheet.cell(*place)
        elif cell.comment is not None:
            self.comments.append(Paragraph(f"komentar sel {cell.coordinate}", cell.comment.text))
        if cell.data_type == "e":
            self.wrong.append(cell.coordinate)
            return ""
        if cell.value is None and self.formulas[cell.coordinate].data_type == "f":
            self.empty.append(cell.coordinate)
        return as_text(cell.value, percent="%" in str(cell.number_format))

    def told(self) -> Iterator[str]:
        """After all rows were read."""
        from openpyxl.utils import get_column_letter

        columns = [get_column_letter(number) for number in self.hidden_columns]
        used = [number for number in self.hidden_rows if number <= self.sheet.max_row]
        yield from told_of(self.sheet.title, used, columns, self.empty, self.wrong)


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for column in sheet.column_dimensions.values():
        if column.hidden:
            yield from range(column.min, min(column.max, sheet.max_column) + 1)


def _places(area: Any) -> Iterator[tuple[int, int]]:
    """The cells of a merged area, as far as people merge."""
    for row in range(area.min_row, min(area.max_row, area.min_row + MOST_COLUMNS) + 1):
        for column in range(area.min_col, min(area.max_col, area.min_col + MOST_COLUMNS) + 1):
            yield row, column
