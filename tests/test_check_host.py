"""`check-host`: each thing a web server lacks is told with its remedy, and nothing is told of a good one."""

import gzip
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from simpul.mirror.client import host_rules, main, probe
from simpul.mirror.client.remedies import REMEDIES
from simpul.mirror.client.serve import Handler

POLICY = ""
FILES = {
    "index.html": b'<!doctype html><link href="assets/simpul.css" rel="stylesheet">'
                  b'<script src="assets/rilis.js"></script><img src="gambar/a-0123456789abcdef.svg">'
                  b'<a href="data.csv">data</a> <a href="modul/index.html">modul</a>' + b"<p>isi</p>" * 900,
    "404.html": b"<title>Tidak ada</title>" * 90, "modul/index.html": b"<title>Modul</title>" * 90,
    "assets/simpul.css": b"a{color:red}" * 400, "assets/rilis.js": b"var a = 1;" * 400,
    "gambar/a-0123456789abcdef.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 90,
    "data.csv": b"a,b\n" * 900, "standar.json": b'{"a": 1}' + b" " * 3000, "umpan.xml": b"<feed/>" * 400,
    "katalog.jsonld": b"{}" + b" " * 2000, ".simpul/keadaan.json": b'{"release": 1}',
}


class Good(Handler, http.server.BaseHTTPRequestHandler):
    """The client's own server, which lacks nothing. A bad one overrides one method."""

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        """What a good server says."""
        super().do_GET()

    def send_header(self, name: str, value: str) -> None:
        changed = self.header(name, value)
        if changed is not None:
            super().send_header(name, changed)

    def header(self, name: str, value: str) -> str | None:
        """The value to send, or None for none."""
        return value


class Uncompressed(Good):
    def answer(self) -> None:
        del self.headers["Accept-Encoding"]
        super().answer()


class Octets(Good):
    def header(self, name: str, value: str) -> str | None:
        return "application/octet-stream" if name == "Content-Type" and "svg" in value else value


class Latin(Good):
    def header(self, name: str, value: str) -> str | None:
        return value.replace("utf-8", "iso-8859-1")


class OwnMissingPage(Good):
    def _missing(self) -> None:
        self._send(http.HTTPStatus.NOT_FOUND, "text/html", b"<h1>Not Found</h1>")


class NeverMissing(Good):
    def _missing(self) -> None:
        self._send(http.HTTPStatus.OK, "text/html", (self.root / "index.html").read_bytes())


class Open(Good):
    def answer(self) -> None:
        if self.path == "/.simpul/keadaan.json":
            return self._file("x.json", self.root / ".simpul" / "keadaan.json")
        return super().answer()


class Listing(Good):
    def answer(self) -> None:
        if self.path == "/assets/":
            return self._send(http.HTTPStatus.OK, "text/html", b"<html><title>Index of /assets/</title>")
        return super().answer()


class NoRanges(Good):
    def answer(self) -> None:
        del self.headers["Range"]
        super().answer()


class Remembered(Good):
    def header(self, name: str, value: str) -> str | None:
        return "max-age=86400" if name == "Cache-Control" and value == "no-cache" else value


class NoTag(Good):
    def header(self, name: str, value: str) -> str | None:
        return None if name == "ETag" else value


class Forgetful(Good):
    def header(self, name: str, value: str) -> str | None:
        return "no-cache" if name == "Cache-Control" else value


class Sniffing(Good):
    def header(self, name: str, value: str) -> str | None:
        return None if name == "X-Content-Type-Options" else value


class OldClock(Good):
    def date_time_string(self, timestamp: float | None = None) -> str:
        return "Thu, 01 Jan 1970 00:00:07 GMT"


class OtherFront(Good):
    def answer(self) -> None:
        if self.path == "/":
            return self._send(http.HTTPStatus.OK, "text/html",
                              b'<title>Apache2 Debian Default Page</title><a href="assets/simpul.css">')
        return super().answer()


