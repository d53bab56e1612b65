"""What is written in any source is on a page of the site, in a file beside it, or in a problem: all kinds of
sources are edited at random and built. `SIMPUL_EDITS=20000` makes as many edits as that.
"""

import os
import random
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

from simpul.problems import Problem
from tests.harness import SITE, Sample
from tests.test_words import COMMENT, WORD, edited

EDITS = int(os.environ.get("SIMPUL_EDITS", "300"))
PATHS = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*")
               if path.suffix in (".yml", ".md") and path.parent != SITE)
PLACEHOLDERS = re.compile("zeta|teta|eta")
UNSHOWN = {
    "curriculum/padanan.yml": "its words are for search, which finds pages by them",
    "curriculum/rilis.yml": "a centre's page tells only of the releases after the one it teaches",
}
"""Sources of which by design not every word is shown, each with its reason."""
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TITLE = re.compile(r"^#{1,2} .*$", re.MULTILINE)
"""Shown as words alone, whatever is marked in it as code."""
READ_OUT = re.compile(r'\b(?:alt|title|aria-label|href|content|placeholder|value)="([^"]*)"')


def words(text: str) -> set[str]:
    """The words of a text that hold a letter, in lower case; numbers and dates are shown in another form."""
    return {word.casefold() for word in WORD.findall(unescape(text)) if not word.isdecimal()}


def written(path: str, text: str) -> set[str]:
    """The words of a source, without an editor's comments among its fields."""
    if path.endswith(".yml"):
        return words(COMMENT.sub("", text))
    text = TITLE.sub(lambda title: title[0].replace("`", ""), text)
    head, line, body = text.partition("\n---") if text.startswith("---") else ("", "", text)
    return words(COMMENT.sub("", head) + line + body)


def visible(name: str, data: bytes) -> set[str]:
    """The words that a file of the site gives its readers."""
    text = data.decode("utf-8", "replace")
    if not name.endswith(".html"):
        return words(text)
    text = UNSEEN.sub("", text)
    return words(TAG.sub(" ", text) + " " + " ".join(READ_OUT.findall(text)))


class Portal:
    """A sample whose sources are edited, several at a time, and put back."""

    def __init__(self, root: Path) -> None:
        self.sample = Sample(root, "71")
        self.texts = {path: (root / path).read_text(encoding="utf-8") for path in PATHS}
        self.files: dict[str, tuple[bytes, set[str]]] = {}
        self.usual = {(problem.path, problem.message) for problem in self.sample.problems()}
        self.shown()

    def lost(self, edits: dict[str, str]) -> Iterator[tuple[str, str]]:
        """The words of edited sources that are neither shown nor told of, each with its path."""
        edits = {path: text for path, text in edits.items()
                 if path not in UNSHOWN and not self._told({path: text})}
        while told := self._told(edits):
            edits = {path: text for path, text in edits.items() if path not in told}
            if not told & self.texts.keys():
                return  # by a source that was not edited
        self._write(edits)
        shown = self.shown()
        for path, text in edits.items():
            new = written(path, text) - written(path, self.texts[path])
            yield from ((path, word) for word in sorted(new - shown))
        self._write({path: self.texts[path] for path in edits})

    def shown(self) -> set[str]:
        """The words of the site as it is built now."""
        assert self.sample.build().result
        site = self.sample.root / "site"
        for place in site.rglob("*"):
            name = place.relative_to(site).as_posix()
            if place.is_file() and place.suffix in (".html", ".json", ".csv", ".ics", ".xml"):
                data = place.read_bytes()
                if self.files.get(name, (b"",))[0] != data:
                    self.files[name] = data, visible(name, data)
        return set().union(*(found for name, (_, found) in self.files.items() if (site / name).is_file()))

    def _told(self, edits: dict[str, str]) -> set[str]:
        """The paths of which something new is told."""
        self._write(edits)
        found = {problem.path for problem in self.sample.problems() if self._is_new(problem)}
        self._write({path: self.texts[path] for path in edits})
        return found

    def _is_new(self, problem: Problem) -> bool:
        return (problem.path, problem.message) not in self.usual

    def _write(self, texts: dict[str, str]) -> None:
        for path, text in texts.items():
            self.sample.write(path, text)


def own(number: int) -> Callable[[re.Match[str]], str]:
    """Each edit has words of its own, so that none is on the site already."""
    mark = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return lambda found: f"{found[0]}q{mark}"


def edit(number: int, text: str) -> str:
    """One edit with words of its own."""
    changed = edited(text, random.Random(number))
    return changed if PLACEHOLDERS.search(text) else PLACEHOLDERS.sub(own(number), changed)


def test_every_word_of_a_site_is_shown_or_told(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "root")
    for start in range(0, EDITS, len(PATHS)):
        edits = {path: edit(start + place, portal.texts[path]) for place, path in enumerate(PATHS)}
        gone = list(portal.lost(edits))
        assert not gone, (start, gone, [edits[path] for path, _ in gone[:1]])


def test_the_consent_of_a_case_is_on_its_page(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root", "71")
    assert sample.build().result
    page = " ".join(sample.page("praktik/00.71/antrean-daring.html").split())
    assert "Dinas Kesehatan, surat 440/12/2026, 2 Agustus 2026" in page
