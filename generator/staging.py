"""A site that is built beside the old one and takes its place at once, so that a failed build changes nothing."""

import ctypes
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two builds at once are then not kept apart
    fcntl = None  # type: ignore[assignment]

AT_FDCWD, RENAME_EXCHANGE = -100, 2


@contextmanager
def only_one(lock_path: Path) -> Iterator[None]:
    """Waits until no other build holds the lock.

    A POSIX record lock: it is gone with a killed build, and the workers of that build do not inherit it.
    """
    lock_path.parent.mkdir(parents=True, exist_ok=True)
    with lock_path.open("w") as file:
        if fcntl:
            fcntl.lockf(file, fcntl.LOCK_EX)
        yield


class Stage:
    """The twin of a site, in a hidden folder beside it: brought in line file by file, then exchanged with the site.

    The old site stays as the next build's twin, so that only what differs between the two has to be touched. Most files
    are one file with two names, so the twin takes little room. A twin left by a killed build is as good as any.
    """

    def __init__(self, site: Path) -> None:
        self.site = site.absolute()
        self.path = self.site.with_name(f".{self.site.name}.kembar")
        self.path.mkdir(parents=True, exist_ok=True)
        self.present = stamps_below(self.path)
        self.folders = {self.path}

    def write(self, url: str, data: bytes) -> str:
        """Writes a file and returns its stamp."""
        path = self._place(url)
        path.write_bytes(data)
        return stamp_of(path)

    def keep(self, url: str, stamp: str) -> None:
        """Takes a file over from the old site: as a second name where the file system can, else as a copy."""
        if self.present.get(url) == stamp:
            return
        path = self._place(url)
        try:
            os.link(self.site / url, path)
        except OSError:
            shutil.copy2(self.site / url, path)

    def _place(self, url: str) -> Path:
        """Where a file goes. What stood there is gone: under its other name it may still be a file of the site."""
        path = self.path / url
        if path.parent not in self.folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.folders.add(path.parent)
        if url in self.present:
            path.unlink()
        return path

    def swap(self, urls: Collection[str]) -> None:
        """Puts the twin, now with just these files, in the site's place; what was there becomes the twin."""
        for url in self.present.keys() - urls:
            (self.path / url).unlink()
        _remove_empty(self.path)
        if not self.site.exists():
            self.path.rename(self.site)
        elif not _exchange(self.path, self.site):
            old = self.site.with_name(f".{self.site.name}.lama")
            shutil.rmtree(old, ignore_errors=True)
            self.site.rename(old)
            self.path.rename(self.site)
            old.rename(self.path)

    def renew(self) -> None:
        """Makes the twin like the site already now, where nearly all of it would have to change in the next build."""
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(OSError):  # a file system without links has no twin until the next build
            shutil.copytree(self.site, self.path, copy_function=os.link)


def _remove_empty(folder: Path) -> bool:
    """Removes the empty folders below a folder, and tells whether it is empty itself."""
    with os.scandir(folder) as items:
        left = [item for item in items if not (item.is_dir(follow_symlinks=False) and _remove_empty(folder / item.name))]
    if not left:
        folder.rmdir()
    return not left


def recover(site: Path) -> None:
    """Where folders cannot be exchanged in one step, a build killed between two steps is mended here."""
    old = site.absolute().with_name(f".{site.name}.lama")
    if old.exists() and not site.exists():
        old.rename(site)


def stamp_of(path: Path) -> str:
    """Size and time of a file, to see later that nobody has changed it; empty when it is gone."""
    with suppress(OSError):
        state = path.stat()
        return f"{state.st_size}-{state.st_mtime_ns}"
    return ""


def size_of(stamp: str) -> int:
    """The bytes in a stamp."""
    return int(stamp.partition("-")[0] or 0)


def stamps_below(folder: Path) -> dict[str, str]:
    """The stamps of all files below a folder, by path relative to it."""
    found: dict[str, str] = {}
    pending = [""] if folder.is_dir() else []
    while pending:
        prefix = pending.pop()
        for item in os.scandir(folder / prefix):
            if item.is_dir(follow_symlinks=False):
                pending.append(f"{prefix}{item.name}/")
            else:
                state = item.stat(follow_symlinks=False)
                found[prefix + item.name] = f"{state.st_size}-{state.st_mtime_ns}"
    return found


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step (Linux renameat2); False where the system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    result: int = rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return result == 0
