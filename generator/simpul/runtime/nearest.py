"""The word that is most like another one, of a few words or of a hundred thousand, in a time that is bounded
whatever the words are.
"""

import difflib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache

ALIKE = 0.6
TAIL = 80
"""Of a longer word only its end is compared: a path's name and folder, and words without end cost no time."""
FEW = 16
"""So many words are all compared; of more, those that share letters with the word are looked up first."""
MOST_COUNTED, MOST_COMPARED = 20_000, 12


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that is most like this one, "" if none is like it."""
    words = known if len(known) <= FEW else _shelves(tuple(known)).candidates(word)
    ends = {other[-TAIL:]: other for other in words}
    found = difflib.get_close_matches(word[-TAIL:], ends, n=1, cutoff=ALIKE)
    return ends[found[0]] if found else ""


class _Shelves:
    """Many words by the pairs and triples of letters at their ends."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.holding: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(words):
            for part in _parts(word):
                self.holding[part].append(number)

    def candidates(self, word: str) -> list[str]:
        """The words that share most parts with this one. Rare parts are looked at first and tell most; of
        those that nearly all words have, none is reached.
        """
        shelves = sorted((self.holding[part] for part in _parts(word) if part in self.holding), key=len)
        shared: Counter[int] = Counter()
        left = MOST_COUNTED
        for shelf in shelves:
            shared.update(shelf[:left])
            left -= len(shelf)
            if left <= 0:
                break
        best = sorted(shared, key=lambda number: (-shared[number], abs(len(self.words[number]) - len(word)),
                                                  number))
        return [self.words[number] for number in best[:MOST_COMPARED]]


_shelves = lru_cache(maxsize=4)(_Shelves)


def _parts(word: str) -> set[str]:
    return set(_slices(f" {word[-TAIL // 2:]} "))


def _slices(text: str) -> Iterator[str]:
    for start in range(len(text) - 1):
        yield text[start:start + 2]
        yield text[start:start + 3]
