"""One writer at a time in a folder of releases or keys. A dead holder's lock does not stand in the way."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

NAME = ".sedang-dipakai"


class Occupied(Exception):
    """Who holds the folder, in Indonesian."""


@contextmanager
def held(folder: Path, command: str) -> Iterator[None]:
    """Holds a folder while `command` writes in it. Raises Occupied at once when another does. A folder made
    for the lock goes again when nothing was put there.
    """
    path, new = folder / NAME, not folder.is_dir()
    folder.mkdir(parents=True, exist_ok=True)
    handle = _taken(path)
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"`{command}`, proses {os.getpid()} di komputer {socket.gethostname()}".encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)
        if new:
            with suppress(OSError):
                folder.rmdir()


def _taken(path: Path) -> int:
    """The file, locked. One that its last holder removed meanwhile does not count."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except OSError as error:
            holder = os.read(handle, 500).decode(errors="replace") or "perintah lain"
            os.close(handle)
            raise Occupied(f"{path.parent} sedang dipakai oleh {holder}. Tidak ada yang ditulis. Tunggu "
                           "sampai selesai, lalu ulangi.") from error
        os.close(handle)


def _lock(handle: int) -> None:
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        import msvcrt

        os.lseek(handle, 2**20, os.SEEK_SET)  # what is locked there can be read by nobody else
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        os.lseek(handle, 0, os.SEEK_SET)
