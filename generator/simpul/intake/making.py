"""One text, and the pictures that came with it -> the parcel of a case; no word of it gets lost unsaid."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from simpul.addresses import slugify
from simpul.intake.doors.case import as_file, read_case
from simpul.intake.doors.parcel import DoorError, Opened, Paragraph, Sent
from simpul.intake.doors.pictures import renamed, safe_names
from simpul.intake.doors.tables import Listing
from simpul.intake.doors.words import missing, words_of
from simpul.intake.enclosures import as_items, names_in, names_of, with_safe_names
from simpul.intake.merging import is_addressed, without_address
from simpul.intake.remedies import corrected
from simpul.sources.formats import MAX_BYTES, Unreadable, closing, decode, opening, read_front_matter

CHANNEL = "surel"
FIELD = re.compile(r"^diajukan_melalui:.*$", re.MULTILINE)
FRONT = re.compile(r"^---[ \t]*\n(?=[a-z_]+:|#)", re.MULTILINE)
MAX_NAME = 60
NO_CASE = DoorError(
    "berkas ini belum memuat isian praktik",
    "Awali naskah dengan baris seperti 'Judul: ...' dan 'Instansi: ...' atau tabel dua kolom, lalu bagian "
    "Masalah, Rancang bangun, Hasil, Pelajaran, dan Langkah replikasi; atau pakai formulir kirim.html.")

TOO_LONG = DoorError(f"naskah lebih dari {MAX_BYTES // 1024} KB", "Ringkas isinya.")


class Refused(NamedTuple):
    """A file that is not taken in: what it is called, why, what helps, and its line as it should be."""

    name: str
    message: str
    hint: str
    mended: str = ""


class Parcel(NamedTuple):
    """One thing to be put in its place: its main file, all its files, by their places below the root.

    `source` is the file it was made from; `made` is whether we wrote its text, so that its lines are not
    those that its sender knows. `listing` tells of the entries that came in a table.
    """

    path: str
    files: dict[str, bytes]
    source: str
    made: bool
    listing: Listing | None = None


class Written(NamedTuple):
    """What a text is: whether it holds a case; the attachments it names; whether its fields stand between
    lines of hyphens.
    """

    case: bool
    names: tuple[str, ...] = ()
    keyed: bool = False


def look_at(opened: Opened) -> Written:
    """What a text is, before anything is made of it."""
    if front := _front(opened):
        return Written(True, names_in(without_address(front)), keyed=True)
    case = read_case(opened.text)
    return Written(True, names_of(_with_items(case.fields))) if case else Written(False)


def _with_items(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, with attachments as entries where they are called by their names alone."""
    listed = fields.get("lampiran")
    return fields | {"lampiran": as_items(listed)} if isinstance(listed, list) else fields


def is_note(opened: Opened) -> bool:
    """Whether a text is a few words to us, that go with an attachment."""
    return opened.message and not _front(opened) and read_case(opened.text) is None


def _front(opened: Opened) -> str:
    """The text from its fields on, where it has them between lines of hyphens; a mail may greet first."""
    if opening(opened.text) or not opened.message:
        return opened.text if opening(opened.text) else ""
    match = FRONT.search(opened.text)
    return opened.text[match.start():] if match else ""


class Wanted(NamedTuple):
    """What a case is made of: its text, the pictures that may belong to it, where it shall be, as what.

    `alone` is whether nothing else was sent that a picture could belong to; `taken` are places of others.
    `papers` are the files that it names as attachments, by the names they get.
    """

    title: str
    opened: Opened
    pictures: dict[str, bytes]
    private: frozenset[str]
    home: str
    name: str
    taken: frozenset[str]
    alone: bool
    papers: Mapping[str, Sent]


class Made(NamedTuple):
    """A case that was made, which pictures it uses, what its sender is told, which words are not in it."""

    parcel: Parcel
    used: frozenset[str]
    told: list[str]
    lost: list[Paragraph]


