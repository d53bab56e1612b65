"""A look at a copy: what of the release was changed or is missing, and what lies there that is none of it.

It is cheap: a file whose size and times are those under which its hash was right is not read again. Once a
week, and where `verify` asks for it, all are read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from .beside import BESIDE, LIST, written_before
from .disk import Disk, Found, read_note, store
from .errors import Full, MirrorError
from .guard import digest, equals, is_whole
from .state import MAX_LIST, MAX_NOTE, STATUS, read_status
from .stick import NAMES
from .tree import PRIVATE, File, Tree, parents

LOOKED, EXPECTED = f"{PRIVATE}/dilihat.json", f"{PRIVATE}/dikenal.txt"
WEEK = 7  # days after which all files are read


class Look(NamedTuple):
    """Paths of the release that are not as they should be; those of them where something that is no file of
    ours stands in the way; paths that are none of the release; when all files were read last (ISO, UTC).
    """

    damaged: tuple[str, ...]
    blocked: frozenset[str]
    foreign: tuple[str, ...]
    full: str


def look(disk: Disk, tree: Tree, now: str, every: bool = False) -> Look:
    """Compares a folder with the list of its files; with `every`, by the hashes of all. Writes nothing but
    its own notes.
    """
    found, (last, notes) = disk.scan(), _notes(disk)
    every = every or _days(last, now) >= WEEK
    marks, damaged = dict[str, str](), list[str]()
    for path in sorted(tree):
        mark = _mark(found.get(path), tree[path])
        if mark and ((not every and notes.get(path) == mark) or _whole(disk, path, tree)):
            marks[path] = mark
        else:
            damaged.append(path)
    full = now if every else last
    if (full, marks) != (last, notes):
        store(disk, LOOKED, json.dumps({"penuh": full, "berkas": marks}).encode())
    return Look(tuple(damaged), _blocked(disk, damaged, found), _foreign(disk, found, tree, every), full)


def expect(disk: Disk, names: Sequence[str]) -> None:
    """Notes files, as they are now, and whole folders as the host's own."""
    known = _expected(disk)
    for name in (name.removeprefix("./").rstrip("/") for name in names):
        if not name or not disk.there(name):
            raise MirrorError(f"{name or '.'} tidak ada di folder ini",
                              "Sebut namanya dari folder salinan, misalnya .htaccess atau .well-known/")
        if disk.size(name) is None:
            known[f"{name}/"] = "-"
        else:
            known[name] = digest(disk, name)
    store(disk, EXPECTED, "".join(f"{mark} {path}\n" for path, mark in sorted(known.items()))
          .encode(errors="surrogateescape"))


def _notes(disk: Disk) -> tuple[str, dict[str, str]]:
    """When all files were read last, and by path the marks under which each was right. Lost ones cost a full
    look.
    """
    try:
        found = json.loads(read_note(disk, LOOKED, MAX_LIST))
        return str(found["penuh"]), dict(found["berkas"])
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
        return "", {}


def _days(last: str, now: str) -> int:
    try:
        return abs((date.fromisoformat(now[:10]) - date.fromisoformat(last[:10])).days)
    except ValueError:
        return WEEK


def _mark(found: Found | None, file: File) -> str:
    """Size, times and the hash that was right; nothing where it cannot be right."""
    return f"{found.size} {found.stamp} {file.sha256[:16]}" if found and found.size == file.size else ""


def _whole(disk: Disk, path: str, tree: Tree) -> bool:
    try:
        return is_whole(disk, path, tree)
    except (OSError, Full):  # unreadable is as bad as changed
        return False


def _blocked(disk: Disk, damaged: list[str], found: Mapping[str, Found]) -> frozenset[str]:
    """Those in whose place, or in whose folder's, something else stands."""
    return frozenset(path for path in damaged
                     if any(parent in found or f"{parent}/" in found for parent in parents(path))
                     or (found[path].size < 0 if path in found else disk.there(path)))


def _foreign(disk: Disk, found: Mapping[str, Found], tree: Tree, every: bool) -> tuple[str, ...]:
    others = sorted(path for path in found if path not in tree)
    if not others:
        return ()
    laid, expected = written_before(disk), _expected(disk)

    def known(path: str) -> bool:
        if found[path].size >= 0 and path in expected:
            return digest(disk, path) == expected[path]
        if any(f"{parent}/" in expected for parent in (path, *parents(path))):
            return True
        if path == STATUS:
            return bool(read_status(disk))
        if path == LIST:
            return bool(laid)
        return bool(BESIDE.fullmatch(path) or path in NAMES) and (
            equals(disk, path, laid.get(path, ())) if every
            else found[path].size in {file.size for file in laid.get(path, ())})

    return tuple(path for path in others if not known(path))


def _expected(disk: Disk) -> dict[str, str]:
    """By path, the hash under which the administrator knows it; by folder, "-"."""
    try:
        lines = read_note(disk, EXPECTED, MAX_NOTE).decode(errors="surrogateescape").split("\n")
    except FileNotFoundError:
        return {}
    return {path: mark for mark, _, path in (line.partition(" ") for line in lines) if path}
