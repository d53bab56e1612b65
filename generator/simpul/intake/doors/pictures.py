"""Pictures that came along -> names that every phone and server opens, in the files and in the text."""

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, unquote

from simpul.addresses import slugify
from simpul.intake.doors.parcel import DoorError
from simpul.intake.doors.photos import as_picture

DATA = r"<?data:image/(png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=]*)>?"
EMBEDDED = re.compile(rf"^\[([^\]\n]+)\]:[ \t]*{DATA}[ \t]*$", re.MULTILINE)
REFERENCE = re.compile(r"!\[([^\]\n]*)\]\[([^\]\n]*)\]")
INLINE = re.compile(rf"!\[([^\]\n]*)\]\({DATA}(\s*\"[^\"\n]*\")?\)")
KINDS = ("heic", "heif", "bmp", "tif", "tiff", "jpeg", "jpg", "png", "webp", "gif")
MAX_NAME = 60


class TakenOut(NamedTuple):
    """A text whose pictures stand beside it, by the names that it calls them; and what is told of others."""

    text: str
    pictures: dict[str, bytes]
    told: tuple[str, ...]


def taken_out(text: str) -> TakenOut:
    """Takes pictures out of a text, as documents on the web and note programs put them there."""
    if "data:image/" not in text:
        return TakenOut(text, {}, ())
    shelf = _Shelf()
    definitions: dict[str, str] = {}
    for match in EMBEDDED.finditer(text):
        definitions[match[1].casefold()] = shelf.put(match[3])
    text = EMBEDDED.sub("", text)
    text = REFERENCE.sub(lambda match: _called(match[1], definitions.get((match[2] or match[1]).casefold()),
                                               match[0]), text)
    text = INLINE.sub(lambda match: _called(match[1], shelf.put(match[3]), ""), text)
    return TakenOut(text, shelf.pictures, tuple(shelf.told))


class _Shelf:
    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.told: list[str] = []

    def put(self, data: str) -> str:
        """The name that the picture gets, "" for one that cannot be read, which is told."""
        number = len(self.pictures) + len(self.told) + 1
        try:
            suffix, picture = as_picture(base64.b64decode(data, validate=True))
        except (binascii.Error, DoorError) as problem:
            self.told.append(f"gambar ke-{number} di dalam teks tidak terbaca: {problem}")
            return ""
        name = f"gambar-{number}{suffix}"
        self.pictures[name] = picture
        return name


def _called(alt: str, name: str | None, otherwise: str) -> str:
    if name is None:
        return otherwise
    return f"![{alt}]({name})" if name else alt


def safe_names(names: list[str]) -> dict[str, str]:
    """A name of its own for each picture: small letters, digits and hyphens."""
    found: dict[str, str] = {}
    for name in names:
        path = PurePosixPath(name)
        stem = slugify(path.stem)[:MAX_NAME].strip("-") or "gambar"
        number, new = 1, f"{stem}{path.suffix.lower()}"
        while new in found.values():
            number += 1
            new = f"{stem}-{number}{path.suffix.lower()}"
        found[name] = new
    return found


def renamed(text: str, folder: str, places: Mapping[str, str]) -> tuple[str, set[str]]:
    """The text with each file called by its new place below `folder`; and the files that it links to.

    `places` gives the new name by the name that came. Names may stand in it with folders, spaces, brackets.
    """
    called = {form.casefold(): name for name in sorted(places) for form in _before(name)}
    called |= {form.casefold(): name for name in sorted(places) for form in _forms(name)}
    if not called:
        return text, set()
    names = "|".join(re.escape(form) for form in sorted(called, key=len, reverse=True))
    link = re.compile(rf"(\]\()(?!<?https?:)<?(?:[^()<>\n\]]*[/\\])?({names})>?(\s+\"[^\"\n]*\")?\)",
                      re.IGNORECASE)
    used: set[str] = set()

    def moved(match: re.Match[str]) -> str:
        name = called[match[2].casefold()]
        used.add(name)
        return f"{match[1]}{folder}/{places[name]}{match[3] or ''})"

    return link.sub(moved, text), used


def _before(name: str) -> set[str]:
    """What it may have been called before it was made a picture for the portal: its kind was another."""
    path = PurePosixPath(name.replace("\\", "/"))
    stem, kinds = path.stem, KINDS if path.suffix.lower().removeprefix(".") in KINDS else ()
    return {f"{start}.{kind}" for start in (stem, quote(stem), slugify(stem)) for kind in kinds}


def _forms(name: str) -> set[str]:
    """How a text may call a picture: as it is named, with its spaces coded, or as a form names it."""
    base = PurePosixPath(name.replace("\\", "/")).name
    stem, dot, suffix = base.rpartition(".")
    return {base, quote(base), unquote(base), base.replace(" ", "%20"), f"{slugify(stem)}{dot}{suffix}",
            re.sub(r"([_()\[\]])", r"\\\1", base)}
