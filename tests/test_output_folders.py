"""Only a folder that was empty, or that we have filled before, is filled; nothing else is touched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simpul.builder import swap
from simpul.runtime.folders import MARKER, TEXT
from tests.harness import HERE, Sample, simpul, tree


def everything(folder: Path) -> dict[str, object]:
    """All that a folder holds, links and empty folders with it, but for the cache of the portal."""
    found: dict[str, object] = {}
    for place, folders, files in os.walk(folder):
        if ".cache" in folders:
            folders.remove(".cache")
        for name in (*folders, *files):
            path = Path(place, name)
            is_link = path.is_symlink()
            found[str(path)] = str(path.readlink()) if is_link else path.is_dir() or path.read_bytes()
    return found


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A portal in a repository, with somebody's documents beside it."""
    sample = Sample(tmp_path / "portal")
    sample.write(".git/HEAD", "ref: refs/heads/main\n").write("lain/surat.docx", "surat")
    sample.write("lain/foto/1.jpg", "foto").write("berkas", "teks").write("sembunyi/.rahasia", "kunci")
    (tmp_path / "milik/arsip").mkdir(parents=True)
    (tmp_path / "milik/arsip/a.txt").write_text("a", encoding="utf-8")
    (sample.root / "tautan").symlink_to(tmp_path / "milik")
    (sample.root / "buntu").symlink_to(tmp_path / "tidak-ada")
    (sample.root / "tautan-isi").symlink_to(sample.root / "content")
    return sample


NOTHING = "Tidak ada yang diubah."
REFUSED = {
    ".": "memuat sumber portal", "..": "memuat sumber portal", "../portal": "memuat sumber portal",
    "/": "memuat sumber portal",
    "content": "berada di dalam", "content/daerah/00.71": "berada di dalam",
    "content/baru/lagi": "berada di dalam", "curriculum/modul": "berada di dalam",
    ".git/situs": "berada di dalam", "tautan-isi/situs": "berada di dalam",
    "lain": "lain berisi foto, surat.docx, yang tidak dibuat Simpul dan akan terhapus.",
    "../milik": "berisi arsip, yang tidak dibuat Simpul", "tautan": "tautan adalah tautan ke tempat lain.",
    "buntu": "buntu adalah tautan ke tempat lain.",
}


@pytest.mark.parametrize("place", REFUSED)
@pytest.mark.parametrize("command", [("build", "--site"), ("preview", "HEAD", "--out")])
def test_a_folder_that_is_not_ours_is_left_alone(command: tuple[str, ...], place: str, sample: Sample,
                                                 tmp_path: Path) -> None:
    before = everything(tmp_path)
    done = simpul(*command, place, cwd=sample.root)
    assert done.returncode == 1
    assert REFUSED[place] in done.stderr
    assert done.stderr.count(NOTHING) == 1
    assert f"dengan {command[-1]}." in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(tmp_path) == before


def test_many_files_are_counted_and_a_file_is_no_folder(sample: Sample) -> None:
    for number in range(7):
        sample.write(f"banyak/{number}.txt", "x")
    done = simpul("build", "--site", "banyak", cwd=sample.root)
    assert "banyak berisi 0.txt, 1.txt, 2.txt, 3.txt, 4.txt dan 2 lainnya, yang tidak" in done.stderr
    done = simpul("build", "--site", "berkas", cwd=sample.root)
    assert done.returncode != 0
    assert (sample.root / "berkas").read_text(encoding="utf-8") == "teks"


@pytest.mark.parametrize("name", [".site.kembar", ".site.lama"])
@pytest.mark.parametrize("built", [False, True])
def test_the_hidden_folders_beside_a_site_are_looked_at_too(name: str, built: bool, sample: Sample,
                                                            tmp_path: Path) -> None:
    if built:
        sample.build()
        shutil.rmtree(sample.root / name, ignore_errors=True)
    sample.write(f"{name}/catatan.txt", "milik orang")
    sample.replace("content/tentang.md", "\n---\n", "\n---\nBaru.\n")
    before = everything(tmp_path)
    done = simpul("build", cwd=sample.root)
    assert done.returncode == 1
    assert f"{name} berisi catatan.txt, yang tidak dibuat Simpul" in done.stderr
    assert everything(tmp_path) == before


