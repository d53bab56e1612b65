"""The text of a case, however it was written -> its fields and its sections, in the portal's own form."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from simpul.intake.doors.labels import Place, as_fields, label_of, places, put
from simpul.intake.doors.layout import as_yaml
from simpul.model import Practice, Result
from simpul.problems import did_you_mean
from simpul.sources.rules import SECTIONS

LABELS = places(Practice)
TITLES = {label_of(title): title for title in SECTIONS} | {
    "rancang bangun dan pokok perubahan": "Rancang bangun", "rancang bangun inovasi": "Rancang bangun",
    "latar belakang masalah": "Masalah", "permasalahan": "Masalah", "hasil inovasi": "Hasil",
    "pembelajaran": "Pelajaran", "langkah replikasi praktik": "Langkah replikasi"}
LINE = re.compile(r"\s*(?:[-*+•]\s+|\d+\\?[.)]\s+|[a-z]\\?[.)]\s+)?[*_]{0,3}([^\W\d][^:|*]{0,60}?)[*_\s]*:"
                  r"[*_]*(?:\s+(.*)|\Z)", re.IGNORECASE)
HEADING = re.compile(r"(#{1,6})\s+(.*?)[\s#]*\Z")
BOLD_LINE = re.compile(r"\s*(?:[-+•]\s+)?[*_]*(?:[a-z0-9ivx]{1,4}\\?[.)]\s*)?[*_]*([^*_|#]{4,60}?)[*_:\s]*\Z",
                       re.IGNORECASE)
ROW = re.compile(r"\s*\|.*\|\s*\Z")
RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*\Z")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~=&])")
FENCE = re.compile(r" {0,3}(```|~~~)")
LONGEST_LABEL = 6
FEWEST = 2


class Written(NamedTuple):
    """A case as it was written: its fields, its text, the words that went into the fields, what is told."""

    fields: dict[str, Any]
    body: str
    taken: tuple[str, ...]
    told: tuple[str, ...]


def read_case(text: str) -> Written | None:
    """The case in a text; None where there is none, such as in a note that goes with an attachment."""
    lines = text.split("\n")
    start = _start(lines)
    if start is None:
        return None
    reader = _Reader()
    rest = reader.data(lines, start)
    body = _sections(reader.body + lines[rest:])
    reader.title_from(lines[:start])
    known = len(reader.fields) + len(re.findall(r"^## ", body, re.MULTILINE))
    if known < FEWEST:
        return None
    return Written(as_fields(reader.fields, Practice), body, tuple(reader.taken), tuple(reader.told))


def as_file(fields: dict[str, Any], body: str) -> str:
    """A case in the form of the portal."""
    return "\n".join(["---", *as_yaml(fields), "---", "", body.strip("\n"), ""])


def _start(lines: list[str]) -> int | None:
    """The first line that belongs to a case: a field, a row of a table with one, a section."""
    return next((number for number, line in enumerate(lines)
                 if _known(line) or _row_label(line) in LABELS or _section(line)), None)


def _known(line: str) -> Place | None:
    match = LINE.match(line)
    return LABELS.get(label_of(match[1])) if match and not ROW.match(line) else None


def _section(line: str) -> str:
    """The section that a line begins, as a heading, or as people without headings mark it."""
    match = HEADING.match(line) or BOLD_LINE.match(line)
    return TITLES.get(label_of(plain(match[match.lastindex or 1])), "") if match else ""


def plain(text: str) -> str:
    """Text without marks of Markdown."""
    return ESCAPED.sub(r"\1", re.sub(r"\*\*|__", "", text)).strip()


def cells(line: str) -> list[str]:
    """The cells of a row that hold something, without the colons and numbers that forms put there."""
    found = [plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
    found = [cell.removeprefix(": ").strip() for cell in found if cell not in ("", ":")]
    return found[1:] if len(found) > 2 and re.fullmatch(r"\d+\.?", found[0]) else found


def _row_label(line: str) -> str:
    found = cells(line) if ROW.match(line) and not RULE.match(line) else []
    return label_of(found[0]) if found and len(found) <= 3 else ""


class _Reader:
    """Reads what stands before the sections."""

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.body: list[str] = []
        self.taken: list[str] = []
        self.told: list[str] = []

    def data(self, lines: list[str], number: int) -> int:
        """Takes in fields from this line on; returns the line at which the text begins."""
        while number < len(lines):
            line = lines[number]
            if ROW.match(line):
                end = next((n for n in range(number, len(lines)) if not ROW.match(lines[n])), len(lines))
                if not self._table(lines[number:end]):
                    return number
                number = end
            elif _section(line) or HEADING.match(line):
                return number
            elif match := self._label(line):
                end = self._end_of_value(lines, number + 1)
                value = " ".join([match[2] or "", *map(str.strip, lines[number + 1:end])]).strip()
                if title := TITLES.get(label_of(match[1])):
                    self.body += [f"## {title}", "", value, ""]
                    return end
                self._take(plain(match[1]), plain(value))
                number = end
            elif line.strip():
                return number
            else:
                number += 1
        return number

    @staticmethod
    def _label(line: str) -> re.Match[str] | None:
        match = LINE.match(line)
        fits = match and (label_of(match[1]) in LABELS | TITLES or
                          (match[1][0].isupper() and len(match[1].split()) <= LONGEST_LABEL))
        return match if fits else None

    def _end_of_value(self, lines: list[str], number: int) -> int:
        """Mail programs break long lines: a value goes on until an empty line or another label."""
        while number < len(lines) and lines[number].strip() and not ROW.match(lines[number]) and \
                not self._label(lines[number]) and not _section(lines[number]) and \
                not HEADING.match(lines[number]):
            number += 1
        return number

    def _table(self, rows: list[str]) -> bool:
        """A table of fields, or one of results. False for any other: the text begins with it."""
        if results := _results(rows):
            self.fields.setdefault("hasil", results)
            self.taken += rows
            return True
        found = [cells(row) for row in rows if not RULE.match(row)]
        if not any(cell and label_of(cell[0]) in LABELS | TITLES for cell in found):
            return False
        for cell in found:
            if cell and (title := TITLES.get(label_of(cell[0]))) and len(cell) > 1:
                self.taken.append(cell[0])
                self.body += [f"## {title}", "", *cell[1:], ""]
            elif cell:
                self._take(cell[0], "  ".join(cell[1:]))
        return True

    def _take(self, label: str, value: str) -> None:
        place = LABELS.get(label_of(label))
        if place is None:
            near = did_you_mean(label_of(label), LABELS)
            if near and value:
                self.told.append(f"isian '{label}' tidak dikenal. {near}")
        elif value and not put(self.fields, Practice, place, value):
            self.told.append(f"isian '{label}' tertulis dua kali; yang kedua tidak dimuat.")
        else:
            self.taken += [label, value]

    def title_from(self, before: list[str]) -> None:
        """A heading above the fields is the title, where no field says it."""
        heading = next((match for match in map(HEADING.match, before) if match), None)
        if heading and "judul" not in self.fields:
            self.fields["judul"] = plain(heading[2])


def _results(rows: list[str]) -> list[dict[str, Any]]:
    """A table with columns such as Indikator, Satuan, Sebelum, Sesudah."""
    names = [label_of(plain(cell)) for cell in re.split(r"(?<!\\)\|", rows[0].strip().strip("|"))]
    known = places(Result)
    if not {"indikator", "sebelum", "sesudah"} <= set(names):
        return []
    found: list[dict[str, Any]] = []
    for row in rows[1:]:
        fields: dict[str, Any] = {}
        values = [plain(cell) for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
        for name, value in zip(names, values, strict=False):
            if value and name in known:
                put(fields, Result, known[name], value)
        if fields and not RULE.match(row):
            found.append(as_fields(fields, Result))
    return found


def _sections(lines: list[str]) -> str:
    """The text with the five sections as headings of the second level, and others below the first."""
    fenced, shift = False, 0
    told: list[str] = []
    marked = {_section(line) for line in lines}
    for line in lines:
        if FENCE.match(line):
            fenced = not fenced
        if fenced:
            told.append(line)
            continue
        heading = HEADING.match(line)
        if title := _section(line):
            shift = max(0, 2 - len(heading[1])) if heading else 0
            told += ["", f"## {title}", ""] if not heading else [f"## {title}"]
        elif (inline := _inline(line)) and inline[0] not in marked:
            told += ["", f"## {inline[0]}", "", inline[1]]
        elif heading:
            level = min(6, max(2, len(heading[1]) + shift))
            told.append(f"{'#' * level} {heading[2]}")
        else:
            told.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_spaced(told))).strip() + "\n"


def _inline(line: str) -> tuple[str, str] | None:
    """`Hasil: waktu tunggu turun` as a section and its text."""
    match = LINE.match(line)
    title = TITLES.get(label_of(plain(match[1]))) if match else None
    return (title, match[2]) if match and title and match[2] else None


def _spaced(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("#"):
            yield from ("", line, "")
        else:
            yield line
