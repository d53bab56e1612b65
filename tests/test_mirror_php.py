"""A host with PHP and nothing else: the same releases, the same refusals, in calls of some seconds."""

import json
import random
import re
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, NamedTuple

import pytest

from simpul.mirror import keys, metadata
from simpul.mirror.client.state import FINDINGS
from simpul.mirror.release import Terms, publish_release
from tests.mirror.hosting import Hosting, as_python_has_it, builtin, fpm, program
from tests.mirror.hosts import Counted, Honest, host
from tests.mirror.world import TODAY, Publisher

SITE = {"index.html": b"<title>Beranda</title>" * 40, "404.html": b"<title>Tidak ada</title>",
        "assets/a.css": b"a{}" * 200, "modul/index.html": b"<title>Modul</title>" * 20, "kosong.txt": b"",
        "123/4.csv": b"a,b\n" * 50}


class Scene(NamedTuple):
    """A centre, the files its host serves (as they are now), and a hosting that follows it."""

    centre: Publisher
    served: dict[str, bytes]
    asked: list[str]
    hosting: Hosting

    def release(self, files: dict[str, bytes | None], origin: str = "https://pusat.example/") -> None:
        self.centre.write(files)
        publish_release(self.centre.site, self.centre.out, self.centre.keys, self.centre.signers,
                        Terms(TODAY, 30, origin))
        self.served.clear()
        self.served.update(self.centre.files())

    def check(self) -> None:
        assert self.hosting.site() == as_python_has_it(self.centre, f"{TODAY}T03:00:00Z")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    yield from _scene(tmp_path, Counted)


def _scene(folder: Path, kind: type[Honest]) -> Iterator[Scene]:
    centre, served = Publisher(_made(folder / "pusat")), dict[str, bytes]()
    with host(kind, served) as (address, asked):
        made = Scene(centre, served, asked, Hosting(folder / "salinan", centre, address))
        made.release(dict(SITE))
        yield made


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def test_a_first_copy_and_ten_releases_are_those_of_the_python_client(scene: Scene) -> None:
    code, said = scene.hosting.call()
    assert code == 0
    assert said.startswith(f"Terpasang: rilis 1, {TODAY}, 11 berkas, ")
    scene.check()
    draw = random.Random(7)
    for number in range(10):
        path = draw.choice(["index.html", "modul/index.html", "assets/a.css"])
        scene.release({path: SITE[path] + b"%d" % number, f"praktik/{number}.html": b"<p>isi</p>" * 99,
                       **({f"praktik/{number - 2}.html": None} if number > 1 else {})})
        scene.asked.clear()
        [said] = scene.hosting.finish()
        assert said.startswith(f"Terpasang: rilis {number + 2} (sebelumnya {number + 1}), ")
        assert [path.partition("/")[2].partition("/")[0] for path in scene.asked[2:]] == \
            ["metadata", "metadata", "manifes", "objek"]
        scene.check()
    assert not (scene.hosting.root / "praktik/0.html").exists()
    status = json.loads((scene.hosting.root / "status.json").read_bytes())
    assert (status["rilis"], status["root"], status["klien"]) == (11, 1, "php-1")


def test_nothing_new_is_two_requests_and_few_bytes(scene: Scene) -> None:
    scene.hosting.finish()
    scene.hosting.call()
    scene.asked.clear()
    Counted.wire.clear()
    code, said = scene.hosting.call()
    assert (code, said) == (0, f"Sudah terbaru: rilis 1, {TODAY}.\n")
    assert scene.asked == ["/metadata/2.root.json", "/metadata/timestamp.json"]
    assert sum(Counted.wire) < 721


def test_a_host_without_curl_gets_the_same(scene: Scene) -> None:
    scene.hosting.finish("disable_functions=curl_exec,disk_free_space,exec,proc_open,set_time_limit")
    scene.check()


