"""What differs between two texts, line by line and word by word: a pure function for readers, not a patch."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import unescape

Run = tuple[str, str]
SAME, GONE, NEW = "same", "gone", "new"
MOST = 250_000
CELL = re.compile(r"</t[hd]>\s*<t[hd][^>]*>")
TAG = re.compile(r"<[^>]*>")
ALIKE = 0.4


def compare(old: str, new: str) -> list[list[Run]]:
    """The lines of two texts in HTML, in order, each as runs of (`same`, `gone` or `new`, plain text).

    Alike lines are compared by words. Texts too long to be compared in reasonable time are told as all gone
    and all new.
    """
    before, after = _lines(old), _lines(new)
    if len(before) * len(after) > MOST:
        return [*_all(GONE, before), *_all(NEW, after)]
    lines: list[list[Run]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += _all(SAME, before[i:j])
        else:
            lines += _changed(before[i:j], after[k:m])
    return lines


def _lines(text: str) -> list[str]:
    """What a reader sees: one line for each paragraph, item, or row of a table."""
    rows = CELL.sub(" | ", text)
    return [line for part in TAG.sub("", rows).split("\n") if (line := unescape(part).strip())]


def _all(kind: str, lines: Sequence[str]) -> list[list[Run]]:
    return [[(kind, line)] for line in lines]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[list[Run]]:
    """Alike lines that stand for each other show their words; around them the old come before the new."""
    done = 0
    for number, (old, new) in enumerate(zip(before, after, strict=False)):
        runs = list(_words(old, new))
        if sum(len(text) for kind, text in runs if kind == SAME) >= ALIKE * max(len(old), len(new)):
            yield from (*_all(GONE, before[done:number]), *_all(NEW, after[done:number]), runs)
            done = number + 1
    yield from (*_all(GONE, before[done:]), *_all(NEW, after[done:]))


def _words(old: str, new: str) -> Iterator[Run]:
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    if len(before) * len(after) > MOST:
        return
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield SAME, "".join(before[i:j])
        else:
            if i < j:
                yield GONE, "".join(before[i:j])
            if k < m:
                yield NEW, "".join(after[k:m])
