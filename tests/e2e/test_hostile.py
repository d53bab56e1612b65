"""The pages of hostile cases in a browser: no dialog opens, nobody else is asked for anything."""

import pytest
from playwright.sync_api import Browser

from tests.hostile import portal

TOUCHED = """() => {
  for (const e of document.querySelectorAll('article a, article input, article summary')) {
    e.focus();
    e.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  }
  const marks = [...document.querySelectorAll('.mark')];
  return [document.querySelectorAll('h1').length, marks.map((e) => e.getBoundingClientRect().width)];
}"""
"""Touches all that can be touched; how many headings there are, and how wide the portal's own mark is."""

pytestmark = pytest.mark.xdist_group("hostile")


def test_nothing_happens_when_hostile_pages_are_opened(browser: Browser,
                                                       tmp_path_factory: pytest.TempPathFactory) -> None:
    sample, accepted = portal(tmp_path_factory.mktemp("jahat") / "root")
    site = (sample.root / "site").as_uri()
    context = browser.new_context()
    page = context.new_page()
    dialogs: list[str] = []
    asked: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(page.url), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    for case in accepted:
        address = f"{site}/praktik/00.71/{case.name}.html"
        page.goto(address, wait_until="load")
        headings, [mark] = page.evaluate(TOUCHED)
        assert (page.url, headings, mark > 0) == (address, 1, True), case.payload
    for url in ("praktik/semua.html", "daerah/00.71.html", "index.html",
                "surat/minat-replikasi.html?judul=<img+src=x+onerror=alert(1)>"):
        page.goto(f"{site}/{url}", wait_until="load")
    page.goto(f"{site}/cari.html?q=alert", wait_until="load")
    page.locator("#hasil li", has_text="alert(1)").first.wait_for()
    assert dialogs == []
    assert [address for address in asked if not address.startswith((site, "data:"))] == []
    context.close()
