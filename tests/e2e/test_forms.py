"""An official fills in each form; the file is received, and what was written is on its page."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from simpul.problems import errors
from tests.harness import Sample, simpul

pytestmark = pytest.mark.xdist_group("forms")

ODD = "Kata 'petik' \"ganda\": # pagar, { x } [y] & *z !t % @ 🙂 null - akhir:"
LINES = f"- awal\n{ODD}\n\nBaris kedua:\n# ketiga 1.250"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    yield made
    made.close()


@pytest.fixture
def phone(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    assert wrong == []


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path / "sumber")


def fill(within: Locator | Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        control = within.locator(f"[data-field={name}] :is(input, select, textarea)").first
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def pick(within: Locator, name: str, *values: str) -> None:
    field = within.locator(f"[data-field={name}]")
    if not field.locator("details").evaluate("e => e.open"):
        field.locator("summary").click()
    for value in values:
        field.locator(f"input[value='{value}']").check()


def row(page: Page, name: str, number: int = 1) -> Locator:
    return page.get_by_role("group", name=f"{name}, butir {number}", exact=True)


def taken(page: Page, folder: Path) -> Path:
    """The file that the form gives when it finds nothing wrong."""
    page.get_by_role("button", name="Periksa isian").click()
    expect(page.locator("[data-report]")).to_contain_text("Berkas siap dikirim")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh berkas").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def received(sample: Sample, path: Path, *more: str, region: str = "00.71") -> str:
    done = simpul("receive", str(path), "--region", region, *more, cwd=sample.root)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def shows(sample: Sample, url: str, *texts: str) -> None:
    page = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", sample.page(url))).split())
    assert [text for text in texts if " ".join(text.split()) not in page] == []


def test_needs_join_those_that_are_there(phone: Page, portal_url: str, sample: Sample,
                                         tmp_path: Path) -> None:
    phone.goto(portal_url + "kirim/kebutuhan.html#00.71")
    expect(phone.locator("#wilayah")).to_have_value("00.71")
    fill(row(phone, "Kebutuhan"), {"tanggal": "2026-09-10", "cara": "survei", "kompetensi": "4.1",
                                   "asn_terdampak": "1.250", "potensi": "a: b\n- c", "uraian": LINES})
    expect(phone.get_by_label("Nama pendek")).to_have_value("4-1-2026-09-10")
    phone.get_by_role("button", name="Tambah kebutuhan").click()
    fill(row(phone, "Kebutuhan", 2), {"tanggal": "2026-09-10", "cara": "rapat", "kompetensi": "4.1",
                                      "asn_terdampak": "3", "uraian": "null"})
    path = taken(phone, tmp_path)
    assert path.name == "kebutuhan-00.71.yml"
    before = (sample.root / "content/daerah/00.71/kebutuhan.yml").read_text(encoding="utf-8")
    letter = received(sample, path)
    assert "Isian Anda sudah kami simpan sebagai content/daerah/00.71/kebutuhan.yml." in letter
    after = (sample.root / "content/daerah/00.71/kebutuhan.yml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "# berkas" not in after
    assert '\n- id: "4-1-2026-09-10-2"\n' in after
    sample.build()
    shows(sample, "daerah/00.71.html", LINES, "1.250 ASN", "Potensi setempat: a: b; - c")
    again = received(sample, path)
    assert "lolos pemeriksaan" in again
    assert (sample.root / "content/daerah/00.71/kebutuhan.yml").read_text(encoding="utf-8") == after


def test_a_profile_of_a_region_that_has_none(phone: Page, served: str, sample: Sample,
                                             tmp_path: Path) -> None:
    phone.goto(served + "kirim/profil.html#73.71")
    fill(phone, {"koneksi": "terbatas", "sumber": ODD, "tahun": "2026"})
    contact = phone.get_by_role("group", name="Kontak")
    fill(contact, {"instansi": ODD, "surel": "bkpsdm_kota@contoh.go.id"})
    received(sample, taken(phone, tmp_path), region="73.71")
    sample.build()
    shows(sample, "daerah/73.71.html", ODD, "bkpsdm_kota@contoh.go.id")
    assert "contoh:" not in (sample.root / "content/daerah/73.71/profil.yml").read_text(encoding="utf-8")


def test_a_centre_joins_the_others(phone: Page, served: str, sample: Sample, tmp_path: Path) -> None:
    phone.goto(served + "kirim/pusat.html#00.71")
    fill(row(phone, "Pusat"), {"nama": ODD, "pengelola": "BKPSDM", "akses": "kursi roda, juru-bahasa",
                               "versi_kurikulum": "2026.1", "kapasitas_per_sesi": "12", "komputer": "6"})
    path = taken(phone, tmp_path)
    received(sample, path)
    sample.build()
    shows(sample, "daerah/00.71.html", ODD, "Pusat Pelatihan Contoh Raya")
    written = (sample.root / "content/daerah/00.71/pusat.yml").read_text(encoding="utf-8")
    assert "  akses: [kursi_roda, juru-bahasa]\n" in written


def test_an_expert_agrees_first_and_shows_no_number(phone: Page, served: str, sample: Sample,
                                                    tmp_path: Path) -> None:
    phone.goto(served + "kirim/ahli.html#00.71")
    one = row(phone, "Ahli")
    fill(one, {"nama_tampil": "Siti, NIP 198001012005011001", "instansi": ODD, "bahasa": "id, jv",
               "kuota_sesi_per_bulan": "4"})
    fill(row(phone, "Keahlian"), {"kompetensi": "4.1", "tingkat": "3"})
    phone.get_by_role("button", name="Periksa isian").click()
    report = phone.locator("[data-report]")
    expect(report).to_contain_text("Ahli, butir 1: Persetujuan publikasi: Wajib diisi.")
    expect(report).to_contain_text("Tampaknya ada NIP")
    fill(one, {"nama_tampil": "Siti -- Ahli: 'Rekaan'", "persetujuan_publikasi": "2026-04-01"})
    expect(one.locator("[data-field=wilayah_kerja] [data-count]")).to_have_text("(1 dipilih)")
    received(sample, taken(phone, tmp_path))
    sample.build()
    shows(sample, "daerah/00.71.html", "Siti -- Ahli: 'Rekaan'", ODD, "Ahli Rekaan Satu")


def test_a_schedule_keeps_clear_of_duties(phone: Page, portal_url: str, sample: Sample,
                                          tmp_path: Path) -> None:
    phone.goto(portal_url + "kirim/jadwal.html#00.71")
    fill(phone, {"zona": "WITA"})
    pick(row(phone, "Jam layanan"), "hari", "kamis")
    fill(row(phone, "Jam layanan"), {"dari": "08:00", "sampai": "14:00"})
    fill(row(phone, "Masa sibuk"), {"dari": "2026-10-01", "sampai": "2026-09-30", "alasan": ODD})
    session = row(phone, "Sesi")
    expect(session.locator("[data-field=pusat] option")).to_have_count(2)
    fill(session, {"modul": "surel-aman", "model": "pendampingan", "komponen": "pendampingan",
                   "pusat": "pusat-contoh", "mulai": "2026-09-03T13:30", "menit": "60", "peserta": "900"})
    phone.get_by_role("button", name="Periksa isian").click()
    report = phone.locator("[data-report]")
    for message in ("Masa sibuk, butir 1: Sampai: Lebih awal daripada 'Dari'.",
                    "Sesi, butir 1: Mulai: Jatuh pada jam layanan kamis 08:00-14:00.",
                    "Sesi, butir 1: Peserta: Paling banyak ",
                    "Sesi, butir 1: Ahli: Komponen ini memerlukan ahli kompetensi"):
        expect(report).to_contain_text(message)
    fill(row(phone, "Masa sibuk"), {"sampai": "2026-10-02"})
    fill(session, {"mulai": "2026-09-03T15:30", "peserta": "8"})
    pick(session, "ahli", "ahli-1")
    received(sample, taken(phone, tmp_path))
    sample.build()
    shows(sample, "jadwal/00.71.html", ODD, "3 September 2026")
    written = (sample.root / "content/daerah/00.71/jadwal.yml").read_text(encoding="utf-8")
    assert "  - id: s1\n    modul: surel-aman\n" in written


PASTED = ("Periode\tUnit layanan\tLayanan\tSasaran ASN\tASN dilatih\tASN lulus minimum\tIKM\tCatatan\n"
          "2026-S1\t\"Dinas \"\"A\"\"\nLantai 2\"\tadminduk\t1.250\t10\t11\t82,15\tx\n"
          "2026-S1\t=1+1; #B: 🙂\tAdministrasi kependudukan\t20\t10\t5\t\t\n")


def test_rows_are_pasted_from_a_spreadsheet(phone: Page, portal_url: str, sample: Sample,
                                            tmp_path: Path) -> None:
    phone.goto(portal_url + "kirim/pemantauan.html#00.71")
    phone.get_by_label("Tempel dari lembar kerja").fill(PASTED)
    phone.get_by_role("button", name="Masukkan ke formulir").click()
    expect(phone.locator("[data-pasted]")).to_have_text("2 baris masuk. Tidak dikenal: Catatan.")
    first = row(phone, "Baris")
    expect(first.get_by_label("ASN lulus minimum")).to_have_attribute("aria-invalid", "true")
    expect(first.locator("[data-field=asn_lulus_minimum] .wrong")).to_have_text(
        "Lebih besar daripada 'ASN dilatih', 10.")
    fill(first, {"ikm": "82.150"})
    expect(first.locator("[data-field=ikm] [id$=dibaca]")).to_have_text("Dibaca sebagai 82,15.")
    fill(first, {"asn_lulus_minimum": "9", "layanan": "adminduk"})
    fill(row(phone, "Baris", 2), {"layanan": "adminduk"})
    path = taken(phone, tmp_path)
    assert path.name == "pemantauan-00.71-2026-S1.csv"
    received(sample, path)
    sample.build()
    shows(sample, "pemantauan/00.71.html", 'Dinas "A" Lantai 2', "=1+1; #B: 🙂", "Disdukcapil")


def test_the_front_page_leads_on_with_the_region(phone: Page, portal_url: str) -> None:
    phone.goto(portal_url + "kirim.html#00.71")
    phone.get_by_role("link", name="Daftarkan pusat pelatihan").click()
    expect(phone.locator("#wilayah")).to_have_value("00.71")


def test_records_move_and_go_by_keyboard(phone: Page, served: str) -> None:
    phone.goto(served + "kirim/kebutuhan.html")
    for number, text in enumerate(("satu", "dua", "tiga"), 1):
        if number > 1:
            phone.get_by_role("button", name="Tambah kebutuhan").focus()
            phone.keyboard.press("Enter")
        fill(row(phone, "Kebutuhan", number), {"uraian": text})
    row(phone, "Kebutuhan", 3).get_by_role("button", name="Naikkan").focus()
    phone.keyboard.press("Enter")
    expect(row(phone, "Kebutuhan", 2).get_by_label("Uraian")).to_have_value("tiga")
    expect(row(phone, "Kebutuhan", 2).get_by_role("button", name="Naikkan")).to_be_focused()
    expect(phone.locator("[data-kept]")).to_contain_text("Kebutuhan, butir 2 dari 3")
    phone.keyboard.press("Enter")
    expect(row(phone, "Kebutuhan").get_by_role("button", name="Turunkan")).to_be_focused()
    row(phone, "Kebutuhan").get_by_role("button", name="Hapus butir ini").press("Enter")
    expect(row(phone, "Kebutuhan").get_by_label("Uraian")).to_have_value("satu")
    expect(phone.locator(".row:focus-within")).to_have_count(1)


def test_two_tabs_do_not_overwrite_each_other(context: BrowserContext, phone: Page, portal_url: str) -> None:
    url, other = portal_url + "kirim/profil.html#00.71", context.new_page()
    phone.goto(url)
    other.goto(url)
    fill(phone, {"sumber": "tab satu"})
    expect(phone.locator("[data-kept]")).to_have_text("Draf tersimpan di perangkat ini.")
    expect(other.locator("[data-conflict]")).to_be_visible()
    fill(other, {"sumber": "tab dua"})
    other.wait_for_timeout(600)
    phone.reload()
    expect(phone.get_by_label("Sumber")).to_have_value("tab satu")
    other.get_by_role("button", name="Simpan isian tab ini").click()
    expect(phone.locator("[data-conflict]")).to_be_visible()
    phone.get_by_role("button", name="Ambil isian tab lain").click()
    expect(phone.get_by_label("Sumber")).to_have_value("tab dua")
    expect(phone.locator("[data-conflict]")).to_be_hidden()


@pytest.mark.parametrize(("broken", "message"), [
    ("Storage.prototype.setItem = () => { throw new DOMException('x', 'QuotaExceededError'); }",
     "Penyimpanan di perangkat ini penuh; unduh drafnya supaya tidak hilang."),
    ("Object.defineProperty(window, 'localStorage', "
     "{ get() { throw new DOMException('x', 'SecurityError'); } })",
     "Peramban ini tidak mengizinkan penyimpanan; unduh drafnya supaya tidak hilang."),
])
def test_a_draft_that_cannot_be_kept_is_told(phone: Page, served: str, broken: str, message: str) -> None:
    phone.add_init_script(broken)
    phone.goto(served + "kirim/pusat.html")
    fill(phone, {"nama": "x"})
    expect(phone.locator("[data-kept]")).to_have_text(message)


def test_a_draft_of_another_region_is_not_moved_in_silence(phone: Page, served: str) -> None:
    phone.goto(served + "kirim/profil.html#00.71")
    fill(phone, {"sumber": "x"})
    expect(phone.locator("[data-kept]")).to_have_text("Draf tersimpan di perangkat ini.")
    phone.goto(served + "kirim.html")
    phone.goto(served + "kirim/profil.html#73.71")
    expect(phone.locator("#wilayah")).to_have_value("00.71")
    expect(phone.locator("[data-other]")).to_contain_text("untuk Kota Contoh Raya, bukan Kota Makassar")


OLD = re.compile(r"\\p\{|\(\?<[=!]|matchAll|flatMap|\.flat\(|fromEntries|replaceChildren|toggleAttribute"
                 r"|\?\.[A-Za-z[(]|\?\?|\{\s*\.\.\.|\.text\(\)|catch \{|\*\*[^*`/]")


def test_old_telephones_read_the_scripts(site_path: Path) -> None:
    """ES2017, and no later function: one word of a later year ends a script where it is not known."""
    for path in sorted((Path(__file__).parent.parent.parent / "theme/scripts/submit").glob("*.js")):
        text = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found = [match[0] for match in OLD.finditer(text) if match[0] != "\\p{"]
        literal = re.findall(r"/[^/\n]*\\p\{[^/\n]*/", text)
        assert (found, literal) == ([], []), path.name


def test_errors_of_what_came_are_told_and_nothing_is_lost(sample: Sample, tmp_path: Path) -> None:
    place = sample.root / "content/daerah/00.71/kebutuhan.yml"
    before = place.read_bytes()
    path = tmp_path / "kebutuhan.yml"
    path.write_text('# berkas: content/daerah/00.71/kebutuhan.yml\n- id: k1\n  uraian: lain\n')
    done = simpul("receive", str(path), "--region", "00.71", cwd=sample.root)
    assert done.returncode == 1
    assert "kebutuhan.yml sudah memuat 'k1' yang isinya lain. Pakai --replace" in done.stderr
    done = simpul("receive", str(path), "--region", "00.02", cwd=sample.root)
    assert "berkas ini untuk content/daerah/00.71/kebutuhan.yml, bukan untuk daerah 00.02" in done.stderr
    assert place.read_bytes() == before
    assert errors(sample.problems()) == ()
