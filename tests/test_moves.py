"""Sources that are renamed or withdrawn: old addresses live on, and so does what others wrote of them."""

import re
import shutil
from pathlib import Path

import pytest

from simpul.problems import as_text, errors
from simpul.search.terminal import search
from tests.harness import Sample, simpul, tree
from tests.test_intake import commit, git

CASE = "content/daerah/00.71/praktik/antrean-daring.md"
NEW = "content/daerah/00.71/praktik/antrean-baru.md"
MOVES = "content/daerah/00.71/pindah.yml"
CENTRE = "curriculum/pindah.yml"
OLD_PAGE, NEW_PAGE = "praktik/00.71/antrean-daring.html", "praktik/00.71/antrean-baru.html"
RENAMED = "- { dari: praktik/antrean-daring, ke: praktik/antrean-baru }\n"
WITHDRAWN = ('- { dari: praktik/antrean-daring, dicabut: "2026-11-02", '
             "alasan: Pasien <b> kini datang langsung. }\n")


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path / "root")


def rename(sample: Sample, told: str = RENAMED) -> Sample:
    """The case under its new name, with the line that tells it."""
    text = (sample.root / CASE).read_text(encoding="utf-8")
    known = (sample.root / MOVES).read_text(encoding="utf-8")
    return sample.remove(CASE).write(NEW, text).write(MOVES, known + told)


def withdraw(sample: Sample) -> Sample:
    """The case gone, with the line that says why."""
    known = (sample.root / MOVES).read_text(encoding="utf-8")
    return sample.remove(CASE).write(MOVES, known + WITHDRAWN)


def rename_module(sample: Sample) -> Sample:
    """The module surel-aman as surel-dinas; nobody else touches a file."""
    folder = sample.root / "curriculum/modul"
    (folder / "surel-aman").rename(folder / "surel-dinas")
    sample.replace("curriculum/modul/surel-dinas/modul.yml", "id: surel-aman", "id: surel-dinas")
    return sample.write(CENTRE, "- { dari: modul/surel-aman, ke: modul/surel-dinas }\n")


def built(sample: Sample) -> Sample:
    report = sample.build()
    assert report.result, as_text(errors(report.problems))
    return sample


def leading_to(sample: Sample, url: str) -> list[str]:
    """The pages with a link to an address, but for the form by which readers tell of a mistake in it."""
    links = re.compile(rf'href="(?![^"]*\?title=)[^"]*{re.escape(url)}[#"]')
    return [page for page, data in tree(sample.root / "site").items()
            if page.endswith(".html") and links.search(data.decode())]


def test_an_old_address_leads_to_the_new_one_without_scripts(sample: Sample) -> None:
    page = built(rename(sample)).page(OLD_PAGE)
    assert '<meta http-equiv="refresh" content="0; url=antrean-baru.html">' in page
    assert '<link rel="canonical" href="https://simpul.example/praktik/00.71/antrean-baru.html">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert re.search(r'<a class="[^"]+" href="antrean-baru.html">Antrean daring puskesmas</a>', page)
    assert "refresh" not in sample.page(NEW_PAGE)


def test_a_chain_of_names_is_one_step(sample: Sample) -> None:
    built(rename(sample))  # antrean-lama was antrean-daring before
    assert 'content="0; url=antrean-baru.html"' in sample.page("praktik/00.71/antrean-lama.html")


def test_who_named_a_renamed_case_leads_to_the_new_page(sample: Sample) -> None:
    built(rename(sample))
    assert 'href="praktik/00.71/antrean-baru.html"' in sample.page("tentang.html")
    replica = sample.page("praktik/00.01/antrean-pesan.html")
    assert 'href="../00.71/antrean-baru.html"' in replica
    assert "Ditiru oleh" in sample.page(NEW_PAGE)
    assert leading_to(sample, "antrean-daring.html") == []


def test_a_withdrawn_page_says_when_and_why(sample: Sample) -> None:
    page = built(withdraw(sample)).page(OLD_PAGE)
    assert "<h1>Praktik ini ditarik</h1>" in page
    assert "Praktik ini ditarik oleh Kota Contoh Raya pada 2 November 2026." in page
    assert "Pasien &lt;b&gt; kini datang langsung." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "refresh" not in page
    assert 'href="../../daerah/00.71.html"' in page


def test_who_named_a_withdrawn_case_shows_a_text(sample: Sample) -> None:
    built(withdraw(sample))
    assert re.search(r"\w \(ditarik\)", sample.page("tentang.html"))
    replica = sample.page("praktik/00.01/antrean-pesan.html")
    assert "<p>00.71/antrean-daring (ditarik)</p>" in replica
    assert leading_to(sample, "antrean-daring.html") == []


