"""Sources that were renamed or withdrawn, as `pindah.yml` tells: what their names mean now."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_args

from simpul.addresses import REGIONS
from simpul.model import Base, Case, Move
from simpul.model.fields import Refers
from simpul.sources.entry import Entry
from simpul.sources.formats import Location
from simpul.sources.schema import kind_of

KIND, CENTRE = "pindah", "curriculum/pindah.yml"
MOVABLE = ("praktik", "adaptasi", "modul", "jalur", "model", "penunjuk", "artikel")
"""Kinds of sources that have a page of their own."""
ENDINGS = {"praktik": ".md", "adaptasi": ".yml"}


class Moved(NamedTuple):
    """A source that is gone: its path, the path of what took its place ("" where it was withdrawn), the entry
    that says so, and of a withdrawn one the ISO date and the reason.
    """

    old: str
    new: str
    source: str
    place: int
    date: str = ""
    reason: str = ""


class Lost(NamedTuple):
    """A field that names a withdrawn source: where, the id, and whether its record is nothing without it."""

    where: Location
    name: str
    moved: Moved
    needed: bool


@dataclass(frozen=True, slots=True)
class Moves:
    """`moved` are the sources that are gone, by path; `lost` the fields that name withdrawn ones, by path."""

    moved: Mapping[str, Moved]
    lost: Mapping[str, tuple[Lost, ...]]

    def lost_by(self, path: str, *where: str | int) -> list[str]:
        """The withdrawn sources that a field names, and the fields below it."""
        return [lost.name for lost in self.lost.get(path, ()) if lost.where[:len(where)] == where]


def source_named(file: str, name: str) -> str:
    """The source that a name in a `pindah.yml` means, "" for none: `praktik/antrean` in a region's folder,
    `modul/surel`, `jalur/asn-baru`, `panduan/jadwal` in the centre's.
    """
    folder, _, stem = name.rpartition("/")
    if file.startswith(REGIONS):
        path = f"{posixpath.dirname(file)}/{name}{ENDINGS[folder]}" if folder in ENDINGS else ""
    elif folder == "modul":
        path = f"curriculum/modul/{stem}/modul.yml"
    else:
        path = f"curriculum/{name}.yml" if folder in ("jalur", "model", "penunjuk") else f"content/{name}.md"
    kind = kind_of(path)
    return path if kind and kind.name in MOVABLE else ""


def entry_of(path: str) -> tuple[str, str]:
    """The `pindah.yml` in which a source is told, and its name there; both "" for one without a page."""
    kind = kind_of(path)
    if kind is None or kind.name not in MOVABLE:
        return "", ""
    if path.startswith(REGIONS):
        home = "/".join(path.split("/")[:3])
        return f"{home}/pindah.yml", posixpath.splitext(path.removeprefix(f"{home}/"))[0]
    name = path.removeprefix("curriculum/").removeprefix("content/").removesuffix("/modul.yml")
    return CENTRE, posixpath.splitext(name)[0]


def listed(entries: Mapping[str, Entry]) -> Iterator[tuple[str, int, Move]]:
    """All lines of all `pindah.yml`, with their source and their place in it."""
    for path, entry in entries.items():
        for place, item in zip(entry.places, entry.items, strict=True):
            if isinstance(item, Move):
                yield path, place, item


def steps_of(entries: Mapping[str, Entry], files: Mapping[str, Entry]) -> dict[str, Moved]:
    """What each line says by itself, by the path of the old source; lines that cannot be taken are left out,
    which rules tell. `entries` are the `pindah.yml`, `files` all sources.
    """
    steps: dict[str, Moved] = {}
    for source, place, item in listed(entries):
        old, new = source_named(source, item.dari), source_named(source, item.ke or "")
        if old and old not in files and (new or item.dicabut) and _same_kind(old, new):
            date = item.dicabut.isoformat() if item.dicabut else ""
            steps.setdefault(old, Moved(old, new, source, place, date, item.alasan or ""))
    return steps


def _same_kind(old: str, new: str) -> bool:
    return not new or kind_of(old) == kind_of(new)


def resolved(steps: Mapping[str, Moved], files: Mapping[str, Entry]) -> dict[str, Moved]:
    """Each step followed to its end: what is there now, or the one that withdrew it. Those that lead nowhere
    or round and round are left out.
    """
    found: dict[str, Moved] = {}
    for old, step in steps.items():
        seen = {old}
        last = step
        while last.new in steps and last.new not in seen:
            seen.add(last.new)
            last = steps[last.new]
        if not last.new:
            found[old] = last._replace(old=old)
        elif last.new in files:
            found[old] = step._replace(new=last.new)
    return found


def follow(entries: Mapping[str, Entry]) -> tuple[Mapping[str, Entry], Moves]:
    """The entries with what they name followed to its present name, and left out where it was withdrawn."""
    told = {path: entry for path, entry in entries.items() if entry.kind == KIND}
    moved = resolved(steps_of(told, entries), entries) if told else {}
    if not moved:
        return entries, Moves({}, {})
    follower = _Follower(moved)
    followed = {path: follower.entry(entry) for path, entry in entries.items() if follower.concerns(entry)}
    return {**entries, **followed}, Moves(moved, follower.lost)


class _Follower:
    """Follows the names in entries, and notes what is lost."""

    def __init__(self, moved: Mapping[str, Moved]) -> None:
        self.names: dict[str, dict[str, tuple[str, Moved]]] = {}
        self.lost: dict[str, tuple[Lost, ...]] = {}
        self.found: list[Lost] = []
        for old, move in moved.items():
            kind = kind_of(old)
            assert kind
            now = kind.identify(move.new) if move.new else ""
            self.names.setdefault(kind.name, {})[kind.identify(old)] = (now, move)

    def concerns(self, entry: Entry) -> bool:
        """Whether an entry may name something that was moved; most cases do not."""
        if entry.case:
            return entry.case.origin in self.names.get("praktik", ()) or \
                any(name in self.names.get("modul", ()) for name in entry.case.modules)
        return bool(entry.items) and bool(_fields(type(entry.items[0])))

    def entry(self, entry: Entry) -> Entry:
        """An entry as it reads now."""
        self.found = []
        if entry.case:
            entry = entry._replace(case=self._case(entry.case))
        elif entry.items and _fields(type(entry.items[0])):
            kind = kind_of(entry.path)
            several = kind is not None and kind.shape in ("list", "rows")
            items = [(place, self._record(item, (place,) if several else ()))
                     for place, item in zip(entry.places, entry.items, strict=True)]
            kept = [(place, item) for place, item in items if item is not None]
            entry = entry._replace(items=tuple(item for _, item in kept), usable=bool(kept),
                                   places=tuple(place for place, _ in kept))
        if entry.kind == "adaptasi":
            entry = entry._replace(name=self._overlay(entry.name))
        if self.found:
            self.lost[entry.path] = tuple(self.found)
        return entry

    def _case(self, case: Case) -> Case:
        modules = [self._name("modul", name, ("modul_terkait", number))
                   for number, name in enumerate(case.modules)]
        return case._replace(origin=self._name("praktik", case.origin, ("replikasi_dari",)),
                             modules=tuple(dict.fromkeys(filter(None, modules))))

    def _overlay(self, name: str) -> str:
        """An overlay is known by its module."""
        code, _, module = name.partition("/")
        return f"{code}/{self.names.get('modul', {}).get(module, (module, None))[0] or module}"

    def _name(self, kind: str, name: str, where: Location, needed: bool = False) -> str:
        now, move = self.names.get(kind, {}).get(name, (name, None))
        if move and not now:
            self.found.append(Lost(where, name, move, needed))
        return now

    def _record(self, record: Base, where: Location) -> Base | None:
        """A record as it reads now; None where it is nothing without what was withdrawn."""
        changed: dict[str, Any] = {}
        for field in _fields(type(record)):
            value = getattr(record, field.name)
            now = self._value(field, value, (*where, field.name))
            if now is None and value is not None and field.needed:
                return None
            if now != value:
                changed[field.name] = now
        return type(record).model_construct(**(dict(record) | changed)) if changed else record

    def _value(self, field: "_Field", value: Any, where: Location) -> Any:
        if isinstance(value, tuple):
            values = [self._value(field._replace(needed=False), part, (*where, number))
                      for number, part in enumerate(value)]
            kept = [part for part in values if part is not None]
            return tuple(dict.fromkeys(kept) if field.refers else kept)
        if isinstance(value, Base):
            return self._record(value, where)
        return self._name(field.refers, value, where, field.needed) or None if value else value


class _Field(NamedTuple):
    """A field that names a source of the kind `refers`, or holds records that do ("")."""

    name: str
    refers: str
    needed: bool


@cache
def _fields(model: type[Base]) -> tuple[_Field, ...]:
    """The fields of a model that may name another source."""
    found = []
    for name, field in model.model_fields.items():
        parts = [*field.metadata, *_parts(field.annotation)]
        refers = next((part.kind for part in parts if isinstance(part, Refers)), "")
        inside = [part for part in parts if isinstance(part, type) and issubclass(part, Base)]
        if refers or any(map(_fields, inside)):
            found.append(_Field(name, refers, field.is_required()))
    return tuple(found)


def _parts(annotation: Any) -> Iterator[Any]:
    """All that a type is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)
