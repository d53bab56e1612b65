"""What comes in: by mail, by pull request; and what goes out: letters, reports, previews."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from simpul.builder.build import check
from simpul.intake.changes import changed_files
from simpul.intake.owners import owner_of, without_own
from simpul.intake.remedies import WHY, corrected
from simpul.intake.summary import as_summary
from simpul.model.numbers import advice
from simpul.problems import error, warning
from simpul.sources.schema import KINDS
from tests.harness import Sample, simpul, tree

ROOT = Path(__file__).parent.parent
CASE = "content/daerah/00.71/praktik/antrean-daring.md"
NEW = "content/daerah/00.71/praktik/antrean-baru.md"


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path / "root")


def git(sample: Sample, *arguments: str) -> str:
    names = ["-c", "user.name=Uji", "-c", "user.email=uji@contoh.go.id", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *names, *arguments], cwd=sample.root, capture_output=True, text=True,
                          check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(sample: Sample) -> tuple[Sample, str]:
    """A sample portal in git, and its first commit."""
    sample.write(".gitignore", ".cache/\nsite/\n.site.kembar/\n")
    git(sample, "init", "-q")
    git(sample, "add", "-A")
    git(sample, "commit", "-qm", "awal")
    return sample, git(sample, "rev-parse", "HEAD")


def commit(sample: Sample) -> None:
    git(sample, "add", "-A")
    git(sample, "commit", "-qm", "usulan")


# By mail

def received(sample: Sample, folder: Path, text: str, *more: str, name: str = "Antrean Baru.md") -> Any:
    (folder / name).write_text(text, encoding="utf-8")
    return simpul("receive", str(folder / name), *more, "--region", "00.71", cwd=sample.root)


def test_a_complete_case_is_put_in_its_place_and_answered(sample: Sample, tmp_path: Path) -> None:
    text = (sample.root / CASE).read_text(encoding="utf-8")
    done = received(sample, tmp_path, text)
    assert done.returncode == 0, done.stderr
    written = (sample.root / NEW).read_text(encoding="utf-8")
    assert "\ndiajukan_melalui: surel\n" in written
    assert re.sub(r"diajukan_melalui: \w+\n", "", written) == re.sub(r"diajukan_melalui: \w+\n", "", text)
    assert done.stdout.startswith("Yth. pengirim,\n\nTerima kasih. "
                                  f"Praktik Anda sudah kami simpan sebagai {NEW}.\n")
    assert "Berkasnya lolos pemeriksaan." in done.stdout
    assert sample.build().result is not None


def test_what_is_missing_becomes_a_letter(sample: Sample, tmp_path: Path) -> None:
    text = (sample.root / CASE).read_text(encoding="utf-8").replace("tahapan: penerapan", "tahapan: penerapn")
    done = received(sample, tmp_path, text.replace("inisiator: asn\n", ""))
    assert done.returncode == 1
    assert ("Yang perlu diperbaiki sebelum dapat diterbitkan:\n"
            "1. Baris 2: kunci 'inisiator' wajib ada. Siapa yang memulai.") in done.stdout
    assert "Maksud Anda 'penerapan'?\n   Ganti baris itu menjadi: tahapan: penerapan\n" in done.stdout
    assert done.stdout.endswith("Salam,\nPengelola Simpul uji\n\n")


def test_pictures_come_along(sample: Sample, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (20, 20)).save(tmp_path / "Loket Depan.JPG")
    text = (sample.root / CASE).read_text(encoding="utf-8")
    done = received(sample, tmp_path, text + "\n![Loket](gambar/loket-depan.jpg)\n",
                    str(tmp_path / "Loket Depan.JPG"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (sample.root / "content/daerah/00.71/praktik/antrean-baru/gambar/loket-depan.jpg").is_file()
    assert "![Loket](antrean-baru/gambar/loket-depan.jpg)" in (sample.root / NEW).read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "name", "message"), [
    ("Halo, ini praktik kami.", "a.md", "a.md: berkas ini belum memuat isian praktik."),
    ("---\njudul: x\n", "a.md", "a.md: baris 1: bagian kunci di awal berkas tidak ditutup"),
    ("---\njudul: &a x\n---\n", "a.md", "a.md: baris 2: jangkar (&) dan alias (*) YAML tidak diterima"),
    ("x", "a.pdf", "a.pdf: jenis berkas ini tidak diterima."),
    ("---\njudul: Antrean daring puskesmas\n---\n", "antrean-daring.md",
     "sudah ada: content/daerah/00.71/praktik/antrean-daring.md"),
    ("x" * 300_000, "a.md", "a.md: naskah lebih dari 256 KB"),
])
def test_what_cannot_be_taken_in_is_refused_with_a_letter_and_nothing_changes(
        sample: Sample, tmp_path: Path, text: str, name: str, message: str) -> None:
    before = tree(sample.root / "content")
    done = received(sample, tmp_path, text, name=name)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("Yth. pengirim,\n\nTerima kasih")
    assert done.stdout.endswith("Salam,\nPengelola Simpul uji\n\n")
    assert tree(sample.root / "content") == before


@pytest.mark.parametrize("options", [["--region", "../.."], ["--region", "00.71", "--name", "../x"]])
def test_a_place_outside_the_folder_is_refused(sample: Sample, tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "a.md").write_text("---\n---\n")
    assert simpul("receive", str(tmp_path / "a.md"), *options, cwd=sample.root).returncode == 2


# By pull request

def test_only_what_changed_is_told_and_errors_it_causes_elsewhere(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    sample.replace(CASE, "tahapan: penerapan", "tahapan: penerapn")
    commit(sample)
    done = simpul("check", "--changed", base, cwd=sample.root)
    assert done.returncode == 1
    told = [line for line in done.stdout.splitlines() if ": galat: " in line or ": peringatan: " in line]
    assert told
    assert all(line.startswith(CASE) for line in told if ": peringatan: " in line)
    assert any("Maksud Anda 'penerapan'?" in line for line in told)
    everything = simpul("check", cwd=sample.root).stdout.splitlines()
    assert len(everything) > len(done.stdout.splitlines())


def test_a_submission_stays_in_its_own_folder(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    text = (sample.root / CASE).read_text(encoding="utf-8")
    sample.write("content/daerah/00.71/praktik/satu.md", text)
    sample.write("content/daerah/00.71/praktik/dua.md", text)
    sample.write("content/daerah/00.01/praktik/tiga.md", text).write("theme/base.html", "<script>")
    commit(sample)
    done = simpul("check", "--changed", base, cwd=sample.root)
    assert done.returncode == 1
    remedy = ("Pisahkan: satu usulan untuk satu folder daerah. "
              "Kembalikan berkas ini seperti semula di usulan ini.")
    assert ("content/daerah/00.01/praktik/tiga.md:1: galat: "
            f"usulan daerah 00.71 mengubah folder daerah 00.01. {remedy}") in done.stdout
    assert f"theme/base.html:1: galat: usulan daerah 00.71 mengubah berkas pusat. {remedy}" in done.stdout
    assert "content/daerah/00.71/praktik/satu.md:1: galat: usulan daerah" not in done.stdout


def test_the_centre_changes_its_own_files_freely(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    sample.write("content/panduan/baru.md", "---\njudul: Baru\n---\n\nIsi.\n")
    commit(sample)
    done = simpul("check", "--changed", base, cwd=sample.root)
    assert (done.returncode, done.stdout) == (0, "0 galat, 0 peringatan.\n")


def test_a_deleted_file_that_others_need_is_told(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    sample.remove("curriculum/modul/surel-aman")
    commit(sample)
    done = simpul("check", "--changed", base, cwd=sample.root)
    assert done.returncode == 1
    assert f"{CASE}:" in done.stdout


OTHERS = "content/daerah/00.01/praktik/antrean-pesan.md"
GLOSSARY = "curriculum/glosarium.yml"


def hosted(repository: tuple[Sample, str]) -> Sample:
    """A change of one case on its branch, while on main others have changed theirs since."""
    sample, _ = repository
    git(sample, "branch", "-qM", "main")
    git(sample, "checkout", "-qb", "usulan")
    sample.replace(CASE, "Waktu tunggu turun.", "Waktu tunggu turun separuh.")
    commit(sample)
    git(sample, "checkout", "-q", "main")
    sample.replace(OTHERS, "\n---\n", "\n---\n\nDitambah.\n").replace(GLOSSARY, "arti:", "arti: Ialah")
    commit(sample)
    return sample


def as_github_checks_out(sample: Sample) -> str:
    """All branches, and the merge of the change with main, which is refs/pull/N/merge."""
    git(sample, "checkout", "-q", "--detach", "main")
    git(sample, "merge", "-q", "--no-ff", "-m", "gabung", "usulan")
    git(sample, "update-ref", "refs/remotes/origin/main", "main")
    return _base(".github/workflows/usulan.yml", {"github.base_ref": "main"})


def as_gitea_checks_out(sample: Sample) -> str:
    """Gitea runs the same workflow with all branches and the head of the change."""
    git(sample, "checkout", "-q", "usulan")
    git(sample, "update-ref", "refs/remotes/origin/main", "main")
    return _base(".github/workflows/usulan.yml", {"github.base_ref": "main"})


def as_gitlab_checks_out(sample: Sample) -> str:
    """The head of the change and nothing else; where both part is in a variable."""
    git(sample, "checkout", "-q", "usulan")
    return _base_of_gitlab(sample, "")


def as_gitlab_merges(sample: Sample) -> str:
    """Merged results: the merge of both, with the head of main in a variable."""
    as_github_checks_out(sample)
    return _base_of_gitlab(sample, git(sample, "rev-parse", "main"))


def _base(workflow: str, known: dict[str, str]) -> str:
    value = yaml.safe_load((ROOT / workflow).read_text(encoding="utf-8"))["jobs"]["periksa"]["env"]["BASE"]
    return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda found: known[found[1]], str(value))


def _base_of_gitlab(sample: Sample, target: str) -> str:
    flow = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    told = next(line for line in flow["periksa"]["script"] if line.startswith("BASE="))
    given = {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": target, "PATH": os.environ["PATH"],
             "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(sample, "merge-base", "main", "usulan")}
    done = subprocess.run(["bash", "-euc", f'{told}; printf %s "$BASE"'], capture_output=True, text=True,
                          check=True, env=given)
    return done.stdout


HOSTS = (as_github_checks_out, as_gitea_checks_out, as_gitlab_checks_out, as_gitlab_merges)


@pytest.mark.parametrize("check_out", HOSTS)
def test_what_others_have_sent_since_is_no_part_of_a_change(repository: tuple[Sample, str],
                                                            check_out: Callable[[Sample], str]) -> None:
    sample = hosted(repository)
    base = check_out(sample)
    assert changed_files(sample.root, base) == [CASE]
    done = simpul("check", "--changed", base, cwd=sample.root)
    assert done.returncode == 0
    assert done.stdout.endswith("\n0 galat, 1 peringatan.\n")


@pytest.mark.parametrize("check_out", HOSTS)
def test_a_branch_that_took_in_main_is_not_held_for_it(repository: tuple[Sample, str],
                                                       check_out: Callable[[Sample], str]) -> None:
    sample = hosted(repository)
    git(sample, "checkout", "-q", "usulan")
    git(sample, "merge", "-q", "--no-ff", "-m", "segarkan", "main")
    git(sample, "checkout", "-q", "main")
    sample.replace(GLOSSARY, "arti: Ialah", "arti: Yakni")
    commit(sample)
    assert changed_files(sample.root, check_out(sample)) == [CASE]


def test_an_error_that_was_there_before_is_not_held_against_a_change(repository: tuple[Sample, str],
                                                                     tmp_path: Path) -> None:
    sample = hosted(repository)
    sample.replace(OTHERS, "tahapan: penerapan", "tahapan: entah")
    commit(sample)
    base = as_github_checks_out(sample)
    done = simpul("check", "--changed", base, cwd=sample.root)
    assert done.returncode == 0
    assert ("\n0 galat, 1 peringatan.\nSudah ada sebelum usulan ini, tidak menghalanginya:\n"
            f"{OTHERS}:4: galat: isi 'entah' pada 'tahapan' tidak dikenal.") in done.stdout
    told = simpul("check", "--changed", base, "--format", "summary", cwd=sample.root).stdout
    assert told.startswith("# Usulan lolos pemeriksaan\n")
    assert "## Yang sudah ada sebelum usulan ini\n\nBukan tanggungan Anda" in told
    shown = simpul("preview", base, "--out", str(tmp_path / "pratinjau"), cwd=sample.root)
    assert (shown.returncode, shown.stdout) == \
        (0, "Tidak ada pratinjau: galat di atas sudah ada sebelum usulan ini.\n")
    assert not git(sample, "status", "--short")


def test_an_error_that_a_change_causes_elsewhere_is_told_apart(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    sample.replace("curriculum/modul/surel-aman/isi.md", "## Langkah kerja", "## Langkah")
    commit(sample)
    done = simpul("check", "--changed", base, "--format", "summary", cwd=sample.root)
    assert done.returncode == 1
    own, _, elsewhere = done.stdout.partition("## Yang timbul di berkas lain\n")
    assert "kata-sandi" not in own
    assert "### `curriculum/modul/kata-sandi/isi.md`" in elsewhere
    assert "Sudah ada" not in done.stdout


@pytest.mark.parametrize("base", ["tidak-ada", "--output=/tmp/x", ""])
def test_a_history_that_cannot_be_read_is_said(repository: tuple[Sample, str], base: str) -> None:
    done = simpul("check", f"--changed={base}", cwd=repository[0].root)
    assert done.returncode == 1
    assert "tidak dapat dibaca" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_preview_opens_without_a_server(repository: tuple[Sample, str], tmp_path: Path) -> None:
    sample, base = repository
    sample.replace(CASE, "Waktu tunggu turun.", "Waktu tunggu turun separuh.")
    commit(sample)
    done = simpul("preview", base, "--out", str(tmp_path / "pratinjau"), cwd=sample.root)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "pratinjau/praktik/00.71/antrean-daring.html").read_text(encoding="utf-8")
    assert "Waktu tunggu turun separuh." in page
    for used in re.findall(r'(?:src|rel="stylesheet" href)="([^"]+)"', page):
        assert (tmp_path / "pratinjau/praktik/00.71" / used).is_file(), used
    assert 'href="praktik/00.71/antrean-daring.html"' in \
        (tmp_path / "pratinjau/PRATINJAU.html").read_text(encoding="utf-8")
    assert not (sample.root / "site").exists()


# For officials

def test_the_summary_says_what_why_how_and_a_line_to_copy() -> None:
    found = [
        error("content/daerah/00.71/praktik/a.md", 3, "literal_error",
              "isi 'penerapn' pada 'tahapan' tidak dikenal", "Maksud Anda 'penerapan'?"),
        warning("content/daerah/00.71/praktik/a.md", 1, "sebaiknya-diisi", "'biaya' belum diisi",
                "Daerah lain menimbang biaya sebelum meniru."),
    ]
    lines = ["---", "judul: x", "tahapan: penerapn"]
    assert as_summary(lambda path: lines, found) == """# Usulan belum dapat diterbitkan