def test_search_feed_and_site_map_know_no_old_address(sample: Sample) -> None:
    built(rename(sample))
    for url, data in tree(sample.root / "site").items():
        if url.endswith((".xml", ".ics", ".csv")) or url.startswith("cari/"):
            assert b"antrean-daring" not in data, url
            assert b"antrean-lama" not in data, url
            assert b"loket-antar" not in data, url
    assert [hit.url for hit in search(sample.root / "site", "halaman ini pindah ditarik").hits
            if "praktik/00.71/antrean-d" in hit.url] == []


def test_all_that_used_a_renamed_module_follows_it(sample: Sample) -> None:
    before = sample.problems()
    built(rename_module(sample))
    assert len(sample.problems()) == len(before)  # nobody is told of anything
    assert 'content="0; url=surel-dinas.html"' in sample.page("modul/surel-aman.html")
    assert 'content="0; url=../surel-dinas/00.71.html"' in sample.page("modul/surel-aman/00.71.html")
    assert "Kota Contoh Raya" in sample.page("modul/surel-dinas/00.71.html")
    assert 'href="surel-dinas.html#langkah-kerja"' in sample.page("modul/kata-sandi.html")
    assert "modul/surel-dinas/00.71.html" in sample.page("jadwal/00.71.html")
    assert "modul/surel-dinas.html" in sample.page("jalur/asn-baru.html").replace("../", "")
    assert leading_to(sample, "surel-aman.html") == []
    assert leading_to(sample, "surel-aman/00.71.html") == []
    done = simpul("adapt", "review", "00.71/surel-dinas", cwd=sample.root)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


def test_a_region_then_renames_its_own_version_alone(sample: Sample) -> None:
    rename_module(sample)
    folder = sample.root / "content/daerah/00.71/adaptasi"
    text = (folder / "surel-aman.yml").read_text(encoding="utf-8").replace("surel-aman", "surel-dinas")
    sample.write("content/daerah/00.71/adaptasi/surel-dinas.yml", text)
    assert ("content/daerah/00.71/adaptasi/surel-aman.yml:1: galat: modul ini kini bernama 'surel-dinas', "
            "dan content/daerah/00.71/adaptasi/surel-dinas.yml sudah ada. "
            "Gabungkan isinya ke sana, lalu hapus berkas ini.") in sample.report()
    (folder / "surel-aman.yml").unlink()
    assert not errors(sample.problems())
    sample.write(MOVES, "- { dari: adaptasi/surel-aman, ke: adaptasi/surel-dinas }\n")
    assert 'content="0; url=../surel-dinas/00.71.html"' in built(sample).page("modul/surel-aman/00.71.html")


def elsewhere(sample: Sample, folder: Path) -> dict[str, bytes]:
    """The site that the same sources give where nothing is known."""
    shutil.copytree(sample.root, folder, ignore=shutil.ignore_patterns(".cache", "site", ".site*"))
    cold = Sample.__new__(Sample)
    cold.root = folder
    cold.build()
    found = tree(folder / "site")
    shutil.rmtree(folder)
    return found


def test_whatever_moves_an_incremental_build_equals_a_cold_one(sample: Sample, tmp_path: Path) -> None:
    text, before = (sample.root / CASE).read_text(encoding="utf-8"), (sample.root / MOVES).read_text("utf-8")
    built(sample)
    again = NEW.replace("baru", "ketiga")
    changes = (
        lambda: rename(sample),
        lambda: sample.remove(NEW).write(again, text).write(
            MOVES, f"{before}{RENAMED}- {{ dari: praktik/antrean-baru, ke: praktik/antrean-ketiga }}\n"),
        lambda: sample.replace(again, "Antrean daring puskesmas", "Antrean daring semua puskesmas"),
        lambda: sample.remove(again).write(MOVES, before + WITHDRAWN),
        lambda: sample.replace(MOVES, "kini datang", "kini boleh datang"),
        lambda: sample.write(CASE, text).write(MOVES, before),
        lambda: rename_module(sample),
    )
    for number, change in enumerate(changes):
        change()
        report = sample.build(jobs=1 + number % 2)
        assert report.result, as_text(errors(report.problems))
        assert tree(sample.root / "site") == elsewhere(sample, tmp_path / "dingin"), number


# In the gate

@pytest.fixture
def repository(sample: Sample) -> tuple[Sample, str]:
    sample.write(".gitignore", ".cache/\nsite/\n.site*/\n")
    git(sample, "init", "-q", "-b", "main")
    git(sample, "add", "-A")
    git(sample, "commit", "-qm", "awal")
    return sample, git(sample, "rev-parse", "HEAD")


@pytest.mark.parametrize("change", [rename, withdraw])
def test_a_region_does_it_alone_in_one_change(repository: tuple[Sample, str], change: object) -> None:
    sample, base = repository
    assert callable(change)
    change(sample)
    commit(sample)
    done = simpul("check", "--changed", base, cwd=sample.root)
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("\n0 galat, 1 peringatan.\n") or done.stdout == "0 galat, 0 peringatan.\n"


