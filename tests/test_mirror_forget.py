"""Withdrawal reaches everything: no object of centre, mirror, stick or zip holds what a page said."""

import gzip
import html
import io
import json
import lzma
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from simpul.mirror import requests
from simpul.mirror.client import main as client_main
from simpul.mirror.client import pack
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.download import Pace
from simpul.mirror.client.export import export
from simpul.mirror.client.manifest import Manifest
from simpul.mirror.client.remove import remove
from simpul.mirror.client.sources import FolderSource
from simpul.mirror.client.sync import sync
from simpul.mirror.forget import CannotForget, Wish
from simpul.mirror.release import Terms, collect, publish_release
from tests.harness import Sample, tree
from tests.mirror.hosting import Hosting
from tests.mirror.hosts import Counted, host
from tests.mirror.world import NOW, TODAY, MemoryDisk, MemorySource, Publisher, quiet, run
from tests.test_mirror import page

GUIDE = Path(__file__).parent.parent / "content" / "panduan" / "menarik-isi.md"
SECRET, TITLE, PLACE = "Sinta menunggak iuran 37 bulan", "Loket malam Bu Sinta", "praktik/00.71/loket-sinta"
CASE = f"<!doctype html><title>{TITLE} - Simpul</title><p>{SECRET}.</p>".encode()
WITHDRAWN = (b"<!doctype html><title>Praktik ini ditarik - Simpul</title>"
             b'<meta name="robots" content="noindex"><p>Alasan</p>')
MOVED = WITHDRAWN + b'<meta http-equiv="refresh" content="0;url=baru.html">'


def site(number: int, case: bytes | None) -> dict[str, bytes | None]:
    """A site whose lists, feed and index name the case as long as there is one."""
    named = f"{TITLE}: {PLACE}.html {SECRET}" if case else "tidak ada"
    entry = {"judul": TITLE, "teks": SECRET} if case else {}
    return {f"{PLACE}.html": case, "index.html": f"<title>Beranda</title>{number} {named}".encode(),
            "cari/a.json": json.dumps([entry, number]).encode(),
            "umpan.xml": f"<entry>{html.escape(named)} {number}</entry>".encode(),
            "lampiran/00.71/loket-sinta.zip": zipped({"surat.txt": SECRET.encode()}) if case else None,
            **{f"praktik/{n}.html": page(n + number * (n < 3)) for n in range(40)}}


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


OPENERS: dict[bytes, Callable[[bytes], bytes]] = {b"\xfd7zXZ": lzma.decompress,
                                                  b"\x1f\x8b": gzip.decompress}


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes themselves, and what is packed in them, however deep."""
    yield data
    for sign, opened in OPENERS.items():
        if data.startswith(sign):
            yield from unpacked(opened(data))
    if data.startswith(pack.MAGIC):
        for _, content in pack.decode(data).files:
            yield from unpacked(content)
    if data.startswith((b"PK\3\4", b"#!")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))


def said(text: bytes, *places: Path) -> list[str]:
    """Files below these folders in which the words are, raw or behind escapes, spaces and capitals."""
    wanted = plain(text)
    return [f"{place.name}/{name}" for place in places for name, data in tree(place).items()
            if wanted in plain(name.encode()) or any(wanted in plain(part) for part in unpacked(data))]


def plain(data: bytes) -> str:
    text = html.unescape(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)),
                                data.decode(errors="replace")))
    return "".join(text.split()).casefold()


class Country:
    """A centre, two mirrors, a stick between them that shows the pages too, a source for neighbours."""

    def __init__(self, root: Path) -> None:
        self.centre = Publisher(root)
        self.near, self.far, self.stick = root / "cermin", root / "pulau", root / "usb"
        self.places = (self.centre.out, self.near, self.far, self.stick)

    def release(self, files: Mapping[str, bytes | None], *typed: str,
                **wish: bool) -> tuple[Manifest, list[str]]:
        present = {path: data for path, data in files.items()
                   if data is not None or (self.centre.site / path).exists()}
        self.centre.write(present)
        told: list[str] = []
        made = publish_release(self.centre.site, self.centre.out, self.centre.keys, self.centre.signers,
                               Terms("2026-11-24", forget=Wish(typed, **wish)), told.append)
        return made, told

    def spread(self) -> None:
        """Everybody follows, the far mirror by the stick."""
        self.sync(FolderSource(str(self.centre.out)), self.near)
        export(Folder(self.near), Folder(self.stick), self.centre.roots, b"", True)
        self.sync(FolderSource(str(self.stick)), self.far)

    def sync(self, source: FolderSource, folder: Path) -> None:
        sync([source], Folder(folder), self.centre.roots, NOW, quiet())


def killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def country(tmp_path: Path) -> Country:
    return Country(tmp_path)


def test_after_a_withdrawal_nobody_holds_a_word_of_it(country: Country) -> None:
    for number in range(3):
        country.release(site(number, CASE))
        country.spread()
    country.release({"index.html": b"<title>Beranda</title>dua", f"{PLACE}.html": CASE})
    assert {place.split("/")[0] for place in said(SECRET.encode(), *country.places)} == \
        {"rilis", "cermin", "pulau", "usb"}
    made, told = country.release(site(9, None), f"{PLACE}.html")
    assert (told, made.forgotten) == ([], 5)
    country.spread()
    for words in (SECRET, TITLE):
        assert said(words.encode(), *country.places) == []
    assert said(b"loket-sinta", *country.places) == \
        [f"rilis/unduh/simpul-rilis-{since}-ke-5.zip" for since in (2, 3, 4)]  # they tell whom to delete what
    changes = json.loads((country.near / "perubahan.json").read_bytes())
    assert (changes["dihapus"], changes["dicabut"]) == ([], 2)
    assert "<h2>Berkas yang dicabut: 2</h2>" in (country.near / "perubahan.html").read_text()
    for mirror in (country.near, country.far):
        assert (mirror / "index.html").read_bytes() == (country.centre.site / "index.html").read_bytes()
    country.release(site(10, None))
    assert said(b"loket-sinta", *country.places) == []


def test_a_withdrawal_costs_a_mirror_one_delta(country: Country) -> None:
    made, _ = country.release(site(0, CASE))
    disk = MemoryDisk()
    run([MemorySource(country.centre.files())], disk, country.centre.roots)
    country.release(site(1, None), f"{PLACE}.html")
    done = run([MemorySource(country.centre.files())], disk, country.centre.roots)
    assert done.fetched < made.pack_bytes / 2
    disk.count = 0
    assert run([MemorySource(country.centre.files())], disk, country.centre.roots).requests == 2
    assert disk.count == 0


def test_who_missed_the_withdrawal_forgets_with_a_later_release(country: Country) -> None:
    for number in range(2):
        country.release(site(number, CASE))
        country.spread()
    made, _ = country.release(site(2, None), f"{PLACE}.html")
    for number in (3, 4):
        later, _ = country.release(site(number, None))
        assert (later.forgotten, [one.release for one in later.deltas]) == \
            (made.release, list(range(made.release, later.release)))
    country.spread()
    assert said(SECRET.encode(), *country.places) == []


def test_a_run_killed_between_installing_and_forgetting_forgets_next_time(
        country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    country.release(site(0, CASE))
    country.spread()
    country.release(site(1, None), f"{PLACE}.html")

    with monkeypatch.context() as patch:
        patch.setattr("simpul.mirror.client.sync.forget", killed)
        with pytest.raises(KeyboardInterrupt):
            country.spread()
    assert said(SECRET.encode(), country.near)
    country.spread()
    assert said(SECRET.encode(), *country.places) == []


def test_a_source_for_neighbours_is_made_anew(country: Country, monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(client_main, "_roots", lambda: country.centre.roots)
    monkeypatch.setattr("time.gmtime", lambda *_: (2026, 11, 24, 3, 0, 0, 1, 328, 0))
    words = ["sync", str(country.centre.out), str(country.near)]
    country.release(site(0, CASE))
    client_main.main(words)
    client_main.main(["export", str(country.near), str(country.near)])
    country.release(site(1, None), f"{PLACE}.html")
    capsys.readouterr()
    assert client_main.main(words) == 0
    assert f"MB ditulis ke {country.near}." in capsys.readouterr().out
    assert said(SECRET.encode(), country.near) == []
    country.sync(FolderSource(str(country.near)), country.far)
    assert client_main.main(words) == 0
    assert "ditulis" not in capsys.readouterr().out


def test_a_withdrawal_cut_off_at_the_centre_is_finished_by_the_next_release(
        country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    country.release(site(0, CASE))
    with monkeypatch.context() as patch:
        patch.setattr("simpul.mirror.release.record", killed)
        with pytest.raises(KeyboardInterrupt):
            country.release(site(1, None), f"{PLACE}.html")
    assert said(SECRET.encode(), country.centre.out)
    country.release(site(2, None), f"{PLACE}.html")
    assert said(SECRET.encode(), country.centre.out) == []


def test_a_withdrawal_signed_at_several_desks(country: Country) -> None:
    country.release(site(0, CASE))
    country.spread()
    centre, terms = country.centre, Terms("2026-11-24", forget=Wish((f"{PLACE}.html",)))
    centre.write({path: data for path, data in site(1, None).items()
                  if data is not None or (centre.site / path).exists()})
    asked = requests.propose_release(centre.site, centre.out, centre.keys, centre.signers, terms, print)
    assert said(SECRET.encode(), centre.out), "nothing is published before all have signed"
    requests.finish_release(centre.out, requests.merge([asked]), centre.signers, "2026-11-24")
    assert not requests.waiting(centre.out).exists()
    country.spread()
    assert said(SECRET.encode(), *country.places) == []


def test_an_old_backup_brings_nothing_back(country: Country, tmp_path: Path) -> None:
    """The folder of before the withdrawal was put back, and its release goes on behind what mirrors saw."""
    country.release(site(0, CASE))
    country.spread()
    backup = shutil.copytree(country.centre.out, tmp_path / "cadangan")
    country.release(site(1, None), f"{PLACE}.html")
    shutil.rmtree(country.centre.out)
    backup.rename(country.centre.out)
    publish_release(country.centre.site, country.centre.out, country.centre.keys, country.centre.signers,
                    Terms("2026-11-24", after=7))
    country.spread()
    assert said(SECRET.encode(), *country.places) == []


def test_what_a_killed_program_left_half_written_goes_too(country: Country) -> None:
    country.release(site(0, CASE))
    country.spread()
    rest = lzma.compress(CASE)
    for name in ("objek/" + "0" * 64 + ".xz.baru", "objek/" + "1" * 64 + ".gz.baru",
                 "manifes/" + "2" * 64 + ".manifes.json.baru", "unduh/simpul-rilis-1.zip.baru"):
        (country.centre.out / name).write_bytes(rest)
    (country.near / ".simpul/baru").write_bytes(rest)
    (country.stick / "rilis/isi.txt.baru").write_bytes(rest)
    country.release(site(1, None), f"{PLACE}.html")
    country.spread()
    assert said(SECRET.encode(), *country.places) == []


def test_gc_keeps_nothing_from_before_a_withdrawal(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    country.release(site(0, CASE))
    with monkeypatch.context() as patch:
        patch.setattr("simpul.mirror.release.collect", lambda *_: [])
        country.release(site(1, None), f"{PLACE}.html")
    assert said(SECRET.encode(), country.centre.out)
    collect(country.centre.out, 17)
    assert said(SECRET.encode(), country.centre.out) == []


def test_a_page_that_only_says_it_was_withdrawn_is_no_longer_there(country: Country) -> None:
    country.release(site(0, CASE))
    country.release(site(1, None) | {f"{PLACE}.html": WITHDRAWN}, f"{PLACE}.html")
    country.spread()
    assert said(SECRET.encode(), *country.places) == []
    assert (country.near / f"{PLACE}.html").read_bytes() == WITHDRAWN
    country.release(site(2, None) | {f"{PLACE}.html": WITHDRAWN}, f"{PLACE}.html")


def test_former_versions_of_a_page_that_stays(country: Country) -> None:
    mended = CASE.replace(SECRET.encode(), b"seorang warga")
    country.release({"index.html": b"x", f"{PLACE}.html": CASE})
    country.spread()
    country.release({f"{PLACE}.html": mended}, f"{PLACE}.html", corrected=True)
    country.spread()
    assert said(SECRET.encode(), *country.places) == []
    assert said(b"seorang warga", *country.places)


@pytest.mark.parametrize("typed", [
    f"{PLACE}.html", f"/{PLACE}.html", f"https://simpul.example/{PLACE}.html#isi", "praktik/00.71/",
    "lampiran", "content/daerah/00.71/praktik/loket-sinta.md", PLACE.replace("/", "\\") + ".html"])
def test_however_the_address_is_typed(country: Country, typed: str) -> None:
    country.release(site(0, CASE))
    country.release(site(1, None), typed)
    assert said(SECRET.encode(), country.centre.out) == []


def test_a_copy_kept_by_php_holds_nothing_of_it_either(tmp_path: Path) -> None:
    centre, served = Publisher(tmp_path), dict[str, bytes]()
    with host(Counted, served) as (address, _):
        hosting = Hosting(tmp_path / "php", centre, address)
        for case, wish in ((CASE, Wish()), (None, Wish((f"{PLACE}.html",)))):
            centre.write({path: data for path, data in site(0, case).items()
                          if data is not None or (centre.site / path).exists()})
            publish_release(centre.site, centre.out, centre.keys, centre.signers, Terms(TODAY, forget=wish))
            served.clear()
            served.update(centre.files())
            hosting.finish()
            assert bool(said(SECRET.encode(), hosting.root)) == bool(case)
    assert said(b"loket-sinta", hosting.root) == []


def test_a_page_that_its_host_changed_stays_and_is_named(country: Country) -> None:
    country.release(site(0, CASE))
    country.spread()
    changed = country.near / f"{PLACE}.html"
    changed.write_bytes(CASE + b"<script>iklan</script>")
    country.release(site(1, None), f"{PLACE}.html")
    told: list[str] = []
    pace = Pace(told.append, sleep=lambda _: None)
    sync([FolderSource(str(country.centre.out))], Folder(country.near), country.centre.roots, NOW, pace)
    assert told[0] == ("1 berkas yang tidak ada lagi di rilis ini dibiarkan, karena sudah diubah di folder "
                       f"ini: {PLACE}.html. Periksa, lalu hapus sendiri: isinya mungkin sudah dicabut")
    assert told[1].startswith(f"1 berkas di folder ini bukan bagian portal dan dibiarkan: {PLACE}.html.")
    assert said(SECRET.encode(), country.near) == [f"cermin/{PLACE}.html"]


def test_all_that_is_older(country: Country) -> None:
    """For a page of releases that were tidied away long ago."""
    country.release(site(0, CASE))
    country.spread()
    for number in range(1, 4):
        country.release(site(number, None))
    collect(country.centre.out, 2)
    assert said(SECRET.encode(), country.centre.out) == []
    country.sync(FolderSource(str(country.centre.out)), country.near)
    country.release({}, everything=True)
    country.spread()
    assert said(SECRET.encode(), *country.places) == []


NEVER = ("tidak ada dalam satu pun rilis yang masih tersimpan di sini, jadi tidak ada yang diterbitkan. "
         "{}Sebut alamatnya seperti di situs, misalnya praktik/00.71/antrean.html. Bila alamatnya benar dan "
         "rilisnya sudah dirapikan, sebut --forget-all sebagai gantinya: semua isi lama dilupakan.")
STILL = (f"{PLACE}.html masih ada di situs. Hapus sumbernya atau catat penarikannya di pindah.yml, "
         "bangun situs, lalu ulangi. Bila halamannya tetap ada dan hanya isi lamanya yang harus hilang, "
         "sebut juga --corrected.")


@pytest.mark.parametrize(("now", "typed", "corrected", "message"), [
    (CASE, f"{PLACE}.html", False, STILL),
    (CASE + b" ", f"{PLACE}.html", False, STILL),
    (MOVED, f"{PLACE}.html", False, STILL),
    (CASE, f"{PLACE}.html", True,
     f"{PLACE}.html masih sama dengan yang sudah terbit. Perbaiki sumbernya, bangun situs, lalu ulangi."),
    (None, "praktik/00.71/loket-shinta.html", False,
     "praktik/00.71/loket-shinta.html " + NEVER.format(f"Maksud Anda {PLACE}.html? ")),
    (None, "content/daerah/99.99/praktik/x.md", False,
     "content/daerah/99.99/praktik/x.md " + NEVER.format("")),
    (None, "", False, " " + NEVER.format("")),
])
def test_what_cannot_be_forgotten_is_told_and_nothing_published(
        country: Country, now: bytes | None, typed: str, corrected: bool, message: str) -> None:
    country.release(site(0, CASE))
    before = tree(country.centre.out)
    with pytest.raises(CannotForget) as caught:
        country.release(site(0, CASE) | {f"{PLACE}.html": now}, typed, corrected=corrected)
    assert str(caught.value) == message
    assert tree(country.centre.out) == before


def test_a_copy_under_another_address_is_told(country: Country) -> None:
    country.release(site(0, CASE))
    with pytest.raises(CannotForget) as caught:
        country.release(site(1, None) | {"arsip/a.html": CASE}, f"{PLACE}.html")
    assert str(caught.value) == (f"isi {PLACE}.html masih ada di situs sebagai arsip/a.html. Cabut juga di "
                                 "sana, bangun situs, lalu ulangi.")


def test_pages_that_still_name_it_are_told(country: Country) -> None:
    country.release(site(0, CASE))
    _, told = country.release(site(1, None) | {"a.html": TITLE.encode(), "b.html": f"{PLACE}.html".encode()},
                              f"{PLACE}.html")
    assert told == ["Judul atau alamat yang dicabut masih disebut di a.html dan 1 berkas lain. "
                    "Periksa apakah itu perlu."]


def test_forgetting_again_is_no_mistake(country: Country) -> None:
    country.release(site(0, CASE))
    for number in (1, 2):
        made, _ = country.release(site(number, None), f"/{PLACE}.html")
        assert made.forgotten == made.release
    assert TITLE.encode() not in (country.centre.out / ".dilupakan").read_bytes()


def test_a_copy_that_forgot_is_taken_away_whole(country: Country) -> None:
    country.release(site(0, CASE))
    country.release(site(1, None), f"{PLACE}.html")
    country.spread()
    assert remove(Folder(country.near)) == []
    assert list(country.near.iterdir()) == []


def test_without_a_withdrawal_packs_for_mending_stay(country: Country) -> None:
    country.release(site(0, CASE))
    country.spread()
    for number in (1, 2):
        country.release(site(number, None))
        country.spread()
    assert said(SECRET.encode(), country.near)


def test_a_case_of_the_portal_goes_from_lists_and_search_too(country: Country, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "sumber")
    path, moves = "content/daerah/00.71/praktik/loket-sinta.md", "content/daerah/00.71/pindah.yml"
    text = (sample.root / path.replace("loket-sinta", "antrean-daring")).read_text()
    sample.write(path, text.replace("Antrean daring puskesmas", TITLE) + f"\n{SECRET}.\n").build()
    country.centre.site.rmdir()
    country.centre.site.symlink_to(sample.root / "site")
    country.release({})
    country.spread()
    assert {name.split("/")[1] for name in said(TITLE.encode(), country.near)} >= {"cari", "praktik"}
    sample.remove(path)
    line = "- { dari: praktik/loket-sinta, dicabut: '2026-11-02', alasan: Diminta instansi pengirim. }\n"
    sample.write(moves, (sample.root / moves).read_text() + line)
    [tidy] = re.findall(r"^ *(rm -rf .*)$", GUIDE.read_text(), re.MULTILINE)
    subprocess.run(tidy, shell=True, cwd=sample.root, check=True)
    sample.build()
    assert said(SECRET.encode(), sample.root) == []
    _, told = country.release({}, path)
    country.spread()
    assert told == []
    for words in (SECRET, TITLE):
        assert said(words.encode(), *country.places) == []
    assert b"Diminta instansi pengirim" in (country.far / f"{PLACE}.html").read_bytes()
