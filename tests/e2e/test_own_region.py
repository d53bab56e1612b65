"""A reader's own region: chosen once, kept on the device, and where pages of many regions begin."""

import json

import pytest
from playwright.sync_api import Page, expect

KEY = "simpul.daerah"


def arrive(page: Page, url: str) -> None:
    """Goes to a page once a region is chosen. Among files it may be of another process, to which what is
    stored comes a little later.
    """
    page.goto(url)
    for _ in range(20):
        if page.evaluate(f"localStorage.getItem('{KEY}')"):
            return
        page.wait_for_timeout(100)
        page.reload()


def test_a_region_is_chosen_once_and_pages_begin_with_it(page: Page, portal_url: str) -> None:
    page.goto(portal_url + "index.html")
    page.get_by_role("link", name="Pilih daerah saya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Daerah")
    page.goto(portal_url + "daerah/00.71.html")
    button = page.get_by_role("button", name="Jadikan daerah saya")
    button.click()
    expect(page.get_by_role("button", name="✓ Daerah saya")).to_have_attribute("aria-pressed", "true")
    for url in ("index.html", "kebutuhan.html", "jadwal.html", "praktik/index.html", "pemantauan.html"):
        arrive(page, portal_url + url)
        expect(page.get_by_role("link", name="Kota Contoh Raya").first).to_be_visible()
    page.get_by_role("link", name="Rantai kebutuhan").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rantai kebutuhan Kota Contoh Raya")


def test_evenness_begins_with_the_own_region_and_those_like_it(page: Page, portal_url: str) -> None:
    page.goto(portal_url + "daerah/73.71.html")
    page.get_by_role("button", name="Jadikan daerah saya").click()
    arrive(page, portal_url + "pemerataan.html")
    own = page.get_by_role("group", name="Daerah saya")
    expect(own.get_by_role("rowheader").first).to_have_text("Kota Makassar")
    assert own.get_by_role("row").count() > 2
    page.get_by_label("Cari daerah").fill("toraja")
    expect(page.locator("details[data-provinsi]:visible")).to_have_count(1)
    expect(page.locator("details tr[data-kode]:visible")).to_have_count(2)
    page.get_by_label("Cari daerah").fill("")
    expect(page.locator("details[data-provinsi]:visible")).to_have_count(38)


def test_a_condition_is_chosen_where_none_is_known_and_remembered(page: Page, portal_url: str) -> None:
    page.goto(portal_url + "daerah/73.71.html")
    page.get_by_role("button", name="Jadikan daerah saya").click()
    chosen = page.locator("[data-kondisi]").first
    name = chosen.inner_text()
    chosen.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    arrive(page, portal_url + "index.html")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_the_choice_is_taken_back_and_erased_with_all_notes(page: Page, portal_url: str) -> None:
    page.goto(portal_url + "daerah/00.71.html")
    page.get_by_role("button", name="Jadikan daerah saya").click()
    page.get_by_role("button", name="✓ Daerah saya").click()
    assert page.evaluate(f"JSON.parse(localStorage.getItem('{KEY}'))") is None
    page.get_by_role("button", name="Jadikan daerah saya").click()
    page.goto(portal_url + "catatan-belajar.html")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-erase]").click()
    assert page.evaluate("Object.keys(localStorage).filter((key) => /daerah|kondisi/.test(key))") == []


@pytest.mark.parametrize("kept", ["null", "[]", "{", "3", '{"kode": "<b>"}',
                                  '{"kode": "99.99", "nama": 3, "tautan": 7, "serupa": "x"}'])
def test_what_is_not_ours_on_the_device_harms_nothing(page: Page, portal_url: str, kept: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(portal_url + "index.html")
    page.evaluate(f"localStorage.setItem('{KEY}', {json.dumps(kept)})")
    for url in ("index.html", "pemerataan.html", "daerah/00.71.html"):
        page.goto(portal_url + url)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert errors == []
