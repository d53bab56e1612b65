"""The publisher's commands as typed: keys made once, released, rotated, renewed, tidied; none half done."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from simpul.commands.cli import main
from simpul.mirror import metadata
from simpul.mirror.client.tree import sha256
from tests.mirror.desk import DAY, Desk, desk_in
from tests.mirror.world import MemoryDisk, MemorySource, run


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return desk_in(tmp_path, monkeypatch)


def test_keys_are_made_once_and_for_their_owner_only(desk: Desk) -> None:
    done = desk.create()
    assert done.output.startswith("Kunci ada di kunci: 3 root, 2 targets, 1 online.\n")
    assert desk.keys() == ["online-1", "root-1", "root-2", "root-3", "targets-1", "targets-2"]
    assert {path.stat().st_mode & 0o777 for path in Path("kunci").glob("*.pem")} == {0o600}
    again = desk.create()
    assert (again.exit_code, again.stderr) == \
        (1, "galat: kunci/root-1.pem sudah ada dan tidak ditimpa. Pilih folder lain.\n")


def test_a_passphrase_is_asked_for_twice_in_indonesian_and_needed_later(desk: Desk) -> None:
    done = CliRunner().invoke(main, ["keys", "create", *DAY], input="rahasia\nrahasia\n")
    assert done.exit_code == 0
    assert "Ulangi kata sandi" in done.output
    assert b"ENCRYPTED" in Path("kunci/root-1.pem").read_bytes()
    refused = desk.release("--passphrase", "salah")
    assert refused.stderr == \
        "galat: kunci/online-1.pem tidak dapat dibuka. Periksa kata sandi kunci dan berkasnya.\n"
    assert desk.release("--passphrase", "rahasia").exit_code == 0


def test_a_release_and_the_client_it_offers(desk: Desk) -> None:
    desk.create()
    done = desk.release()
    assert done.output == ("Rilis 1: 6 berkas, salinan pertama 0,1 MB dalam 1 paket, 0 selisih.\n"
                           "Zip untuk hosting yang hanya punya menu berkas: release/unduh/index.html.\n")
    told = desk.type("mirror", "build-client").output
    client = Path("simpul-mirror.pyz").read_bytes()
    assert told == f"simpul-mirror.pyz: {len(client)} bita, SHA-256 {sha256(client)}\n"
    disk = MemoryDisk()
    run([MemorySource(desk.files())], disk, metadata.roots(Path("release")))
    assert disk.site()["unduh/simpul-mirror.pyz"] == client
    assert sha256(client) in disk.site()["perubahan.html"].decode()


@pytest.mark.parametrize(("words", "message"), [
    (("release", "--site", "kunci"),
     "kunci tidak berisi index.html, jadi bukan situs. Jalankan `simpul build` dulu, atau periksa --site."),
    (("release", "--keys", "kunci/online-1.pem"),
     "release belum berisi root.json. Buat kunci dulu dengan `simpul keys create`."),
    (("release", "--keys", "aman"), "tidak ada berkas kunci (*.pem) di tempat yang disebut. Periksa --keys."),
    (("gc", "--out", "kosong"), "kosong belum berisi rilis. Buat rilis dulu dengan `simpul release`."),
    (("keys", "renew"), "release belum berisi root.json. Buat kunci dulu dengan `simpul keys create`."),
    (("keys", "rotate", "online"),
     "release belum berisi root.json. Buat kunci dulu dengan `simpul keys create`."),
])
def test_what_is_missing_is_told(desk: Desk, words: tuple[str, ...], message: str) -> None:
    desk.create()
    Path("aman").mkdir()
    done = desk.type(*words)
    assert (done.exit_code, done.stderr) == (1, f"galat: {message}\n")


def test_keys_may_be_named_in_any_order(desk: Desk) -> None:
    desk.create()
    Path("kunci/targets-2.pem").rename("usb.pem")
    assert desk.release("--keys", "usb.pem", "--keys", "kunci").exit_code == 0


def test_too_few_keys_are_told_before_anything_is_written(desk: Desk) -> None:
    desk.create()
    desk.release()
    before = desk.files()
    for gone, message in (("targets-2", "tanda tangan targets belum cukup: 1 dari 2"),
                          ("online-1", "tanda tangan snapshot belum cukup: 0 dari 1")):
        kept = Path(f"kunci/{gone}.pem").rename(desk.folder / "simpan.pem")
        assert message in desk.release().stderr
        assert desk.files() == before
        kept.rename(f"kunci/{gone}.pem")


@pytest.mark.parametrize("role", ["root", "targets", "online"])
def test_a_rotation_without_the_keys_of_root_leaves_nothing_behind(desk: Desk, role: str) -> None:
    desk.create()
    desk.release()
    Path("aman").mkdir()
    for number in (1, 2, 3):
        Path(f"kunci/root-{number}.pem").rename(f"aman/root-{number}.pem")
    before, keys = desk.files(), desk.keys()
    refused = desk.type("keys", "rotate", role)
    assert "tanda tangan root belum cukup" in refused.stderr
    assert (desk.files(), desk.keys()) == (before, keys)
    done = desk.type("keys", "rotate", role, "--keys", "kunci", "--keys", "aman")
    assert done.output.startswith("Root versi 2 terbit.")
    disk = MemoryDisk()
    run([MemorySource(desk.files())], disk, {1: Path("kunci/1.root.json").read_bytes()})
    assert disk.site()["index.html"] == b"<title>Beranda</title>"


def test_one_lost_key_of_two_is_replaced_alone(desk: Desk) -> None:
    desk.create()
    desk.release()
    assert desk.type("keys", "rotate", "targets", "--old", "kunci/targets-2.pem").exit_code == 0
    Path("kunci/targets-2.pem").unlink()
    assert desk.keys() == ["online-1", "root-1", "root-2", "root-3", "targets-1", "targets-3"]
    assert desk.release().exit_code == 0


def test_expiry_root_24_months_timestamp_90_days(desk: Desk) -> None:
    desk.create()
    desk.release()
    ends = {name: json.loads(data)["signed"]["expires"][:10] for name, data in desk.files().items()
            if name.startswith("metadata/")}
    assert ends == {"metadata/1.root.json": "2028-11-23", "metadata/1.targets.json": "2027-11-24",
                    "metadata/1.snapshot.json": "2027-05-23", "metadata/timestamp.json": "2027-02-22"}


def test_renewing_weekly_keeps_a_quiet_portal_alive_for_a_year(desk: Desk) -> None:
    """Snapshot and targets follow in the last third of their time; no release is needed."""
    desk.create()
    desk.release()
    roots = {1: Path("kunci/1.root.json").read_bytes()}
    disk, renewed = MemoryDisk(), set[str]()
    for month in range(1, 13):
        date = f"2027-{month:02}-20"
        done = desk.type("keys", "renew", date=("--date", date, "--insist-date"))
        renewed |= set(done.output.partition(": ")[2].partition(".")[0].split(", "))
        run([MemorySource(desk.files())], disk, roots, f"{date}T00:00:00Z")
    assert renewed == {"timestamp", "snapshot", "targets"}
    assert "Root berlaku sampai 2028-11-23; perpanjang dengan `simpul keys rotate root`." in done.output


def test_a_withdrawal_is_told_in_words(desk: Desk) -> None:
    desk.create()
    page = desk.folder / "site" / "praktik.html"
    page.write_text("<title>Loket malam Bu Sinta</title>")
    desk.release()
    refused = desk.release("--forget", "praktik.html")
    assert (refused.exit_code, refused.stderr.partition(". ")[0]) == \
        (1, "galat: praktik.html masih ada di situs")
    page.unlink()
    (desk.folder / "site" / "a.html").write_text("Loket malam Bu Sinta")
    done = desk.release("--forget", "praktik.html")
    lines = done.output.splitlines()
    assert lines[0] == "Judul atau alamat yang dicabut masih disebut di a.html. Periksa apakah itu perlu."
    assert lines[-1] == ("Di release tidak tersisa apa pun dari rilis lama. Samakan server pusat dengan "
                         "folder itu, termasuk yang dihapus. Cermin membuangnya pada sync berikutnya, USB "
                         "pada export berikutnya.")
    assert desk.release("--forget-all").exit_code == 0
    before = desk.files()
    assert desk.release("--corrected").stderr == (
        "galat: --corrected hanya berarti bersama --forget ALAMAT. Tidak ada yang ditulis dan tidak ada yang "
        "dilupakan. Sebut halaman yang isinya sudah diperbaiki.\n")
    assert desk.files() == before


def test_gc_tells_what_it_removed(desk: Desk) -> None:
    desk.create()
    for number in range(5):
        Path("site/index.html").write_text(f"<title>{number}</title>")
        desk.release()
    before = len(desk.files())
    done = desk.type("gc", "--keep", "2")
    assert done.output == f"{before - len(desk.files())} berkas dihapus dari release.\n"
    assert before > len(desk.files())
