"""`simpul adapt` as an official uses it: see what has changed, note the review, send a good block upward."""

import subprocess
from pathlib import Path

import pytest

from tests.harness import Sample, simpul

NAME = "00.71/surel-aman"
OVERLAY = "content/daerah/00.71/adaptasi/surel-aman.yml"
LOCAL = "content/daerah/00.71/adaptasi/langkah-lokal.md"
READING = "curriculum/modul/surel-aman/isi.md"
MODULE = "curriculum/modul/surel-aman/modul.yml"
BEFORE, AFTER = "1. Periksa alamat pengirim.", "1. Periksa alamat dan tanda tangan pengirim."


def changed(folder: Path) -> Sample:
    """The centre has changed the section that the overlay replaces, and says so in its version."""
    sample = Sample(folder / "root")
    commit(sample, "awal")
    return sample.replace(READING, BEFORE, AFTER).replace(MODULE, "1.1.0", "1.2.0")


def commit(sample: Sample, message: str) -> None:
    for arguments in (["init", "-q"], ["add", "-A"],
                      ["-c", "user.name=x", "-c", "user.email=x@contoh.go.id", "commit", "-qm", message]):
        subprocess.run(["git", *arguments], cwd=sample.root, check=True)


def warnings(sample: Sample) -> list[str]:
    return [problem.message for problem in sample.problems() if problem.path == OVERLAY]


def test_a_review_shows_the_old_the_new_and_the_local_text(tmp_path: Path) -> None:
    sample = changed(tmp_path)
    done = simpul("adapt", "review", NAME, cwd=sample.root)
    assert done.returncode == 0, done.stderr
    assert "dasar penyesuaian versi 1.1.0, kini 1.2.0" in done.stdout
    rows = [[cell.strip() for cell in line.split("│")[1:4]] for line in done.stdout.splitlines()
            if line.startswith("│")]
    assert [BEFORE, "1. Periksa alamat dan tanda tangan", "1. Periksa nomor pengirim."] in rows
    assert warnings(sample) == ["modul pusat kini versi 1.2.0, penyesuaian ini dibuat dari 1.1.0",
                                "bagian pusat 'langkah-kerja' berubah sejak disesuaikan"]


