"""The learner's record: moved between devices, printed for a superior, cleared; nothing foreign harms it."""

import io
import itertools
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from simpul.problems import errors
from tests.e2e.test_old_phone import old
from tests.harness import Sample

pytestmark = pytest.mark.xdist_group("theme")

RECORD = "catatan-belajar.html"
KEY = "simpul.belajar"


def time(day: int) -> str:
    return f"2026-11-{day:02}T03:04:05.678Z"


def record(**parts: object) -> dict[str, Any]:
    return {"format": "simpul-catatan-belajar", "versi": 2, "dibaca": {}, "kuis": {}, "diri": {},
            "jalur": None, **parts}


FIRST = record(dibaca={"kata-sandi": time(3)}, kuis={"kata-sandi": [[time(3), 1, 7, "0.9.0"]]},
               jalur=["asn-baru", time(3)])
SECOND = record(dibaca={"surel-aman": time(5)}, kuis={"kata-sandi": [[time(4), 6, 7, "1.0.0"]],
                                                      "surel-aman": [[time(2), 2, 3, "1.1.0"]]})
THIRD = record(dibaca={"kata-sandi": "-"}, kuis={"kata-sandi": [["-", 6, 7, ""], [time(4), 6, 7, "1.0.0"]]},
               jalur=["lain", time(9)])
LONG = record(kuis={"kata-sandi": [[f"2025-01-{d:02}T00:00:{s:02}.000Z", s % 6, 7, "1.0.0"]
                                   for d in range(1, 3) for s in range(40)]
                    + [["2025-02-01T00:00:00.000Z", 0, 7, "1.0.0"]]})
BEST = record(kuis={"kata-sandi": [["2024-01-01T00:00:00.000Z", 7, 7, "1.0.0"],
                                   *([f"2024-02-01T00:00:{s:02}.000Z", 1, 7, "1.0.0"] for s in range(60))]})


@pytest.fixture
def sheet(page: Page, portal_url: str) -> Page:
    page.goto(portal_url + RECORD)
    return page


def put(page: Page, content: object) -> str:
    """Brings a file to the page; what it says of it."""
    text = content if isinstance(content, str) else json.dumps(content)
    page.get_by_role("status").evaluate("place => { place.textContent = ''; }")
    page.locator("[type=file]").set_input_files(
        {"name": "catatan.json", "mimeType": "application/json", "buffer": text.encode()})
    expect(page.get_by_role("status")).not_to_have_text("")
    return page.get_by_role("status").inner_text()


def kept(page: Page) -> str:
    return str(page.evaluate(f"localStorage.getItem('{KEY}')"))


def fresh(page: Page) -> None:
    page.evaluate("localStorage.clear()")
    page.reload()


def merged(page: Page, *files: dict[str, Any]) -> str:
    fresh(page)
    for file in files:
        assert put(page, trimmed(file)).startswith("Catatan digabung")
    return kept(page)


def trimmed(file: dict[str, Any]) -> dict[str, Any]:
    """As a device would write it: of an older portal there is no format, and everything is taken."""
    return {key: value for key, value in file.items() if key not in ("format", "versi")}


@pytest.mark.parametrize("files", [(FIRST, SECOND, THIRD), (LONG, BEST, FIRST), (SECOND, BEST, THIRD)])
def test_merging_does_not_depend_on_order_and_may_be_repeated(page: Page, served: str,
                                                              files: tuple[dict[str, Any], ...]) -> None:
    page.goto(served + RECORD)
    results = {merged(page, *order) for order in itertools.permutations(files)}
    assert len(results) == 1
    assert merged(page, *files, *files) in results


def test_merging_keeps_the_best_and_the_newest(sheet: Page) -> None:
    found = json.loads(merged(sheet, FIRST, SECOND, THIRD))
    assert found["kuis"]["kata-sandi"] == [
        ["-", 6, 7, ""], [time(3), 1, 7, "0.9.0"], [time(4), 6, 7, "1.0.0"]]
    assert found["dibaca"] == {"kata-sandi": time(3), "surel-aman": time(5)}
    assert found["jalur"] == ["lain", time(9)]
    many = json.loads(merged(sheet, LONG, BEST))["kuis"]["kata-sandi"]
    assert len(many) == 142
    assert many[0] == ["2024-01-01T00:00:00.000Z", 7, 7, "1.0.0"]
    assert many[-1] == ["2025-02-01T00:00:00.000Z", 0, 7, "1.0.0"]


@pytest.mark.parametrize(("content", "said"), [
    ("", "rusak atau bukan catatan belajar"), ("{", "rusak atau bukan"), ("[]", "bukan catatan belajar"),
    ("null", "bukan catatan belajar"), ("{}", "bukan catatan belajar"), ("\x00PK", "rusak atau bukan"),
    ({"format": "lain", "kuis": {}, "dibaca": {}}, "bukan catatan belajar"),
    ({**record(), "versi": 3}, "portal yang lebih baru"),
    (record(kuis={"kata-sandi": [[time(3), 9, 7, "1.0.0"]]}), "Sebagian isi berkas ini rusak"),
    (record(kuis={"kata-sandi": [["besok", 1, 7, "1.0.0"]]}), "Sebagian isi berkas ini rusak"),
    (record(dibaca={"<b>": time(3)}), "Sebagian isi berkas ini rusak"),
    ("[" * 2_000_000, "rusak atau bukan"),
])
def test_a_foreign_or_damaged_file_changes_nothing(page: Page, served: str, content: object,
                                                   said: str) -> None:
    page.goto(served + RECORD)
    put(page, FIRST)
    before = kept(page)
    assert said in put(page, content)
    assert kept(page) == before


def test_a_record_moves_to_another_device_and_is_printed_there(browser: Browser, portal_url: str,
                                                               tmp_path: Path) -> None:
    here, there = browser.new_context().new_page(), browser.new_context().new_page()
    here.goto(portal_url + "modul/kata-sandi.html")
    here.get_by_role("radio", name="empat kata acak").check()
    here.get_by_role("button", name="Periksa jawaban").click()
    expect(here.get_by_role("status")).to_contain_text("Nilai Anda: 1 dari 1.")
    here.goto(portal_url + RECORD)
    expect(here.get_by_role("row", name="Kata sandi yang kuat")).to_be_visible()
    with here.expect_download() as download:
        here.get_by_role("button", name="Unduh catatan").click()
    assert download.value.suggested_filename.startswith("catatan-belajar-20")
    download.value.save_as(tmp_path / "catatan.json")
    there.goto(portal_url + RECORD)
    text = (tmp_path / "catatan.json").read_text("utf-8")
    assert put(there, text) == "Catatan digabung: 1 modul dengan nilai kuis, 0 modul dibaca."
    expect(there.get_by_role("row", name="Kata sandi yang kuat")).to_contain_text("1/1")
    there.get_by_label("Nama", exact=True).fill("Siti Contoh")
    there.get_by_label("Jalur", exact=True).select_option("Jalur ASN baru")
    expect(there.get_by_text("Tuntas: 1 dari 2 modul wajib, 1 dari 3 JP.")).to_be_visible()
    there.emulate_media(media="print")
    expect(there.get_by_role("cell", name="Siti Contoh")).to_be_visible()
    expect(there.get_by_text("Laporan diri, bukan sertifikat.")).to_be_visible()
    expect(there.get_by_role("button", name="Hapus semua")).to_be_hidden()
    address = there.get_by_role("img").get_attribute("aria-label") or ""
    assert address.startswith("Kode QR https://simpul.example/jalur/asn-baru.html#versi-")
    version = address.rpartition("-")[2]
    here.goto(f"{portal_url}jalur/asn-baru.html")
    expect(here.locator(f"#versi-{version}")).to_contain_text(version)
    here.context.close()
    there.context.close()


