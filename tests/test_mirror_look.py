"""The look at a copy that every run takes: what was changed is healed, what is foreign is named, and
`status.json` says so; the stranger's bytes survive.
"""

import copy
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simpul.mirror.client import main as client_main
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.download import Pace
from simpul.mirror.client.errors import MirrorError
from simpul.mirror.client.export import export
from simpul.mirror.client.guard import shown
from simpul.mirror.client.mend import Report
from simpul.mirror.client.remove import remove
from simpul.mirror.client.state import read_state
from simpul.mirror.client.verify import verify
from tests.mirror.world import NOW, MemorySource, Publisher, quiet, run

SLOT = b"<title>SLOT GACOR</title>"
DAYS = [f"2026-11-{day:02d}T03:00:00Z" for day in range(24, 31)] + ["2026-12-01T03:00:00Z"]


class Host:
    """A copy in a real folder, and all that its administrator was told."""

    def __init__(self, root: Path, centre: Publisher) -> None:
        self.centre = centre
        self.root, self.source = root / "salinan", MemorySource(centre.files())
        self.disk, self.told = Folder(self.root), list[str]()
        self.root.mkdir()
        self.sync()

    def sync(self, now: str = NOW) -> Report:
        self.told.clear()
        self.source.asked.clear()
        return run([self.source], self.disk, self.centre.roots, now,
                   Pace(self.told.append, sleep=lambda _: None)).report

    def put(self, path: str, content: bytes = SLOT) -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        return place

    @property
    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.root / "status.json").read_bytes())
        return found

    @property
    def true_tree(self) -> bool:
        return bool(self.status["pohon"] == read_state(self.disk).tree)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    made = Publisher(tmp_path_factory.mktemp("pusat"))
    made.release({"index.html": b"beranda", **{f"m/{n}.html": bytes([n]) * 700 for n in range(30)}})
    return made


@pytest.fixture
def host(tmp_path: Path, centre: Publisher) -> Host:
    return Host(tmp_path, centre)


@pytest.fixture
def busy_host(tmp_path: Path, centre: Publisher) -> Host:
    """Of a centre that goes on."""
    own = copy.copy(centre)
    for name in ("site", "out", "keys"):
        setattr(own, name, shutil.copytree(getattr(centre, name), tmp_path / "pusat" / name))
    return Host(tmp_path, own)


def test_a_changed_and_a_missing_page_are_healed_by_the_next_run(host: Host) -> None:
    host.put("index.html")
    (host.root / "m" / "3.html").unlink()
    report = host.sync()
    assert (report.damaged, report.left) == (("index.html", "m/3.html"), ())
    assert (host.root / "index.html").read_bytes() == b"beranda"
    assert (host.status["diperbaiki"], host.status["utuh"], host.true_tree) == (2, True, True)
    assert host.told[0].startswith("2 berkas portal di folder ini berubah atau hilang, dan sudah dipulihkan: "
                                   "index.html, m/3.html. Isi yang lain itu disimpan di .simpul/disisihkan.")
    assert [path.read_bytes() for path in (host.root / ".simpul" / "disisihkan").rglob("*.html")] == [SLOT]
    assert "objek" not in "".join(host.source.asked), "from packs kept here"
    assert list((host.root / ".simpul" / "ulang").iterdir()) == []


FOREIGN = ["slot/index.html", ".well-known/slot.html", "rilis/slot.html", "m/slot.html", ".htaccess",
           "rilis/objek/x.xz", "unduh/slot.php", "m/.sembunyi/a", "rilis/isi.txt",
           f"rilis/objek/{'0' * 64}.xz"]


@pytest.mark.parametrize("path", FOREIGN)
def test_a_foreign_file_is_named_wherever_it_is_and_stays(host: Host, path: str) -> None:
    place = host.put(path)
    report = host.sync()
    assert report.foreign == (path,)
    assert place.read_bytes() == SLOT
    assert (host.status["asing"], host.status["utuh"], host.true_tree) == (1, False, False)
    assert host.told == [f"1 berkas di folder ini bukan bagian portal dan dibiarkan: {path}. Yang tidak Anda "
                         "kenal mungkin ditaruh orang yang masuk ke server ini: periksa. Yang memang milik "
                         "Anda: simpul-mirror verify TUJUAN --expect NAMA"]
    place.unlink()
    host.sync()
    assert (host.status["asing"], host.true_tree) == (0, True)