def test_a_review_without_history_says_so(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(READING, BEFORE, AFTER)
    assert "teks lama tidak ada di riwayat git" in simpul("adapt", "review", NAME, cwd=sample.root).stdout


def test_a_review_of_what_has_not_changed_is_short(tmp_path: Path) -> None:
    done = simpul("adapt", "review", NAME, cwd=Sample(tmp_path / "root").root)
    assert "Tidak ada bagian yang berubah di bawah penyesuaian ini." in done.stdout


@pytest.mark.parametrize("form",
                         ["braces", "braces without digest", "lines without digest", "carriage returns"])
def test_a_renewal_notes_version_and_digest_and_leaves_the_rest(form: str, tmp_path: Path) -> None:
    sample = changed(tmp_path)
    digest = ', basis_hash: "sha256:ce2e8a96cd1e9b77"'
    if form == "braces without digest":
        sample.replace(OVERLAY, digest, "")
    elif form == "lines without digest":
        sample.replace(OVERLAY, "  - { ganti: langkah-kerja, berkas: langkah-lokal.md" + digest
                       + ", alasan: Petugas loket memakai pesan singkat. }",
                       "  - ganti: langkah-kerja # loket\n    berkas: langkah-lokal.md")
    elif form == "carriage returns":
        sample.write(OVERLAY, (sample.root / OVERLAY).read_bytes().replace(b"\n", b"\r\n"))
    before = (sample.root / OVERLAY).read_text(encoding="utf-8").splitlines()
    done = simpul("adapt", "review", NAME, "--renew", cwd=sample.root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"{OVERLAY}: diubah\nSudah ditinjau terhadap versi 1.2.0.\n")
    assert warnings(sample) == []
    after = (sample.root / OVERLAY).read_text(encoding="utf-8").splitlines()
    assert [line for line in before
            if line not in after and "basis_" not in line and "ganti" not in line] == []
    assert form != "lines without digest" or "  - ganti: langkah-kerja # loket" in after
    assert "Tidak ada bagian yang berubah" in simpul("adapt", "review", NAME, cwd=sample.root).stdout


def test_a_file_that_cannot_be_changed_with_certainty_is_left_alone(tmp_path: Path) -> None:
    sample = changed(tmp_path).replace(OVERLAY, "basis_versi:", "'basis_versi':")
    sample.replace(OVERLAY, "  - { ganti", "  - {\"ganti\"")
    sample.replace(OVERLAY, ', basis_hash: "sha256:ce2e8a96cd1e9b77"', "")
    before = (sample.root / OVERLAY).read_bytes()
    done = simpul("adapt", "review", NAME, "--renew", cwd=sample.root)
    assert (done.returncode, (sample.root / OVERLAY).read_bytes()) == (1, before)
    assert (f"susunan {OVERLAY} tidak dapat diubah dengan pasti. Tulis sendiri: "
            "basis_versi: \"1.2.0\"; basis_hash: \"sha256:") in done.stderr


def test_a_replaced_block_goes_up_with_its_credit(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    overlay = (sample.root / OVERLAY).read_bytes()
    done = simpul("adapt", "propose", NAME, "langkah-kerja", cwd=sample.root)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (f"{READING}: diubah\n{MODULE}: diubah\nPeriksa dengan 'simpul check', "
                           "lalu ajukan sebagai pull request.\n")
    assert (sample.root / READING).read_text(encoding="utf-8") == (
        "## Mengapa penting\n\nSurel adalah pintu masuk penipuan; "
        "aturannya di [hukum:uu-1-2020#2 ayat (1)].\n\n## Langkah kerja\n\n"
        "1. Periksa nomor pengirim.\n2. Jangan buka tautan mencurigakan.\n"
        "3. Telepon nomor di papan kantor; lihat [kata sandi](/modul/kata-sandi.html).\n"
    )
    module = (sample.root / MODULE).read_text(encoding="utf-8")
    assert 'versi: "1.2.0"' in module
    assert module.endswith('penulis: [{ instansi: "Dinas Kesehatan Kota Contoh Raya" }]\n')
    assert (sample.root / OVERLAY).read_bytes() == overlay
    assert not any(problem.severity == "error" for problem in sample.problems())


@pytest.mark.parametrize(("written", "result"), [
    ("penulis: [{ instansi: Pusat }]\n",
     'penulis: [{ instansi: Pusat }, { instansi: "Dinas Kesehatan Kota Contoh Raya" }]\n'),
    ("penulis:\n- instansi: Pusat\n",
     'penulis:\n- { instansi: "Dinas Kesehatan Kota Contoh Raya" }\n- instansi: Pusat\n'),
    ("penulis: [{ instansi: Dinas Kesehatan Kota Contoh Raya }]\n",
     "penulis: [{ instansi: Dinas Kesehatan Kota Contoh Raya }]\n"),
])
def test_credit_keeps_the_form_of_the_list(written: str, result: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(MODULE, "lisensi:", f"{written}lisensi:")
    simpul("adapt", "propose", NAME, "langkah-kerja", cwd=sample.root)
    assert f"{result}lisensi:" in (sample.root / MODULE).read_text(encoding="utf-8")


def test_an_added_block_follows_its_section(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(OVERLAY, "{ ganti: langkah-kerja", "{ ganti: mengapa-penting")
    simpul("adapt", "propose", NAME, "langkah-kerja", cwd=sample.root)
    reading = (sample.root / READING).read_text(encoding="utf-8")
    assert reading.endswith("lewat surel.\n\n## Latihan di loket\n\nBaca tiga pesan rekaan, "
                            "lalu pilih yang palsu.\n")


def test_relative_links_of_a_block_still_lead_where_they_did(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(LOCAL, "/modul/kata-sandi.html",
                                               "../praktik/antrean-daring.md")
    simpul("adapt", "propose", NAME, "langkah-kerja", cwd=sample.root)
    assert "](../../../content/daerah/00.71/praktik/antrean-daring.md)" in \
        (sample.root / READING).read_text(encoding="utf-8")
    assert not any(problem.severity == "error" for problem in sample.problems())


def test_a_link_that_cannot_be_moved_is_told(tmp_path: Path) -> None:
    text = "Baca [praktik][p].\n\n[p]: ../praktik/antrean-daring.md\n"
    done = simpul("adapt", "propose", NAME, "langkah-kerja",
                  cwd=Sample(tmp_path / "root").write(LOCAL, text).root)
    assert (done.returncode, "blok memuat tautan yang tidak dapat dipindahkan" in done.stderr) == (1, True)
    again = Sample(tmp_path / "next").write(LOCAL, "1. Lihat [praktik][p].\n\n"
                                            "[p]: /praktik/00.71/antrean-daring.html\n")
    assert simpul("adapt", "propose", NAME, "langkah-kerja", cwd=again.root).returncode == 0


def test_a_section_that_the_centre_took_away_is_shown_but_not_noted_as_reviewed(tmp_path: Path) -> None:
    sample = changed(tmp_path).replace(READING, "## Langkah kerja", "## Cara kerja")
    shown = simpul("adapt", "review", NAME, cwd=sample.root)
    assert "(bagian ini tidak ada lagi di" in shown.stdout
    assert BEFORE in shown.stdout
    for arguments in (["review", NAME, "--renew"], ["propose", NAME, "langkah-kerja"]):
        done = simpul("adapt", *arguments, cwd=sample.root)
        assert (done.returncode, "bagian pusat 'langkah-kerja' tidak ada lagi" in done.stderr) == (1, True)


@pytest.mark.parametrize(("arguments", "told"), [
    (["propose", NAME, "langkah-kerj"],
     "penyesuaian ini tidak punya blok 'langkah-kerj'. Pilihan: langkah-kerja."),
    (["review", "00.71/surel-amn"], "penyesuaian '00.71/surel-amn' tidak ada."),
    (["review", "tidak"], "penyesuaian 'tidak' tidak ada."),
])
def test_wrong_names_are_told(arguments: list[str], told: str, tmp_path: Path) -> None:
    done = simpul("adapt", *arguments, cwd=Sample(tmp_path / "root").root)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_without_any_overlay_the_form_of_a_name_is_told(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").remove("content/daerah/00.71/adaptasi")
    done = simpul("adapt", "review", "tidak", cwd=sample.root)
    assert "Tulis kode daerah dan modul, misalnya 73.71/surel-dinas-aman." in done.stderr


def test_a_broken_overlay_is_mended_before_it_is_reviewed(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").remove(LOCAL)
    for arguments in (["review", NAME], ["propose", NAME, "langkah-kerja"]):
        done = simpul("adapt", *arguments, cwd=sample.root)
        assert done.returncode == 1
        assert f"{OVERLAY}:5: galat: berkas 'langkah-lokal.md' tidak ada." in done.stderr
        assert "Traceback" not in done.stderr
