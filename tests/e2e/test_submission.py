"""An official writes a case on a telephone without a connection, and the check accepts the file."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from markupsafe import escape
from playwright.sync_api import Browser, Page, expect

from simpul.model import Base, numbers
from simpul.model.pictures import TALL
from simpul.pages.controls import SET_BY_FORM
from simpul.pages.submission import FORMS, LETTERS
from simpul.problems import errors
from simpul.runtime import sheets
from simpul.sources.entry import WholeCase, read_source
from simpul.sources.rules import SECTIONS
from simpul.sources.schema import KINDS, kind_named, plain_type
from tests.e2e.conftest import barriers
from tests.harness import Sample
from tests.test_personal import FOUND, HIDDEN, LEFT_ALONE

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.xdist_group("submission")

SIMPLE = {
    "judul": "Nomor antrean dari rumah", "instansi": "Dinas Kesehatan", "tahapan": "penerapan",
    "inisiator": "asn",
    "jenis": "digital", "bentuk": "pelayanan_publik", "ringkasan": "Warga datang mendekati gilirannya.",
    "kegagalan": "Sepertiga nomor hangus.", "status_keberlanjutan": "berjalan",
}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def fill(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        control = page.locator(f"#i-{name}")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def tell(page: Page, words: int = 320) -> None:
    for number in range(1, len(SECTIONS) + 1):
        page.locator(f"#b-{number}").fill("kata " * words if number == 2 else "Cerita singkat.")


def finish(page: Page) -> tuple[str, str]:
    """The name and the text of the file, as downloaded."""
    page.get_by_role("button", name="Periksa isian").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh berkas").click()
    return download.value.suggested_filename, Path(download.value.path()).read_text(encoding="utf-8")


def test_a_case_written_on_a_phone_becomes_a_page(phone: Page, portal_url: str, tmp_path: Path) -> None:
    phone.goto(portal_url + "kirim/praktik.html")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_label("Provinsi", exact=True).select_option("Nusa Contoh")
    phone.get_by_label("Pemerintah daerah").select_option("00.71")
    fill(phone, SIMPLE)
    row = phone.get_by_role("group", name="Hasil, butir 1")
    for label, value in {"Indikator": "Waktu tunggu", "Satuan": "menit", "Sebelum": "74",
                         "Sesudah": "31,5"}.items():
        row.get_by_label(label).fill(value)
    phone.get_by_text("Pilih dari daftar").first.click()
    phone.get_by_label("4.1 ").check()
    tell(phone)
    name, text = finish(phone)
    assert name == "nomor-antrean-dari-rumah.md"
    sample = Sample(tmp_path / "sumber").write(f"content/daerah/00.71/praktik/{name}", text)
    assert [p for p in errors(sample.problems()) if name in p.path] == []
    sample.build()
    page = sample.page("praktik/00.71/nomor-antrean-dari-rumah.html")
    assert "Nomor antrean dari rumah" in page
    assert "31,5" in page


def test_what_is_missing_is_told_beside_the_field_and_in_sum(phone: Page, portal_url: str) -> None:
    phone.goto(portal_url + "kirim/praktik.html")
    phone.get_by_role("button", name="Periksa isian").click()
    report = phone.locator("[data-report]")
    expect(report).to_contain_text("Masih ada 16 isian yang perlu diperbaiki")
    expect(report).to_be_focused()
    report.get_by_role("link", name="Judul: Wajib diisi.").click()
    expect(phone.locator("#i-judul")).to_be_focused()
    expect(phone.locator("#i-judul-salah")).to_have_text("Wajib diisi.")
    expect(phone.get_by_role("link", name="Unduh berkas")).to_be_hidden()


@pytest.mark.parametrize(("name", "value", "message"), [
    ("judul", "x" * 151, "151 huruf, paling banyak 150."),
    ("replikasi_dari", "antrean", "Bentuknya belum sesuai dengan contoh di atas."),
    ("kegagalan", "Hubungi 0812-3456-7890.", "Tampaknya ada nomor ponsel: 0812-3456-7890. "
                                             "Hapus, atau jelaskan di 'Bukan data pribadi'."),
    ("kegagalan", "NIK 7371010101900001", "Tampaknya ada NIK: 7371010101900001. "
                                          "Hapus, atau jelaskan di 'Bukan data pribadi'."),
])
def test_a_field_is_judged_when_it_is_left(phone: Page, served: str, name: str, value: str,
                                           message: str) -> None:
    phone.goto(served + "kirim/praktik.html")
    phone.locator(f"#i-{name}").fill(value)
    phone.locator(f"#i-{name}").blur()
    expect(phone.locator(f"#i-{name}-salah")).to_have_text(message)
    expect(phone.locator(f"#i-{name}")).to_have_attribute("aria-invalid", "true")


def test_personal_data_is_found_as_the_build_finds_it(phone: Page, served: str) -> None:
    """The same examples, by the same rules, in the browser."""
    phone.goto(served + "kirim/praktik.html")
    script = (ROOT / "theme/scripts/submit/personal.js").read_text(encoding="utf-8")
    hidden = [text for text, _ in HIDDEN]
    shown, alone, read = phone.evaluate(
        """([script, ...all]) => new Function("all", `${script}
          const rules = window.simpulPilihan.pribadi;
          return all.map((texts, place) => texts.map((text) =>
            findPersonal(place === 2 ? readAloud(text) : text, rules).map((found) => found.what)));`)(all)""",
        [script, [text for text, _ in FOUND], LEFT_ALONE, hidden])
    assert shown == [[what] for _, what in FOUND]
    assert alone == [[] for _ in LEFT_ALONE]
    assert read == [[what] for _, what in HIDDEN]


@pytest.mark.parametrize(("written", "message"), [
    ("1.250", "Dapat dibaca dua cara. Tulis 1250 bila maksudnya seribu dua ratus lima puluh, "
              "atau 1,25 bila satu koma dua lima."),
    ("3 jam", "Bukan angka. Tulis 3 saja, tanpa 'jam'."), ("1.250.000", ""), ("Rp950.000", ""),
    ("12,5 %", "Satuannya 'rupiah'. Tulis angkanya saja, atau perbaiki 'satuan'."),
])
def test_a_number_that_can_be_read_in_two_ways_is_asked_about(phone: Page, served: str, written: str,
                                                              message: str) -> None:
    phone.goto(served + "kirim/praktik.html")
    phone.get_by_role("group", name="Hasil, butir 1").get_by_label("Satuan").fill("rupiah")
    field = phone.get_by_role("group", name="Hasil, butir 1").get_by_label("Sebelum")
    field.fill(written)
    field.blur()
    expect(phone.locator(f"#{field.get_attribute('id')}-salah")).to_have_text(message)


def test_the_form_and_the_program_judge_numbers_alike(phone: Page) -> None:
    """Of thousands of texts the same are read, asked about and refused, in the same words."""
    chance = random.Random(7)
    pieces = ["1", "12", "250", "000", "345", "0", "5", ".", ",", ",", " ", "-", "+", "Rp", "Rp. ", "%", ",-",
              "−", "１", " juta", " jam", "±", ">", "#N/A", "n/a", "/", "rb", "\u00a0"]
    texts = ["".join(chance.choices(pieces, k=chance.randint(1, 6))).strip() for _ in range(4000)]
    texts += [f"{number:,}" for number in chance.sample(range(1000, 1_000_000), 1500)]
    units = ["menit", "rupiah", "Rp", "juta rupiah", "persen", "% warga", ""]
    pairs = [(text, chance.choice(units)) for text in texts]
    source = (ROOT / "theme/scripts/submit/numbers.js").read_text(encoding="utf-8")
    told = phone.evaluate(
        "([source, tables, pairs]) => {"
        " const judge = new Function('window', `${source}; return wrongNumber;`);"
        " const wrong = judge({ simpulPilihan: { angka: tables } }); "
        " return pairs.map(([text, unit]) => wrong(text, 'angka', unit)); }",
        [source, numbers.FOR_THE_FORM, pairs])
    assert told == [_judged(*pair) for pair in pairs]


def test_the_form_writes_a_table_as_the_program_does(phone: Page) -> None:
    """Of any texts the same bytes, so that no cell of a table from the form is a formula either."""
    chance = random.Random(3)
    pieces = ["=", "+", "-", "@", ";", ",", "|", '"', " ", "1", "82,15", "kata", "＝", "'"]
    cells = ["".join(chance.choices(pieces, k=chance.randint(1, 6))) + "x" for _ in range(4500)]
    rows = [[" ".join(cell.split()) for cell in cells[place:place + 3]] for place in range(0, 4500, 3)]
    source = (ROOT / "theme/scripts/submit/document.js").read_text(encoding="utf-8")
    written = phone.evaluate(
        "([source, rules, rows]) => new Function('window', `${source}; return table;`)({ simpulPilihan: "
        "{ rumus: rules } })(rows.map(([a, b, c]) => ({ a, b, c })), ['a', 'b', 'c'])",
        [source, sheets.FORMULA.pattern, rows])
    assert written == sheets.as_csv(["a", "b", "c"], rows).decode("utf-8-sig")


def _judged(text: str, unit: str) -> str:
    found = numbers.read(text)
    if found is None:
        return f"Bukan angka. {numbers.advice(text) or numbers.HINTS['']}"
    if len(found.values) > 1:
        return f"Dapat dibaca dua cara. {numbers.question(found.values)}"
    return "" if numbers.fits_unit(found.unit, unit) else f"Satuannya '{unit}'. {numbers.HINTS['unit']}"


def test_a_practice_that_stopped_says_why_and_dates_are_in_order(phone: Page, served: str) -> None:
    phone.goto(served + "kirim/praktik.html")
    fill(phone, {**SIMPLE, "status_keberlanjutan": "berhenti", "mulai_uji_coba": "2025-05-01",
                 "mulai_penerapan": "2025-02-01"})
    phone.get_by_role("button", name="Periksa isian").click()
    expect(phone.locator("#i-alasan_berhenti-salah")).to_have_text(
        "Wajib diisi, karena 'Status keberlanjutan' berisi Berhenti.")
    expect(phone.locator("#i-mulai_penerapan-salah")).to_have_text("Lebih awal daripada 'Mulai uji coba'.")


def test_a_draft_stays_on_the_device_and_can_be_taken_along(phone: Page, portal_url: str,
                                                            tmp_path: Path) -> None:
    phone.goto(portal_url + "kirim/praktik.html?daerah=00.71&meniru=00.71/antrean-daring")
    fill(phone, SIMPLE)
    expect(phone.locator("[data-kept]")).to_have_text("Draf tersimpan di perangkat ini.")
    phone.goto(portal_url + "kirim/praktik.html")
    expect(phone.locator("#i-judul")).to_have_value(SIMPLE["judul"])
    expect(phone.locator("#i-replikasi_dari")).to_have_value("00.71/antrean-daring")
    expect(phone.locator("#wilayah")).to_have_value("00.71")
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Unduh draf").click()
    draft = tmp_path / download.value.suggested_filename
    download.value.save_as(draft)
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="Kosongkan").click()
    expect(phone.locator("#i-judul")).to_have_value("")
    phone.locator("[data-import]").set_input_files(draft)
    expect(phone.locator("#i-judul")).to_have_value(SIMPLE["judul"])
    phone.locator("[data-import]").set_input_files({"name": "lain.json", "mimeType": "application/json",
                                                    "buffer": b"[1"})
    expect(phone.locator("[data-kept]")).to_have_text("Berkas itu bukan draf formulir ini.")
    expect(phone.locator("#i-judul")).to_have_value(SIMPLE["judul"])


def test_the_preview_shows_text_as_text(phone: Page, portal_url: str) -> None:
    phone.goto(portal_url + "kirim/praktik.html")
    fill(phone, {**SIMPLE, "judul": "<img src=x onerror=alert(1)>"})
    phone.locator("#b-1").fill("**Tebal** dan <script>alert(1)</script>\n\n- satu\n- dua")
    phone.get_by_role("button", name="Pratinjau").click()
    shown = phone.locator("[data-shown]")
    expect(shown.locator("strong")).to_have_text("Tebal")
    expect(shown.locator("li")).to_have_count(2)
    expect(shown).to_contain_text("<img src=x onerror=alert(1)>")
    assert shown.locator("img, script").count() == 0


def test_a_tall_picture_fits_the_programs_own_limits_and_the_form_says_so(phone: Page, served: str,
                                                                       tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (1080, 16_384), "teal").save(tmp_path / "layar.png")
    Image.new("RGB", (1080, 2_400), "teal").save(tmp_path / "ponsel.png")
    phone.goto(served + "kirim/praktik.html")
    phone.locator("[data-pictures]").set_input_files([tmp_path / "layar.png", tmp_path / "ponsel.png"])
    item = phone.locator("[data-listed] > li")
    expect(item).to_have_count(2)
    sizes = item.locator("canvas").evaluate_all("all => all.map(canvas => [canvas.width, canvas.height])")
    assert sizes == [[316, TALL], [1080, 2_400]]
    expect(item.nth(0).locator(".note")).to_have_text(
        "Gambar ini sangat tinggi, sehingga lebarnya tinggal 316 piksel. Potong menjadi beberapa gambar, "
        f"masing-masing paling tinggi {TALL} piksel.")
    expect(item.nth(1).locator(".note")).to_have_count(0)


def test_a_picture_is_made_small_named_and_stripped_of_its_place(phone: Page, served: str,
                                                                 tmp_path: Path) -> None:
    from PIL import Image

    photo = Image.new("RGB", (2400, 1200), "teal")
    tags = photo.getexif()
    tags[0x010E] = "RAHASIA"
    photo.save(tmp_path / "IMG 001.jpg", exif=tags)
    phone.goto(served + "kirim/praktik.html?daerah=00.71")
    fill(phone, SIMPLE)
    tell(phone)
    phone.locator("[data-pictures]").set_input_files(tmp_path / "IMG 001.jpg")
    phone.get_by_label(re.compile("Uraian gambar IMG 001.jpg")).fill("Loket dengan nomor [besar]")
    _, text = finish(phone)
    assert "![Loket dengan nomor besar](gambar/nomor-antrean-dari-rumah-1.jpg)" in text
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Unduh nomor-antrean-dari-rumah-1.jpg").click()
    data = Path(download.value.path()).read_bytes()
    assert b"RAHASIA" not in data
    with Image.open(download.value.path()) as made:
        assert made.size == (1200, 600)


def test_only_the_ways_that_are_set_are_offered(phone: Page, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "sumber")
    sample.build()
    assert "Kirim lewat GitHub" not in sample.page("kirim/praktik.html")
    assert "Serahkan kepada pengelola portal" in sample.page("kirim/praktik.html")
    sample.replace("mkdocs.yml", "https://git.example/simpul", "https://github.com/contoh/simpul")
    settings = (sample.root / "mkdocs.yml").read_text(encoding="utf-8")
    sample.write("mkdocs.yml", settings + "\nextra: { simpul: { surel: praktik@contoh.go.id } }\n").build()
    phone.goto((sample.root / "site" / "kirim/praktik.html").as_uri() + "?daerah=00.71")
    fill(phone, SIMPLE)
    tell(phone, 100)
    finish(phone)
    short = phone.get_by_role("link", name="Kirim lewat GitHub").get_attribute("href") or ""
    path = "content%2Fdaerah%2F00.71%2Fpraktik%2Fnomor-antrean-dari-rumah.md"
    assert short.startswith(f"https://github.com/contoh/simpul/new/main?filename={path}&value=---%0Ajudul")
    mail = phone.get_by_role("link", name="Tulis surel").get_attribute("href") or ""
    assert mail.startswith("mailto:praktik@contoh.go.id?subject="
                           "Praktik%20baik%3A%20Nomor%20antrean%20dari%20rumah&body=Yth.")
    tell(phone, 1500)
    phone.get_by_role("button", name="Periksa isian").click()
    expect(phone.get_by_role("link", name="Kirim lewat GitHub")).to_be_hidden()
    upload = phone.get_by_role("link", name="Buka halaman unggah daerah Anda")
    expect(upload).to_have_attribute(
        "href", "https://github.com/contoh/simpul/upload/main/content/daerah/00.71/praktik")


@pytest.mark.parametrize("url", ["kirim.html", *(form.url for form in FORMS), *LETTERS])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_open_to_everybody(page: Page, served: str, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served + url)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if url.startswith("kirim/"):
        page.get_by_role("button", name="Periksa isian").click()
    assert barriers(page) == []


def test_without_script_the_form_says_what_to_do_and_a_letter_can_be_printed(browser: Browser,
                                                                             served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "kirim/praktik.html")
    expect(page.get_by_text("Bila formulir tidak muncul di sini")).to_be_visible()
    expect(page.get_by_role("link", name="unduh formulir teks")).to_have_attribute(
        "href", re.compile("praktik.txt$"))
    expect(page.locator("form.submit")).to_be_hidden()
    page.goto(served + "surat/minat-replikasi.html")
    expect(page.locator(".letter")).to_contain_text("Kantor kami, …")
    for url in ("surat/minat-replikasi.html", "cari.html", "periksa-diri.html"):
        page.goto(served + url)
        expect(page.locator("[data-without]")).to_be_visible()
    context.close()


@pytest.mark.parametrize("url", ["kirim/praktik.html", "surat/minat-replikasi.html", "cari.html",
                                 "periksa-diri.html"])
def test_a_tool_that_runs_says_nothing_of_browsers_that_cannot(phone: Page, portal_url: str,
                                                               url: str) -> None:
    phone.goto(portal_url + url)
    expect(phone.locator("[data-without]")).to_be_hidden()


def test_a_case_leads_to_letters_that_are_filled(phone: Page, portal_url: str) -> None:
    phone.goto(portal_url + "praktik/00.71/antrean-daring.html")
    title = phone.get_by_role("heading", level=1).inner_text()
    phone.get_by_role("link", name="Surat minat replikasi").click()
    letter = phone.locator(".letter")
    expect(letter).to_contain_text(title)
    expect(letter).to_contain_text("Kota Contoh Raya")
    phone.get_by_label("Kantor Anda", exact=True).fill("Dinas Uji <b>")
    expect(letter).to_contain_text("Kantor kami, Dinas Uji <b>, berminat")
    phone.emulate_media(media="print")
    expect(letter).to_be_visible()
    expect(phone.locator("form[data-letter]")).to_be_hidden()
    phone.emulate_media(media="screen")
    phone.go_back()
    phone.get_by_role("link", name="Praktik ini masih berjalan atau sudah berhenti?").click()
    phone.get_by_label("Keadaan praktik").select_option("Praktik ini sudah berhenti")
    expect(phone.locator(".letter")).to_contain_text("Praktik ini sudah berhenti")


# The file, over many fillings

ODD = ["null", "~", "- satu", "# pagar", "a: b", "a #b", "'petik'", '"ganda"', "{ } [ ] , &x *y !!t %",
       "\\n \\ ", "ya", "11.10", "12:30", "é ñ 漢字 🙂", "\u200bnol\u202ebalik", "\x07bel", "  tepi  ",
       "@x `y` |z >w", "---", "...", "akhir:", "?", "0x1F", "tab\tdi sini", "\u0085x\u2028y"]
PROSE = ["## Hasil palsu", "Judul\n---", "Judul\n===", "```\nkode", "~~~", "# Satu", "- a\n- b",
         "| a | b |\n|---|---|\n| 1 | 2 |", "> kutipan", "<script>alert(1)</script>", "{{ 7*7 }} {% x %}",
         "1. satu\n2. dua", "[^1] x\n\n[^1]: catatan", "    menjorok", "Biasa saja."]


def random_filling(seed: int) -> dict[str, Any]:
    """What a person might type: any field, filled or not, with letters that trouble a YAML file."""
    draw = random.Random(seed)

    def text(most: int = 140) -> str:
        return "Kata " + " ".join(draw.choices(ODD, k=draw.randint(0, 4)))[:most]

    def maybe(value: Any) -> Any:
        return value if draw.random() < 0.6 else None

    def date() -> str:
        return f"20{draw.randint(20, 25)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"

    def number() -> str:
        return draw.choice(["0", "74", "31,5", "82.25", "-3"])

    results = [{"indikator": text(), "satuan": text(), "sebelum": number(), "sesudah": number(),
                **({"bukti": "https://contoh.go.id/a?b=c&d=%20"} if draw.random() < 0.5 else {})}
               for _ in range(draw.randint(0, 3))]
    first, second = sorted([date(), date()])
    fields = {
        "judul": text(), "instansi": text(), "tahapan": draw.choice(["inisiatif", "uji_coba", "penerapan"]),
        "inisiator": draw.choice(["asn", "dprd", "masyarakat"]),
        "jenis": draw.choice(["digital", "nondigital"]), "bentuk": draw.choice(["tata_kelola", "lainnya"]),
        "tema": maybe(["antrean", "surat-desa"]), "mulai_uji_coba": maybe(first),
        "mulai_penerapan": maybe(second), "ringkasan": text(), "kompetensi": maybe(["4.1"]),
        "modul_terkait": maybe(["surel-aman"]), "kondisi": maybe({"koneksi": "terbatas"}),
        "biaya": maybe({"kelas": draw.choice(["<50jt", ">1M", "tanpa_biaya"]), "sumber": text()}),
        "hasil": results or None, "kegagalan": text() + draw.choice(["", "\n\nBaris kedua: # ya"]),
        "syarat_berhasil": maybe([text(), text()]), "replikasi_dari": maybe("00.71/antrean-daring"),
        "status_keberlanjutan": "berhenti", "alasan_berhenti": text(), "terverifikasi_pada": maybe(date()),
        "persetujuan": maybe({"instansi": text(), "nomor_surat": "440/1", "tanggal": date()}),
        "lisensi": "CC-BY-4.0",
    }
    sections = {title: "Awal.\n\n" + "\n\n".join(draw.choices(PROSE, k=draw.randint(0, 4)))
                for title in SECTIONS}
    return {"wilayah": draw.choice(["00.71", "73.71"]), "nama": f"praktik-{seed}", "bagian": sections,
            "isian": {key: value for key, value in fields.items() if value}}


def as_written(text: str) -> str:
    """A line as the file keeps it: composed, without invisible letters, with one space between words."""
    kept = re.sub(r"[\u2028\u2029]", "\n", text)
    return " ".join("".join(c for c in kept if c in "\n\t" or c.isprintable()).split())


def test_two_hundred_fillings_pass_the_check_and_say_what_was_typed(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served + "kirim/praktik.html")
    for seed in range(200):
        filling = random_filling(seed)
        page.locator("[data-import]").set_input_files({"name": "draf.json", "mimeType": "application/json",
                                                       "buffer": json.dumps(filling).encode()})
        expect(page.locator("#nama")).to_have_value(f"praktik-{seed}")
        page.locator("form.submit").evaluate("form => form.requestSubmit()")
        assert page.locator("[data-report] li").all_inner_texts() == [], seed
        path, text = page.locator("[data-path]").inner_text(), page.locator("[data-text]").input_value()
        source, body = read_source(path, text.encode())
        assert errors(source.problems) == (), (seed, text)
        assert isinstance(body, WholeCase)
        practice = body.practice
        assert practice.judul == as_written(filling["isian"]["judul"]), seed
        assert as_written(practice.alasan_berhenti or "") == \
            as_written(filling["isian"]["alasan_berhenti"]), seed
        results = filling["isian"].get("hasil", [])
        assert [r.indikator for r in practice.hasil] == [as_written(r["indikator"]) for r in results]
        assert [str(r.sesudah) for r in practice.hasil] == [r["sesudah"].replace(",", ".") for r in results]
        assert [section.title for section in body.rendered.outline.sections] == list(SECTIONS)
        assert practice.contoh == filling["wilayah"].startswith("00")
        assert practice.diajukan_melalui == "formulir"
    page.close()


def test_all_that_a_region_sends_has_a_form() -> None:
    """But for adaptations, which are made with `simpul adapt`, and notes of files that have moved."""
    sent = {kind.name for kind in KINDS if kind.model and "content/daerah/" in kind.pattern.pattern
            and kind.name != "artikel"}
    assert {form.name for form in FORMS} == sent - {"adaptasi", "pindah"}


@pytest.mark.parametrize("name", [form.name for form in FORMS])
def test_every_field_of_a_kind_is_asked_for(site_path: Path, name: str) -> None:
    html = (site_path / f"kirim/{name}.html").read_text(encoding="utf-8")
    blank = escape((site_path / f"kirim/{name}.txt").read_text(encoding="utf-8"))
    wanted = [(key, escape(told)) for key, told in _fields(kind_named(name).model)]
    assert [key for key, _ in wanted if f'data-field="{key}"' not in html] == []
    assert [key for key, told in wanted if told not in html or told not in blank] == []


def _fields(model: type[Base] | None) -> Iterator[tuple[str, str]]:
    """The fields that people fill in, those of records within them too, and what their docstrings say."""
    assert model
    for key, info in model.model_fields.items():
        if key not in SET_BY_FORM:
            yield key, model.field_help()[key]
            inner = plain_type(info.annotation)
            inner = plain_type(get_args(inner)[0]) if get_origin(inner) is tuple else inner
            if isinstance(inner, type) and issubclass(inner, Base):
                yield from _fields(inner)
