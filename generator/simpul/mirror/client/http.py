"""A release folder over http(s): one kept connection, to the named host alone, through the system's proxy."""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import urllib.request
import zlib
from collections.abc import Iterator
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from . import VERSION
from .errors import Intercepted, MirrorError, Missing, Unreachable
from .line import Allowance, Overlong, restrain
from .sources import CHUNK, Answer

TIMEOUT = 60.0  # seconds until the first byte of the content, redirects and all, and from one to the next
REDIRECTS = 5
REASONS: dict[type[BaseException], str] = {
    socket.gaierror: "nama alamatnya tidak ditemukan", ConnectionRefusedError: "sambungan ditolak",
    ConnectionResetError: "sambungan diputus", http.client.RemoteDisconnected: "sambungan diputus",
    socket.timeout: "tidak menjawab", Overlong: "mengirim tanpa akhir, tetapi bukan isinya",
    http.client.IncompleteRead: "kiriman terpotong",
    UnicodeError: "nama alamatnya tidak ditemukan", http.client.InvalidURL: "alamatnya salah tulis",
    ValueError: "alamatnya salah tulis",
}
LOG_IN = "Bila jaringan ini meminta masuk dulu (hotspot, Wi-Fi kantor), masuk dengan peramban, lalu ulangi"
OF_TIME = (9, 10)  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED
FAILURES = (OSError, http.client.HTTPException, ValueError)
"""A name not found, a refused or cut connection, a bad certificate; an address (a proxy's) that is none."""


class HttpSource:
    """An http(s) address of a release folder."""

    def __init__(self, name: str, timeout: float = TIMEOUT) -> None:
        self.name, self.timeout = name, timeout
        self._allowance = Allowance(timeout)
        self.base = name if name.endswith("/") else name + "/"
        self.host = _host(self.base)
        self.date = ""  # what the server says the time is, for messages only
        self.known: dict[str, tuple[str, bytes]] = {}
        """By path: tag (ETag, RFC 9110) and bytes of what is here, which need not be sent again."""
        self.tags: dict[str, str] = {}
        """By path: the tag of what was given last."""
        self._connection: http.client.HTTPConnection | None = None
        self._response: http.client.HTTPResponse | None = None
        self._peer = ("", "")

    def open(self, path: str, start: int = 0) -> Answer:
        url = urljoin(self.base, quote(path))
        self._allowance.renew()
        for _ in range(REDIRECTS):
            tag, data = self.known.get(path, ("", b""))
            response = self._ask(urlsplit(url), start, tag)
            if response.status == 304 and tag:
                self._finish(response)
                return Answer(0, len(data), iter([data]))
            if response.status not in (301, 302, 303, 307, 308):
                self.tags[path] = response.getheader("ETag", "")
                return self._answer(response, url, start)
            url = self._redirected(url, response.getheader("Location", ""))
        raise Unreachable(f"{self.name} mengalihkan tanpa akhir", "Coba sumber lain")

    def close(self) -> None:
        """Gives up the connection, for example after a bad answer."""
        if self._response:
            self._response.close()
            self._response = None
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, url: SplitResult, start: int, tag: str) -> http.client.HTTPResponse:
        reused = self._connection is not None and self._peer == (url.scheme, url.netloc)
        try:
            return self._request(url, start, tag)
        except FAILURES as error:
            self.close()
            if not reused:
                raise self._unreachable(error) from error
        try:  # a kept connection may have been closed by the other side
            return self._request(url, start, tag)
        except FAILURES as error:
            self.close()
            raise self._unreachable(error) from error

    def _request(self, url: SplitResult, start: int, tag: str) -> http.client.HTTPResponse:
        if self._connection is None or self._peer != (url.scheme, url.netloc):
            self.close()
            self._connect(url)
        assert self._connection
        headers = {"User-Agent": f"simpul-mirror/{VERSION}", "Accept-Encoding": "identity", **self._extra}
        if start:
            headers["Range"] = f"bytes={start}-"
        if tag:
            headers["If-None-Match"] = tag
        target = url.path + (f"?{url.query}" if url.query else "")
        self._connection.request("GET", f"http://{url.netloc}{target}" if self._absolute else target,
                                 headers=headers)
        self._response = self._connection.getresponse()
        return self._response

    def _connect(self, url: SplitResult) -> None:
        proxy = None if urllib.request.proxy_bypass(url.hostname or "") else \
            urllib.request.getproxies().get(url.scheme)
        place = urlsplit(proxy if "://" in proxy else f"http://{proxy}") if proxy else url
        self._absolute, self._extra = bool(proxy) and url.scheme == "http", {}
        host, port = place.hostname or "", place.port
        authority = _authorisation(place) if proxy else {}
        if url.scheme == "https":
            context = ssl.create_default_context()
            self._connection = http.client.HTTPSConnection(host, port, timeout=self.timeout, context=context)
            if proxy:
                self._connection.set_tunnel(url.hostname or "", url.port or 443, authority)
        else:
            self._connection = http.client.HTTPConnection(host, port, timeout=self.timeout)
            self._extra = authority
        restrain(self._connection, self._allowance)
        self._peer = (url.scheme, url.netloc)

    def _redirected(self, url: str, location: str) -> str:
        self.close()
        target = urlsplit(urljoin(url, location))
        if target.hostname != self.host or target.scheme not in ("https", urlsplit(url).scheme):
            raise Intercepted(f"{self.name} mengalihkan ke {target.scheme}://{target.netloc}, "
                              "yang tidak Anda sebut",
                              f"Tidak diikuti. {LOG_IN}. Bila sumber memang pindah, pakai alamat baru itu")
        return target.geturl()

    def _answer(self, response: http.client.HTTPResponse, url: str, start: int) -> Answer:
        self.date = response.getheader("Date", "") or self.date
        kind = response.getheader("Content-Type", "").partition(";")[0].strip().lower()
        if response.status == 511 or (response.status == 200 and kind == "text/html"):
            self._finish(response)
            raise Intercepted(*a_page(url))
        if response.status in (403, 404, 410):
            self._finish(response)
            raise Missing(f"{url} tidak ada",
                          "Periksa alamat sumber (biasanya berakhir dengan /rilis/) atau coba sumber lain")
        if response.status not in (200, 206, 416):
            self._finish(response)
            raise Unreachable(f"{self.name} menjawab {response.status} {response.reason}",
                              "Coba nanti atau dari sumber lain")
        if response.status == 416:
            self._finish(response)
            return Answer(start, start, iter(()))
        begins = _range_start(response) if response.status == 206 else 0
        if begins not in (0, start):
            self.close()
            raise Unreachable(f"{self.name} menjawab dengan potongan yang tidak diminta", "Coba sumber lain")
        packed = response.getheader("Content-Encoding", "identity").lower()
        length = response.getheader("Content-Length", "")
        total = begins + int(length) if length.isdigit() and packed == "identity" else None
        return Answer(begins, total, self._chunks(response, packed))

    def _chunks(self, response: http.client.HTTPResponse, packed: str) -> Iterator[bytes]:
        done = False
        try:
            if packed in ("gzip", "x-gzip"):
                chunks = _gunzip(response)
            elif packed == "identity":
                chunks = iter(lambda: response.read1(CHUNK), b"")
            else:
                raise Unreachable(f"{self.name} mengirim sandi isi {packed!r} yang tidak diminta",
                                  "Coba sumber lain")
            for chunk in filter(None, chunks):
                yield chunk
                self._allowance.renew()
            done = response.isclosed()
        except (*FAILURES, zlib.error) as error:
            raise self._unreachable(error) from error
        finally:
            if not done:
                self.close()

    def _finish(self, response: http.client.HTTPResponse) -> None:
        """Reads a short answer to its end to keep the connection; a long one costs the connection."""
        try:
            response.read(CHUNK)
        except FAILURES:
            self.close()
        if not response.isclosed():
            self.close()

    def _unreachable(self, error: BaseException) -> MirrorError:
        if isinstance(error, ssl.SSLCertVerificationError):
            what = f"sertifikat {self.host} tidak sah ({error.verify_message})"
            if error.verify_code in OF_TIME:
                return Unreachable(what, "Periksa jam komputer ini lebih dulu. Bila jamnya benar, sertifikat "
                                   "sumber itu yang habis masanya; jangan dilewati")
            return Intercepted(what, f"{LOG_IN}. Selain itu periksa jam komputer ini dan alamatnya; "
                               "jangan dilewati")
        return Unreachable(f"{self.name} tidak terjangkau ({_reason(error)})",
                           "Periksa sambungan dan alamat; yang sudah terunduh disimpan dan dilanjutkan")


