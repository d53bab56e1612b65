"""Withdrawal: what only releases before it held leaves a copy, also one that missed the release itself."""

from __future__ import annotations

from .disk import Disk, store
from .download import Pace
from .guard import listed
from .install import clean
from .manifest import Manifest
from .state import FORGOTTEN
from .tree import Tree


def forget(disk: Disk, manifest: Manifest) -> None:
    """Drops, once for each withdrawal, every pack, delta, list and leftover but those of the installed
    release. Packs kept for mending go too: they are of the first copy, and may hold the page.
    """
    if manifest.forgotten <= _done(disk):
        return
    clean(disk, manifest.tree, manifest.objects, packs_too=True)
    store(disk, FORGOTTEN, str(manifest.forgotten).encode())


def tell_left(disk: Disk, old: Tree, new: Tree, pace: Pace) -> None:
    """Names files that the release no longer has and that stay, because somebody changed them here: the page
    may have been withdrawn, and is still shown.
    """
    if left := [path for path in sorted(old) if path not in new and disk.size(path) is not None]:
        pace.tell(f"{len(left)} berkas yang tidak ada lagi di rilis ini dibiarkan, karena sudah diubah di "
                  f"folder ini: {listed(left)}. Periksa, lalu hapus sendiri: isinya mungkin sudah dicabut")


def _done(disk: Disk) -> int:
    """The last withdrawal this copy has followed. A damaged note costs another look."""
    try:
        return int(disk.read(FORGOTTEN))
    except (FileNotFoundError, ValueError):
        return 0
