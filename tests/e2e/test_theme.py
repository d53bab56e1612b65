"""The theme as readers meet it: light, reachable by everybody, the same from server and USB stick."""

import base64
import gzip
import hashlib
import io
import random
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from simpul.html.stylesheet import EVERYTHING, build_stylesheet, minify
from simpul.markdown import render
from simpul.mirror.generated import script
from simpul.problems import errors
from tests.bench.corpus import _case, _sentences
from tests.e2e.conftest import barriers
from tests.harness import ALL, Sample

pytestmark = pytest.mark.xdist_group("theme")

THEME = Path(__file__).parent.parent.parent / "theme"
CASE = "praktik/00.71/antrean-daring.html"
MODULE = "modul/kata-sandi.html"
KINDS = ("index.html", "tentang.html", "panduan/index.html", "glosarium.html", "cari.html", "404.html",
         "standar.html", "periksa-diri.html", "rekap-unit.html", "catatan-belajar.html",
         "kompetensi/4.1.html",
         "modul/index.html", MODULE,
         "modul/kata-sandi/pengajar.html", "jalur/index.html", "jalur/asn-baru.html", "praktik/index.html",
         "praktik/semua.html", CASE, "daerah/index.html",
         "daerah/73.html", "daerah/73.71.html", "daerah/00.71.html")


def packed(*parts: bytes) -> int:
    return sum(len(gzip.compress(part, 9)) for part in parts)


# Weight

class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.main, self.text = False, ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.main = self.main or tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self.main = self.main and tag != "main"

    def handle_data(self, data: str) -> None:
        self.text += data if self.main else ""


def words(html: str) -> int:
    parser = _Words()
    parser.feed(html)
    return len(parser.text.split())


