"""The quiz of a module: every form of question, answered as people write, and what the device keeps of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from simpul.problems import errors
from tests.harness import Sample

pytestmark = pytest.mark.xdist_group("theme")

MODULE = "modul/kata-sandi.html"
QUIZ = """\
  - tanya: Mana yang termasuk data pribadi?
    bentuk: pilihan_ganda_banyak
    pilihan: [Nomor telepon, Nama jalan kantor, Alamat rumah, Jam layanan]
    benar: ["1", "3"]
    alasan: [Menunjuk satu orang., Milik umum., Menunjuk satu rumah., Milik umum.]
    id: k2
    indikator: "4.1.1-1"
  - tanya: Urutkan langkah mengganti kata sandi.
    bentuk: urutan
    pilihan: [Buka pengaturan, Tulis kata sandi lama, Tulis kata sandi baru, Simpan]
    alasan: Yang lama diminta lebih dulu.
    id: k3
    indikator: "4.1.1-1"
  - tanya: Berapa rata-rata antrean?
    bentuk: angka
    jawaban: "1250,5"
    toleransi: "0,5"
    satuan: orang per hari
    alasan: Jumlah dibagi hari kerja.
    id: k4
    indikator: "4.1.1-1"
  - tanya: Apa nama pesan palsu yang meminta kata sandi?
    bentuk: isian_singkat
    jawaban: [Phishing, surel penipuan]
    alasan: Pesan itu memancing.
    id: k5
    indikator: "4.1.1-1"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module with a question of every form."""
    sample = Sample(tmp_path_factory.mktemp("kuis") / "sumber", "73")
    path = "curriculum/modul/kata-sandi/modul.yml"
    text = (sample.root / path).read_text("utf-8")
    assert errors(sample.write(path, text.rstrip() + "\n" + QUIZ).build().problems) == ()
    return sample.root / "site"


@pytest.fixture
def learner(page: Page, site: Path) -> Page:
    page.goto((site / MODULE).as_uri())
    return page


def question(page: Page, number: int) -> Locator:
    return page.locator("fieldset").nth(number - 1)


def answer(page: Page, skip: int = 0) -> None:
    """All questions rightly, but for one."""
    question(page, 1).get_by_label("empat kata acak").check()
    for option in ("Nomor telepon", "Alamat rumah"):
        question(page, 2).get_by_label(option).check()
    for place, step in enumerate(("Buka", "Tulis kata sandi lama", "Tulis kata sandi baru", "Simpan"), 1):
        question(page, 3).get_by_label(step).fill(str(place))
    question(page, 4).get_by_label("Jawaban").fill("1.250,5 orang")
    question(page, 5).get_by_label("Jawaban").fill(" PHISHING. ")
    if skip:
        question(page, skip).locator("input").first.fill("")


def judge(page: Page) -> Locator:
    page.get_by_role("button", name="Periksa jawaban").click()
    return page.get_by_role("status")


def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('simpul.belajar')"))
    return found


def test_every_form_is_answered_with_the_keyboard_and_judged(learner: Page) -> None:
    answer(learner)
    expect(judge(learner)).to_contain_text("Nilai Anda: 5 dari 5. Modul ini tuntas.")
    for number in range(1, 6):
        expect(question(learner, number).get_by_text("Jawaban Anda benar")).to_be_visible()
    [attempt] = kept(learner)["kuis"]["kata-sandi"]
    assert attempt[1:] == [5, 5, "1.0.0"]
    assert kept(learner)["jalur"] is None


def test_an_answer_in_part_is_told_so_and_counts_as_wrong(learner: Page) -> None:
    answer(learner)
    question(learner, 2).get_by_label("Alamat rumah").uncheck()
    question(learner, 2).get_by_label("Jam layanan").check()
    for step, place in (("lama", "3"), ("baru", "2")):
        question(learner, 3).get_by_label(f"Tulis kata sandi {step}").fill(place)
    expect(judge(learner)).to_contain_text("Nilai Anda: 3 dari 5. Tuntas mulai 4 benar")
    for number in (2, 3):
        expect(question(learner, number).get_by_text("Jawaban Anda benar sebagian")).to_be_visible()
    wrong = question(learner, 2).locator(".wrong")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("Jam layanan")
    expect(question(learner, 2).get_by_text("Menunjuk satu rumah.")).to_be_visible()


def test_what_is_missing_or_cannot_be_read_is_asked_for_where_it_stands(learner: Page) -> None:
    expect(judge(learner)).to_have_text("Masih ada 5 soal yang belum dijawab.")
    answer(learner, skip=4)
    expect(judge(learner)).to_have_text("Masih ada 1 soal yang belum dijawab.")
    expect(question(learner, 4).locator("input")).to_be_focused()
    question(learner, 4).locator("input").fill("antara 3 dan 4")
    expect(judge(learner)).to_have_text("Soal 4: tulis satu angka saja, misalnya 12,5.")
    answer(learner)
    question(learner, 3).get_by_label("Simpan").fill("1")
    expect(judge(learner)).to_have_text("Soal 3: pakai tiap nomor dari 1 sampai 4 satu kali.")
    assert learner.evaluate("localStorage.getItem('simpul.belajar')") is None


@pytest.mark.parametrize(("right", "written"), [
    ("12.5", ["12,5", "12.5", "12,50", "+12,5", "12,5.", "12,5 hari", " 12,5 "]),
    ("1250", ["1250", "1.250", "1,250", "1 250", "1\u00a0250", "Rp1.250,-", "Rp 1.250"]),
    ("1250", ["1.250,00", "1,250.00", "kira-kira 1.250"]),
    ("1.25", ["1.250", "1,25", "1.25", "1,250"]), ("1250000", ["1.250.000", "1,250,000", "1 250 000"]),
    ("-5", ["-5", "\u22125", "- 5", "-5,0"]), ("0.25", ["0.250", "0,25", "0,250"]), ("85", ["85 %", "85%"]),
    ("0", ["0", "0,0"]), ("7", ["07", "7 hari"]),
])
def test_numbers_are_read_as_people_write_them(learner: Page, right: str, written: list[str]) -> None:
    _set_number(learner, right, "0", "hari")
    for text in written:
        assert _accepted(learner, text), (right, text)


@pytest.mark.parametrize(("right", "tolerance", "written"), [
    ("12.5", "0", ["12,6", "125", "1,25", "12,5,0"]), ("1250", "0", ["1.2500", "12.50", "125.0"]),
    ("250", "0", ["0.250", "0,250"]), ("12.5", "0.5", ["11,9", "13,1"]), ("5", "0", ["-5"]),
])
def test_other_numbers_are_wrong(learner: Page, right: str, tolerance: str, written: list[str]) -> None:
    _set_number(learner, right, tolerance, "")
    for text in written:
        assert not _accepted(learner, text), (right, text)


def test_a_number_within_the_tolerance_is_right_to_its_bounds(learner: Page) -> None:
    _set_number(learner, "0.3", "0.1", "m2")
    for text in ("0,2", "0,4", "0,3 m2"):
        assert _accepted(learner, text), text


@pytest.mark.parametrize(("text", "right"), [
    ("phishing", True), ("Phíshing!", True), ("  surel   penipuan ", True), ("Surel-penipuan", True),
    ("phising", False), ("penipuan", False)])
def test_few_words_are_compared_without_case_accents_and_marks(learner: Page, text: str, right: bool) -> None:
    answer(learner)
    question(learner, 5).locator("input").fill(text)
    expect(judge(learner)).to_contain_text(f"Nilai Anda: {5 if right else 4} dari 5")


def _set_number(page: Page, right: str, tolerance: str, unit: str) -> None:
    answer(page)
    question(page, 4).evaluate("(field, data) => Object.assign(field.dataset, data)",
                               {"answers": right, "tolerance": tolerance, "unit": unit})


def _accepted(page: Page, text: str) -> bool:
    question(page, 4).locator("input").fill(text)
    return "Nilai Anda: 5 dari 5" in judge(page).inner_text()


def test_the_order_gives_nothing_away_and_is_the_same_for_everybody(browser: Browser, site: Path) -> None:
    orders = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto((site / MODULE).as_uri())
        orders.append(page.locator("fieldset label").all_inner_texts())
        steps = [text.split(maxsplit=1)[1] for text in question(page, 3).locator("label").all_inner_texts()]
        assert steps != ["Buka pengaturan", "Tulis kata sandi lama", "Tulis kata sandi baru", "Simpan"]
        context.close()
    assert orders[0] == orders[1]


def test_without_script_every_answer_can_be_looked_up(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((site / MODULE).as_uri())
    for number in range(1, 6):
        question(page, number).get_by_text("Lihat jawaban").click()
    steps = {label.split(maxsplit=1)[1]: label.split()[0]
             for label in question(page, 3).locator("label").all_inner_texts()}
    order = ", ".join(steps[step] for step in ("Buka pengaturan", "Tulis kata sandi lama",
                                               "Tulis kata sandi baru", "Simpan"))
    expect(question(page, 3).locator("details p")).to_have_text(f"{order} Yang lama diminta lebih dulu.")
    expect(question(page, 4).locator("details p")).to_have_text(
        "1250,5 orang per hari Jumlah dibagi hari kerja.")
    expect(question(page, 5).locator("details p")).to_have_text(
        "Phishing atau surel penipuan Pesan itu memancing.")
    expect(question(page, 2).get_by_text("(benar)")).to_have_count(2)
    context.close()


def test_a_finger_hits_every_answer(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((site / MODULE).as_uri())
    low = [box for label in page.locator("fieldset label").all() if (box := label.bounding_box())
           and box["height"] < 44]
    assert low == []
    context.close()


# What is kept

def test_attempts_are_kept_with_the_best_and_the_last(learner: Page) -> None:
    answer(learner)
    judge(learner)
    judge(learner)
    question(learner, 5).locator("input").fill("tidak tahu")
    judge(learner)
    assert [attempt[1] for attempt in kept(learner)["kuis"]["kata-sandi"]] == [5, 4]
    learner.reload()
    expect(learner.get_by_role("status")).to_have_text(
        "Nilai Anda terakhir: 4 dari 5, terbaik: 5 dari 5, dalam 2 kali mengerjakan. Modul ini tuntas.")


def test_a_module_that_changed_since_says_so(learner: Page) -> None:
    _store(learner, {"versi": 2, "kuis": {"kata-sandi": [["2026-01-02T03:04:05.678Z", 3, 5, "0.9.0"]]}})
    learner.reload()
    expect(learner.get_by_role("status")).to_contain_text(
        "Modul berubah sejak Anda mengerjakannya: 0.9.0 -> 1.0.0.")


def _store(page: Page, value: object) -> None:
    page.evaluate("text => localStorage.setItem('simpul.belajar', text)", json.dumps(value))


def test_what_an_earlier_portal_kept_is_taken_over(learner: Page) -> None:
    _store(learner, {"dibaca": {"kata-sandi": 1}, "kuis": {"kata-sandi": [4, 5]}, "diri": {},
                     "jalur": "asn-baru"})
    learner.reload()
    expect(learner.get_by_role("button", name="✓ Sudah dibaca")).to_be_visible()
    expect(learner.get_by_role("status")).to_contain_text("terbaik: 4 dari 5, dalam 1 kali")
    answer(learner)
    judge(learner)
    assert [attempt[1:] for attempt in kept(learner)["kuis"]["kata-sandi"]] == [[4, 5, ""], [5, 5, "1.0.0"]]
    assert kept(learner)["jalur"] == ["asn-baru", "-"]


@pytest.mark.parametrize("kuis", [
    [8, 7], [1, 0], [-1, 5], ["5", "7"], [["x", 1, 2, {}]], [[None, 1.5, 2, ""]], {}, "x", [[]],
    [[1, 2, 3, 4, 5]], [["2026-01-02T03:04:05.678Z", 1, 1e9, "1"]]])
def test_a_score_that_cannot_be_is_none(learner: Page, kuis: object) -> None:
    _store(learner, {"kuis": {"kata-sandi": kuis, "__proto__": [1, 2]}})
    learner.reload()
    answer(learner)
    expect(judge(learner)).to_contain_text("Nilai Anda: 5 dari 5")
    assert kept(learner)["kuis"]["kata-sandi"][-1][1:] == [5, 5, "1.0.0"]


def test_a_module_without_a_right_answer_is_not_done(learner: Page) -> None:
    _store(learner, {"kuis": {"kata-sandi": [0, 7]}})
    learner.reload()
    expect(learner.get_by_role("status")).not_to_contain_text("tuntas")


def test_two_tabs_do_not_undo_each_other(learner: Page, site: Path) -> None:
    other = learner.context.new_page()
    other.goto((site / "modul/surel-aman.html").as_uri())
    other.get_by_role("button", name="Tandai sudah dibaca").click()
    answer(learner)
    judge(learner)
    other.get_by_role("radio").first.check()
    judge(other)
    assert set(kept(learner)["kuis"]) == {"kata-sandi", "surel-aman"}
    other.goto((site / MODULE).as_uri())
    learner.get_by_role("button", name="Tandai sudah dibaca").click()
    expect(other.get_by_role("button", name="✓ Sudah dibaca")).to_be_visible()
    assert set(kept(other)["dibaca"]) == {"kata-sandi", "surel-aman"}


@pytest.mark.parametrize("refusal", [
    "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }",
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'x'); } })"])
def test_where_nothing_can_be_kept_the_page_says_so_once_and_works(browser: Browser, site: Path,
                                                                   refusal: str) -> None:
    context = browser.new_context()
    context.add_init_script(refusal)
    page = context.new_page()
    page.goto((site / MODULE).as_uri())
    page.get_by_role("button", name="Tandai sudah dibaca").click()
    answer(page)
    expect(judge(page)).to_contain_text("Nilai Anda: 5 dari 5")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text("Peramban ini tidak menyimpan catatan")
    expect(page.get_by_role("button", name="✓ Sudah dibaca")).to_be_visible()
    context.close()
