"""Hosts that lie, packs that bite: nothing wrong is installed, a message helps, the site serves on."""

import contextlib
import http.server
import itertools
import json
import lzma
import random
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from simpul.mirror import metadata
from simpul.mirror.client import manifest as manifests
from simpul.mirror.client import pack
from simpul.mirror.client.download import Pace
from simpul.mirror.client.errors import Intercepted, MirrorError, Missing, Unreachable, Untrusted
from simpul.mirror.client.http import HttpSource
from simpul.mirror.client.manifest import Manifest, Object
from simpul.mirror.client.names import check_path
from simpul.mirror.client.sources import Answer
from simpul.mirror.client.tree import File, sha256, tree_hash
from tests.mirror import hosts
from tests.mirror.world import MemoryDisk, MemorySource, Publisher, quiet, run

ONE: dict[str, bytes | None] = {"index.html": b"satu",
                                **{f"modul/{n}.html": random.Random(n).randbytes(700) for n in range(40)}}
TWO: dict[str, bytes | None] = {"index.html": b"dua",
                                **{f"modul/{n}.html": random.Random(-n).randbytes(700) for n in range(1, 30)}}


class Centre(NamedTuple):
    """Two releases as their hosts have them, and a copy that holds the first."""

    roots: dict[int, bytes]
    first: dict[str, bytes]
    second: dict[str, bytes]
    disk: MemoryDisk


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    publisher = Publisher(tmp_path_factory.mktemp("pusat"))
    publisher.release(ONE)
    first, disk = publisher.files(), MemoryDisk()
    run([MemorySource(first)], disk, publisher.roots)
    publisher.release(TWO)
    return Centre(publisher.roots, first, publisher.files(), disk)


HOSTILE = {
    hosts.Flipped: (Untrusted,
                    r"objek/\w+\.xz dari http://127\.0\.0\.1:\d+/ berbeda dari yang ditandatangani"),
    hosts.Swapped: (Untrusted,
                    r"objek/\w+\.xz( dari \S+)? (berbeda dari yang ditandatangani|terlalu panjang)"),
    hosts.Endless: (Untrusted, r"objek/\w+\.xz terlalu panjang"),
    hosts.WrongRange: (Unreachable, "dengan potongan yang tidak diminta"),
    hosts.Page: (Intercepted, r"objek/\w+\.xz dijawab dengan halaman web, bukan berkas rilis"),
    hosts.Redirecting: (Intercepted,
                        r"mengalihkan ke http://lain\.example, yang tidak Anda sebut\. Tidak diikuti"),
    hosts.Circling: (Unreachable, "mengalihkan tanpa akhir"),
    hosts.Failing: (Unreachable, "menjawab 503 Service Unavailable"),
    hosts.Bomb: (Untrusted, r"objek/\w+\.xz terlalu panjang"),
    hosts.Garbled: (Unreachable, "tidak terjangkau"),
    hosts.Foreign: (Unreachable, "mengirim sandi isi 'br' yang tidak diminta"),
}


@pytest.mark.parametrize("kind", HOSTILE, ids=lambda kind: kind.__name__)
def test_a_hostile_host_installs_nothing(centre: Centre, kind: type[hosts.Honest]) -> None:
    error, message = HOSTILE[kind]
    disk = centre.disk.restarted()
    with hosts.host(kind, centre.second) as (address, _), pytest.raises(error, match=message) as caught:
        run([HttpSource(address, 5)], disk, centre.roots)
    assert str(caught.value).count(". ") >= 1, "says what to do"
    assert disk.site() == centre.disk.site()
    run([MemorySource(centre.second)], disk, centre.roots)
    assert disk.site()["index.html"] == b"dua"


def test_an_honest_neighbour_helps_out(centre: Centre) -> None:
    for kind in HOSTILE:
        disk = centre.disk.restarted()
        with hosts.host(kind, centre.second) as (address, _):
            run([HttpSource(address, 5), MemorySource(centre.second)], disk, centre.roots)
        assert disk.site()["index.html"] == b"dua", kind.__name__


