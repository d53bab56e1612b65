"""The search page of a built portal, as used: by keyboard, without scripts, from a server and from files."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.xdist_group("portal")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh reader at 360 px; an error in a script, or a breach of the page's policy, fails the test."""
    opened = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text)
              if message.type == "error" and "favicon" not in message.location["url"] else None)
    yield opened
    opened.context.close()
    assert wrong == []


def test_from_the_key_slash_to_a_page_without_a_mouse(page: Page, portal_url: str) -> None:
    page.goto(f"{portal_url}index.html")
    page.keyboard.press("/")
    page.keyboard.type("mengantre daring")
    page.keyboard.press("Enter")
    expect(page.locator("#jumlah")).to_contain_text("hasil untuk “mengantre daring”")
    first = page.locator("#hasil > li > a").first
    expect(first.locator("mark").first).to_be_visible()
    title = first.inner_text()
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    expect(page.locator("#hasil > li > a").first).to_have_text(title)


def test_without_scripts_the_form_leads_to_lists_that_lead_on(browser: Browser, portal_url: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{portal_url}tentang.html")
    page.fill('form[role="search"] input', "antrean")
    page.press('form[role="search"] input', "Enter")
    page.wait_for_url(re.compile(r"cari\.html\?q=antrean$"))
    expect(page.locator("[data-without]")).to_have_text(re.compile("Telusuri lewat daftar di bawah ini"))
    page.locator(".areas a").first.click()
    expect(page.locator("h1")).not_to_have_text("Cari")
    page.context.close()


def test_every_kind_of_page_is_a_filter_and_its_count_is_true(page: Page, portal_url: str) -> None:
    page.goto(f"{portal_url}cari.html?q=pelatihan+contoh+sandi+antrean")
    page.locator("#saring > details > summary").click()
    choices = page.locator("#saring details details", has_text="Jenis").first.get_by_role("button")
    expect(choices.first).to_be_visible()
    labels = choices.all_inner_texts()
    assert {"Modul", "Praktik baik", "Penyesuaian", "Pusat pelatihan"} <= \
        {label.rpartition(" (")[0] for label in labels}
    for label in labels:
        name, _, number = label.rstrip(")").rpartition(" (")
        page.get_by_role("button", name=label, exact=True).click()
        expect(page.locator("#jumlah")).to_contain_text(f"{number} hasil untuk")
        expect(page.locator("#hasil > li > small").first).to_contain_text(name)
        page.go_back()
        page.locator("#saring > details > summary").click()


def test_a_province_lets_its_regions_through_and_is_counted(page: Page, portal_url: str) -> None:
    page.goto(f"{portal_url}cari.html?q=contoh")
    page.locator("#saring > details > summary").click()
    box = page.locator("#saring > details > details").nth(1)
    box.locator("summary").click()
    choice = box.get_by_role("button").first
    number = re.sub(r".*\((\d+)\)$", r"\1", choice.inner_text())
    choice.click()
    expect(page).to_have_url(re.compile(r"q=contoh&daerah=\d\d$"))
    expect(page.locator("#jumlah")).to_contain_text(f"{number} hasil untuk")


def test_nothing_found_offers_the_lists(page: Page, portal_url: str) -> None:
    page.goto(f"{portal_url}cari.html?q=qqqzzzxxx")
    expect(page.locator("#jumlah")).to_contain_text("Periksa ejaan, atau telusuri daftar di bawah.")
    assert page.locator(".areas a").count() > 2
    assert page.locator("#jumlah").get_attribute("role") == "status"


@pytest.mark.parametrize("query",
                         ["<script>alert(1)</script>", "x" * 10_000, "😀", "__proto__", "constructor"])
def test_a_hostile_address_is_text(query: str, page: Page, portal_url: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{portal_url}cari.html")
    page.evaluate("query => { location.search = '?q=' + encodeURIComponent(query) + '&jenis=__proto__&tema=' "
                  "+ encodeURIComponent(query.slice(0, 99)); }", query)
    expect(page.locator("#jumlah")).to_contain_text(f"Tidak ada hasil untuk “{query[:100]}")
    assert page.locator("#jumlah *, #hasil *").count() == 0


SHIFT = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
      .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize("query", ["antrean", "qqqzzzxxx", ""])
@pytest.mark.parametrize("width", [360, 1200])
def test_results_push_nothing_on_a_slow_line(query: str, width: int, browser: Browser, served: str) -> None:
    """On 2G the page is read long before its results are there."""
    page = browser.new_context(viewport={"width": width, "height": 740}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions",
                 {"offline": False, "latency": 150, "downloadThroughput": 25_000, "uploadThroughput": 25_000})
    page.goto(f"{served}cari.html?q={query}")
    if query:
        expect(page.locator("#jumlah")).to_contain_text("hasil untuk", timeout=20_000)
    assert page.evaluate(SHIFT) <= 0.1
    expect(page.locator(".jalan")).to_be_visible()
    page.context.close()


def test_the_lists_are_there_when_search_cannot_be_loaded(page: Page, served: str) -> None:
    context = page.context.browser.new_context()  # type: ignore[union-attr]
    other = context.new_page()
    other.route("**/assets/search.js", lambda route: route.abort())
    other.goto(f"{served}cari.html?q=antrean")
    expect(other.locator(".jalan")).to_be_visible()
    context.close()
