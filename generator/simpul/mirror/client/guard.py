"""What is ours in a folder. Nothing else is overwritten or removed: it stays, or a copy is kept aside."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from .disk import Disk
from .errors import Full, MirrorError
from .names import folded
from .state import LOCK, read_status
from .tree import PRIVATE, File, Tree, parents, sha256

KEPT = f"{PRIVATE}/disisihkan"
SHOWN = 5
PIECE = 2**20  # bytes of a stranger's file at a time
OF_SYSTEMS = {"$RECYCLE.BIN", "System Volume Information", "Thumbs.db", "desktop.ini", "lost+found"}
NOTHING = "Tidak ada yang diubah"
ADOPT = "sebut --adopt agar salinannya disimpan di .simpul/disisihkan dan tempatnya dipakai"


def is_ours(disk: Disk) -> bool:
    """Whether a copy was begun here. One that lost its notes still has its public status."""
    return any(f"{PRIVATE}/{name}" != LOCK for name in disk.names(PRIVATE)) or bool(read_status(disk))


def refuse_foreign(disk: Disk, adopt: bool) -> None:
    """A folder is ours if it was empty when we came, but for hidden names, and holds our notes since."""
    if adopt or is_ours(disk):
        return
    if names := [name for name in disk.entries() if name not in OF_SYSTEMS]:
        raise MirrorError(f"folder tujuan sudah berisi {listed(names)}",
                          f"{NOTHING}. Pakai folder yang kosong. Bila berkas itu memang boleh berdampingan "
                          "dengan portal, ulangi dengan --adopt: yang namanya sama tidak ditimpa tanpa "
                          "disalin dulu")


def refuse_strangers(disk: Disk, tree: Tree, before: Tree, adopt: bool) -> None:
    """Before a release is put in place: what stands where it has something new, and is not ours."""
    found = strangers(disk, tree, before)
    folders = [path for path in found if disk.size(path) is None]
    if folders or (found and not adopt):
        raise Full(f"rilis ini memuat berkas yang namanya sudah Anda pakai: {listed(folders or found)}",
                   f"{NOTHING}. Pindahkan dulu" + ("" if folders else f", atau {ADOPT}"))


def strangers(disk: Disk, tree: Tree, before: Tree) -> list[str]:
    """Paths in the way of new files: another file, a folder, a file where a folder is needed. Ours in another
    case of letters may be the same file to the disk.
    """
    ours = {folded(path) for path in before}
    fresh = [path for path in tree if folded(path) not in ours]
    above = {parent for path in fresh for parent in parents(path)}
    found = {path for path in above if folded(path) not in ours and disk.size(path) is not None}
    found |= {path for path in fresh if disk.there(path) and not is_whole(disk, path, tree)}
    return sorted(found)


def is_whole(disk: Disk, path: str, tree: Tree) -> bool:
    """Whether a file of the site is what the tree says."""
    return path in tree and equals(disk, path, (tree[path],))


def keep_foreign(disk: Disk, path: str, before: Tree) -> None:
    """Keeps a copy of what is about to be replaced, unless we have put it there."""
    size = disk.size(path)
    if size is not None and not is_whole(disk, path, before):
        place = f"{KEPT}/{digest(disk, path)[:16]}/{path}"
        if disk.size(place) != size:
            disk.write(place, b"")
            for piece in _pieces(disk, path):
                disk.append(place, piece)
            disk.sync(place)


def digest(disk: Disk, path: str) -> str:
    """The hash of a file of any size."""
    found = hashlib.sha256()
    for piece in _pieces(disk, path):
        found.update(piece)
    return found.hexdigest()


def _pieces(disk: Disk, path: str) -> Iterator[bytes]:
    """The content, however large: nobody said that a stranger's file fits into memory."""
    place = 0
    while piece := disk.read(path, place, PIECE):
        yield piece
        place += len(piece)


def kept(disk: Disk) -> list[str]:
    """What was kept aside, by its path in the private folder."""
    return disk.walk(KEPT)


def equals(disk: Disk, path: str, files: Collection[File]) -> bool:
    """Whether a file is one of these."""
    if disk.size(path) not in {file.size for file in files}:
        return False
    content = disk.read(path)
    return File(len(content), sha256(content)) in files


def listed(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    rest = len(names) - SHOWN
    return ", ".join(map(shown, names[:SHOWN])) + (f" dan {rest} lainnya" if rest > 0 else "")


def shown(name: str) -> str:
    """A name that nobody checked, fit for a terminal and a log."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)
