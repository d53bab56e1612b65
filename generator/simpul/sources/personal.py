"""Personal data in what people send: identity numbers, telephone numbers and private mail addresses are
refused with their line (UU 27/2022). A number that only looks like one is let through with a stated reason.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from simpul.model import Practice
from simpul.problems import Problem, error


class Found(NamedTuple):
    """One thing that looks like personal data: its line from 1, what it is, and how it is written."""

    line: int
    what: str
    text: str


EXCEPTIONS = "bukan_data_pribadi"
REMOVE = "Hapus; bila pembaca perlu bertanya, tulis surel kantor."
REMOVE_OR_EXPLAIN = ('Hapus. Bila angka ini hanya mirip, tambahkan di bagian kunci: '
                     'bukan_data_pribadi: [{ teks: "angkanya", alasan: "..." }].')


OFFICES = ("/profil.yml", "/pusat.yml")
"""Files with the mail address of an office, which may be at a public provider; another rule speaks of it."""


def _digits(count: int) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d/])\d(?:[ .\-]?\d){{{count - 1}}}(?!\d)")


NIK, NIP = _digits(16), _digits(18)
PHONE = re.compile(r"(?<![\d.,/\-])(?:\(?\+?62\)?[ .\-]?|0)8\d{1,2}(?:[ .\-]?\d{2,4}){2,3}(?!\d)"
                   r"|wa\.me/\+?\d{9,14}")
LANDLINE = re.compile(r"(?:\(0\d{2,3}\)|\+62[ .\-]?[2-79]\d{1,2})[ .\-]?\d{3,4}[ .\-]?\d{3,4}(?!\d)")
MAIL = re.compile(r"[\w.+\-]+@([\w\-]+(?:\.[\w\-]+)+)")
PROVINCES = re.compile(r"1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7]")
PRIVATE_MAIL = re.compile(r"(gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|icloud|me|"
                          r"proton|protonmail|aol|gmx|mail|zoho|yandex)\.(com|co\.id|id|net|me|ru|de)",
                          re.IGNORECASE)
OLDEST, YOUNGEST = 1930, 2015
NUMBER, AT = re.compile(r"[0-9](?:[ .()\-]{0,2}[0-9]){8}"), re.compile("@")
"""What every form holds one of: only lines with one are looked at more closely. A date has a digit less."""
ZEROS = bytes.maketrans(b"123456789", b"000000000")
FOREIGN = re.compile(r"[^\x00-\x7f]")


def find(text: str) -> Iterator[Found]:
    """What looks like personal data, line by line. Digits of any script count as digits."""
    plain = _plain(text)
    for start in sorted({plain.rfind("\n", 0, match.start()) + 1 for match in _suspects(plain)}):
        row = plain[start:].partition("\n")[0]
        found = (Found(plain.count("\n", 0, start) + 1, what, match[0].strip())
                 for what, form, holds in FORMS for match in form.finditer(row) if holds(match))
        yield from found


def _suspects(plain: str) -> Iterator[re.Match[str]]:
    """Numbers and marks of mail. Most texts hold no number so long, which is soon seen."""
    yield from AT.finditer(plain)
    if b"000000000" in plain.encode().translate(ZEROS, b" .()-"):
        yield from NUMBER.finditer(plain)


def _plain(text: str) -> str:
    """Digits, dashes and spaces of every script as ASCII; line ends stay where they are."""
    if text.isascii():
        return text
    return FOREIGN.sub(lambda match: _letter(match[0]), unicodedata.normalize("NFKC", text))


def _letter(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    category = unicodedata.category(letter)
    return "-" if category == "Pd" else " " if category == "Zs" else "" if category == "Cf" else letter


def _numbers(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match[0])


def _is_nik(digits: str) -> bool:
    """Province at places 1 and 2; the day of birth (plus 40 for women) and its month at places 7 to 10."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return bool(PROVINCES.match(digits)) and (_is_date(2000, month, day) or _is_date(2000, month, day - 40))


def _is_nip(digits: str) -> bool:
    """Birth date, year and month of appointment, sex, serial number."""
    year = int(digits[:4])
    return (OLDEST <= year <= YOUNGEST and _is_date(year, int(digits[4:6]), int(digits[6:8]))
            and 1950 <= int(digits[8:12]) <= 2100 and digits[14] in "12")


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _is_phone(match: re.Match[str]) -> bool:
    return 9 <= len(_numbers(match)) <= 14


FORMS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    ("NIK", NIK, lambda match: _is_nik(_numbers(match))),
    ("NIP", NIP, lambda match: _is_nip(_numbers(match))),
    ("nomor telepon", PHONE, _is_phone), ("nomor telepon", LANDLINE, _is_phone),
    ("surel pribadi", MAIL, lambda match: bool(PRIVATE_MAIL.fullmatch(match[1]))),
)


def check_text(path: str, text: str, item: object) -> list[Problem]:
    """The personal data in a file's text and name."""
    if not isinstance(item, Practice):
        office = path.endswith(OFFICES)
        told = (found for found in find(text) if not (office and found.what == "surel pribadi"))
        return [*_problems(path, told, REMOVE), *check_name(path)]
    allowed = {_plain(known.teks) for known in item.bukan_data_pribadi}
    found = find(_without_exceptions(text) if allowed else text)
    return [*_problems(path, (one for one in found if one.text not in allowed), REMOVE_OR_EXPLAIN),
            *check_name(path)]


def _without_exceptions(text: str) -> str:
    """The text without the lines on which exceptions are stated, since they quote what they are about."""
    kept, inside = [], False
    for line in text.split("\n"):
        inside = line.startswith(EXCEPTIONS) or (inside and line[:1] in (" ", "-", "]", "}"))
        kept.append("" if inside else line)
    return "\n".join(kept)


def check_name(path: str) -> Iterator[Problem]:
    """The personal data in a file's name."""
    return _problems(path, find(path.rpartition("/")[2]), "Ganti nama berkasnya.")


def check_notes(path: str, notes: str) -> Iterator[Problem]:
    """The personal data in the notes that a picture carries."""
    return _problems(path, (found._replace(line=1) for found in find(notes)),
                     "Simpan ulang gambar tanpa keterangan tersembunyi.")


def _problems(path: str, found: Iterable[Found], hint: str) -> Iterator[Problem]:
    for line, what, text in found:
        yield error(path, line, "data-pribadi", f"tampaknya ada {what}: {hidden(text)}", hint)


def hidden(text: str) -> str:
    """Enough to find it by, without telling it again."""
    return f"{text[:4]}{re.sub(r'[^ .@-]', '*', text[4:])}"
