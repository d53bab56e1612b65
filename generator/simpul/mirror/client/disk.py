"""A copy's folder as the few operations the client needs, by relative path: tests can let each one fail."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from .errors import Busy, Full
from .tree import PRIVATE

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


ASIDE = f"{PRIVATE}/baru"


class Found(NamedTuple):
    """What stands at a path: its size in bytes (-1 for what is no plain file), and what changes when it is
    written, be it put back to its old date.
    """

    size: int
    stamp: str


class Disk(Protocol):
    """A folder. Operations raise OSError as the system does; only what was synced survives a power cut."""

    def read(self, path: str, start: int = 0, most: int = -1) -> bytes:
        """The content from a byte on, at most so many bytes. FileNotFoundError when there is none."""

    def size(self, path: str) -> int | None:
        """Bytes of a file; None when there is none."""

    def write(self, path: str, data: bytes) -> None:
        """Creates or replaces a file, in place; folders are made."""

    def append(self, path: str, data: bytes) -> None:
        """Adds to a file, or creates it."""

    def sync(self, path: str) -> None:
        """Returns when the content of the file is safe."""

    def sync_folder(self, path: str) -> None:
        """Returns when the names in the folder are safe."""

    def replace(self, source: str, target: str) -> None:
        """Renames over the target at once; folders are made."""

    def remove(self, path: str) -> None:
        """Removes a file; none is no error."""

    def remove_folder(self, path: str) -> None:
        """Removes a folder if it is empty; else nothing."""

    def names(self, path: str) -> list[str]:
        """Names of the files in a folder, sorted; none is an empty list."""

    def entries(self) -> list[str]:
        """Names of all that lies in the folder itself, sorted, but for hidden ones."""

    def there(self, path: str) -> bool:
        """Whether a file, a folder or anything else stands at the path."""

    def walk(self, path: str = "") -> list[str]:
        """Paths of all files below a folder, sorted, but for hidden folders in it."""

    def scan(self) -> dict[str, Found]:
        """All files in the folder, hidden or not, but for the private folder. Links and pipes are told, not
        followed; a folder only if it is unreadable, with a slash at its end.
        """

    def free(self) -> int:
        """Bytes that may still be written."""

    def lock(self, path: str) -> contextlib.AbstractContextManager[None]:
        """Holds the lock, or raises Busy. A killed holder loses it."""


class Folder:
    """A folder of this computer. Nothing is read, written or removed through a link in it."""

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)

    def _place(self, path: str) -> Path:
        place = self.root
        for part in path.split("/") if path else ():
            place /= part
            if place.is_symlink():
                raise Full(f"{place} adalah tautan ke tempat lain",
                           "Tidak ada yang diubah di sana. Hapus tautannya, atau pakai folder lain")
        return place

    def read(self, path: str, start: int = 0, most: int = -1) -> bytes:
        with self._place(path).open("rb") as file:
            file.seek(start)
            return file.read(most)

    def size(self, path: str) -> int | None:
        place = self._place(path)
        return place.stat().st_size if place.is_file() else None

    def write(self, path: str, data: bytes) -> None:
        self._made(path).write_bytes(data)

    def append(self, path: str, data: bytes) -> None:
        with self._made(path).open("ab") as file:
            file.write(data)

    def sync(self, path: str) -> None:
        with self._place(path).open("rb+") as file:
            os.fsync(file.fileno())

    def sync_folder(self, path: str) -> None:
        if os.name == "nt":  # Windows keeps names in its own journal and has no call for this
            return
        handle = os.open(self._place(path), os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # unknown to some drivers
                raise
        finally:
            os.close(handle)

    def replace(self, source: str, target: str) -> None:
        place = self._made(target)
        for wait in (0.1, 0.5, 2.0):
            try:
                self._place(source).replace(place)
            except PermissionError:  # on Windows: a reader or virus scanner has it open for a moment
                if os.name != "nt":
                    raise
                time.sleep(wait)
            else:
                return
        self._place(source).replace(place)

    def remove(self, path: str) -> None:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            self._place(path).unlink()

    def remove_folder(self, path: str) -> None:
        with contextlib.suppress(OSError):
            self._place(path).rmdir()

    def names(self, path: str) -> list[str]:
        place = self._place(path)
        return sorted(entry.name for entry in place.iterdir() if entry.is_file()) if place.is_dir() else []

    def entries(self) -> list[str]:
        found = self.root.iterdir() if self.root.is_dir() else ()
        return sorted(place.name for place in found if not place.name.startswith("."))

    def there(self, path: str) -> bool:
        return os.path.lexists(self._place(path))

    def walk(self, path: str = "") -> list[str]:
        found = []
        for folder, folders, names in os.walk(self._place(path)):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [(Path(folder) / name).relative_to(self.root).as_posix() for name in names]
        return sorted(found)

    def scan(self) -> dict[str, Found]:
        found, folders = dict[str, Found](), [""]
        while folders:
            folder = folders.pop()
            try:
                entries = list(os.scandir(self.root / folder))
            except OSError:
                found[f"{folder}/"] = Found(-1, "")
                continue
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if path == PRIVATE:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    found[path] = _stamped(entry)
        return found

    def free(self) -> int:
        return shutil.disk_usage(self.root).free

    @contextlib.contextmanager
    def lock(self, path: str) -> Iterator[None]:
        with self._made(path).open("ab") as file:
            try:
                _lock(file.fileno())
            except OSError as error:
                raise Busy("sinkronisasi lain sedang berjalan di folder ini",
                           "Tunggu sampai selesai, lalu ulangi") from error
            yield

    def _made(self, path: str) -> Path:
        place = self._place(path)
        if not place.parent.is_dir():
            place.parent.mkdir(parents=True, exist_ok=True)
        return place


def _stamped(entry: os.DirEntry[str]) -> Found:
    try:
        told = entry.stat(follow_symlinks=False)
    except OSError:  # gone meanwhile
        return Found(-1, "")
    stamp = f"{told.st_mtime_ns} {told.st_ctime_ns} {told.st_ino}"
    return Found(told.st_size, stamp) if stat.S_ISREG(told.st_mode) else Found(-1, "")


def _lock(handle: int) -> None:
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]


def read_note(disk: Disk, path: str, most: int) -> bytes:
    """A note of our own; one that grew beyond what we write is none. FileNotFoundError then as well."""
    data = disk.read(path, 0, most + 1)
    if len(data) > most:
        raise FileNotFoundError(errno.ENOENT, "too large", path)
    return data


def store(disk: Disk, path: str, data: bytes) -> None:
    """Puts a file in place at once and safely: aside, synced, renamed. A full disk leaves the old file."""
    disk.write(ASIDE, data)
    disk.sync(ASIDE)
    disk.replace(ASIDE, path)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turns what the system says of the disk into what its owner can do."""
    try:
        yield
    except OSError as error:
        raise explain(error) from error


def explain(error: OSError) -> Full:
    """The message for an error of the disk."""
    later = "Salinan lama tetap disajikan; jalankan lagi dan pekerjaan dilanjutkan"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Full("ruang disk habis", f"Kosongkan sebagian, lalu ulangi. {later}")
    if error.errno in (errno.ENOTDIR, errno.EISDIR):
        return Full(f"{error.filename} bukan seperti yang diharapkan: ada berkas di tempat folder, "
                    "atau sebaliknya", "Periksa nama yang Anda tulis")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Full("folder tujuan tidak boleh ditulis",
                    "Periksa pemilik dan izin folder, atau pengunci pada kartu atau USB")
    return Full(f"disk bermasalah ({error.strerror or error})", later)
