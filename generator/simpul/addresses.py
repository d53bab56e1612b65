"""Where a source file shows on the site: permanent addresses, as pure functions of the path."""

import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

REGIONS = "content/daerah/"
PRACTICE = re.compile(r"content/daerah/[^/]+/praktik/[^/]+\.md\Z")
DRAWING = re.compile(r"(curriculum/modul/[a-z0-9-]+|content(/panduan)?)/gambar/[a-z0-9-]+\.svg")
"""A figure of the centre's own; nobody else's SVG is taken."""
PICTURE = re.compile(r"\.(png|jpe?g|webp|gif)\Z", re.IGNORECASE)
ATTACHED = ("pdf", "docx", "xlsx", "odt", "ods", "csv")
ATTACHMENT = re.compile(r"content/daerah/([^/]+)/(praktik|adaptasi)/lampiran/([a-z0-9-]+)\."
                        rf"({'|'.join(ATTACHED)})")
"""A file that goes with a case or an adaptation."""
ATTACHMENTS = "lampiran/"
"""Where attachments stand on the site, and nothing else: a copy that must be small can leave them out."""

LAWS, SYSTEMS = "dasar-hukum.html", "sistem-nasional.html"
"""The registers of laws and of national systems."""

REGION = r"content/daerah/([^/]+)/"
MODULE = r"curriculum/modul/([^/]+)/"
SHOWN_ON = (
    (MODULE + r"(?:modul\.yml|isi\.md)", r"modul/\1.html"),
    (MODULE + r"[a-z0-9-]+\.md", r"modul/\1/pengajar.html"),
    (r"curriculum/(jalur|model|penunjuk)/([^/]+)\.yml", r"\1/\2.html"),
    (r"curriculum/kerangka/[^/]+\.yml", "standar.html"),
    (r"curriculum/glosarium\.yml", "glosarium.html"),
    (r"curriculum/dasar_hukum\.yml", LAWS),
    (r"curriculum/sistem\.yml", SYSTEMS),
    (REGION + r"adaptasi/([^/]+)\.yml", r"modul/\2/\1.html"),
    (REGION + r"(?:[a-z]+\.yml|adaptasi/[^/]+\.md|pemantauan/[^/]+\.csv)", r"daerah/\1.html"),
    (r"content/(?!daerah/)((?:[^/]+/)?[^/]+)\.md", r"\1.html"),
)
"""Which sources have a page, and which: patterns of their paths. Whether such a source is there is another
question.
"""
_SHOWN_ON = tuple((re.compile(pattern), url) for pattern, url in SHOWN_ON)


@lru_cache(maxsize=1 << 14)
def page_url(path: str) -> str:
    """The page that shows this source, or its copy of this picture; "" where none does."""
    if PRACTICE.match(path):
        return case_url(case_id(path))
    if "/gambar/" in path and (PICTURE.search(path) or DRAWING.fullmatch(path)):
        return picture_url(path)
    if "/lampiran/" in path and ATTACHMENT.fullmatch(path):
        return attachment_url(path)
    found = ((pattern.fullmatch(path), url) for pattern, url in _SHOWN_ON)
    return next((match.expand(url) for match, url in found if match), "")


DEEPEST = 5
"""How far below the portal an address may lie for the page of missing pages to find the way back; ours lie
three folders deep at most.
"""

def case_id(path: str) -> str:
    """The id of the case of a source, such as "73.71/antrean"."""
    return path[len(REGIONS):-len(".md")].replace("/praktik/", "/", 1)


def overlay_id(path: str) -> str:
    """The id of the overlay of a source, such as "73.71/surel-aman"."""
    return path[len(REGIONS):].removesuffix(".yml").replace("/adaptasi/", "/", 1)


def adaptation_url(name: str) -> str:
    """The page of the adaptation "73.71/module"."""
    code, _, module = name.partition("/")
    return f"modul/{module}/{code}.html"


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


def attachment_url(path: str, digest: str = "") -> str:
    """An attachment, named by its content; without its digest, what links in texts lead to at first."""
    region, home, name, ending = ATTACHMENT.fullmatch(path).groups()  # type: ignore[union-attr]
    folder = region if home == "praktik" else f"{region}/{home}"
    return f"{ATTACHMENTS}{folder}/{name}{digest and f'-{digest}'}.{ending}"


def bundle_url(name: str) -> str:
    """A case with its attachments as one file, by the case's id."""
    region, _, slug = name.partition("/")
    return f"{ATTACHMENTS}{region}/paket-{slug}.zip"


def exam_url(group: str) -> str:
    """The sheets of an exam for the core of a group of civil servants."""
    return f"ujian/{group.replace('_', '-')}.zip"


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


def slugify(text: str) -> str:
    """A heading's anchor: lower case, ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "bagian"
