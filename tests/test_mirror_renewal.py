"""A client that renews itself: what a release brings is run once its signature proved right, never else."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from simpul.mirror import release
from simpul.mirror.bundle import build_client
from simpul.mirror.client import manifest as manifests
from simpul.mirror.client import renew
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.renew import INSTALLED, PROOF, ROOM, newer_program, version_of
from tests.mirror.world import TODAY, Publisher

SPEAKS = b"import sys\nprint('program baru:', *sys.argv[1:])\n"


def repacked(client: bytes, changes: dict[str, bytes]) -> bytes:
    """A client with other files in it."""
    old, buffer = zipfile.ZipFile(io.BytesIO(client)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
    return buffer.getvalue()


def version(number: str) -> dict[str, bytes]:
    return {"simpul_mirror/__init__.py": f'VERSION = "{number}"\n'.encode()}


class Fleet:
    """A centre, a copy, and the client that was scheduled."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.centre, self.copy = Publisher(folder, day=TODAY), folder / "salinan"
        self.monkeypatch = monkeypatch
        self.first = build_client(self.centre.roots)
        self.scheduled = folder / "simpul-mirror.pyz"
        self.scheduled.write_bytes(self.first)
        self.count = 0

    def release(self, changes: dict[str, bytes]) -> bytes:
        """Publishes a release whose client differs in these files."""
        self.count += 1
        client = repacked(self.first, changes) if changes else self.first
        self.monkeypatch.setattr(release, "build_client", lambda _: client)
        self.centre.release({"index.html": f"<title>Beranda {self.count}</title>".encode()})
        return client

    def run(self, *more: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-I", self.scheduled, "sync", *more, self.centre.out, self.copy]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False,
                              env={**os.environ, "TMPDIR": str(self.scheduled.parent)})
        assert done.returncode == code, done.stderr
        return done

    def page(self) -> str:
        return (self.copy / "index.html").read_text()


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fleet:
    return Fleet(tmp_path, monkeypatch)


def test_a_newer_client_is_told_once_it_is_signed_and_here(fleet: Fleet) -> None:
    fleet.release({})
    assert fleet.run().stderr == ""
    fleet.release(version("7"))
    assert fleet.run().stderr == (
        "Rilis ini membawa simpul-mirror yang lebih baru (versi 7; yang berjalan versi 1), dan tanda "
        "tangannya sah. Jadwal dari `schedule` memakainya sendiri. Untuk memakainya juga dengan tangan: "
        f'cp "{fleet.copy}/unduh/simpul-mirror.pyz" "{fleet.scheduled}"\n')


def test_the_schedule_runs_the_newer_client_with_the_words_of_the_scheduled_one(fleet: Fleet) -> None:
    fleet.release({**version("7"), "__main__.py": SPEAKS})
    assert "Terpasang: rilis 1" in fleet.run("--renew").stdout
    assert fleet.run("--renew", "--limit", "9m").stdout == \
        f"program baru: sync --limit 9m {fleet.centre.out} {fleet.copy}\n"
    assert sorted(path.name for path in fleet.scheduled.parent.glob("simpul-*")) == ["simpul-mirror.pyz"]


def test_a_real_newer_client_goes_on_with_the_copy(fleet: Fleet) -> None:
    fleet.release(version("7"))
    fleet.run("--renew")
    fleet.release(version("7.1"))
    done = fleet.run("--renew")
    assert "Terpasang: rilis 2 (sebelumnya 1)" in done.stdout
    assert '"klien": "7"' in (fleet.copy / "status.json").read_text()
    fleet.release({"__main__.py": SPEAKS, **version("7.2")})
    assert "rilis 3" in fleet.run("--renew").stdout
    assert "program baru" in fleet.run("--renew").stdout


@pytest.mark.parametrize(("main", "why"), [
    (b"import tidak_ada\n", "berakhir dengan kode 1"),
    (b"def :\n", "berakhir dengan kode 1"),
    (b"import sys\nsys.exit(3)\n", "berakhir dengan kode 3"),
    (b"import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", "berakhir dengan kode -9"),
    (b"import sys\nsys.exit('Program ini perlu Python 9')\n", "berakhir dengan kode 1"),
])
def test_a_broken_newer_client_locks_no_mirror(fleet: Fleet, main: bytes, why: str) -> None:
    fleet.release({**version("7"), "__main__.py": main})
    fleet.run("--renew")
    fleet.release(version("8"))
    done = fleet.run("--renew")
    assert (f"Program versi 7 dari rilis {why}. Sekarang dicoba dengan program yang dijadwalkan, versi 1.\n"
            in done.stderr)
    assert fleet.page() == "<title>Beranda 2</title>"
    fleet.release({})
    assert "dicoba dengan program" not in fleet.run("--renew").stderr


def test_a_client_that_hangs_is_ended(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renew, "HOURS", 0.2 / 3600)
    hanging = repacked(fleet.first, {"__main__.py": b"import time\ntime.sleep(60)\n"})
    assert renew.run_program(renew.Program("7", hanging), ["sync"]) is None


def test_an_older_client_is_not_run(fleet: Fleet) -> None:
    fleet.release({**version("0.9"), "__main__.py": SPEAKS})
    for _ in range(2):
        done = fleet.run("--renew")
        assert "program baru" not in done.stdout
        assert done.stderr == ""


