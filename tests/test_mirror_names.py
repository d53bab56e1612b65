"""A release with names no computer should hold, made by an earlier program: told, and healed by the next."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simpul.mirror.client import names
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.errors import Untrusted
from simpul.mirror.client.state import read_state
from simpul.mirror.names import SOURCES, problem
from tests.mirror.world import Killed, MemoryDisk, MemorySource, Publisher, run

BAD = ["a\u2028b.html", "a\u2029b.html", "a\u0085b.html", "a\u202eb.html", "CONIN$", "COM¹", "con .txt"]


@contextmanager
def an_earlier_program(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """One that knew none of these rules; it asked only whether a name leads out of the folder."""
    with patch.context() as rules:
        rules.setattr(names, "fault", names.inside_fault)
        rules.setattr("simpul.mirror.names.names.fault", names.inside_fault)
        yield


@pytest.fixture
def centre(tmp_path: Path) -> Publisher:
    centre = Publisher(tmp_path)
    centre.release({"index.html": b"satu", "b.html": b"b" * 5000})
    return centre


def good(centre: Publisher, bad: str) -> None:
    centre.release({bad: None, "index.html": b"tiga"})


@pytest.mark.parametrize("bad", BAD)
def test_a_copy_that_met_such_a_release_heals_with_the_next(centre: Publisher, bad: str,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    disk, fresh = MemoryDisk(), MemoryDisk()
    run([MemorySource(centre.files())], disk, centre.roots)
    with an_earlier_program(monkeypatch):
        centre.release({bad: b"x", "index.html": b"dua"})
    for copy in (disk, fresh):
        with pytest.raises(Untrusted, match="berbahaya atau tidak dapat disimpan"):
            run([MemorySource(centre.files())], copy, centre.roots)
    assert disk.site()["index.html"] == b"satu"
    good(centre, bad)
    for copy in (disk, fresh):
        run([MemorySource(centre.files())], copy, centre.roots)
        assert copy.site()["index.html"] == b"tiga"


@pytest.mark.parametrize("bad", BAD)
def test_a_copy_that_installed_such_a_release_is_rid_of_it_by_the_next(
        centre: Publisher, bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Folder(tmp_path / "salinan")
    with an_earlier_program(monkeypatch):
        centre.release({bad: b"x", "index.html": b"dua"})
        run([MemorySource(centre.files())], disk, centre.roots)
    assert bad in disk.walk()
    good(centre, bad)
    source = MemorySource(centre.files())
    run([source], disk, centre.roots)
    assert bad not in disk.walk()
    assert disk.read("index.html") == b"tiga"
    assert read_state(disk).release == 3
    assert not [path for path in disk.walk(".simpul") if "disisihkan" in path]


def test_an_installation_of_such_a_release_cut_off_is_no_dead_end(centre: Publisher,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    disk = MemoryDisk()
    run([MemorySource(centre.files())], disk, centre.roots)
    with an_earlier_program(monkeypatch):
        centre.release({"CONIN$": b"x", "index.html": b"dua"})

        def cut() -> None:
            if "CONIN$" in disk.now:
                raise Killed

        disk.watch = cut
        with pytest.raises(Killed):
            run([MemorySource(centre.files())], disk, centre.roots)
    disk = disk.restarted()
    assert ".simpul/jurnal.json" in disk.now
    good(centre, "CONIN$")
    run([MemorySource(centre.files())], disk, centre.roots)
    assert disk.site()["index.html"] == b"tiga"


def test_no_pack_with_such_a_name_is_offered_again(centre: Publisher,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    """A large one would be kept for its other files, and no copy could read it."""
    with an_earlier_program(monkeypatch):
        monkeypatch.setattr("simpul.mirror.packs.GOAL", 5000)
        centre.release({"a\u202eb.html": b"x", "c.html": random.Random(1).randbytes(9000)})
    good(centre, "a\u202eb.html")
    disk = MemoryDisk()
    run([MemorySource(centre.files())], disk, centre.roots)
    assert disk.site()["index.html"] == b"tiga"


def test_every_rule_names_its_source_and_many_names_are_counted() -> None:
    told = problem(f"{number}~1.html" for number in range(22))
    assert len(told.splitlines()) == 21
    assert told.endswith("\ndan 2 nama lain")
    reasons = {value for name, value in vars(names).items() if name.isupper() and isinstance(value, str)}
    assert set(SOURCES) == reasons
