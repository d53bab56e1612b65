"""Hosts on this machine that lie in every way a host can, and the honest one they are made of."""

import gzip
import hashlib
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar


class Honest(http.server.BaseHTTPRequestHandler):
    """Serves a dictionary with Range. A hostile host overrides one method."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    files: ClassVar[Mapping[str, bytes]] = {}
    asked: ClassVar[list[str]]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        self.asked.append(self.path)
        path = self.path.lstrip("/")
        if path not in self.files:
            return self.missing()
        data, start = self.files[path], 0
        wanted = self.headers.get("Range", "")
        if wanted:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        return self.give(path, data, start)

    def missing(self) -> None:
        self.reply(404, b"tidak ada", {})

    def give(self, path: str, data: bytes, start: int) -> None:
        if start:
            self.reply(206, data[start:], {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"})
        else:
            self.reply(200, data, {})

    def reply(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Counted(Honest):
    """Knows tags (ETag), and counts every byte on the wire."""

    wire: ClassVar[list[int]] = []

    def do_GET(self) -> None:
        self.wire.append(len(self.raw_requestline) + len(self.headers.as_bytes()))
        super().do_GET()

    def give(self, path: str, data: bytes, start: int) -> None:
        tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
        known = self.headers.get("If-None-Match") == tag
        self.reply(304 if known else 200, b"" if known else data,
                   {"ETag": tag, "Last-Modified": "Tue, 24 Nov 2026 03:00:00 GMT"})

    def reply(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        super().reply(status, body, headers)
        self.wire.append(len(body))

    def end_headers(self) -> None:
        self.wire.append(sum(map(len, self._headers_buffer)) + 2)
        super().end_headers()


class Object(Honest):
    """Lies about packs and deltas only."""

    def give(self, path: str, data: bytes, start: int) -> None:
        if path.startswith("objek/"):
            self.lie(path, data, start)
        else:
            super().give(path, data, start)

    def lie(self, path: str, data: bytes, start: int) -> None:
        raise NotImplementedError


class Flipped(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        super(Object, self).give(path, data[:-9] + bytes([data[-9] ^ 4]) + data[-8:], start)


class Cut(Object):
    """Announces everything, sends half, hangs up."""

    def lie(self, path: str, data: bytes, start: int) -> None:
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        rest = data[start:]
        self.wfile.write(rest[:max(len(rest) // 2, 1)])
        self.close_connection = True


class Endless(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while True:
            self.wfile.write(data)


class Swapped(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        other = next((name for name in sorted(self.files) if name.startswith("objek/") and name != path
                      and len(self.files[name]) >= len(data)), path)
        super(Object, self).give(path, self.files[other] if other != path else data[::-1], start)


class WrongRange(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        if start:
            self.reply(206, data[1:], {"Content-Range": f"bytes 1-{len(data) - 1}/{len(data)}"})
        else:
            Cut.lie(self, path, data, start)  # type: ignore[arg-type]


class Page(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        self.reply(200, b"<!doctype html><title>Selamat datang</title>", {"Content-Type": "text/html"})


class Redirecting(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        self.reply(302, b"", {"Location": "http://lain.example/" + path})


class Circling(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        self.reply(301, b"", {"Location": "/" + path})


class Failing(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        self.reply(503, b"nanti", {})


class Bomb(Object):
    """Content-Encoding: gzip of far more than was signed."""

    def lie(self, path: str, data: bytes, start: int) -> None:
        self.reply(200, gzip.compress(b"\0" * 50_000_000, 9), {"Content-Encoding": "gzip"})


class Garbled(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        self.reply(200, b"\x1f\x8b not gzip", {"Content-Encoding": "gzip"})


class Foreign(Object):
    def lie(self, path: str, data: bytes, start: int) -> None:
        self.reply(200, data, {"Content-Encoding": "br"})


class LoginPage(Honest):
    """What a hotspot gives for everything."""

    def do_GET(self) -> None:
        self.reply(200, b"<html>Masuk</html>", {"Content-Type": "text/html"})


class LoginRedirect(Honest):
    def do_GET(self) -> None:
        self.reply(302, b"", {"Location": "http://login.hotspot.example/?tujuan=simpul"})


class LoginStatus(Honest):
    def do_GET(self) -> None:
        self.reply(511, b"", {})


# Odd, but harmless: the client must get through.

class IgnoresRange(Honest):
    def give(self, path: str, data: bytes, start: int) -> None:
        super().give(path, data, 0)


class PageForMissing(Honest):
    """Greets with a page where it should say 404, and does not even call it a page."""

    def missing(self) -> None:
        self.reply(200, b"<!doctype html><title>Selamat datang</title>", {})


class HtmlForMissing(Honest):
    def missing(self) -> None:
        self.reply(200, b"<!doctype html><title>Selamat datang</title>",
                   {"Content-Type": "text/html; charset=utf-8"})


class Forbids(Honest):
    def missing(self) -> None:
        self.reply(403, b"", {})


class Gzips(Honest):
    def give(self, path: str, data: bytes, start: int) -> None:
        self.reply(200, gzip.compress(data),
                   {"Content-Encoding": "gzip", "Content-Type": "application/octet-stream"})


class ClosesAlways(Honest):
    protocol_version = "HTTP/1.0"


class NoLength(Honest):
    def reply(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Transfer-Encoding": "chunked"}.items():
            self.send_header(name, value)
        self.end_headers()
        for start in range(0, len(body), 500):
            part = body[start:start + 500]
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")


class RedirectsAtHome(Honest):
    def do_GET(self) -> None:
        if self.path.startswith("/lama/"):
            self.reply(301, b"", {"Location": self.path.removeprefix("/lama")})
        else:
            super().do_GET()


class HangsUpAfterEach(Honest):
    """Says the connection stays, then closes it."""

    def do_GET(self) -> None:
        super().do_GET()
        self.wfile.flush()
        self.connection.shutdown(2)
        self.close_connection = True


@contextmanager
def host(kind: type[Honest], files: Mapping[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """A running host: its address, and the list of paths it was asked for."""
    asked: list[str] = []
    made = type(kind.__name__, (kind,), {"files": files, "asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), made) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]  # clients may hang up
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()