def test_while_one_runs_another_is_not_tried(fleet: Fleet) -> None:
    fleet.release({**version("7"), "__main__.py": b"import sys\nsys.exit(5)\n"})
    fleet.run("--renew")
    assert fleet.run("--renew", code=5).stderr == ""


def _changed_program(fleet: Fleet) -> None:
    [place] = (fleet.copy / ROOM).glob("*.pyz")
    place.write_bytes(repacked(fleet.first, {**version("9"), "__main__.py": b"print('jahat')\n"}))


def _changed_page(fleet: Fleet) -> None:
    (fleet.copy / INSTALLED).write_bytes(b"print('jahat')\n")
    (fleet.copy / PROOF).unlink()


def _other_keys(fleet: Fleet) -> None:
    """Another centre's program, with that centre's own signatures."""
    other = Fleet(fleet.scheduled.parent / "lain", fleet.monkeypatch)
    other.release({**version("9"), "__main__.py": b"print('jahat')\n"})
    other.run("--renew")
    for path in [*(fleet.copy / ROOM).iterdir()]:
        path.unlink()
    for path in (other.copy / ROOM).iterdir():
        (fleet.copy / ROOM / path.name).write_bytes(path.read_bytes())


def _no_proof(fleet: Fleet) -> None:
    (fleet.copy / PROOF).write_bytes(b'{"signed": 1}')


@pytest.mark.parametrize("harm", [_changed_program, _changed_page, _other_keys, _no_proof])
def test_what_was_changed_on_disk_is_never_run(fleet: Fleet, harm: Callable[[Fleet], None]) -> None:
    (fleet.scheduled.parent / "lain").mkdir()
    client = fleet.release({**version("7"), "__main__.py": SPEAKS})
    fleet.run("--renew")
    assert newer_program(Folder(fleet.copy), fleet.centre.roots, b"") == ("7", client)
    harm(fleet)
    assert newer_program(Folder(fleet.copy), fleet.centre.roots, b"") is None
    done = fleet.run("--renew")
    assert "jahat" not in done.stdout
    assert "Sudah terbaru" in done.stdout


def test_a_damaged_note_is_mended_by_the_next_run(fleet: Fleet) -> None:
    fleet.release({**version("7"), "__main__.py": SPEAKS})
    fleet.run("--renew")
    _changed_program(fleet)
    fleet.run("--renew")
    assert "program baru" in fleet.run("--renew").stdout


def test_remove_takes_the_kept_client_away_too(fleet: Fleet) -> None:
    fleet.release(version("7"))
    fleet.run("--renew")
    subprocess.run([sys.executable, "-I", fleet.scheduled, "remove", fleet.copy], check=True,
                   capture_output=True)
    assert [*fleet.copy.iterdir()] == []


@pytest.fixture
def unreadable(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> Fleet:
    """The second release has a form that only its own client reads."""
    fleet.release({})
    fleet.run("--renew")
    code = zipfile.ZipFile(fleet.scheduled).read("simpul_mirror/manifest.py")
    assert b'document["format"] != 1' in code
    encode = manifests.encode
    monkeypatch.setattr(manifests, "encode",
                        lambda found: encode(found).replace(b'"format":1', b'"format":2'))
    fleet.release({**version("7"), "simpul_mirror/manifest.py":
                   code.replace(b'document["format"] != 1', b'document["format"] not in (1, 2)')})
    return fleet


def test_a_release_that_only_its_own_client_reads_brings_it(unreadable: Fleet) -> None:
    done = unreadable.run("--renew")
    assert done.stderr == "Dicoba dengan program versi 7, yang ditandatangani bersama rilis itu.\n"
    assert "Terpasang: rilis 2 (sebelumnya 1)" in done.stdout
    assert unreadable.page() == "<title>Beranda 2</title>"
    assert "Sudah terbaru" in unreadable.run("--renew").stdout


def test_by_hand_such_a_release_says_what_to_do(unreadable: Fleet) -> None:
    said = unreadable.run(code=3).stderr.splitlines()
    assert said[0] == ("Bersama rilis itu ditandatangani simpul-mirror yang lebih baru. Ulangi dengan "
                       "--renew agar dipakai.")
    assert said[1].startswith("GAGAL: bentuk rilis ini belum dikenal program ini.")
    assert "Terpasang: rilis 2" in unreadable.run("--renew").stdout


def test_another_program_in_its_place_is_not_taken(unreadable: Fleet) -> None:
    for place in (unreadable.centre.out / "objek").glob("*.pyz"):
        place.write_bytes(repacked(unreadable.first, {"__main__.py": b"print('jahat')\n"}))
    done = unreadable.run("--renew", code=3)
    assert "jahat" not in done.stdout
    assert unreadable.page() == "<title>Beranda 1</title>"


def test_a_neighbour_hands_the_client_on_and_tidying_keeps_the_one_in_force(fleet: Fleet) -> None:
    fleet.release(version("7"))
    client = fleet.release(version("8"))
    fleet.run("--export", str(fleet.copy))
    held = [path.read_bytes() for path in (fleet.copy / "rilis" / "objek").glob("*.pyz")]
    assert held == [client]
    release.collect(fleet.centre.out, 2)
    assert [path.read_bytes() for path in (fleet.centre.out / "objek").glob("*.pyz")] == [client]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"#!/bin/sh\n"])
def test_what_is_no_packed_client_has_the_lowest_version(data: bytes) -> None:
    assert version_of(data) == "0"
