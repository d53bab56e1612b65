"""A browser, and the sample portal built once: as files and behind a server on this machine."""

import functools
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.harness import ALL, Sample

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it
        pass


@pytest.fixture(scope="session")
def site_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built sample portal."""
    sample = Sample(tmp_path_factory.mktemp("portal") / "sumber", ALL)
    sample.build()
    return sample.root / "site"


@pytest.fixture(scope="session")
def served(site_path: Path) -> Iterator[str]:
    """The address of the sample portal over http, ending in a slash."""
    handler = functools.partial(_Silent, directory=str(site_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(params=["http", "file"])
def portal_url(request: pytest.FixtureRequest, site_path: Path, served: str) -> str:
    """The portal as a reader meets it: on a server, and on a USB stick."""
    return served if request.param == "http" else site_path.as_uri() + "/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, offline. Its absence is a failure in CI, and a skip on a contributor's machine."""
    if not Path(CHROMIUM).exists():
        assert not os.environ.get("CI"), f"{CHROMIUM} is missing"
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe that ask what colours there are; all others find the same in light and dark."""


def axe(page: Page, *rules: str) -> list[tuple[str, str]]:
    """What axe finds by these rules, or by all: the rule, and the element that breaks it."""
    options: dict[str, object] = {"preload": False, "resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("""async (options) => (await axe.run(options)).violations
        .flatMap((one) => one.nodes.map((node) => [one.id, node.html]))""", options)
    return [(rule, html) for rule, html in found]


def barriers(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page as it stands, in light and dark colours, and whether it fits the width."""
    found = axe(page)
    page.emulate_media(color_scheme="dark")
    found += axe(page, *COLOURS)
    page.emulate_media(color_scheme="light")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(("does not fit the width", ""))
    return found


def stay(page: Page) -> None:
    """The page as readers see it who do not let their browser go on by itself."""

    def held(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace('http-equiv="refresh"', ""))

    page.route("**/*.html", held)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh reader; an error in a script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []
