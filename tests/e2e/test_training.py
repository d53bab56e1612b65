"""Needs, adapted modules, centres and experts as met on a narrow phone, without scripts, on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import barriers
from tests.e2e.test_theme import packed

pytestmark = pytest.mark.xdist_group("theme")

ADAPTED = "modul/surel-aman/00.71.html"
CENTRE = "pusat/00.71/pusat-contoh.html"
ATTENDANCE = "pusat/00.71/pusat-contoh/hadir.html"
KINDS = ("pelatihan.html", "kebutuhan.html", "kebutuhan/4.1.html", ADAPTED, "model/index.html",
         "model/pendampingan.html", "pusat/index.html", "pusat/provinsi/00.html", CENTRE,
         ATTENDANCE, "pusat/00.71/pusat-contoh/logistik.html", "ahli/index.html", "ahli/kompetensi/4.1.html",
         "ahli/kesenjangan.html", "ahli/kesenjangan/4.1.html", "daerah/00.71.html")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow phone whose reader has scripts off."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 360])
def test_axe_finds_nothing_and_every_page_fits(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    found = {}
    for url in KINDS:
        page.goto(served + url)
        found[url] = barriers(page)
    assert {url: wrong for url, wrong in found.items() if wrong} == {}


def test_every_page_arrives_in_one_round_trip(site_path: Path) -> None:
    sheet = (site_path / "assets/simpul.css").read_bytes()
    heavy = {url: size for url in KINDS if (size := packed(sheet, (site_path / url).read_bytes())) > 14_000}
    assert heavy == {}


def test_from_a_need_to_the_regions_own_module_and_back(phone: Page, portal_url: str) -> None:
    phone.goto(portal_url + "pelatihan.html")
    phone.get_by_role("link", name="Kebutuhan daerah").click()
    expect(phone.get_by_text("Menunggu sejak 20 Juni 2026")).to_be_visible()
    phone.get_by_role("link", name="4.1 Melindungi perangkat").click()
    phone.get_by_role("link", name="versi daerah ini").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Surel yang aman: versi Kota Contoh Raya")
    phone.get_by_role("link", name="kebutuhan 40 ASN, 10 Mei 2026").click()
    expect(phone).to_have_url(portal_url + "daerah/00.71.html#kebutuhan-k1")
    expect(phone.locator(":target")).to_contain_text("Petugas loket menerima surel palsu")


def test_a_local_part_is_marked_with_its_reason_and_can_be_compared(phone: Page, portal_url: str) -> None:
    phone.goto(portal_url + ADAPTED)
    replaced = phone.get_by_text("Bagian lokal, menggantikan teks pusat")
    added = phone.get_by_text("Bagian lokal, ditambahkan daerah")
    expect(replaced).to_be_visible()
    expect(added).to_be_visible()
    expect(phone.get_by_text("Petugas loket memakai pesan singkat.", exact=True)).to_be_visible()
    phone.get_by_text("Bandingkan dengan teks pusat").click()
    expect(phone.locator("del", has_text="alamat")).to_be_visible()
    expect(phone.locator("ins", has_text="nomor").first).to_be_visible()
    expect(phone.get_by_text("Surel adalah pintu masuk penipuan")).to_be_visible()
    expect(phone.get_by_text("Soal lokal")).to_be_visible()
    phone.goto(portal_url + "modul/surel-aman.html")
    expect(phone.get_by_role("main").get_by_role("link", name="Kota Contoh Raya")).to_have_attribute(
        "href", "surel-aman/00.71.html")


def test_a_centre_says_what_has_changed_since_its_release_and_what_to_print(phone: Page,
                                                                            portal_url: str) -> None:
    phone.goto(portal_url + CENTRE)
    expect(phone.get_by_role("heading", name="Yang berubah sejak rilis 2026.1")).to_be_visible()
    expect(phone.get_by_text("Contoh kasus surel diperbarui.")).to_be_visible()
    expect(phone.get_by_role("main").get_by_role("link", name="Surel yang aman").last).to_have_attribute(
        "href", "../../modul/surel-aman/00.71.html")
    phone.get_by_role("link", name="Daftar hadir").click()
    expect(phone).to_have_url(portal_url + ATTENDANCE)


def test_the_attendance_sheet_has_a_line_for_everybody_and_room_to_sign(browser: Browser,
                                                                        served: str) -> None:
    context = browser.new_context(viewport={"width": 720, "height": 1000})
    page = context.new_page()
    page.goto(served + ATTENDANCE)
    page.emulate_media(media="print")
    lines = page.locator("table").last.locator("tbody tr")
    expect(lines).to_have_count(24)
    box = lines.last.locator("td").last.bounding_box()
    assert box
    assert box["height"] > 9 * 96 / 25.4 - 1
    assert box["width"] > 120
    for hidden in (".md-header", ".md-path", ".md-footer"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_text("Contoh rekaan.", exact=True)).to_be_visible()
    context.close()


def test_an_adapted_module_on_paper_names_its_region(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(served + ADAPTED)
    page.pdf()
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_contain_text("Surel yang aman: versi Kota Contoh Raya, "
                                                   "modul surel-aman versi 1.1.0")
    expect(page.get_by_text("Bagian lokal, menggantikan teks pusat")).to_be_visible()
    expect(page.get_by_role("img", name=f"Kode QR https://simpul.example/{ADAPTED}",
                            exact=True)).to_be_visible()
    context.close()
