"""Search as a reader meets it, in Chromium, from a server and a USB stick; and that the terminal agrees."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from simpul.search import Document
from simpul.search.reading import Reader
from simpul.search.terminal import search_in
from simpul.search.words import EXCEPTIONS, ROOTS, is_word, stem, tokens
from tests.bench.search_bench import queries
from tests.bench.search_corpus import documents, forms, module_texts
from tests.bench.search_site import packed, served, write_site

pytestmark = pytest.mark.xdist_group("search")
ENDE = Document("praktik/53.08/antrean.html", "Antrean puskesmas <b>daring</b>", "praktik-baik", "53.08",
                "Kabupaten Ende", ("2.3",), ("antrean",),
                summary="Warga mendaftar antrean dari rumah; petugas melatih warga.",
                text="Pelatihan petugas loket.", verified="2026-05-01", added="2027-01-01",
                conditions=("pesisir", "koneksi-terbatas"))
SPBE = Document("modul/spbe.html", "Mengenal SPBE", "modul", competences=("5.2",),
                summary="Sistem elektronik pemerintah.", text="Peta rencana SPBE: kwadran.")
COMPETENCE = Document("kompetensi/2.3.html", "Berperan sebagai warga", "kompetensi", competences=("2.3",))
EVIL = Document("praktik/53.08/jahat.html", "<img src=x onerror=alert(1)> \"'</script>\u2028 kwasar",
                "praktik-baik", "53.09", "<i>Daerah</i>",
                themes=("<b>tema</b>",), summary="<script>alert(2)</script> kwasar", text="kwasar")
PROTO = Document("halaman/proto.html", "constructor __proto__", "halaman", text="toString hasOwnProperty")


@pytest.fixture(scope="module")
def corpus() -> list[Document]:
    return [*documents(cases=900, others=100, seed=3), ENDE, SPBE, COMPETENCE, PROTO, EVIL]


@pytest.fixture(scope="module")
def site(corpus: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cari")
    write_site(path, corpus)
    return path


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.fixture(params=["http", "file"])
def url(request: pytest.FixtureRequest, site: Path, server: str) -> str:
    return server if request.param == "http" else f"{site.as_uri()}/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh reader; an error in a script, or a breach of the page's policy, fails the test."""
    opened = browser.new_context().new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text)
              if message.type == "error" and "ERR_" not in message.text else None)
    yield opened
    opened.context.close()
    assert wrong == []


def ask(page: Page, query: str) -> None:
    page.fill("#q", query)
    page.press("#q", "Enter")
    page.wait_for_function("q => document.getElementById('jumlah').textContent.includes('“' + "
                           "q.trim().slice(0, 200) + '”')", arg=query)


def hrefs(page: Page) -> list[str]:
    return [link.get_attribute("href").removeprefix("./")  # type: ignore[union-attr]
            for link in page.locator("#hasil > li > a").all()]


# Agreement with the terminal

def vocabulary(corpus: list[Document]) -> list[str]:
    """All words of the corpus and of the modules, and every regular and irregular form of many of them."""
    real = {word for text in module_texts().values() for word in tokens(text)}
    every = real | {word for document in corpus
                    for word in tokens(f"{document.title} {document.summary} {document.text}")}
    roots = sorted({*ROOTS, *EXCEPTIONS.values(), *random.Random(1).sample(sorted(real), 60)})
    wild = {f"{before}{root}{after}" for root in roots
            for after in ("", "kan", "i", "an", "nya", "kannya", "lah", "pun", "ku")
            for before in ("me", "mem", "men", "meny", "meng", "pe", "pem", "pen", "peny", "peng", "pel",
                           "per", "be", "ber", "bel", "di", "ter", "ke")}
    return sorted(every | wild | {form for root in roots for form in forms(root)} | set(EXCEPTIONS))


def test_stems_are_the_same_as_in_the_terminal(page: Page, server: str, corpus: list[Document]) -> None:
    words = vocabulary(corpus)
    page.goto(f"{server}cari.html")
    stems = page.evaluate("words => simpulCari.inti.prepare().then(() => words.map(simpulCari.inti.stem))",
                          words)
    assert {word: (ours, stem(word)) for word, ours in zip(words, stems, strict=True)
            if ours != stem(word)} == {}
    assert len([word for word in words if is_word(word)]) > 20_000


def test_words_are_the_same_as_in_the_terminal(page: Page, server: str) -> None:
    page.goto(f"{server}cari.html")
    for text in ("Désa Ünïtàs ﬁle", "Jum'at jum’at", "e-KTP 3T (2026)", "İstanbul ß ŁÓDŹ", "a\u0301b 10²",
                 "𝐀𝐒𝐍 ＡＳＮ"):
        assert page.evaluate("text => simpulCari.inti.tokens(text)", text) == tokens(text)


