"""A date typed wrong at the centre: refused there, survived by mirrors, put right by the next release."""

from datetime import date
from pathlib import Path

import pytest

from simpul.mirror import keys
from simpul.mirror.client import main as client_main
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.state import read_seen, read_state
from tests.mirror.desk import Desk, desk_in
from tests.mirror.world import MemoryDisk, MemorySource, Publisher, run

NEXT_YEAR = ("--date", "2027-11-24")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = desk_in(tmp_path, monkeypatch)
    desk.create()
    return desk


@pytest.mark.parametrize("words", [("release",), ("keys", "renew"), ("keys", "rotate", "online"),
                                   ("keys", "create", "--passphrase", "", "--out", "lain")])
def test_a_date_a_year_ahead_is_refused_and_nothing_written(desk: Desk, words: tuple[str, ...]) -> None:
    desk.release()
    before = {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}
    done = desk.type(*words, date=NEXT_YEAR)
    assert (done.exit_code, done.stderr) == (1, (
        "galat: tanggal 2027-11-24 masih 365 hari lagi menurut jam komputer ini (2026-11-24). "
        "Tidak ada yang ditulis. Periksa --date; bila tanggal itu memang benar, tambahkan --insist-date.\n"))
    assert {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(("day", "code"), [("2026-11-26", 0), ("2026-11-27", 1)])
def test_two_days_ahead_may_be_a_slow_clock(desk: Desk, day: str, code: int) -> None:
    assert desk.type("release", date=("--date", day)).exit_code == code


def test_a_clock_a_year_ahead_is_noticed_by_the_release_before(desk: Desk,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    desk.release()
    before = desk.files()
    monkeypatch.setattr("simpul.mirror.options.today", lambda: date(2027, 11, 24))
    done = desk.type("release", date=())
    assert (done.exit_code, done.stderr) == (1, (
        "galat: rilis terakhir hanya berlaku sampai 2027-02-22, padahal tanggal rilis ini 2027-11-24. Tidak "
        "ada yang ditulis. Periksa jam komputer ini; bila tanggalnya memang benar, tambahkan "
        "--insist-date.\n"))
    assert desk.files() == before
    assert desk.type("release", "--insist-date", date=()).exit_code == 0


@pytest.mark.parametrize("clock", ["2026-11-24T03:00:00Z", "1970-01-01T00:00:07Z", "2027-12-01T00:00:00Z"])
def test_copies_that_took_a_wrong_date_take_the_release_that_puts_it_right(desk: Desk, clock: str) -> None:
    """Whatever their own clock said on that day."""
    desk.release()
    roots = {1: Path("kunci/1.root.json").read_bytes()}
    assert desk.type("release", "--insist-date", date=NEXT_YEAR).exit_code == 0
    disk = MemoryDisk()
    run([MemorySource(desk.files())], disk, roots, clock)
    assert read_state(disk).date == "2027-11-24"
    Path("site/index.html").write_text("<title>Betul</title>")
    refused = desk.release()
    assert (refused.exit_code, refused.stderr) == (1, (
        "galat: tanggal 2026-11-24 lebih awal daripada rilis 2 (2027-11-24). Tidak ada yang ditulis. Periksa "
        "--date dan jam; bila tanggal rilis 2 yang keliru, tambahkan --correct-date.\n"))
    assert desk.release("--correct-date").exit_code == 0
    run([MemorySource(desk.files())], disk, roots)
    assert disk.site()["index.html"] == b"<title>Betul</title>"
    assert (read_state(disk).release, read_state(disk).date) == (3, "2026-11-24")
    run([MemorySource(desk.files())], disk, roots)


def test_a_note_with_a_date_of_an_earlier_program_is_read_without_it(tmp_path: Path) -> None:
    centre = Publisher(tmp_path, keys.SMALL)
    centre.release({"index.html": b"satu"})
    disk = MemoryDisk()
    run([MemorySource(centre.files())], disk, centre.roots)
    for name in ("1", "2"):
        path = f".simpul/terlihat-{name}.json"
        disk.now[path] = disk.now[path].replace(b"{", b'{"date": "2031-01-01", ', 1)
    disk.now["status.json"] = disk.now["status.json"].replace(b"2026-11-24", b"2031-01-01", 1)
    centre.release({"index.html": b"dua"})
    run([MemorySource(centre.files())], disk, centre.roots)
    assert disk.site()["index.html"] == b"dua"
    assert read_seen(disk).release == 2


def test_a_host_is_told_that_clock_or_release_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    centre = Publisher(tmp_path, keys.SMALL)
    centre.release({"index.html": b"satu"}, date="2027-11-24")
    monkeypatch.setattr(client_main, "_roots", lambda: centre.roots)
    monkeypatch.setattr("time.strftime", lambda *_: "2026-11-24T00:00:00Z")
    assert client_main.main(["sync", str(centre.out), str(tmp_path / "salinan")]) == 0
    assert capsys.readouterr().err.endswith(
        "Jam komputer ini menunjukkan 2026-11-24, padahal rilis bertanggal 2027-11-24 sudah ada. "
        "Sinkronisasi tetap berjalan. Periksa jam komputer ini; bila jam benar, tanggal rilis itu yang "
        "keliru: beri tahu pengelola portal pusat.\n")
    assert read_state(Folder(tmp_path / "salinan")).release == 1
