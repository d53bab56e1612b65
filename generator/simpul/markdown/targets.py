"""Where a link or a picture of a text leads, and what is wrong with the way it is written: pure functions."""

import difflib
import re
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from markdown_it.common.normalize_url import normalizeLink

from simpul.addresses import page_url, relative, source_of
from simpul.markdown.citations import SCHEME, place_of

AROUND = " \t\n\u00a0\"'“”„‘’«»‹›"
"""What word processors put around an address."""
HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?!md\b)(?:[a-z]{2}|com|net|org|edu|gov|info)"
"""A name of a site, not of a file: at its end a country or one of the old domains (RFC 1591)."""
SITE = re.compile(rf"(?:www\.[^\s/]+|{HOST})(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:\?.*)?")
WEB = re.compile(r"([a-z]{3,7})[:;.,]{0,2}/{1,3}(?=\w)|(https?):(?=[^/])", re.IGNORECASE)
SHOWN = re.compile(r"(?:https?://|\bwww\.)([^\s/?#:]+)|"
                   r"\A((?:[a-z0-9-]+\.){2,}[a-z]{2,}|[a-z0-9-]+\.(?:id|com|org))(?:[/?#]\S*)?\Z",
                   re.IGNORECASE)
"""A name of a site as readers know one: Node.js is none."""
NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[?[0-9a-f:]+\]?")
WAYS = "Pakai https://, mailto:, atau jalur ke berkas di repositori ini."
AT_HOME = "Pembaca tidak dapat membukanya; taruh berkasnya di situs kantor, lalu tulis alamat https://-nya."


class LinkTarget(NamedTuple):
    """Where a link leads. `url` is a page of the site ("" when it leads outside or cannot be followed), and
    `source` the source that it names, "" where it names a page of the site; `refused` and `remedy` tell why
    it is not taken.
    """

    href: str
    url: str
    fragment: str
    refused: str = ""
    remedy: str = ""
    source: str = ""


def resolve(target: str, path: str) -> LinkTarget:
    """Follows a link written in the source `path`, without looking whether anything is there."""
    target = target.strip(AROUND)
    if target.lower().startswith(SCHEME):
        url, fragment = place_of(target)
        return LinkTarget(f"{relative(url, page_url(path))}#{fragment}", url, fragment)
    try:
        parts = urlsplit(target)
        parts.port  # noqa: B018  # raises where there is no number
    except ValueError:
        return LinkTarget("", "", "", "alamat tidak terbaca", WAYS)
    if wrong := _mistake(target, parts):
        return LinkTarget("", "", "", *wrong)
    if parts.scheme == "mailto":
        return LinkTarget(f"mailto:{normalizeLink(_mailbox(target))}", "", "")
    if parts.scheme:
        return LinkTarget(normalizeLink(target), "", "")
    here, fragment = page_url(path), unquote(parts.fragment)
    mark = f"#{parts.fragment}" if fragment else ""
    if not parts.path:
        return LinkTarget(normalizeLink(mark) or "#", here, fragment)
    place = source_of(target, path)
    if place.startswith(".."):
        return LinkTarget("", "", "", "alamat keluar dari portal", WAYS)
    url = page_url(place)
    source = place if url else ""
    url = url or (f"{place.removesuffix('.md')}.html" if place.endswith(".md") else place)
    return LinkTarget(normalizeLink(relative(url, here) + mark), url, fragment, source=source)


def _mistake(target: str, parts: SplitResult) -> tuple[str, str] | None:
    """What is wrong with an address, and its remedy."""
    if not target:
        return "alamatnya belum ditulis", WAYS
    scheme = parts.scheme
    if scheme in ("http", "https") and parts.netloc:
        return _deceptive(parts)
    if scheme == "mailto":
        whole = MAIL.fullmatch(_mailbox(target))
        return None if whole else ("alamat surel tidak lengkap", "Tulis seperti mailto:kantor@daerah.go.id.")
    if scheme == "file" or len(scheme) == 1 or target.startswith("\\"):
        return "alamat ini menunjuk berkas di komputer Anda sendiri", AT_HOME
    if right := _web(target):
        return "awalan alamat web salah tulis", meant(right)
    if SITE.fullmatch(target):
        return "alamat web tanpa https://", meant(f"https://{target}")
    if MAIL.fullmatch(target):
        return "alamat surel tanpa mailto:", meant(f"mailto:{target}")
    if scheme in ("http", "https"):
        return "alamat tidak memuat nama situs sesudah //", WAYS
    if scheme or target.startswith("//"):
        return "jenis alamat ini tidak diterima", WAYS
    if "\\" in (plain := unquote(target)):
        return "alamat memakai garis miring terbalik", meant(plain.replace("\\", "/"))
    return None


def meant(address: str) -> str:
    """The remedy where only one thing can be meant."""
    return f"Maksud Anda '{address}'?"


def _mailbox(target: str) -> str:
    return unquote(target.partition(":")[2]).strip(AROUND)


def _web(target: str) -> str:
    """The address that is meant where its beginning is misspelt, as in `htpps://x` and `http:/x`; or ""."""
    match = WEB.match(target)
    if not match:
        return ""
    written = (match[1] or match[2]).lower()
    if written[0] != "h" or not difflib.get_close_matches(written, ["http", "https"], 1, 0.7):
        return ""
    return f"{'http' if written == 'http' else 'https'}://{target[match.end():]}"


def _deceptive(parts: SplitResult) -> tuple[str, str] | None:
    """What makes an outside address read as another than it is."""
    if not parts.hostname:
        return "alamat tidak memuat nama situs sesudah //", WAYS
    if parts.username is not None:
        return "alamat memuat nama pengguna di depan nama situs", WAYS
    if not parts.hostname.isascii() or "xn--" in parts.hostname:
        return "nama situs memuat huruf di luar a sampai z", WAYS
    return None if NAME.fullmatch(parts.hostname) else ("nama situs salah tulis", "Periksa ejaannya.")


def pretending(words: str, to: LinkTarget) -> LinkTarget:
    """The target, refused where the words of its link are the address of another site: that is how people
    are deceived.
    """
    if "." not in words or not to.href or to.url:
        return to
    words = words.strip(AROUND + ".,;:")
    if to.href.startswith("mailto:"):
        other = words if MAIL.fullmatch(words) and words.lower() not in to.href.lower() else ""
    else:
        host = _bare(urlsplit(to.href).hostname or "")
        shown = (_bare(match[1] or match[2]) for match in SHOWN.finditer(words))
        other = next((name for name in shown if not _related(name, host)), "")
    if not other:
        return to
    return LinkTarget("", "", "", f"teksnya menyebut {other}, tetapi alamatnya lain",
                      "Samakan keduanya, atau tulis nama halamannya sebagai teks.")


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.").rstrip(".")


def _related(one: str, other: str) -> bool:
    return f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}")
