"""The guide for the worst days: its commands run as they stand, on a mirror that has seen the bad state."""

import io
import json
import re
import shlex
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from simpul.commands.cli import main
from simpul.mirror.client import main as client_main
from simpul.mirror.client.anew import fingerprint
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.state import read_seen, read_state
from tests.mirror.desk import Desk, desk_in

GUIDE = Path(__file__).parents[1] / "content" / "panduan" / "bila-pusat-celaka.md"
CENTRE, NEIGHBOUR, COPY = "https://simpul.example/rilis/", "https://cermin.example/rilis/", "/var/www/simpul"


def commands(heading: str) -> list[str]:
    """What the guide says to type below a heading, in order."""
    [part] = re.findall(rf"^##+ {heading}\n(.*?)(?=^##|\Z)", GUIDE.read_text(encoding="utf-8"),
                        re.MULTILINE | re.DOTALL)
    steps = re.findall(r"^(\d+)\. .*?(?=^\d+\. |\Z)", part, re.MULTILINE | re.DOTALL)
    assert steps == [str(number + 1) for number in range(len(steps))]
    return [line.strip() for block in re.findall(r"```sh\n(.*?)```", part, re.DOTALL)
            for line in block.splitlines() if line.strip()]


class Scene:
    """A centre with a host, a mirror that is a source for others, and another that is not."""

    def __init__(self, desk: Desk, patch: pytest.MonkeyPatch) -> None:
        self.desk, self.patch, self.heard = desk, patch, ""
        self.host, self.mirror = desk.folder / "host", desk.folder / "www"
        self.neighbour = desk.folder / "tetangga"
        patch.setattr("simpul.mirror.client.main.input", lambda _: self.heard, raising=False)
        assert desk.create().exit_code == 0
        for number in (1, 2):
            shutil.copytree("kunci", f"media-root-{number}", ignore=shutil.ignore_patterns("[to1]*"))
        self.publish("satu")
        self.build_client()

    def build_client(self) -> None:
        assert self.desk.type("mirror", "build-client").exit_code == 0

    def publish(self, text: str, *more: str) -> None:
        """A release, uploaded, and followed by both mirrors."""
        Path("site/index.html").write_text(f"<title>{text}</title>")
        done = self.desk.type("release", *more, date=())
        assert done.exit_code == 0, done.output
        self.upload()

    def upload(self) -> None:
        shutil.rmtree(self.host, ignore_errors=True)
        shutil.copytree("release", self.host)

    def follow(self) -> None:
        assert self.client("sync", "--export", str(self.neighbour), str(self.host), str(self.neighbour)) == 0
        assert self.client("sync", str(self.host), str(self.mirror)) == 0

    def client(self, *words: str) -> int:
        with zipfile.ZipFile(io.BytesIO(Path("simpul-mirror.pyz").read_bytes())) as archive:
            roots = json.loads(archive.read("simpul_mirror/roots.json"))
        held = {int(version): text.encode() for version, text in roots.items()}
        with self.patch.context() as here:
            here.setattr(client_main, "_roots", lambda: held)
            here.setattr("time.strftime", lambda *_: "2026-11-24T03:00:00Z")
            return client_main.main(list(words))

    def type(self, line: str) -> str:
        """One line of the guide, with the places of this scene; `date` and the build are left out."""
        places = {CENTRE: str(self.host), NEIGHBOUR: str(self.neighbour / "rilis"), COPY: str(self.mirror),
                  "/media/root-1": "media-root-1", "/media/root-2": "media-root-2"}
        program, *words = [places.get(word, word) for word in shlex.split(line)]
        if program == "mv":
            shutil.move(*words)
        elif program == "simpul" and words != ["build"]:
            signing = words[:2] == ["keys", "sign"]
            with self.patch.context() as here:
                here.setattr("simpul.mirror.sign_commands.at_terminal", lambda: signing)
                done = CliRunner().invoke(main, words, input="ya\n" if signing else "\n\n",
                                          catch_exceptions=False)
            assert done.exit_code == 0, (line, done.output)
            if words[0] == "release" or words[:2] == ["keys", "merge"]:
                self.upload()
            return done.output
        elif program == "python3":
            assert words.pop(0) == "simpul-mirror.pyz"
            assert self.client(*words) == 0, line
        else:
            assert line in ("date", "simpul build")
        return ""

    def page(self) -> str:
        return (self.mirror / "index.html").read_text()


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    scene = Scene(desk_in(tmp_path, monkeypatch), monkeypatch)
    scene.follow()
    return scene


