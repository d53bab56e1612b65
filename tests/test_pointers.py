"""What public sources say of real regions is shown with its source and its mark, and counted nowhere."""

import re
from pathlib import Path

import pytest

from simpul.builder.build import check
from simpul.model.dates import month_or_day
from simpul.pages.page import PAGE_SIZE
from simpul.portal import Portal
from simpul.search.terminal import search
from simpul.sources.pointer_rules import COPIED, runs
from tests.harness import HERE, Sample, simpul, tree
from tests.pointers import ANSWER, DISPUTE, MORE, pointer, replicated, withdrawn

OWN = HERE.parent
HOME = "curriculum/penunjuk/73.71-surat-desa.yml"


def pointed(root: Path) -> Sample:
    sample = Sample(root)
    sample.write(HOME, pointer("73.71", more=MORE + DISPUTE + replicated("73.11")))
    sample.write("curriculum/penunjuk/73-data-desa.yml", pointer("73", "Data desa"))
    sample.write("curriculum/penunjuk/73.11-lama.yml", withdrawn("73.11"))
    return sample


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    sample = pointed(tmp_path_factory.mktemp("penunjuk") / "root")
    assert sample.build().result, sample.report()
    return sample


@pytest.fixture(scope="module")
def own() -> Portal:
    return check(OWN, 1).portal


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split())


def test_a_page_tells_what_is_known_from_whom_and_what_is_not(site: Sample) -> None:
    page = site.page("penunjuk/73.71-surat-desa.html")
    told = text(page)
    assert "Penunjuk, belum dikonfirmasi daerah." in told
    assert "Harian Rekaan (Media lokal), 17 November 2021; dibaca utuh" in told
    assert "Lembaga Rekaan (PBB), tanggal tidak diketahui; dibaca sebagian" in told
    assert "Lembaga Rekaan (Lembaga), Maret 2021" in told
    assert "2 penerbit" in told
    assert "Kunjungan belajar, bukan bukti diterapkan" in told
    for part in ("Sepuluh.", "Sembilan.", "Satu desa mulai lebih dulu.", "Dua hari cukup bagi kami.",
                 "Berapa lama warga menunggu sekarang."):
        assert part in told
    assert 'href="https://berita.example/desa"' in page


def test_a_region_answers_without_a_script(site: Sample) -> None:
    page = site.page("penunjuk/73.71-surat-desa.html")
    assert 'href="../kirim/praktik.html#73.71"' in page
    assert "surat/penunjuk.html?judul=Surat+di+desa" in page.replace("%20", "+")
    told = text(page)
    for way in ("Kami menguatkan isinya", "Kami membetulkan isinya", "Kami akan menulisnya sendiri",
                "Kami meminta penunjuk ini dihapus"):
        assert way in told
        assert way in text(site.page("surat/penunjuk.html"))


def test_one_that_was_withdrawn_says_so_and_is_in_no_list(site: Sample) -> None:
    assert "Penunjuk ini ditarik." in text(site.page("penunjuk/73.11-lama.html"))
    assert "Mohon dihapus." in text(site.page("penunjuk/73.11-lama.html"))
    lists = [name for name in tree(site.root / "site") if name.endswith(".html")
             and "73.11-lama.html" in site.page(name)]
    assert lists == ["penunjuk/73.11-lama.html"]  # itself, in the letter


def test_pages_of_regions_lists_and_the_chain_lead_to_it(site: Sample) -> None:
    for url in ("daerah/73.71.html", "daerah/73.11.html", "penunjuk/index.html", "penunjuk/provinsi/73.html",
                "penunjuk/bentuk/layanan.html", "rantai.html"):
        assert "73.71-surat-desa.html" in site.page(url), url
    assert "73-data-desa.html" in site.page("daerah/73.html")
    assert "penunjuk/provinsi/73.html" in site.page("daerah/73.html")
    assert "penunjuk/index.html" in site.page("praktik/index.html")
    assert "Penunjuk dari sumber terbuka" not in site.page("daerah/73.05.html")


def test_nothing_is_counted(site: Sample, tmp_path: Path) -> None:
    """Every file of a portal without pointers is there with the same bytes, but for pages that show one."""
    bare = Sample(tmp_path / "root")
    assert bare.build().result
    before, after = tree(bare.root / "site"), tree(site.root / "site")
    changed = sorted(name for name in before if before[name] != after.get(name)
                     and not name.startswith(("cari/", "sitemap")))
    assert changed == ["daerah/73.11.html", "daerah/73.71.html", "daerah/73.html", "penunjuk/index.html",
                       "praktik/index.html", "rantai.html"]
    section = re.compile(r'<h2 id="?__(?:penunjuk|jejak)"?>.*?(?=<h2|<p class="?source)', re.DOTALL)
    for name in changed:
        if name != "penunjuk/index.html":
            there = section.sub("", after[name].decode())
            assert _numbers(there) == _numbers(before[name].decode()), name


