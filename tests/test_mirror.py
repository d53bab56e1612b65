"""Releases and the copies that follow them: a mirror holds what was published, for few bytes and requests."""

import ast
import io
import json
import random
import re
import shutil
import zipfile
from importlib import resources
from pathlib import Path

import pytest

from simpul.mirror import packs, release
from simpul.mirror.bundle import build_client
from simpul.mirror.client import delta
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.errors import Expired, MirrorError, Unreachable
from simpul.mirror.client.export import export
from simpul.mirror.client.http import HttpSource
from simpul.mirror.client.manifest import MAX_BYTES, encode
from simpul.mirror.client.sources import FolderSource
from simpul.mirror.client.state import read_state
from simpul.mirror.client.tree import sha256
from simpul.mirror.client.upload import upload_order, uploaded
from simpul.mirror.client.verify import verify
from simpul.mirror.release import SiteProblem, Terms, collect, publish_release
from tests.mirror.hosts import Counted, host
from tests.mirror.world import NOW, MemoryDisk, MemorySource, Publisher, quiet, run

WORDS = [f"kata{number}" for number in range(4000)]


def page(number: int, words: int = 300, frame: str = "lama") -> bytes:
    """A page of its own text in a frame that all pages share."""
    draw = random.Random(number)
    text = " ".join(draw.choices(WORDS, k=words))
    return (f'<!doctype html><title>Praktik {number}</title><nav class="{frame}">Beranda</nav>'
            f'<main>{text}</main>').encode()


def site(pages: int, frame: str = "lama") -> dict[str, bytes | None]:
    return {"index.html": b"<title>Beranda</title>", "assets/simpul.css": b"a{}" * 50,
            **{f"praktik/{number:05}.html": page(number, frame=frame) for number in range(pages)}}


