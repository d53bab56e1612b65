"""Values that YAML takes for something else than the words that are written: cut at a `#`, begun with a sign,
changed by a backslash. Each is told with its line as it should be.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml

from simpul.problems import Problem, error

Place = tuple[str | int, ...]
Spot = tuple[int, int]
"""A row and a column, from 0."""
END = (1 << 31, 0)
SIGNS = "%@`,]}|>[{\"'-?*&!"
"""Letters that mean something at the beginning of a value."""
VALUE = re.compile(r"\s*(?:- +)*(?P<key>[\w-]+): +(?P<value>\S.*?)\s*\Z")
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
PLAIN_ESCAPES = frozenset('"\\/ntu\n')
DRIVE = re.compile(r":\\\w")
LONGEST = 90
TWICE = r"Tulis garis miringnya dua kali (\\), atau apit isinya dengan tanda petik tunggal."
ABOVE = "Apit seluruh isi dengan tanda petik, atau pindahkan baris itu ke atas kuncinya."
NOTE = "Bila itu hanya catatan, pindahkan ke baris sendiri yang diawali #."
APART = "Apit isinya bersama tanda # dengan tanda petik, atau hapus."
SIGN = re.compile(r"[^\w\s/]#|\S[ \t]+#[^ \t\n]")
"""Found where any `#` is written as if it were part of a value."""


class Cut(NamedTuple):
    """A value with a `#` behind it: the value with what follows, and the problem if that could be meant."""

    whole: str
    problem: Problem


class Cuts:
    """Looks at each value of a text for words that YAML leaves out. Most texts hold no mark that could."""

    def __init__(self, path: str, text: str, offset: int) -> None:
        self.path, self.text, self.offset = path, text, offset
        self.comments = " #" in text or "\t#" in text
        self.escapes = "\\" in text
        self.signs = "#" in text and bool(SIGN.search(text))
        self.needed = self.comments or self.escapes or self.signs
        self.found: dict[Place, Cut] = {}
        self.problems: list[Problem] = []
        self._rows: list[str] = []
        self._spans: list[tuple[Spot, Spot]] = []

    def take(self, event: yaml.ScalarEvent) -> None:
        """Notes where a key or a value stands."""
        start, end = event.start_mark, event.end_mark
        if self.signs and start and end:
            block = event.style in ("|", ">")  # whose first row may hold a comment
            self._spans.append(((start.line + 1, 0) if block else (start.line, start.column),
                                (end.line, end.column)))

    def finish(self) -> None:
        """Tells of each `#` that stands in no key or value, though it is written as if it did."""
        told = {problem.line for problem in (*self.problems, *(cut.problem for cut in self.found.values()))}
        spans = iter([*self._spans, (END, END)])
        start, end = next(spans)
        for number, row in enumerate(self.text.split("\n") if self.signs else ()):
            for sign in re.finditer("#", row):
                place = (number, sign.start())
                while end <= place:
                    start, end = next(spans)
                if place < start:  # the rest of the row is a comment
                    if number + 1 + self.offset not in told and not _is_note(row, place[1]):
                        self._tell(number, f"'{row[place[1]:][:LONGEST]}' tidak terbaca", APART)
                    break

    def look(self, event: yaml.ScalarEvent, location: Place, column: int) -> None:
        """Notes what is wrong with a value; `column` is that of its key, -1 for one that has none."""
        self._rows = self._rows or self.text.split("\n")
        key = next((part for part in reversed(location) if isinstance(part, str)), "")
        if event.implicit[0] and self.comments:
            self._comment(event, location, key, column)
        elif self.escapes and event.style == '"':
            self._backslash(event, key)

    def _comment(self, event: yaml.ScalarEvent, location: Place, key: str, column: int) -> None:
        end = event.end_mark
        assert end is not None
        row = self._rows[end.line] if end.line < len(self._rows) else ""
        rest = row[end.column:].strip()
        if rest.startswith("#") and not event.value:
            self._tell(end.line, f"tanda # memotong isi '{key}'",
                       f"{quoted(key if column >= 0 else '', rest)} {NOTE}")
        elif rest.startswith("#"):
            whole = f"{event.value} {rest}".strip()
            hint = f"{quoted(key if column >= 0 else '', whole)} {NOTE}"
            self._cut(location, whole, end.line, f"tanda # memotong isi '{key}'", hint)
        elif event.value and column >= 0 and (below := self._comment_within(end.line + 1, column)):
            self._cut(location, f"{event.value} {self._rows[below].strip()}", below,
                      f"baris berawalan # di tengah isi '{key}' tidak terbaca", ABOVE)

    def _comment_within(self, start: int, column: int) -> int:
        """The row of a `#` that stands where the value would go on, 0 for none."""
        for number in range(start, len(self._rows)):
            row = self._rows[number]
            if words := row.lstrip():
                return number if words.startswith("#") and len(row) - len(words) > column else 0
        return 0

    def _backslash(self, event: yaml.ScalarEvent, key: str) -> None:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        rows = self._rows[start.line:end.line + 1]
        written = "\n".join([*rows[:-1], rows[-1][:end.column]])[start.column:]
        if DRIVE.search(written) or {found[1] for found in ESCAPE.finditer(written)} - PLAIN_ESCAPES:
            self.problems.append(error(self.path, start.line + 1 + self.offset, "yaml-garis-miring",
                                       f"garis miring terbalik mengubah isi '{key}'", TWICE))

    def _cut(self, location: Place, whole: str, row: int, message: str, hint: str) -> None:
        self._tell(row, message, hint)
        self.found[location] = Cut(whole, self.problems.pop())

    def _tell(self, row: int, message: str, hint: str) -> None:
        self.problems.append(error(self.path, row + 1 + self.offset, "yaml-terpotong", message, hint))


def _is_note(row: str, column: int) -> bool:
    """Whether a comment stands on a row of its own, or between blanks."""
    before = row[:column]
    return not before.strip() or (before[-1].isspace() and row[column + 1:column + 2] in " \t#")


def quoted(key: str, value: str) -> str:
    """The remedy: the line as it should be, or how to make it when it is long."""
    line = f"{key}: {json.dumps(value, ensure_ascii=False)}"
    short = key and len(line) <= LONGEST
    return f"Apit seluruh isi dengan tanda petik: {line}." if short else \
        "Apit seluruh isi dengan tanda petik."


def sign_of(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is wrong, and the remedy, where a value that cannot be read begins with a sign of YAML's own."""
    for row in rows:
        found = VALUE.match(row)
        if found and found["value"][0] in SIGNS and not _whole(found["value"]):
            sign, value = found["value"][0], found["value"]
            if sign in "\"'":
                yield (f"tanda petik di dalam isi '{found['key']}' menutupnya terlalu awal",
                       quoted(found["key"], value.replace(sign, "") if value.count(sign) % 2 == 0 else
                              value[1:].removesuffix(sign)))
            else:
                yield (f"isi '{found['key']}' diawali tanda {sign} yang di sini berarti lain",
                       quoted(found["key"], value))


def _whole(value: str) -> bool:
    """Whether quotes, brackets or a block are as they should be: then the mistake is elsewhere."""
    first = value[0]
    closing = {"[": "]", "{": "}", '"': '"', "'": "'"}.get(first)
    if first == closing:
        return value.endswith(first) and value.count(first) == 2
    if closing:
        balanced = value.endswith(closing) and value.count(first) == value.count(closing)
        return balanced or closing not in value
    return bool(re.fullmatch(r"[|>][-+0-9]*", value))
