"""What a reader does with schedules, monitoring, evenness and the chain."""

import re

from playwright.sync_api import Page, expect


def test_the_table_of_regions_is_read_unsorted_and_sorted(page: Page, portal_url: str) -> None:
    page.goto(portal_url + "pemerataan.html")
    page.get_by_text("Sulawesi Selatan").first.click()
    table = page.get_by_role("group", name="Sulawesi Selatan")
    first = table.get_by_role("rowheader").first
    before = first.inner_text()
    button = table.get_by_role("button", name="Daerah")
    button.click()
    expect(table.get_by_role("columnheader", name="Daerah")).to_have_attribute("aria-sort", "ascending")
    assert first.inner_text() != before
    button.press("Enter")
    expect(table.get_by_role("columnheader", name="Daerah")).to_have_attribute("aria-sort", "descending")
    assert first.inner_text() == before  # the province's name is the last by the alphabet


def test_evenness_is_whole_without_script_and_on_a_narrow_screen(page: Page, portal_url: str) -> None:
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, viewport={"width": 320, "height": 640})
    plain = context.new_page()
    for url in ("pemerataan.html", "pemantauan/00.71.html", "jadwal/00.71.html", "rantai/00.71.html",
                "layanan/adminduk.html"):
        plain.goto(portal_url + url)
        assert plain.evaluate("document.documentElement.scrollWidth") <= 320, url
    plain.goto(portal_url + "pemerataan.html")
    expect(plain.locator("details tr[data-kode]")).to_have_count(546)
    plain.locator("summary", has_text="Sulawesi Selatan").click()
    expect(plain.get_by_role("group", name="Sulawesi Selatan").get_by_role("row")).to_have_count(26)
    expect(plain.get_by_role("group", name="Sulawesi Selatan").get_by_role("button")).to_have_count(0)
    context.close()


def test_from_a_need_along_the_chain_to_its_evidence(page: Page, portal_url: str) -> None:
    page.goto(portal_url + "daerah/00.71.html")
    page.get_by_role("link", name="Rantai kebutuhan", exact=True).click()
    expect(page.get_by_text("belum ada", exact=False).first).to_be_visible()
    page.get_by_role("link", name=re.compile("^pendampingan")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jadwal Kota Contoh Raya")
    page.get_by_role("link", name="Rantai kebutuhan daerah ini").click()
    page.get_by_role("link", name="Disdukcapil").first.click()
    expect(page.get_by_text("Keduanya naik")).to_be_visible()
    expect(page.get_by_role("img", name="IKM Disdukcapil: 80,40, 82,15")).to_be_visible()
    page.get_by_role("link", name="Administrasi kependudukan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Administrasi kependudukan")