def test_a_release_put_back_is_refused(scene: Scene) -> None:
    old = dict(scene.served)
    scene.release({"index.html": b"dua"})
    scene.hosting.finish()
    site = scene.hosting.site()
    scene.served.clear()
    scene.served.update(old)
    for forgotten in ("metadata", "terlihat-1.json", "status.json"):
        code, said = scene.hosting.call()
        assert (code, said) == (3, "GAGAL: sumber menawarkan timestamp versi 1, padahal versi 2 sudah pernah "
                                   "dilihat. Tidak ada yang dipasang. Coba sumber lain; bila terulang, beri "
                                   "tahu pengelola portal pusat.\n")
        assert scene.hosting.site() == site
        for place in sorted((scene.hosting.root / ".simpul").rglob(forgotten + "*")):
            for file in place.iterdir() if place.is_dir() else [place]:
                file.unlink()


@pytest.mark.parametrize(("name", "words"), [
    ("metadata/timestamp.json", "tanda tangan timestamp tidak sah: 0 dari 1 yang diperlukan"),
    ("metadata/2.snapshot.json", "isi snapshot terpotong atau berubah di jalan"),
    ("metadata/2.targets.json", "isi targets terpotong atau berubah di jalan"),
    ("manifes/", "isi manifes-gzip.json terpotong atau berubah di jalan"),
    ("objek/", "berbeda dari yang ditandatangani"),
])
def test_one_changed_bit_is_refused_and_healed(scene: Scene, name: str, words: str) -> None:
    scene.hosting.finish()
    site = scene.hosting.site()
    scene.release({"index.html": b"dua" * 99, "modul/b.html": b"baru"})
    good = dict(scene.served)
    for path, data in good.items():
        if path.startswith(name):
            at = data.find(b'"version":2') + 10 if name.endswith("timestamp.json") else len(data) // 2
            scene.served[path] = data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]
    code, said = scene.hosting.call()
    assert code == 3
    assert words in said
    assert scene.hosting.site() == site
    scene.served.update(good)
    scene.hosting.finish()
    scene.check()


def test_other_signers_are_refused(scene: Scene, tmp_path: Path) -> None:
    other = Publisher(_made(tmp_path / "lain"))
    other.release({"index.html": b"palsu"}, TODAY)
    scene.served.clear()
    scene.served.update(other.files())
    code, said = scene.hosting.call()
    assert (code, said[:46]) == (3, "GAGAL: tanda tangan timestamp tidak sah: 0 dar")
    assert scene.hosting.site() == {}


def test_new_keys_are_followed_and_a_withheld_root_is_refused(scene: Scene, tmp_path: Path) -> None:
    scene.hosting.finish()
    older = scene.hosting.program.read_bytes()
    with keys.new_keys(tmp_path / "baru", "online", 1, "") as made:
        signers = {**scene.centre.signers, **keys.load_keys([tmp_path / "baru"], "")}
        gone = metadata.newest_root(scene.centre.out).roles["timestamp"].keyids
        data = metadata.replace_keys(scene.centre.out, "online", made, sorted(gone), signers, TODAY)
    metadata.replace(scene.centre.out / "metadata/2.root.json", data)
    metadata.renew(scene.centre.out, signers, TODAY)
    scene.centre.signers = signers
    scene.release({"index.html": b"dua"})
    scene.hosting.finish()
    scene.check()
    assert json.loads((scene.hosting.root / "status.json").read_bytes())["root"] == 2
    scene.hosting.program.write_bytes(older)  # the newer one holds the newer root itself
    (scene.hosting.root / ".simpul/metadata/2.root.json").unlink()
    del scene.served["metadata/2.root.json"]
    code, said = scene.hosting.call()
    assert (code, said[:68]) == (3, "GAGAL: sumber menahan root versi 2, yang sudah pernah dilihat. Tidak")


def test_an_expired_source_is_named(tmp_path: Path) -> None:
    centre = Publisher(_made(tmp_path / "pusat"))
    centre.release(dict(SITE), "2025-01-01")
    with host(Counted, centre.files()) as (address, _):
        code, said = Hosting(tmp_path / "salinan", centre, address).call()
    assert code == 3
    assert said.startswith("GAGAL: timestamp kedaluwarsa sejak 2025-04-01 (waktu yang dipakai: ")


