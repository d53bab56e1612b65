"""What nobody signed may cost only so much time, disk and memory; then the next source is tried."""

import contextlib
import itertools
import json
import lzma
import os
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from simpul.mirror.bundle import build_client
from simpul.mirror.client import line, pack
from simpul.mirror.client.copied import listed
from simpul.mirror.client.delta import Delta, Patch
from simpul.mirror.client.delta import encode as encode_delta
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.download import LONGEST, Pace, fetch, persistently
from simpul.mirror.client.errors import MirrorError, Unreachable, Untrusted
from simpul.mirror.client.http import HttpSource
from simpul.mirror.client.install import prepare_delta
from simpul.mirror.client.manifest import Manifest, Object
from simpul.mirror.client.sources import Answer, FolderSource
from simpul.mirror.client.state import LISTS, State, read_state, read_tree
from simpul.mirror.client.sync import sync
from simpul.mirror.client.tree import File, sha256, tree_hash
from tests.mirror.world import NOW, MemoryDisk, MemorySource, Publisher, quiet, run
from tests.test_mirror_scenarios import Repository

SITE: dict[str, bytes | None] = {"index.html": b"satu",
                                 **{f"m/{n}.html": bytes([n]) * 900 for n in range(40)}}
MOST_MEMORY = 256 * 2**20
OK = b"HTTP/1.1 200 OK\r\n"


class Centre(NamedTuple):
    """A release: what the client carries, its manifest, the files of its host, the site."""

    roots: dict[int, bytes]
    manifest: Manifest
    files: dict[str, bytes]
    site: dict[str, bytes]

    def neighbour(self, listing: object, **objects: bytes) -> MemorySource:
        """A copy that has the metadata, no signed pack, and offers others; by their hash."""
        files = {path: data for path, data in self.files.items() if not path.startswith("objek/")}
        offered = {f"objek/{sha256(data)}.xz": data for data in objects.values()}
        return MemorySource({**files, **offered, "salinan.json": json.dumps(listing).encode()},
                            "http://tetangga.example/")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    publisher, disk = Publisher(tmp_path_factory.mktemp("pusat")), MemoryDisk()
    manifest = publisher.release(SITE)
    run([MemorySource(publisher.files())], disk, publisher.roots)
    return Centre(publisher.roots, manifest, publisher.files(), disk.site())


