"""Sheets -> what the portal keeps as tables: monitoring, experts, centres, sessions, needs."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simpul import model
from simpul.intake.doors.labels import Place, as_fields, label_of, places, put
from simpul.intake.doors.layout import as_yaml
from simpul.intake.doors.parcel import DoorError, Grid, Paragraph
from simpul.problems import did_you_mean

MOST_ABOVE, FEWEST = 20, 3
PERIOD = re.compile(r"(20\d\d)\s*[-/ ]?\s*(?:(?:s|semester|sem\.?)\s*([12]|i{1,2})|"
                    r"(?:t|tw|triwulan)\s*([1-4]|i{1,3}|iv))\b", re.IGNORECASE)
TURNED = re.compile(r"\b(semester|sem\.?|triwulan|tw)\s*([1-4]|i{1,3}|iv)\b\D{0,12}(20\d\d)", re.IGNORECASE)
YEAR = re.compile(r"(20\d\d)\Z")
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
SUM = re.compile(r"(?:(?:grand|sub)[ -]?)?(?:total|jumlah|rata-rata|rerata)\b.{0,30}", re.IGNORECASE)
ZONE = re.compile(r"\bWI(?:B|TA|T)\b")
NUMBER = {"no", "nomor", "no urut"}
NO_TABLE = DoorError(
    "tabel ini tidak dikenali",
    "Beri judul kolom seperti pada portal, misalnya periode, unit_layanan, layanan, sasaran_asn untuk "
    "pemantauan, atau nama_tampil, instansi, keahlian untuk ahli.")
NO_PERIOD = DoorError("periode tabel pemantauan tidak ditemukan",
                      "Tambahkan kolom 'periode', misalnya 2026-S1.")


class Listed(NamedTuple):
    """A kind of table: its model, its file in a region's folder, how its ids begin, and the fields that tell
    entries apart whose ids are ours.
    """

    model: type[model.Base]
    file: str
    prefix: str
    key: tuple[str, ...]


KINDS = (Listed(model.Report, "pemantauan/{}.csv", "", ("unit_layanan",)),
         Listed(model.Expert, "ahli.yml", "ahli", ("nama_tampil",)),
         Listed(model.Centre, "pusat.yml", "pusat", ("nama",)),
         Listed(model.Session, "jadwal.yml", "s", ("modul", "komponen", "mulai")),
         Listed(model.Need, "kebutuhan.yml", "k", ("tanggal", "kompetensi", "uraian")))


class Listing(NamedTuple):
    """Entries that came in a table: the fields that tell them apart, and the ids that are ours."""

    key: tuple[str, ...]
    numbered: frozenset[str]


class Tables(NamedTuple):
    """The files by their places in the region's folder, what is told, the words that are in none, and what
    tells their entries apart.
    """

    files: dict[str, bytes]
    told: tuple[str, ...]
    lost: tuple[Paragraph, ...]
    listings: dict[str, Listing]


class _Heading(NamedTuple):
    kind: Listed
    row: int
    columns: dict[int, Place]


def make_tables(sent: tuple[str, Sequence[Grid]]) -> Tables:
    """The tables in the sheets of a file; those of one kind, or one period, are one. Raises DoorError."""
    name, grids = sent
    maker = _Maker(name)
    for grid in grids:
        maker.add(grid)
    if not maker.found:
        raise NO_TABLE
    return Tables({path: _written(kind, fields, maker.zone) for path, (kind, fields) in maker.found.items()},
                  tuple(maker.told), tuple(maker.lost),
                  {path: Listing(kind.key, frozenset(maker.numbered.get(path, ())))
                   for path, (kind, _) in maker.found.items()})


class _Maker:
    """Collects the rows of all sheets by the file they belong to."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: dict[str, tuple[Listed, list[dict[str, Any]]]] = {}
        self.told: list[str] = []
        self.lost: list[Paragraph] = []
        self.numbered: dict[str, set[str]] = {}
        self.zone = ""

    def add(self, grid: Grid) -> None:
        """The rows of a sheet. One without known headings is told with its words."""
        place, above = f"lembar {grid.name}", [" ".join(filter(None, cells)) for _, cells in grid.rows]
        heading = _heading(grid)
        if heading is None:
            self.lost += [Paragraph(place, text) for text in above]
            return
        titles = [*above[:heading.row], grid.name, self.name]
        self.zone = self.zone or next((match[0] for match in map(ZONE.search, titles) if match), "")
        self.lost += [Paragraph(place, " ".join(dict.fromkeys(filter(None, cells))))
                      for _, cells in grid.rows[:heading.row]]
        unknown = self._unknown(heading, grid.rows[heading.row][1])
        for _, cells in grid.rows[heading.row + 1:]:
            first = next(filter(None, cells), "")
            if SUM.fullmatch(first):
                self.lost.append(Paragraph(place, " ".join(filter(None, cells))))
            elif fields := self._fields(heading, cells):
                self._put(heading.kind, fields, titles)
                self.lost += [Paragraph(f"{place}, kolom {title}", cells[column])
                              for column, title in unknown.items() if column < len(cells) and cells[column]]

    def _unknown(self, heading: _Heading, titles: Sequence[str]) -> dict[int, str]:
        """The columns that are no field and may be told; private ones are named, never quoted."""
        kept: dict[int, str] = {}
        known = places(heading.kind.model)
        for column, title in enumerate(titles):
            label = label_of(title)
            if not label or column in heading.columns or label in NUMBER:
                continue
            words = set(label.split())
            why = next((why for key, why in heading.kind.model.refused.items() if key in words), "")
            near = did_you_mean(label, known)
            self.told.append(f"{self.name}: kolom '{title}' tidak dimuat. {why or near}".rstrip())
            if not why:
                kept[column] = title
        return kept

    @staticmethod
    def _fields(heading: _Heading, cells: Sequence[str]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for column, place in heading.columns.items():
            if column < len(cells) and cells[column]:
                put(fields, heading.kind.model, place, cells[column])
        return fields

    def _put(self, kind: Listed, fields: dict[str, Any], titles: Sequence[str]) -> None:
        if kind.model is model.Report:
            fields["periode"] = _period([str(fields.get("periode") or ""), *titles])
            path = kind.file.format(fields["periode"])
        else:
            path = kind.file
        rows = self.found.setdefault(path, (kind, []))[1]
        if kind.prefix and "id" not in fields:
            fields["id"] = f"{kind.prefix}-{len(rows) + 1}"
            self.numbered.setdefault(path, set()).add(fields["id"])
        rows.append(as_fields(fields, kind.model))


def _heading(grid: Grid) -> _Heading | None:
    """The row that names most fields of a kind, with three at least."""
    best: _Heading | None = None
    for kind in KINDS:
        known = places(kind.model)
        for number, (_, cells) in enumerate(grid.rows[:MOST_ABOVE]):
            columns: dict[int, Place] = {}
            for column, cell in enumerate(cells):
                place = known.get(label_of(cell))
                if place and place not in columns.values():
                    columns[column] = place
            if len(columns) >= FEWEST and (best is None or len(columns) > len(best.columns)):
                best = _Heading(kind, number, columns)
    return best


def _period(texts: Sequence[str]) -> str:
    """The first period that is told, as `2026-S1`."""
    for text in texts:
        if match := PERIOD.search(text):
            part = (match[2] or match[3]).casefold()
            return f"{match[1]}-{'S' if match[2] else 'T'}{ROMAN.get(part, part)}"
        if match := TURNED.search(text):
            part = match[2].casefold()
            return f"{match[3]}-{'S' if match[1].casefold().startswith('s') else 'T'}{ROMAN.get(part, part)}"
        if match := YEAR.match(text.strip()):
            return match[1]
    raise NO_PERIOD


def _written(kind: Listed, rows: list[dict[str, Any]], zone: str) -> bytes:
    """The file of a kind."""
    if kind.model is model.Report:
        return _csv(rows)
    value: Mapping[str, Any] | list[Any] = rows
    if kind.model is model.Session:
        value = ({"zona": zone} if zone else {}) | {"sesi": rows}
    return ("\n".join(as_yaml(value)) + "\n").encode()


def _csv(rows: list[dict[str, Any]]) -> bytes:
    names = [name for name in model.Report.model_fields if any(name in row for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue().encode()