def test_a_folder_with_another_site_is_refused_untouched(scene: Scene) -> None:
    for name in ("index.php", "wp-config.php", "wp-admin/a.php", ".htaccess"):
        (scene.hosting.root / name).parent.mkdir(exist_ok=True)
        (scene.hosting.root / name).write_text("milik orang lain")
    before = scene.hosting.files()
    code, said = scene.hosting.call()
    assert (code, said) == (4, "GAGAL: folder ini sudah berisi index.php, wp-admin, wp-config.php. Tidak ada "
                               "yang diubah. Taruh program ini di folder kosong, misalnya untuk subdomain "
                               "baru, atau pindahkan dulu berkas itu.\n")
    assert scene.hosting.files() == before
    assert scene.asked == []


def test_a_name_taken_by_the_owner_is_refused_until_it_is_free(scene: Scene) -> None:
    scene.hosting.finish()
    (scene.hosting.root / "rapat").mkdir()
    (scene.hosting.root / "rapat/a.html").write_text("milik saya")
    scene.release({"rapat/a.html": b"portal", "index.html": b"dua"})
    site = scene.hosting.site()
    for _ in range(2):
        code, said = scene.hosting.call()
        assert (code, said) == (4, "GAGAL: rilis ini memuat berkas yang namanya sudah Anda pakai: "
                                   "rapat/a.html. Tidak ada yang diubah. Pindahkan dulu berkas itu, lalu "
                                   "buka alamat ini lagi.\n")
        assert scene.hosting.site() == site
    (scene.hosting.root / "rapat/a.html").rename(scene.hosting.root / "rapat-saya.html")
    scene.hosting.finish()
    assert scene.hosting.site().pop("rapat-saya.html") == b"milik saya"
    assert (scene.hosting.root / "rapat/a.html").read_bytes() == b"portal"


def test_nothing_is_written_through_a_link(scene: Scene, tmp_path: Path) -> None:
    scene.hosting.finish()
    _made(tmp_path / "dokumen")
    (scene.hosting.root / "baru").symlink_to(tmp_path / "dokumen")
    scene.release({"baru/a.html": b"a"})
    code, said = scene.hosting.call()
    assert (code, said.partition(". ")[0]) == (4, "GAGAL: baru adalah tautan ke tempat lain")
    assert list((tmp_path / "dokumen").iterdir()) == []


def test_a_defaced_page_is_restored_and_a_strange_one_told(scene: Scene) -> None:
    scene.hosting.finish()
    (scene.hosting.root / "modul/index.html").write_bytes(b"SLOT GACOR")
    (scene.hosting.root / "slot.php").write_bytes(b"SLOT GACOR")
    [said] = scene.hosting.finish()
    assert said.startswith("1 berkas berubah atau hilang dan dipulihkan, misalnya modul/index.html.\n")
    assert json.loads((scene.hosting.root / "status.json").read_bytes())["diperbaiki"] == 1
    code, said = scene.hosting.call()
    assert (code, said.splitlines()[1]) == (
        0, "1 berkas di folder ini bukan bagian rilis dan dibiarkan. Daftarnya ada di .simpul/asing.php; "
        "buka dengan File Manager, dan hapus yang tidak Anda kenal.")
    assert (scene.hosting.root / ".simpul/asing.php").read_text() == "<?php exit; ?>\nslot.php\n"
    status = json.loads((scene.hosting.root / "status.json").read_bytes())
    assert (status["utuh"], status["asing"], status["berkas_asing"]) == (False, 1, ["slot.php"])
    (scene.hosting.root / "slot.php").unlink()
    scene.check()
    scene.hosting.finish()
    status = json.loads((scene.hosting.root / "status.json").read_bytes())
    assert (status["utuh"], status["asing"], status["dihitung"][:10]) == (True, 0, TODAY)
    assert set(status) == {"rilis", "tanggal", "janji_hari", "pohon", "root", "diperiksa", "klien", *FINDINGS}
    [kept] = (scene.hosting.root / ".simpul/disisihkan").rglob("*.txt")
    assert kept.read_bytes() == b"SLOT GACOR"


