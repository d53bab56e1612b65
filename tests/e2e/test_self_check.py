"""The self-check: what is asked, what level comes of it, and the shortest path that closes the gap."""

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from simpul.problems import errors
from tests.harness import Sample

pytestmark = pytest.mark.xdist_group("theme")

URL = "periksa-diri.html"
THREE = {level: ", ".join(f'{{ id: "4.1.{level}-{n}", perilaku: Perilaku {level}-{n} }}' for n in (1, 2, 3))
         for level in (1, 2)}
INDICATORS = f'{{ "1": [{THREE[1]}], "2": [{THREE[2]}] }}'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three indicators for each level of 4.1, one for those of 4.2; minimum 2 and 1, both core."""
    sample = Sample(tmp_path_factory.mktemp("diri") / "sumber", "73")
    sample.replace("curriculum/kerangka/kdasn.yml",
                   '{ "1": [{ id: "4.1.1-1", perilaku: Memakai kata sandi kuat }], '
                   '"2": [{ id: "4.1.2-1", perilaku: Mengenali surel penipuan }] }', INDICATORS)
    assert errors(sample.build().problems) == ()
    return sample.root / "site"


@pytest.fixture
def check(page: Page, site: Path) -> Page:
    page.goto((site / URL).as_uri())
    return page


def behaviour(page: Page, text: str) -> Locator:
    return page.get_by_role("group", name=text, exact=True)


def answer(page: Page, level: int, words: str) -> None:
    """All of a level of 4.1: s, b or x for alone, with help, not yet."""
    for number, word in enumerate(words, 1):
        behaviour(page, f"Perilaku {level}-{number}").get_by_label(
            {"s": "sendiri", "b": "dengan bantuan", "x": "belum"}[word]).check()


def row(page: Page, code: str) -> list[str]:
    page.get_by_role("button", name="Lihat hasil").click()
    line = page.get_by_role("row").filter(has_text=code)
    return [cell.strip() for cell in line.locator("td").all_inner_texts()][1:]


@pytest.mark.parametrize(("first", "second", "level"), [
    ("sss", "sss", "2"), ("sss", "ssb", "2"), ("bss", "sbs", "2"), ("sss", "sbb", "1"), ("sss", "ssx", "1"),
    ("ssb", "xxx", "1"), ("sbb", "", "0"), ("ssx", "", "0"), ("xxx", "", "0"), ("bbb", "", "0"),
])
def test_a_level_is_reached_alone_but_for_one_thing_of_three(check: Page, first: str, second: str,
                                                             level: str) -> None:
    answer(check, 1, first)
    if second:
        answer(check, 2, second)
    else:
        expect(behaviour(check, "Perilaku 2-1")).to_be_hidden()
    assert row(check, "4.1") == [level, "2", "2", str(2 - int(level))]


def test_where_there_is_one_thing_it_is_done_alone(check: Page) -> None:
    for word, level in (("dengan bantuan", "0"), ("sendiri", "1")):
        check.reload()
        check.get_by_role("button", name="Lanjut").click()
        behaviour(check, "Menyimpan data warga dengan aman").get_by_label(word).check()
        assert row(check, "4.2")[0] == level


def test_more_than_the_minimum_is_asked_only_of_who_wants_it(check: Page) -> None:
    more = check.get_by_role("button", name="Tanya tingkat berikutnya")
    check.get_by_role("button", name="Lanjut").click()
    expect(more).to_be_hidden()
    behaviour(check, "Menyimpan data warga dengan aman").get_by_label("sendiri").check()
    expect(behaviour(check, "Menilai risiko data pribadi")).to_be_hidden()
    more.click()
    behaviour(check, "Menilai risiko data pribadi").get_by_label("sendiri").check()
    assert row(check, "4.2") == ["2", "1", "1", "0"]


def test_one_can_stop_and_go_on_later_by_keyboard(check: Page) -> None:
    expect(check.get_by_role("heading", name="1 dari 2: 4.1 Melindungi perangkat")).to_be_visible()
    expect(check.get_by_role("button", name="Kembali")).to_be_disabled()
    answer(check, 1, "ssx")
    check.get_by_role("button", name="Lanjut").focus()
    check.keyboard.press("Enter")
    expect(check.get_by_role("heading", name="2 dari 2: 4.2 Melindungi data pribadi")).to_be_focused()
    check.reload()
    expect(check.get_by_role("heading", name="2 dari 2: 4.2")).to_be_visible()
    check.get_by_role("button", name="Kembali").click()
    expect(behaviour(check, "Perilaku 1-3").get_by_label("belum")).to_be_checked()


def test_the_gap_is_told_with_the_path_that_closes_it(check: Page, site: Path) -> None:
    answer(check, 1, "sss")
    answer(check, 2, "xxx")
    check.get_by_role("button", name="Lanjut").click()
    behaviour(check, "Menyimpan data warga dengan aman").get_by_label("sendiri").check()
    check.get_by_role("button", name="Lanjut").click()
    result = check.locator("[data-result]")
    expect(result).to_be_focused()
    expect(result).to_contain_text("1 dari 2 kompetensi mencapai usulan minimum; 1 belum")
    expect(result).to_contain_text("Bukan 3 JP, melainkan 2 JP:")
    assert result.get_by_role("listitem").all_inner_texts() == ["Surel yang aman 2 JP"]
    expect(result.get_by_role("img")).to_be_visible()
    check.goto((site / "catatan-belajar.html").as_uri())
    expect(check.locator("[data-self]")).to_contain_text(
        "Pelaksana layanan publik, standar 0.1.0: 1 dari 2 kompetensi mencapai usulan minimum.")


def test_what_was_not_answered_is_no_gap(check: Page) -> None:
    assert row(check, "4.1") == ["belum diisi", "2", "2", "-"]
    expect(check.locator("[data-result]")).to_contain_text("0 belum, 2 belum Anda isi.")


# The shortest path

Modules = dict[str, list[Any]]


def brute(modules: Modules, cells: list[str], held: set[str]) -> int | None:
    """The least minutes of a set that teaches all cells, with all that each builds on and is not held."""
    best = None
    for size in range(len(modules) + 1):
        for chosen in itertools.combinations(modules, size):
            taught = {cell for name in chosen for cell in modules[name][3]}
            whole = all(before in chosen or set(modules[before][3]) <= held
                        for name in chosen for before in modules[name][2])
            if whole and set(cells) <= taught:
                minutes = sum(modules[name][1] for name in chosen)
                best = minutes if best is None else min(best, minutes)
    return best


def test_no_set_of_modules_is_shorter(page: Page, site: Path) -> None:
    script = "".join((Path(__file__).parents[2] / f"theme/scripts/{part}.js").read_text("utf-8")
                     for part in ("simpul", "periksa/path")).replace("= ICON", "= ''")
    page.goto((site / URL).as_uri())
    chance = random.Random(7)
    tried = 0
    for _ in range(60):
        cells = [f"4.{n}.1" for n in range(1, 6)]
        modules: Modules = {}
        for number in range(7):
            before = chance.sample(list(modules), min(len(modules), chance.randrange(2)))
            modules[f"m{number}"] = [f"M{number}", chance.randrange(1, 9) * 45, before,
                                     chance.sample(cells, chance.randrange(1, 3))]
        held = set(chance.sample(cells, chance.randrange(3)))
        wanted = [cell for cell in cells if cell not in held]
        least = brute(modules, wanted, held)
        if least is None:
            continue
        page.evaluate("known => { document.querySelector('[data-known]').textContent = known; }",
                      json.dumps({"modules": modules, "minimum": {}, "paths": {}}))
        found = page.evaluate(f"([cells, held]) => {{ {script}\n"
                              "return shortest(cells, (cell) => held.includes(cell), []); }",
                              [wanted, sorted(held)])
        assert sum(modules[name][1] for name in found) == least
        for place, name in enumerate(found):
            assert all(before in found[:place] or set(modules[before][3]) <= held
                       for before in modules[name][2])
        tried += 1
    assert tried > 30


# Everybody, and paper

def test_without_script_every_behaviour_has_boxes_to_tick(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto((site / URL).as_uri())
    item = page.get_by_role("listitem").filter(has_text="Perilaku 2-3")
    expect(item).to_be_visible()
    boxes = item.evaluate("item => getComputedStyle(item, '::after').content")
    assert boxes.count("☐") == 3
    expect(page.get_by_text("satu kotak pada tiap perilaku")).to_be_visible()
    expect(page.get_by_role("button", name="Lanjut")).to_be_hidden()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()


@pytest.mark.parametrize("stored", ["null", "{", '{"versi": 2, "diri": {"kelompok": "tidak-ada"}}',
                                    '{"diri": {"kelompok": "pelaksana_layanan", "tingkat": {"4.1": 2}}}',
                                    '{"versi": 2, "diri": {"kelompok": 7, "jawaban": {"4.1.1-1": 9}}}',
                                    '{"diri": {"kelompok": "x", "jawaban": {"__proto__": 1, "4.1": "3"}}}'])
def test_what_is_kept_of_an_earlier_check_may_be_anything(check: Page, stored: str) -> None:
    check.evaluate("text => localStorage.setItem('simpul.belajar', text)", stored)
    check.reload()
    answer(check, 1, "sss")
    assert row(check, "4.1")[0] == "belum diisi"
    kept = json.loads(check.evaluate("localStorage.getItem('simpul.belajar')"))["diri"]
    assert kept["jawaban"] == {"4.1.1-1": 3, "4.1.1-2": 3, "4.1.1-3": 3}


def test_axe_finds_nothing_while_and_after_it_is_answered(check: Page) -> None:
    check.set_viewport_size({"width": 320, "height": 640})
    for step in (lambda: answer(check, 1, "ssx"), lambda: row(check, "4.1")):
        step()
        report = Axe().run(check, options={"preload": False}).response
        assert [violation["id"] for violation in report["violations"]] == []
        assert not check.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_only_the_result_is_printed_and_the_sheet_of_a_unit_is_blank(check: Page, site: Path) -> None:
    answer(check, 1, "ssx")
    row(check, "4.1")
    check.emulate_media(media="print")
    expect(check.locator("[data-self-check]")).to_be_hidden()
    expect(check.locator("[data-result] table")).to_be_visible()
    check.goto((site / "rekap-unit.html").as_uri())
    expect(check.locator("tbody tr")).to_have_count(2)
    expect(check.get_by_text("Rekap ini laporan diri")).to_be_visible()
