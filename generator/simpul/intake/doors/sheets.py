"""What the readers of spreadsheets share: a cell as text, and what is told of hidden parts and formulas."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from simpul.intake.doors.parcel import DoorError, Grid
from simpul.model import numbers

MOST_ROWS, MOST_COLUMNS = 20_000, 200
PLACES = 8
TOO_LARGE = DoorError(f"tabel lebih dari {MOST_ROWS} baris atau {MOST_COLUMNS} kolom",
                      "Hapus baris dan kolom kosong di ujungnya, atau pecah menjadi beberapa berkas.")


def as_text(value: object, *, percent: bool = False) -> str:
    """A cell as people read it: dates as the year, month and day, numbers so that they read in one way."""
    match value:
        case None:
            return ""
        case bool():
            return "ya" if value else "tidak"
        case datetime.datetime():
            whole_day = value.time() == datetime.time()
            return value.date().isoformat() if whole_day else value.isoformat("T", "minutes")
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return value.isoformat("minutes")
        case datetime.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case int() | float() | Decimal():
            return _number(Decimal(str(value)) * (100 if percent else 1)) + ("%" if percent else "")
        case _:
            return " ".join(str(value).split())


def _number(number: Decimal) -> str:
    if not number.is_finite():
        return ""
    rounded = round(number, PLACES)
    return numbers.shown(rounded.to_integral_value() if rounded == rounded.to_integral_value()
                         else rounded.normalize())


def grid(name: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Grid:
    """A sheet without what is empty at its end. Raises DoorError for one that no person fills."""
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in rows:
        if len(kept) > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise TOO_LARGE
        if any(cells):
            kept.append((number, tuple(cells)))
    return Grid(name, tuple(kept))


def told_of(sheet: str, hidden_rows: Sequence[int], hidden_columns: Sequence[str],
            empty_formulas: Sequence[str], wrong: Sequence[str]) -> Iterator[str]:
    """What a sender should know of a sheet."""
    parts = [f"baris {', '.join(map(str, hidden_rows[:10]))}"] if hidden_rows else []
    parts += [f"kolom {', '.join(hidden_columns[:10])}"] if hidden_columns else []
    if parts:
        yield (f"lembar '{sheet}': {' dan '.join(parts)} tersembunyi, jadi tidak dimuat. "
               "Tampilkan lalu kirim lagi bila harus ikut.")
    if empty_formulas:
        yield (f"lembar '{sheet}': rumus di {', '.join(empty_formulas[:10])} belum punya hasil. "
               "Buka di Excel atau LibreOffice, simpan, lalu kirim lagi.")
    if wrong:
        yield (f"lembar '{sheet}': rumus di {', '.join(wrong[:10])} gagal. "
               "Perbaiki rumusnya atau kosongkan selnya.")
