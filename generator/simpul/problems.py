"""How Simpul speaks to contributors: where it is, what is wrong, how to mend it."""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]
LABELS: dict[str, str] = {"error": "galat", "warning": "peringatan"}


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


def error(path: str, line: int, code: str, message: str, hint: str = "") -> Problem:
    """A problem that stops the build."""
    return Problem(path, line, "error", code, message, hint)


def warning(path: str, line: int, code: str, message: str, hint: str = "") -> Problem:
    """A problem that is told, and does not stop the build."""
    return Problem(path, line, "warning", code, message, hint)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem found by a rule of the whole portal; `where` is a line, or the location of a field."""

    path: str
    where: int | tuple[str | int, ...]
    severity: Severity
    code: str
    message: str
    hint: str = ""

    def at(self, line: int) -> Problem:
        """The problem, once the line of its field is known."""
        return Problem(self.path, line, self.severity, self.code, self.message, self.hint)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Maksud Anda 'judul'?` for the nearest known word, or an empty text."""
    words = list(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6) or \
        [other for other in words if word in other.split("_")]
    return f"Maksud Anda '{near[0]}'?" if near else ""


def one_of(word: str, known: Sequence[str], limit: int = 12) -> str:
    """A hint that names the nearest known word, or else the known words when they are few."""
    guess = did_you_mean(word, known)
    if guess or not known or len(known) > limit:
        return guess
    return "Pilihan: " + ", ".join(known) + "."


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
