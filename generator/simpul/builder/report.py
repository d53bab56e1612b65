"""What a build tells: how far it is, what it found, what it did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from simpul.problems import Problem

Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """`pages` counts pages by the label of their kind; `made` those that had to be made; `size` is the site's
    in bytes.
    """

    pages: Mapping[str, int]
    made: int
    size: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build found and did; `result` is None when errors kept the site as it was."""

    problems: tuple[Problem, ...]
    result: BuildResult | None
    seconds: float


class BrokenError(Exception):
    """Pages or files cannot be made; the last good site stays."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)
