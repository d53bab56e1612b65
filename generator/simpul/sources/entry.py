"""One source file -> one Entry: decoded, parsed, validated, rendered. A pure function of path and bytes, so
it can be run in parallel and remembered by content.
"""

import hashlib
import re
from collections.abc import Generator, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from simpul import markdown
from simpul.markdown import Image, Link, Outline, Rendered
from simpul.model import Base, Case, Picture, PictureError, PictureSize, Practice, case_of
from simpul.problems import Problem, error, errors, the_first_of_each, warning
from simpul.runtime.clock import Clock, OutOfTime, clock
from simpul.runtime.packing import checksum
from simpul.sources.fence import LIMITS, problem_of_file
from simpul.sources.formats import (
    Record,
    Unreadable,
    decode,
    opening,
    read_front_matter,
    read_yaml,
)
from simpul.sources.openings import without_fields
from simpul.sources.personal import check_name, check_notes, check_text
from simpul.sources.rules import check_file
from simpul.sources.schema import Kind, kind_of, read_model, read_models
from simpul.sources.seen import check_letters, seen
from simpul.sources.tables import decode_table, read_csv

if TYPE_CHECKING:
    from simpul.sources.attachments import Checked

SECONDS_PER_FILE = 3.0
MOST_LETTERS, TOO_DEEP = 10_000, " " * 80
PLACEHOLDER = re.compile(r"«[^\s»][^»\n]*»")
READERS = {"fields": read_yaml, "list": read_yaml, "rows": read_csv, "article": read_front_matter}


class Entry(NamedTuple):
    """What one source file says to the rest of the portal. `name` is its id, "" for a kind without; `faulty`
    tells of errors in it; `case` is what others show of a case.

    `items` holds one model, several for a list, none for a text or a broken file; `places` are their places
    in the list, where broken ones are left out; `anchors` are the slugs of the text's headings. Of a case, of
    which there may be thousands, items and outline are left to its body.
    """

    path: str
    kind: str
    name: str = ""
    usable: bool = False
    faulty: bool = False
    case: Case | None = None
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    anchors: tuple[str, ...] = ()
    items: tuple[Base, ...] = ()
    places: tuple[int, ...] = ()
    outline: Outline | None = None


class Source(NamedTuple):
    """One source file as read: its entry, with a digest of just that; the digest of its bytes, "" where they
    could not be read to their end; and what is wrong in it.
    """

    entry: Entry
    facts: str
    digest: str
    problems: tuple[Problem, ...] = ()


CASE = Entry._fields.index("case")


def plain(entry: Entry) -> tuple[Any, ...]:
    """An entry in plain tuples, which are read several times faster than named ones."""
    return tuple(entry._replace(case=tuple(entry.case)) if entry.case else entry)  # type: ignore[arg-type]


def source_of(entry: Entry, digest: str, problems: Iterable[Problem] = ()) -> Source:
    """An entry with what is told of its file. Raises nothing: whatever an entry holds can be packed."""
    problems = tuple(the_first_of_each(problems))
    entry = entry._replace(faulty=bool(errors(problems)))
    return Source(entry, checksum(plain(entry)), digest, problems)


class WholeCase(NamedTuple):
    """The fields and the text of a case."""

    practice: Practice
    rendered: Rendered


Body = Rendered | WholeCase | Picture | bytes | None
"""What only the page of a file shows, or what is sent as it is."""
Told = tuple[Entry, Sequence[Problem], Body]
Steps = Generator[None, None, Told]


class _Draft:
    """A file on its way to an entry; whatever is wrong with it is in its problems, never raised."""

    def __init__(self, path: str, data: bytes) -> None:
        kind = kind_of(path)
        assert kind is not None
        self.path, self.digest = path, hashlib.sha256(data).hexdigest()
        self.blank = Entry(path, kind.name, kind.identify(path))
        self.steps = _steps(self.blank, kind, data)
        self.left = SECONDS_PER_FILE
        self.source: Source | None = None
        self.body: Body = None

    def go_on(self, clock: Clock) -> None:
        """Takes the next step, in the time that is left. Whatever is raised is told of this file."""
        try:
            clock.start(self.left)
            try:
                self._step()
            finally:
                self.left = clock.stop()
            if self.left < 0:
                raise OutOfTime
        except (Exception, OutOfTime) as failure:
            digest = "" if isinstance(failure, LIMITS) else self.digest
            self.source = source_of(self.blank, digest, [problem_of_file(self.path, failure)])
            self.body = None

    def _step(self) -> None:
        try:
            next(self.steps)
        except StopIteration as end:
            entry, problems, self.body = end.value
            self.source = source_of(entry, self.digest, problems)


def read_batch(files: Sequence[tuple[str, bytes]]) -> list[tuple[Source, Body]]:
    """Reads files step by step, all of them one step at a time: a step stays at hand better than a file."""
    drafts = [_Draft(*file) for file in files]
    with clock() as own:
        while waiting := [draft for draft in drafts if draft.source is None]:
            for draft in waiting:
                draft.go_on(own)
    return [(draft.source, draft.body) for draft in drafts if draft.source]


