"""What a form wrote -> added to the file that is there already: its comments, order and others' entries stay.

Lines are added or exchanged as text, and the result is read again: it must hold what was there and what came,
nothing else.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from simpul.intake.doors.tables import Listing
from simpul.sources.formats import Location, Record, Unreadable, Value, decode, read_yaml
from simpul.sources.schema import Kind, kind_of
from simpul.sources.tables import SEPARATORS, decode_table, read_csv

ADDRESS = re.compile(r"\A\ufeff?(?:---\n)?\"?# berkas: (content/daerah/[^\s\",;]+)[\",; \t]*\n")
"""The line that a form writes first, as a spreadsheet keeps it too: where its file belongs."""
MERGED = ("fields", "list", "rows")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ()._-]*")


class CannotMergeError(Exception):
    """Why a file is not added to another, and what to do."""


class Edit(NamedTuple):
    """Lines that are exchanged for others: from `start` up to before `end`, counted from 0."""

    start: int
    end: int
    lines: list[str]


def address_of(data: bytes) -> str:
    """Where a file belongs that a form wrote for a list, a table or a profile; "" for any other."""
    try:
        told = ADDRESS.match(data[:4096].decode("utf-8", "ignore").replace("\r\n", "\n"))
    except ValueError:
        return ""
    kind = kind_of(told[1]) if told else None
    return told[1] if told and kind and kind.shape in MERGED else ""


def is_addressed(text: str) -> bool:
    """Whether a form wrote into a text where it belongs."""
    return bool(ADDRESS.match(text))


def without_address(text: str) -> str:
    """The text without the line that tells where it belongs."""
    told = ADDRESS.match(text)
    if not told:
        return text
    return ("---\n" if "---\n" in told[0] else "") + text[told.end():]


def read_sent(data: bytes, path: str) -> str:
    """The text of a file that a form wrote. Raises Unreadable."""
    kind = kind_of(path)
    text = decode_table(data) if kind and kind.shape == "rows" else decode(data)
    return without_address(text)


def merge(path: str, there: bytes, sent: bytes, *, replace: bool) -> bytes:
    """The file at `path` with what was sent. Entries of the same name that differ are exchanged when
    `replace` says so. Raises CannotMergeError.
    """
    kind = kind_of(path)
    assert kind
    try:
        old = decode_table(there) if kind.shape == "rows" else decode(there)
        made = _MERGERS[kind.shape](path, old, sent.decode(), replace)
    except Unreadable as problem:
        raise CannotMergeError(f"{path} belum terbaca, baris {problem.line}: {problem.message}. "
                               "Perbaiki dulu, lalu terima lagi.") from None
    return there if made == old else made.encode()


def numbered(path: str, there: bytes, sent: bytes, listing: Listing) -> tuple[bytes, list[str]]:
    """What came in a table, with ids of ours as the file has them for the same entries, or free there; and
    the entries of the file that the table lacks, as people know them. Raises Unreadable.
    """
    if not path.endswith(".yml"):
        rows = [*_rows(read_csv(path, decode_table(sent)))]
        keys = set(map(_key, rows))
        return sent, [str(row.get("unit_layanan")) for row in _rows(read_csv(path, decode_table(there)))
                      if _key(row) not in keys]
    text = decode(sent)
    home = ("sesi",) if path.endswith("/jadwal.yml") else ()
    before = _Entries(read_yaml(path, decode(there)), "", home)
    old = [item for item in before.values if isinstance(item, dict)]
    new = _Entries(read_yaml(path, text), text, home)
    names = {_looks(item, listing): str(item.get("id")) for item in reversed(old)}
    taken = {str(item.get("id")) for item in old} | {item["id"] for item in new.values} - listing.numbered
    kept: set[str] = set()
    for place, item in enumerate(new.values):
        name = item["id"]
        if name in listing.numbered:
            name = names.pop(_looks(item, listing), "") or _free(name, taken)
            line = new.record.lines[(*home, place, "id")] - 1
            new.rows[line] = new.rows[line].replace(f"id: {item['id']}", f"id: {name}")
        taken.add(name)
        kept.add(name)
    return "\n".join(new.rows).encode(), [
        f"{item.get('id')} ({', '.join(str(item.get(key) or '-') for key in listing.key)})"
        for item in old if item.get("id") not in kept]


def _looks(item: Mapping[str, Any], listing: Listing) -> tuple[str, ...]:
    return tuple(" ".join(str(item.get(key) or "").casefold().split()) for key in listing.key)


def _free(name: str, taken: Set[str]) -> str:
    prefix, number = name.rpartition("-")[0], 1
    while f"{prefix}-{number}" in taken:
        number += 1
    return f"{prefix}-{number}"


def _refuse(path: str, name: str) -> CannotMergeError:
    return CannotMergeError(f"{path} sudah memuat {name} yang isinya lain. Pakai --replace bila kiriman ini "
                            "perbaikannya; bila bukan, minta pengirim memberi nama pendek lain.")


def _finished(path: str, text: str, expected: Value, sent: str) -> str:
    """The text, if it says just what it should."""
    try:
        good = read_yaml(path, text).value == expected
    except Unreadable:
        good = False
    if not good:
        raise CannotMergeError(f"susunan {path} tidak dapat diubah dengan pasti. "
                               f"Tambahkan sendiri isi ini:\n{sent}")
    return text


# Lists of entries, and files of fields that may hold such lists

def _merge_list(path: str, old: str, sent: str, replace: bool) -> str:
    before, new = read_yaml(path, old), read_yaml(path, sent)
    items = _Entries(before, old, ())
    value, edits = _added(path, items, _Entries(new, sent, ()), replace)
    return _finished(path, _edited(old, edits), value, sent)


def _merge_fields(path: str, old: str, sent: str, replace: bool) -> str:
    before, new = read_yaml(path, old), read_yaml(path, sent)
    held = dict(before.value) if isinstance(before.value, dict) else {}
    edits: list[Edit] = []
    for key, value in (new.value.items() if isinstance(new.value, dict) else ()):
        mine = _Entries(new, sent, (key,))
        if held.get(key) is None and key not in held:
            held[key] = value
            edits.append(_at_the_end(old, mine.block((key,))))
        elif isinstance(value, list) and isinstance(held[key], list):
            held[key], more = _added(path, _Entries(before, old, (key,)), mine, replace)
            edits += more
        elif held[key] != value:
            if not replace:
                raise _refuse(path, f"'{key}'")
            held[key] = value
            edits.append(Edit(*_Entries(before, old, (key,)).span((key,)), mine.block((key,))))
    return _finished(path, _edited(old, edits), held, sent)


class _Entries:
    """The entries of a list in a file: their values and lines. `home` is where the list stands in it."""

    def __init__(self, record: Record, text: str, home: Location) -> None:
        self.record, self.home = record, home
        self.rows = text.split("\n")
        value: Any = record.value
        for part in home:
            value = value.get(part) if isinstance(value, dict) else None
        self.values: list[Any] = value if isinstance(value, list) else []

    def span(self, place: Location) -> tuple[int, int]:
        """The lines of an entry; notes above the next one belong to that."""
        start = self.record.lines[place] - 1
        others = (line - 1 for other, line in self.record.lines.items() if 0 < len(other) <= len(place))
        end = min((line for line in others if line > start), default=len(self.rows))
        while end > start + 1 and (not self.rows[end - 1].strip() or self.rows[end - 1].lstrip()[0] == "#"):
            end -= 1
        return start, end

    def block(self, place: Location) -> list[str]:
        """The lines of an entry as they stand."""
        start, end = self.span(place)
        return self.rows[start:end]

    @property
    def inside(self) -> bool:
        """Whether the entries stand in brackets on the line of their key."""
        return bool(self.home) and any(self.record.lines.get((*self.home, number)) ==
                                       self.record.lines[self.home] for number in range(len(self.values)))

    def indent(self) -> str:
        """What stands before the hyphen of the first entry."""
        row = self.rows[self.record.lines[(*self.home, 0)] - 1] if self.values else "  " if self.home else ""
        return row[:len(row) - len(row.lstrip())]


def _added(path: str, old: _Entries, new: _Entries, replace: bool) -> tuple[list[Any], list[Edit]]:
    """A list with what is new of another, and the lines that change."""
    values, edits, more = list(old.values), list[Edit](), list[str]()
    for number, item in enumerate(new.values):
        twin = _twin(item, old.values)
        lines = _indented(new.block((*new.home, number)), old.indent())
        if item in old.values:
            continue
        if twin < 0:
            values.append(item)
            more += lines
        elif not replace:
            raise _refuse(path, f"'{item['id']}'")
        else:
            kept = {key: value for key, value in old.values[twin].items() if key not in item}
            values[twin] = {**item, **kept}
            edits.append(Edit(*old.span((*old.home, twin)), _with(lines, item, kept)))
    if old.inside and (more or edits):
        return values, [_unfolded(old, values)]
    if more:
        last = old.span((*old.home, len(old.values) - 1))[1] if old.values else None
        edits.append(Edit(last, last, more) if last is not None else _at_the_end("\n".join(old.rows), more))
    return values, edits


def _twin(item: Any, others: Sequence[Any]) -> int:
    """The place of the entry of the same id, -1 for none."""
    name = item.get("id") if isinstance(item, dict) else None
    return next((place for place, other in enumerate(others)
                 if name and isinstance(other, dict) and other.get("id") == name), -1)


def _with(lines: list[str], item: Mapping[str, Any], kept: Mapping[str, Any]) -> list[str]:
    """The lines of an entry, with what the one before had and this one has not, such as an answer."""
    if not kept:
        return lines
    first = lines[0]
    indent = first[:len(first) - len(first.lstrip())]
    if "{" in first.partition("- ")[2][:2]:
        return [f"{indent}- {_flow({**item, **kept})}"]
    return [*lines, *(f"{indent}  {key}: {_flow(value)}" for key, value in kept.items())]


def _unfolded(entries: _Entries, values: Sequence[Any]) -> Edit:
    """A list in brackets, one entry a line."""
    key = str(entries.home[-1])
    return Edit(*entries.span(entries.home), [f"{key}:", *(f"  - {_flow(value)}" for value in values)])


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key}: {_flow(item)}' for key, item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if value is None:
        return "null"
    return str(value) if PLAIN.fullmatch(str(value)) and value != "null" else \
        json.dumps(value, ensure_ascii=False)


def _indented(lines: Sequence[str], indent: str) -> list[str]:
    own = len(lines[0]) - len(lines[0].lstrip())
    return [f"{indent}{line[own:]}" if line.strip() else line for line in lines]


def _at_the_end(text: str, lines: list[str]) -> Edit:
    rows = text.rstrip("\n").split("\n") if text.strip() else []
    return Edit(len(rows), len(rows), lines)


def _edited(text: str, edits: Sequence[Edit]) -> str:
    rows = text.rstrip("\n").split("\n") if text.strip() else []
    for _, edit in sorted(enumerate(edits), key=lambda item: (item[1].start, item[0]), reverse=True):
        rows[edit.start:edit.end] = edit.lines
    return "\n".join(rows) + "\n"


# Tables

def _merge_rows(path: str, old: str, sent: str, replace: bool) -> str:
    before, new = read_csv(path, old), read_csv(path, sent)
    values = [dict(row) for row in _rows(before)]
    keys = [_key(row) for row in values]
    changed, more = list[int](), list[Mapping[str, Value]]()
    for row in _rows(new):
        filled = {key: cell for key, cell in row.items() if cell is not None}
        twin = keys.index(_key(row)) if _key(row) in keys else -1
        if twin < 0:
            more.append(filled)
        elif {**values[twin], **filled} != values[twin]:
            if not replace:
                raise _refuse(path, f"baris '{row['unit_layanan']}'")
            values[twin] |= filled
            changed.append(twin)
    if not (changed or more):
        return old
    expected = [*values, *more]
    for separator in SEPARATORS:
        text = _tabled(old, before, expected, changed, separator)
        if _says(path, text, expected, len(before.problems)):
            return text
    raise CannotMergeError(f"susunan {path} tidak dapat diubah dengan pasti. "
                           f"Tambahkan sendiri isi ini:\n{sent}")


def _rows(record: Record) -> Iterator[Mapping[str, Value]]:
    yield from (row for row in record.value or () if isinstance(row, dict))


def _key(row: Mapping[str, Value]) -> tuple[str, str]:
    return str(row.get("periode")), str(row.get("unit_layanan")).casefold()


def _tabled(old: str, record: Record, expected: Sequence[Mapping[str, Value]], changed: Sequence[int],
            separator: str) -> str:
    """The table with its rows, changed ones in their places, as if this were its separator."""
    rows, head = old.rstrip("\n").split("\n"), record.lines[()] - 1
    heading = next(csv.reader([rows[head]], delimiter=separator))
    names = [re.sub(r"[\W_]+", "_", cell.casefold()).strip("_") for cell in heading]
    missing = [key for key in dict.fromkeys(key for row in expected for key in row) if key not in names]
    rows[head] += "".join(f"{separator}{key}" for key in missing)
    known = len([*_rows(record)])
    for place in changed:
        rows[record.lines[(place,)] - 1] = _row(expected[place], [*names, *missing], separator)
    return "\n".join([*rows, *(_row(row, [*names, *missing], separator) for row in expected[known:])]) + "\n"


def _row(row: Mapping[str, Value], names: Sequence[str], separator: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator="").writerow([row.get(name) or "" for name in names])
    return line.getvalue()


def _says(path: str, text: str, expected: Sequence[Mapping[str, Value]], told: int) -> bool:
    try:
        record = read_csv(path, text)
    except Unreadable:
        return False
    found, wanted = ([{key: cell for key, cell in row.items() if cell} for row in rows]
                     for rows in (_rows(record), expected))
    return len(record.problems) <= told and found == wanted


_MERGERS = {"list": _merge_list, "fields": _merge_fields, "rows": _merge_rows}


def is_merged(path: str) -> bool:
    """Whether a file of this place is added to rather than exchanged."""
    kind: Kind | None = kind_of(path)
    return bool(kind and kind.shape in MERGED)