def test_a_path_of_25_modules_is_one_sheet_of_paper(page: Page, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "sumber", "73")
    module = (sample.root / "curriculum/modul/surel-aman/modul.yml").read_text("utf-8")
    for number in range(25):
        text = module.replace("id: surel-aman", f"id: modul-{number}").replace(
            "judul: Surel yang aman", f"judul: Melindungi data pribadi dalam layanan {number}").replace(
            "Apa ciri surel penipuan?", f"Apa ciri ke-{number} surel penipuan?")
        sample.write(f"curriculum/modul/modul-{number}/modul.yml", text)
        sample.write(f"curriculum/modul/modul-{number}/isi.md", "## Isi\n\nKata.\n")
    steps = "\n".join(f"  - {{ modul: modul-{number}, wajib: \"tidak\" }}" for number in range(25))
    sample.write("curriculum/jalur/panjang.yml", f"""\
id: panjang
judul: Jalur panjang
sasaran: [pelaksana_layanan]
langkah:
  - {{ modul: kata-sandi }}
  - {{ modul: surel-aman }}
{steps}
target: [{{ kompetensi: "4.1", tingkat: "2" }}]
""")
    assert errors(sample.build().problems) == ()
    page.goto((sample.root / "site" / RECORD).as_uri())
    attempts = [[time(3), 5, 7, "1.0.0"], [time(4), 6, 7, "1.1.0"]]
    put(page, record(kuis={f"modul-{number}": attempts for number in range(25)}))
    page.get_by_label("Jalur", exact=True).select_option("Jalur panjang")
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 1


def test_a_changed_or_withdrawn_module_is_told(sheet: Page) -> None:
    put(sheet, record(kuis={"kata-sandi": [[time(3), 1, 7, "0.9.0"]], "lama": [[time(3), 1, 7, "1.0.0"]]}))
    sheet.get_by_label("Jalur", exact=True).select_option("Jalur ASN baru")
    expect(sheet.get_by_role("row", name="Kata sandi")).to_contain_text(
        "Modul berubah sejak Anda mengerjakannya: 0.9.0 -> 1.0.0.")
    sheet.get_by_label("Jalur", exact=True).select_option("")
    expect(sheet.get_by_role("row", name="lama")).to_contain_text("tidak ada lagi di portal ini")


def test_names_stay_on_the_device_only_if_asked(sheet: Page) -> None:
    name = sheet.get_by_label("Nama", exact=True)
    name.fill("Siti")
    assert sheet.evaluate("localStorage.length") == 0
    sheet.get_by_label("Ingat nama").check()
    sheet.reload()
    expect(name).to_have_value("Siti")
    with sheet.expect_download() as download:
        sheet.get_by_role("button", name="Unduh catatan").click()
    assert "Siti" not in Path(download.value.path()).read_text("utf-8")
    sheet.get_by_label("Ingat nama").uncheck()
    sheet.reload()
    expect(name).to_have_value("")


def test_all_is_erased_with_one_button_after_a_question(sheet: Page) -> None:
    put(sheet, FIRST)
    sheet.once("dialog", lambda dialog: dialog.dismiss())
    sheet.get_by_role("button", name="Hapus semua").click()
    assert "kata-sandi" in kept(sheet)
    sheet.once("dialog", lambda dialog: dialog.accept())
    sheet.get_by_role("button", name="Hapus semua").click()
    expect(sheet.get_by_text("Semua catatan di perangkat ini sudah dihapus.")).to_be_visible()
    assert sheet.evaluate("localStorage.length") == 0
    expect(sheet.get_by_role("row", name="Kata sandi")).to_have_count(0)


def test_without_script_the_sheet_can_be_filled_in_by_hand(browser: Browser, portal_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(portal_url + RECORD)
    expect(page.get_by_text("tidak dapat membaca catatan di perangkat ini")).to_be_visible()
    expect(page.locator("[data-rows] tr")).to_have_count(12)
    expect(page.get_by_role("button", name="Cetak catatan")).to_be_hidden()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()


def test_an_old_phone_keeps_a_score_and_shows_it_in_the_record(served: str, tmp_path: Path) -> None:
    said = old(
        served + "modul/kata-sandi.html", tmp_path,
        "Array.from(document.querySelectorAll('fieldset input')).forEach((input) => input.click());"
        "document.querySelector('[data-quiz] button').click(); shown('[data-quiz] [role=status]')",
        f"location.href = '{served}{RECORD}'; 'gone'",
        "document.querySelector('[data-rows]') && document.querySelectorAll('[data-rows] tr').length === 1"
        " ? document.querySelector('[data-rows] td').textContent : null",
        "document.querySelector('.qr') && document.querySelectorAll('#jalur option').length")
    assert said[0].startswith("Nilai Anda: ")
    assert said[2] == "Kata sandi yang kuat"
    assert said[3] == 2
