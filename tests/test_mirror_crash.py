"""Killed, out of disk or power at every operation: no torn file, the site answers, the next run finishes."""

import contextlib
import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from simpul.mirror.client.disk import Folder
from simpul.mirror.client.errors import Busy, Full, MirrorError, Untrusted
from simpul.mirror.client.http import HttpSource
from simpul.mirror.client.state import STATE, read_state
from tests.mirror.hosts import Counted, host
from tests.mirror.world import Killed, MemoryDisk, MemorySource, Publisher, run

ONE = {"index.html": b"<title>satu</title>" * 30, "assets/a.css": b"a{}", "modul/a.html": b"<p>lama</p>" * 40,
       "modul/b.html": b"b", "lama/gone.html": b"pergi", "Besar.html": b"huruf besar",
       "jadi/folder.html": b"isi", "jadi-folder": b"berkas"}
TWO: dict[str, bytes | None] = {"index.html": b"<title>dua</title>" * 30, "assets/b.css": b"b{}",
                                "modul/a.html": b"<p>baru</p>" * 40, "modul/c.html": b"<p>lama</p>" * 39,
                                "lama/gone.html": None, "jadi-folder": None}


class Scene(NamedTuple):
    """A copy that is about to change: the disk before, the host, and what the site is before and after."""

    disk: MemoryDisk
    files: Mapping[str, bytes]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    roots: Mapping[int, bytes]

    def sync(self, disk: MemoryDisk) -> None:
        run([MemorySource(self.files)], disk, self.roots)

    def check_whole(self, disk: MemoryDisk) -> None:
        """Every file is the old or the new one; a file both have is always there; nothing else is."""
        site = disk.site()
        assert set(site) <= set(self.before) | set(self.after)
        assert set(self.before) & set(self.after) <= set(site)
        for path, content in site.items():
            assert content in (self.before.get(path), self.after.get(path)), f"{path} is torn"

    def check_done(self, disk: MemoryDisk) -> None:
        assert disk.site() == self.after


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scene]:
    """A first copy, an update by delta, and an update of a copy too old for a delta."""
    centre = Publisher(tmp_path_factory.mktemp("pusat"))
    centre.release(ONE)
    old = MemoryDisk()
    first = centre.files()
    run([MemorySource(first)], old, centre.roots)
    centre.release(TWO)
    second = centre.files()
    new = MemoryDisk()
    run([MemorySource(second)], new, centre.roots)
    without = MemoryDisk({path: data for path, data in old.now.items()
                          if not path.startswith(".simpul/daftar/")})
    return {
        "first": Scene(MemoryDisk(), first, {}, old.site(), centre.roots),
        "delta": Scene(old, second, old.site(), new.site(), centre.roots),
        "packs": Scene(without, second, old.site(),
                       {**new.site(), **{p: ONE[p] for p in ("lama/gone.html", "jadi-folder")}},
                       centre.roots),
    }


KINDS = pytest.mark.parametrize("kind", ["first", "delta", "packs"])


def operations(scene: Scene) -> int:
    disk = scene.disk.restarted()
    scene.sync(disk)
    return disk.count


def broken(scene: Scene, at: int, failure: BaseException) -> MemoryDisk:
    """The disk after a run that failed at the given operation."""
    disk = scene.disk.restarted()
    disk.fail_at, disk.failure = at, failure  # type: ignore[assignment]
    with pytest.raises((Killed, Full)):
        scene.sync(disk)
    scene.check_whole(disk)
    return disk


@KINDS
def test_the_site_is_whole_before_every_operation(scenes: Mapping[str, Scene], kind: str) -> None:
    scene, disk = scenes[kind], scenes[kind].disk.restarted()
    disk.watch = lambda: scene.check_whole(disk)
    scene.sync(disk)
    scene.check_done(disk)
    assert disk.count > 20