def test_links_and_pipes_are_foreign_too_and_empty_folders_harm_nobody(host: Host, tmp_path: Path) -> None:
    (host.root / "kosong").mkdir()
    (host.root / "ke-luar").symlink_to(tmp_path)
    os.mkfifo(host.root / "pipa")
    assert host.sync().foreign == ("ke-luar", "pipa")


def test_names_of_a_hosts_private_files_are_not_published(host: Host) -> None:
    for path in ("cadangan.sql", ".env", ".git/config.html", "slot.html", ".well-known/slot.php"):
        host.put(path)
    host.sync()
    assert host.status["asing"] == 5
    assert host.status["berkas_asing"] == [".well-known/slot.php", "slot.html"]


def test_a_thousand_foreign_files_are_counted_and_a_few_named(host: Host) -> None:
    for number in range(1000):
        host.put(f"slot/{number:04d}.html")
    host.sync()
    assert (host.status["asing"], len(host.status["berkas_asing"])) == (1000, 20)
    assert "slot/0004.html dan 995 lainnya" in host.told[0]
    assert len(json.dumps(host.status)) < 2000


def test_what_the_administrator_expects_is_not_told_until_it_changes(host: Host) -> None:
    host.put(".htaccess", b"ErrorDocument 404 /404.html")
    host.put(".well-known/acme-challenge/abc", b"x")
    verify(host.disk, [], NOW, quiet(), [".htaccess", "./.well-known"])
    assert host.sync().foreign == ()
    host.put(".well-known/acme-challenge/lain", b"y")
    assert host.sync().foreign == ()
    host.put(".htaccess", b"Redirect / http://slot.example/")
    assert host.sync().foreign == (".htaccess",)
    verify(host.disk, [], NOW, quiet(), [".htaccess"])
    assert host.status["utuh"]
    with pytest.raises(MirrorError, match=r"tidak-ada tidak ada di folder ini\. Sebut namanya dari folder"):
        verify(host.disk, [], NOW, quiet(), ["tidak-ada"])


def test_a_change_that_puts_size_and_date_back_is_seen_by_its_inner_date(host: Host) -> None:
    place = host.root / "index.html"
    before = place.stat()
    place.write_bytes(b"BERANDA")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert host.sync().damaged == ("index.html",)