@contextlib.contextmanager
def dripping(first: bytes, rest: Iterator[bytes], pause: float = 0.0) -> Iterator[str]:
    """A host that answers every connection so, for ever."""
    parts, over = list(itertools.islice(rest, 3)), threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(4096)
            connection.sendall(first)
            for part in itertools.cycle(parts):
                if over.wait(pause):
                    return
                connection.sendall(part)

    def serve(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        over.set()


SLOW = {
    "a byte of a header now and then": (OK, b"X"),
    "one short header after another": (OK, b"X: y\r\n"),
    "a byte of a chunk line": (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "a byte of the status": (b"H", b"T"),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_dripping_host_is_left_in_time(name: str) -> None:
    first, part = SLOW[name]
    with dripping(first, itertools.repeat(part), 0.05) as address:
        began, source = time.monotonic(), HttpSource(address, 0.4)
        with pytest.raises(Unreachable, match=r"tidak terjangkau \(tidak menjawab\)"):
            list(source.open("metadata/timestamp.json").chunks)
        assert time.monotonic() - began < 2


ENDLESS = {
    "headers": (OK, b"X: " + b"y" * 60_000 + b"\r\n"),
    "continues": (b"", b"HTTP/1.1 100 Continue\r\nX: " + b"y" * 900 + b"\r\n\r\n"),
    "a chunk line": (OK + b"Transfer-Encoding: chunked\r\n\r\n1", b";" * 60_000),
    "trailers": (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 9000),
    "empty gzip": (OK + b"Content-Encoding: gzip\r\n\r\n" + zlib.compress(b"", wbits=31)[:10],
                   b"\0\0\0\xff\xff" * 9000),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_host_that_sends_without_end_and_nothing_is_left(name: str) -> None:
    first, part = ENDLESS[name]
    with dripping(first, itertools.repeat(part)) as address, \
            pytest.raises(Unreachable, match="tidak terjangkau"):
        list(HttpSource(address, 20).open("metadata/timestamp.json").chunks)


def test_a_name_with_many_silent_addresses_costs_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"127.0.0.{n}", 9)) for n in range(1, 60)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found)
    monkeypatch.setattr(socket.socket, "connect",
                        lambda _, place: tried.append(place) or (_ for _ in ()).throw(TimeoutError()))
    with pytest.raises(Unreachable, match="tidak menjawab"):
        HttpSource("http://banyak.example/").open("x")
    assert len(tried) == line.MOST_ADDRESSES


def test_after_a_dripping_source_the_next_is_tried(centre: Centre) -> None:
    disk, began = MemoryDisk(), time.monotonic()
    with dripping(OK, itertools.repeat(b"X"), 0.02) as address:
        run([HttpSource(address, 0.2), MemorySource(centre.files)], disk, centre.roots)
    assert disk.site() == centre.site
    assert time.monotonic() - began < 5


def test_tries_end_at_a_moment_and_a_run_after_half_a_day() -> None:
    tried, clock = [], [0.0]
    pace = Pace(lambda _: None, clock=lambda: clock[0], sleep=lambda _: None)

    def silent() -> None:
        tried.append(clock[0])
        clock[0] += 60
        raise Unreachable("diam")

    with pytest.raises(Unreachable, match="diam"):
        persistently(silent, pace, until=100)
    assert tried == [0, 60]
    clock[0] = LONGEST + 1
    with pytest.raises(MirrorError, match="sudah berjalan 12 jam dan dihentikan"):
        persistently(silent, pace)
    with pytest.raises(MirrorError, match="dihentikan"):
        list(pace.watch(Answer(0, None, iter([b"x"]))))


def test_a_source_that_failed_is_asked_last_from_then_on(centre: Centre) -> None:
    class Empty(MemorySource):
        def answer(self, path: str, start: int) -> Answer:
            return Answer(0, None, iter(())) if path.startswith("objek/") else super().answer(path, start)

    items = [Object(sha256(data), len(data), 1) for data in (b"satu", b"dua", b"tiga")]
    files = {item.path: data for item, data in zip(items, (b"satu", b"dua", b"tiga"), strict=True)}
    bad, good = Empty(files), MemorySource(files)
    fetch([bad, good], items, MemoryDisk(), quiet())
    assert set(bad.asked) == {items[0].path}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_on_a_stick_does_not_hold_the_client(tmp_path: Path) -> None:
    (tmp_path / "metadata").mkdir()
    os.mkfifo(tmp_path / "metadata" / "timestamp.json")
    with pytest.raises(Unreachable, match="bukan berkas biasa"):
        FolderSource(str(tmp_path)).open("metadata/timestamp.json")


# The list of a copy: salinan.json.

HASH = "0" * 64
LISTS_OF_LIARS: dict[str, list[object]] = {
    "far too many": [[f"{n:064x}", 1000, 1000] for n in range(500)],
    "far too large": [[HASH, 2**25, 2**26], ["1" * 64, 2**25, 2**26]],
    "larger packed than unpacked": [[HASH, 2**22, 1000]],
    "the same again": [[HASH, 10, 1000]] * 2,
    "a name that leads out": [["../../../../index", 10, 1000]],
    "a name that is none": [[7, 10, 1000]],
    "a negative size": [[HASH, -1, 1000]],
    "a fraction": [[HASH, 1.5, 1000]],
    "too few numbers": [[HASH]],
    "no list": [7],
}


@pytest.mark.parametrize("name", LISTS_OF_LIARS)
def test_a_list_that_costs_more_than_the_release_is_refused(centre: Centre, name: str) -> None:
    liar = centre.neighbour({"pohon": centre.manifest.tree, "paket": LISTS_OF_LIARS[name]})
    with pytest.raises(Untrusted, match=r"salinan di http://tetangga\.example/ bukan rilis ini"):
        listed(liar, centre.manifest, quiet())


def test_nothing_of_a_lying_copy_stays_and_the_next_is_tried(centre: Centre) -> None:
    """Its packs hold their hash, and not the release."""
    def offered(plain: bytes) -> MemorySource:
        data = pack.compress(plain)
        listing = [[sha256(data), len(data), len(plain)]]
        return centre.neighbour({"pohon": centre.manifest.tree, "paket": listing}, pack=data)

    honest = pack.encode(sorted(centre.site.items()))
    liar, disk = offered(honest.replace(b"satu", b"SLOT")), MemoryDisk()
    with pytest.raises(Untrusted, match="isi yang terkumpul bukan rilis yang ditandatangani"):
        run([liar], disk, centre.roots)
    assert [path for path in disk.now if "objek" in path] == []
    run([liar, offered(honest)], disk, centre.roots)
    assert disk.site() == centre.site


def test_beginnings_of_what_nobody_names_do_not_pile_up(centre: Centre) -> None:
    class Cut(MemorySource):
        def answer(self, path: str, start: int) -> Answer:
            found = super().answer(path, start)
            return Answer(0, None, (chunk[:5] for chunk in found.chunks)) if "objek" in path else found

    disk = MemoryDisk()
    for night in range(4):
        data = bytes([night]) * 100
        listing = {"pohon": centre.manifest.tree, "paket": [[sha256(data), 100, 100]]}
        liar = centre.neighbour(listing, pack=data)
        with pytest.raises(Unreachable):
            run([Cut(liar.files)], disk, centre.roots)
        assert len([path for path in disk.now if path.endswith(".bagian")]) <= 1


def test_a_delta_makes_no_more_than_the_release_holds() -> None:
    """A few bytes that say often enough: copy the whole old file."""
    content = bytes(1000)
    old = {"a": File(1000, sha256(content))}
    patches = tuple(Patch(f"b/{n}", "a", ((0, -1, b""),)) for n in range(50))
    data = pack.compress(encode_delta(old, Delta(tree_hash(old), HASH, (), patches)))
    item, disk = Object(sha256(data), len(data), 2**20), MemoryDisk({"a": content})
    disk.write(f".simpul/objek/{item.sha256}.xz", data)
    with pytest.raises(Untrusted, match="selisih membuat isi yang lebih besar daripada rilisnya"):
        prepare_delta(disk, item, old, State(2, "2026-11-24", 30, "", HASH, 2, 2000))


# Memory: what unpacks to much more than it is, in a process of its own.

def packed(header: bytes, body: bytes = b"") -> tuple[bytes, int]:
    """As xz streams with the largest dictionary, and unpacked size."""
    plain = pack.MAGIC + header + b"\n" + body
    largest = {"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**24}
    return lzma.compress(plain, filters=[largest]), len(plain)


def many(item: bytes, size: int) -> bytes:
    return b'{"berkas":[' + b",".join([item] * (size // (len(item) + 1))) + b'],"hapus":[]}'


GREEDY = {
    "a list of files": lambda: packed(many(b'["a",0]', 60 * 2**20)),
    "just below the bound": lambda: packed(many(b'["a",0]', 1_000_000) + b" " * 6_000_000),
    "short words": lambda: packed(many(b'"ab"', 7 * 2**20)),
    "numbers": lambda: packed(many(b"999", 7 * 2**20)),
    "no line at all": lambda: packed(b" " * (63 * 2**20)),
    "one enormous file": lambda: packed(b'{"berkas":[["a",33554432],["b",33000000]],"hapus":[]}',
                                        bytes(33554432 + 33000000)),
}
MEASURED = """import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the memory used")
@pytest.mark.parametrize("name", GREEDY)
def test_a_pack_takes_at_most_256_mb(tmp_path: Path, name: str) -> None:
    repository = Repository()
    repository.name(Manifest(1, "2026-11-24", 30, "", HASH, 3, 2**26, (Object(HASH, 9, 9),), ()))
    repository.publish("targets", "snapshot", "timestamp")
    data, unpacked = GREEDY[name]()
    files = {**repository.files, f"objek/{sha256(data)}.xz": data, "salinan.json": json.dumps(
        {"pohon": HASH, "paket": [[sha256(data), len(data), unpacked]]}).encode()}
    for path, content in files.items():
        place = tmp_path / "tetangga" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (tmp_path / "klien.pyz").write_bytes(build_client({1: files["metadata/1.root.json"]}))
    done = subprocess.run([sys.executable, "-I", "-c", MEASURED, "klien.pyz", "sync", "tetangga", "salinan"],
                          cwd=tmp_path, capture_output=True, text=True, check=False)
    told, peak = done.stderr.strip().rsplit("\n", 1)
    assert (done.returncode, "Traceback" in told) == (3, False), told
    assert int(peak.split()[1]) * 1024 < MOST_MEMORY, (told, peak)
    assert not list((tmp_path / "salinan" / ".simpul").glob("objek/*.xz"))


@pytest.mark.parametrize("name", ["keadaan.json", "jurnal.json", "terlihat-1.json", "metadata/timestamp.json",
                                  "metadata/snapshot.json", "terunggah"])
def test_a_note_that_somebody_made_enormous_is_no_note(centre: Centre, tmp_path: Path, name: str) -> None:
    """Sparse: it takes no room here, but would in memory."""
    run([MemorySource(centre.files)], Folder(tmp_path), centre.roots)
    with (tmp_path / ".simpul" / name).open("ab") as file:
        file.truncate(2**36)
    run([MemorySource(centre.files)], Folder(tmp_path), centre.roots)
    assert read_state(Folder(tmp_path)).release == 1


def test_a_list_of_files_made_enormous_is_made_again(centre: Centre, tmp_path: Path) -> None:
    disk = Folder(tmp_path)
    run([MemorySource(centre.files)], disk, centre.roots)
    with (tmp_path / LISTS / centre.manifest.tree).open("ab") as file:
        file.truncate(2**36)
    run([MemorySource(centre.files)], disk, centre.roots)
    assert len(read_tree(disk, centre.manifest.tree) or {}) == centre.manifest.files


def test_a_strangers_large_file_is_kept_aside_piece_by_piece(centre: Centre, tmp_path: Path,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.mirror.client.guard.PIECE", 7)
    disk, theirs = Folder(tmp_path), bytes(range(200))
    (tmp_path / "index.html").write_bytes(theirs)
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "1.html").touch()
    sync([MemorySource(centre.files)], disk, centre.roots, NOW, quiet(), adopt=True)
    kept = tmp_path / ".simpul" / "disisihkan"
    assert {path.name: path.read_bytes() for path in kept.rglob("*.html")} == {"index.html": theirs,
                                                                              "1.html": b""}

