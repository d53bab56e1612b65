"""What readers see of a file: values with their escapes read and on one line, Markdown without its marks."""

from collections.abc import Iterator

from simpul import markdown
from simpul.problems import Problem, error
from simpul.sources.formats import CONTROL, HIDDEN, Location, Record, Value

Seen = tuple[int, Location, str]
"""A line, the location of the field, () for the text below the fields, and what is read there."""


def seen(record: Record) -> Iterator[Seen]:
    """All of it, in pieces."""
    yield from _values(record, record.value, ())
    for line, rows in markdown.read_aloud(record.body, record.body_line):
        yield from ((line + number, (), row) for number, row in enumerate(rows))
        yield line, (), " ".join(rows)


def _values(record: Record, value: Value, location: Location) -> Iterator[Seen]:
    if isinstance(value, str):
        yield record.line(location), location, value
    elif value is not None:
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in parts:
            yield from _values(record, part, (*location, key))


def check_letters(record: Record) -> Iterator[Problem]:
    """No entity of Markdown stands for a control letter, as none may be written."""
    if "&" in record.body:
        blocks = markdown.read_aloud(record.body, record.body_line)
        for line in sorted({line + number for line, rows in blocks for number, row in enumerate(rows)
                            if CONTROL.search(row)}):
            yield error(record.path, line, "huruf-kendali", HIDDEN, "Hapus penanda berawalan & di baris ini.")
