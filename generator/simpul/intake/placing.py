"""Parcels -> files below the root, and nowhere else; a case is replaced by itself alone, when asked."""

import difflib
from pathlib import Path, PurePosixPath

from simpul.addresses import ATTACHMENT
from simpul.intake.enclosures import free_name, names_in, safe_name
from simpul.intake.making import Parcel
from simpul.intake.merging import CannotMergeError, is_merged, merge, numbered
from simpul.sources.formats import Unreadable, decode, read_front_matter

ALIKE = 0.6
MOST_LINES = 200


class CannotReceiveError(Exception):
    """Why a parcel is not put in its place, and what to do; for the one who received it. `letter` is what its
    sender is told.
    """

    def __init__(self, message: str, letter: str = "") -> None:
        super().__init__(message)
        self.letter = letter


def put(root: Path, parcel: Parcel, *, replace: bool) -> str:
    """Writes the files; returns what they change in a file that was there, "" for none.

    Another file is only replaced when asked for, and only by the same case.
    """
    for path in parcel.files:
        _refuse_links(root, path)
    _refuse_taken(root, parcel, replace=replace)
    place = root / parcel.path
    if place.exists() and is_merged(parcel.path):
        return _add(place, parcel, replace=replace)
    change = _change(place, parcel) if place.exists() else ""
    if place.exists() and place.read_bytes() == parcel.files[parcel.path]:
        change = ""
    elif place.exists():
        _refuse_other(place, parcel)
        if not replace:
            raise CannotReceiveError(
                f"sudah ada: {parcel.path}. Pakai --replace bila ini perbaikannya, "
                f"atau --name untuk nama lain. Yang akan berubah:\n{change}")
    for path, data in parcel.files.items():
        _write(root / path, data)
    return change


def settle(root: Path, parcel: Parcel) -> list[str]:
    """Gives the entries of a table the ids that they have in the file of its place; returns the entries there
    that it lacks, which stay.
    """
    place = root / parcel.path
    if parcel.listing is None or not place.is_file():
        return []
    try:
        sent, others = numbered(parcel.path, place.read_bytes(), parcel.files[parcel.path], parcel.listing)
    except Unreadable:  # told when it is put there
        return []
    parcel.files[parcel.path] = sent
    return others


def _refuse_taken(root: Path, parcel: Parcel, *, replace: bool) -> None:
    """Raises CannotReceiveError where an attachment would take the place of another: never of one that
    another case names, of its own when asked for.
    """
    for path, data in parcel.files.items():
        place, name = root / path, path.rpartition("/")[2]
        if not ATTACHMENT.fullmatch(path) or not place.exists() or place.read_bytes() == data:
            continue
        beside = place.parent
        owner = next((case.name for case in sorted(beside.parent.glob("*.md"))
                      if case != root / parcel.path and _names(case, name)), "")
        if owner:
            stem = PurePosixPath(parcel.path).stem
            other = free_name(safe_name(f"{stem}-{name}"), (file.name for file in beside.iterdir()))
            why = f"lampiran '{name}' sudah dipakai praktik lain dengan isi yang lain"
            ask = f"ganti nama berkas itu, misalnya menjadi {other}, juga pada isian lampiran di naskah, " \
                  "lalu kirim lagi naskah dan lampirannya."
            raise CannotReceiveError(f"{parcel.path}: {why} ({owner}). Minta pengirim: {ask}",
                                     f"{parcel.path} belum kami simpan, karena {why}. Mohon {ask}")
        if not replace:
            raise CannotReceiveError(f"sudah ada dengan isi yang lain: {path}. "
                                     "Pakai --replace bila ini perbaikannya.")


def _names(case: Path, name: str) -> bool:
    """Whether a case names this attachment."""
    text = case.read_bytes().decode("utf-8", "replace")
    return name in text and name in names_in(text)


def _add(place: Path, parcel: Parcel, *, replace: bool) -> str:
    """Adds what a form wrote to the file of its place; returns what that changes."""
    there, sent = place.read_bytes(), parcel.files[parcel.path]
    try:
        parcel.files[parcel.path] = merge(parcel.path, there, sent, replace=replace)
    except CannotMergeError as problem:
        raise CannotReceiveError(str(problem)) from None
    change = _change(place, parcel)
    if change:
        _write(place, parcel.files[parcel.path])
    return change


def _refuse_links(root: Path, path: str) -> None:
    """A folder that is a link leads elsewhere."""
    place = root
    for part in PurePosixPath(path).parts:
        place = place / part
        if place.is_symlink():
            raise CannotReceiveError(f"{place} adalah tautan ke tempat lain. "
                                     "Ganti dengan folder atau berkas biasa.")


def _change(place: Path, parcel: Parcel) -> str:
    before = place.read_bytes().decode("utf-8", "replace").splitlines()
    after = parcel.files[parcel.path].decode("utf-8", "replace").splitlines()
    lines = list(difflib.unified_diff(before, after, "sekarang", "kiriman", lineterm="", n=1))
    more = f"\n... dan {len(lines) - MOST_LINES} baris lagi" if len(lines) > MOST_LINES else ""
    return "\n".join(lines[:MOST_LINES]) + more


def _refuse_other(place: Path, parcel: Parcel) -> None:
    """Raises CannotReceiveError where the file holds another case: the titles have little in common."""
    there, here = _title(place.read_bytes()), _title(parcel.files[parcel.path])
    if there and here and difflib.SequenceMatcher(None, there.casefold(), here.casefold()).ratio() < ALIKE:
        raise CannotReceiveError(
            f"{parcel.path} memuat praktik lain: '{there}', sedangkan kiriman ini '{here}'. "
            "Pakai --name untuk nama lain. Bila ini memang praktik yang sama, samakan dulu judulnya di sana.")


def _title(data: bytes) -> str:
    try:
        value = read_front_matter("", decode(data)).value
    except Unreadable:
        return ""
    return str(value.get("judul") or "") if isinstance(value, dict) else ""


def _write(place: Path, data: bytes) -> None:
    """Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.baru")
    beside.unlink(missing_ok=True)
    try:
        with open(beside, "xb") as file:
            file.write(data)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
