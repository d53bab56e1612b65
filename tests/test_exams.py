"""Two papers from one bank: equal in content, the same for the same seed, with keys that are right."""

import html
import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul import model
from simpul.builder.build import check
from simpul.figures.exams import Exam, core_cells, draw
from simpul.portal import Portal
from tests.banks import LEVELS, bank, banked
from tests.harness import Sample, simpul

ROOT = Path(__file__).parents[1]
SHEETS = ("soal", "jawaban", "kunci", "tugas", "rubrik")


@pytest.fixture(scope="module")
def portal() -> Portal:
    return check(ROOT, 1).portal


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = banked(tmp_path_factory.mktemp("exams") / "root")
    assert sample.build().result
    return sample.root / "site"


def _exams(portal: Portal) -> list[Exam]:
    groups = [core_cells(portal, group) for group in portal.groups]
    return [draw(portal, cells, seed) for cells in groups for seed in ("satu", "dua")]


def test_forms_are_equal_by_cell_and_share_no_question(portal: Portal) -> None:
    for exam in _exams(portal):
        one, other = ([asked.question for asked in paper.asked] for paper in exam.papers)
        assert [(q.kompetensi, q.tingkat) for q in one] == [(q.kompetensi, q.tingkat) for q in other]
        assert Counter(q.kesulitan for q in one) == Counter(q.kesulitan for q in other)
        assert not {q.id for q in one} & {q.id for q in other}
        assert {q.untuk for q in (*one, *other)} == {"uji"}
        assert [task.id for task, _ in exam.papers[0].tasks] == [task.id for task, _ in exam.papers[1].tasks]
        assert [{variant.id for _, variant in paper.tasks} for paper in exam.papers] == [{"a"}, {"b"}]


def test_every_core_can_be_tested_in_full(portal: Portal) -> None:
    for exam in _exams(portal):
        assert not exam.lacking
        assert len(exam.papers[0].asked) == 3 * len(exam.cells)


def test_a_key_names_what_the_source_calls_right(portal: Portal) -> None:
    forms = Counter[str]()
    for exam in _exams(portal):
        for paper in exam.papers:
            for asked in paper.asked:
                forms[asked.question.bentuk] += 1
                shown = [asked.options[place] for place in asked.right]
                if asked.question.bentuk == "urutan":
                    assert shown == list(asked.question.pilihan)
                    assert shown != list(asked.options)
                else:
                    assert set(shown) == {asked.question.pilihan[n - 1] for n in asked.question.benar}
                    told = dict(zip(asked.question.pilihan, asked.question.alasan, strict=False))
                    assert not asked.options or [told[text] for text in asked.options] == list(asked.reasons)
    assert set(forms) >= {"pilihan", "pilihan_ganda_banyak", "urutan", "angka", "isian_singkat"}


def test_right_answers_stand_in_all_places(portal: Portal) -> None:
    papers = [paper for exam in _exams(portal) for paper in exam.papers]
    places = Counter(asked.right[0] for paper in papers for asked in paper.asked
                     if asked.question.bentuk == "pilihan" and len(asked.options) == 4)
    total = places.total()
    assert total > 100
    assert all(total / 8 < places[n] < total / 2.5 for n in range(4)), places


def test_seeds_decide(portal: Portal) -> None:
    cells = core_cells(portal, "administrasi")
    assert draw(portal, cells, "satu") == draw(portal, cells, "satu")
    ids = [[a.question.id for a in draw(portal, cells, seed).papers[0].asked] for seed in map(str, range(20))]
    assert len(set(map(tuple, ids))) == 20


ITEMS = st.lists(st.tuples(st.sampled_from(LEVELS), st.integers(1, 3), st.sampled_from(("uji", "latihan"))),
                 max_size=16)


