"""Which sources there are, and which day it is."""

import datetime
import errno
import os
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import NamedTuple

FOLDERS = ("curriculum", "content")
SETTINGS = "mkdocs.yml"


class Stamp(NamedTuple):
    """What the file system says of a file: enough to know that it has not changed."""

    size: int
    modified: int
    changed: int
    inode: int


LINK, DEVICE = -1, -2


def find_files(root: Path) -> dict[str, Stamp]:
    """All source files, by path relative to the root, in order; hidden ones are left out.

    Links are listed with size LINK, and what is neither file nor folder (a pipe, a socket, a device) with
    size DEVICE, so that the reader can refuse them. A name that cannot be shown (no UTF-8,
    a line end) is listed with question marks; no source has such a name, and no such folder is entered.
    """
    found: dict[str, Stamp] = {}
    pending = [folder for folder in FOLDERS if (root / folder).is_dir()]
    while pending:
        folder = pending.pop()
        for item in os.scandir(root / folder):
            if item.name.startswith("."):
                continue
            path = f"{folder}/{item.name}"
            if not item.name.isprintable():
                path = f"{folder}/{_shown(item.name)}"
                found[path] = _stamp(item)
            elif item.is_dir(follow_symlinks=False):
                pending.append(path)
            else:
                found[path] = _stamp(item)
    return {path: found[path] for path in sorted(found)}


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _stamp(item: "os.DirEntry[str]") -> Stamp:
    state = item.stat(follow_symlinks=False)
    if not S_ISREG(state.st_mode):
        return Stamp(LINK if S_ISLNK(state.st_mode) else DEVICE, 0, 0, 0)
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)


PLAINLY = os.O_RDONLY
for _way in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"):
    PLAINLY |= getattr(os, _way, 0)  # none of them is known to every system
"""Not through a link, and without waiting for what a pipe may send."""


def read_plain(path: str, most: int = -1) -> bytes:
    """The bytes of a file, as many as are asked for. Raises OSError, also where it is no plain file."""
    place = os.open(path, PLAINLY)
    with open(place, "rb", buffering=0) as file:
        if not S_ISREG(os.fstat(place).st_mode):
            raise OSError(errno.EINVAL, "no plain file", path)
        return file.read(most)


class BadDayError(ValueError):
    """SOURCE_DATE_EPOCH is no moment."""


def latest_date() -> datetime.date | None:
    """The day of SOURCE_DATE_EPOCH (reproducible-builds.org), if it is set. Raises BadDayError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return None
    try:
        if not epoch.isdecimal():
            raise ValueError
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise BadDayError(f"SOURCE_DATE_EPOCH '{epoch:.40}' bukan detik sejak 1970. "
                          "Isi dengan angka seperti 1790000000, atau hapus.") from None