def test_once_a_week_every_file_is_read(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that changes bytes tells nobody. Every other night nothing is read."""
    scan, read = Folder.scan, list[str]()
    frozen = scan(host.disk)
    host.put("index.html", b"BERANDA")
    monkeypatch.setattr(Folder, "scan", lambda _: frozen)
    whole = Folder.read
    monkeypatch.setattr(Folder, "read", lambda self, path, *rest: (read.append(path),
                                                                   whole(self, path, *rest))[1])
    for day in DAYS[:-1]:
        read.clear()
        assert host.sync(day).damaged == ()
        assert [path for path in read if path.endswith(".html")] == []
    assert host.status["dihitung"] == DAYS[0]
    assert host.sync(DAYS[-1]).damaged == ("index.html",)
    assert host.status["dihitung"] == DAYS[-1]


def test_a_file_proven_for_one_release_is_not_taken_for_the_next(busy_host: Host) -> None:
    """Its bytes are put back to the old ones while the client is away."""
    old = (busy_host.root / "index.html").read_bytes()
    busy_host.centre.release({"index.html": b"beranda baru"})
    busy_host.source.files = busy_host.centre.files()
    busy_host.sync()
    busy_host.put("index.html", old)
    assert busy_host.sync().damaged == ("index.html",)
    assert (busy_host.root / "index.html").read_bytes() == b"beranda baru"


@pytest.mark.parametrize("block", [
    lambda place, outside: place.symlink_to(outside), lambda place, _: place.mkdir(),
    lambda place, _: (place.mkdir(), (place / "slot.html").write_bytes(SLOT)),
], ids=["a link", "an empty folder", "a folder with a page"])
def test_what_stands_in_the_way_is_told_and_not_touched(host: Host, tmp_path: Path,
                                                        block: Callable[[Path, Path], object]) -> None:
    outside = tmp_path / "milik-lain.txt"
    outside.write_bytes(b"milik orang lain")
    (host.root / "index.html").unlink()
    block(host.root / "index.html", outside)
    host.put("m/4.html")
    report = host.sync()
    assert report.left == ("index.html",)
    assert (host.root / "m" / "4.html").read_bytes() != SLOT, "the rest is healed"
    assert "1 berkas portal belum pulih: index.html. Sesuatu menghalangi tempatnya; pindahkan" in \
        "\n".join(host.told)
    assert (host.status["rusak"], host.status["utuh"], host.true_tree) == (1, False, False)
    assert outside.read_bytes() == b"milik orang lain"


def test_a_page_folder_that_became_a_link_is_told(host: Host, tmp_path: Path) -> None:
    (host.root / "m").rename(tmp_path / "m-lain")
    (host.root / "m").symlink_to(tmp_path / "m-lain")
    report = host.sync()
    assert len(report.left) == 30
    assert "m" in report.foreign


def test_without_packs_here_only_those_needed_are_fetched_newest_first(busy_host: Host) -> None:
    busy_host.centre.release({"index.html": os.urandom(900_000).hex().encode()})
    busy_host.source.files = busy_host.centre.files()
    busy_host.sync()
    for place in (busy_host.root / ".simpul" / "objek").iterdir():
        place.unlink()
    busy_host.put("index.html")
    busy_host.sync()
    assert len([path for path in busy_host.source.asked if "objek/" in path]) == 1
    assert busy_host.status["utuh"]


def test_what_cannot_be_healed_now_is_told_and_healed_later(host: Host) -> None:
    for place in (host.root / ".simpul" / "objek").iterdir():
        place.unlink()
    host.put("index.html")
    files = host.source.files
    host.source.files = {path: data for path, data in files.items() if "objek/" not in path}
    report = host.sync()
    assert (report.left, host.status["rusak"], host.true_tree) == (("index.html",), 1, False)
    assert "Jalankan sync lagi bila sumber terjangkau" in host.told[-1]
    host.source.files = files
    assert host.sync().left == ()


def test_what_export_lays_beside_the_copy_is_ours_while_it_is_unchanged(host: Host) -> None:
    export(host.disk, host.disk, host.centre.roots, b"program", False)
    assert host.sync().foreign == ()
    timestamp = host.root / "rilis" / "metadata" / "timestamp.json"
    timestamp.write_bytes(SLOT)
    assert host.sync().foreign == ("rilis/metadata/timestamp.json",)


def test_our_notes_of_the_look_go_with_the_copy(host: Host) -> None:
    host.put("surat.txt")
    verify(host.disk, [], NOW, quiet(), ["surat.txt"])
    remove(host.disk)
    assert [path.name for path in host.root.iterdir()] == ["surat.txt"]


def test_names_that_steer_a_terminal_are_shown_harmless(host: Host) -> None:
    host.put("slot\x1b[2J\u202e.html")
    (host.root / os.fsdecode(b"\xff.html")).write_bytes(SLOT)
    host.sync()
    assert host.status["berkas_asing"] == ["slot?[2J?.html", "?.html"]
    assert shown("é pasar.html") == "é pasar.html"
    assert "\x1b" not in "".join(host.told)


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"penuh": 7, "berkas": 7}', b"\xff" * 99,
                                  b'{"penuh": "x"}'])
def test_damaged_notes_of_a_look_cost_a_full_one(host: Host, note: bytes) -> None:
    host.put(".simpul/dilihat.json", note)
    host.put("index.html")
    assert host.sync().damaged == ("index.html",)
    assert host.sync().damaged == ()


def test_nothing_changed_is_nothing_written_and_nothing_told(host: Host) -> None:
    before = {path: path.stat().st_mtime_ns for path in host.root.rglob("*") if path.is_file()}
    host.sync()
    assert {path: path.stat().st_mtime_ns for path in host.root.rglob("*") if path.is_file()} == before
    assert host.told == []


def test_the_command_lists_everything_and_ends_with_4_while_something_is_left(
        host: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(client_main, "_roots", lambda: host.centre.roots)
    for number in range(30):
        host.put(f"slot/{number:02d}.html")
    assert client_main.main(["verify", str(host.root), "--expect", "slot/01.html"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("bukan bagian rilis, dibiarkan: slot/")] == [
        f"bukan bagian rilis, dibiarkan: slot/{number:02d}.html" for number in range(30) if number != 1]
    (host.root / "index.html").unlink()
    (host.root / "index.html").mkdir()
    assert client_main.main(["sync", str(host.centre.out), str(host.root)]) == 4


def test_a_status_of_an_earlier_version_is_renewed(host: Host) -> None:
    old = {name: host.status[name]
           for name in ("rilis", "tanggal", "janji_hari", "pohon", "root", "diperiksa", "klien")}
    host.put("status.json", json.dumps(old).encode())
    assert host.sync().foreign == ()
    assert host.status["utuh"]
