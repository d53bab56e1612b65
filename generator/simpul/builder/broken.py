"""What goes wrong in the program or its templates, told as kindly as a contributor's mistakes: where, what,
which page.
"""

import re
import traceback
from collections.abc import Sequence
from pathlib import Path

from simpul.problems import Problem, error
from simpul.runtime.versions import GENERATOR, THEME

MISSING = re.compile(r"'.*' has no attribute '(.*)'")
UNDEFINED = re.compile(r"'(.*)' is undefined")
TEMPLATE_HINT = "Periksa nama kunci di templat itu, dan data halamannya di generator/simpul/pages/."
PROGRAM_HINT = "Ini kesalahan program, bukan isian: kirim baris ini kepada pengelola portal."


class BrokenError(Exception):
    """Pages or files cannot be made; the last good site stays."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)


def not_made(url: str, failure: Exception) -> Problem:
    """A failure while a page or a file was made."""
    return problem_of(f"{url} tidak dapat dibuat", failure)


def problem_of(what: str, failure: Exception) -> Problem:
    """A failure with what came of it, at the last line of a template or of the program it went through."""
    message = f"{what}: {_reason(failure)}"
    if templates := _places(failure, THEME):
        path, line = templates[-1]
        return error(f"theme/{path}", line, "templat", message, TEMPLATE_HINT)
    path, line = next(reversed(_places(failure, GENERATOR)), ("", 1))
    return error(f"generator/simpul/{path}", line, "program", message, PROGRAM_HINT)


def one_a_line(problems: Sequence[Problem]) -> list[Problem]:
    """One problem for each line that is wrong: it may break ten thousand pages."""
    return list({(problem.path, problem.line): problem for problem in reversed(problems)}.values())


def _places(failure: Exception, folder: Path) -> list[tuple[str, int]]:
    """Files below a folder with the lines that the failure passed through; a template that cannot be read
    names its own.
    """
    found = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(failure.__traceback__)]
    if own := getattr(failure, "filename", None):
        found.append((str(own), getattr(failure, "lineno", None) or 1))
    return [(Path(name).relative_to(folder).as_posix(), line) for name, line in found
            if Path(name).is_relative_to(folder)]


def _reason(failure: Exception) -> str:
    text = " ".join(str(failure).split())
    if found := MISSING.fullmatch(text):
        return f"kunci '{found[1]}' tidak ada pada datanya"
    if found := UNDEFINED.fullmatch(text):
        return f"nama '{found[1]}' tidak dikenal di templat"
    return f"{type(failure).__name__}: {text}".rstrip(": ")
