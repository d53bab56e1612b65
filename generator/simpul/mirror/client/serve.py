"""A server to try a copy on the local network: Range, gzip, ETag, types. For the public, use a real one."""

from __future__ import annotations

import gzip
import http.server
import posixpath
import re
import socket
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8", ".json": "application/json",
    ".jsonld": "application/ld+json", ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml", ".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg",
    ".ico": "image/x-icon", ".pdf": "application/pdf", ".xz": "application/x-xz", ".zip": "application/zip",
    ".ics": "text/calendar; charset=utf-8",
}
PACKED = (".html", ".css", ".js", ".json", ".jsonld", ".xml", ".txt", ".csv", ".svg", ".ics")
HASHED = re.compile(r"[.-][0-9a-f]{8,64}\.[a-z0-9]+$")  # a name that changes with its content
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


class Handler(http.server.BaseHTTPRequestHandler):
    """Files below one folder, without names that begin with a dot."""

    protocol_version = "HTTP/1.1"

    def __init__(self, root: Path, policy: str, *args: object) -> None:
        self.root, self.policy = root, policy
        super().__init__(*args)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent: an address of a reader is personal data."""

    def do_HEAD(self) -> None:
        """Like GET, without the content."""
        self.do_GET()

    def do_GET(self) -> None:
        """One file."""
        path = posixpath.normpath(unquote(urlsplit(self.path).path)).lstrip("/")
        place = self.root / path
        if any(part.startswith(".") and part != "." for part in path.split("/")) or set(path) & set("\\:\0"):
            return self._missing()
        if place.is_dir():
            place, path = place / "index.html", posixpath.join(path, "index.html")
        if not place.is_file():
            return self._missing()
        return self._file(path, place)

    def _missing(self) -> None:
        page = self.root / "404.html"
        self._send(HTTPStatus.NOT_FOUND, TYPES[".html"],
                   page.read_bytes() if page.is_file() else b"Halaman tidak ada.")

    def _file(self, path: str, place: Path) -> None:
        data, state = place.read_bytes(), place.stat()
        kind = TYPES.get(place.suffix.lower(), "application/octet-stream")
        tag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
        fresh = "public, max-age=31536000, immutable" if HASHED.search(path) else "no-cache"
        self._extra = [("ETag", tag), ("Cache-Control", fresh), ("Accept-Ranges", "bytes"),
                       ("Vary", "Accept-Encoding")]
        if self.headers.get("If-None-Match") == tag:
            return self._send(HTTPStatus.NOT_MODIFIED, kind, b"")
        wanted = self._range(len(data))
        if wanted:
            begin, end = wanted
            if begin >= len(data):
                self._extra.append(("Content-Range", f"bytes */{len(data)}"))
                return self._send(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, kind, b"")
            self._extra.append(("Content-Range", f"bytes {begin}-{end}/{len(data)}"))
            return self._send(HTTPStatus.PARTIAL_CONTENT, kind, data[begin:end + 1])
        if place.suffix in PACKED and len(data) > 256 and "gzip" in self.headers.get("Accept-Encoding", ""):
            self._extra.append(("Content-Encoding", "gzip"))
            data = gzip.compress(data, 6, mtime=0)
        return self._send(HTTPStatus.OK, kind, data)

    def _range(self, size: int) -> tuple[int, int] | None:
        found = _RANGE.match(self.headers.get("Range", ""))
        return (int(found[1]), min(int(found[2] or size - 1), size - 1)) if found else None

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in [("Content-Type", kind), ("Content-Length", str(len(body))),
                            *self.__dict__.pop("_extra", []),
                            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")]:
            self.send_header(name, value)
        if self.policy and kind.startswith("text/html"):
            self.send_header("Content-Security-Policy", self.policy)
        self.end_headers()
        if self.command != "HEAD" and status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(body)


class _SixServer(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()


def server(root: Path, host: str, port: int) -> http.server.ThreadingHTTPServer:
    """A server of the folder, not yet running; `::` answers by IPv4 too. The policy of its pages is sent as a
    header, too.
    """
    front = root / "index.html"
    found = POLICY.search(front.read_text(encoding="utf-8", errors="replace")) if front.is_file() else None
    kind = _SixServer if ":" in host else http.server.ThreadingHTTPServer
    made = kind((host, port), partial(Handler, root, found[1] if found else ""))
    made.daemon_threads = True
    return made
