"""Sharing a page: the phone's own sheet where there is one, else a messenger and copying, after a tap."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

CASE, MODULE, PATH = "praktik/00.71/antrean-daring.html", "modul/surel-aman.html", "jalur/asn-baru.html"
SHEET = """window.shared = [];
Object.defineProperty(navigator, "share", { value: (what) => { window.shared.push(what);
  return Promise.reject(new DOMException("", "AbortError")); }, configurable: true });"""
NO_SHEET = 'Object.defineProperty(navigator, "share", { value: undefined, configurable: true });'
COPIED = 'window.copied = ""; document.execCommand = (name) => { \
  window.copied = name === "copy" ? document.activeElement.value : ""; return %s; };'


def opened(page: Page, address: str, before: str) -> list[str]:
    """Opens a page in a browser as the script `before` leaves it; what it asks for from then on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.add_init_script(before)
    page.goto(address)
    return asked


@pytest.mark.parametrize("url", [CASE, MODULE, PATH])
def test_the_sheet_of_the_phone_gets_title_and_address(page: Page, portal_url: str, url: str) -> None:
    asked = opened(page, portal_url + url + "#__kuis", SHEET)
    expect(page.get_by_role("link", name="Bagikan lewat WhatsApp")).to_be_hidden()
    page.get_by_role("button", name="Bagikan").click()
    assert page.evaluate("shared") == [{"title": page.locator("h1").inner_text(),
                                        "url": f"https://simpul.example/{url}"}]
    assert [address for address in asked if not address.startswith((portal_url, "data:"))] == []


@pytest.mark.parametrize(("works", "told"), [
    ("true", "✓ Alamat tersalin"), ("false", f"Salin sendiri: https://simpul.example/{CASE}"),
])
def test_without_a_sheet_the_address_is_copied_and_that_is_said(
        page: Page, portal_url: str, works: str, told: str) -> None:
    asked = opened(page, portal_url + CASE, NO_SHEET + COPIED % works)
    button = page.get_by_role("button", name="Salin alamat")
    button.click()
    expect(page.get_by_role("button", name=told)).to_be_visible()
    assert page.evaluate("copied") == f"https://simpul.example/{CASE}"
    expect(page.locator("textarea")).to_have_count(0)
    link = page.get_by_role("link", name="Bagikan lewat WhatsApp")
    title = page.locator("h1").inner_text()
    assert unquote(link.get_attribute("href") or "").startswith(f"https://wa.me/?text={title} https://")
    assert [address for address in asked if not address.startswith((portal_url, "data:"))] == []


def test_without_scripts_a_plain_link_shares(browser: Browser, portal_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked = opened(page, portal_url + MODULE, "")
    expect(page.get_by_role("link", name="Bagikan lewat WhatsApp")).to_have_attribute(
        "href", f"https://wa.me/?text=https://simpul.example/{MODULE}")
    expect(page.get_by_role("button", name="Salin alamat")).to_have_count(0)
    assert [address for address in asked if not address.startswith((portal_url, "data:"))] == []
    context.close()
