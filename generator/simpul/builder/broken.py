"""What goes wrong in the program or its templates, told as kindly as a contributor's mistakes: where, what,
which page.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from simpul.builder.items import LazyItem
from simpul.html.render import NoTemplateError
from simpul.problems import Problem, error
from simpul.runtime.packing import UnplainError
from simpul.runtime.tracing import lines_below, named
from simpul.runtime.versions import GENERATOR, THEME

MISSING = re.compile(r"'.*' has no attribute '(.*)'")
UNDEFINED = re.compile(r"'(.*)' is undefined")
TEMPLATE_HINT = "Periksa nama kunci di templat itu, dan data halamannya di generator/simpul/pages/."
SYNTAX_HINT = "Perbaiki templat itu; cara menulisnya ada di CONTRIBUTING.md."
PLAIN_HINT = "Kumpulkan teks, angka, daftar, dan dict saja; benda lain diuraikan dulu."
PROGRAM_HINT = "Ini kesalahan program, bukan isian: kirim baris ini kepada pengelola portal."


def not_made(item: LazyItem, failure: Exception) -> Problem:
    """A failure while a page or a file was made. Where only its value is wrong, who collects it is named."""
    what = f"{item.url} tidak dapat dibuat"
    if isinstance(failure, UnplainError):
        code = getattr(item.collect, "func", item.collect).__code__
        path = Path(code.co_filename)
        place = path.relative_to(GENERATOR).as_posix() if path.is_relative_to(GENERATOR) else path.name
        message = f"{what}: datanya memuat {failure}"
        return error(f"generator/simpul/{place}", code.co_firstlineno, "program", message, PLAIN_HINT)
    return problem_of(what, failure)


def problem_of(what: str, failure: Exception) -> Problem:
    """A failure with what came of it, at the last line of a template or of the program it went through."""
    reason = _reason(failure)
    message = f"{what}: {reason}"
    if templates := lines_below(failure, THEME):
        path, line = templates[-1]
        hint = TEMPLATE_HINT if reason.startswith(("kunci ", "nama ")) else SYNTAX_HINT
        return error(f"theme/{path}", line, "templat", message, hint)
    path, line = next(reversed(lines_below(failure, GENERATOR)), ("", 1))
    return error(f"generator/simpul/{path}", line, "program", message, PROGRAM_HINT)


def one_a_line(problems: Sequence[Problem]) -> list[Problem]:
    """One problem for each line that is wrong: it may break ten thousand pages."""
    return list({(problem.path, problem.line): problem for problem in reversed(problems)}.values())


def _reason(failure: Exception) -> str:
    text = " ".join(str(failure).split())
    if isinstance(failure, NoTemplateError):
        return "templatnya belum ada"
    if found := MISSING.fullmatch(text):
        return f"kunci '{found[1]}' tidak ada pada datanya"
    if found := UNDEFINED.fullmatch(text):
        return f"nama '{found[1]}' tidak dikenal di templat"
    return named(failure)