Ada 1 hal yang harus diperbaiki. Situs yang sekarang tidak berubah.

## Yang harus diperbaiki

### `content/daerah/00.71/praktik/a.md`

- **Baris 3**: isi 'penerapn' pada 'tahapan' tidak dikenal.
  - Mengapa: Kunci yang seragam membuat praktik dapat dicari dan dibandingkan.
  - Perbaikan: Maksud Anda 'penerapan'?
  - Salin baris ini: `tahapan: penerapan`

## Yang sebaiknya dilengkapi

Tidak menghalangi penerbitan.

### `content/daerah/00.71/praktik/a.md`

- **Baris 1**: 'biaya' belum diisi.
  - Mengapa: Tidak menghalangi penerbitan, tetapi menolong pembaca menilai.
  - Perbaikan: Daerah lain menimbang biaya sebelum meniru.

1 galat, 1 peringatan.
"""


@pytest.mark.parametrize(("code", "message", "line", "mended"), [
    ("date", "isi 'kemarin' pada 'mulai' bukan tanggal", "mulai: kemarin", ""),
    ("tuple_type", "isi 'antrean, desa' pada 'tema' harus berupa daftar", "tema: antrean, desa",
     "tema: [antrean, desa]"),
    ("yaml", "susunan YAML tidak terbaca di baris ini", "judul: Antrean: cara baru",
     'judul: "Antrean: cara baru"'),
    ("yaml-koma", "'5' di antara kurung tidak punya isi", "- { sebelum: 62,5, sesudah: 20 }",
     '- { sebelum: "62,5", sesudah: 20 }'),
])
def test_a_line_to_copy_is_given_where_it_can_be_told(code: str, message: str, line: str,
                                                      mended: str) -> None:
    assert corrected(error("a.md", 1, code, message), [line]) == mended


@pytest.mark.parametrize(("written", "line", "mended"), [
    ("20 menit", "  - { sesudah: 20 menit }", "- { sesudah: 20 }"),
    ("1,5 juta", 'sesudah: "1,5 juta"', 'sesudah: "1500000"'), ("1.500 orang", "sesudah: 1.500 orang", ""),
    ("banyak", "sesudah: banyak", ""),
])
def test_the_number_to_copy_is_the_one_that_was_advised(written: str, line: str, mended: str) -> None:
    problem = error("a.md", 1, "decimal", f"isi '{written}' pada 'sesudah' bukan angka", advice(written))
    assert corrected(problem, [line]) == mended


def test_words_of_a_submission_are_text_in_the_summary() -> None:
    hostile = error("a`b`.md", 1, "x", "isi '<img src=x> @semua [klik](http://x) **' salah",
                    "![x](http://x)\n# judul")
    told = as_summary(lambda path: [], [hostile])
    assert "\\<img src=x\\> \\@semua \\[klik\\](http://x) \\*\\*" in told
    assert "### `` a`b`.md ``" in told
    assert "\n# judul" not in told


def test_reasons_are_given_for_codes_that_exist() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py")
                   if path.name != "remedies.py")
    assert [name for name in WHY if f'"{name}"' not in code] == []


# Review

def test_what_is_due_is_listed_by_region_and_told_in_a_letter(sample: Sample) -> None:
    sample.replace(CASE, 'terverifikasi_pada: "2026-08-01"', 'terverifikasi_pada: "2025-01-31"')
    listed = simpul("review", cwd=sample.root, SOURCE_DATE_EPOCH="1790000000").stdout
    assert "00.71 Kota Contoh Raya\n" in listed
    assert "terakhir dipastikan 2025-01-31" in listed
    letter = simpul("review", "--letter", "--region", "00.71", cwd=sample.root,
                    SOURCE_DATE_EPOCH="1790000000").stdout
    assert letter.startswith("Yth. pengelola praktik baik 00.71 Kota Contoh Raya,\n")
    assert "masih berjalan, berjalan dengan perubahan (apa), atau sudah berhenti (mengapa)" in letter
    assert simpul("review", "--region", "73.71", cwd=sample.root).stdout == "Tidak ada yang perlu ditinjau.\n"


# Owners and the gate

def test_each_folder_has_its_owner_and_the_file_is_current(sample: Sample) -> None:
    assert simpul("owners", "--check", cwd=ROOT).returncode == 0
    sample.write("curriculum/pemilik.yml",
                 '- { folder: content/daerah/00.71/, akun: "@b/c" }\n- { folder: content/, akun: "@a" }\n')
    assert "tidak sesuai" in simpul("owners", "--check", cwd=sample.root).stderr
    assert simpul("owners", cwd=sample.root).stdout == "CODEOWNERS: 2 folder\n"
    assert (sample.root / "CODEOWNERS").read_text(encoding="utf-8").splitlines()[1:] == \
        ["/content/ @a", "/content/daerah/00.71/ @b/c"]
    sample.write("curriculum/pemilik.yml", '- { folder: content/, akun: "@a" }\n'
                 '- { folder: content/, akun: "@b" }\n- { folder: "x y", akun: b }\n')
    done = simpul("owners", cwd=sample.root)
    assert done.returncode == 1
    assert "curriculum/pemilik.yml:1: galat: folder 'content/' punya dua pemilik" in done.stderr
    assert "curriculum/pemilik.yml:3: galat: " in done.stderr


PROTECTED = ("CODEOWNERS", "curriculum/pemilik.yml", "Makefile", "requirements/run.txt", "mkdocs.yml",
             ".github/workflows/usulan.yml", ".gitlab-ci.yml", ".gitea/workflows/x.yml", "tests/test_site.py",
             "generator/simpul/__init__.py", "theme/base.html", "pyproject.toml", "setup.py", ".ci/run")


def _asked(path: str) -> str:
    """Whom GitHub asks: the last line whose pattern fits."""
    found = ""
    for line in (ROOT / "CODEOWNERS").read_text(encoding="utf-8").splitlines()[1:]:
        pattern, account = line.split()
        place = pattern.removeprefix("/")
        if pattern == "*" or path == place or (place.endswith("/") and path.startswith(place)):
            found = account
    return found


def test_no_region_or_editor_owns_what_runs() -> None:
    runs = {_asked(path) for path in PROTECTED}
    assert runs == {"@contoh-simpul/pengelola", "@contoh-simpul/pengembang"}
    assert _asked("content/daerah/00.71/praktik/baru.md") == "@contoh-simpul/kota-contoh-raya"
    assert _asked("content/daerah/73.71/praktik/baru.md") == "@contoh-simpul/kurikulum"
    assert _asked("berkas-baru") == "@contoh-simpul/pengelola"
    portal = check(ROOT, 1).portal
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(_asked(path) == owner_of(path, portal.owners) for path in files.splitlines())
    assert without_own(portal.files, portal.owners) == []


def test_an_unowned_file_and_a_second_list_are_told(repository: tuple[Sample, str]) -> None:
    sample, _ = repository
    sample.write("curriculum/pemilik.yml", '- { folder: content/, akun: "@a" }\n')
    lonely = "content/daerah/00.01/ belum punya pemilik sendiri.\n"
    assert simpul("owners", cwd=sample.root).stderr == lonely + lonely.replace("00.01", "00.71")
    sample.write("Makefile", "all:\n").write(".github/CODEOWNERS", "* @x\n")
    git(sample, "add", "-A")
    done = simpul("owners", "--check", cwd=sample.root)
    assert done.returncode == 1
    assert "Makefile tidak punya pemilik. Tambahkan di curriculum/pemilik.yml, atau beri '/'" in done.stderr
    assert ".github/CODEOWNERS dibaca sebagai ganti CODEOWNERS. Hapus." in done.stderr
    assert "content/tentang.md tidak punya pemilik" not in done.stderr
    (sample.root / ".github/CODEOWNERS").unlink()
    sample.write("curriculum/pemilik.yml",
                 '- { folder: content/, akun: "@a" }\n- { folder: /, akun: "@b" }\n')
    assert "tidak sesuai" in simpul("owners", "--check", cwd=sample.root).stderr
    simpul("owners", cwd=sample.root)
    assert simpul("owners", "--check", cwd=sample.root).returncode == 0
    assert (sample.root / "CODEOWNERS").read_text(encoding="utf-8").endswith("\n* @b\n/content/ @a\n")


def test_gitea_has_its_own_form(repository: tuple[Sample, str]) -> None:
    sample, _ = repository
    sample.write("curriculum/pemilik.yml", '- { folder: /, akun: "@b" }\n- { folder: .ci/run, akun: "@c" }\n'
                 '- { folder: content/daerah/00.71/, akun: "@a/d" }\n')
    simpul("owners", "--gitea", cwd=sample.root)
    lines = (sample.root / "CODEOWNERS").read_text(encoding="utf-8").splitlines()[1:]
    assert lines == [r"!(\\.ci/run|content/daerah/00\\.71/.*) @b", r"\\.ci/run @c",
                     r"content/daerah/00\\.71/.* @a/d"]
    others, *named = (re.compile(line.split()[0].replace("\\\\", "\\").removeprefix("!")) for line in lines)
    assert not others.fullmatch("Makefile")  # which is what an exclamation mark asks for
    assert others.fullmatch("content/daerah/00.71/profil.yml")
    assert [bool(form.fullmatch("content/daerah/00x71/profil.yml")) for form in named] == [False, False]
    assert simpul("owners", "--check", cwd=sample.root).returncode == 0


def test_the_workflow_trusts_nothing() -> None:
    text = (ROOT / ".github/workflows/usulan.yml").read_text(encoding="utf-8")
    flow = yaml.safe_load(text)
    assert flow[True] == "pull_request"
    assert flow["permissions"] == {"contents": "read"}
    assert "secrets" not in text.replace("no secrets", "")
    steps = flow["jobs"]["periksa"]["steps"]
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)
    for name in (".github/workflows/uji.yml", ".gitlab-ci.yml"):
        images = re.findall(r"(?:image|container): (\S+)", (ROOT / name).read_text(encoding="utf-8"))
        assert images
        assert all(re.fullmatch(r"[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in images)
    assert steps[0]["with"]["persist-credentials"] is False
    assert all("${{" not in step.get("run", "") for step in steps), \
        "a value from outside may not be part of a command"


def test_the_guide_for_administrators_names_the_checks_as_they_are() -> None:
    guide = (ROOT / "content/panduan/repositori.md").read_text(encoding="utf-8")
    for name, wanted in (("usulan", "| GitHub | `{job}` | `uji` |"),
                         ("usulan", "| Gitea, Forgejo | `{name} / {job} (pull_request)` |"),
                         ("uji", "| `{name} / {job} (pull_request)` |")):
        flow = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))
        [job] = flow["jobs"]
        assert "name" not in flow["jobs"][job]  # a job without one is called by its id
        assert wanted.format(name=flow["name"], job=job) in guide
    [image] = set(re.findall(r"python:[\w.-]+(?=@)", (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")))
    assert f"docker buildx imagetools inspect {image}\n" in guide


def test_the_commands_of_the_gates_exist() -> None:
    for name in (".github/workflows/usulan.yml", ".gitlab-ci.yml"):
        for line in re.findall(r"simpul (\w+) ([^\n|>]*)", (ROOT / name).read_text(encoding="utf-8")):
            options = re.findall(r"--[\w-]+", line[1])
            told = simpul(line[0], "--help", cwd=ROOT).stdout
            assert options
            assert all(option in told for option in options), line
    templates = (".github/pull_request_template.md", ".gitlab/merge_request_templates/Default.md")
    assert len({(ROOT / name).read_text(encoding="utf-8") for name in templates}) == 1
    assert any(kind.name == "pemilik" for kind in KINDS)
