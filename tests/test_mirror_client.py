"""The client as its host types it: what it says, refuses and serves, and that it runs on Python 3.9."""

import ast
import gzip
import http.client
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from calendar import timegm
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from simpul.mirror.bundle import build_client
from simpul.mirror.client import main as client_main
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.download import Pace
from simpul.mirror.client.http import HttpSource
from simpul.mirror.client.serve import server
from simpul.mirror.client.sources import FolderSource
from tests.mirror.world import TODAY, MemoryDisk, MemorySource, Publisher, run

POLICY = "default-src 'none'; style-src 'self'"
HOME = (f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<title>Beranda</title>{"<p>isi</p>" * 90}').encode()


class Mirror(NamedTuple):
    """A centre and the packed client."""

    centre: Publisher
    client: Path

    def run(self, *words: object, python: str = sys.executable) -> "subprocess.CompletedProcess[str]":
        command = [python, "-I", self.client, *words]
        return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False,
                              cwd=self.client.parent)


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Mirror:
    folder = tmp_path_factory.mktemp("pusat")
    centre = Publisher(folder, day=TODAY)
    centre.release({"index.html": HOME, "404.html": b"<title>Tidak ada</title>",
                    "assets/a-0123456789abcdef.css": b"a{}" * 200, "data.csv": b"a,b\n" * 90,
                    "gambar.webp": b"\0" * 900, "modul/index.html": b"<title>Modul</title>"})
    (folder / "simpul-mirror.pyz").write_bytes(build_client(centre.roots))
    return Mirror(centre, folder / "simpul-mirror.pyz")