FACTS = 190  # words that a page of 700 words of text shows beside them: facts, labels, related cases


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample portal with a case of 450 words and a module and a case of 700."""
    sample = Sample(tmp_path_factory.mktemp("penuh") / "sumber", ALL)
    for size in (450, 700):
        case = _case(random.Random(size), size, size)
        fields = {"kompetensi": '["4.1"]', "modul_terkait": "[surel-aman]",
                  "lisensi": 'CC-BY-4.0\ncontoh: "ya"'}
        for key, value in fields.items():
            case = re.sub(rf"^{key}: .*$", f"{key}: {value}", case, flags=re.MULTILINE)
        sample.write(f"content/daerah/00.71/praktik/panjang-{size}.md", case)
    sample.write("curriculum/modul/kata-sandi/isi.md", "## Isi\n\n" + _sentences(random.Random(1), 600))
    assert errors(sample.build().problems) == ()
    return sample.root / "site"


def test_an_article_page_and_the_stylesheet_arrive_in_one_round_trip(full: Path) -> None:
    sheet = packed((full / "assets/simpul.css").read_bytes())
    pages = [path for folder in ("praktik", "modul", "kompetensi", "daerah")
             for path in (full / folder).rglob("*.html")]
    sizes = {path.relative_to(full).as_posix(): packed(path.read_bytes()) + sheet
             for path in pages if words(path.read_text("utf-8")) <= 700 + FACTS}
    assert {"praktik/00.71/panjang-700.html", MODULE} <= set(sizes)
    assert {url: size for url, size in sizes.items() if size > 14_000} == {}


def test_a_further_case_of_450_words_is_small(full: Path) -> None:
    case = full / "praktik/00.71/panjang-450.html"
    assert words(case.read_text("utf-8")) > 450
    assert packed(case.read_bytes()) <= 4_000


BEFORE_DRAWING = '<script src="assets/cari-awal.js">'
"""Makes room for the results of the search page, so that they push nothing."""


def test_the_script_is_small_and_waits(site_path: Path) -> None:
    released = script(1234, "2026-11-24", 90, "https://diskominfo.kabupaten-contoh.go.id/simpul/")
    for name in ("simpul", "modul", "jalur", "periksa", "catatan"):
        assert packed((site_path / f"assets/{name}.js").read_bytes(), released) <= 6_144, name
    for url in KINDS:
        for tag in re.findall(r"<script[^>]*src[^>]*>", (site_path / url).read_text("utf-8")):
            assert " defer" in tag or tag == BEFORE_DRAWING, url


def test_a_page_asks_its_own_host_at_most_four_times(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for url in (CASE, MODULE, "kompetensi/4.1.html", "daerah/00.71.html", "index.html"):
        asked.clear()
        page.goto(served + url, wait_until="networkidle")
        assert len(asked) <= 4, asked
        assert [one for one in asked if not one.startswith((served, "data:"))] == []


# Material's own look

DIFFERENT = """\
async ([width, ...pages]) => {
  const looks = await Promise.all(pages.map(async (page) => {
    const frame = Object.assign(document.createElement('iframe'), { width, height: 900, srcdoc: page });
    await new Promise((loaded) => { frame.onload = loaded; document.body.append(frame); });
    const inside = frame.contentWindow;
    return [...inside.document.body.querySelectorAll('*')].flatMap((element) =>
      ['', '::before', '::after'].map((part) => [element.tagName + '.' + element.className + part,
        part, inside.getComputedStyle(element, part || null)]));
  }));
  const made = ([, part, style]) => !part || (style.content !== 'none' && style.content !== 'normal');
  const found = looks[0].length === looks[1].length ? [] : ['not the same elements'];
  looks[0].forEach((before, place) => {
    const after = looks[1][place];
    if (made(before) !== made(after)) found.push([before[0], 'is there', made(before), made(after)]);
    else if (made(before)) for (const name of before[2]) {
      const [old, now] = [before[2], after[2]].map((style) => style.getPropertyValue(name));
      if (!/^(--|transition)/.test(name) && old !== now) found.push([before[0], name, old, now]);
    }
  });
  return [looks[0].length, found];
}"""
"""How many elements two pages have with those before and after them, and what about them differs."""


def unreduced() -> str:
    folder = files("material") / "templates/assets/stylesheets"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".css"))
    return "".join((folder / name).read_text("utf-8") for name in names
                   if name.startswith(("main.", "palette.")))


def everything(site_path: Path, sheet: str, scheme: str) -> str:
    """The frame of a module page around a text that uses all of the dialect, with its styles inside."""
    frame = (site_path / MODULE).read_text("utf-8")
    text = "".join(render(EVERYTHING, "content/x.md").html)
    body = re.sub(r"<script.*?</script>", "", frame[frame.index("<body"):])
    body = body.replace("</article>", text + "</article>")
    return f'<!doctype html><html dir="ltr" data-md-color-scheme="{scheme}"><style>{sheet}</style>{body}'


@pytest.mark.parametrize(("scheme", "media"),
                         [("default", "screen"), ("slate", "screen"), ("default", "print")])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_looks_different_from_the_unreduced_stylesheet(page: Page, site_path: Path, scheme: str,
                                                               media: Any, width: int) -> None:
    full = unreduced() + minify((THEME / "extra.css").read_text("utf-8"))
    sheets = (full, build_stylesheet(THEME).decode())
    page.emulate_media(media=media)
    pages = [everything(site_path, sheet, scheme) for sheet in sheets]
    count, different = page.evaluate(DIFFERENT, [width, *pages])
    assert different == []
    assert count > 500


# Everybody

@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_kind_of_page(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for url in KINDS:
        page.goto(served + url)
        found[url] = barriers(page)
    assert {url: wrong for url, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("wrong", "sheet", "told"), [
    ('<img src="data:,">', "", "image-alt"), ("", "body { width: 3000px }", "does not fit the width"),
    ("<p id=salah>Pudar</p>", "#salah { color: #aaa; background: #fff }", "color-contrast"),
    ("<p id=salah>Gelap</p>",
     "@media (prefers-color-scheme: dark) { #salah { color: #333; background: #000 } }", "color-contrast")])
def test_a_barrier_would_be_noticed(page: Page, served: str, wrong: str, sheet: str, told: str) -> None:
    page.goto(served + "tentang.html")
    assert barriers(page) == []
    page.evaluate("""([html, css]) => {
        document.querySelector('article').insertAdjacentHTML('beforeend', html);
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
    }""", [wrong, sheet])
    assert {rule for rule, _ in barriers(page)} == {told}


def test_axe_finds_nothing_after_the_learner_has_answered(page: Page, served: str) -> None:
    found = []
    for url, press in ((MODULE, "Periksa jawaban"), (MODULE, "Tandai sudah dibaca"),
                       ("periksa-diri.html", "Lihat hasil")):
        page.goto(served + url)
        for group in page.locator("fieldset:visible").all():
            group.locator("input").first.check()
        page.get_by_role("button", name=press).click()
        found += barriers(page)
    assert found == []


def test_the_keyboard_opens_the_menu_goes_through_it_and_closes_it(page: Page, portal_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(portal_url + MODULE)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Langsung ke isi")).to_be_focused()
    menu = page.get_by_role("checkbox", name="Buka menu")
    link = page.get_by_role("link", name="Daftar istilah")
    expect(link).to_be_hidden()
    menu.focus()
    page.keyboard.press("Space")
    expect(link).to_be_visible()
    entries = page.get_by_role("navigation", name="Bagian portal").get_by_role("link")
    for entry in entries.all()[:entries.all_inner_texts().index("Daftar istilah") + 1]:
        page.keyboard.press("Tab")
        expect(entry).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()


def test_without_script_the_quiz_gives_its_answers_and_the_menu_opens(browser: Browser,
                                                                      portal_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.goto(portal_url + MODULE)
    opened.get_by_text("Lihat jawaban").first.click()
    expect(opened.get_by_text("Panjang dan acak.")).to_be_visible()
    expect(opened.get_by_role("button", name="Periksa jawaban")).to_have_count(0)
    opened.locator("label[for=__drawer]").first.click()
    expect(opened.get_by_role("link", name="Jalur belajar").first).to_be_visible()
    context.close()


# What the device remembers

def test_a_learner_takes_the_quiz_marks_the_module_and_sees_the_path_move(page: Page,
                                                                          portal_url: str) -> None:
    page.goto(portal_url + MODULE)
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_role("status")).to_have_text("Masih ada 1 soal yang belum dijawab.")
    page.get_by_role("radio", name="admin123").check()
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_role("status")).to_contain_text("Nilai Anda: 0 dari 1. Tuntas mulai 1 benar")
    expect(page.get_by_text("Mudah ditebak.")).to_be_visible()
    page.get_by_role("radio", name="empat kata acak").check()
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_text("Jawaban Anda benar")).to_be_visible()
    page.get_by_role("button", name="Tandai sudah dibaca").click()
    page.reload()
    expect(page.get_by_role("status")).to_have_text(
        "Nilai Anda terakhir: 1 dari 1, terbaik: 1 dari 1, dalam 2 kali mengerjakan. Modul ini tuntas.")
    expect(page.get_by_role("button", name="✓ Sudah dibaca")).to_have_attribute("aria-pressed", "true")
    page.goto(portal_url + "jalur/asn-baru.html")
    expect(page.get_by_role("status")).to_have_text("Sudah dibaca: 1 dari 2 modul, 1 dari 3 JP. Tuntas: 1. "
                                                    "Berikutnya: Surel yang aman.")
    item = page.get_by_role("listitem").filter(has_text="Kata sandi yang kuat")
    expect(item.get_by_text("✓ tuntas")).to_be_visible()
    expect(page.get_by_role("link", name="Lanjutkan: Surel yang aman")).to_be_visible()
    page.get_by_role("link", name="Cetak, pindahkan, atau hapus").click()
    expect(page.get_by_role("row", name="Kata sandi yang kuat")).to_be_visible()


def test_of_the_paths_that_share_a_module_the_learners_own_comes_first(page: Page, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "sumber")
    path = (sample.root / "curriculum/jalur/asn-baru.yml").read_text("utf-8")
    sample.write("curriculum/jalur/pelatih.yml",
                 path.replace("asn-baru", "pelatih").replace("Jalur ASN baru", "Jalur pelatih")).build()
    site = (sample.root / "site").as_uri()
    for mine, other in (("asn-baru", "Jalur pelatih"), ("pelatih", "Jalur ASN baru")):
        page.goto(f"{site}/jalur/{mine}.html")
        page.goto(f"{site}/{MODULE}")
        expect(page.get_by_role("link", name="Berikutnya Surel yang aman")).to_have_count(1)
        expect(page.get_by_role("navigation", name=other)).to_be_hidden()
        page.get_by_text("Jalur lain yang memuat modul ini").click()
        expect(page.get_by_role("navigation", name=other)).to_be_visible()


@pytest.mark.parametrize("broken",
                         ["nonsense", "[]", '{"dibaca": 7, "kuis": {"kata-sandi": "x"}, "diri": []}', "null"])
def test_what_is_stored_may_be_broken(page: Page, served: str, broken: str) -> None:
    page.goto(served + MODULE)
    page.evaluate("text => localStorage.setItem('simpul.belajar', text)", broken)
    for url in (MODULE, "jalur/asn-baru.html", "periksa-diri.html", "catatan-belajar.html"):
        page.goto(served + url)
    expect(page.get_by_role("button", name="Unduh catatan")).to_be_visible()


def test_dark_colours_follow_the_system_and_the_readers_choice_stays(browser: Browser,
                                                                     portal_url: str) -> None:
    context = browser.new_context(color_scheme="dark")
    opened = context.new_page()
    background = "getComputedStyle(document.body).backgroundColor"
    opened.goto(portal_url + "index.html")
    assert opened.evaluate(background) == "rgb(30, 33, 41)"
    opened.get_by_role("button", name="Pakai warna terang").click()
    assert opened.evaluate(background) == "rgb(255, 255, 255)"
    opened.goto(portal_url + MODULE)
    for _ in range(20):  # among files what is stored comes to the next page's process a little later
        if opened.evaluate("localStorage.getItem('simpul.tema')"):
            break
        opened.wait_for_timeout(100)
        opened.reload()
    assert opened.evaluate(background) == "rgb(255, 255, 255)"
    expect(opened.get_by_role("button", name="Pakai warna gelap")).to_be_visible()
    context.close()


# Marks and paper

def test_a_sample_cannot_be_taken_for_real_on_screen_or_paper(page: Page, served: str) -> None:
    page.goto(served + CASE)
    for media in ("screen", "print"):
        page.emulate_media(media="screen" if media == "screen" else "print")
        expect(page.get_by_text("Contoh rekaan.", exact=True)).to_be_visible()
        expect(page.get_by_text("Purwarupa.", exact=True)).to_be_visible()
    expect(page.locator(".paper")).to_contain_text("purwarupa, contoh rekaan")


def test_a_printed_module_carries_its_version_and_address_and_no_navigation(page: Page, served: str) -> None:
    page.goto(served + MODULE)
    page.emulate_media(media="print")
    paper = page.locator(".paper")
    expect(paper).to_have_text(
        "Kata sandi yang kuat, modul kata-sandi versi 1.0.0 · Simpul uji (purwarupa) · "
        "https://simpul.example/modul/kata-sandi.html")
    assert paper.evaluate("e => [getComputedStyle(e).display, getComputedStyle(e).breakInside]") == \
        ["table-footer-group", "avoid"]
    for hidden in (".md-header", ".md-sidebar", ".md-path", ".md-footer", ".contents", ".share a"):
        expect(page.locator(hidden)).to_be_hidden()
    assert len(page.pdf(format="A4")) > 10_000


def printed_code(page: Page) -> set[tuple[int, int]]:
    """The dark squares of the code that a printed page carries, as column and row."""
    path = page.locator(".qr path").get_attribute("d") or ""
    return {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}


def test_a_printed_page_carries_the_code_of_its_address(page: Page, served: str) -> None:
    for version, room in enumerate((17, 32, 53, 78, 106, 134), 1):  # bytes that level L holds
        address = "http://é/" + "a" * (room - 10)  # full: what follows a shorter one is filling
        page.goto(served + CASE)
        page.locator("[data-site]").evaluate("(place, text) => { place.textContent = text; }", address)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expected = segno.make(address.encode(), error="l", mode="byte", mask=0, boost_error=False,
                              micro=False)
        assert expected.version == version
        assert printed_code(page) == {(x, y) for y, row in enumerate(expected.matrix)
                                      for x, dark in enumerate(row) if dark}


def test_every_page_prints_its_own_address_and_code_once(page: Page, portal_url: str) -> None:
    for url in set(KINDS) - {"404.html", "catatan-belajar.html"}:  # a record carries that of its path
        page.goto(portal_url + url)
        page.evaluate("for (let i = 0; i < 2; i += 1) dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".qr").evaluate_all("all => all.map(e => e.ariaLabel)") == \
            [f"Kode QR https://simpul.example/{url}"]


def test_a_printed_case_lists_where_its_links_lead(page: Page, portal_url: str) -> None:
    page.goto(portal_url + CASE)
    page.pdf()
    expect(page.get_by_role("heading", name="Alamat tautan")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Alamat tautan")).to_be_visible()
    listed = page.locator(".addresses li").all_inner_texts()
    assert {"https://simpul.example/daerah/00.71.html",
            "https://simpul.example/surat/minat-replikasi.html"} <= set(listed)
    assert len(listed) == len(set(listed))
    number = listed.index("https://simpul.example/daerah/00.71.html") + 1
    expect(page.locator(".facts a[href$='daerah/00.71.html'] + sup")).to_have_text(str(number))


def test_a_printed_letter_carries_the_code_of_the_case_it_is_about(page: Page, portal_url: str) -> None:
    page.goto(portal_url + CASE)
    page.get_by_role("link", name="Surat minat replikasi").click()
    page.wait_for_load_state()
    expect(page.locator("[data-letter]")).to_be_visible()
    page.pdf()
    assert page.locator(".qr").get_attribute("aria-label") == f"Kode QR https://simpul.example/{CASE}"
    expect(page.locator(".paper")).to_contain_text(f"https://simpul.example/{CASE}")


def test_without_script_the_addresses_of_other_sites_and_of_the_page_are_printed(browser: Browser,
                                                                                 portal_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(portal_url + CASE)
    opened.emulate_media(media="print")
    link = opened.locator(".results a[href^=http]").first
    assert link.evaluate("e => getComputedStyle(e, '::after').content") == \
        f'" ({link.get_attribute("href")})"'
    expect(opened.get_by_text(f"https://simpul.example/{CASE}")).to_be_visible()
    context.close()


def test_an_address_too_long_for_a_code_is_printed_as_text(page: Page, served: str) -> None:
    page.goto(served + CASE)
    page.locator("[data-site]").evaluate("place => { place.textContent += 'a'.repeat(200); }")
    page.pdf()
    expect(page.locator(".paper")).to_contain_text("aaa")
    expect(page.locator(".qr")).to_have_count(0)


# Security

def test_the_policy_lets_in_own_files_and_the_one_script_it_names(site_path: Path) -> None:
    for url in KINDS:
        html = (site_path / url).read_text("utf-8")
        inline = re.findall(r"<script>(.*?)</script>", html)
        hashes = ["sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                  for text in inline]
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
        assert policy
        assert hashes == re.findall(r"'(sha256-[^']*)'", policy[1])
        assert "unsafe" not in policy[1]
        assert not re.search(r"<[^>]+\s(on\w+|style)\s*=", html), url


def test_a_strangers_script_frame_style_and_picture_are_refused(page: Page, portal_url: str) -> None:
    page.goto(portal_url + CASE)
    refused = page.evaluate("""async () => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
      const add = (tag, more) => document.body.append(Object.assign(document.createElement(tag), more));
      for (const tag of ['script', 'img', 'iframe']) add(tag, { src: 'http://127.0.0.1:9/x' });
      add('script', { textContent: 'window.intruder = 1' });
      add('style', { textContent: 'body { display: none }' });
      for (let turn = 0; turn < 200 && refused.length < 5; turn++)
        await new Promise(done => setTimeout(done, 50));
      return refused.sort();
    }""")
    assert refused == ["frame-src", "img-src", "script-src-elem", "script-src-elem", "style-src-elem"]
    assert page.evaluate("window.intruder") is None


# Journeys

def test_from_the_front_page_to_a_quiz(page: Page, portal_url: str) -> None:
    page.goto(portal_url + "index.html")
    page.get_by_role("navigation", name="Bagian portal").get_by_role("link", name="Standar").click()
    page.get_by_role("link", name=re.compile(r"^4\.1 ")).click()
    page.get_by_role("link", name="Kata sandi yang kuat").first.click()
    page.get_by_role("navigation", name="Isi halaman").get_by_role("link", name="Kuis").click()
    expect(page.get_by_role("heading", name="Kuis")).to_be_in_viewport()
    page.get_by_role("link", name="Berikutnya Surel yang aman").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Surel yang aman")


def test_from_the_tiles_to_a_region_and_from_a_sample_region_to_like_cases(page: Page,
                                                                           portal_url: str) -> None:
    page.goto(portal_url + "index.html")
    page.get_by_role("navigation", name="Bagian portal").get_by_role("link", name="Daerah").click()
    page.get_by_role("link", name="Sulawesi Selatan: belum ada data").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Kota Makassar").click()
    expect(page.get_by_role("heading", name="Mulai dari sini")).to_be_visible()
    page.goto(portal_url + "daerah/00.71.html")
    page.get_by_role("main").get_by_role("link", name="Antrean daring").first.click()
    expect(page.get_by_role("heading", name="Sebelum dan sesudah")).to_be_visible()
    page.locator("a[href*='antrean-pesan']").first.click()
    expect(page).to_have_url(portal_url + "praktik/00.01/antrean-pesan.html")


def test_search_in_the_header_is_a_plain_form(page: Page, portal_url: str) -> None:
    page.goto(portal_url + MODULE)
    page.get_by_role("searchbox", name="Cari di portal").fill("surel aman")
    page.keyboard.press("Enter")
    page.wait_for_url(portal_url + "cari.html?q=surel+aman")


def test_a_term_shows_its_meaning_on_focus_and_hover_without_script(browser: Browser, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "sumber").write("curriculum/glosarium.yml",
                                               "- { istilah: Surel, arti: Surat elektronik. }\n")
    sample.build()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto((sample.root / "site/modul/surel-aman.html").as_uri())
    term = page.locator("a.term").first
    shown = "e => getComputedStyle(e, '::after').content"
    assert term.evaluate(shown) == "none"
    term.focus()
    assert term.evaluate(shown) == '"Surat elektronik."'
    term.blur()
    term.hover()
    assert term.evaluate(shown) == '"Surat elektronik."'
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    term.click()
    expect(page.locator(":target")).to_contain_text("Surel")
    context.close()


def test_a_reader_who_saves_data_asks_for_each_picture(browser: Browser, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "sumber")
    file = io.BytesIO()
    Image.effect_noise((900, 300), 80).save(file, "PNG")
    sample.write("curriculum/modul/kata-sandi/gambar/loket.png", file.getvalue())
    sample.replace("curriculum/modul/kata-sandi/isi.md", "- Pilih empat kata acak.",
                   "![Loket tiga](gambar/loket.png)").build()
    address = (sample.root / "site" / MODULE).as_uri()
    for saves in (True, False):
        context = browser.new_context(viewport={"width": 360, "height": 740})
        context.add_init_script("Object.defineProperty(navigator, 'connection', "
                                f"{{ value: {{ saveData: {str(saves).lower()} }} }})")
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(address)
        picture = page.get_by_alt_text("Loket tiga")
        if saves:
            page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
            page.wait_for_timeout(300)
            assert not any("loket" in url for url in asked)
            button = page.get_by_role("button", name=re.compile(r"Tampilkan gambar \(\d+ KB\): Loket tiga"))
            button.click()
            expect(button).to_have_count(0)
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        page.wait_for_function("e => e.complete && e.naturalWidth", arg=picture.element_handle())
        assert any("loket" in url for url in asked)
        asked.clear()
        page.reload()
        page.pdf()
        assert any("loket" in url for url in asked), "what is printed has its pictures"
        context.close()
