"""Every kind of page for readers who enlarge, space out, recolour, or use no mouse (WCAG 2.2 AA)."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from simpul.builder.build import check
from simpul.pages import list_pages
from tests.e2e.conftest import axe, stay
from tests.e2e.test_theme import CASE, MODULE

pytestmark = pytest.mark.xdist_group("access")

SPACING = """\
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
# What stands beyond the edge of the screen without a box of its own to scroll, or is cut off by its box.
LOST = """() => {
  const scrolls = (e) => e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !e.closest('.md-toggle, .md-skip, svg');
  const found = [];
  for (const e of document.body.querySelectorAll('*')) {
    if (!shown(e)) continue;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    const sideways = box.right > innerWidth + 1 || box.left < -1;
    const cut = /hidden|clip/.test(style.overflowX)
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
    if (box.width > 1 && sideways && !scrolls(e.parentElement) || cut) found.push(e.outerHTML.slice(0, 120));
  }
  return found;
}"""


MOVING = """() => [...document.querySelectorAll('*')]
  .flatMap(e => ['', '::before', '::after'].map(part => getComputedStyle(e, part || null)))
  .filter(s => parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none'
    || s.scrollBehavior === 'smooth').map(s => s.content)"""
SPACE = ("css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); "
         "document.adoptedStyleSheets = [sheet]; }")


@pytest.fixture(scope="module")
def kinds(site_path: Path) -> tuple[str, ...]:
    """The fullest page of each kind."""
    found: dict[str, list[str]] = {}
    for page in list_pages(check(site_path.parent, 1).portal):
        found.setdefault(page.kind, []).append(page.url)
    return tuple(max(urls, key=lambda url: (site_path / url).stat().st_size) for urls in found.values())


@pytest.fixture(scope="module", params=[320, 1280])
def seen(browser: Browser, served: str, kinds: tuple[str, ...],
         request: pytest.FixtureRequest) -> dict[str, dict[str, list[str]]]:
    """What is wrong, by check and address, on a wide screen and on the same enlarged to 400 %."""
    context = browser.new_context(viewport={"width": request.param, "height": 256}, reduced_motion="reduce")
    page, found = context.new_page(), dict[str, dict[str, list[str]]]()
    stay(page)
    for url in kinds:
        page.goto(served + url)
        checks = {"lost": page.evaluate(LOST), "moving": page.evaluate(MOVING),
                  "small": [html for _, html in axe(page, "target-size")]}
        page.evaluate(SPACE, SPACING)
        for name, wrong in (checks | {"spaced": page.evaluate(LOST)}).items():
            found.setdefault(name, {}).update({url: wrong} if wrong else {})
    context.close()
    return found


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 480}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_at_400_percent_nothing_is_lost_or_scrolls_sideways(seen: dict[str, dict[str, list[str]]]) -> None:
    assert seen["lost"] == {}


def test_with_more_space_between_letters_words_and_lines_nothing_is_lost(
        seen: dict[str, dict[str, list[str]]]) -> None:
    assert seen["spaced"] == {}


def test_what_is_clicked_is_24_pixels_wide_and_high_or_stands_apart(
        seen: dict[str, dict[str, list[str]]]) -> None:
    assert seen["small"] == {}


def test_nothing_moves_for_a_reader_who_wants_no_motion(seen: dict[str, dict[str, list[str]]]) -> None:
    assert seen["moving"] == {}


@pytest.mark.parametrize("wrong", ["width: 600px; height: 9px",
                                   "width: 90px; height: 9px; overflow: hidden; font-size: 40px"])
def test_what_does_not_fit_would_be_noticed(phone: Page, served: str, wrong: str) -> None:
    phone.goto(served + MODULE)
    phone.evaluate("document.querySelector('article').append(Object.assign(document.createElement('div'), "
                   "{ textContent: 'Lebar sekali' }));"
                   f"document.querySelector('article').lastChild.style.cssText = '{wrong}'")
    assert any("Lebar sekali" in text for text in phone.evaluate(LOST))


def colours(part: Locator) -> int:
    """How many colours a reader can tell apart in it."""
    image = Image.open(io.BytesIO(part.screenshot())).convert("L").quantize(4)
    return sum(count > 12 for count, _ in image.getcolors() or [])


@pytest.fixture
def recoloured(browser: Browser) -> Iterator[Page]:
    """A reader whose system decides over the colours."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active")
    yield context.new_page()
    context.close()


def test_in_the_systems_own_colours_figures_tiles_icons_and_answers_can_be_seen(recoloured: Page,
                                                                                served: str) -> None:
    recoloured.goto(served + CASE)
    assert colours(recoloured.locator(".bar").nth(1)) > 1
    assert colours(recoloured.get_by_role("button", name="Cari")) > 1
    assert colours(recoloured.get_by_role("button", name="Pakai warna")) > 1
    recoloured.goto(served + "daerah/index.html")
    assert colours(recoloured.get_by_role("link", name="Sulawesi Selatan: belum ada data")) > 1
    recoloured.goto(served + MODULE)
    recoloured.get_by_role("radio").first.check()
    recoloured.get_by_role("button", name="Periksa jawaban").click()
    outline = "all => all.map(e => getComputedStyle(e).outlineStyle)"
    assert recoloured.locator("label.right").evaluate_all(outline) == ["solid"]
    assert recoloured.locator("label.wrong").evaluate_all(outline) == ["dashed"]


def test_a_right_and_a_wrong_answer_differ_in_more_than_colour(phone: Page, served: str) -> None:
    phone.goto(served + MODULE)
    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name="Periksa jawaban").click()
    sign = "e => getComputedStyle(e, '::before').content"
    assert [phone.locator(f"label.{name} b").evaluate(sign) for name in ("right", "wrong")] == \
        ['"✓ "', '"✗ "']


@pytest.mark.parametrize("url", [MODULE, "standar.html", "daerah/index.html"])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_what_has_the_focus_is_not_under_the_header(phone: Page, served: str, url: str, key: str) -> None:
    phone.goto(served + url)
    covered = []
    for _ in range(80):
        phone.keyboard.press(key)
        covered.append(phone.evaluate("""() => {
          const e = document.activeElement, header = document.querySelector('.md-header');
          if (e === document.body || header.contains(e) || e.matches('.md-skip, .md-toggle')) return '';
          const box = e.getBoundingClientRect(), edge = header.getBoundingClientRect().bottom;
          const tall = box.height > innerHeight - edge;
          const seen = box.top < innerHeight && box.bottom > edge && (tall || box.top >= edge);
          return seen ? '' : e.outerHTML.slice(0, 90);
        }"""))
    assert [text for text in covered if text] == []
