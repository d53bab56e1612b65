"""What is found in one attachment: what is wrong with it, and its text with where each line stands."""

from collections.abc import Iterator

from simpul.problems import Problem, error, warning
from simpul.sources.personal import find

Suspect = tuple[int, str, str, str]
"""What looks like personal data: its line, its place in words, what it is, how it is written."""


class UnacceptableError(Exception):
    """Why a file is not read to its end, and how to mend it; for the contributor."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Findings:
    """What is told of one file, each thing once, and the text that is looked at for personal data; `words`
    tells whether it has any that its readers see.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: dict[Problem, None] = {}
        self.words = False
        self.places: list[str] = []
        self.lines: list[str] = []
        self.suspects: list[Suspect] = []

    def refuse(self, message: str, hint: str, code: str = "lampiran", line: int = 1) -> None:
        """Something that keeps the file from being published."""
        self.problems[error(self.path, line, code, plain(message), hint)] = None

    def warn(self, message: str, hint: str) -> None:
        """Something that only people can judge."""
        self.problems[warning(self.path, 1, "lampiran", plain(message), hint)] = None

    def say(self, place: str, text: str) -> None:
        """A line of what the file says, whether or not its readers see it."""
        self.places.append(place)
        self.lines.append(text.replace("\n", " "))

    def all_suspects(self) -> tuple[Suspect, ...]:
        """Everything that looks like personal data."""
        found = (*self.suspects, *self._found())
        return tuple(dict.fromkeys((line, plain(place), what, text) for line, place, what, text in found))

    def _found(self) -> Iterator[Suspect]:
        for line, what, text in find("\n".join(self.lines)):
            yield 1, self.places[line - 1], what, text


def plain(text: str) -> str:
    """What a file says of itself, without line ends and what a terminal would take for an order."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
