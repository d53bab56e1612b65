"""Zips of a release, for hosts with nothing but a file manager: unpacked over a copy they make it new."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from simpul.mirror.client import main as client_main
from simpul.mirror.client.manifest import Manifest
from simpul.mirror.client.tree import sha256
from simpul.mirror.forget import Wish
from simpul.mirror.release import SiteProblem, Terms, collect, publish_release
from tests.harness import tree
from tests.mirror.hosting import program
from tests.mirror.world import MemoryDisk, MemorySource, Publisher, run
from tests.test_mirror import page, site

OWN = {".htaccess": b"Options -Indexes", "wp/index.php": b"<?php", "HAPUS.txt": b"catatan sendiri"}
CHANGES: tuple[dict[str, bytes | None], ...] = (
    {**site(60), "praktik/cabut.html": b"<title>rahasia</title>", "cari/s1.js": b"rahasia", "a/b.html": b"a"},
    {"praktik/00001.html": page(1001)},
    {"praktik/00002.html": page(1002), "praktik/cabut.html": None, "cari/s1.js": None, "cari/s2.js": b"2"},
    {"baru/x.html": page(7), "index.html": b"<title>Beranda baru</title>"},
)


class Host:
    """A web folder whose owner uploads a zip and lets the file manager unpack it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def put(self, files: Mapping[str, bytes]) -> None:
        for path, data in files.items():
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)

    def unpack(self, zipped: Path) -> None:
        subprocess.run([program("unzip"), "-q", "-o", zipped, "-d", self.folder], check=True)

    def delete_as_told(self, release: int) -> list[str]:
        """Goes through the list by hand, and deletes it."""
        place = self.folder / f"HAPUS-rilis-{release}.txt"
        text = place.read_bytes().decode("utf-8-sig")
        assert text.count("\n") == text.count("\r\n")
        told = [line for line in text.splitlines() if (self.folder / line).is_file()]
        for path in [*told, place.name]:
            (self.folder / path).unlink()
        return told


@pytest.fixture
def centre(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def released(centre: Publisher) -> dict[str, bytes]:
    """All files of the newest release, as a mirror has them; it fetches no zip."""
    disk, source = MemoryDisk(), MemorySource(centre.files())
    run([source], disk, centre.roots)
    assert [path for path in source.asked if path.startswith("unduh")] == []
    return disk.site()


def zip_of(centre: Publisher, name: str) -> Path:
    return centre.out / "unduh" / f"simpul-rilis-{name}.zip"


def test_the_whole_zip_in_an_empty_folder_is_the_release(centre: Publisher, tmp_path: Path) -> None:
    for files in CHANGES:
        centre.release(files)
    host = Host(tmp_path / "public_html")
    host.put(OWN)
    host.unpack(zip_of(centre, "4"))
    assert tree(host.folder) == {**released(centre), **OWN}


@pytest.mark.parametrize("since", [1, 2, 3])
def test_a_small_zip_over_a_copy_makes_it_the_release(centre: Publisher, tmp_path: Path, since: int) -> None:
    host = Host(tmp_path / "public_html")
    for number, files in enumerate(CHANGES, 1):
        centre.release(files)
        if number == since:
            host.put(released(centre))
    host.put(OWN)
    host.unpack(zip_of(centre, f"{since}-ke-4"))
    goal = {**released(centre), **OWN}
    if since < 3:
        assert b"rahasia" not in b"".join(tree(host.folder).values())
        assert b'<a href="../index.html">Ke beranda</a>' in (host.folder / "praktik/cabut.html").read_bytes()
        assert host.delete_as_told(4) == ["praktik/cabut.html", "cari/s1.js"]
    assert tree(host.folder) == goal
    assert zip_of(centre, f"{since}-ke-4").stat().st_size < 12_000 < zip_of(centre, "4").stat().st_size


def test_the_manifest_signs_them_and_the_page_offers_them(centre: Publisher) -> None:
    for files in CHANGES:
        made = centre.release(files)
    text = (centre.out / "unduh" / "index.html").read_text()
    assert [one.since for one in made.zips] == [3, 2, 1, 0]
    for one in made.zips:
        name = f"simpul-rilis-{one.since}-ke-4.zip" if one.since else "simpul-rilis-4.zip"
        data = (centre.out / "unduh" / name).read_bytes()
        assert (len(data), sha256(data)) == (one.size, one.sha256)
        assert f'<a href="{name}" download>' in text
        assert f"<code>{one.sha256}</code>" in text
    assert ('<h3>Salinan Anda rilis 2</h3>\n<p><a href="simpul-rilis-2-ke-4.zip" download>'
            "simpul-rilis-2-ke-4.zip</a>, ") in text
    assert " KB: 7 berkas, 2 berkas dihapus.</p>" in text
    assert "certutil -hashfile simpul-rilis-4.zip SHA256" in text
    assert "dicabut tetap terbaca" in text
    assert "masih memuat isi yang sudah dicabut" not in text
    changes = released(centre)["perubahan.html"].decode()
    assert '<a href="https://pusat.example/rilis/unduh/index.html">zip rilis ini</a>' in changes


def test_only_those_of_the_newest_release_stay_and_nothing_else_goes(centre: Publisher) -> None:
    centre.release(site(3))
    (centre.out / "unduh" / "surat.zip").write_bytes(b"milik orang")
    (centre.out / "unduh" / "simpul-rilis-7.zip").symlink_to(centre.out / "unduh" / "surat.zip")
    centre.release({"index.html": b"dua"})
    stay = ["index.html", "simpul-rilis-1-ke-2.zip", "simpul-rilis-2.zip", "simpul-rilis-7.zip", "surat.zip"]
    assert sorted(path.name for path in (centre.out / "unduh").iterdir()) == stay
    (centre.out / "unduh" / "simpul-rilis-9.zip").write_bytes(b"sisa")
    assert "unduh/simpul-rilis-9.zip" in collect(centre.out, 17)
    assert sorted(path.name for path in (centre.out / "unduh").iterdir()) == stay


@pytest.mark.parametrize(("own", "what"), [("unduh/index.html", "unduh/index.html"), ("unduh", "unduh")])
def test_a_page_of_somebody_else_is_not_overwritten(centre: Publisher, own: str, what: str) -> None:
    place = centre.out / own
    place.parent.mkdir(parents=True)
    place.write_bytes(b"milik orang")
    before = tree(centre.out)
    with pytest.raises(SiteProblem) as caught:
        centre.release(site(3))
    assert str(caught.value) == (f"{what} di {centre.out} bukan buatan rilis dan tidak ditimpa. Pindahkan, "
                                 "atau pakai folder rilis tersendiri.")
    assert {path: data for path, data in tree(centre.out).items() if not path.startswith("meta")} == before


def test_the_first_release_has_the_whole_one_only(centre: Publisher) -> None:
    made = centre.release(site(3))
    assert [one.since for one in made.zips] == [0]
    assert "Belum ada zip kecil untuk rilis ini." in (centre.out / "unduh" / "index.html").read_text()


def test_a_small_one_that_saves_nothing_is_left_out(centre: Publisher) -> None:
    centre.release(site(3))
    changed = {path: data + b" " for path, data in site(3).items() if data}
    made = publish_release(centre.write(changed).site, centre.out, centre.keys, centre.signers,
                           Terms("2026-11-25", origin="https://pusat.example/"))
    assert [one.since for one in made.zips] == [1, 0]  # the programs did not change
    whole = dict.fromkeys(released(centre), b"")
    small = set(zipfile.ZipFile(zip_of(centre, "1-ke-2")).namelist())
    assert set(whole) - small == {"unduh/simpul-mirror.pyz", "unduh/simpul-mirror.php"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simpul.mirror.release.build_client", lambda _: b"klien baru" * 9000)
        patch.setattr("simpul.mirror.release.build_program", lambda *_: b"program baru" * 9000)
        made = centre.release({path: data + b"!" for path, data in changed.items()}, "2026-11-26")
    assert [one.since for one in made.zips] == [0]


@pytest.mark.parametrize(("files", "first"), [
    ({"a/b.html": None, "a/b.html/c.html": b"c"}, "a/b.html"),
    ({"praktik/cabut.html": None, "a/b.html": None, "a": b"berkas"}, "a/b.html"),
])
def test_what_is_in_the_way_is_named_before_unpacking(centre: Publisher, tmp_path: Path,
                                                      files: dict[str, bytes | None], first: str) -> None:
    host = Host(tmp_path / "public_html")
    centre.release(CHANGES[0])
    host.put(released(centre))
    for path in [path for path, data in files.items() if data is None]:
        centre.write({path: None})
    if not any((centre.site / "a").iterdir()):
        (centre.site / "a").rmdir()
    centre.release({path: data for path, data in files.items() if data is not None})
    text = (centre.out / "unduh" / "index.html").read_text()
    assert f"<p>Sebelum mengekstrak, hapus dulu: <code>{first}</code>.</p>" in text
    (host.folder / first).unlink()
    shutil.rmtree(host.folder / "a")
    host.unpack(zip_of(centre, "1-ke-2"))
    assert f"Hapus ini DULU, lalu ekstrak zip sekali lagi: 1\r\n{first}\r\n".encode() in \
        (host.folder / "HAPUS-rilis-2.txt").read_bytes()
    host.delete_as_told(2)
    assert tree(host.folder) == released(centre)


def forget(centre: Publisher, *typed: str) -> Manifest:
    return publish_release(centre.site, centre.out, centre.keys, centre.signers,
                           Terms("2026-11-25", forget=Wish(typed)))


def test_a_withdrawal_reaches_copies_of_the_last_releases_and_then_only_whole_zips_do(
        centre: Publisher, tmp_path: Path) -> None:
    centre.release(CHANGES[0])
    host = Host(tmp_path / "public_html")
    host.put(released(centre))
    centre.write({"praktik/cabut.html": None, "cari/s1.js": None})
    forget(centre, "praktik/cabut.html")
    text = (centre.out / "unduh" / "index.html").read_text()
    assert "Salinan sebelum rilis 2 masih memuat isi yang sudah dicabut. Perbarui segera." in text
    host.unpack(zip_of(centre, "1-ke-2"))
    assert b"rahasia" not in b"".join(tree(host.folder).values())
    made = centre.release({"index.html": b"tiga"}, "2026-11-25")
    assert [one.since for one in made.zips] == [2, 0]
    text = (centre.out / "unduh" / "index.html").read_text()
    assert ("Salinan sebelum rilis 2 masih memuat isi yang sudah dicabut. Gantilah dengan zip utuh di folder "
            "baru, lalu hapus folder lama.") in text
    names = [path.name for path in sorted((centre.out / "unduh").iterdir())]
    assert names == ["index.html", "simpul-rilis-2-ke-3.zip", "simpul-rilis-3.zip"]
    assert json.loads(next((centre.out / "manifes").glob("*.json")).read_bytes())["lupa"] == 2


def test_nothing_in_a_zip_tells_the_day_or_the_system(centre: Publisher) -> None:
    centre.release(site(3))
    with zipfile.ZipFile(zip_of(centre, "1")) as archive:
        assert {(one.date_time, one.create_system, one.external_attr) for one in archive.infolist()} == \
            {((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16)}


@pytest.mark.parametrize(("name", "spoil", "code", "message"), [
    ("2", False, 0, "simpul-rilis-2.zip asli: salinan utuh rilis 2, 2026-11-24.\n"),
    ("1-ke-2", False, 0, "simpul-rilis-1-ke-2.zip asli: pembaruan dari rilis 1 ke rilis 2, 2026-11-24.\n"),
    ("1-ke-2", True, 3, "GAGAL: simpul-rilis-1-ke-2.zip bukan salah satu zip rilis 2 (2026-11-24), rilis "
     "terbaru menurut sumber itu. Jangan diekstrak. Ia dari rilis lain, terpotong, atau diubah: unduh lagi "
     "dari halaman unduh di folder rilis pusat.\n"),
    ("3", False, 1, "GAGAL: {}/simpul-rilis-3.zip tidak ada atau bukan berkas. "
     "Periksa nama zip yang Anda tulis.\n"),
])
def test_who_has_python_somewhere_can_check_a_zip(centre: Publisher, monkeypatch: pytest.MonkeyPatch,
                                                  capsys: pytest.CaptureFixture[str], name: str, spoil: bool,
                                                  code: int, message: str) -> None:
    for files in CHANGES[:2]:
        centre.release(files)
    monkeypatch.setattr(client_main, "_roots", lambda: centre.roots)
    monkeypatch.setattr("time.gmtime", lambda *_: (2026, 11, 24, 3, 0, 0, 1, 328, 0))
    place = zip_of(centre, name)
    if spoil:
        place.write_bytes(place.read_bytes()[:-1] + b"!")
    assert client_main.main(["check-zip", str(place), str(centre.out)]) == code
    said = capsys.readouterr()
    assert said.out + said.err == message.format(place.parent)
