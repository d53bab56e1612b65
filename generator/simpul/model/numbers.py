"""Numbers as people here write them: `1.250.000`, `Rp950.000`, `12,5 %`, `1 250`. What can be read in two
ways is asked about, never guessed.

The form judges by the same tables (`FOR_THE_FORM`), whose patterns Python and JavaScript read alike.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

SAME = ("０１２３４５６７８９，．％＋－−–\u00a0\u2007\u2009\u202f", "0123456789,.%+---    ")
"""Letters that say the same: full width, Unicode's minus, Word's dash, spaces that do not break."""
GROUPS = "|".join(rf"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}}){{1,4}}(?:{decimal}[0-9]{{1,10}})?"
                  for mark, decimal in (("[.]", ","), (",", "[.]"), (" ", "[.,]")))
DIGITS = f"{GROUPS}|[0-9]{{1,15}}(?:[.,][0-9]{{1,10}})?"
WHOLE_PATTERN = "^(?![0-9]{1,3}[.,]000$)(?:[0-9]{1,9}|[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\\1[0-9]{3})?)$"
MONEY, TAIL = "(?:[Rr][Pp][.]?|IDR) ?", ",-"
FORM = rf"([+-]?)({MONEY})?({DIGITS})({TAIL})?( ?%)?"
"""Sign, currency, digits, the dash that stands for no sen, percent sign."""
ASKED = "[1-9][0-9]{0,2}[.,][0-9]{3}"
"""One group of three digits: thousands, or three places. English swaps the marks, so both are asked about."""
INSIDE = rf"{FORM}(?![0-9A-Za-z]|[.,][0-9])"
"""A number within a text, where no letter, digit or mark stands before it: old browsers cannot look there."""
NOTHING = "[-—.]+|n/?a|tidak ada|belum ada|nihil|null"
FAILED = r"#[A-Z/0?]+!?"
SHORTENED = "[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+"
"""A power of ten: a spreadsheet writes it where the column was too narrow, and drops digits."""
ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
        "sebelas")
SIZES = ((1_000_000_000, "miliar"), (1_000_000, "juta"), (1000, "ribu"), (100, "ratus"))
SCALES = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9}
"""Words that multiply a number, and by how many places."""
UNITS = {"Rp": ("rp", "rupiah", "idr"), "%": ("%", "persen", "persentase")}
"""What a unit of measure says for a unit that stands with the number."""
HINTS = {
    "asked": "Tulis {0} bila maksudnya {2}, atau {1} bila {3}.",
    "only": "Tulis {0} saja",
    "without": "{0}, tanpa '{1}'.",
    "several": "Tulis satu angka saja, misalnya \"82,5\".",
    "unit": "Tulis angkanya saja, atau perbaiki 'satuan'.",
    "nothing": "Kosongkan bila belum ada angkanya.",
    "failed": "Rumus di lembar kerja gagal; perbaiki rumusnya atau kosongkan selnya.",
    "shortened": "Tulis semua angkanya, tanpa E; di lembar kerja, lebarkan kolomnya dan beri format Angka.",
    "": "Tulis angka saja, misalnya \"82,5\" atau \"1250\".",
}
THOUSAND = 1000
MOST_WHOLE = 999_999_999
FOR_THE_FORM = {"same": SAME, "form": FORM, "asked": ASKED, "inside": INSIDE, "nothing": NOTHING,
                "failed": FAILED, "shortened": SHORTENED, "ones": ONES, "sizes": SIZES, "scales": SCALES,
                "units": UNITS, "hints": HINTS, "thousand": THOUSAND, "most": MOST_WHOLE}
_simple = re.compile("-?[0-9]{1,15}(?:[.,][0-9]{1,2})?")
_same = str.maketrans(*SAME)
_form, _asked, _inside, _nothing, _failed, _shortened = (
    re.compile(pattern, flags) for pattern, flags in
    ((FORM, 0), (ASKED, 0), (rf"(?<![0-9A-Za-z.,]){INSIDE}", 0), (NOTHING, re.IGNORECASE), (FAILED, 0),
     (SHORTENED, 0)))
Fits = Callable[[Decimal], bool]


class Written(NamedTuple):
    """What a text may say as a number, the thousands first where there are two; its unit: "Rp", "%" or ""."""

    values: tuple[Decimal, ...]
    unit: str = ""


def anything(_number: Decimal) -> bool:
    """Of a field that holds any number."""
    return True


def is_whole(number: Decimal) -> bool:
    """Of a field that counts: `1.250` can only be 1250 there; but `56.000` may be 56 with three places."""
    return number == number.to_integral_value()


def is_small(number: Decimal) -> bool:
    """Of a field that never reaches a thousand: `82.150` can only be 82,15 there."""
    return number < THOUSAND


def read(text: str, fits: Fits = anything) -> Written | None:
    """What a text says as a number, None where it is none; of two readings those that fit the field."""
    if _simple.fullmatch(text):  # most are
        return Written((Decimal(text.replace(",", ".")),))
    match = _form.fullmatch(text.translate(_same).strip())
    return _written(match, fits) if match and not (match[2] and match[5]) else None


def _written(match: re.Match[str], fits: Fits) -> Written:
    sign, money, digits, tail, percent = match.groups()
    unit = "Rp" if money or tail else "%" if percent else ""
    whole = Decimal(sign + re.sub("[., ]", "", digits))
    if _asked.fullmatch(digits):
        broken = Decimal(sign + digits.replace(",", "."))
        return Written((whole,) if unit == "Rp" else tuple(filter(fits, (whole, broken))), unit)
    mark = max(digits.rfind("."), digits.rfind(","))
    if mark < 0 or digits.count(digits[mark]) > 1:
        return Written((whole,), unit)
    return Written((Decimal(f"{sign}{re.sub('[., ]', '', digits[:mark])}.{digits[mark + 1:]}"),), unit)


def fits_unit(unit: str, measured_in: str) -> bool:
    """Whether what stands with a number is what it is measured in: no `Rp` with people, nor with millions."""
    words = measured_in.casefold().split()
    return not unit or (any(word in UNITS[unit] for word in words) and not SCALES.keys() & {*words})


def question(values: Sequence[Decimal]) -> str:
    """Asks which of its two readings a number has."""
    return HINTS["asked"].format(*map(shown, values), *map(spelled, values))


def advice(text: str, fits: Fits = anything) -> str:
    """How to mend a text that is no number: by the number in it, if there is just one; "" if unknown."""
    text = text.translate(_same).strip()
    if _nothing.fullmatch(text) or _failed.fullmatch(text):
        return HINTS["nothing" if _nothing.fullmatch(text) else "failed"]
    if _shortened.fullmatch(text):
        return HINTS["shortened"]
    inside = list(_inside.finditer(text))
    if len(inside) != 1:
        return HINTS["several"] if inside else ""
    rest = f"{text[:inside[0].start()]} {text[inside[0].end():]}".split()
    scale = SCALES.get(rest[0].casefold(), 0) if rest else 0
    values = [value.scaleb(scale) for value in _written(inside[0], fits).values]
    said = question(values)[:-1] if len(values) > 1 else HINTS["only"].format(shown(values[0]))
    without = " ".join(rest[bool(scale):])
    return HINTS["without"].format(said, without[:60]) if without else f"{said}."


def shown(number: Decimal) -> str:
    """A number so that it can be read in one way only."""
    whole, _, fraction = _plain(number).partition(".")
    fraction += "0" * (len(fraction) == 3)
    return f"{whole},{fraction}" if fraction else whole


def spelled(number: Decimal) -> str:
    """A number in words, its places one by one."""
    whole, _, fraction = _plain(abs(number)).partition(".")
    words = ["minus"] * (number < 0) + [_words(int(whole))]
    return " ".join([*words, *["koma"] * bool(fraction), *(ONES[int(digit)] for digit in fraction)])


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _words(number: int) -> str:
    for size, name in SIZES:
        if number >= size:
            count, rest = divmod(number, size)
            first = f"se{name}" if count == 1 and size <= THOUSAND else f"{_words(count)} {name}"
            return f"{first} {_words(rest)}" if rest else first
    if number < len(ONES):
        return ONES[number]
    tens, rest = divmod(number, 10)
    return f"{ONES[rest]} belas" if tens == 1 else f"{ONES[tens]} puluh {ONES[rest] if rest else ''}".strip()