@pytest.mark.parametrize("kind", [
    hosts.Honest, hosts.IgnoresRange, hosts.PageForMissing, hosts.HtmlForMissing, hosts.Forbids, hosts.Gzips,
    hosts.ClosesAlways, hosts.NoLength, hosts.RedirectsAtHome, hosts.HangsUpAfterEach,
], ids=lambda kind: kind.__name__)
def test_an_odd_host_is_borne(centre: Centre, kind: type[hosts.Honest]) -> None:
    disk = centre.disk.restarted()
    with hosts.host(kind, centre.second) as (address, _):
        address += "lama/" if kind is hosts.RedirectsAtHome else ""
        run([HttpSource(address, 5)], disk, centre.roots)
        assert disk.site()["index.html"] == b"dua"
        assert run([HttpSource(address, 5)], disk, centre.roots).requests == 2


def test_a_cut_line_is_resumed_where_it_broke(centre: Centre) -> None:
    disk, fetched = MemoryDisk(), []
    with hosts.host(hosts.Cut, centre.first) as (address, asked):
        for _ in range(10):
            pace = quiet()
            with contextlib.suppress(Unreachable):
                run([HttpSource(address, 5)], disk, centre.roots, pace=pace)
            fetched.append(pace.fetched)
            if disk.site():
                break
    assert disk.site() == centre.disk.site()
    packs = sum(len(data) for path, data in centre.first.items() if path.startswith("objek/"))
    assert sum(fetched) < packs + 30_000
    assert len(asked) < 40


@pytest.mark.parametrize("at", [0, 1, 1000, -1])
def test_a_damaged_beginning_is_thrown_away(centre: Centre, at: int) -> None:
    """What an interrupted run left behind may be anything."""
    name, size = next((path, len(data)) for path, data in centre.first.items() if path.startswith("objek/"))
    disk = MemoryDisk({f".simpul/{name}.bagian": b"\0" * (at if at >= 0 else size + 5)})
    run([MemorySource(centre.first)], disk, centre.roots)
    assert disk.site() == centre.disk.site()


def test_twenty_first_copies_over_a_line_where_most_answers_are_bad(centre: Centre) -> None:
    draw = random.Random(7)

    class Bad(hosts.Honest):
        def give(self, path: str, data: bytes, start: int) -> None:
            if draw.random() > 0.7:
                return super().give(path, data, start)
            lie = draw.choice((hosts.Flipped.lie, hosts.Cut.lie, hosts.Failing.lie))
            if lie is hosts.Flipped.lie:
                return super().give(path, data[:-9] + b"\0" + data[-8:], start)
            return lie(self, path, data, start)  # type: ignore[arg-type]

    with hosts.host(Bad, centre.first) as (address, _):
        for _ in range(20):
            disk = MemoryDisk()
            for _ in range(30):
                try:
                    run([HttpSource(address, 5)], disk, centre.roots)
                except MirrorError:
                    continue
                break
            assert disk.site() == centre.disk.site()


def test_a_source_that_only_holds_the_line_is_left(centre: Centre) -> None:
    class Slow(MemorySource):
        def answer(self, path: str, start: int) -> Answer:
            return Answer(0, None, (bytes([byte]) for byte in self.files[path])) if path in self.files else \
                super().answer(path, start)

    seconds = itertools.count()
    pace = Pace(lambda _: None, clock=lambda: float(next(seconds)), sleep=lambda _: None)
    with pytest.raises(Unreachable, match="sumber mengirim terlalu lambat untuk dapat selesai"):
        run([Slow(centre.first)], MemoryDisk(), centre.roots, pace=pace)


def test_a_silent_host_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        source = HttpSource(f"http://127.0.0.1:{silent.getsockname()[1]}/", 0.2)
        with pytest.raises(Unreachable, match=r"tidak terjangkau .*Periksa sambungan dan alamat"):
            source.open("metadata/timestamp.json")


@pytest.mark.parametrize("name", ["metadata/timestamp.json", "metadata/2.snapshot.json",
                                  "metadata/2.targets.json", "manifes/"])
