"""What passes through the doors: a file as it was sent, and what was found in it."""

from dataclasses import dataclass, field
from typing import NamedTuple

MAX_FILE_BYTES = 40 << 20
MAX_TOTAL_BYTES = 100 << 20
MAX_FILES = 500
MAX_NESTING = 5


class DoorError(Exception):
    """Why a file is not taken in, and what its sender can do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}".rstrip()


def needs(what: str) -> DoorError:
    """Why something cannot be read without the libraries of the extra."""
    return DoorError(f"{what} belum dapat dibaca di komputer ini",
                     "Penerima: pasang pustakanya dengan "
                     "'pip install --require-hashes -r requirements/receive.txt', lalu ulangi.")


class Sent(NamedTuple):
    """A file as it was sent. `name` is its sender's, folders with slashes; it is only ever shown."""

    name: str
    data: bytes


class Paragraph(NamedTuple):
    """Words of a file, and the place they stood at, "" for its running text."""

    place: str
    text: str


class Grid(NamedTuple):
    """A sheet: its name, and its rows of texts with their numbers from 1."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found in one file: each part is empty where the file has none.

    `text` is Markdown; `pictures` go by the names that the text calls them. `words` are all its words, to
    tell those that get lost. `told` is what its sender should know. `private` are words that belong to the
    sender alone. `message` is whether the text is what was written to us, not a document.
    """

    text: str = ""
    pictures: dict[str, bytes] = field(default_factory=dict)
    grids: tuple[Grid, ...] = ()
    inner: tuple[Sent, ...] = ()
    words: tuple[Paragraph, ...] = ()
    told: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    subject: str = ""
    message: bool = False
