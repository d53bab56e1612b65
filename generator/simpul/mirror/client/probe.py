"""Questions to a web server as a browser would put them, bounded in number, bytes and time."""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from . import VERSION
from .errors import Unreachable

MOST_BYTES, MOST_ASKED = 2**21, 60
ANSWER, ALL = 15.0, 180.0  # seconds for a sign of life, and for everything
FAILURES = (OSError, http.client.HTTPException, ValueError)
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src"}


class Reply(NamedTuple):
    """What a server answered: its headers have small letters; `seconds` until the first byte."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def kind(self) -> str:
        """The type of the content, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def packed(self) -> bool:
        """Whether it was compressed on its way."""
        return self.headers.get("content-encoding", "identity").lower() not in ("", "identity")

    @property
    def plain(self) -> bytes:
        """The content as it was before it was compressed; as it came where that cannot be told."""
        try:
            return zlib.decompressobj(47).decompress(self.body, MOST_BYTES) if self.packed else self.body
        except zlib.error:
            return self.body


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where a server leads is one of the questions."""

    def redirect_request(self, *_: object) -> None:
        return None


class Probe:
    """Asks one host, through the system's proxy."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(_Stay)
        self._began, self.asked = time.monotonic(), 0

    def ask(self, url: str, **headers: str) -> Reply:
        """One answer, whatever its status. Raises Unreachable; header names are written with underscores."""
        self.asked += 1
        left = ALL - (time.monotonic() - self._began)
        if self.asked > MOST_ASKED or left <= 0:
            raise Unreachable("server menjawab terlalu lambat: pemeriksaan belum selesai dalam "
                              f"{ALL:.0f} detik", "Ulangi saat jaringan tidak sibuk")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(url, headers={  # noqa: S310  # http and https only, see `address`
            "User-Agent": f"simpul-mirror/{VERSION}", "Accept-Encoding": "gzip", **named})
        began = time.monotonic()
        try:
            try:
                answer = self._opener.open(request, timeout=min(ANSWER, left))
            except urllib.error.HTTPError as error:
                answer = error
            with answer:
                first = time.monotonic() - began
                return Reply(url, answer.status or 0,
                             {name.lower(): value for name, value in answer.headers.items()},
                             _bounded(answer, began + 2 * ANSWER), first)
        except FAILURES as error:
            reason = getattr(error, "reason", error)
            raise Unreachable(f"{url} tidak terjangkau ({reason})", "Periksa alamat dan sambungan") from \
                (reason if isinstance(reason, ssl.SSLCertVerificationError) else error)


def _bounded(answer: http.client.HTTPResponse | urllib.error.HTTPError, until: float) -> bytes:
    data = b""
    while len(data) < MOST_BYTES and time.monotonic() < until:
        chunk = answer.read1(2**16)
        if not chunk:
            break
        data += chunk
    return data


def links(page: Reply) -> list[str]:
    """The addresses a page names on its own host, in order, without what follows a `#` or `?`."""
    reader = _Links()
    reader.feed(page.plain.decode("utf-8", "replace"))
    here, found = urlsplit(page.url), []
    for name in reader.found:
        try:
            url = urldefrag(urljoin(page.url, name)).url.partition("?")[0]
            parts = urlsplit(url)
        except ValueError:
            continue
        if (parts.scheme, parts.netloc) == (here.scheme, here.netloc):
            found.append(url)
    return list(dict.fromkeys(found))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        value = dict(attributes).get(LINKS.get(tag, ""))
        if value:
            self.found.append(value)