def _empty(place: Path) -> None:
    place.mkdir()


def _prepared(place: Path) -> None:
    (place / ".well-known").mkdir(parents=True)


@pytest.mark.parametrize("prepare", [None, _empty, _prepared])
def test_an_empty_folder_and_our_own_are_filled(prepare: Callable[[Path], None] | None, sample: Sample,
                                                tmp_path: Path) -> None:
    place = tmp_path / "situs baru"
    if prepare:
        prepare(place)
    assert simpul("build", "--site", str(place), cwd=sample.root).returncode == 0
    assert (place / MARKER).read_text(encoding="utf-8") == TEXT
    sample.replace("content/tentang.md", "\n---\n", "\n---\nKalimat baru.\n")
    assert simpul("build", "--site", str(place), cwd=sample.root).returncode == 0
    assert "Kalimat baru." in (place / "tentang.html").read_text(encoding="utf-8")


def test_what_a_host_keeps_in_the_site_stays_there(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where folders cannot be exchanged in one step, and after a build killed between the steps."""
    sample.build()
    sample.write("site/.htaccess", "ErrorDocument 404 /404.html").write("site/.well-known/acme/x", "kunci")

    def rebuilt(text: str) -> None:
        sample.replace("content/tentang.md", "\n---\n", f"\n---\n{text}\n").build()
        assert text in sample.page("tentang.html")
        assert sample.page(".htaccess") == "ErrorDocument 404 /404.html"
        assert sample.page(".well-known/acme/x") == "kunci"

    rebuilt("Satu.")
    rebuilt("Dua.")
    for name in (".htaccess", ".well-known"):
        (sample.root / "site" / name).rename(sample.root / ".site.kembar" / name)
    rebuilt("Tiga.")
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    rebuilt("Empat.")
    rebuilt("Lima.")


def test_an_error_makes_no_folder(sample: Sample) -> None:
    sample.replace("curriculum/jalur/asn-baru.yml", "surel-aman", "surel-amn")
    assert simpul("build", cwd=sample.root).returncode == 1
    assert not (sample.root / "site").exists()
    assert not (sample.root / ".site.kembar").exists()


def test_a_preview_takes_its_own_folder_again(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "portal")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@contoh.go.id"]
    subprocess.run([*git, "init", "-q"], cwd=sample.root, check=True)
    for text in ("Lama.", "Baru."):
        sample.replace("content/tentang.md", "\n---\n", f"\n---\n{text}\n")
        for arguments in (["add", "."], ["commit", "-qm", text]):
            subprocess.run([*git, *arguments], cwd=sample.root, check=True)
    for _ in range(2):
        done = simpul("preview", "HEAD~1", cwd=sample.root)
        assert "1 halaman di pratinjau" in done.stdout, done.stderr
        assert (sample.root / "pratinjau" / MARKER).is_file()


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_a_host_leaves_a_foreign_site_folder_alone(host: str, sample: Sample, tmp_path: Path) -> None:
    before = everything(tmp_path)
    command = [sys.executable, "-W", "ignore", "-m", host, "build", "--quiet", "--site-dir"]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "generator")}
    done = subprocess.run([*command, "../milik"], cwd=sample.root, env=environment, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 1
    assert "berisi arsip, yang tidak dibuat Simpul dan akan terhapus." in done.stdout + done.stderr
    assert "(site_dir di mkdocs.yml)." in done.stdout + done.stderr
    assert everything(tmp_path) == before
    subprocess.run([*command, "../baru"], cwd=sample.root, env=environment, check=True)
    sample.build()
    assert tree(tmp_path / "baru") == tree(sample.root / "site")
