"""What goes wrong in the program or its templates, told as kindly as a contributor's mistakes: where, what,
which page.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from simpul.builder.items import LazyItem
from simpul.html.render import NoTemplateError
from simpul.problems import Problem, error
from simpul.runtime.packing import UnplainError
from simpul.runtime.tracing import lines_below, named
from simpul.runtime.versions import GENERATOR, THEME
from simpul.sources.fence import PROGRAM_HINT as FILE_HINT
from simpul.sources.schema import kind_of

MISSING = re.compile(r"'.*' has no attribute '(.*)'")
UNDEFINED = re.compile(r"'(.*)' is undefined")
TEMPLATE_HINT = "Periksa nama kunci di templat itu, dan data halamannya di generator/simpul/pages/."
SYNTAX_HINT = "Perbaiki templat itu; cara menulisnya ada di CONTRIBUTING.md."
PLAIN_HINT = "Kumpulkan teks, angka, daftar, dan dict saja; benda lain diuraikan dulu."
PROGRAM_HINT = "Ini kesalahan program, bukan isian: kirim baris ini kepada pengelola portal."


class NotMade(NamedTuple):
    """A page or file that cannot be made, told where the program or a template fails; and the source that
    calls for it.
    """

    problem: Problem
    source: str = ""


def not_made(item: LazyItem, failure: Exception) -> NotMade:
    """A failure while a page or a file was made. What the system refuses is raised again."""
    if isinstance(failure, OSError):
        raise failure
    return NotMade(_not_made(item, failure), item.source)


def blamed(broken: Iterable[NotMade]) -> list[Problem]:
    """One problem for each line of the program that is wrong, which may break ten thousand pages. Where that
    line breaks what one source of many calls for, and nothing else, it is told of that source.
    """
    by_place: dict[tuple[str, int], list[NotMade]] = {}
    for item in broken:
        by_place.setdefault((item.problem.path, item.problem.line), []).append(item)
    return [_of_source(items[0]) if len({item.source for item in items}) == 1 and _one_of_many(items[0])
            else items[0].problem for items in by_place.values()]


def _one_of_many(item: NotMade) -> bool:
    kind = kind_of(item.source) if item.problem.code == "program" else None
    return kind is not None and (kind.shape == "article" or kind.identify(item.source) != "")


def _of_source(item: NotMade) -> Problem:
    told = item.problem
    return error(item.source, 1, told.code, f"{told.message} ({told.path}:{told.line})", FILE_HINT)


def _not_made(item: LazyItem, failure: Exception) -> Problem:
    """Where only its value is wrong, who collects it is named."""
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
    path, line = next(reversed(lines_below(failure, GENERATOR)), ("runtime/workers.py", 1))
    return error(f"generator/simpul/{path}", line, "program", message, PROGRAM_HINT)


def _reason(failure: Exception) -> str:
    text = " ".join(str(failure).split())
    if isinstance(failure, NoTemplateError):
        return "templatnya belum ada"
    if isinstance(failure, MemoryError):
        return "memori habis"
    if found := MISSING.fullmatch(text):
        return f"kunci '{found[1]}' tidak ada pada datanya"
    if found := UNDEFINED.fullmatch(text):
        return f"nama '{found[1]}' tidak dikenal di templat"
    return named(failure)
