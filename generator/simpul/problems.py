"""How Simpul speaks to contributors: where it is, what is wrong, how to mend it."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, TypeVar

from simpul.runtime.nearest import nearest

Severity = Literal["error", "warning"]
LABELS: dict[str, str] = {"error": "galat", "warning": "peringatan"}
MOST_TOLD = 100
"""Of one kind in one file: nobody mends more at a time."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend.

    `path` is relative to the root, with forward slashes; `line` counts from 1; `code` names the rule for
    machines.
    """

    path: str
    line: int
    severity: Severity
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """A remedy that names the nearest known word, else the known words when they are no more than `choices`,
    else says something else. It is looked for when it is told: of thousands that are wrong few are told.
    """

    word: str
    known: Collection[str]
    otherwise: str = ""
    choices: int = 0

    def __str__(self) -> str:
        near = nearest(self.word, self.known)
        if not near and len(self.known) <= MOST_TOLD:
            near = next((other for other in self.known if self.word in other.split("_")), "")
        if near:
            return f"Maksud Anda '{near}'?"
        few = 0 < len(self.known) <= self.choices
        return f"Pilihan: {', '.join(self.known)}." if few else self.otherwise


def did_you_mean(word: str, known: Collection[str], otherwise: str = "") -> Guess:
    """`Maksud Anda 'judul'?` for the nearest known word."""
    return Guess(word, known, otherwise)


def one_of(word: str, known: Collection[str], otherwise: str = "", limit: int = 12) -> Guess:
    """The nearest known word, or else the known words when they are few."""
    return Guess(word, known, otherwise, limit)


Hint = str | Guess


def error(path: str, line: int, code: str, message: str, hint: Hint = "") -> Problem:
    """A problem that stops the build."""
    return Problem(path, line, "error", code, message, str(hint))


def warning(path: str, line: int, code: str, message: str, hint: Hint = "") -> Problem:
    """A problem that is told, and does not stop the build."""
    return Problem(path, line, "warning", code, message, str(hint))


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem found by a rule of the whole portal; `where` is a line, or the location of a field."""

    path: str
    where: int | tuple[str | int, ...]
    severity: Severity
    code: str
    message: str
    hint: Hint = ""

    def at(self, line: int) -> Problem:
        """The problem, once the line of its field is known."""
        return Problem(self.path, line, self.severity, self.code, self.message, str(self.hint))


T = TypeVar("T")
Told = TypeVar("Told", Problem, Finding)


def first_of_each(found: Iterable[T], kind: Callable[[T], Hashable]) -> tuple[list[T], list[tuple[T, int]]]:
    """The first MOST_TOLD of each kind; and the next of each, with the number of those that are left."""
    count: Counter[Hashable] = Counter()
    first: list[T] = []
    others: dict[Hashable, T] = {}
    for item in found:
        key = kind(item)
        count[key] += 1
        if count[key] <= MOST_TOLD:
            first.append(item)
        else:
            others.setdefault(key, item)
    return first, [(item, count[key] - MOST_TOLD) for key, item in others.items()]


def and_others(told: Told, left: int) -> Told:
    """The first of a kind that stands for all that are left."""
    if left == 1:
        return told
    return replace(told, code="terlalu-banyak", hint="Perbaiki dulu yang disebut, lalu periksa lagi.",
                   message=f"{told.message}, dan masih ada {left - 1} masalah sejenis sesudahnya")


def the_first_of_each(found: Iterable[Told]) -> list[Told]:
    """Of one kind in one file the first MOST_TOLD, and one that stands for the others."""
    first, others = first_of_each(found, lambda told: (told.path, told.code, told.severity))
    return first + [and_others(told, left) for told, left in others]


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that stop the build."""
    return tuple(problem for problem in problems if problem.severity == "error")


def _sentence(problem: Problem) -> str:
    return f"{problem.message}. {problem.hint}".rstrip() if problem.hint else f"{problem.message}."


def as_text(problems: Sequence[Problem]) -> str:
    """`path:line: galat: message. remedy`, sorted, and a closing count."""
    lines = [f"{p.path}:{p.line}: {LABELS[p.severity]}: {_sentence(p)}" for p in sorted(problems)]
    return "\n".join([*lines, count(problems)])


def count(problems: Sequence[Problem]) -> str:
    """The closing line of a report."""
    bad = len(errors(problems))
    return f"{bad} galat, {len(problems) - bad} peringatan."


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects with the fields of Problem."""
    return json.dumps([asdict(p) for p in sorted(problems)], ensure_ascii=False, indent=1)


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that GitHub shows beside the lines of a pull request."""
    return "\n".join([*(_annotation(p) for p in sorted(problems)), count(problems)])


def _annotation(problem: Problem) -> str:
    path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    return (f"::{problem.severity} file={path},line={problem.line},title={problem.code}::"
            f"{_escaped(_sentence(problem))}")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
