"""A case that came by mail -> a file in its place."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from simpul.addresses import PICTURE, slugify
from simpul.sources.formats import MAX_BYTES, Unreadable, closing, decode, opening, read_front_matter

TEXTS = (".md", ".txt")
CHANNEL = "diajukan_melalui: surel"
FIELD = re.compile(r"^diajukan_melalui:.*$", re.MULTILINE)
MAX_NAME = 80


class CannotReceiveError(Exception):
    """Why a file is not taken in, and what to do; for the one who received it."""


class Parcel(NamedTuple):
    """What was sent, by its place below the root."""

    path: str
    files: dict[str, bytes]


def unpack(paths: Sequence[Path], region: str, name: str) -> Parcel:
    """The files of one case. `name` is the name it shall have; "" takes that of the text."""
    texts = [path for path in paths if path.suffix.lower() in TEXTS]
    pictures = [path for path in paths if PICTURE.search(path.name)]
    others = [path.name for path in paths if path not in texts and path not in pictures]
    if others:
        raise CannotReceiveError(f"berkas ini tidak diterima: {', '.join(others)}. "
                                 "Terima hanya satu berkas .md atau .txt dari formulir dan gambarnya.")
    if len(texts) != 1:
        raise CannotReceiveError(f"ada {len(texts)} berkas teks. Terima satu praktik setiap kali.")
    folder = f"content/daerah/{region}/praktik"
    case = f"{folder}/{name or _name(texts[0])}.md"
    files = {case: recorded(case, texts[0].read_bytes()).encode()}
    return Parcel(case, files | {f"{folder}/gambar/{_name(path)}{path.suffix.lower()}": path.read_bytes()
                                 for path in pictures})


def _name(path: Path) -> str:
    return slugify(path.stem)[:MAX_NAME].strip("-") or "praktik"


def recorded(path: str, data: bytes) -> str:
    """The text with the way it came recorded in its fields."""
    if len(data) > MAX_BYTES:
        raise CannotReceiveError(f"{PurePosixPath(path).name} lebih dari {MAX_BYTES // 1024} KB. "
                                 "Minta pengirim meringkasnya.")
    try:
        text = decode(data)
        if not opening(text):
            raise CannotReceiveError("berkas tidak diawali bagian kunci (baris ---). Minta pengirim mengisi "
                                     "formulir kirim.html dan melampirkan hasilnya tanpa diubah.")
        read_front_matter(path, text)
        end = closing(text, opening(text)).start()
    except Unreadable as problem:
        raise CannotReceiveError(f"baris {problem.line}: {problem.message}. {problem.hint}") from None
    head, rest = text[:end], text[end:]
    return (FIELD.sub(CHANNEL, head) if FIELD.search(head) else f"{head}\n{CHANNEL}") + rest


def put(root: Path, parcel: Parcel, *, replace: bool) -> None:
    """Writes the files. One that is there already is only replaced when asked for."""
    there = [path for path in parcel.files if (root / path).exists()]
    if there and not replace:
        raise CannotReceiveError(f"sudah ada: {', '.join(there)}. "
                                 "Pakai --replace bila ini perbaikannya, atau --name untuk nama lain.")
    for path, data in parcel.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
