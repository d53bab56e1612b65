"""A report for an official, as Markdown: what is wrong, why it matters, how to mend it, a line to copy."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from simpul.intake.remedies import corrected, why
from simpul.problems import Problem, count, errors

Lines = Callable[[str], Sequence[str]]


def as_summary(lines: Lines, own: Sequence[Problem], elsewhere: Sequence[Problem] = (),
               older: Sequence[Problem] = ()) -> str:
    """The report on the problems of a change: its own, the errors it causes elsewhere, and those that were
    there before. `lines` gives the lines of a source file, none for one that is not there.
    """
    wrong = errors(own)
    asked = [problem for problem in own if problem not in wrong]
    parts = [_verdict(len(wrong) + len(elsewhere))]
    for title, about, found in (
            ("Yang harus diperbaiki", "", wrong),
            ("Yang timbul di berkas lain", ELSEWHERE, elsewhere),
            ("Yang sebaiknya dilengkapi", "Tidak menghalangi penerbitan.", asked),
            ("Yang sudah ada sebelum usulan ini", OLDER, older)):
        if found:
            parts += [f"## {title}", *([about] if about else ()), *_by_file(found, lines)]
    return "\n\n".join([*parts, count((*own, *elsewhere))]) + "\n"


ELSEWHERE = ("Berkas ini tidak Anda ubah, tetapi tidak lagi benar karena usulan ini. "
             "Perbaiki di berkas Anda sendiri; bila tidak bisa, sampaikan kepada pengelola.")
OLDER = "Bukan tanggungan Anda, dan tidak menghalangi usulan ini. Pengelola yang memperbaikinya."


def _verdict(wrong: int) -> str:
    if not wrong:
        return "# Usulan lolos pemeriksaan\n\nPeninjau akan membacanya menurut kriteria penerimaan."
    return (f"# Usulan belum dapat diterbitkan\n\nAda {wrong} hal yang harus diperbaiki. "
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