@pytest.mark.parametrize("damage", [
    lambda data: data[:-20], lambda data: data.replace(b"2", b"3", 1), lambda data: b"",
    lambda data: data * 2000, lambda data: b"\0" * len(data), lambda data: data + b" " * 20_000,
], ids=["truncated", "changed", "empty", "endless", "zeros", "padded"])
def test_damaged_metadata_changes_nothing(centre: Centre, name: str,
                                          damage: Callable[[bytes], bytes]) -> None:
    path = max(path for path in centre.second
               if (path.startswith(name) and path not in centre.first and "gzip" not in path)
               or path == name)
    disk = centre.disk.restarted()
    with pytest.raises((Untrusted, Missing)):
        run([MemorySource({**centre.second, path: damage(centre.second[path])})], disk, centre.roots)
    assert disk.site() == centre.disk.site()
    run([MemorySource(centre.second)], disk, centre.roots)
    assert disk.site()["index.html"] == b"dua"


# Packs signed with the publisher's own keys, and still not to be trusted with a host's disk.

def framed(header: object, body: bytes = b"") -> bytes:
    return pack.frame(pack.MAGIC, header, body)


def signed_pack(tmp_path: Path, plain: bytes, data: bytes | None = None,
                unpacked: int | None = None) -> tuple[Publisher, MemorySource]:
    """A release whose only pack is this one."""
    publisher = Publisher(tmp_path)
    publisher.release({"index.html": b"satu"})
    data = pack.compress(plain) if data is None else data
    item = Object(sha256(data), len(data), unpacked or len(plain))
    tree = {"a": File(1, sha256(b"x"))}
    manifest = manifests.encode(Manifest(2, "2026-11-24", 30, "", tree_hash(tree), 1, 1, (item,), ()))
    metadata.replace(publisher.out / item.path, data)
    metadata.replace(publisher.out / "manifes" / f"{sha256(manifest)}.manifes.json", manifest)
    metadata.publish(publisher.out, {manifests.NAME: manifest}, publisher.signers, "2026-11-24")
    return publisher, MemorySource(publisher.files())


BAD_PATHS = [
    "../a", "a/../../b", "/etc/passwd", "//host/a", "a//b", "a/", "", ".", "./a", "a/./b", "C:/a", "c:a",
    "a\\b", "..\\a", "con", "NUL.txt", "a/aux.html", "lpt1", "a\0b", "a\nb", ".htaccess", "a/.git/config",
    ".simpul/keadaan.json", "rilis/metadata/timestamp.json", "RILIS/a", "status.json", "a.", "a ", "dir./a",
    "a?b", "a*", "a|b", 'a"b', "<a>", "x" * 241, "e\u0301.html", "\ud800",
    "a\u2028b.html", "a\u2029b.html", "a\u0085b.html", "a\u202eb.html", "a\u2066b.html", "a\u200bb.html",
    "a\ufeffb.html", "a\u00adb.html", "a\u061cb.html", "a\U000e0041b.html", "a\ufe0fb.html", "a\u3164b.html",
    "a\uf03ab.html", "CONIN$", "conout$.txt", "a/COM\u00b9.html", "lpt\u00b2", "\uff23\uff2f\uff2e",
    "con .txt", "COM0", "CLOCK$", "$Extend/a", "SIMPUL~1/keadaan.json", "simpul~1", "HTACCE~1",
    "a/STATUS~1.JSO", "SI0FA1~12",
]


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_leads_out_or_harms_is_refused(path: str) -> None:
    with pytest.raises(Untrusted, match="berbahaya atau tidak dapat disimpan di semua komputer"):
        check_path(path)


@pytest.mark.parametrize("path", ["a", "index.html", "praktik/73.71/a-b_c.html", "assets/a.1f2e.css",
                                  "é.html", "kon.html", "a b.html", "conin.html", "common/a.html",
                                  "com10.html", "a~b.html", "v~1x.html", "ꦗꦮ.html"])
def test_a_plain_path_is_accepted(path: str) -> None:
    assert check_path(path) == path


