"""Withdrawal: what only releases before it held leaves a copy, also one that missed the release itself."""

from __future__ import annotations

from .disk import Disk, store
from .install import clean
from .manifest import Manifest
from .state import FORGOTTEN


def forget(disk: Disk, manifest: Manifest) -> None:
    """Drops, once for each withdrawal, every pack, delta, list and leftover but those of the installed
    release. Packs kept for mending go too: they are of the first copy, and may hold the page.
    """
    if manifest.forgotten <= _done(disk):
        return
    clean(disk, manifest.tree, manifest.objects, packs_too=True)
    store(disk, FORGOTTEN, str(manifest.forgotten).encode())


def _done(disk: Disk) -> int:
    """The last withdrawal this copy has followed. A damaged note costs another look."""
    try:
        return int(disk.read(FORGOTTEN))
    except (FileNotFoundError, ValueError):
        return 0
