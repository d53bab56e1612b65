"""An OpenDocument spreadsheet -> its sheets as texts, as LibreOffice keeps them."""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from simpul.intake.doors.bundles import archive
from simpul.intake.doors.parcel import Grid, Opened, Paragraph, Sent, needs
from simpul.intake.doors.sheets import MOST_COLUMNS, MOST_ROWS, TOO_LARGE, as_text, grid, told_of

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SEEN = (None, "visible")


def open_sheet(sent: Sent) -> Opened:
    """Its sheets; what is hidden, and formulas that failed, are told."""
    try:
        from odfdo import Document
    except ModuleNotFoundError:
        raise needs("tabel OpenDocument (.ods)") from None
    archive(sent.data).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = Document(io.BytesIO(sent.data))
    grids: list[Grid] = []
    told: list[str] = []
    words: list[Paragraph] = []
    for table in document.body.tables:
        properties = getattr(document.get_style("table", table.style), "get_properties", dict[str, str])
        if (properties() or {}).get("table:display") == "false":
            told.append(f"{sent.name}: lembar '{table.name}' tersembunyi, jadi tidak dimuat.")
            continue
        table.rstrip(aggressive=True)
        reader = _Reader(table)
        grids.append(grid(str(table.name), reader.rows()))
        words += reader.comments
        told += [f"{sent.name}: {one}" for one in reader.told()]
    return Opened(grids=tuple(grids), words=tuple(words), told=tuple(told))


class _Reader:
    """Reads one sheet, and remembers what is to be told of it."""

    def __init__(self, table: Any) -> None:
        width, height = table.size
        if width > MOST_COLUMNS * 10 or height > MOST_ROWS * 10:
            raise TOO_LARGE
        self.table = table
        self.hidden_rows: list[int] = []
        self.hidden_columns = [number for number, column in enumerate(table.traverse_columns())
                               if column.get_attribute("table:visibility") not in SEEN]
        self.empty: list[str] = []
        self.wrong: list[str] = []
        self.comments: list[Paragraph] = []
        self.above: dict[int, tuple[int, str]] = {}

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The visible rows, with their visible cells."""
        for number, row in enumerate(self.table.traverse(), 1):
            cells = [self._cell(cell, place, number) for place, cell in enumerate(row.traverse())]
            if row.get_attribute("table:visibility") not in SEEN:
                self.hidden_rows.append(number)
            else:
                yield number, [text for place, text in enumerate(cells) if place not in self.hidden_columns]

    def _cell(self, cell: Any, place: int, row: int) -> str:
        if cell.tag == "table:covered-table-cell":
            left, text = self.above.get(place, (0, ""))
            self.above[place] = (left - 1, text)
            return text if left > 0 else ""
        for note in cell.get_elements("office:annotation"):
            self.comments.append(Paragraph(f"komentar sel {_letters(place)}{row}", note.inner_text))
            note.delete(keep_tail=False)
        text = as_text(cell.value, percent=cell.type == "percentage")
        if cell.formula and text.startswith(("#", "Err:")):
            self.wrong.append(f"{_letters(place)}{row}")
            text = ""
        elif cell.formula and not text:
            self.empty.append(f"{_letters(place)}{row}")
        wide, high = (_count(cell.get_attribute(f"table:number-{part}-spanned"))
                      for part in ("columns", "rows"))
        for right in range(wide):
            self.above[place + right] = (high - (right == 0), text)
        return text

    def told(self) -> Iterator[str]:
        """After all rows were read."""
        yield from told_of(str(self.table.name), self.hidden_rows, [*map(_letters, self.hidden_columns)],
                           self.empty, self.wrong)


def _count(written: object) -> int:
    return min(int(str(written)), MOST_COLUMNS) if str(written).isdecimal() else 1


def _letters(place: int) -> str:
    high, low = divmod(place, len(LETTERS))
    return (LETTERS[high - 1] if high else "") + LETTERS[low]
