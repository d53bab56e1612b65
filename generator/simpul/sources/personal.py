"""Personal data in what people send: identity numbers, numbers of mobile telephones and private mail
addresses are refused with their line (UU 27/2022); those of offices and hotlines are none. A number that only
looks like one is let through with a stated reason.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from simpul.model import Practice
from simpul.problems import Problem, error
from simpul.sources.seen import Seen


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
PRIVATE = (r"(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|icloud|me|"
           r"proton|protonmail|aol|gmx|mail|zoho|yandex)\.(?:com|co\.id|id|net|me|ru|de)")
PRIVATE_MAIL = re.compile(PRIVATE, re.IGNORECASE)
DAY_AND_MONTH = "(?:{day}(?:0[1-9]|1[0-2])|{thirty}(?:0[13-9]|1[0-2])|{last}(?:0[13578]|1[02]))"
MAN = DAY_AND_MONTH.format(day="(?:0[1-9]|[12][0-9])", thirty="30", last="31")
WOMAN = DAY_AND_MONTH.format(day="(?:4[1-9]|[56][0-9])", thirty="70", last="71")
MONTH_AND_DAY = "(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9])|(?:0[13-9]|1[0-2])30|(?:0[13578]|1[02])31)"
PROVINCES = "(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"


class Form(NamedTuple):
    """How something is written, and what its digits alone are: regular expressions that mean the same to
    Python and to browsers. No letter case is told apart.
    """

    what: str
    written: str
    digits: str


FORMS = (
    # Province; day of birth (plus 40 for women) and its month at places 7 to 10
    Form("NIK", r"(?<![0-9])[0-9](?:[ .\-]?[0-9]){15}(?![0-9])",
         f"{PROVINCES}[0-9]{{4}}(?:{MAN}|{WOMAN})[0-9]{{6}}"),
    # Birth date, year and month of appointment, sex, serial number
    Form("NIP", r"(?<![0-9])[0-9](?:[ .\-]?[0-9]){17}(?![0-9])",
         f"(?:19[3-9][0-9]|200[0-9]|201[0-5]){MONTH_AND_DAY}"
         "(?:19[5-9][0-9]|20[0-9]{2}|2100)[0-9]{2}[12][0-9]{3}"),
    Form("nomor ponsel",
         r"(?:wa\.me/|t\.me/|whatsapp\.com/send/?\?phone=)\+?[0-9](?:[ .\-]?[0-9]){8,13}"
         r"|(?<![0-9])(?<![0-9][.,/\-])(?:\(?\+? ?62\)?[ .\-]{0,2}(?:\(0\)[ .\-]?|0)?|\(?0)"
         r"\(?8[1-9][0-9]{1,2}\)?(?:[ .\-]{0,3}[0-9]{2,5}){2,3}(?![0-9])", "[0-9]{9,15}"),
    Form("surel pribadi", rf"[a-z0-9_.+\-]+@{PRIVATE}(?![a-z0-9\-]|\.[a-z0-9])", "[0-9]*"),
)
IN_ADDRESS = r"((?:https?://|www\.)(?!(?:www\.)?(?:wa\.me|t\.me|api\.whatsapp\.com)/)[^\s/?#]+/)[^\s?#()<>]*"
"""A web address up to the path, which may well hold a number."""
_FORMS = tuple((form.what, re.compile(form.written, re.IGNORECASE), re.compile(form.digits))
               for form in FORMS)
_IN_ADDRESS = re.compile(IN_ADDRESS, re.IGNORECASE)
NUMBER, AT = re.compile(r"[0-9](?:[ .()\-]{0,4}[0-9]){8}"), re.compile("@")
"""What every form holds one of: only lines with one are looked at more closely. A date has a digit less."""
ZEROS = bytes.maketrans(b"123456789", b"000000000")
BETWEEN, MARKS = b" .()-", b"\n*_~`\\"
"""What may stand between digits: where they are written, and where they are read."""
FOREIGN = re.compile(r"[^\x00-\x7f]")
FOR_THE_FORM: dict[str, Any] = {"forms": [form._asdict() for form in FORMS], "address": IN_ADDRESS}
"""What the page on which cases are written finds them by."""


def find(text: str) -> Iterator[Found]:
    """What looks like personal data, line by line. Digits of any script count as digits."""
    plain = _plain(text)
    for start in sorted({plain.rfind("\n", 0, match.start()) + 1 for match in _suspects(plain)}):
        row = _IN_ADDRESS.sub(r"\1", plain[start:].partition("\n")[0])
        found = (Found(plain.count("\n", 0, start) + 1, what, match[0].strip())
                 for what, form, digits in _FORMS for match in form.finditer(row)
                 if digits.fullmatch(_digits(match[0])))
        yield from found


def _suspects(plain: str) -> Iterator[re.Match[str]]:
    """Numbers and marks of mail. Most texts hold no number so long, which is soon seen."""
    yield from AT.finditer(plain)
    if b"000000000" in plain.encode().translate(ZEROS, BETWEEN):
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
    return ("-" if category == "Pd" or letter == "\u2212" else " " if category == "Zs"
            else "" if category == "Cf" else letter)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def check_text(path: str, text: str, item: object, seen: Callable[[], Iterable[Seen]]) -> list[Problem]:
    """The personal data in a file's name and text, as written and as `seen` by readers: what only they see
    has marks, escapes or line ends within.
    """
    explained = item.bukan_data_pribadi if isinstance(item, Practice) else None
    allowed, office = {_plain(known.teks) for known in explained or ()}, path.endswith(OFFICES)
    numbers = _may_hold_numbers(text)
    found = list(find(_without_exceptions(text) if allowed else text)) if numbers or "@" in text else []
    if numbers or "\\" in text or "&" in text:
        found += _first_of_each(_found_in(seen()), found)
    told = (one for one in found
            if one.text not in allowed and not (office and one.what == "surel pribadi"))
    return [*_problems(path, told, REMOVE if explained is None else REMOVE_OR_EXPLAIN), *check_name(path)]


def _may_hold_numbers(text: str) -> bool:
    """Whether a closer look is worth its time: some digits are parted by nothing but marks."""
    return b"000000000" in _plain(text).encode().translate(ZEROS, BETWEEN + MARKS)


def _found_in(pieces: Iterable[Seen]) -> Iterator[Found]:
    for line, location, text in pieces:
        if location[:1] != (EXCEPTIONS,):
            yield from (one._replace(line=line) for one in find(text.replace("\n", " ")))


def _first_of_each(found: Iterable[Found], known: Iterable[Found]) -> Iterator[Found]:
    """Those that are not known already; a part of one may be."""
    told = [(one.what, _key(one)) for one in known]
    for one in found:
        key = _key(one)
        if not any(what == one.what and part in key for what, part in told):
            told.append((one.what, key))
            yield one


def _key(found: Found) -> str:
    return re.sub(r"[^a-z0-9@]", "", found.text.lower())


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