@KINDS
def test_killed_at_every_operation(scenes: Mapping[str, Scene], kind: str) -> None:
    scene = scenes[kind]
    for at in range(1, operations(scene) + 1):
        disk = broken(scene, at, Killed()).restarted()
        scene.sync(disk)
        scene.check_done(disk)


@KINDS
def test_killed_twice(scenes: Mapping[str, Scene], kind: str) -> None:
    scene = scenes[kind]
    for at in range(1, operations(scene) + 1, 3):
        disk = broken(scene, at, Killed()).restarted()
        disk.fail_at = 1 + at % 7
        with contextlib.suppress(Killed):  # fewer operations may be left
            scene.sync(disk)
        scene.check_whole(disk)
        disk = disk.restarted()
        scene.sync(disk)
        scene.check_done(disk)


@KINDS
def test_out_of_disk_at_every_operation(scenes: Mapping[str, Scene], kind: str) -> None:
    scene = scenes[kind]
    for at in range(1, operations(scene) + 1):
        disk = broken(scene, at, OSError(errno.ENOSPC, "No space left on device")).restarted()
        scene.sync(disk)
        scene.check_done(disk)


@KINDS
def test_power_lost_at_every_operation(scenes: Mapping[str, Scene], kind: str) -> None:
    """What was not synced is empty or gone, in any mixture."""
    scene = scenes[kind]
    for at in range(1, operations(scene) + 1):
        for seed in range(2):
            disk = broken(scene, at, Killed()).cut(seed)
            scene.check_whole(disk)
            scene.sync(disk)
            scene.check_done(disk)


def test_a_finished_release_survives_the_power_cut_after_it(scenes: Mapping[str, Scene]) -> None:
    scene, disk = scenes["delta"], scenes["delta"].disk.restarted()
    scene.sync(disk)
    for seed in range(20):
        cut = disk.cut(seed)
        assert cut.site() == scene.after
        assert read_state(cut).release == 2


def test_killed_at_every_operation_while_following_a_host_that_knows_tags(
        scenes: Mapping[str, Scene]) -> None:
    """What is kept of a host (ETag) and of its timestamp are two files; the next run must not mix them."""
    scene, files = scenes["delta"], dict(scenes["first"].files)
    with host(Counted, files) as (address, _):
        old = scene.disk.restarted()
        run([HttpSource(address)], old, scene.roots)
        files.clear()
        files.update(scene.files)
        done = old.restarted()
        run([HttpSource(address)], done, scene.roots)
        for at in range(1, done.count + 1):
            disk = old.restarted()
            disk.fail_at = at
            with pytest.raises(Killed):
                run([HttpSource(address)], disk, scene.roots)
            disk = disk.restarted()
            run([HttpSource(address)], disk, scene.roots)
            scene.check_done(disk)


def test_a_begun_installation_is_finished_without_the_network(scenes: Mapping[str, Scene]) -> None:
    scene = scenes["delta"]
    reached = 0
    for at in range(1, operations(scene) + 1):
        disk = broken(scene, at, Killed()).restarted()
        if ".simpul/jurnal.json" not in disk.now:
            continue
        with pytest.raises(MirrorError):
            run([MemorySource({})], disk, scene.roots)
        scene.check_done(disk)
        reached += 1
    assert reached > 10


def test_a_disk_that_confirms_what_it_loses_is_mended(scenes: Mapping[str, Scene]) -> None:
    """The journal is there, what it needs is not: whole packs are fetched instead."""
    scene = scenes["delta"]
    for at in range(1, operations(scene) + 1):
        disk = broken(scene, at, Killed()).restarted()
        for path in [path for path in disk.now if path.startswith(".simpul/ulang/")]:
            disk.now[path] = b""
        scene.sync(disk)
        scene.check_done(disk)


def test_a_damaged_old_file_does_not_spoil_the_update(scenes: Mapping[str, Scene]) -> None:
    scene, disk = scenes["delta"], scenes["delta"].disk.restarted()
    disk.now["modul/a.html"] = b"rusak"
    scene.sync(disk)
    scene.check_done(disk)


