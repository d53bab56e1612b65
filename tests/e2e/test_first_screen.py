"""What a phone shows first of a module: the first sentence it teaches. Wide screens and paper show all."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from simpul.builder.build import build

pytestmark = pytest.mark.xdist_group("theme")

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted(path.parent.name for path in (ROOT / "curriculum/modul").glob("*/modul.yml"))
FIRST_SENTENCE = """() => {
  const part = document.querySelector(".fold ~ p, .contents ~ p, .contents ~ ul");
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), range = document.createRange();
  range.setStart(part, 0);
  for (let node, end = -1; end < 0 && (node = walker.nextNode());) {
    end = node.data.search(/[.?!:]/);
    range.setEnd(node, end < 0 ? node.data.length : end + 1);
  }
  return range.getBoundingClientRect().bottom;
}"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole portal of this repository."""
    site = tmp_path_factory.mktemp("portal") / "site"
    build(ROOT, site, 1)
    return site


def sized(browser: Browser, width: int, scripts: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 640}, java_script_enabled=scripts)
    return context.new_page()


def test_a_phone_shows_the_first_sentence_of_every_module(browser: Browser, portal: Path) -> None:
    page = sized(browser, 360)
    low = {}
    for name in MODULES:
        page.goto((portal / f"modul/{name}.html").as_uri())
        bottom = page.evaluate(FIRST_SENTENCE)
        if bottom > 640:
            low[name] = bottom
    page.context.close()
    assert len(MODULES) >= 32
    assert low == {}


@pytest.mark.parametrize("scripts", [True, False])
def test_what_a_phone_folds_opens_by_a_tap_and_is_open_elsewhere(browser: Browser, portal: Path,
                                                                 scripts: bool) -> None:
    address = (portal / f"modul/{MODULES[0]}.html").as_uri()
    page = sized(browser, 360, scripts)
    page.goto(address)
    facts, contents = page.locator(".facts"), page.locator(".contents ul")
    assert not facts.is_visible()
    assert not contents.is_visible()
    page.get_by_text("Tujuan, ").click()
    assert facts.is_visible()
    assert page.get_by_role("heading", name="Tujuan").is_visible()
    page.reload()
    page.emulate_media(media="print")
    if scripts:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert facts_height(page) > 50
    page.context.close()
    page = sized(browser, 1280, scripts)
    page.goto(address)
    assert facts_height(page) > 50
    assert page.locator(".contents ul").is_visible()
    page.context.close()


def facts_height(page: Page) -> float:
    box = page.locator(".facts").bounding_box()
    return box["height"] if box else 0