def new_content() -> None:
    Path("site/index.html").write_text("<title>sesudah</title>")


def test_a_wrong_date(scene: Scene) -> None:
    scene.publish("salah", "--date", "2027-11-24", "--insist-date")
    scene.follow()
    new_content()
    for line in commands("Tanggal rilis salah"):
        scene.type(line)
    assert scene.page() == "<title>sesudah</title>"
    assert read_state(Folder(scene.mirror)).date == "2026-11-24"


@pytest.mark.parametrize("source", ["host", "mirror"])
def test_a_lost_release_folder(scene: Scene, source: str) -> None:
    """The mirror that is left followed by deltas, so that it offers packs of its own."""
    for text in ("dua", "tiga"):
        scene.publish(text)
        scene.follow()
    shutil.rmtree("release")
    if source == "mirror":
        shutil.rmtree(scene.host)
    new_content()
    for line in commands("Folder rilis hilang"):
        told = scene.type(line)
        if "recover" in line:
            assert "release dipulihkan sampai rilis 3, 2026-11-24." in told
            assert not (Path("release") / "isi.txt").exists()
        elif "release" in line:
            assert told.startswith("Rilis 4: ")
            assert "Pembaruan dari rilis 3: " in told
    assert scene.page() == "<title>sesudah</title>"
    assert scene.desk.type("gc").exit_code == 0
    scene.publish("lagi")
    scene.follow()
    assert scene.page() == "<title>lagi</title>"


def test_an_old_backup_restored(scene: Scene) -> None:
    shutil.copytree("release", "cadangan")
    for text in ("dua", "tiga"):
        scene.publish(text)
        scene.follow()
    shutil.rmtree("release")
    shutil.move("cadangan", "release")
    new_content()
    for line in commands("Cadangan lama dipulihkan"):
        scene.type(line)
    assert scene.page() == "<title>sesudah</title>"
    assert read_state(Folder(scene.mirror)).release == 4


def test_an_old_backup_and_no_source_at_all(scene: Scene) -> None:
    shutil.copytree("release", "cadangan")
    for text in ("dua", "tiga"):
        scene.publish(text)
        scene.follow()
        assert scene.desk.type("keys", "renew").exit_code == 0
    for place in ("release", scene.host, scene.neighbour):
        shutil.rmtree(place)
    shutil.move("cadangan", "release")
    new_content()
    for line in commands("Tanpa satu sumber pun"):
        scene.type(line)
    assert scene.page() == "<title>sesudah</title>"
    assert read_state(Folder(scene.mirror)).release == 4
    scene.publish("lagi")
    assert scene.client("sync", str(scene.host), str(scene.mirror)) == 0


def test_lost_targets_keys(scene: Scene) -> None:
    for path in Path("kunci").glob("targets-*.pem"):
        path.unlink()
    for path in Path("kunci").glob("root-*.pem"):
        path.unlink()
    new_content()
    assert scene.desk.type("release").exit_code == 1
    for line in commands("Kunci targets hilang"):
        scene.type(line)
    assert scene.page() == "<title>sesudah</title>"
    assert read_seen(Folder(scene.mirror)).root == 2


