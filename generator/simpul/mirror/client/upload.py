"""The order of uploads to a host that takes only those (cPanel, FTP): assets, pages, front page, removals."""

from __future__ import annotations

from pathlib import Path

from .disk import Disk, read_note, store
from .errors import Full, Untrusted
from .state import MAX_LIST, UPLOADED, read_state, read_tree
from .tree import PRIVATE, Tree, decode, encode, order


def uploaded(disk: Disk) -> None:
    """Notes that the host now holds what is here."""
    store(disk, UPLOADED, encode(read_tree(disk, read_state(disk).tree) or {}))
    disk.sync_folder(PRIVATE)


def write_upload_order(disk: Disk, place: Path) -> None:
    """Writes the list; a file that is none of ours is not overwritten."""
    known = all(line.startswith(("unggah ", "hapus ")) for line in _lines(place))
    if not known:
        raise Full(f"{place} sudah ada dan bukan daftar unggah", "Berkas itu tidak diubah. Sebut nama lain")
    place.write_text(upload_order(disk), encoding="utf-8")


def _lines(place: Path) -> list[str]:
    return place.read_bytes().decode(errors="replace").splitlines() if place.exists() else []


def upload_order(disk: Disk) -> str:
    """A line for each file since: `unggah path` or `hapus path`. What was never uploaded stays listed."""
    try:
        before: Tree = decode(read_note(disk, UPLOADED, MAX_LIST))
    except (FileNotFoundError, ValueError, Untrusted):
        before = {}
    now = read_tree(disk, read_state(disk).tree) or {}
    changed = sorted((path for path in now if before.get(path) != now[path]),
                     key=lambda path: (order(path), path))
    gone = sorted(path for path in before if path not in now)
    return "".join([*(f"unggah {path}\n" for path in changed), *(f"hapus {path}\n" for path in gone)])