def test_results_are_the_same_as_in_the_terminal(page: Page, server: str, site: Path,
                                                 corpus: list[Document]) -> None:
    page.goto(f"{server}cari.html")
    reader = Reader(site)
    typed = [(query, {}) for _, query, _ in queries(corpus, 2, 24)]
    typed += [(query, {}) for query in ("pelat", "sistem pemerintahan berbasis elektronik", "kota",
                                        "pelatihan digital", "yang", "antrian ende")]
    typed += [("pelatihan", {"daerah": "73"}), ("pelatihan", {"jenis": "modul"}),
              ("data", {"kompetensi": "2.3", "tema": "arsip"})]
    for query, filters in typed:
        ours = page.evaluate("""([query, filters]) => simpulCari.cari(query, filters).then(async (found) =>
            [found.found.length, found.unknown, found.readAs,
             (await simpulCari.inti.cards(found.first, found.scores)).map((card) => card.url)])""",
                             [query, filters])
        there = search_in(reader, query, filters, 10)
        assert ours == [there.count, list(there.unknown),
                        {wrong: list(right) for wrong, right in there.read_as.items()},
                        [hit.url for hit in there.hits]], query


# The page

def test_a_query_in_the_address_is_answered(page: Page, url: str) -> None:
    page.goto(f"{url}cari.html?q=melatih+ende")
    expect(page.locator("#hasil > li").first).to_contain_text("Antrean puskesmas <b>daring</b> "
                                                              "Praktik baik · Kabupaten Ende")
    assert hrefs(page)[0] == "praktik/53.08/antrean.html"
    expect(page.locator("#hasil > li").first.locator("mark")).to_have_text(["melatih"])
    expect(page.locator("#jumlah")).to_have_text(
        re.compile(r"^[\d.]+ hasil untuk “melatih ende”, \d+ memuat semua kata\.$"))
    expect(page.locator("#q")).to_have_value("melatih ende")


def test_ten_results_then_ten_more_then_back(page: Page, url: str) -> None:
    page.goto(f"{url}cari.html?q=data")
    expect(page.locator("#hasil > li")).to_have_count(10)
    page.click("#lagi")
    expect(page.locator("#hasil > li")).to_have_count(20)
    assert len(set(hrefs(page))) == 20
    ask(page, "kwadran")
    expect(page.locator("#hasil > li")).to_have_count(1)
    expect(page.locator("#lagi")).to_be_hidden()
    assert page.url.endswith("cari.html?q=kwadran")
    page.go_back()
    expect(page.locator("#hasil > li")).to_have_count(10)
    expect(page.locator("#q")).to_have_value("data")


def test_filters_are_counted_and_kept_in_the_address(page: Page, url: str) -> None:
    page.goto(f"{url}cari.html?q=warga")
    page.click("#saring > details > summary")
    page.get_by_role("button", name=re.compile(r"^Modul \(\d+\)$")).click()
    expect(page.locator("#jumlah")).to_contain_text("hasil untuk “warga”")
    assert page.url.endswith("?q=warga&jenis=modul")
    expect(page.locator("#hasil > li > small").first).to_have_text("Modul")
    page.get_by_role("button", name=re.compile("^Modul .*×$")).click()
    page.wait_for_url(re.compile("q=warga$"))
    page.click("#saring > details > summary")
    page.locator("summary", has_text="Kompetensi").click()
    expect(page.get_by_role("button", name=re.compile(r"^Berperan sebagai warga \(\d+\)$"))).to_be_visible()
    page.locator("summary", has_text="Kondisi").click()
    page.get_by_role("button", name="koneksi terbatas (1)").click()
    page.wait_for_url(re.compile("kondisi=koneksi-terbatas"))
    assert hrefs(page) == ["praktik/53.08/antrean.html"]


def test_a_filter_in_the_address(page: Page, url: str) -> None:
    page.goto(f"{url}cari.html?q=antrean&daerah=53&kompetensi=2.3&tema=antrean&kondisi=pesisir")
    expect(page.locator("#hasil > li")).to_have_count(1)
    assert hrefs(page) == ["praktik/53.08/antrean.html"]


def test_a_misspelt_word_is_told(page: Page, url: str) -> None:
    page.goto(f"{url}cari.html?q=pukesmas+ende")
    expect(page.locator("#jumlah")).to_contain_text("“pukesmas” tidak ditemukan; dibaca sebagai “puskesmas”.")
    expect(page.locator("#hasil mark").first).to_have_text("puskesmas")


def test_nothing_found_is_told(page: Page, url: str) -> None:
    page.goto(f"{url}cari.html?q=qqqzzzxxx")
    expect(page.locator("#jumlah")).to_have_text(
        "Tidak ada hasil untuk “qqqzzzxxx”. “qqqzzzxxx” tidak ditemukan. Periksa ejaan, "
        "atau telusuri daftar di bawah.")
    ask(page, "yang dan")
    expect(page.locator("#jumlah")).to_contain_text("Kata itu terlalu umum atau terlalu pendek")
    ask(page, "\"antrean puskesmas\"")
    expect(page.locator("#jumlah")).to_contain_text("Tanda kutip diabaikan: kata dicari satu per satu.")