def test_an_old_file_that_changed_under_a_delta_costs_whole_packs(scene: Scene) -> None:
    scene.hosting.finish()
    (scene.hosting.root / "index.html").write_bytes(b"x" * len(SITE["index.html"]))
    scene.release({"index.html": SITE["index.html"] + b"dua"})
    [said] = scene.hosting.finish()
    assert said.startswith("berkas lama di salinan ini rusak; memakai paket utuh.\nTerpasang: rilis 2 ")
    scene.check()


def test_a_lost_delta_costs_whole_packs_and_lost_packs_a_word(scene: Scene) -> None:
    scene.hosting.finish()
    old = set(scene.served)
    scene.release({"index.html": b"dua" * 9})
    delta, *_ = [path for path in scene.served if path.endswith(".gz") and path not in old
                 and len(scene.served[path]) < 2000]
    del scene.served[delta]
    [said] = scene.hosting.finish()
    assert said.startswith("selisih tidak ada di sumber; memakai paket utuh.\nTerpasang: rilis 2 ")
    scene.check()


def test_a_file_becomes_a_folder_and_back(scene: Scene) -> None:
    scene.release({"a": b"berkas", "b/c.html": b"isi"})
    scene.hosting.finish()
    for files in ({"a": None, "a/d.html": b"isi"}, {"b/c.html": None}, {"b": b"berkas"}):
        for path, content in files.items():
            if content is None:
                (scene.centre.site / path).unlink()
                if path == "b/c.html":
                    (scene.centre.site / "b").rmdir()
        scene.release({path: content for path, content in files.items() if content is not None})
        scene.hosting.finish()
        scene.check()


def test_a_full_disk_loses_nothing_and_is_said(scene: Scene) -> None:
    scene.hosting.finish()
    site = scene.hosting.site()
    draw = random.Random(1)
    scene.release({"besar.bin": draw.randbytes(200_000), "index.html": b"dua"})

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    for _ in range(2):
        code, said = scene.hosting.call(before=little_room)
        assert (code, said) == (4, "GAGAL: ruang disk atau jatah hosting habis. Kosongkan sebagian, lalu "
                                   "ulangi. Salinan lama tetap disajikan; buka alamat ini lagi dan pekerjaan "
                                   "dilanjutkan.\n")
        assert scene.hosting.site() == site
    scene.hosting.finish()
    scene.check()


def test_killed_at_any_moment_the_next_call_finishes(scene: Scene) -> None:
    files = {f"modul/{number}.html": b"<p>%d</p>" % number * 300 for number in range(120)}
    scene.release({**files})
    scene.hosting.finish()
    draw = random.Random(5)
    for number in range(4):
        before = scene.hosting.site()
        scene.release({path: data + b"%d" % number for path, data in files.items()})
        after = as_python_has_it(scene.centre, f"{TODAY}T03:00:00Z")
        for _ in range(3):
            process = scene.hosting.start()
            time.sleep(draw.uniform(0.02, 0.2))
            process.kill()
            process.communicate()
            for path, content in scene.hosting.site().items():
                assert content in (before.get(path), after.get(path)), f"{path} is torn"
        scene.hosting.finish()
        assert scene.hosting.site() == after