@pytest.mark.parametrize(("words", "message"), [
    ("sync", "belum disebut: SUMBER, TUJUAN. Lihat bantuan: simpul-mirror sync --help"),
    ("sync a", "belum disebut: TUJUAN. Lihat bantuan: simpul-mirror sync --help"),
    ("salin a b", "perintah 'salin' tidak dikenal. Lihat bantuan: simpul-mirror --help"),
    ("sync a b --cepat", "tidak dikenal: --cepat. Lihat bantuan: simpul-mirror --help"),
    ("serve a --port x", "--port perlu bilangan, bukan 'x'. Lihat bantuan: simpul-mirror serve --help"),
    ("sync a b --limit", "--limit belum diberi nilai. Lihat bantuan: simpul-mirror sync --help"),
    ("sync a b --limit cepat",
     "--limit: tulis laju seperti 20k atau 1m (bita per detik). Lihat bantuan: simpul-mirror sync --help"),
])
def test_who_mistypes_is_told_in_indonesian(words: str, message: str,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        client_main.main(words.split())
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert said.startswith("Pemakaian: simpul-mirror")
    assert said.splitlines()[-1] == message


def test_who_types_nothing_is_told_what_there_is(mirror: Mirror) -> None:
    done = mirror.run()
    assert done.returncode == 2
    assert all(re.search(rf"\n    {name}\s", done.stderr) for name in client_main.COMMANDS)
    assert not {"usage", "positional", "options", "show this"} & set(done.stderr.split())


@pytest.mark.parametrize(("words", "code", "message"), [
    ("verify tidak-ada", 1,
     "GAGAL: folder tidak-ada tidak ada. Periksa nama foldernya, atau jalankan `sync` dulu."),
    ("export tidak-ada usb", 1,
     "GAGAL: folder tidak-ada tidak ada. Periksa nama foldernya, atau jalankan `sync` dulu."),
    ("uploaded tidak-ada", 1,
     "GAGAL: folder tidak-ada tidak ada. Periksa nama foldernya, atau jalankan `sync` dulu."),
    ("verify situs-lain", 1, "GAGAL: folder ini belum berisi salinan yang selesai. Jalankan `sync` dulu."),
    ("serve kosong", 1,
     "GAGAL: kosong belum berisi salinan. Jalankan `sync` dulu, atau periksa nama foldernya."),
    ("sync tidak-ada salinan-x", 1, "GAGAL: tidak-ada/metadata/timestamp.json tidak ada. "
                                    "Periksa apakah folder sumber benar dan salinannya lengkap."),
    ("sync rilis berkas.txt", 4, "GAGAL: berkas.txt/.simpul bukan seperti yang diharapkan: ada berkas di "
                                 "tempat folder, atau sebaliknya. Periksa nama yang Anda tulis."),
    ("export situs-lain usb", 1,
     "GAGAL: folder ini belum berisi salinan yang selesai. Jalankan `sync` dulu."),
    ("remove situs-lain", 1, "GAGAL: folder ini belum berisi salinan yang selesai. Jalankan `sync` dulu."),
    ("sync rilis situs-lain", 1,
     "GAGAL: folder tujuan sudah berisi index.html. Tidak ada yang diubah. Pakai folder yang kosong. Bila "
     "berkas itu memang boleh berdampingan dengan portal, ulangi dengan --adopt: yang namanya sama tidak "
     "ditimpa tanpa disalin dulu."),
    ("sync http://127.0.0.1:9/ salinan-y", 1,
     "GAGAL: http://127.0.0.1:9/ tidak terjangkau (sambungan ditolak). Periksa sambungan dan alamat; "
     "yang sudah terunduh disimpan dan dilanjutkan."),
])
def test_each_failure_is_one_line_and_its_code(mirror: Mirror, monkeypatch: pytest.MonkeyPatch,
                                               capsys: pytest.CaptureFixture[str],
                                               words: str, code: int, message: str) -> None:
    folder = mirror.client.parent
    (folder / "berkas.txt").touch()
    (folder / "situs-lain").mkdir(exist_ok=True)
    (folder / "situs-lain" / "index.html").write_text("milik orang lain")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(client_main, "_roots", lambda: mirror.centre.roots)
    monkeypatch.setattr(client_main, "Pace",
                        lambda tell, limit, every: Pace(tell, limit, every, sleep=lambda _: None))
    assert client_main.main(words.split()) == code
    assert capsys.readouterr().err.splitlines()[-1] == message
    assert [path.name for path in (folder / "situs-lain").iterdir()] == ["index.html"]
    assert (folder / "situs-lain" / "index.html").read_text() == "milik orang lain"
    assert not (folder / "tidak-ada").exists()


@pytest.mark.parametrize(("source", "message"), [
    ("http://host:abc/",
     "http://host:abc/ bukan alamat yang benar. Periksa tulisannya, misalnya https://simpul.example/rilis/."),
    ("http://127.0.0.1:99999/", "http://127.0.0.1:99999/ bukan alamat yang benar. Periksa tulisannya, "
                                "misalnya https://simpul.example/rilis/."),
    ("http://[::1/",
     "http://[::1/ bukan alamat yang benar. Periksa tulisannya, misalnya https://simpul.example/rilis/."),
    ("https://",
     "https:// bukan alamat yang benar. Periksa tulisannya, misalnya https://simpul.example/rilis/."),
    ("ftp://pusat.example/", "ftp://pusat.example/ tidak dapat dipakai sebagai sumber. "
                             "Pakai alamat http:// atau https://, atau nama folder."),
    ("http://a..b/", "http://a..b/ tidak terjangkau (nama alamatnya tidak ditemukan). "
                     "Periksa sambungan dan alamat; yang sudah terunduh disimpan dan dilanjutkan."),
    ("http://exa mple/", "http://exa mple/ tidak terjangkau (alamatnya salah tulis). "
                         "Periksa sambungan dan alamat; yang sudah terunduh disimpan dan dilanjutkan."),
])
def test_an_address_that_is_none(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                 capsys: pytest.CaptureFixture[str], source: str, message: str) -> None:
    monkeypatch.setattr(client_main, "_roots", lambda: mirror.centre.roots)
    monkeypatch.setattr(client_main, "Pace",
                        lambda tell, limit, every: Pace(tell, limit, every, sleep=lambda _: None))
    assert client_main.main(["sync", source, str(tmp_path / "salinan")]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == f"GAGAL: {message}"


def test_a_copy_that_lost_its_notes_is_no_foreign_site(mirror: Mirror) -> None:
    disk = MemoryDisk()
    run([MemorySource(mirror.centre.files())], disk, mirror.centre.roots)
    lost = MemoryDisk({path: data for path, data in disk.now.items() if not path.startswith(".simpul/")})
    run([MemorySource(mirror.centre.files())], lost, mirror.centre.roots)
    assert lost.site() == disk.site()


def test_sync_keeps_the_source_for_neighbours_up_to_date(mirror: Mirror, tmp_path: Path) -> None:
    copy, village = tmp_path / "salinan", tmp_path / "desa"
    words = ("sync", "--export", copy, mirror.centre.out, copy)
    assert "ditulis ke" in mirror.run(*words).stdout
    assert "ditulis ke" not in mirror.run(*words).stdout
    assert "Terpasang: rilis" in mirror.run("sync", copy, village).stdout
    mirror.centre.release({"index.html": HOME + b"<p>dua</p>"})
    assert "ditulis ke" in mirror.run(*words).stdout
    mirror.run("sync", copy, village)
    assert (village / "index.html").read_bytes() == HOME + b"<p>dua</p>"
    assert (copy / "simpul-mirror.pyz").read_bytes() == mirror.client.read_bytes()
    mirror.centre.release({"index.html": HOME})


def test_a_first_copy_from_a_neighbour_takes_the_signed_packs_and_one_of_its_own(tmp_path: Path) -> None:
    """What a neighbour packs itself is only what changed since its own first copy."""
    centre = Publisher(tmp_path, day=TODAY)
    centre.release({f"{number}.html": Random(number).randbytes(20_000) for number in range(40)})
    (tmp_path / "simpul-mirror.pyz").write_bytes(build_client(centre.roots))
    mirror, copy = Mirror(centre, tmp_path / "simpul-mirror.pyz"), tmp_path / "salinan"
    mirror.run("sync", "--export", copy, centre.out, copy)
    before = {path.name for path in (copy / "rilis" / "objek").iterdir()}
    centre.release({"0.html": b"<title>baru</title>", "1.html": None})
    mirror.run("sync", "--export", copy, centre.out, copy)
    own = [path for path in (copy / "rilis" / "objek").iterdir() if path.name not in before]
    assert before & {path.name for path in (copy / "rilis" / "objek").iterdir()}
    assert sum(path.stat().st_size for path in own) < 60_000
    fresh = Folder(tmp_path / "baru")
    run([FolderSource(str(copy))], fresh, centre.roots)
    assert fresh.walk() == [path for path in Folder(copy).walk()
                            if not path.startswith("rilis/") and path != "simpul-mirror.pyz"]
    assert fresh.read("0.html") == b"<title>baru</title>"


DAY = 86_400
RELEASED = timegm(date.fromisoformat(TODAY).timetuple())


@pytest.mark.parametrize(("now", "told"), [
    (RELEASED + 5 * DAY, "Umur 5 hari."),
    (RELEASED + 31 * DAY, "Umur 31 hari. Lebih lama dari yang dijanjikan (30 hari): jalankan sync."),
    (7, "Umurnya tidak dapat dihitung: jam komputer ini lebih awal daripada tanggal rilis. Betulkan jamnya."),
    (RELEASED + 3650 * DAY, "Umur 3650 hari. Lebih lama dari yang dijanjikan (30 hari): jalankan sync."),
])
def test_status_tells_the_age(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                              capsys: pytest.CaptureFixture[str], now: float, told: str) -> None:
    run([MemorySource(mirror.centre.files())], Folder(tmp_path), mirror.centre.roots)
    monkeypatch.setattr("time.time", lambda: now)
    assert client_main.main(["status", str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip().endswith(told)


@pytest.mark.parametrize(("now", "code", "told"), [
    ("1970-01-01T00:00:07Z", 0,
     f"Jam komputer ini menunjukkan 1970-01-01, padahal rilis bertanggal {TODAY} sudah ada."),
    (f"{int(TODAY[:4]) + 10}-11-24T00:00:00Z", 7,
     "Periksa jam komputer ini; bila jam benar, sumber ini tertinggal"),
])
def test_a_wrong_clock_is_survived_and_named(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             capsys: pytest.CaptureFixture[str], now: str, code: int,
                                             told: str) -> None:
    run([MemorySource(mirror.centre.files())], Folder(tmp_path), mirror.centre.roots)
    before = (tmp_path / "index.html").read_bytes()
    monkeypatch.setattr(client_main, "_roots", lambda: mirror.centre.roots)
    monkeypatch.setattr("time.strftime", lambda *_: now)
    assert client_main.main(["sync", str(mirror.centre.out), str(tmp_path)]) == code
    assert told in capsys.readouterr().err
    assert (tmp_path / "index.html").read_bytes() == before


@pytest.fixture
def served(mirror: Mirror, tmp_path: Path) -> Iterator[int]:
    run([MemorySource(mirror.centre.files())], Folder(tmp_path), mirror.centre.roots)
    with server(tmp_path, "127.0.0.1", 0) as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running.server_address[1]
        running.shutdown()


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path,
                       headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_serve_knows_types_tags_ranges_and_gzip(served: int) -> None:
    status, headers, body = get(served, "/", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"], gzip.decompress(body)) == (200, "gzip", HOME)
    assert headers["content-security-policy"] == POLICY
    assert headers["cache-control"] == "no-cache"
    assert get(served, "/", If_None_Match=headers["etag"])[0] == 304
    assert get(served, "/modul/")[2] == b"<title>Modul</title>"
    assert "immutable" in get(served, "/assets/a-0123456789abcdef.css")[1]["cache-control"]
    assert get(served, "/data.csv")[1]["content-type"] == "text/csv; charset=utf-8"
    assert "content-encoding" not in get(served, "/gambar.webp", Accept_Encoding="gzip")[1]
    status, headers, body = get(served, "/data.csv", Range="bytes=4-7")
    assert (status, headers["content-range"], body) == (206, "bytes 4-7/360", b"a,b\n")
    assert get(served, "/data.csv", Range="bytes=999-")[0] == 416
    assert get(served, "/data.csv", "HEAD")[2] == b""


@pytest.mark.parametrize("path", ["/.simpul/keadaan.json", "/%2e%2e/kunci/root-1.pem", "/..%5c..%5cx",
                                  "/tidak/ada.html", "/a%00b"])
def test_serve_gives_nothing_else(served: int, path: str) -> None:
    status, _, body = get(served, path)
    assert (status, body) == (404, b"<title>Tidak ada</title>")


def test_a_copy_follows_a_copy_that_is_only_tried_out(mirror: Mirror, served: int, tmp_path: Path) -> None:
    """`serve` is enough for a neighbour on the same network."""
    mirror.run("export", tmp_path, tmp_path)
    disk = MemoryDisk()
    run([HttpSource(f"http://127.0.0.1:{served}/rilis/")], disk, mirror.centre.roots)
    assert disk.site()["index.html"] == HOME


SOURCES = [file for file in (resources.files("simpul.mirror") / "client").iterdir()
           if file.name.endswith(".py")]


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_the_client_is_written_for_python_3_9(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 9))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert imports or file.name in ("__init__.py",), "annotations are read late, because A | B is newer"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert not {"strict", "slots", "kw_only", "root_dir"} & {word.arg for word in node.keywords}, \
                ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and \
                node.func.id in ("isinstance", "issubclass"):
            assert not isinstance(node.args[1], ast.BinOp), ast.unparse(node)


def _works(python: str) -> bool:
    return subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0


def test_it_runs_on_the_oldest_python_there_is(mirror: Mirror, tmp_path: Path) -> None:
    found = (shutil.which(f"python3.{minor}") for minor in range(9, 15))
    oldest = next((python for python in found if python and _works(python)), sys.executable)
    assert "Terpasang: rilis" in mirror.run("sync", mirror.centre.out, tmp_path, python=oldest).stdout


def test_an_older_python_is_told(mirror: Mirror) -> None:
    """The first lines are understood by every Python, and nothing is imported before them."""
    start = zipfile.ZipFile(mirror.client).read("__main__.py").decode()
    for version in ((2, 7), (3, 8)):
        namespace = {"version_info": version}
        code = start.replace("import sys\n", "").replace("sys.version_info", "version_info")
        code = code.replace("sys.exit(", "raise SystemExit(")
        with pytest.raises(SystemExit, match=r"perlu Python 3\.9 atau lebih baru; yang dipakai sekarang "
                                             rf"{version[0]}\.{version[1]}"):
            exec(code, namespace)