def test_lost_roots(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("dua", "tiga"):
        scene.publish(text)
        scene.follow()
    known = fingerprint({1: Path("kunci/1.root.json").read_bytes()})
    shutil.rmtree("kunci")
    new_content()
    lines = commands("Kunci root hilang")
    for line in lines[:5]:
        scene.type(line)
    scene.heard = scene.type(lines[5]).strip()
    trusting, after = lines[6:]
    capsys.readouterr()
    assert scene.client(*shlex.split(after)[2:3], str(scene.host), str(scene.mirror)) == 3
    assert capsys.readouterr().err.startswith(
        f"GAGAL: program ini mempercayai kunci bersidik {scene.heard}, padahal salinan ini mengikuti kunci "
        f"bersidik {known}. Tidak ada yang diubah. Bila pusat mengumumkan kunci baru lewat surat resmi, "
        "ulangi dengan --trust-anew; bila tidak, pakai program yang lama dan beri tahu pengelola portal "
        "pusat.\n")
    scene.patch.setattr("sys.stdin.isatty", lambda: True)
    scene.type(trusting)
    told = capsys.readouterr()
    assert told.out.startswith(
        f"Sidik kunci yang dipercaya program ini: {scene.heard}\n"
        f"Sidik kunci yang diikuti salinan ini:   {known}\n"
        "Yang dilupakan: root versi 1, rilis tertinggi yang pernah dilihat (3), dan metadata kunci lama.\n"
        "Yang tetap: isi salinan, sekarang rilis 3.")
    assert "Terpasang: rilis 4 (sebelumnya 3)." in told.out
    assert "memakai paket utuh" not in told.err
    scene.type(after)
    assert scene.page() == "<title>sesudah</title>"
    scene.patch.setattr("simpul.mirror.client.main.input", lambda _: pytest.fail("asked again"))
    scene.type(trusting)


def anew(scene: Scene) -> list[str]:
    """A centre that begins a new chain; the words for the mirror."""
    Path("release/metadata").rename("metadata-lama")
    assert scene.desk.type("keys", "create", "--passphrase", "", "--out", "kunci-baru").exit_code == 0
    assert scene.desk.type("release", "--keys", "kunci-baru").exit_code == 0
    scene.upload()
    scene.build_client()
    return ["sync", "--trust-anew", str(scene.host), str(scene.mirror)]


def everything(scene: Scene) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in scene.mirror.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("typed", "code", "told"), [
    ("0000 1111 2222 3333 4444 5555 6666 7777", 3,
     "GAGAL: sidik yang disebut bukan sidik kunci program ini. Tidak ada yang diubah. Periksa ketikannya; "
     "bila memang berbeda, program ini bukan dari pusat: hapus, lalu minta simpul-mirror.pyz yang benar.\n"),
    ("", 1, ""),
])
def test_another_fingerprint_than_the_program_has_changes_nothing(
        scene: Scene, capsys: pytest.CaptureFixture[str], typed: str, code: int, told: str) -> None:
    words, before = anew(scene), everything(scene)
    scene.patch.setattr("sys.stdin.isatty", lambda: True)
    scene.heard = typed
    capsys.readouterr()
    assert scene.client(*words) == code
    assert capsys.readouterr().err == told
    assert everything(scene) == before


def test_nobody_there_to_type_the_fingerprint(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    words, before = anew(scene), everything(scene)
    scene.patch.setattr("sys.stdin.isatty", lambda: False)
    capsys.readouterr()
    assert scene.client(*words) == 1
    assert capsys.readouterr().err == (
        "GAGAL: --trust-anew perlu sidik kunci baru, dan tidak ada orang di terminal untuk mengetiknya. "
        "Tidak ada yang diubah. Sebut --fingerprint SIDIK.\n")
    assert everything(scene) == before
    heard = scene.desk.type("keys", "fingerprint", date=()).output.strip()
    assert scene.client(*words, "--fingerprint", heard.upper().replace(" ", "-")) == 0
    assert read_state(Folder(scene.mirror)).release == 2


@pytest.mark.parametrize(("words", "message"), [
    (("kosong",), "kosong/metadata/timestamp.json tidak ada"),
    (("host", "--out", "site"),
     "galat: site sudah berisi. Tidak ada yang ditulis. Ganti dulu nama folder itu, lalu ulangi.\n"),
    (("host", "--keys", "media-root-1", "--out", "baru"),
     "galat: tidak ada 1.root.json di tempat yang disebut. Ambil dari cadangan kunci, lalu sebut foldernya "
     "dengan --keys.\n"),
])
def test_what_cannot_be_recovered_is_told(scene: Scene, words: tuple[str, ...], message: str) -> None:
    out = () if "--out" in words else ("--out", "baru")
    done = scene.desk.type("recover", *words, *out, date=())
    assert done.exit_code == 1
    assert message in done.stderr
    assert not Path("baru").exists()


def test_of_several_sources_the_newest_is_recovered_even_when_it_has_expired(scene: Scene) -> None:
    shutil.copytree(scene.host, "beku")
    scene.publish("dua")
    scene.patch.setattr("simpul.mirror.options.today", lambda: date(2030, 1, 1))
    done = scene.desk.type("recover", "beku", str(scene.host), "beku", "--out", "baru", date=())
    assert done.exit_code == 0
    assert done.stdout.startswith("baru dipulihkan sampai rilis 2, 2026-11-24.")
    assert not list(scene.desk.folder.glob(".simpul-*"))