def read_source(path: str, data: bytes) -> tuple[Source, Body]:
    """Reads one file."""
    return read_batch([(path, data)])[0]


def _steps(blank: Entry, kind: Kind, data: bytes) -> Steps:
    match kind.shape:
        case "picture":
            return _picture(blank, data)
        case "attachment":
            return _attachment(blank, data)
    return _text(blank, kind, data)


def _attachment(blank: Entry, data: bytes) -> Steps:
    yield
    checked = _attachment_of(blank.path, data)
    if checked.file is None:
        return blank, checked.problems, None
    return blank._replace(items=(checked.file,), usable=True), checked.problems, checked.data


def _attachment_of(path: str, data: bytes) -> "Checked":
    from simpul.sources.attachments import read_attachment  # most files are no attachments

    return read_attachment(path, data)


def _picture(blank: Entry, data: bytes) -> Steps:
    yield
    try:
        picture = _picture_of(blank.path, data)
    except PictureError as problem:
        return blank, [error(blank.path, problem.line, "gambar", str(problem))], None
    size = PictureSize(width=picture.width, height=picture.height, narrow=bool(picture.narrow),
                       kilobytes=-(-len(picture.wide) // 1024))
    problems = [*check_name(blank.path), *check_notes(blank.path, picture.notes),
                *(warning(blank.path, 1, "gambar-sebagian", *told) for told in picture.lost)]
    return blank._replace(items=(size,), usable=True), problems, picture


def _picture_of(path: str, data: bytes) -> Picture:
    from simpul.sources.drawings import read_drawing  # most files are no pictures
    from simpul.sources.images import variants

    return read_drawing(data) if path.endswith(".svg") else variants(data)


def _text(blank: Entry, kind: Kind, data: bytes) -> Steps:
    text = decode_table(data) if kind.shape == "rows" else decode(data)
    if kind.shape == "article" and kind.model and not opening(text):
        raise without_fields(text)
    yield
    record = READERS[kind.shape](blank.path, text)
    yield
    if kind.shape == "article":
        _refuse_bombs(record)
    items, problems = _items(record, kind)
    problems += record.problems
    yield
    rendered = (markdown.render(record.body, record.path, record.body_line)
                if kind.shape == "article" else None)
    yield
    problems += _placeholders(blank.path, text)
    item = next(iter(items.values())) if len(items) == 1 else None
    problems += check_file(kind.name, record, item, rendered.outline if rendered else None)
    problems += check_text(blank.path, text, item, partial(seen, record))
    problems += check_letters(record)
    yield
    entry = blank._replace(usable=bool(items))
    if rendered:
        outline = rendered.outline
        anchors = tuple(heading.slug for heading in outline.headings)
        entry = entry._replace(links=outline.links, images=outline.images, anchors=anchors)
        if isinstance(item, Practice):
            return entry._replace(case=case_of(item)), problems, WholeCase(item, rendered)
        entry = entry._replace(outline=outline)
    return entry._replace(items=tuple(items.values()), places=tuple(items)), problems, rendered


def _refuse_bombs(record: Record) -> None:
    """Lines that nobody writes: each would cost its readers more than it tells them."""
    for number, row in enumerate(record.body.split("\n"), record.body_line):
        if len(row) > MOST_LETTERS:
            raise Unreadable(number, "terlalu-rumit", f"baris ini {len(row)} huruf, batasnya {MOST_LETTERS}",
                             "Pecah menjadi paragraf, daftar, atau tabel yang lebih kecil.")
        if row.startswith(TOO_DEEP):
            raise Unreadable(number, "terlalu-rumit", "baris ini menjorok terlalu dalam",
                             "Kurangi tingkat daftarnya; tiga tingkat cukup.")


def _items(record: Record, kind: Kind) -> tuple[dict[int, Base], list[Problem]]:
    if kind.model is None:
        return {}, _useless_fields(record)
    if kind.shape in ("list", "rows"):
        return read_models(record, kind.model)
    item, problems = read_model(record, kind.model)
    return {0: item} if item else {}, problems


def _useless_fields(record: Record) -> list[Problem]:
    """Fields above a reading: nobody would see them."""
    hint = "Hapus dari baris --- pertama sampai baris --- kedua; judulnya ada di berkas .yml."
    what = "bagian kunci di awal bacaan ini tidak dipakai"
    return [error(record.path, 1, "kunci-di-bacaan", what, hint)] if record.value else []


def _placeholders(path: str, text: str) -> list[Problem]:
    """A text between « and » is a placeholder of the scaffolds."""
    if "«" not in text:
        return []
    return [
        error(path, number, "isian-contoh", f"isian contoh belum diganti: {found}",
              "Ganti dengan isi yang sebenarnya.")
        for number, line in enumerate(text.split("\n"), 1)
        if not line.lstrip().startswith("#") or not path.endswith(".yml")
        for found in PLACEHOLDER.findall(line)
    ]