def test_the_memory_of_the_highest_release_outlives_every_cut(scenes: Mapping[str, Scene]) -> None:
    """Metadata emptied or gone: release 1 is still refused once 2 was seen."""
    new, old = scenes["delta"], scenes["first"]
    disk = new.disk.restarted()
    new.sync(disk)
    for lost in ("metadata/", "terlihat-1.json", "terlihat-2.json", "keadaan.json", "daftar/"):
        for content in (b"", None):
            files = {path: data for path, data in disk.now.items() if not path.startswith(f".simpul/{lost}")}
            if content is not None:
                files.update({path: content for path in disk.now if path.startswith(f".simpul/{lost}")})
            after = MemoryDisk(files)
            with pytest.raises(Untrusted, match="sudah pernah dilihat"):
                run([MemorySource(old.files)], after, new.roots)
            assert after.site() == new.after


def test_too_little_space_is_told_before_anything_is_fetched(scenes: Mapping[str, Scene]) -> None:
    scene, disk = scenes["first"], MemoryDisk()
    disk.space = 2**20
    with pytest.raises(Full, match=r"ruang disk kurang: perlu 8,\d MB, tersisa 1,0 MB. Belum ada"):
        scene.sync(disk)
    assert disk.site() == {}


def test_on_a_disk_that_knows_no_case(tmp_path: Path) -> None:
    centre = Publisher(tmp_path)
    centre.release({"Berkas.html": b"a", "B/x.html": b"x"})
    disk = MemoryDisk(folding=True)
    run([MemorySource(centre.files())], disk, centre.roots)
    centre.release({"Berkas.html": None, "berkas.html": b"b"})
    run([MemorySource(centre.files())], disk, centre.roots)
    assert disk.read("berkas.html") == b"b"


def test_a_folder_of_this_computer(scenes: Mapping[str, Scene], tmp_path: Path) -> None:
    for kind in ("first", "delta"):
        run([MemorySource(scenes[kind].files)], Folder(tmp_path), scenes[kind].roots)
        found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*")
                 if path.is_file() and ".simpul" not in path.parts and path.name != "status.json"}
        assert found == scenes[kind].after
    assert not (tmp_path / "lama").exists()


def test_two_clients_at_once(scenes: Mapping[str, Scene], tmp_path: Path) -> None:
    disk = Folder(tmp_path)
    with disk.lock(".simpul/kunci"), \
            pytest.raises(Busy, match=r"sinkronisasi lain sedang berjalan di folder ini. Tunggu"):
        run([MemorySource(scenes["first"].files)], Folder(tmp_path), scenes["first"].roots)
    run([MemorySource(scenes["first"].files)], Folder(tmp_path), scenes["first"].roots)
    assert (tmp_path / STATE).exists()


@pytest.mark.parametrize(("number", "message"), [
    (errno.EROFS,
     "folder tujuan tidak boleh ditulis. Periksa pemilik dan izin folder, atau pengunci pada kartu atau USB"),
    (errno.EACCES,
     "folder tujuan tidak boleh ditulis. Periksa pemilik dan izin folder, atau pengunci pada kartu atau USB"),
    (errno.EIO, "disk bermasalah (Input/output error). Salinan lama tetap disajikan; "
                "jalankan lagi dan pekerjaan dilanjutkan"),
    (errno.ENOSPC, "ruang disk habis. Kosongkan sebagian, lalu ulangi. Salinan lama tetap disajikan; "
                   "jalankan lagi dan pekerjaan dilanjutkan"),
])
def test_the_disk_refuses(scenes: Mapping[str, Scene], number: int, message: str) -> None:
    disk = scenes["delta"].disk.restarted()
    disk.fail_at, disk.failure = 1, OSError(number, os.strerror(number))  # type: ignore[assignment]
    with pytest.raises(Full) as caught:
        scenes["delta"].sync(disk)
    assert str(caught.value) == message + "."
    assert disk.site() == scenes["delta"].before