def test_who_forgot_to_tell_a_new_name_is_given_the_line(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    rename(sample, "")
    commit(sample)
    done = simpul("check", "--changed", base, "--format", "summary", cwd=sample.root)
    assert done.returncode == 1
    own, _, elsewhere_ = done.stdout.partition("## Yang timbul di berkas lain")
    assert f"### `{MOVES}`" in own
    assert ("  - Salin baris ini: `- { dari: praktik/antrean-daring, ke: praktik/antrean-baru }`") in own
    assert "content/tentang.md" in elsewhere_
    sample.write(MOVES, (sample.root / MOVES).read_text(encoding="utf-8") + RENAMED)
    commit(sample)
    assert simpul("check", "--changed", base, cwd=sample.root).returncode == 0


def test_who_forgot_to_say_why_something_is_gone_is_given_the_line(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    sample.remove(CASE)
    commit(sample)
    day = git(sample, "log", "-1", "--format=%cs")
    told = simpul("check", "--changed", base, cwd=sample.root).stdout
    line = f'- {{ dari: praktik/antrean-daring, dicabut: "{day}", alasan: "«mengapa ditarik»" }}'
    assert (f"{MOVES}:1: galat: 'praktik/antrean-daring' sudah terbit, lalu hilang tanpa catatan. "
            f"Tulis: {line} ") in told
    known = (sample.root / MOVES).read_text(encoding="utf-8")
    sample.write(MOVES, f"{known}{line}\n")
    commit(sample)
    assert "isian contoh belum diganti: «mengapa ditarik»" in \
        simpul("check", "--changed", base, cwd=sample.root).stdout
    sample.replace(MOVES, "«mengapa ditarik»", "Tidak berjalan lagi.")
    commit(sample)
    assert simpul("check", "--changed", base, cwd=sample.root).returncode == 0


def test_files_without_a_page_of_their_own_may_go(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    sample.remove("content/daerah/00.71/pemantauan/2025-S2.csv")
    commit(sample)
    assert "tanpa catatan" not in simpul("check", "--changed", base, cwd=sample.root).stdout


# By command

def test_a_case_is_renamed_by_one_command(repository: tuple[Sample, str]) -> None:
    sample, base = repository
    sample.write(MOVES, (sample.root / MOVES).read_text(encoding="utf-8").rstrip("\n"))
    done = simpul("move", CASE, "antrean-baru", cwd=sample.root)
    assert (done.returncode, done.stdout) == (0, f"{NEW}\n{MOVES}\n"), done.stderr
    assert (sample.root / MOVES).read_text(encoding="utf-8").endswith(f"rusak. }}\n{RENAMED}")
    assert f"R  {CASE} -> {NEW}" in git(sample, "status", "--short")
    commit(sample)
    assert simpul("check", "--changed", base, cwd=sample.root).returncode == 0
    again = simpul("move", NEW, "antrean-daring", cwd=sample.root)
    assert again.returncode == 1
    assert f"'praktik/antrean-daring' tercatat sebagai nama lama di {MOVES}." in again.stderr


def test_a_module_goes_with_its_folder_and_its_id(sample: Sample) -> None:
    sample.write("curriculum/modul/surel-aman/gambar/a.svg", "<svg/>")
    done = simpul("move", "curriculum/modul/surel-aman/", "surel-dinas", cwd=sample.root)
    assert done.returncode == 0, done.stderr
    assert not (sample.root / "curriculum/modul/surel-aman").exists()
    assert (sample.root / "curriculum/modul/surel-dinas/gambar/a.svg").is_file()
    assert "\nid: surel-dinas\n" in "\n" + \
        (sample.root / "curriculum/modul/surel-dinas/modul.yml").read_text(encoding="utf-8")
    (sample.root / "curriculum/modul/surel-dinas/gambar/a.svg").unlink()
    assert not errors(sample.problems())


@pytest.mark.parametrize(("old", "new", "told"), [
    ("content/daerah/00.71/profil.yml", "x", "bukan praktik"),
    (CASE.replace("daring", "tiada"), "x", "tidak ada"),
    (CASE, "content/daerah/00.01/praktik/x.md", "di folder yang sama"),
    (CASE, "adaptasi/x", "berkas sejenis"),
    (CASE, "Antrean Baru", "huruf kecil"), (CASE, "../../../x", "di folder yang sama"),
    ("curriculum/modul/kata-sandi", "surel-aman", "curriculum/modul/surel-aman/modul.yml sudah ada"),
    ("../luar.md", "x", "tidak ada"), ("/etc", "x", "tidak ada"),
])
def test_what_cannot_be_renamed_is_refused_and_nothing_changes(sample: Sample, old: str, new: str,
                                                               told: str) -> None:
    before = tree(sample.root)
    done = simpul("move", old, new, cwd=sample.root)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(sample.root) == before
