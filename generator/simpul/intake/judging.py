"""Whose a problem is: the sender's own, one he causes elsewhere, or one that was there before him."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from simpul.builder.build import check
from simpul.intake.changes import before, changed_files, stays_at_home
from simpul.problems import Problem, errors


class Judged(NamedTuple):
    """The problems of a change: `own` are in files that it touches; `elsewhere` are errors that it causes in
    files it leaves alone; `older` are errors that were there before, which are not held against it.
    """

    own: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...] = ()
    older: tuple[Problem, ...] = ()

    @property
    def told(self) -> tuple[Problem, ...]:
        """What the sender is asked to mend."""
        return (*self.own, *self.elsewhere)


def judge(found: Iterable[Problem], root: Path, base: str, region: str = "") -> Judged:
    """The problems `found` at the root, for a change meant for the branch `base`. Raises NoHistoryError."""
    changed = changed_files(root, base)
    touched = frozenset(changed)
    found = tuple(found)
    own = (*(problem for problem in found if problem.path in touched), *stays_at_home(changed, region))
    others = errors(problem for problem in found if problem.path not in touched)
    known = _known_before(root, base) if others else frozenset()
    return Judged(own, tuple(problem for problem in others if problem not in known),
                  tuple(problem for problem in others if problem in known))


def _known_before(root: Path, base: str) -> frozenset[Problem]:
    """What was wrong already. A file that was left alone has kept its lines, so equal means the same."""
    with before(root, base) as place:
        return frozenset(check(place, 1).problems)
