"""Taking a copy away again: exactly what we have put there."""

from __future__ import annotations

from .disk import Disk, told
from .errors import MirrorError
from .export import take_back
from .guard import KEPT, is_whole, kept
from .look import EXPECTED, LOOKED
from .renew import ROOM
from .state import (
    FORGOTTEN,
    JOURNAL,
    LISTS,
    LOCK,
    METADATA,
    OBJECTS,
    REDO,
    SEEN,
    STATE,
    STATUS,
    UPLOADED,
    read_journal,
    read_state,
    read_status,
    read_tree,
)
from .tree import PRIVATE, Tree, parents


def remove(disk: Disk) -> list[str]:
    """Removes the site, what `export` laid beside it, and our notes; gives back what was kept aside where
    its place is free. Returns what stays of ours because it was changed since.
    """
    with told(), disk.lock(LOCK):
        tree = _installed(disk)
        changed = [path for path in sorted(tree) if disk.there(path) and not is_whole(disk, path, tree)]
        for path in sorted(set(tree) - set(changed)):
            _drop(disk, path)
        take_back(disk, {})
        if read_status(disk):
            disk.remove(STATUS)
        for place in kept(disk):
            path = place[len(KEPT) + 1:].partition("/")[2]
            if not disk.there(path):
                disk.replace(place, path)
        _forget(disk)
    disk.remove(LOCK)
    disk.remove_folder(PRIVATE)
    return changed


def _installed(disk: Disk) -> Tree:
    """Every file that this copy, or an installation that was cut off, may have put in place."""
    journal, state = read_journal(disk), read_state(disk)
    digests = {state.tree, *((journal.goal.tree, journal.before) if journal else ())} - {""}
    found = [read_tree(disk, digest) for digest in sorted(digests)]
    if not found or None in found:
        raise MirrorError("catatan salinan di folder ini tidak lengkap",
                          "Tidak ada yang dihapus. Jalankan `sync` dulu, lalu ulangi")
    merged: Tree = {}
    for tree in found:
        merged.update({path: file for path, file in (tree or {}).items()
                       if path not in merged or not is_whole(disk, path, merged)})
    return merged


def _forget(disk: Disk) -> None:
    for folder in (METADATA, OBJECTS, LISTS, REDO, ROOM):
        for name in disk.names(folder):
            disk.remove(f"{folder}/{name}")
        disk.remove_folder(folder)
    for path in (STATE, JOURNAL, *SEEN, UPLOADED, FORGOTTEN, LOOKED, EXPECTED):
        disk.remove(path)


def _drop(disk: Disk, path: str) -> None:
    disk.remove(path)
    for parent in parents(path):
        disk.remove_folder(parent)
