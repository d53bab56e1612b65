"""Which words of what was sent are in what was made of it: none may get lost without a word."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from simpul.intake.doors.parcel import Paragraph

WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Its words, however they are written: small letters, composed, without marks."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def missing(paragraphs: Iterable[Paragraph], made: str) -> list[Paragraph]:
    """The paragraphs of which some word is not in the text that was made, or not as often."""
    there = Counter(words_of(made))
    lost: list[Paragraph] = []
    for paragraph in paragraphs:
        needed = Counter(words_of(paragraph.text))
        if needed <= there:
            there -= needed
        else:
            lost.append(paragraph)
    return lost
