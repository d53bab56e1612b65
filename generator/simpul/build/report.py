"""What a build tells: how far it is, what it found, what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simpul.problems import Problem

Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`pages` counts pages by kind; `made` those that had to be made; `size` is that of the whole site in bytes."""

    pages: Mapping[str, int]
    made: int
    size: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did; `outcome` is None when errors kept the site as it was."""

    problems: tuple[Problem, ...]
    outcome: Outcome | None
    seconds: float
