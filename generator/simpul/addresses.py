"""Where a source file shows on the site: permanent addresses, as pure functions of the path."""

import posixpath
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

REGIONS = "content/daerah/"
PRACTICE = re.compile(r"content/daerah/[^/]+/praktik/[^/]+\.md\Z")
DRAWING = re.compile(r"curriculum/modul/[a-z0-9-]+/gambar/[a-z0-9-]+\.svg")
"""A figure of the centre's own; nobody else's SVG is taken."""
PICTURE = re.compile(r"\.(png|jpe?g|webp|gif)\Z", re.IGNORECASE)


class LinkTarget(NamedTuple):
    """Where a link leads. `url` is a page of the site ("" when it leads outside or cannot be followed)."""

    href: str
    url: str
    fragment: str
    refused: str = ""


def page_url(path: str) -> str:
    """The page that shows this source file; the path itself when no page does."""
    if PRACTICE.match(path):
        return case_url(case_id(path))
    parts = path.split("/")
    if parts[:2] == ["curriculum", "modul"] and len(parts) > 2:
        notes = len(parts) == 4 and parts[3] not in ("modul.yml", "isi.md")
        return f"modul/{parts[2]}/pengajar.html" if notes else f"modul/{parts[2]}.html"
    if parts[:2] == ["curriculum", "jalur"]:
        return f"jalur/{posixpath.splitext(parts[-1])[0]}.html"
    if parts[:2] == ["curriculum", "model"]:
        return f"model/{posixpath.splitext(parts[-1])[0]}.html"
    if parts[:2] == ["curriculum", "kerangka"]:
        return "standar.html"
    if path == "curriculum/glosarium.yml":
        return "glosarium.html"
    if parts[:2] == ["content", "daerah"] and len(parts) > 2:
        return f"daerah/{parts[2]}.html"
    if parts[0] == "content" and path.endswith(".md"):
        return path.removeprefix("content/").removesuffix(".md") + ".html"
    return path


def case_id(path: str) -> str:
    """The id of the case of a source, such as "73.71/antrean"."""
    return path[len(REGIONS):-len(".md")].replace("/praktik/", "/", 1)


def overlay_id(path: str) -> str:
    """The id of the overlay of a source, such as "73.71/surel-aman"."""
    return path[len(REGIONS):].removesuffix(".yml").replace("/adaptasi/", "/", 1)


def case_url(name: str) -> str:
    """The page of a case, by its id."""
    return f"praktik/{name}.html"


def picture_url(path: str) -> str:
    """The WebP copy of a picture, or a figure as it is: under its owner's address, not the source folders."""
    for prefix, site in (("curriculum/modul/", "modul/"), (REGIONS, "praktik/"), ("content/", "")):
        if path.startswith(prefix):
            path = site + path.removeprefix(prefix).replace("/praktik/", "/")
            break
    return path if path.endswith(".svg") else PICTURE.sub("", path) + ".webp"


def narrow_url(url: str) -> str:
    """The 600-pixel copy of a picture."""
    return url.removesuffix(".webp") + "-600.webp"


def relative(url: str, base: str) -> str:
    """`url` as seen from the page `base`, both relative to the site's root."""
    return _relative(url, base.rpartition("/")[0])


@lru_cache(maxsize=1 << 14)
def _relative(url: str, folder: str) -> str:
    here, there = folder.split("/") if folder else [], url.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])


def root_of(url: str) -> str:
    """The way from a page up to the site's root: "", "../", "../../"."""
    return "../" * url.count("/")


def source_of(target: str, path: str) -> str:
    """The source path, or the site address after a slash, that a link in `path` means."""
    place = unquote(target.partition("#")[0].partition("?")[0])
    if not place.startswith("/"):
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
    return posixpath.normpath(place.lstrip("/"))


def resolve(target: str, path: str) -> LinkTarget:
    """Follows a link written in the source `path`, without looking whether anything is there."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return LinkTarget("", "", "", "alamat tidak terbaca")
    if parts.scheme in ("http", "https", "mailto"):
        return LinkTarget(target, "", "", _deceptive(parts))
    if parts.scheme or target.startswith("//"):
        return LinkTarget("", "", "", "jenis alamat ini tidak diterima")
    if "\\" in unquote(target):
        return LinkTarget("", "", "", "alamat memakai garis miring terbalik; pakai /")
    here = page_url(path)
    if not parts.path:
        return LinkTarget(f"#{parts.fragment}", here, parts.fragment)
    place = source_of(target, path)
    if place.startswith(".."):
        return LinkTarget("", "", "", "alamat keluar dari portal")
    url = page_url(place)
    url = f"{url.removesuffix('.md')}.html" if url.endswith(".md") else url
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return LinkTarget(relative(url, here) + fragment, url, parts.fragment)


def _deceptive(parts: SplitResult) -> str:
    """What makes an outside address read as another than it is."""
    if parts.scheme == "mailto":
        return ""
    if not parts.hostname:
        return "alamat tidak memuat nama situs sesudah //"
    if parts.username is not None:
        return "alamat memuat nama pengguna di depan nama situs"
    plain = parts.hostname.isascii() and "xn--" not in parts.hostname
    return "" if plain else "nama situs memuat huruf di luar a sampai z"


def slugify(text: str) -> str:
    """A heading's anchor: lower case, ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "bagian"
