"""Numbers as text that gzip cannot shorten much further: postings bit by bit, levels one letter each.

A posting list is one letter `k`, then bits, six to a letter: for each posting the gap to the previous
document minus one (Rice code: quotient in zeros, a one, `k` bits of rest) and the weight (Elias gamma). The
padding is zeros, which no posting is made of, so the end needs no mark, and one more posting changes only the
end of a list.

Stems that nearly every document holds hardly weigh in any ranking, and their lists are the longest: there
weights are halved, upwards, which saves a quarter of the list, and 16 is added to `k`.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from math import log2
from operator import and_, sub

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
WEIGHT_BITS, WEIGHT_MASK = 8, 255
COARSE, DENSE = 16, 4 / 3
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


class _Codes(dict[int, str]):
    """`gap << 8 | weight` -> its bits, for one `k`; a code is made when it is first asked for."""

    def __init__(self, k: int, coarse: bool) -> None:
        super().__init__()
        self.k, self.coarse = k, coarse

    def __missing__(self, key: int) -> str:
        value, weight = (key >> WEIGHT_BITS) - 1, key & WEIGHT_MASK
        weight = weight + 1 >> 1 if self.coarse else weight
        rest = f"{value & (1 << self.k) - 1:0{self.k}b}" if self.k else ""
        code = self[key] = \
            "0" * (value >> self.k) + "1" + rest + "0" * (weight.bit_length() - 1) + f"{weight:b}"
        return code


_CODES = [_Codes(k, coarse) for coarse in (False, True) for k in range(COARSE)]


def encode_postings(packed: Sequence[int]) -> str:
    """Postings in the order of documents, each `document << 8 | weight` with weights 1 to 255, as letters."""
    k = _parameter(packed)
    return ALPHABET[k] + encode_bits(_bits(k, packed, 0))


def recode_postings(letters: str, before: Sequence[int], after: Sequence[int]) -> str:
    """`encode_postings(after)`, where `letters` are those of `before`: only the end that differs is new."""
    k = _parameter(after)
    if letters[:1] != ALPHABET[k]:
        return encode_postings(after)
    first = min(_shared(before, after), len(before) - 1)
    known = _bits(k, before, first)
    start = max(1, len(letters) - len(known) // 6 - 2)
    bits = decode_bits(letters[start:])
    # Codes hold ones, so the last ones cannot be found again between their own place and the last zeros.
    return letters[:start] + encode_bits(bits[:bits.rindex(known)] + _bits(k, after, first))


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many postings two lists begin with in common."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if one[least:middle] == other[least:middle] else (least, middle - 1)
    return least


def _bits(k: int, packed: Sequence[int], first: int) -> str:
    """The codes of the postings from the `first` on."""
    earlier = chain(packed[first - 1:first] or (-1 << WEIGHT_BITS,), packed[first:])
    return "".join(map(_CODES[k].__getitem__,
                       map(sub, packed[first:], map(and_, earlier, repeat(~WEIGHT_MASK)))))


def _parameter(packed: Sequence[int]) -> int:
    """The first letter of a list. Of the last document only its block of 512 counts, so that one more posting
    rarely changes it, and so the list.
    """
    mean = ((packed[-1] >> WEIGHT_BITS | 511) + 1) / len(packed)
    return max(0, min(15, round(log2(mean * 0.69)))) + COARSE * (mean <= DENSE)


def encode_bits(bits: str) -> str:
    """Zeros and ones, six to a letter, and zeros up to the last letter's end."""
    size = -(-len(bits) // 24) * 3
    data = (int(bits, 2) << size * 8 - len(bits)).to_bytes(size, "big")
    return urlsafe_b64encode(data)[:-(-len(bits) // 6)].decode()


def decode_bits(letters: str) -> str:
    """Zeros and ones again."""
    return "".join(f"{_VALUES[letter]:06b}" for letter in letters)


def decode_postings(letters: str) -> Iterator[tuple[int, int]]:
    """(document, weight) of each posting."""
    coarse, k = divmod(_VALUES[letters[0]], COARSE)
    bits = decode_bits(letters[1:])
    at, number = 0, -1
    while (one := bits.find("1", at)) >= 0:
        rest = bits[one + 1:one + 1 + k]
        number += ((one - at) << k) + int(rest or "0", 2) + 1
        at = one + 1 + k
        one = bits.index("1", at)
        at, weight = 2 * one - at + 1, int(bits[one:2 * one - at + 1], 2)
        yield number, weight << coarse


def encode_levels(levels: Sequence[int]) -> str:
    """Small numbers, 0 to 63, one letter each."""
    return "".join(map(ALPHABET.__getitem__, levels))


def decode_levels(letters: str) -> list[int]:
    """The numbers again."""
    return [_VALUES[letter] for letter in letters]
