"""Files -> records: text decoded with care, YAML as text only, every field with its line."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from simpul.addresses import ATTACHMENT
from simpul.problems import Problem, error
from simpul.sources.cuts import TWICE, Cut, Cuts, sign_of
from simpul.sources.files import DEVICE, LINK, Stamp, read_plain

MAX_BYTES = 256 * 1024
MAX_PICTURE_BYTES = 8 * 1024 * 1024
MAX_ATTACHMENT_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 20
MAX_FILES = 100_000
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufffe\uffff"
                     "\U000e0000-\U000e007f]")
"""Letters that cannot be seen and change what is seen: control letters, directions (Unicode UAX 9), tags. XML
takes none of the control letters.
"""
ASCII_CONTROL = bytes((*range(9), *range(11, 32), 127))
WITHOUT_WIDTH = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Left behind by word processors and chat programs."""
ODD_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""Line ends for Word or YAML, for hardly any editor: lines would be told wrongly."""

CONFLICT = "\n<<<<<<< "
BOTH = re.compile(r"^<{7} .*?^={7}$.*?^>{7} ", re.MULTILINE | re.DOTALL)
"""What git leaves in a file that two have changed."""

FENCE = "(?:---|[—–][-—–]{0,2}|-[—–])[ \t\u00a0]*"
"""Three hyphens, of which word processors make dashes."""
OPENING = re.compile(rf"(?:[ \t]*\n)*{FENCE}\n")
CLOSING = re.compile(rf"\n{FENCE}(?:\n|\Z)")
HARD_SPACE = "\u00a0"
STRUCTURE = re.compile(r"^[ \u00a0]*(?:(?:#{1,6}|[-*+>]|\d{1,3}[.)]|[\w-]{1,40}:)[ \u00a0]+)?", re.MULTILINE)
"""What a line begins with; there a space that does not break means a space."""

Value = str | None | list["Value"] | dict[str, "Value"]
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one file. `lines` gives the line of each by location, as in `("hasil", 0, "bukti")`.

    `cuts` holds values that may have been cut at a `#`, `problems` what else YAML took for something else, or
    what is wrong around the rows of a table; the keys in `absent` are missing in all rows, which it tells.
    """

    path: str
    value: Value
    lines: dict[Location, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    problems: tuple[Problem, ...] = ()
    cuts: dict[Location, Cut] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()

    def line(self, location: Location) -> int:
        """The line of a field, or of the nearest field that holds it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


class Unreadable(Exception):
    """A file that cannot become a record; carries the line, what is wrong and how to mend it."""

    def __init__(self, line: int, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.code, self.message, self.hint = line, code, message, hint

    def problem(self, path: str) -> Problem:
        """The same, for the contributor."""
        return error(path, self.line, self.code, self.message, self.hint)


def read_bytes(root: Path, path: str, stamp: Stamp) -> bytes:
    """The bytes of a file; one that is too large, a link, or what is no file, is refused unread."""
    if stamp.size == LINK:
        raise Unreadable(1, "tautan-berkas", "berkas ini tautan simbolik", "Ganti dengan salinan berkasnya.")
    if stamp.size == DEVICE:
        raise Unreadable(1, "bukan-berkas", "ini bukan berkas biasa, melainkan pipa, soket, atau perangkat",
                         "Hapus, lalu simpan isinya sebagai berkas biasa.")
    most = MAX_PICTURE_BYTES if path.endswith(PICTURES) else \
        MAX_ATTACHMENT_BYTES if ATTACHMENT.fullmatch(path) else MAX_BYTES
    if stamp.size > most:
        limit = f"Batasnya {most // 1024} KB; ringkas, perkecil, atau pecah isinya."
        raise Unreadable(1, "terlalu-besar", f"berkas {stamp.size // 1024} KB terlalu besar", limit)
    return read_plain(f"{root}/{path}", most)  # joining paths takes as long as opening one


PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")


def decode(data: bytes) -> str:
    """Text from UTF-8 or UTF-16 as Notepad and Excel write it; line ends become \\n, letters are composed
    (NFC), marks without width that word processors leave behind are dropped.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        _refuse_unmarked(data)
        line = data[: problem.start].count(b"\n") + 1
        raise Unreadable(line, "pengodean", "huruf pada baris ini tidak terbaca", AGAIN) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONFLICT in f"\n{text[:8]}" or CONFLICT in text:
        _refuse_conflict(text)
    if _is_plain(text):
        return text
    if bad := CONTROL.search(text):
        _refuse_unmarked(data)
        line = text.count("\n", 0, bad.start()) + 1
        raise Unreadable(line, "huruf-kendali", HIDDEN, "Hapus lalu ketik ulang baris ini.")
    return clean(text)


def _refuse_unmarked(data: bytes) -> None:
    """Some programs write UTF-16 without its mark: every other byte of a text that is mostly ASCII is 0."""
    start = data[:400]
    zeros = start[::2].count(0), start[1::2].count(0)
    if max(zeros) * 3 > len(start) and min(zeros) * 20 < len(start):
        raise Unreadable(1, "pengodean", "berkas ini tersimpan sebagai UTF-16 tanpa tanda pengodean", AGAIN)


AGAIN = "Simpan ulang berkas dengan pengodean UTF-8."
def _refuse_conflict(text: str) -> None:
    """Two versions of a part that nobody has chosen from, as git leaves them."""
    if found := BOTH.search(text):
        raise Unreadable(text.count("\n", 0, found.start()) + 1, "dua-versi",
                         "di sini ada dua versi isi yang belum dipilih",
                         "Hapus versi yang tidak dipakai, lalu hapus ketiga baris penandanya: "
                         "<<<<<<<, =======, dan >>>>>>>.")


HIDDEN = "ada huruf kendali yang tidak tampak"


def _is_plain(text: str) -> bool:
    """Whether a closer look would find nothing: most texts are ASCII without control letters."""
    return text.isascii() and len(text.encode().translate(None, ASCII_CONTROL)) == len(text)


def clean(text: str) -> str:
    """The text without marks that have no width, on the lines that editors show."""
    text = ODD_BREAK.sub(" ", WITHOUT_WIDTH.sub("", text))
    if HARD_SPACE in text:
        text = STRUCTURE.sub(lambda match: match[0].replace(HARD_SPACE, " "), text)
    return unicodedata.normalize("NFC", text)


def read_yaml(path: str, text: str) -> Record:
    """A YAML file as a record: every scalar is text; aliases, tags, duplicate keys and depth are refused."""
    composer = _Composer(path, text, 0)
    value = composer.document()
    return Record(path, value, composer.lines, problems=tuple(composer.cuts.problems),
                  cuts=composer.cuts.found)


def read_front_matter(path: str, text: str) -> Record:
    """A Markdown file as a record: the fields between two `---` lines, and the body after them."""
    start = opening(text)
    if not start:
        return Record(path, {}, {}, text, 1)
    end = closing(text, start)
    before = text.count("\n", 0, start)
    composer = _Composer(path, text[start:end.start() + 1], before)
    value = composer.document()
    return Record(path, {} if value is None else value, composer.lines, text[end.end():],
                  text.count("\n", 0, end.end()) + 1, tuple(composer.cuts.problems),
                  composer.cuts.found)


def opening(text: str) -> int:
    """Where the fields begin: after a line `---`, with nothing but blank lines before it; 0 without one."""
    if text.startswith("---\n"):
        return 4  # most do
    found = OPENING.match(text)
    return found.end() if found else 0


def closing(text: str, start: int) -> re.Match[str]:
    """The line `---` that ends the fields, with the line end before it."""
    found = CLOSING.search(text, start - 1)
    if found is None:
        hint = "Tutup bagian kunci dengan baris berisi tiga tanda hubung: ---."
        raise Unreadable(1, "kepala-tidak-ditutup", "bagian kunci di awal berkas tidak ditutup", hint)
    return found


def _open_quote(rows: Sequence[str]) -> int:
    """The last row with a quotation mark that is not closed in it, -1 if there is none."""
    return next((number for number in reversed(range(len(rows))) if rows[number].count('"') % 2), -1)


class _Composer:
    """Builds the value from YAML events without recursion: no depth of nesting can exhaust the stack."""

    def __init__(self, path: str, text: str, offset: int) -> None:
        self.text, self.offset = text, offset
        self.lines: dict[Location, int] = {}
        self.cuts = Cuts(path, text, offset)
        self.escapes = "\\" in text

    def document(self) -> Value:
        """The value of the only document in the text; None when it is empty."""
        try:
            return self._compose()
        except yaml.YAMLError as problem:
            raise self._syntax(problem) from None
        except RecursionError:
            raise self._refuse(0, "terlalu-dalam", "susunan terlalu dalam",
                               "Sederhanakan susunannya.") from None

    def _compose(self) -> Value:
        root: list[Value] = []
        stack: list[tuple[Value, Location]] = [(root, ())]
        pending_key: list[str | None] = [None]
        column = -1
        flow = [False]  # whether a container is a mapping in braces
        for event in self._events():
            if isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
                pending_key.pop()
                flow.pop()
                continue
            container, location = stack[-1]
            line = self._line(event)
            if self.cuts.signs and isinstance(event, yaml.ScalarEvent):
                self.cuts.take(event)
            if isinstance(container, dict) and pending_key[-1] is None:
                pending_key[-1] = self._key(event, container, location, line)
                column = event.start_mark.column if event.start_mark else -1
                continue
            value = self._value(event)
            if value is None and flow[-1] and isinstance(event, yaml.ScalarEvent) and not event.value:
                key = " ".join(str(pending_key[-1]).split())  # it may run over several lines
                raise self._refuse(line, "yaml-koma", f"'{key}' di antara kurung tidak punya isi",
                                   'Angka dengan koma diapit tanda petik, misalnya "82,5".')
            location = self._place(container, location, pending_key, value, line, top=len(stack) == 1)
            if self.cuts.needed and isinstance(event, yaml.ScalarEvent):
                self.cuts.look(event, location, column if isinstance(container, dict) else -1)
            if type(event) is not yaml.ScalarEvent:
                if len(stack) > MAX_DEPTH:
                    raise self._refuse(line, "terlalu-dalam",
                                       f"susunan lebih dalam daripada {MAX_DEPTH} tingkat",
                                       "Sederhanakan susunannya.")
                stack.append((value, location))
                pending_key.append(None)
                flow.append(isinstance(value, dict) and bool(getattr(event, "flow_style", False)))
        self.cuts.finish()
        return root[0] if root else None

    def _events(self) -> Iterator[yaml.Event]:
        documents = 0
        loader = yaml.CSafeLoader(self.text)
        while (event := loader.get_event()) and not isinstance(event, yaml.StreamEndEvent):
            if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
                yield event  # most are
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    line = self._line(event)
                    raise self._refuse(line, "yaml-arahan", "baris yang diawali % tidak diterima",
                                       "Hapus baris itu.")
                if documents > 1:
                    line = self._line(event)
                    raise self._refuse(line, "yaml-ganda", "ada lebih dari satu dokumen dalam berkas",
                                       "Hapus baris ---.")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = self._line(event)
                hint = "Tulis isinya langsung; bila teks memang diawali & atau *, apit dengan tanda petik."
                raise self._refuse(line, "yaml-alias", "jangkar (&) dan alias (*) YAML tidak diterima", hint)
            if tag := getattr(event, "tag", None):
                line = self._line(event)
                raise self._refuse(line, "yaml-tag", f"penanda {tag} tidak diterima",
                                   "Hapus penanda berawalan !.")
            if isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent)):
                yield event

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + 1 + self.offset

    def _key(self, event: yaml.Event, container: dict[str, Value], location: Location, line: int) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(line, "yaml-kunci", "kunci harus berupa satu kata",
                               "Periksa titik dua dan kurung.")
        key = self._scalar(event)
        if key in container:
            first = self.lines[(*location, key)]
            raise self._refuse(line, "kunci-ganda",
                               f"kunci '{key}' tertulis dua kali (pertama di baris {first})",
                               "Hapus salah satunya."
                               if not location or isinstance(location[-1], str) else
                               "Bila ini butir baru, awali dengan tanda hubung dan spasi; "
                               "bila bukan, hapus salah satunya.")
        self.lines[(*location, key)] = line
        return key

    def _value(self, event: yaml.Event) -> Value:
        if type(event) is yaml.ScalarEvent:
            empty = event.implicit[0] and event.value in ("", "~", "null")
            return None if empty else self._scalar(event)
        return [] if isinstance(event, yaml.SequenceStartEvent) else {}

    def _scalar(self, event: yaml.ScalarEvent) -> str:
        """Its text. What an escape stands for is held to what `decode` holds all letters to."""
        text = str(event.value)
        if not self.escapes or event.style != '"' or _is_plain(text):
            return text
        if CONTROL.search(text):
            raise self._refuse(self._line(event), "huruf-kendali", HIDDEN,
                               "Hapus penanda berawalan \\ di antara tanda petik.")
        return clean(text)

    def _place(self, container: Value, location: Location, keys: list[str | None], value: Value, line: int,
               *, top: bool) -> Location:
        if isinstance(container, dict):
            key = keys[-1]
            assert key is not None
            container[key] = value
            keys[-1] = None
            return (*location, key)
        assert isinstance(container, list)
        container.append(value)
        place = location if top else (*location, len(container) - 1)
        self.lines[place] = line
        return place

    def _refuse(self, line: int, code: str, message: str, hint: str) -> Unreadable:
        return Unreadable(max(line, 1), code, message, hint)

    def _syntax(self, problem: yaml.YAMLError) -> Unreadable:
        mark = getattr(problem, "problem_mark", None)
        line = (mark.line if mark else 0) + 1 + self.offset
        rows = self.text.split("\n")
        row = rows[min(mark.line, len(rows) - 1)] if mark else ""
        if "\t" in row[: len(row) - len(row.lstrip())] or "\t" in (getattr(problem, "problem", "") or ""):
            return self._refuse(line, "yaml-tab", "indentasi memakai tab",
                                "Ganti setiap tab dengan dua spasi.")
        if (open_row := _open_quote(rows[: mark.line + 1])) >= 0 if mark else False:
            return self._refuse(open_row + 1 + self.offset, "yaml-petik",
                                "tanda petik di baris ini belum ditutup",
                                "Tutup dengan tanda petik yang sama di akhir isinya.")
        if re.search("escape|hexdecimal", getattr(problem, "problem", "") or ""):
            return self._refuse(line, "yaml-garis-miring",
                                "garis miring terbalik mengubah isi baris ini", TWICE)
        around = [rows[place.line] for place in (mark, getattr(problem, "context_mark", None))
                  if place and place.line < len(rows)]
        for message, remedy in sign_of(around):
            return self._refuse(line, "yaml-tanda", message, remedy)
        start = getattr(problem, "context_mark", None)
        if start and "could not find expected ':'" in (getattr(problem, "problem", "") or ""):
            return self._refuse(start.line + 1 + self.offset, "yaml-baris",
                                "baris ini tidak punya titik dua sesudah kuncinya",
                                "Bila ini sambungan isi di atasnya, majukan dengan dua spasi; bila butir "
                                "daftar, beri spasi sesudah tanda hubungnya; bila bukan keduanya, hapus.")
        hint = ("Periksa indentasi, titik dua, kurung, dan tanda petik; "
                "apit teks yang memuat ': ' dengan tanda petik.")
        return self._refuse(line, "yaml", "susunan YAML tidak terbaca di baris ini", hint)
