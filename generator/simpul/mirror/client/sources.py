"""Where releases come from: a folder, such as a USB stick, or an http(s) address. Nothing is trusted here."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from .errors import Missing, Unreachable

CHUNK = 2**16


class Answer(NamedTuple):
    """What a source gives: from which byte on (0: it ignored the wish), the whole size if told, the bytes."""

    start: int
    total: int | None
    chunks: Iterator[bytes]


class Source(Protocol):
    """A place that holds a release folder. `name` is what its user typed."""

    name: str

    def open(self, path: str, start: int = 0) -> Answer:
        """Opens a file from a byte on. Raises Missing or Unreachable."""

    def close(self) -> None:
        """Ends what is kept open between files."""


@contextmanager
def closing_all(sources: Sequence[Source]) -> Iterator[None]:
    """Closes every source at the end, however it comes."""
    try:
        yield
    finally:
        for source in sources:
            source.close()


class FolderSource:
    """A release folder on this computer, or a folder with one in `rilis/`."""

    def __init__(self, name: str) -> None:
        self.name = name
        inner = Path(name) / "rilis"
        self.root = inner if (inner / "metadata").is_dir() else Path(name)

    def open(self, path: str, start: int = 0) -> Answer:
        place = self.root / path
        try:
            found = place.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise Missing(f"{place} tidak ada",
                          "Periksa apakah folder sumber benar dan salinannya lengkap") from error
        except OSError as error:
            raise Unreachable(f"{place} tidak terbaca ({error.strerror})",
                              "Periksa kartu atau USB, lalu ulangi") from error
        if not stat.S_ISREG(found.st_mode):  # a pipe would hold its reader for ever
            raise Unreachable(f"{place} bukan berkas biasa", "Periksa kartu atau USB, atau pakai sumber lain")
        return Answer(start, found.st_size, _read(place, start))

    def close(self) -> None:
        """Nothing is kept open."""


def _read(place: Path, start: int) -> Iterator[bytes]:
    try:
        with place.open("rb") as file:
            file.seek(start)
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise Unreachable(f"{place} tidak terbaca ({error.strerror})",
                          "Periksa kartu atau USB, lalu ulangi") from error
