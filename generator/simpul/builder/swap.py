"""A site that is built beside the old one and takes its place at once, so that a failed build changes
nothing.
"""

import ctypes
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from simpul.runtime.folders import MARKER, empty, mark, move_hidden
from simpul.runtime.packing import Columns

try:
    import fcntl
except ImportError:  # Windows: two builds at once are then not kept apart
    fcntl = None  # type: ignore[assignment]

AT_FDCWD, RENAME_EXCHANGE = -100, 2
BUFFER = 1 << 17
"""Given, so that nobody asks whether a page is a terminal."""


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


class Present(NamedTuple):
    """The stamps of the files that stand in a site and in its staging copy, by address."""

    site: Columns
    staging: Columns


def staging_of(site: Path) -> Path:
    """The hidden folder beside a site in which the next one is built."""
    return site.absolute().with_name(f".{site.name}.kembar")


def hidden_of(site: Path) -> tuple[Path, Path]:
    """The folders beside a site that a build makes, fills and removes."""
    return staging_of(site), _old_of(site)


def _old_of(site: Path) -> Path:
    return site.absolute().with_name(f".{site.name}.lama")


class StagingCopy:
    """A copy of a site in a hidden folder beside it: brought in line file by file, then exchanged with the
    site.

    The old site stays as the next build's staging copy, so that only what differs between the two has to be
    touched. Most files are one file with two names, so the copy takes little room. One left by a killed build
    is as good as any; what stands in the way there, a folder at the address of a file or a link, goes.
    """

    def __init__(self, site: Path, present: Mapping[str, str]) -> None:
        self.site, self.path = site.absolute(), staging_of(site)
        mark(self.path)
        move_hidden(self.path, self.site)
        self.present = present
        self.folders: set[str] = set()

    def write(self, url: str, data: bytes) -> str:
        """Writes a file and returns its stamp."""
        with open(self._place(url), "wb", buffering=BUFFER) as file:
            file.write(data)
            file.flush()
            return _stamp(os.fstat(file.fileno()))

    def settle(self, kept: Mapping[str, str], urls: Collection[str]) -> None:
        """Takes the files that are kept, by address with their stamps, over from the old site, and puts the
        staging copy, now with just the files `urls`, in its place. What was there becomes the staging copy.
        """
        for url, stamp in kept.items():
            if self.present.get(url) != stamp:
                self._link(url)
        if waste := self.present.keys() - urls:
            for url in waste:
                with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):  # made way already
                    (self.path / url).unlink()
            _remove_empty(self.path)
        self._swap()

    def _link(self, url: str) -> None:
        """As a second name where the file system can, else as a copy."""
        path = self._place(url)
        try:
            os.link(self.site / url, path)
        except OSError:
            shutil.copy2(self.site / url, path)

    def _place(self, url: str) -> str:
        """Where a file goes. What stood there is gone: under its other name it may still be a file of the
        site.
        """
        path = _below(self.path, url, self.folders)
        if url in self.present:
            (self.path / url).unlink(missing_ok=True)
        elif self.present and os.path.isdir(path):  # noqa: PTH112  # for each file
            shutil.rmtree(path)
        return path

    def _swap(self) -> None:
        if not self.site.exists():
            self.path.rename(self.site)
        elif not _exchange(self.path, self.site):
            old = _old_of(self.site)
            shutil.rmtree(old, ignore_errors=True)
            self.site.rename(old)
            self.path.rename(self.site)
            old.rename(self.path)
        move_hidden(self.path, self.site)

    def renew(self, urls: Iterable[str]) -> Iterator[None]:
        """Makes the staging copy like the site already now, where nearly all of it would have to change in
        the next build; one step.
        """
        empty(self.path)
        mark(self.path)
        folders: set[str] = set()
        with suppress(OSError):  # a file system without links has no staging copy until the next build
            for url in urls:
                os.link(f"{self.site}/{url}", _below(self.path, url, folders))
        yield


def _below(root: Path, url: str, folders: set[str]) -> str:
    """The path of a file whose folder is there; `folders` are known to be. Path objects would cost as much as
    the files.
    """
    folder = url.rpartition("/")[0]
    if folder not in folders:
        place = root
        for part in folder.split("/") if folder else ():
            place /= part
            _make_way(place)
        (root / folder).mkdir(parents=True, exist_ok=True)
        folders.add(folder)
    return f"{root}/{url}"


def _make_way(folder: Path) -> None:
    """Removes what stands where a folder is to be: a file, or a link, which would lead elsewhere."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()


def _remove_empty(folder: Path) -> bool:
    """Removes the empty folders below a folder, and tells whether it is empty itself."""
    with os.scandir(folder) as items:
        left = [item for item in items if item.name.startswith(".")
                or not (item.is_dir(follow_symlinks=False) and _remove_empty(folder / item.name))]
    if not left:
        folder.rmdir()
    return not left


def recover(site: Path) -> None:
    """Where folders cannot be exchanged in one step, a build killed between two steps is mended here."""
    old = _old_of(site)
    if old.exists() and not site.exists():
        old.rename(site)


def _stamp(state: os.stat_result) -> str:
    return f"{state.st_size}-{state.st_mtime_ns}"


def size_of(stamp: str) -> int:
    """The bytes in a stamp."""
    return int(stamp.partition("-")[0] or 0)


def files_below(folder: Path) -> Columns:
    """The stamps of all files below a folder, by path relative to it, but its marker and what is hidden."""
    found: dict[str, str] = {}
    pending = [""] if folder.is_dir() else []
    while pending:
        prefix = pending.pop()
        for item in os.scandir(folder / prefix):
            if not prefix and (item.name == MARKER or item.name.startswith(".")):
                continue
            if item.is_dir(follow_symlinks=False):
                pending.append(f"{prefix}{item.name}/")
            else:
                found[prefix + item.name] = _stamp(item.stat(follow_symlinks=False))
    return Columns.of(dict(sorted(found.items())))


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step (Linux renameat2); False where the system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    result: int = rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return result == 0
