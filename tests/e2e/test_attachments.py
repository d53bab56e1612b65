"""Attachments as readers meet them: fetched and not shown, on a narrow phone, without scripts, on paper."""

import functools
import http.server
import re
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import barriers
from tests.test_attachments import GOOD, with_attachments

CASE = "praktik/00.71/antrean-daring.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = with_attachments(tmp_path_factory.mktemp("lampiran") / "root", *GOOD,
                              text="Baca [SOP](lampiran/sop.pdf).")
    sample.build()
    return sample.root / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    handler.log_message = lambda *words: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Narrow, and without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640},
                                  accept_downloads=True)
    yield context.new_page()
    context.close()


def test_each_is_fetched_under_its_own_name_and_never_shown(phone: Page, address: str, site: Path) -> None:
    phone.goto(address + CASE)
    links = phone.locator("#__lampiran ~ ul a[download]")
    assert links.count() == len(GOOD)
    for number, name in enumerate(GOOD):
        with phone.expect_download() as fetched:
            links.nth(number).click()
        assert fetched.value.suggested_filename == name
        assert phone.url == address + CASE
    with phone.expect_download() as fetched:
        phone.get_by_role("link", name="Paket replikasi").click()
    assert fetched.value.suggested_filename == "paket-antrean-daring.zip"
    with phone.expect_download() as fetched:
        phone.get_by_role("link", name="SOP", exact=True).click()
    assert fetched.value.suggested_filename == "sop.pdf"


def test_the_list_fits_a_narrow_phone(phone: Page, site: Path) -> None:
    phone.goto((site / CASE).as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    expect(phone.get_by_role("heading", name="Lampiran")).to_be_visible()


def test_the_list_on_paper_tells_where_each_stands(phone: Page, site: Path) -> None:
    phone.goto((site / CASE).as_uri())
    phone.emulate_media(media="print")
    shown = phone.locator("#__lampiran ~ ul a[download]").first.evaluate(
        "link => getComputedStyle(link, '::after').content")
    assert re.search(r"\(\.\./\.\./lampiran/00\.71/sop-\w{16}\.docx\)", shown), shown


def test_the_bundle_opens_alone_and_is_readable(browser: Browser, site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(site / "lampiran/00.71/paket-antrean-daring.zip") as archive:
        archive.extractall(tmp_path)
    page = browser.new_page(viewport={"width": 320, "height": 640})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "praktik.html").as_uri())
    assert len(asked) == 1, "it needs nothing else"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for href in page.locator("a[href^=lampiran]").evaluate_all("links => links.map(a => a.pathname)"):
        assert Path(href).is_file(), href
    assert barriers(page) == []
    page.close()