@settings(deadline=None, max_examples=60)
@given(ITEMS, st.text(max_size=3))
def test_any_bank_gives_two_forms(portal: Portal, items: list[tuple[str, int, str]], seed: str) -> None:
    questions = [model.BankQuestion.model_validate({
        "id": f"1.1.1-s{n:02}", "indikator": f"1.1.1-{indicator}", "kesulitan": hard, "untuk": use,
        "tanya": "T?", "pilihan": ["a", "b", "c"], "benar": "2", "alasan": ["x", "y", "z"]})
        for n, (hard, indicator, use) in enumerate(items)]
    bank = model.Bank(kompetensi="1.1", tingkat="1", soal=tuple(questions))
    known = {**portal.__dict__, "banks": {"1.1-1": bank}}
    exam = draw(Portal(**{name: known[name] for name in Portal.__dataclass_fields__}), [("1.1", "1")], seed)
    tested = sum(use == "uji" for *_, use in items)
    one, other = ([asked.question.id for asked in paper.asked] for paper in exam.papers)
    assert len(one) == len(other) == min(3, tested // 2)
    assert len({*one, *other}) == 2 * len(one)


def test_what_is_tested_stands_on_no_page(site: Path) -> None:
    pages = [page for page in site.rglob("*") if page.suffix in (".html", ".js", ".json", ".csv", ".xml")]
    assert len(pages) > 150
    assert not [page for page in pages if "Rahasia 3" in page.read_text(encoding="utf-8")]


def test_the_sheets_of_a_centre_hold_every_part(site: Path) -> None:
    data = (site / "ujian/pelaksana-layanan.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name).decode() for name in names}
    sheets = [f"{part}-{form}.html" for form in "ab" for part in SHEETS]
    files = [f"bahan/a/tugas-{number}/surel.csv" for number in (1, 2)]
    assert names == sorted([*sheets, *files, "index.html", "rekap.html"])
    assert parts["bahan/a/tugas-1/surel.csv"] == "\ufeffdari;hal\r\nA;B\r\n"
    assert "Kotak masuk A." in parts["tugas-a.html"]
    assert "Kotak masuk B." in parts["tugas-b.html"]
    assert "dari,hal" in parts["tugas-a.html"]
    links = re.findall(r'href="([^"#]+)"', parts["index.html"])
    assert set(links) == set(names) - {"index.html"}


def test_a_key_on_paper_points_at_the_right_letter(site: Path) -> None:
    with zipfile.ZipFile(site / "ujian/pelaksana-layanan.zip") as archive:
        asked, key = (archive.read(f"{name}-a.html").decode() for name in ("soal", "kunci"))
    questions = re.findall(r"<li>((?:Rahasia|Tersimpan) \d+)\?(.*?)</ol>", asked, re.DOTALL)
    answers = re.findall(r'<th scope="row">\d+</th><td><b>\s*([A-F])\s*</b>', key)
    assert len(questions) == len(answers) == 6
    for (_, options), letter in zip(questions, answers, strict=True):
        texts = dict(re.findall(r"<b>([A-F])\.</b> (.*?)</li>", options))
        assert html.unescape(texts[letter]).startswith("benar")


def test_a_centre_and_the_page_lead_to_the_sheets(site: Path) -> None:
    for page in ("lulus-minimum.html", "pusat/00.71/pusat-contoh.html"):
        assert "ujian/pelaksana-layanan.zip" in (site / page).read_text(encoding="utf-8")


def test_a_portal_without_a_definition_says_so(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    page = sample.page("lulus-minimum.html")
    assert "Portal ini belum menetapkan apa yang disebut lulus minimum." in page
    assert "ujian/" not in page
    told = simpul("ujian", "--kelompok", "pelaksana_layanan", "--benih", "x", cwd=sample.root)
    assert (told.returncode, told.stderr.strip()) == (
        1, "Galat: portal ini belum punya curriculum/penilaian.yml, yang menetapkan susunan naskah "
           "dan batas lulus")


def test_the_command_writes_the_same_sheets_twice_and_nothing_else(tmp_path: Path) -> None:
    sample = banked(tmp_path / "root")
    first = simpul("ujian", "--kelompok", "pelaksana_layanan", "--benih", "x", cwd=sample.root)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "14 berkas di ujian. Buka ujian/index.html lebih dulu.\n"
    out = sample.root / "ujian"
    before = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    simpul("ujian", "--kelompok", "pelaksana_layanan", "--benih", "x", cwd=sample.root)
    assert before == {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("arguments", "code", "told"), [
    (("--kelompok", "pelaksana", "--benih", "x"), 2,
     "kelompok 'pelaksana' tidak ada. Maksud Anda 'pelaksana_layanan'?"),
    (("--sel", "9.9-1", "--benih", "x"), 2, "bank '9.9-1' tidak ada. Maksud Anda '4.2-1'?"),
    (("--benih", "x"), 2, "Sebutkan --kelompok atau --sel."),
    (("--sel", "4.1-2", "--benih", "x", "--out", "content"), 1,
     "Tidak ada yang diubah. Pilih folder lain dengan --out."),
])
def test_the_command_says_what_is_wrong(tmp_path: Path, arguments: tuple[str, ...], code: int,
                                        told: str) -> None:
    sample = banked(tmp_path / "root")
    done = simpul("ujian", *arguments, cwd=sample.root)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_too_small_a_bank_is_told(tmp_path: Path) -> None:
    sample = banked(tmp_path / "root").write("curriculum/bank/4.1-2.yml", bank(4))
    done = simpul("ujian", "--sel", "4.1-2", "--benih", "x", cwd=sample.root)
    assert done.returncode == 0
    assert done.stderr == "Peringatan: bank 4.1-2 belum cukup untuk dua naskah.\n"
    assert "Naskah ini belum lengkap." in (sample.root / "ujian/index.html").read_text(encoding="utf-8")
