"""Words as written near a word that no document holds: those it begins, those one slip of the finger away."""

import re
from collections.abc import Mapping

from simpul.search.words import STEMS

MOST_COMPLETIONS = 4
MOST_CORRECTIONS = 2
Words = Mapping[str, str]
"""Word -> capital for how many documents hold it: A one, B two or three, C four to seven ..."""
_LISTED = re.compile("([a-z0-9]+)([A-Z])")


def listed(text: str) -> dict[str, str]:
    """The words of one run."""
    return dict(_LISTED.findall(text))


def completions(beginning: str, words: Words) -> list[str]:
    """Stems of the words with this beginning, commonest first, at most four."""
    found = sorted((word for word in words if word.startswith(beginning)),
                   key=lambda word: (-ord(words[word]), word))
    return list(dict.fromkeys(STEMS[word] for word in found))[:MOST_COMPLETIONS]


def corrections(wrong: str, words: Words) -> list[str]:
    """Words one edit away (a letter missing, extra, wrong, or two swapped), commonest first: of the two best
    stems one word each."""
    found = sorted((word for word in words if one_edit(wrong, word)),
                   key=lambda word: (-ord(words[word]), word))
    commonest: dict[str, str] = {}
    for word in found:
        commonest.setdefault(STEMS[word], word)
    return list(commonest.values())[:MOST_CORRECTIONS]


def halves(word: str) -> tuple[str, str]:
    """A beginning and an end of the word, one of which any single edit leaves whole."""
    size = (len(word) - 1) // 2
    return word[:size], word[1 + size:]


def one_edit(a: str, b: str) -> bool:
    """Whether the words differ, by exactly one edit."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y),
                 min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) != len(b):
        return rest_a[1:] == rest_b or rest_a == rest_b[1:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])