@contextmanager
def serving(root: Path, kind: type[Handler]) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, root, POLICY)) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("salinan")
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def check(url: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main.main(["check-host", url])
    found = capsys.readouterr()
    return code, found.out + found.err


def test_a_good_server_lacks_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(root, Good) as url:
        code, said = check(url, capsys)
    lines = said.splitlines()
    assert code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/ \(server: BaseHTTP/.*\), \d+ permintaan\.", lines[0])
    assert lines[1:] == ["Kunjungan pertama: 0,3 KB, 0,1 detik pada 50 kbit/s.", "", "Tidak ada yang kurang."]


@pytest.mark.parametrize(("kind", "code", "told"), [
    (Uncompressed, 1, "PERLU pemampatan: dikirim tanpa dimampatkan: halaman depan (9,2 KB, seharusnya "
                      "0,2 KB), assets/simpul.css (4,8 KB, seharusnya 0,1 KB), "),
    (Octets, 1, "PERLU jenis: peramban diberi tahu jenis berkas yang keliru: gambar/a-0123456789abcdef.svg "
                "sebagai application/octet-stream, seharusnya image/svg+xml.\n"),
    (Latin, 1, "PERLU jenis: halaman disebut bersandi iso-8859-1, seharusnya utf-8.\n"),
    (OwnMissingPage, 1, "PERLU halaman 404: alamat yang tidak ada menampilkan halaman server, bukan 404.html "
                        "milik portal; pembaca tidak menemukan jalan kembali.\n"),
    (NeverMissing, 1, "PERLU halaman 404: alamat yang tidak ada dijawab 200, seharusnya 404; mesin pencari "
                      "dan cermin lain menyangka halamannya ada.\n"),
    (Open, 1, "PERLU folder program: .simpul/keadaan.json terbuka bagi siapa pun.\n"),
    (Listing, 1, "PERLU daftar isi folder: isi folder assets/ ditampilkan.\n"),
    (NoRanges, 1, "PERLU potongan: permintaan sebagian berkas dijawab 200, seharusnya 206: unduhan cermin "
                  "tetangga tidak dapat dilanjutkan.\n"),
    (Remembered, 1, "PERLU simpanan peramban: halaman disimpan peramban 24 jam tanpa bertanya lagi; isi baru "
                    "terlambat terbaca.\n"),
    (NoTag, 1, "PERLU simpanan peramban: halaman tidak dapat diperiksa ulang (tanpa ETag dan Last-Modified, "
               "atau no-store): tiap kunjungan mengunduh semuanya lagi.\n"),
    (Forgetful, 0, "SARAN simpanan peramban: "),
    (Sniffing, 0, "SARAN kebijakan: X-Content-Type-Options: nosniff tidak dikirim.\n"),
    (OldClock, 1, "PERLU jam: jam server menunjukkan 1970-01-01 00:00 UTC, jam komputer ini "),
    (OtherFront, 1, "PERLU beranda: alamat tanpa nama berkas tidak menampilkan index.html portal.\n"),
])
def test_what_a_server_lacks_is_told(root: Path, capsys: pytest.CaptureFixture[str], kind: type[Handler],
                                     code: int, told: str) -> None:
    with serving(root, kind) as url:
        found, said = check(url, capsys)
    assert told in said
    assert found == code
    assert "perlu dibenahi" in said


def test_the_remedy_is_that_of_the_server_as_it_calls_itself(root: Path,
                                                             capsys: pytest.CaptureFixture[str]) -> None:
    for name, shown in (("nginx/1.22", ["nginx", "cPanel"]), ("LiteSpeed", ["Apache (.htaccess)", "cPanel"]),
                        ("Caddy", ["Caddy"]), ("x", ["nginx", "Apache (.htaccess)", "Caddy", "cPanel"])):
        named = type("Named", (Uncompressed,), {"version_string": lambda _, name=name: name})
        with serving(root, named) as url:
            _, said = check(url, capsys)
        assert re.findall(r"^  ([^:]+): ", said, re.MULTILINE) == shown
        assert "Dengan pemampatan: 0,3 KB, 0,1 detik." in said


class Moved(Good):
    """From http://host/ to a folder below it."""

    def answer(self) -> None:
        if not self.path.startswith("/portal/"):
            self.send_response(302)
            self.send_header("Location", "/portal/")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        self.path = self.path.removeprefix("/portal")
        return super().answer()


def test_where_the_server_leads_is_what_is_checked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(root, Moved) as url:
        code, said = check(url, capsys)
    assert said.startswith(f"{url}portal/ (server:")
    assert (code, "Tidak ada yang kurang." in said) == (0, True)


class Circle(Good):
    def answer(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()


class Endless(Good):
    def answer(self) -> None:
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        data = gzip.compress(b"\0" * 10**7)
        while True:
            self.wfile.write(data)


@pytest.mark.parametrize(("kind", "told"), [
    (Circle, "GAGAL: {url} mengalihkan tanpa akhir. Periksa pengalihan http ke https dan www di server.\n"),
    (NeverMissing, ""), (Endless, ""),
])
def test_a_host_cannot_keep_it_busy(root: Path, capsys: pytest.CaptureFixture[str], kind: type[Handler],
                                    told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "ALL", 3.0)
    with serving(root, kind) as url:
        code, said = check(url, capsys)
    assert code == 1
    assert told.format(url=url) in said


@pytest.mark.parametrize(("typed", "told"), [
    ("http://127.0.0.1:9/", "GAGAL: http://127.0.0.1:9/ tidak terjangkau ("),
    ("ftp://a.example/", "GAGAL: ftp://a.example/ bukan alamat yang benar. Tulis alamat portal, misalnya "
                         "https://cermin.example/."),
    ("http://[::1", "GAGAL: http://[::1 bukan alamat yang benar."),
])
def test_an_address_that_leads_nowhere_is_told(typed: str, told: str,
                                               capsys: pytest.CaptureFixture[str]) -> None:
    code, said = check(typed, capsys)
    assert (code, said.startswith(told)) == (1, True)


def test_every_remedy_belongs_to_a_finding() -> None:
    text = Path(host_rules.__file__).read_text(encoding="utf-8")
    named = set(re.findall(r"Finding\((?:NEEDED|ADVISED), \"([^\"]+)\"", text))
    assert set(REMEDIES) - named == set()
    assert named - set(REMEDIES) == {"jam", "kecepatan"}  # told with what to do in the finding itself
