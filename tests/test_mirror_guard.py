"""A mirror harms nobody: what is not ours in a folder stays, or a copy of it is kept; no list found there is
believed.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from simpul.mirror.client.beside import LIST
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.errors import Full, MirrorError
from simpul.mirror.client.export import export
from simpul.mirror.client.guard import KEPT, kept
from simpul.mirror.client.remove import remove
from simpul.mirror.client.sources import FolderSource
from simpul.mirror.client.state import JOURNAL, read_state
from simpul.mirror.client.sync import sync
from simpul.mirror.client.tree import sha256
from simpul.mirror.client.upload import uploaded, write_upload_order
from simpul.mirror.client.verify import verify
from simpul.mirror.release import collect
from tests.harness import tree
from tests.mirror.world import NOW, MemorySource, Publisher, quiet

OURS = (".simpul/", "status.json", "perubahan.html", "perubahan.json", "assets/rilis.js",
        "unduh/simpul-mirror")
ONE = {"index.html": b"<title>satu</title>", "404.html": b"tidak ada", "panduan/a.html": b"panduan",
       "lama.html": b"akan pergi", "assets/a.css": b"a{}"}
TWO: dict[str, bytes | None] = {"index.html": b"<title>dua</title>", "lama.html": None, "promo.html": b"baru",
                                "kabar/a.html": b"kabar"}


class Mirror:
    """A centre with two releases, and a folder that may hold other things."""

    def __init__(self, root: Path) -> None:
        self.centre, self.copy, self.disk = Publisher(root), root / "salinan", Folder(root / "salinan")
        self.centre.release(ONE)
        self.first = self.centre.files()
        self.centre.release(TWO)
        self.second = self.centre.files()

    def put(self, path: str, content: bytes = b"milik orang") -> Path:
        place = self.copy / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        return place

    def sync(self, release: int, adopt: bool = False) -> None:
        files = self.first if release == 1 else self.second
        sync([MemorySource(files)], self.disk, self.centre.roots, NOW, quiet(), adopt)

    def shown(self) -> dict[str, bytes]:
        """The folder, but for our notes and what a release adds to a site."""
        return {path: data for path, data in tree(self.copy).items() if not path.startswith(OURS)}

    def export(self, folder: Path, whole: bool = True, adopt: bool = False) -> int:
        return export(self.disk, Folder(folder), self.centre.roots, b"program", whole, adopt)


AFTER = {path: data for path, data in {**ONE, **TWO}.items() if data is not None}


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    return Mirror(tmp_path)


@pytest.mark.parametrize("path", ["index.php", "foto/1.jpg", "cgi-bin/a", "rilis/x", "status.json"])
def test_a_folder_with_other_files_is_refused_untouched(mirror: Mirror, path: str) -> None:
    mirror.put(path)
    before = tree(mirror.copy)
    with pytest.raises(MirrorError, match=f"folder tujuan sudah berisi {path.partition('/')[0]}. Tidak ada"):
        mirror.sync(1)
    assert tree(mirror.copy) == before
    assert not (mirror.copy / ".simpul").exists()


@pytest.mark.parametrize("path", [".htaccess", ".well-known/acme/x", "desktop.ini"])
def test_hidden_files_and_those_of_the_system_do_not_count(mirror: Mirror, path: str) -> None:
    mirror.put(path)
    mirror.sync(1)
    mirror.sync(2)
    assert mirror.shown() == {**AFTER, path: b"milik orang"}


def test_who_insists_keeps_a_copy_of_what_was_in_the_way(mirror: Mirror) -> None:
    mirror.put("index.html")
    mirror.put("index.php", b"<?php")
    mirror.sync(1, adopt=True)
    assert mirror.shown() == {**ONE, "index.php": b"<?php"}
    [place] = kept(mirror.disk)
    assert place.startswith(KEPT)
    assert mirror.disk.read(place) == b"milik orang"
    mirror.sync(2)
    assert mirror.shown() == {**AFTER, "index.php": b"<?php"}
    assert remove(mirror.disk) == []
    assert tree(mirror.copy) == {"index.html": b"milik orang", "index.php": b"<?php"}


@pytest.mark.parametrize("path", ["promo.html", "kabar", "promo.html/isi.txt"])
def test_a_later_release_does_not_overwrite_a_file_of_the_host(mirror: Mirror, path: str) -> None:
    mirror.sync(1)
    mirror.put(path)
    with pytest.raises(Full, match="namanya sudah Anda pakai: " + path.partition("/")[0]):
        mirror.sync(2)
    assert mirror.shown() == {**ONE, path: b"milik orang"}
    assert read_state(mirror.disk).release == 1
    mirror.put(path).unlink()
    if "/" in path:
        (mirror.copy / path).parent.rmdir()
    mirror.sync(2)
    assert mirror.shown() == AFTER


def test_a_folder_in_the_way_is_not_taken_even_by_who_insists(mirror: Mirror) -> None:
    mirror.sync(1)
    mirror.put("promo.html/isi.txt")
    with pytest.raises(Full, match=r"promo\.html\. Tidak ada yang diubah\. Pindahkan dulu\.$"):
        mirror.sync(2, adopt=True)
    assert mirror.shown() == {**ONE, "promo.html/isi.txt": b"milik orang"}


def test_what_the_host_wrote_over_our_files_is_kept_when_they_are_mended(mirror: Mirror) -> None:
    mirror.sync(1)
    for path in ("index.html", "404.html", "lama.html"):
        mirror.put(path, f"tulisan lain di {path}".encode())
    mirror.sync(2)
    assert mirror.disk.read("lama.html") == b"tulisan lain di lama.html"
    assert mirror.disk.read("index.html") == AFTER["index.html"]
    verify(mirror.disk, [], NOW, quiet())
    assert mirror.disk.read("404.html") == ONE["404.html"]
    assert {mirror.disk.read(place) for place in kept(mirror.disk)} == \
        {b"tulisan lain di index.html", b"tulisan lain di 404.html"}


def test_a_status_of_another_program_neither_locks_the_copy_nor_is_lost(mirror: Mirror) -> None:
    mirror.sync(1)
    mirror.put("status.json", json.dumps({"rilis": 10**9, "tanggal": "2999-01-01"}).encode())
    mirror.sync(2)
    assert json.loads(mirror.disk.read("status.json"))["tanggal"] == "2999-01-01"
    assert mirror.shown() == AFTER


def _link(mirror: Mirror, place: str, outside: Path) -> None:
    (mirror.copy / place).parent.mkdir(parents=True, exist_ok=True)
    (mirror.copy / place).symlink_to(outside)


@pytest.mark.parametrize("place", ["kabar", "panduan", "promo.html", ".simpul/objek"])
def test_nothing_is_written_through_a_link(mirror: Mirror, place: str, tmp_path: Path) -> None:
    mirror.sync(1)
    outside = tmp_path / "luar"
    outside.mkdir()
    (outside / "a.html").write_bytes(b"milik orang")
    if (mirror.copy / place).is_dir():
        (mirror.copy / place).rename(tmp_path / "pindah")
    _link(mirror, place, outside if place != "promo.html" else outside / "a.html")
    mirror.centre.release({"panduan/a.html": b"panduan baru"})
    mirror.second = mirror.centre.files()
    with pytest.raises(Full, match="adalah tautan ke tempat lain"):
        mirror.sync(2)
    assert tree(outside) == {"a.html": b"milik orang"}


def _believed(mirror: Mirror, victim: Path) -> None:
    """A state and a list, each fitting the other, that name a file outside."""
    listed = f"{sha256(victim.read_bytes())} {victim.stat().st_size} ../{victim.name}\n".encode()
    state = json.loads(mirror.disk.read(".simpul/keadaan.json"))
    state["tree"] = sha256(listed)
    mirror.put(f".simpul/daftar/{sha256(listed)}", listed)
    mirror.put(".simpul/keadaan.json", json.dumps(state).encode())
    mirror.put(".simpul/terunggah", listed)


def _journal(mirror: Mirror, victim: Path) -> None:
    _believed(mirror, victim)
    state = json.loads(mirror.disk.read(".simpul/keadaan.json"))
    [name] = [name for name in mirror.disk.names(".simpul/daftar") if name != state["tree"]]
    journal = {"tujuan": {**state, "tree": name}, "sebelum": state["tree"], "paket": []}
    mirror.put(JOURNAL, json.dumps(journal).encode())


def _elsewhere(mirror: Mirror, victim: Path) -> None:
    state = json.loads(mirror.disk.read(".simpul/keadaan.json"))
    mirror.put(".simpul/keadaan.json", json.dumps({**state, "tree": f"../../{victim.name}"}).encode())
    journal = {"tujuan": state, "sebelum": "", "paket": [f"../../{victim.name}"]}
    mirror.put(JOURNAL, json.dumps(journal).encode())


@pytest.mark.parametrize("write", [_believed, _journal, _elsewhere])
def test_notes_in_the_folder_are_read_as_if_an_enemy_wrote_them(
        mirror: Mirror, write: Callable[[Mirror, Path], None], tmp_path: Path) -> None:
    victim = tmp_path / "korban.txt"
    victim.write_bytes(b"milik orang")
    mirror.sync(1)
    write(mirror, victim)
    write_upload_order(mirror.disk, tmp_path / "unggah.txt")
    assert victim.name not in (tmp_path / "unggah.txt").read_text()
    for act in (lambda: verify(mirror.disk, [], NOW, quiet()), lambda: remove(mirror.disk)):
        with suppress(MirrorError):
            act()
        assert victim.read_bytes() == b"milik orang"
    mirror.sync(2)
    assert victim.read_bytes() == b"milik orang"
    assert AFTER.items() <= mirror.shown().items()


def test_remove_takes_back_exactly_ours(mirror: Mirror) -> None:
    mirror.put(".htaccess", b"aturan")
    mirror.sync(1)
    mirror.export(mirror.copy, whole=False)
    uploaded(mirror.disk)
    mirror.sync(2)
    mirror.put("foto/1.jpg", b"foto")
    mirror.put("panduan/catatan.txt", b"catatan")
    mirror.put("404.html", b"diubah tuan rumah")
    assert remove(mirror.disk) == ["404.html"]
    assert tree(mirror.copy) == {".htaccess": b"aturan", "foto/1.jpg": b"foto",
                                 "panduan/catatan.txt": b"catatan", "404.html": b"diubah tuan rumah"}
    assert not (mirror.copy / ".simpul").exists()
    assert not (mirror.copy / "rilis").exists()


def test_remove_of_a_folder_without_notes_changes_nothing(mirror: Mirror) -> None:
    mirror.sync(1)
    for path in list((mirror.copy / ".simpul/daftar").iterdir()):
        path.unlink()
    before = mirror.shown()
    with pytest.raises(MirrorError, match=r"Tidak ada yang dihapus\. Jalankan `sync` dulu"):
        remove(mirror.disk)
    assert mirror.shown() == before


def test_a_stick_keeps_what_is_not_ours_and_loses_what_we_wrote(mirror: Mirror, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    (stick / "rilis/objek").mkdir(parents=True)
    (stick / "rilis/objek/liburan.jpg").write_bytes(b"foto")
    (stick / "surat.docx").write_bytes(b"surat")
    theirs = tree(stick)
    mirror.sync(1)
    mirror.export(stick)
    assert (theirs | ONE).items() <= tree(stick).items()
    mirror.sync(2)
    mirror.export(stick)
    assert (theirs | AFTER).items() <= tree(stick).items()
    assert not (stick / "lama.html").exists()
    fresh = tmp_path / "usb-baru"
    mirror.export(fresh)
    assert tree(stick) == theirs | tree(fresh)
    village = Folder(tmp_path / "desa")

    sync([FolderSource(str(stick))], village, mirror.centre.roots, NOW, quiet())
    assert village.read("index.html") == AFTER["index.html"]


@pytest.mark.parametrize("path", ["index.html", "rilis/metadata/timestamp.json", "simpul-mirror.pyz"])
def test_an_export_overwrites_nothing_of_others(mirror: Mirror, path: str, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    (stick / path).parent.mkdir(parents=True)
    (stick / path).write_bytes(b"milik orang")
    mirror.sync(1)
    with pytest.raises(Full, match=f"folder tujuan berisi berkas lain dengan nama yang diperlukan: {path}"):
        mirror.export(stick)
    assert tree(stick) == {path: b"milik orang"}


def test_an_export_into_the_publishers_own_folder_takes_nothing_away(mirror: Mirror, tmp_path: Path) -> None:
    before = tree(mirror.centre.out)
    mirror.sync(1)
    with pytest.raises(Full, match=r"rilis/metadata/timestamp\.json"):
        mirror.export(tmp_path, whole=False)
    assert tree(mirror.centre.out) == before


def test_a_stick_of_an_earlier_version_is_taken_by_who_insists(mirror: Mirror, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    mirror.sync(1)
    mirror.export(stick)
    (stick / LIST).unlink()
    mirror.sync(2)
    with pytest.raises(Full, match="ulangi dengan --adopt"):
        mirror.export(stick, whole=False)
    mirror.export(stick, whole=False, adopt=True)
    assert (stick / "rilis/metadata/timestamp.json").read_bytes() == mirror.second["metadata/timestamp.json"]


def test_a_list_on_a_stick_deletes_nothing_else(mirror: Mirror, tmp_path: Path) -> None:
    stick, victim = tmp_path / "usb", tmp_path / "korban.txt"
    (stick / "rilis").mkdir(parents=True)
    (stick / "dokumen.txt").write_bytes(b"dokumen")
    victim.write_bytes(b"milik orang")
    (stick / "tautan").symlink_to(tmp_path)
    lines = [f"{sha256(place.read_bytes())} {place.stat().st_size} {name}" for place, name in (
        (victim, "../korban.txt"), (victim, "tautan/korban.txt"), (victim, str(victim)))]
    (stick / LIST).write_text("\n".join([*lines, "rusak", f"{'0' * 64} 7 dokumen.txt", "\x00\xff"]))
    mirror.sync(1)
    with pytest.raises(Full, match="tautan adalah tautan ke tempat lain"):
        mirror.export(stick)
    (stick / "tautan").unlink()
    mirror.export(stick)
    assert victim.read_bytes() == b"milik orang"
    assert (stick / "dokumen.txt").read_bytes() == b"dokumen"


def test_an_export_cut_off_anywhere_goes_on(mirror: Mirror, tmp_path: Path) -> None:
    class Cut(Exception):
        """The stick was pulled out."""

    class Stick(Folder):
        left = 0

        def replace(self, source: str, target: str) -> None:
            if not self.left:
                raise Cut
            self.left -= 1
            super().replace(source, target)

    mirror.sync(1)
    mirror.export(tmp_path / "usb")
    mirror.sync(2)
    for count in range(40):
        stick = Stick(tmp_path / "usb")
        stick.left = count
        try:
            export(mirror.disk, stick, mirror.centre.roots, b"program", True)
        except Cut:
            continue
        break
    else:
        pytest.fail("never finished")
    mirror.export(tmp_path / "usb-baru")
    assert tree(tmp_path / "usb") == tree(tmp_path / "usb-baru")


def test_an_order_of_uploads_does_not_overwrite_a_letter(mirror: Mirror, tmp_path: Path) -> None:
    mirror.sync(1)
    place = tmp_path / "surat.txt"
    place.write_text("Kepada Yth.")
    with pytest.raises(Full, match="sudah ada dan bukan daftar unggah"):
        write_upload_order(mirror.disk, place)
    assert place.read_text() == "Kepada Yth."


def test_tidying_leaves_other_files_in_the_release_folder(mirror: Mirror) -> None:
    photo = mirror.centre.out / "objek" / "liburan.jpg"
    photo.write_bytes(b"foto")
    for number in range(3):
        mirror.centre.release({"index.html": str(number).encode()})
    assert collect(mirror.centre.out, 2)
    assert photo.read_bytes() == b"foto"


def test_a_note_with_a_day_that_no_calendar_has_is_no_note(mirror: Mirror) -> None:
    mirror.sync(1)
    note, date = mirror.copy / ".simpul/keadaan.json", read_state(mirror.disk).date
    note.write_text(note.read_text().replace(date, "2026-02-30"))
    assert read_state(mirror.disk).release == 0