def make_case(wanted: Wanted) -> Made | Refused:
    """The parcel of one case, and every word that is not in it."""
    title, opened = wanted.title, wanted.opened
    text = opened.text
    taken: tuple[str, ...] = ()
    front = _front(opened)
    if front:
        recorded = _recorded(title, front)
        if isinstance(recorded, Refused):
            return recorded
        made, told, called = recorded, [], PurePosixPath(title).stem
    else:
        case = read_case(text)
        if case is None:
            raise NO_CASE
        fields: dict[str, Any] = _with_items(case.fields) | {"diajukan_melalui": CHANNEL}
        made, taken = as_file(fields, case.body), case.taken
        told = [f"{title}: {one}" for one in case.told]
        called = str(fields.get("judul") or PurePosixPath(title).stem)
    for word in sorted(wanted.private):
        made, found = _without(made, word)
        told += [f"{title}: '{word}' dihapus dari naskah, karena portal terbuka bagi siapa saja. "
                 "Bila pembaca perlu bertanya, tulis surel kantor."] if found else []
    slug = _free(wanted.name or _slug(called), wanted.taken, wanted.home)
    shelf = {**wanted.pictures, **opened.pictures}
    names = safe_names(list(shelf))
    made, named = renamed(made, f"{slug}/gambar", names)
    kept = [key for key in shelf if key in named or wanted.alone]
    told += [f"{key}: gambar ini belum disebut di naskah. Tambahkan baris "
             f"![uraian gambar]({slug}/gambar/{names[key]}) di bagiannya."
             for key in kept if key not in named]
    made, _ = renamed(with_safe_names(made, wanted.papers), "lampiran",
                      {sent.name: name for name, sent in wanted.papers.items()})
    if len(made.encode()) > MAX_BYTES:
        raise TOO_LONG
    path = f"{wanted.home}/{slug}.md"
    files = {path: made.encode()} | {f"{wanted.home}/{slug}/gambar/{names[key]}": shelf[key] for key in kept}
    files |= {f"{wanted.home}/lampiran/{name}": sent.data for name, sent in wanted.papers.items()}
    before = [base for name, sent in wanted.papers.items()
              if words_of(base := PurePosixPath(sent.name).name) != words_of(name)]
    lost = missing(opened.words, "\n".join([made, *taken, *names, *before]))
    ours = not front or is_addressed(front)
    return Made(Parcel(path, files, title, made=ours), frozenset(kept), told, lost)


def _slug(text: str) -> str:
    slug = slugify(text)
    short = slug[:MAX_NAME + 1].rpartition("-")[0] if len(slug) > MAX_NAME else slug
    return (short or slug[:MAX_NAME]).strip("-") or "praktik"


def _free(slug: str, taken: frozenset[str], home: str) -> str:
    number, new = 1, slug
    while f"{home}/{new}.md" in taken:
        number += 1
        new = f"{slug}-{number}"
    return new


def _without(text: str, word: str) -> tuple[str, bool]:
    """The text without what belongs to its sender alone, and whether it was there."""
    shorter = re.sub(rf"(?:[(<]|mailto:)*{re.escape(word)}[>)]*", "", text, flags=re.IGNORECASE)
    return shorter, shorter != text


def _recorded(title: str, text: str) -> str | Refused:
    """A text with fields in the portal's form, with the way it came recorded in them."""
    if len(text.encode()) > MAX_BYTES:
        raise TOO_LONG
    try:
        text = without_address(decode(text.encode()))
        read_front_matter(title, text)
        end = closing(text, opening(text)).start()
    except Unreadable as problem:
        mended = corrected(problem.problem(title), text.split("\n"))
        return Refused(title, f"baris {problem.line}: {problem.message}", problem.hint, mended)
    head, rest = text[:end], text[end:]
    line = f"diajukan_melalui: {CHANNEL}"
    return (FIELD.sub(line, head) if FIELD.search(head) else f"{head}\n{line}") + rest