class Slow(Counted):
    """Sends 40 KB a second, and knows Range."""

    rate: ClassVar[int] = 40_000

    def give(self, path: str, data: bytes, start: int) -> None:
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        for at in range(start, len(data), self.rate // 20):
            piece = data[at:at + self.rate // 20]
            self.wfile.write(piece)
            self.wire.append(len(piece))
            if path.startswith("objek/"):
                time.sleep(0.05)


def test_a_slow_source_takes_several_calls_and_nothing_twice(tmp_path: Path) -> None:
    for scene in _scene(tmp_path, Slow):
        scene.release({"besar.bin": random.Random(2).randbytes(200_000)})
        Slow.wire.clear()
        told = scene.hosting.finish("max_execution_time=3")
        assert len(told) > 2
        assert re.fullmatch(r"Belum selesai: mengambil, 0 dari \d paket\. Jalankan lagi\.\n", told[0])
        scene.check()
        whole = sum(len(data) for path, data in scene.served.items() if path.endswith(".gz"))
        assert sum(Slow.wire) < 1.3 * whole


def test_two_calls_at_once_are_one_at_work(tmp_path: Path) -> None:
    for scene in _scene(tmp_path, Slow):
        scene.release({"besar.bin": random.Random(2).randbytes(60_000)})
        first = scene.hosting.start()
        time.sleep(0.4)
        assert scene.hosting.call() == (5, "GAGAL: Program ini sedang bekerja untuk panggilan lain. Tunggu "
                                           "sebentar, lalu buka lagi.\n")
        first.communicate()
        scene.check()


def test_by_the_address_of_a_hosting(scene: Scene) -> None:
    with builtin(scene.hosting.root) as web:
        status, headers, body = web.get("/simpul-mirror.php?sumber=http://jahat.example/&root=1")
        assert (status, headers["content-type"]) == (200, "text/plain;charset=UTF-8".replace("UTF", "utf")
                                                     .replace(";", "; "))
        assert body.startswith(b"Terpasang: rilis 1, ")
        scene.check()
        status, headers, offered = web.get("/unduh/simpul-mirror.php")
        assert headers["content-disposition"] == 'attachment; filename="simpul-mirror.php"'
        assert offered == (scene.hosting.root / "unduh/simpul-mirror.php").read_bytes()
        scene.served.clear()
        status, headers, body = web.get("/simpul-mirror.php")
        assert (status, headers["retry-after"]) == (503, "300")
        assert b"tidak memiliki metadata/timestamp.json" in body
        assert str(scene.hosting.root).encode() not in body


def test_by_php_fpm_in_a_closed_folder_without_curl(scene: Scene) -> None:
    closed = {"disable_functions": "curl_exec,exec,shell_exec,proc_open,popen,system,passthru,set_time_limit"}
    with fpm(scene.hosting.root, closed) as web:
        status, headers, body = web.get("/simpul-mirror.php")
        assert (status, headers.get("cache-control")) == (200, "no-store"), body
        assert body.startswith(b"Terpasang: rilis 1, ")
        scene.check()
        assert web.get("/index.html")[2] == SITE["index.html"]


def test_a_newer_program_takes_its_place_unless_it_was_changed_here(scene: Scene) -> None:
    scene.hosting.finish()
    offered = scene.hosting.root / "unduh/simpul-mirror.php"
    assert scene.hosting.program.read_bytes() == offered.read_bytes()
    scene.release({}, "https://pusat-baru.example/")
    [said] = scene.hosting.finish()
    assert said.endswith("\nsimpul-mirror.php diperbarui dari rilis ini.\n")
    assert scene.hosting.program.read_bytes() == offered.read_bytes()
    assert b"const SOURCE = 'https://pusat-baru.example/rilis/';" in offered.read_bytes()
    changed = offered.read_bytes() + b"// diubah\n"
    scene.hosting.program.write_bytes(changed)
    scene.release({}, "https://pusat-lain.example/")
    [said] = scene.hosting.finish()
    assert said.endswith("\nsimpul-mirror.php pernah diubah di sini, jadi tidak diperbarui. Ganti sendiri "
                         "dengan unduh/simpul-mirror.php.\n")
    assert scene.hosting.program.read_bytes() == changed


def test_a_release_that_cannot_be_installed_is_healed_by_the_next(scene: Scene) -> None:
    scene.hosting.finish()
    (scene.hosting.root / "rapat.html").write_text("milik saya")
    scene.release({"rapat.html": b"portal", "index.html": b"dua"})
    assert scene.hosting.call()[0] == 4
    (scene.centre.site / "rapat.html").unlink()
    scene.release({"index.html": b"tiga"})
    scene.hosting.finish()
    assert scene.hosting.site().pop("rapat.html") == b"milik saya"
    (scene.hosting.root / "rapat.html").unlink()
    scene.check()


@pytest.mark.parametrize(("missing", "words"), [
    ("sodium_crypto_sign_verify_detached",
     "PHP di hosting ini belum memuat ekstensi sodium, yang diperlukan untuk memeriksa tanda tangan."),
    ("inflate_init", "PHP di hosting ini belum memuat ekstensi zlib, yang diperlukan untuk membuka paket."),
    ("curl_exec,stream_socket_client",
     "PHP di hosting ini tidak boleh menghubungi alamat lain: ekstensi curl belum dimuat."),
])
def test_what_a_host_lacks_is_one_sentence_with_what_to_ask_for(scene: Scene, missing: str,
                                                                words: str) -> None:
    assert scene.hosting.call(f"disable_functions={missing}") == (
        1, f"{words} Minta penyedia hosting mengaktifkannya (di cPanel: menu Select PHP Version), lalu buka "
        "alamat ini lagi.\n")


def test_only_what_is_asked_for_is_needed_of_php(scene: Scene) -> None:
    """Without any extension that a PHP may lack, those told of apart."""
    base = [program("php"), "-n", "-d", "memory_limit=64M"]
    there = subprocess.run([*base, "-m"], capture_output=True, text=True, check=True).stdout.split()
    if not {"sodium", "zlib"} <= set(there):
        pytest.skip("this PHP has sodium or zlib as a file of its own")
    done = subprocess.run([*base, str(scene.hosting.program)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Terpasang: rilis 1, ")
    scene.check()


NEWER = """foreach (token_get_all(file_get_contents($argv[1])) as $token) {
    if (is_array($token)) { $names[] = $token[0] === T_STRING ? $token[1] : token_name($token[0]); }
}
echo json_encode($names);"""


def test_an_old_php_can_read_it_far_enough_to_say_so(scene: Scene) -> None:
    """All syntax is of PHP 5.6, so the first lines run; no function is called that came after PHP 7.4."""
    done = subprocess.run([program("php"), "-r", NEWER, "--", str(scene.hosting.program)], text=True,
                          capture_output=True, check=True)
    names, text = set(json.loads(done.stdout)), scene.hosting.program.read_text(encoding="utf-8")
    assert not names & {"T_COALESCE", "T_COALESCE_EQUAL", "T_SPACESHIP", "T_FN", "T_MATCH", "T_YIELD_FROM",
                        "T_NULLSAFE_OBJECT_OPERATOR", "T_ATTRIBUTE", "T_ENUM", "T_READONLY", "T_DECLARE"}
    assert not names & {"str_contains", "str_starts_with", "str_ends_with", "array_is_list", "get_debug_type",
                        "fdiv", "array_find", "set_time_limit", "exec", "shell_exec", "system", "passthru",
                        "proc_open", "popen", "eval", "mail"}
    assert not re.findall(r"function\b[^{;]*\)\s*:\s*\??\w+\s*\{", text), "no return types"
    assert not re.findall(r"(public|private|protected) (const|(?!static)\??[A-Za-z]\w+ \$)", text)
    assert not re.findall(r"function \w*\([^)]*\b(int|string|bool|array|\?\w+) \$", text)
    assert not re.findall(r"catch \([^)]*\|", text), "one kind of exception a catch"
    assert not re.findall(r"^\s*\[.*\] = ", text, re.MULTILINE), "no lists by brackets"
    assert "Program ini perlu PHP 7.4 atau lebih baru; yang dipakai sekarang ' . PHP_VERSION" in text


class Dripping(Counted):
    """Sends its head a letter at a time, for ever."""

    def do_GET(self) -> None:  # noqa: N802  # as the base class calls it
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(400):
            self.wfile.write(b"X")
            time.sleep(0.05)


@pytest.mark.parametrize("settings", [(), ("disable_functions=curl_exec",)])
def test_a_source_that_drips_is_left_in_time(tmp_path: Path, settings: tuple[str, ...]) -> None:
    for scene in _scene(tmp_path, Dripping):
        began = time.monotonic()
        code, said = scene.hosting.call("max_execution_time=2", *settings)
        assert time.monotonic() - began < 8
        assert code == 1
        assert re.match(r"GAGAL: http://127\.0\.0\.1:\d+/ tidak terjangkau \((tidak menjawab|"
                        r"kiriman terpotong)\)\. Yang sudah terunduh disimpan\.", said)
