"""Two officers at two desks, and roots that never meet the publishing machine: a file goes round."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simpul.commands.cli import main
from simpul.mirror import metadata
from tests.mirror.desk import DAY, Desk, desk_in
from tests.mirror.world import MemoryDisk, MemorySource, run


class Office(Desk):
    """The publishing machine holds only the online key; each other key is in a folder of its own."""

    def __init__(self, desk: Desk, patch: pytest.MonkeyPatch) -> None:
        self.folder = desk.folder
        patch.setattr("simpul.mirror.sign_commands.at_terminal", lambda: True)
        assert desk.create().exit_code == 0
        for path in [*Path("kunci").glob("root-*.pem"), *Path("kunci").glob("targets-*.pem")]:
            Path(path.stem).mkdir()
            path.rename(Path(path.stem) / path.name)

    def sign(self, file: str, keys: str, answer: str = "ya") -> Result:
        return CliRunner().invoke(main, ["keys", "sign", file, "--keys", keys], input=f"{answer}\n",
                                  catch_exceptions=False)

    def merge(self, *files: str) -> Result:
        return CliRunner().invoke(main, ["keys", "merge", *files, *DAY], catch_exceptions=False)

    def released(self, text: str) -> None:
        Path("site/index.html").write_text(f"<title>{text}</title>")
        assert self.release("--request", "usul.json").exit_code == 0
        for officer in ("targets-1", "targets-2"):
            assert self.sign("usul.json", officer).exit_code == 0
        done = self.merge("usul.json")
        assert done.exit_code == 0, done.output

    def copy(self) -> MemoryDisk:
        disk = MemoryDisk()
        run([MemorySource(self.files())], disk, metadata.roots(Path("kunci")))
        return disk


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(desk_in(tmp_path, monkeypatch), monkeypatch)


def test_a_release_is_signed_by_two_officers_one_after_the_other(office: Office) -> None:
    office.released("satu")
    before = office.files()
    Path("site/index.html").write_text("<title>dua</title>")
    Path("site/baru.html").write_text("<title>baru</title>")
    asked = office.release("--request", "usul.json")
    lines = asked.output.splitlines()
    assert lines[0].startswith("Rilis 2 bertanggal 24 November 2026: ")
    assert lines[1] == "Targets versi 2, berlaku sampai 2027-11-24."
    assert lines[3] == ("Dibandingkan dengan rilis sebelumnya: 1 berkas ditambah, 1 diubah, 0 dihapus.")
    assert lines[4:6] == ["  + baru.html", "  ~ index.html"]
    assert lines[-1] == ("Belum terbit; menunggu di release.menunggu. Bawa usul.json ke pemegang kunci "
                         "targets: simpul keys sign usul.json")
    assert office.files() == before
    refused = office.merge("usul.json")
    assert refused.stderr == ("galat: tanda tangan belum cukup (targets versi 2: 0 dari 2). Tidak ada yang "
                              "diterbitkan. Minta pemegang kunci lain menjalankan `simpul keys sign`.\n")
    first = office.sign("usul.json", "targets-1")
    assert first.output.splitlines()[:6] == lines[:6]
    assert first.output.splitlines()[-1] == ("Belum cukup: targets versi 2: 1 dari 2. Teruskan usul.json ke "
                                             "pemegang kunci lain.")
    second = office.sign("usul.json", "targets-2")
    assert second.output.splitlines()[-1] == \
        "Cukup. Bawa usul.json ke komputer penerbit: simpul keys merge usul.json"
    assert office.files() == before
    done = office.merge("usul.json")
    assert done.output.startswith("Rilis 2 bertanggal 24 November 2026: ")
    assert not Path("release.menunggu").exists()
    assert office.copy().site()["index.html"] == b"<title>dua</title>"


def test_two_officers_sign_copies_at_the_same_time(office: Office) -> None:
    office.release("--request", "usul.json")
    shutil.copy("usul.json", "lain.json")
    office.sign("usul.json", "targets-1")
    office.sign("lain.json", "targets-2")
    assert office.merge("usul.json", "lain.json").exit_code == 0
    assert office.copy().site()["index.html"] == b"<title>Beranda</title>"


def test_who_does_not_say_yes_signs_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.release("--request", "usul.json")
    before = Path("usul.json").read_bytes()
    refused = office.sign("usul.json", "targets-1", "y")
    assert (refused.exit_code, refused.output.splitlines()[-1]) == \
        (1, "Dibatalkan. Tidak ada yang ditandatangani.")
    other = office.sign("usul.json", "root-1")
    assert other.stderr.endswith("galat: tidak satu pun kunci di tempat yang disebut diminta menandatangani "
                                 "ini. Tidak ada yang ditandatangani. Periksa --keys.\n")
    monkeypatch.setattr("simpul.mirror.sign_commands.at_terminal", lambda: False)
    assert office.sign("usul.json", "targets-1").stderr == (
        "galat: tidak ada orang di terminal yang dapat menyetujui. Tidak ada yang ditandatangani. Jalankan "
        "di terminal, atau tambahkan --yes.\n")
    assert Path("usul.json").read_bytes() == before


@pytest.mark.parametrize(("old", "new"), [
    ("index.html", "indek5.html"), ('\\"rilis\\":1', '\\"rilis\\":9'), ("simpul-permintaan 1", "lain"),
    ("{", "["), ('"targets"', '"snapshot"'), ('"version": 1', '"version": "x"'),
])
def test_what_is_shown_is_what_is_signed(office: Office, old: str, new: str) -> None:
    office.release("--request", "usul.json")
    text = Path("usul.json").read_text()
    assert old in text
    Path("usul.json").write_text(text.replace(old, new))
    refused = office.sign("usul.json", "targets-1")
    assert (refused.exit_code, refused.stderr) == (1, (
        "galat: usul.json bukan permintaan tanda tangan, atau isinya rusak atau diubah. Tidak ada yang "
        "ditandatangani. Minta lagi dari komputer penerbit.\n"))


def test_a_request_of_yesterday_is_told(office: Office) -> None:
    office.release("--request", "pertama.json")
    office.sign("pertama.json", "targets-1")
    office.sign("pertama.json", "targets-2")
    office.released("satu")
    before = office.files()
    assert office.merge("pertama.json").stderr == (
        "galat: rilis yang diminta tidak lagi menunggu di release.menunggu. Tidak ada yang diterbitkan. "
        "Ulangi `simpul release --request`.\n")
    assert office.merge("usul.json", "pertama.json").stderr == (
        "galat: berkas-berkas itu bukan permintaan yang sama. Tidak ada yang diterbitkan. Sebut hanya "
        "salinan dari satu permintaan.\n")
    shutil.copytree("release", "release.menunggu")
    assert office.merge("usul.json").stderr == (
        "galat: release sudah berubah sejak permintaan itu dibuat. Tidak ada yang diterbitkan. Buat "
        "permintaan baru, lalu minta tanda tangan lagi.\n")
    assert office.files() == before


def test_a_renewal_while_a_release_waits_does_not_stand_in_its_way(office: Office) -> None:
    office.released("satu")
    disk = office.copy()
    Path("site/index.html").write_text("<title>dua</title>")
    office.release("--request", "usul.json")
    assert office.type("keys", "renew").exit_code == 0
    run([MemorySource(office.files())], disk, metadata.roots(Path("kunci")))
    for officer in ("targets-1", "targets-2"):
        office.sign("usul.json", officer)
    assert office.merge("usul.json").exit_code == 0
    run([MemorySource(office.files())], disk, metadata.roots(Path("kunci")))
    assert disk.site()["index.html"] == b"<title>dua</title>"


def test_roots_replace_a_lost_key_of_targets_without_meeting_the_publishing_machine(office: Office) -> None:
    office.released("satu")
    disk = office.copy()
    made = CliRunner().invoke(main, ["keys", "new", "targets", "--out", "pejabat"], input="\n\n")
    assert "Kunci pejabat/targets-1.pem dibuat; simpan sendiri." in made.output
    lost = json.loads(Path("usul.json").read_text())["root_berlaku"]["signed"]["roles"]["targets"]["keyids"]
    shutil.copy("pejabat/targets-1.pub", "titipan.pub")
    Path("hilang.pub").write_text(public_of(lost[0]))
    asked = office.type("keys", "rotate", "targets", "--old", "hilang.pub", "--add", "titipan.pub",
                        "--request", "akar.json")
    added = json.loads(Path("titipan.pub").read_text())["keyid"]
    assert asked.output.splitlines()[:3] == [
        "Root versi 2 menggantikan versi 1, berlaku sampai 2028-11-23.",
        "  root: kunci tetap; perlu 2 dari 3",
        f"  targets: kunci {lost[0][:8]} dicabut, kunci {added[:8]} ditambah; perlu 2 dari 2"]
    before = office.files()
    holders = [name for name in ("targets-1", "targets-2")
               if office.sign("akar.json", name).exit_code == 0]
    assert len(holders) == 1
    for holder in ("root-1", "root-2", "pejabat"):
        assert office.sign("akar.json", holder).exit_code == 0
    assert office.files() == before
    done = office.merge("akar.json")
    assert done.output == ("Root versi 2 menggantikan versi 1, berlaku sampai 2028-11-23. Terbit di release. "
                           "Root berlaku sampai 2028-11-23.\n")
    run([MemorySource(office.files())], disk, metadata.roots(Path("kunci")))
    assert office.merge("akar.json").stderr == (
        "galat: release sudah berubah sejak permintaan itu dibuat. Tidak ada yang diterbitkan. Buat "
        "permintaan baru, lalu minta tanda tangan lagi.\n")


def public_of(keyid: str) -> str:
    root = metadata.newest_root(Path("release"))
    return json.dumps({"keyid": keyid, **root.keys[keyid].to_dict()})


def test_a_root_lasts_longer_with_the_same_keys(office: Office) -> None:
    office.released("satu")
    disk = office.copy()
    asked = office.type("keys", "rotate", "root", "--same-keys", "--request", "akar.json",
                        date=("--date", "2026-11-25"))
    assert asked.output.startswith("Root versi 2 menggantikan versi 1, berlaku sampai 2028-11-24.\n")
    for holder in ("root-2", "root-3"):
        office.sign("akar.json", holder)
    assert office.merge("akar.json").exit_code == 0
    run([MemorySource(office.files())], disk, metadata.roots(Path("kunci")))
    assert metadata.newest_root(Path("release")).version == 2