HOSTILE = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "x" * 10_000, "😀😀", "__proto__",
           "constructor", "hasOwnProperty toString", "%00%", "\"'\\`${1}", "á" * 300)


def test_hostile_queries_show_text(page: Page, url: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{url}cari.html")
    for query in HOSTILE:
        ask(page, query)
        assert page.locator("#jumlah *, #hasil script, #hasil img").count() == 0, query


def test_hostile_titles_show_text(page: Page, url: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{url}cari.html?q=kwasar")
    expect(page.locator("#hasil > li > a")).to_have_text(
        [re.compile(r"^<img src=x onerror=alert\(1\)> \"'</script>\s+kwasar$")])
    expect(page.locator("#hasil > li > small")).to_have_text(["Praktik baik · <i>Daerah</i>"])
    page.click("#saring > details > summary")
    page.locator("summary", has_text="Tema").click()
    expect(page.get_by_role("button", name="<b>tema</b> (1)")).to_be_visible()
    assert page.locator("#hasil img, #hasil script, #hasil i, #saring b").count() == 0


def test_keys(page: Page, url: str) -> None:
    page.goto(f"{url}cari.html?q=antrean")
    expect(page.locator("#hasil > li")).not_to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#hasil > li > a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).not_to_be_focused()


def test_suggestions_ask_once_for_many_keys(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}cari.html")
    page.locator("#q").press_sequentially("antrean puskes", delay=20)
    expect(page.locator("datalist option").first).to_have_attribute("value", "antrean puskesmas")
    assert len([address for address in asked if "/cari/k" in address]) <= 5
    assert len(set(asked)) == len(asked)


def test_other_pages_load_search_when_the_field_is_used(page: Page, url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{url}modul/satu.html")
    assert [address for address in asked if "search.js" in address] == []
    page.keyboard.press("/")
    page.locator("input").press_sequentially("puskes")
    expect(page.locator("datalist option").first).to_have_attribute("value", "puskesmas")
    page.fill("input", "kwadran")
    page.press("input", "Enter")
    expect(page.locator("#hasil > li")).to_have_count(1)
    assert hrefs(page) == ["modul/spbe.html"]


def test_what_was_typed_before_the_script_came_is_suggested_for_too(page: Page, url: str) -> None:
    page.add_init_script("""const append = Element.prototype.append;
      Element.prototype.append = function (...parts) {
        const late = parts.some((part) => /search.js$/.test(part.src || ""));
        setTimeout(() => append.apply(this, parts), late ? 500 : 0);
      };""")
    page.goto(f"{url}modul/satu.html")
    page.keyboard.press("/")
    page.locator("input").fill("puskes")
    expect(page.locator("datalist option").first).to_have_attribute("value", "puskesmas")


def test_a_file_that_cannot_be_loaded_is_told_and_asked_for_again(page: Page, server: str) -> None:
    page.route("**/cari/*.js", lambda route: route.abort())
    page.goto(f"{server}cari.html?q=antrean")
    expect(page.locator("#jumlah")).to_have_text("Indeks pencarian belum dapat dimuat. Periksa sambungan, "
                                                 "lalu tekan Cari lagi.")
    page.unroute("**/cari/*.js")
    ask(page, "antrean")
    expect(page.locator("#hasil > li")).not_to_have_count(0)


def test_a_host_that_answers_with_a_page_is_told(page: Page, server: str) -> None:
    page.route("**/cari/s*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{server}cari.html?q=antrean")
    expect(page.locator("#jumlah")).to_contain_text("Indeks pencarian belum dapat dimuat.")


# Weight

def ask_at_once(page: Page, text: str) -> None:
    """Typed and sent without a pause, however busy this machine is."""
    page.locator("#q").evaluate("""(field, text) => {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.form.requestSubmit();
    }""", text)
    expect(page.locator("#jumlah")).to_contain_text(f"hasil untuk “{text}”")


def test_weight_of_queries(page: Page, server: str, site: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(re.sub(r"[?#].*", "", request.url.removeprefix(server))))
    page.goto(f"{server}cari.html?q=pelatihan+digital")
    expect(page.locator("#hasil > li")).to_have_count(10)
    first = asked[1:]
    assert (sum(packed(site, path) for path in first), len(first)) <= (25_000, 14)
    assert len(first) <= 14
    ask_at_once(page, "layanan pengaduan")
    page.wait_for_timeout(300)  # suggestions would come after 150
    second = asked[len(first) + 1:]
    assert sum(packed(site, path) for path in second) <= 14_000
    assert [path for path in second if path.startswith(("cari/k", "assets/"))] == []
    assert {address.partition("/")[0] for address in asked} <= {"cari.html", "assets", "cari"}


def test_weight_of_the_scripts(site: Path) -> None:
    sizes = {name: packed(site, f"assets/{name}.js") for name in ("search", "search-more", "search-hook")}
    assert sizes["search"] <= 7_500
    assert sizes["search-more"] <= 2_300
    assert sizes["search-hook"] <= 1_000