PACKS: dict[str, tuple[bytes, str]] = {
    "traversal": (framed({"berkas": [["../a", 1]], "hapus": []}, b"x"), "'../a' berbahaya"),
    "absolute": (framed({"berkas": [["/a", 1]], "hapus": []}, b"x"), "'/a' berbahaya"),
    "removes outside": (framed({"berkas": [["a", 1]], "hapus": ["../../b"]}, b"x"), "'../../b' berbahaya"),
    "case clash": (framed({"berkas": [["a", 1], ["A", 1]], "hapus": []}, b"xx"),
                   "'A' dan 'a' hanya berbeda huruf besar dan kecil"),
    "twice": (framed({"berkas": [["a", 1], ["a", 1]], "hapus": []}, b"xx"), "satu berkas ada dua kali"),
    "file and folder": (framed({"berkas": [["a", 1], ["a/b", 1]], "hapus": []}, b"xx"),
                        "'a' adalah berkas sekaligus folder"),
    "sizes too large": (framed({"berkas": [["a", 2]], "hapus": []}, b"x"),
                        "ukuran berkas di dalam paket tidak cocok"),
    "sizes too small": (framed({"berkas": [["a", 1]], "hapus": []}, b"xx"),
                        "ukuran berkas di dalam paket tidak cocok"),
    "negative size": (framed({"berkas": [["a", -1], ["b", 2]], "hapus": []}, b"x"),
                      "ukuran berkas di dalam paket tidak cocok"),
    "giant": (framed({"berkas": [["a", 2**33]], "hapus": []}, b"x"),
              "ukuran berkas di dalam paket tidak cocok"),
    "no list": (framed({}, b"x"), "daftar isi paket rusak"),
    "odd list": (framed([1], b"x"), "daftar isi paket rusak"),
    "deep list": (pack.MAGIC + b"[" * 100_000 + b"\n", "daftar isi paket rusak"),
    "another format": (b"PK\3\4" + b"\n" * 9, "bentuk paket tidak dikenal"),
    "another tree": (framed({"berkas": [["a", 1]], "hapus": []}, b"y"),
                     "isi yang terkumpul bukan rilis yang ditandatangani"),
}


@pytest.mark.parametrize("name", PACKS)
def test_a_hostile_pack_is_refused(tmp_path: Path, name: str) -> None:
    plain, message = PACKS[name]
    publisher, source = signed_pack(tmp_path, plain)
    disk = MemoryDisk()
    with pytest.raises(Untrusted) as caught:
        run([source], disk, publisher.roots)
    assert message in str(caught.value)
    assert "Tidak ada yang dipasang" in str(caught.value)
    assert disk.site() == {}


FINE = framed({"berkas": [["a", 1]], "hapus": []}, b"x")


@pytest.mark.parametrize(("data", "message"), [
    (lzma.compress(FINE + b"\0" * 40_000_000), "isi paket lebih besar daripada yang ditandatangani"),
    (pack.compress(FINE) + b"ekor", "paket terpotong atau berekor"),
    (pack.compress(FINE) + pack.compress(FINE), "paket terpotong atau berekor"),
    (pack.compress(FINE)[:-9], "paket terpotong atau berekor"),
    (lzma.compress(FINE, lzma.FORMAT_ALONE), "paket tidak dapat dibuka"),
    (lzma.compress(FINE, filters=[{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 2**28}]),
     "paket tidak dapat dibuka"),
    (b"bukan xz, tetapi cukup panjang", "paket tidak dapat dibuka"),
], ids=["bomb", "tail", "two streams", "cut", "lzma alone", "asks for 256 MB", "not xz"])
def test_a_hostile_stream_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    publisher, source = signed_pack(tmp_path, FINE, data)
    disk = MemoryDisk()
    with pytest.raises(Untrusted, match=message):
        run([source], disk, publisher.roots)
    assert disk.site() == {}


@pytest.mark.parametrize("change", [
    {"format": 2}, {"rilis": 0}, {"rilis": "2"}, {"pohon": "x"}, {"paket": [["00", 1, 1]]},
    {"paket": [["0" * 64, 2**40, 1]]}, {"paket": 7},
    {"selisih": [[1]]}, {"tanggal": "kemarin"}, {"ukuran": -1}, {"asal": None},
], ids=str)
def test_an_odd_manifest_is_refused(change: dict[str, object]) -> None:
    document = json.loads(manifests.encode(Manifest(1, "2026-11-24", 30, "", "0" * 64, 1, 1, (), ())))
    assert manifests.decode(json.dumps(document).encode()).release == 1
    with pytest.raises(Untrusted):
        manifests.decode(json.dumps({**document, **change}).encode())


