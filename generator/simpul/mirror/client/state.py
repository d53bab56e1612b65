"""What a copy remembers in its private folder. Everything is synced before it counts, and may be lost without
harm to trust: the highest versions ever seen are kept twice, apart from the metadata they came from."""

from __future__ import annotations

import json
import re
import time
from typing import Any, NamedTuple

from .disk import Disk, read_note, store
from .errors import Untrusted
from .manifest import MAX_BYTES, NAME, Manifest
from .manifest import decode as decode_manifest
from .tree import PRIVATE, Tree, decode, encode, sha256

STATE, JOURNAL, LOCK = f"{PRIVATE}/keadaan.json", f"{PRIVATE}/jurnal.json", f"{PRIVATE}/kunci"
METADATA, OBJECTS, LISTS = f"{PRIVATE}/metadata", f"{PRIVATE}/objek", f"{PRIVATE}/daftar"
SEEN = (f"{PRIVATE}/terlihat-1.json", f"{PRIVATE}/terlihat-2.json")
REDO, UPLOADED = f"{PRIVATE}/ulang", f"{PRIVATE}/terunggah"
FORGOTTEN = f"{PRIVATE}/dilupakan"
STATUS = "status.json"
MAX_NOTE, MAX_LIST = 2**20, 2**25  # bytes
FINDINGS = ("utuh", "dilihat", "dihitung", "diperbaiki", "rusak", "asing", "berkas_asing")
_HASH, _DATE = re.compile("[0-9a-f]{64}"), re.compile(r"\d{4}-\d\d-\d\d")
_PACK = re.compile(r"(objek|ulang)/[0-9a-f]{64}\.xz")


class Seen(NamedTuple):
    """The highest release ever verified and versions of metadata; 0 before the first. No date: one typed
    wrong at the centre would make all that follows look too old.
    """

    release: int = 0
    root: int = 0
    timestamp: int = 0
    snapshot: int = 0
    targets: int = 0


class State(NamedTuple):
    """The finished release of this copy; 0 before the first."""

    release: int = 0
    date: str = ""
    promise: int = 0
    origin: str = ""
    tree: str = ""
    files: int = 0
    size: int = 0


class Journal(NamedTuple):
    """An installation begun: the release to reach, its packs (below the private folder), the tree before."""

    goal: State
    before: str
    packs: tuple[str, ...]


def read_seen(disk: Disk) -> Seen:
    """The highest of both notes and of the public status: one of them emptied or put back changes nothing."""
    notes = [Seen(*_record(disk, path, Seen._fields, Seen())) for path in SEEN]
    if status := read_status(disk):
        notes.append(Seen(status["rilis"], status["root"]))
    return Seen(*(max(values) for values in zip(*notes)))  # noqa: B905  # strict= needs Python 3.10


def write_seen(disk: Disk, seen: Seen) -> None:
    """Keeps both notes, one after the other."""
    for path in SEEN:
        store(disk, path, json.dumps(seen._asdict()).encode())
    disk.sync_folder(PRIVATE)


def read_status(disk: Disk) -> dict[str, Any]:
    """The public note, or nothing when there is none or a file of that name is not ours."""
    found = _json(disk, STATUS)
    kinds = {"rilis": int, "tanggal": str, "janji_hari": int, "pohon": str, "root": int, "diperiksa": str,
             "klien": str}
    ours = all(type(found.get(name)) is kind for name, kind in kinds.items()) and \
        set(found) <= {*kinds, *FINDINGS} and \
        _is_date(found["tanggal"]) and _HASH.fullmatch(found["pohon"])
    return found if ours else {}


def _is_date(text: str) -> bool:
    """Whether it is a day of the calendar: a note may hold 2026-02-30."""
    try:
        time.strptime(text, "%Y-%m-%d")
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text))


def read_state(disk: Disk) -> State:
    """The finished release, or an empty State when there is none or the note is damaged."""
    found = State(*_record(disk, STATE, State._fields, State()))
    return found if _is_date(found.date) and _HASH.fullmatch(found.tree) else State()


def write_state(disk: Disk, state: State) -> None:
    """The moment at which a release counts as installed."""
    store(disk, STATE, json.dumps(state._asdict()).encode())
    disk.sync_folder(PRIVATE)


def read_tree(disk: Disk, digest: str) -> Tree | None:
    """The list of files with this hash, if it is here and whole; of no release ("") the empty one."""
    if not digest:
        return {}
    try:
        data = read_note(disk, f"{LISTS}/{digest}", MAX_LIST)
    except FileNotFoundError:
        return None
    try:
        return decode(data) if sha256(data) == digest else None
    except (ValueError, Untrusted):  # a list of our own names nothing outside
        return None


def write_tree(disk: Disk, tree: Tree) -> str:
    """Keeps a list of files under its hash, which is returned."""
    data = encode(tree)
    digest = sha256(data)
    store(disk, f"{LISTS}/{digest}", data)
    disk.sync_folder(LISTS)
    return digest


def read_journal(disk: Disk) -> Journal | None:
    """The installation that has begun, if any."""
    found = _json(disk, JOURNAL)
    try:
        journal = Journal(State(**found["tujuan"]), found["sebelum"], tuple(found["paket"]))
        whole = _HASH.fullmatch(journal.goal.tree) and _is_date(journal.goal.date) and \
            all(map(_HASH.fullmatch, filter(None, [journal.before]))) and \
            all(map(_PACK.fullmatch, journal.packs))
    except (KeyError, TypeError):
        return None
    return journal if whole else None


def write_journal(disk: Disk, journal: Journal) -> None:
    """From here on the installation is finished, whatever happens."""
    document = {"tujuan": journal.goal._asdict(), "sebelum": journal.before, "paket": journal.packs}
    store(disk, JOURNAL, json.dumps(document).encode())
    disk.sync_folder(PRIVATE)


def _record(disk: Disk, path: str, fields: tuple[str, ...], empty: tuple[Any, ...]) -> list[Any]:
    """The named fields of a note, in order; the empty record's where they are missing or of another kind."""
    found = _json(disk, path)
    return [found[name] if type(found.get(name)) is type(default) else default
            for name, default in [(fields[at], empty[at]) for at in range(len(fields))]]


def _json(disk: Disk, path: str) -> dict[str, Any]:
    try:
        found = json.loads(read_note(disk, path, MAX_NOTE))
    except (FileNotFoundError, NotADirectoryError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def kept_manifest(disk: Disk) -> Manifest | None:
    """The manifest last verified here, for work without a source."""
    try:
        return decode_manifest(read_note(disk, f"{METADATA}/{NAME}", MAX_BYTES))
    except (FileNotFoundError, Untrusted):
        return None