@pytest.fixture
def centre(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def expected(centre: Publisher) -> dict[str, bytes]:
    return {path.relative_to(centre.site).as_posix(): path.read_bytes() for path in centre.site.rglob("*")
            if path.is_file()}


def follow(centre: Publisher, disk: MemoryDisk) -> tuple[int, int, list[str]]:
    """One run against an honest host: bytes, requests, paths asked for."""
    source, pace = MemorySource(centre.files()), quiet()
    run([source], disk, centre.roots, pace=pace)
    return pace.fetched, pace.requests, source.asked


def test_a_copy_is_the_site_and_what_the_release_adds(centre: Publisher) -> None:
    centre.release(site(20))
    disk = MemoryDisk()
    follow(centre, disk)
    added = {"assets/rilis.js", "perubahan.html", "perubahan.json", "unduh/simpul-mirror.php",
             "unduh/simpul-mirror.pyz"}
    assert {path: data for path, data in disk.site().items() if path not in added} == expected(centre)
    assert added <= set(disk.site())
    assert read_state(disk).release == 1


def test_twenty_releases_are_followed_one_by_one(centre: Publisher) -> None:
    draw, disk = random.Random(3), MemoryDisk()
    centre.release(site(40))
    follow(centre, disk)
    for number in range(20):
        present = sorted(path for path in expected(centre) if path.startswith("praktik/"))
        changes: dict[str, bytes | None] = {path: page(draw.randrange(10**6))
                                            for path in draw.sample(present, 3)}
        changes[draw.choice(present)] = None
        changes[f"baru/{number}.html"] = page(number + 500)
        centre.release(changes)
        follow(centre, disk)
        assert {path: disk.site()[path] for path in expected(centre)} == expected(centre)
        assert len(disk.site()) == len(expected(centre)) + 5


def test_nothing_new_costs_two_requests_and_no_writing(centre: Publisher) -> None:
    centre.release(site(5))
    disk = MemoryDisk()
    follow(centre, disk)
    disk.count = 0
    fetched, requests, asked = follow(centre, disk)
    assert asked == ["metadata/2.root.json", "metadata/timestamp.json"]
    assert (requests, disk.count) == (2, 0)
    assert fetched <= 600


def test_nothing_new_costs_less_than_a_kilobyte_on_the_wire(centre: Publisher) -> None:
    centre.release(site(5))
    disk = MemoryDisk()
    with host(Counted, centre.files()) as (address, asked):
        run([HttpSource(address)], disk, centre.roots)
        run([HttpSource(address)], disk, centre.roots)
        asked.clear()
        Counted.wire.clear()
        disk.count = 0
        run([HttpSource(address)], disk, centre.roots)
    assert asked == ["/metadata/2.root.json", "/metadata/timestamp.json"]
    assert sum(Counted.wire) <= 1_000
    assert disk.count == 0


def test_a_host_that_always_says_nothing_changed_is_found_out_in_time(centre: Publisher) -> None:
    centre.release(site(5))
    disk = MemoryDisk()
    with host(Counted, centre.files()) as (address, _):
        run([HttpSource(address)], disk, centre.roots)
        with pytest.raises(Expired):
            run([HttpSource(address)], disk, centre.roots, now="2027-03-24T03:00:00Z")


def test_a_tag_of_another_host_is_not_used(centre: Publisher) -> None:
    centre.release(site(5))
    disk = MemoryDisk()
    with host(Counted, centre.files()) as (address, _):
        run([HttpSource(address)], disk, centre.roots)
    centre.release({"baru.html": b"baru"})
    with host(Counted, centre.files()) as (address, _):
        run([HttpSource(address)], disk, centre.roots)
    assert disk.site()["baru.html"] == b"baru"


def test_one_page_more_is_six_requests_and_a_few_kilobytes(centre: Publisher) -> None:
    centre.release(site(300))
    disk = MemoryDisk()
    first, requests, _ = follow(centre, disk)
    assert requests <= 8
    centre.release({"praktik/99999.html": page(99999)})
    fetched, requests, _ = follow(centre, disk)
    assert requests <= 6
    assert fetched < 6_000 < first


def test_a_new_frame_on_every_page_is_a_few_bytes_a_page(centre: Publisher) -> None:
    centre.release(site(1000))
    disk = MemoryDisk()
    follow(centre, disk)
    centre.release(site(1000, frame="baru sekali"))
    fetched, requests, _ = follow(centre, disk)
    assert requests <= 6
    assert fetched < 40_000
    assert b"baru sekali" in disk.site()["praktik/00999.html"]


def test_packs_that_did_not_change_stay(centre: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "GOAL", 20_000)
    first = centre.release(site(200))
    assert len(first.packs) > 5
    names = {path.name: path.stat().st_mtime_ns for path in (centre.out / "objek").iterdir()}
    second = centre.release({"praktik/00000.html": page(7777)})
    assert len(set(first.packs) - set(second.packs)) <= 2
    assert {name: (centre.out / "objek" / name).stat().st_mtime_ns for name in names} == names


def test_packs_mostly_out_of_use_are_made_anew(centre: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "GOAL", 20_000)
    centre.release(site(200))
    for turn in range(1, 4):
        made = centre.release({f"praktik/{number:05}.html": page(number + turn * 1000)
                               for number in range(150)})
    disk = MemoryDisk()
    follow(centre, disk)
    assert {path: disk.site()[path] for path in expected(centre)} == expected(centre)
    assert made.pack_bytes < 2.5 * 200 * 1500


def test_a_copy_seventeen_releases_behind_takes_packs(centre: Publisher) -> None:
    centre.release(site(30))
    disk = MemoryDisk()
    follow(centre, disk)
    held = disk.restarted()
    for number in range(17):
        made = centre.release({"index.html": f"<title>{number}</title>".encode()})
        if number == 15:
            follow(centre, held)
            assert read_state(held).release == 17
    assert [one.release for one in made.deltas] == list(range(2, 18))
    _, _, asked = follow(centre, disk)
    assert not {f"objek/{one.object.sha256}.xz" for one in made.deltas} & set(asked)
    assert disk.site()["index.html"] == b"<title>16</title>"


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    centre = Publisher(tmp_path / "a")
    centre.release(site(30))
    twin = shutil.copytree(centre.out, tmp_path / "b")
    centre.write({"index.html": b"dua", "x.html": page(3)})
    for out in (centre.out, twin):
        publish_release(centre.site, out, centre.keys, centre.signers, Terms("2026-11-25"))
    assert {p.relative_to(twin): p.read_bytes() for p in twin.rglob("*") if p.is_file()} == \
        {p.relative_to(centre.out): p.read_bytes() for p in centre.out.rglob("*") if p.is_file()}


def test_the_manifest_stays_below_its_bound() -> None:
    """At 50,000 pages: 100 packs that grow instead of becoming more, 16 deltas."""
    item = release.Object("f" * 64, 2**21, 2**25)
    step = release.manifests.Delta(1000, "f" * 64, item)
    made = release.Manifest(1000, "2026-11-24", 30, "https://simpul.example/" * 4, "f" * 64, 60_000, 10**9,
                            (item,) * 105, (step,) * 16)
    assert len(encode(made)) < MAX_BYTES


@pytest.mark.parametrize(("files", "message"), [
    ({"A.html": b"", "a.html": b""}, "berkas 'a.html' dan 'A.html' hanya berbeda huruf besar dan kecil. "
                                     "Ganti namanya di situs, lalu ulangi."),
    ({"ﬁ.html": b"", "fi.html": b""}, "berkas 'ﬁ.html' dan 'fi.html' hanya berbeda bentuk huruf yang sama. "
                                      "Ganti namanya di situs, lalu ulangi."),
    ({"rilis/a": b""}, "nama berkas 'rilis/a' dipakai oleh salinan sendiri (Panduan tuan rumah cermin, Isi "
                       "folder). Ganti namanya di situs, lalu ulangi."),
    ({".htaccess": b"", "b\u202ea.html": b"", "CONIN$": b"", "COM¹.html": b"", "SIMPUL~1": b""},
     "nama berkas '.htaccess' ada bagian yang kosong, diawali titik, atau diakhiri titik atau spasi "
     "(Microsoft, Naming Files, Paths, and Namespaces)\n"
     "nama berkas 'COM¹.html' nama perangkat di Windows (Microsoft, Naming Files, Paths, and Namespaces)\n"
     "nama berkas 'CONIN$' nama perangkat di Windows (Microsoft, Naming Files, Paths, and Namespaces)\n"
     "nama berkas 'SIMPUL~1' berbentuk nama pendek Windows, yang dapat berarti berkas lain "
     "(Microsoft, Naming Files, Paths, and Namespaces)\n"
     "nama berkas 'b\\u202ea.html' memuat huruf yang tidak tampak, mengatur arah tulisan, atau memutus baris "
     "(Unicode, UAX #44: kategori Cc, Cf, Co, Cs, Zl, Zp dan Default_Ignorable_Code_Point). "
     "Ganti namanya di situs, lalu ulangi."),
])
def test_a_site_that_not_every_disk_can_hold_is_refused(centre: Publisher, files: dict[str, bytes | None],
                                                        message: str) -> None:
    with pytest.raises(SiteProblem) as caught:
        centre.release(files)
    assert str(caught.value) == message
    assert not (centre.out / "metadata" / "timestamp.json").exists()


def test_an_enormous_file_is_refused(centre: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "MAX_FILE", 10)
    with pytest.raises(SiteProblem, match=r"besar\.html berukuran 11 bita; paling besar 10\. "
                                          r"Kecilkan, atau tautkan saja\."):
        centre.release({"besar.html": b"x" * 11})


def test_a_release_of_yesterday_is_refused(centre: Publisher) -> None:
    centre.release({"index.html": b"x"})
    with pytest.raises(SiteProblem, match=r"tanggal 2026-11-23 lebih awal daripada rilis 1 \(2026-11-24\)"):
        centre.release(date="2026-11-23")


def test_what_changed_is_told_to_readers_and_machines(centre: Publisher) -> None:
    centre.release({"index.html": b"<title>Beranda</title>", "lama.html": b"x", "a.css": b"a"})
    centre.release({"baru.html": b"<title>Antrean &amp; \xe2\x80\xb9loket\xe2\x80\xba <b></title>",
                    "index.html": b"<title>B</title>", "lama.html": None, "a.css": b"b"})
    disk = MemoryDisk()
    follow(centre, disk)
    assert json.loads(disk.site()["perubahan.json"]) == {
        "rilis": 2, "tanggal": "2026-11-24", "ditambah": ["baru.html"], "diubah": ["a.css", "index.html"],
        "dihapus": ["lama.html"]}
    text = disk.site()["perubahan.html"].decode()
    assert ('<h2>Halaman baru: 1</h2>\n<ul>\n<li><a href="baru.html">'
            'Antrean &amp; ‹loket› &lt;b&gt;</a></li>\n</ul>') in text
    assert ('<h2>Halaman yang diubah: 1</h2>\n<ul>\n<li><a href="index.html">B</a></li>\n</ul>\n'
            '<p>1 berkas pendukung.</p>') in text
    assert "<li><code>lama.html</code></li>" in text
    assert "Terbit 24 November 2026." in text
    assert f"<code>{sha256(disk.site()['unduh/simpul-mirror.pyz'])}</code>" in text


def test_pages_carry_no_release_so_a_release_changes_few_files(centre: Publisher) -> None:
    centre.release(site(30))
    disk = MemoryDisk()
    follow(centre, disk)
    before = disk.site()
    centre.release()
    follow(centre, disk)
    assert {path for path, data in disk.site().items() if before[path] != data} == \
        {"assets/rilis.js", "perubahan.html", "perubahan.json"}
    assert len(disk.site()["assets/rilis.js"]) < 1500


def test_status_is_for_who_asks(centre: Publisher) -> None:
    centre.release({"index.html": b"x"})
    disk = MemoryDisk()
    follow(centre, disk)
    assert json.loads(disk.now["status.json"]) == {
        "rilis": 1, "tanggal": "2026-11-24", "janji_hari": 30, "pohon": read_state(disk).tree, "root": 1,
        "diperiksa": "2026-11-24T03:00:00Z", "klien": "1", "utuh": True, "dilihat": "2026-11-24T03:00:00Z",
        "dihitung": "2026-11-24T03:00:00Z", "diperbaiki": 0, "rusak": 0, "asing": 0, "berkas_asing": []}


def test_gc_keeps_what_the_last_releases_need(centre: Publisher) -> None:
    for number in range(8):
        centre.release({"index.html": f"{number}".encode(), f"{number}.html": page(number)})
    disk = MemoryDisk()
    follow(centre, disk)
    before = len(centre.files())
    removed = collect(centre.out, 3)
    assert removed
    assert len(centre.files()) == before - len(removed)
    fresh = MemoryDisk()
    follow(centre, fresh)
    assert fresh.site() == disk.site()
    made = centre.release({"index.html": b"lagi"})
    assert [one.release for one in made.deltas] == [6, 7, 8]
    follow(centre, disk)
    assert disk.site()["index.html"] == b"lagi"
    assert "1.root.json" in {path.name for path in (centre.out / "metadata").iterdir()}


def test_gc_gives_a_first_copy_time_to_finish(centre: Publisher) -> None:
    """A copy that read the manifest of the release before still finds its packs and deltas."""
    centre.release(site(10))
    disk, old = MemoryDisk(), centre.files()
    centre.release({"index.html": b"dua"})
    collect(centre.out, 2)
    now = centre.files()
    metadata = {path: data for path, data in old.items() if path.startswith(("metadata/", "manifes/"))}
    run([MemorySource({**now, **metadata})], disk, centre.roots)
    assert read_state(disk).release == 1


# A copy as a source for others.

def test_a_stick_carries_a_first_copy_and_then_an_update(centre: Publisher, tmp_path: Path) -> None:
    stick, village = tmp_path / "usb", MemoryDisk()
    disk = MemoryDisk()
    for content in (b"satu", b"dua"):
        centre.release({"index.html": content, "b.html": page(1)})
        follow(centre, disk)
        export(disk, Folder(stick), centre.roots, b"", False)
        run([FolderSource(str(stick))], village, centre.roots)
        assert village.site() == disk.site()
    assert run([FolderSource(str(stick))], village, centre.roots).requests == 2


def test_a_copy_that_followed_by_deltas_still_serves_first_copies(centre: Publisher, tmp_path: Path) -> None:
    """It lacks the newest signed packs, and offers its own, judged by the signed hash of the tree."""
    disk = MemoryDisk()
    for number in range(4):
        centre.release({**site(10), "index.html": f"{number}".encode()})
        follow(centre, disk)
    target = MemoryDisk()
    export(disk, target, centre.roots, b"klien", True)
    assert {path: target.now[path] for path in disk.site()} == disk.site()
    assert target.now["simpul-mirror.pyz"] == b"klien"
    files = {path.removeprefix("rilis/"): data for path, data in target.now.items()
             if path.startswith("rilis/")}
    assert "salinan.json" in files
    fresh = MemoryDisk()
    run([MemorySource(files)], fresh, centre.roots)
    assert fresh.site() == disk.site()
    again = MemoryDisk(target.now)
    assert export(disk, again, centre.roots, b"klien", True) == 0


def test_a_copy_in_between_is_no_source(centre: Publisher) -> None:
    centre.release(site(3))
    disk = MemoryDisk()
    follow(centre, disk)
    centre.release({"index.html": b"dua"})
    files = {path: data for path, data in centre.files().items() if not path.startswith("objek/")}
    with pytest.raises(Unreachable):
        run([MemorySource(files)], disk, centre.roots)
    with pytest.raises(MirrorError, match=r"salinan ini belum mencapai rilis yang terakhir dilihat\. "
                                          r"Jalankan `sync` sampai selesai dulu\."):
        export(disk, MemoryDisk(), centre.roots, b"", False)


def test_a_neighbour_that_has_not_synced_yet_is_passed_over(centre: Publisher) -> None:
    centre.release({"index.html": b"satu"})
    behind = centre.files()
    centre.release({"index.html": b"dua"})
    disk = MemoryDisk()
    follow(centre, disk)
    centre.release({"index.html": b"tiga"})
    run([MemorySource(behind), MemorySource(centre.files())], disk, centre.roots)
    assert disk.site()["index.html"] == b"tiga"


def test_an_empty_stick_says_so(tmp_path: Path) -> None:
    centre = Publisher(tmp_path)
    with pytest.raises(MirrorError, match=r"timestamp\.json tidak ada\. "
                                          r"Periksa apakah folder sumber benar dan salinannya lengkap\."):
        run([FolderSource(str(tmp_path / "kosong"))], MemoryDisk(), centre.roots)


def test_verify_mends_from_packs_here_then_from_the_source(centre: Publisher) -> None:
    centre.release(site(10))
    disk = MemoryDisk()
    follow(centre, disk)
    good = disk.site()
    disk.now["praktik/00003.html"] = b"rusak"
    del disk.now["index.html"]
    disk.now["milik-hosting.txt"] = b"x"
    report = verify(disk, [], NOW, quiet())
    assert (report.files, list(report.damaged), list(report.left)) == \
        (len(good), ["index.html", "praktik/00003.html"], [])
    assert list(report.foreign) == ["milik-hosting.txt"]
    assert {path: disk.site()[path] for path in good} == good
    for path in [path for path in disk.now if path.startswith(".simpul/objek/")]:
        disk.now[path] = b""
    disk.now["praktik/00003.html"] = b"rusak"
    assert list(verify(disk, [], NOW, quiet()).left) == ["praktik/00003.html"]
    assert list(verify(disk, [MemorySource(centre.files())], NOW, quiet()).left) == []
    assert {path: disk.site()[path] for path in good} == good


def test_verify_mends_without_a_source_after_updates_by_delta(centre: Publisher) -> None:
    """The first copy's packs stay, though no release names them: pages unchanged since come from there."""
    centre.release(site(10))
    disk = MemoryDisk()
    follow(centre, disk)
    for number in range(3):
        centre.release({"index.html": f"{number}".encode()})
        follow(centre, disk)
    good = disk.site()
    assert len([path for path in disk.now if path.startswith(".simpul/objek/")]) <= 5
    for path in ("praktik/00003.html", "assets/simpul.css"):
        disk.now[path] = b"rusak"
    source = MemorySource(centre.files())
    assert list(verify(disk, [source], NOW, quiet()).left) == []
    assert (disk.site(), source.asked) == (good, [])
    disk.now["index.html"] = b"rusak"
    assert list(verify(disk, [], NOW, quiet()).left) == ["index.html"]
    assert list(verify(disk, [source], NOW, quiet()).left) == []
    assert disk.site() == good


def test_verify_of_nothing_says_what_to_do() -> None:
    with pytest.raises(MirrorError,
                       match=r"folder ini belum berisi salinan yang selesai\. Jalankan `sync` dulu\."):
        verify(MemoryDisk(), [], NOW, quiet())


def test_the_upload_list_goes_on_until_it_was_uploaded(centre: Publisher) -> None:
    centre.release({"index.html": b"a", "a.css": b"a", "m/a.html": b"a"})
    disk = MemoryDisk()
    follow(centre, disk)
    assert upload_order(disk).splitlines() == [
        "unggah a.css", "unggah assets/rilis.js", "unggah perubahan.json", "unggah unduh/simpul-mirror.php",
        "unggah unduh/simpul-mirror.pyz", "unggah m/a.html", "unggah perubahan.html", "unggah index.html"]
    uploaded(disk)
    assert upload_order(disk) == ""
    for files in ({"m/b.html": b"b", "m/a.html": None}, {"index.html": b"b"}):
        centre.release(files)
        follow(centre, disk)
    assert upload_order(disk).splitlines() == [
        "unggah assets/rilis.js", "unggah perubahan.json", "unggah m/b.html", "unggah perubahan.html",
        "unggah index.html", "hapus m/a.html"]


# Parts.

def test_the_client_is_one_file_of_the_same_bytes() -> None:
    data = build_client({1: b"{}"})
    assert data == build_client({1: b"{}"})
    assert data.startswith(b"#!/usr/bin/env python3\n")
    assert len(data) < 100_000


def test_the_packed_client_is_the_source_without_its_docstrings_line_by_line() -> None:
    packed = zipfile.ZipFile(io.BytesIO(build_client({1: b"{}"})))
    for file in (resources.files("simpul.mirror") / "client").iterdir():
        if file.name.endswith(".py"):
            source, sent = file.read_bytes(), packed.read(f"simpul_mirror/{file.name}")
            assert _statements(sent) == _statements(source)
            assert not ast.get_docstring(ast.parse(sent))


def _statements(source: bytes) -> list[tuple[int, str]]:
    """All that runs, with its line."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    return [(node.lineno, ast.dump(node)) for node in ast.walk(tree) if isinstance(node, ast.stmt)]


def test_a_difference_applied_is_the_new_file() -> None:
    draw = random.Random(5)
    for _ in range(3000):
        old = bytes(draw.choices(b"ab", k=draw.randrange(90)))
        cut = draw.randrange(len(old) + 1)
        new = old[:cut] + bytes(draw.choices(b"abc", k=draw.randrange(9))) + \
            old[min(len(old), cut + draw.randrange(9)):]
        assert delta.apply(old, delta.difference(old, new)) == new
    long = page(1, 4000)
    steps = delta.difference(long, long.replace(b"kata77 ", b"kata78 "))
    assert sum(len(added) for _, _, added in steps) < 40


@pytest.mark.parametrize("steps", [((0, 5, b""),), ((-1, 1, b""),), ((3, -1, b""), (1, 0, b"")),
                                   ((0, -2, b""),), ((9, -1, b""),)])
def test_steps_outside_the_old_file_are_refused(steps: tuple[delta.Step, ...]) -> None:
    with pytest.raises(MirrorError, match="selisih tidak cocok dengan berkas lama"):
        delta.apply(b"abc", steps)


def test_no_registry_and_no_clock_in_what_is_published(centre: Publisher) -> None:
    centre.release(site(2))
    disk = MemoryDisk()
    follow(centre, disk)
    program = disk.now["unduh/simpul-mirror.php"]
    disk.now["unduh/simpul-mirror.php"] = re.sub(rb"expires[^T]{1,20}T00:00:00Z", b"", program)  # of its root
    assert disk.now["unduh/simpul-mirror.php"] != program
    assert re.findall(rb"\d\d:\d\d:\d\d", b"".join(disk.site().values())) == []