def test_unsigned_packs_of_a_copy_are_judged_by_the_signed_tree(centre: Centre) -> None:
    """A neighbour without the signed packs offers its own; one changed byte and they are refused."""
    plain = pack.encode([(path, data) for path, data in sorted(centre.disk.site().items())])
    files = {path: data for path, data in centre.first.items() if not path.startswith("objek/")}
    tree = tree_hash({path: File(len(data), sha256(data)) for path, data in centre.disk.site().items()})

    def neighbour(plain: bytes) -> MemorySource:
        data = pack.compress(plain)
        hint = json.dumps({"pohon": tree, "paket": [[sha256(data), len(data), len(plain)]]}).encode()
        return MemorySource({**files, "salinan.json": hint, f"objek/{sha256(data)}.xz": data})

    disk = MemoryDisk()
    with pytest.raises(Untrusted, match="isi yang terkumpul bukan rilis yang ditandatangani"):
        run([neighbour(plain.replace(b"satu", b"palsu"[:4]))], disk, centre.roots)
    assert disk.site() == {}
    run([neighbour(plain)], disk, centre.roots)
    assert disk.site() == centre.disk.site()


def test_no_host_but_the_one_named(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection and every name looked up, over all commands that use the network."""
    seen: list[object] = []
    look, connect = socket.getaddrinfo, socket.socket.connect
    monkeypatch.setattr(socket, "getaddrinfo",
                        lambda host, *rest, **more: (seen.append(host), look(host, *rest, **more))[1])
    monkeypatch.setattr(socket.socket, "connect",
                        lambda self, address: (seen.append(address[0]), connect(self, address))[1])
    with hosts.host(hosts.Honest, centre.second) as (address, _):
        disk = centre.disk.restarted()
        run([HttpSource(address)], disk, centre.roots)
        run([HttpSource(address)], disk, centre.roots)
    assert seen
    assert set(seen) == {"127.0.0.1"}


def test_the_proxy_of_the_system_is_used(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[tuple[str, str | None]] = []

    class Proxy(hosts.Honest):
        def do_GET(self) -> None:  # noqa: N802
            lines.append((self.path, self.headers.get("Proxy-Authorization")))
            self.path = self.path.removeprefix("http://pusat.example")
            super().do_GET()

    with hosts.host(Proxy, centre.first) as (address, _):
        monkeypatch.setenv("http_proxy", address.replace("//", "//kantor:rahasia%21@"))
        monkeypatch.setenv("no_proxy", "")
        disk = MemoryDisk()
        run([HttpSource("http://pusat.example/")], disk, centre.roots)
    assert disk.site() == centre.disk.site()
    assert lines[0] == ("http://pusat.example/metadata/2.root.json", "Basic a2FudG9yOnJhaGFzaWEh")


def test_an_https_source_goes_through_the_tunnel_of_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            asked.append(self.path)
            self.send_error(403)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("https_proxy", f"127.0.0.1:{server.server_port}")
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(Unreachable, match="403"):
            HttpSource("https://pusat.example/rilis/").open("metadata/timestamp.json")
        server.shutdown()
    assert asked == ["pusat.example:443"]


def test_the_limit_is_kept(centre: Centre) -> None:
    slept: list[float] = []
    pace = Pace(lambda _: None, limit=1000.0, clock=lambda: 0.0, sleep=slept.append)
    run([MemorySource(centre.first)], MemoryDisk(), centre.roots, pace=pace)
    assert sum(slept) == pytest.approx(pace.fetched / 1000)


def test_progress_is_told_in_megabytes_and_minutes() -> None:
    told: list[str] = []
    clock: Iterator[int] = itertools.count(0, 30)
    pace = Pace(told.append, clock=lambda: float(next(clock)))
    pace.expect(4_000_000)
    list(pace.watch(Answer(0, None, iter([bytes(1_000_000)]))))
    assert told == ["1,0 dari 4,0 MB, kira-kira 3 menit lagi"]