def a_page(place: str) -> tuple[str, str]:
    """What is wrong where a page comes instead of a file, and the remedy."""
    return (f"{place} dijawab dengan halaman web, bukan berkas rilis",
            f"{LOG_IN}. Bila sudah, periksa alamat sumber (biasanya berakhir dengan /rilis/)")


def _host(url: str) -> str:
    """The host of an address; one that cannot be an address is told at once."""
    try:
        parts = urlsplit(url)
        if parts.hostname and (parts.port is None or parts.port):
            return parts.hostname
    except ValueError:
        pass
    raise Unreachable(f"{url} bukan alamat yang benar",
                      "Periksa tulisannya, misalnya https://simpul.example/rilis/")


def _reason(error: BaseException) -> str:
    """The commonest failures in Indonesian, the others as the system calls them."""
    for kind, text in REASONS.items():
        if isinstance(error, kind):
            return text
    return str(error) or type(error).__name__


def _authorisation(proxy: SplitResult) -> dict[str, str]:
    if proxy.username is None:
        return {}
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def _range_start(response: http.client.HTTPResponse) -> int:
    first = response.getheader("Content-Range", "").partition("bytes ")[2].partition("-")[0]
    return int(first) if first.isdigit() else -1


def _gunzip(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Some hosts pack everything. Unpacked in bounded pieces, so that a bomb meets its reader's limit."""
    unpacker = zlib.decompressobj(31)
    while data := response.read1(CHUNK):
        while data:
            yield unpacker.decompress(data, CHUNK)
            data = unpacker.unconsumed_tail
    yield unpacker.flush()