def _numbers(page: str) -> list[str]:
    return re.findall(r"\d+", text(page))


def test_nothing_else_reads_them() -> None:
    """What figures, exports and lists do not know of they cannot count."""
    package = OWN / "generator/simpul"
    readers = sorted(path.relative_to(package).as_posix() for path in package.rglob("*.py")
                     if "portal.pointers" in path.read_text(encoding="utf-8"))
    assert readers == ["checks/pointers.py", "pages/moved.py", "pages/pointers.py"]


def test_it_is_found_as_a_kind_of_its_own(site: Sample) -> None:
    found = search(site.root / "site", "camat menyetujui dari jauh", {"jenis": "penunjuk"})
    assert {hit.url for hit in found.hits} == {"penunjuk/73-data-desa.html",
                                               "penunjuk/73.71-surat-desa.html"}


def test_many_are_parted_and_none_is_lost(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    count = PAGE_SIZE + 1
    for number in range(count):
        sample.write(f"curriculum/penunjuk/73.71-nomor-{number}.yml", pointer("73.71", f"Nomor {number}"))
    assert sample.build().result
    assert f"{count} penunjuk" in text(sample.page("penunjuk/index.html"))
    listed = sample.page("penunjuk/provinsi/73.html") + sample.page("penunjuk/provinsi/73/2.html")
    assert len(set(re.findall(r"73\.71-nomor-\d+\.html", listed))) == count
    assert "Semua penunjuk" in text(sample.page("daerah/73.71.html"))


def test_a_confirmed_one_leads_to_the_case_of_its_region(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    case = (sample.root / "content/daerah/00.71/praktik/antrean-daring.md").read_text(encoding="utf-8")
    sample.write("content/daerah/73.71/praktik/surat.md", case.replace('contoh: "ya"\n', ""))
    sample.write(HOME, pointer("73.71", status="dikonfirmasi",
                               more=ANSWER.format("Benar.") + "praktik: 73.71/surat\n"))
    assert sample.build().result, sample.report()
    page = sample.page("penunjuk/73.71-surat-desa.html")
    assert "Penunjuk, dikonfirmasi daerah." in text(page)
    assert "Tanggapan Diskominfo, 2 Mei 2026: Benar." in text(page)
    assert 'href="../praktik/73.71/surat.html"' in page


def test_a_source_from_the_future_is_told_where_the_day_is_known(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").write(HOME, pointer("73.71").replace("2021-11-17", "2062-11"))
    done = simpul("check", cwd=sample.root, SOURCE_DATE_EPOCH="1790000000")
    told = "galat: tanggal 2062-11 belum terjadi. Periksa tahun, bulan, dan harinya."
    assert f"{HOME}:16: {told}" in done.stdout


def test_old_addresses_of_pointers_live_on(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.write("curriculum/penunjuk/73.71-baru.yml", pointer("73.71"))
    sample.write("curriculum/pindah.yml", "- { dari: penunjuk/73.71-lama, ke: penunjuk/73.71-baru }\n"
                 '- { dari: penunjuk/73.11-hapus, dicabut: "2026-05-02", alasan: Diminta daerahnya. }\n')
    assert sample.build().result, sample.report()
    assert "73.71-baru.html" in sample.page("penunjuk/73.71-lama.html")
    gone = text(sample.page("penunjuk/73.11-hapus.html"))
    assert "Penunjuk ini ditarik" in gone
    assert "Diminta daerahnya." in gone


def test_eight_words_in_a_row_are_a_copy() -> None:
    words = "satu dua tiga empat lima enam tujuh delapan sembilan"
    assert len(list(runs(words))) == 2
    assert list(runs(" ".join(words.split()[:COPIED - 1]))) == []
    assert next(runs("Satu, dua; TIGA empat lima enam tujuh delapan.")) == next(runs(words))


@pytest.mark.parametrize(("written", "told"), [
    ("2021-11-07", "7 November 2021"), ("2021-11", "November 2021"), ("2021", "2021"), ("", "")])
def test_a_date_is_told_as_far_as_it_is_known(written: str, told: str) -> None:
    assert month_or_day(written) == told


def test_the_own_pointers_are_many_and_copy_nothing(own: Portal) -> None:
    assert len(own.pointers) >= 25
    assert not any(own.is_sample(pointer.kode) for pointer in own.pointers.values())
    titles = {run for pointer in own.pointers.values() for fact in pointer.fakta
              for run in runs(f"{fact.judul_sumber} {fact.kutipan or ''}")}
    for name, found in own.pointers.items():
        written = [found.ringkas or "", *(fact.isi for fact in found.fakta)]
        assert [run for part in written for run in runs(part) if run in titles] == [], name


def test_both_figures_of_sumedang_are_told(own: Portal) -> None:
    [dispute] = own.pointers["32.11-simpati-stunting"].sengketa
    told = " ".join(side.isi for side in dispute.pihak)
    assert "8,27 persen" in told
    assert "27,6 persen" in told
