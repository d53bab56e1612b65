"""The order of uploads to a host that takes only those (cPanel, FTP): assets, pages, front page, removals."""

from __future__ import annotations

from .disk import Disk, store
from .state import read_state, read_tree
from .tree import PRIVATE, Tree, decode, encode, order

UPLOADED = f"{PRIVATE}/terunggah"


def uploaded(disk: Disk) -> None:
    """Notes that the host now holds what is here."""
    store(disk, UPLOADED, encode(read_tree(disk, read_state(disk).tree) or {}))
    disk.sync_folder(PRIVATE)


def upload_order(disk: Disk) -> str:
    """A line for each file since: `unggah path` or `hapus path`. What was never uploaded stays listed."""
    try:
        before: Tree = decode(disk.read(UPLOADED))
    except (FileNotFoundError, ValueError):
        before = {}
    now = read_tree(disk, read_state(disk).tree) or {}
    changed = sorted((path for path in now if before.get(path) != now[path]),
                     key=lambda path: (order(path), path))
    gone = sorted(path for path in before if path not in now)
    return "".join([*(f"unggah {path}\n" for path in changed), *(f"hapus {path}\n" for path in gone)])
