"""Every word of a source is on the page or in a problem: sources are edited at random, as officials, word
processors and phones do. `SIMPUL_EDITS=20000` makes as many edits as that.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from simpul.model import Practice
from simpul.problems import errors
from simpul.sources.entry import WholeCase, read_source
from tests.hostile import FOLDER, HARMLESS

EDITS = int(os.environ.get("SIMPUL_EDITS", "300"))
PATH = f"{FOLDER}/kata.md"
WORD = re.compile(r"[^\W_]+")
COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
"""Among the fields a line after `#` is an editor's comment: by design the one thing that is not shown."""
LINES = (
    "| zeta | eta | teta |", "<!-- zeta eta -->", "%% zeta %%", "• zeta", "a) zeta", "\tzeta eta",
    "[^7]: zeta", "[zeta]: eta", "``` zeta eta", "> [!info]+ zeta", "## zeta {.eta}", "####### zeta",
    "zeta\n---", "7. zeta", "![[zeta.png]]", "Catatan zeta:", "# zeta", "> > zeta", "- - zeta",
    "| zeta |\n|---|\n| eta | teta |",
)
MARKS = " #:*_`~|[](){}<>!&%@\\'\"-+=^\t\n"


def edited(text: str, chance: random.Random) -> str:
    """One edit: a line, a word with a mark, a letter more or less."""
    place = chance.randrange(4, len(text))
    start = text.rfind("\n", 0, place) + 1
    match chance.randrange(4):
        case 0:
            return f"{text[:start]}{chance.choice(LINES)}\n{chance.choice(['', chr(10)])}{text[start:]}"
        case 1:
            mark = chance.choice(MARKS)
            return f"{text[:place]}{mark}zeta{chance.choice(['', ' ', mark])}{text[place:]}"
        case 2:
            return text[:place] + chance.choice(MARKS) + text[place:]
    return text[:place] + text[place + 1:]


def words(text: str) -> Counter[str]:
    """The words of a text; a number without the noughts before it, since dates may be written without."""
    return Counter(word.lstrip("0") for word in WORD.findall(unescape(text)))


def written(text: str) -> Counter[str]:
    """The words of a source."""
    head, line, body = text.partition("\n---")
    return words(COMMENT.sub("", head) + line + body)


def values(value: object) -> Iterator[str]:
    """What stands in all fields."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if not parts:
        yield str(value)
    for part in parts:
        yield from values(part)


def shown(body: object) -> Counter[str]:
    """The words of a case as its page gets them."""
    assert isinstance(body, WholeCase)
    assert isinstance(body.practice, Practice)
    parts = [*body.rendered.html, *(heading.text for heading in body.rendered.outline.headings),
             *values(body.practice.model_dump(mode="json"))]
    return words(unescape(" ".join(parts)))


def lost(text: str, usual: set[tuple[str, str]], hidden: Counter[str]) -> list[str]:
    """The words that are neither shown nor told."""
    source, body = read_source(PATH, text.encode())
    if errors(source.problems):
        return []
    told = {problem.line for problem in source.problems if (problem.code, problem.message) not in usual}
    rows = text.split("\n")
    gone = written(text) - hidden - shown(body)
    return [word for word in gone if not any(word in rows[line - 1] for line in told if line <= len(rows))]


def test_every_word_is_shown_or_told() -> None:
    source, body = read_source(PATH, HARMLESS.encode())
    usual = {(problem.code, problem.message) for problem in source.problems}
    hidden = written(HARMLESS) - shown(body)
    for number in range(EDITS):
        text = edited(HARMLESS, random.Random(number))
        assert not (gone := lost(text, usual, hidden)), (number, gone, text)
