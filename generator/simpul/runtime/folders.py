"""Which folders may be filled: those that were empty when we took them, and carry our marker since."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

MARKER = "simpul.txt"
TEXT = ("Folder ini dibuat dan diisi oleh Simpul.\n"
        "Isinya diganti setiap kali dibangun. Jangan menyimpan berkas lain di sini.\n")
OF_FILE_MANAGERS = frozenset(("Thumbs.db", "desktop.ini"))
"""Written into any folder that somebody opens; nobody misses them."""
SHOWN = 5


class NotOursError(Exception):
    """A folder that must not be filled: why, and how its user names another."""

    def __init__(self, folder: Path, reason: str, choice: str) -> None:
        super().__init__(f"{folder} {reason}. Tidak ada yang diubah. Pilih folder lain {choice}.")


def refuse_sources(folder: Path, root: Path, sources: Iterable[Path], choice: str) -> None:
    """Raises NotOursError for the root, what is above it, and what is below one of the `sources`."""
    own, around = set(_lineage(root)), list(_lineage(folder))
    if folder.exists() and around[0] in own:
        reason = f"memuat sumber portal ({root.resolve()}), yang akan terhapus"
        raise NotOursError(folder, reason, choice)
    for source in sources:
        if source.exists() and next(_lineage(source)) in around:
            raise NotOursError(folder, f"berada di dalam {source.resolve()}, tempat sumber", choice)


def refuse_foreign(folder: Path, choice: str) -> None:
    """Raises NotOursError for a link, a file, and a folder that is neither empty nor ours. What is hidden
    does not count: it is never touched.
    """
    if folder.is_symlink():
        raise NotOursError(folder, "adalah tautan ke tempat lain", choice)
    if folder.exists() and not folder.is_dir():
        raise NotOursError(folder, "adalah berkas, bukan folder", choice)
    names = sorted(item.name for item in (os.scandir(folder) if folder.exists() else ())
                   if not item.name.startswith(".") and item.name not in OF_FILE_MANAGERS)
    if names and not _marked(folder):
        reason = f"berisi {_listed(names)}, yang tidak dibuat Simpul dan akan terhapus"
        raise NotOursError(folder, reason, choice)


def mark(folder: Path) -> None:
    """Makes a folder, and tells in it whose it is."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _marked(folder):
        (folder / MARKER).write_text(TEXT, encoding="utf-8", newline="\n")


def empty(folder: Path) -> None:
    """Removes all but what is hidden, and our marker, so that a killed build leaves a folder that is known as
    ours.
    """
    for item in os.scandir(folder) if folder.is_dir() else ():
        if item.name.startswith("."):
            continue
        if item.is_dir(follow_symlinks=False):
            shutil.rmtree(item.path, ignore_errors=True)
        elif item.name != MARKER:
            Path(item.path).unlink()


def move_hidden(here: Path, there: Path) -> None:
    """Moves what a web host keeps in a site's folder (`.htaccess`, `.well-known`): we never make such names.
    """
    for item in os.scandir(here) if here.is_dir() and there.is_dir() else ():
        if item.name.startswith(".") and not os.path.lexists(there / item.name):
            Path(item.path).rename(there / item.name)


def _marked(folder: Path) -> bool:
    marker = folder / MARKER
    return marker.is_file() and not marker.is_symlink() and \
        marker.read_bytes().startswith(TEXT.partition("\n")[0].encode())


def _listed(names: list[str]) -> str:
    rest = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" dan {rest} lainnya" if rest > 0 else "")


def _lineage(path: Path) -> Iterator[tuple[int, int]]:
    """What a folder and all above it are to the system, whatever they are called; those that exist."""
    real = path.resolve()
    for place in (real, *real.parents):
        if place.exists():
            state = place.stat()
            yield state.st_dev, state.st_ino
