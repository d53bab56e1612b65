"""A report for an official, as Markdown: what is wrong, why it matters, how to mend it, a line to copy."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from simpul.intake.remedies import corrected, why
from simpul.problems import Problem, count, errors

Lines = Callable[[str], Sequence[str]]


def as_summary(problems: Sequence[Problem], lines: Lines) -> str:
    """The report. `lines` gives the lines of a source file, none for one that is not there."""
    wrong = errors(problems)
    asked = [problem for problem in problems if problem not in wrong]
    parts = [_verdict(wrong)]
    if wrong:
        parts += ["## Yang harus diperbaiki", *_by_file(wrong, lines)]
    if asked:
        parts += ["## Yang sebaiknya dilengkapi", "Tidak menghalangi penerbitan.", *_by_file(asked, lines)]
    return "\n\n".join([*parts, count(problems)]) + "\n"


def _verdict(wrong: Sequence[Problem]) -> str:
    if not wrong:
        return "# Usulan lolos pemeriksaan\n\nPeninjau akan membacanya menurut kriteria penerimaan."
    return (f"# Usulan belum dapat diterbitkan\n\nAda {len(wrong)} hal yang harus diperbaiki. "
            "Situs yang sekarang tidak berubah.")


def _by_file(problems: Iterable[Problem], lines: Lines) -> Iterable[str]:
    for path, found in groupby(sorted(problems), key=lambda problem: problem.path):
        yield f"### {_code(path)}"
        yield "\n".join(_item(problem, lines(path)) for problem in found)


def _item(problem: Problem, lines: Sequence[str]) -> str:
    told = [f"- **Baris {problem.line}**: {_plain(problem.message)}.", f"  - Mengapa: {why(problem)}"]
    if problem.hint:
        told.append(f"  - Perbaikan: {_plain(problem.hint)}")
    if line := corrected(problem, lines):
        told.append(f"  - Salin baris ini: {_code(line)}")
    return "\n".join(told)


MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~!@&"})


def _plain(text: str) -> str:
    """A submitter's words as text: no mark of Markdown, no mention of an account."""
    return " ".join(text.split()).translate(MARKS)


def _code(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence, space = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"
