"""Every internal link and anchor of every page works, on the sample portal and on our own sources."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from simpul.builder.build import build
from simpul.problems import as_text, errors
from tests.e2e.conftest import stay

ROOT = Path(__file__).parent.parent.parent


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.targets.append(value)
            if name == "id" and value:
                self.anchors.append(value)


def _broken(site: Path) -> list[str]:
    pages: dict[str, _Links] = {}
    for path in site.rglob("*.html"):
        links = _Links()
        links.feed(path.read_text(encoding="utf-8"))
        pages[path.resolve().as_posix()] = links
        if "data-submit=" in path.read_text(encoding="utf-8") or path.name == "kirim.html":
            links.anchors += _regions(site)  # which a form is opened for
    found = []
    for place, links in pages.items():
        twice = {anchor for anchor in links.anchors if links.anchors.count(anchor) > 1}
        found += [f"{place}: #{anchor} twice" for anchor in twice]
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme or target.startswith("//"):
                continue
            address = unquote(parts.path)
            if place.endswith("/404.html"):  # written for any depth
                address = re.sub(r"^(/|(\.\./)+)", "", address)
            other = (Path(place).parent / address).resolve() if parts.path else Path(place)
            if not other.is_file():
                found.append(f"{place}: {target} leads nowhere")
            elif parts.fragment and other.suffix == ".html" and \
                    parts.fragment not in pages[other.as_posix()].anchors:
                found.append(f"{place}: {target} has no such anchor")
    return found


def _regions(site: Path) -> list[str]:
    """The codes that the forms know."""
    script = (site / "kirim/pilihan.js").read_text(encoding="utf-8")
    picks = json.loads(script.removeprefix("window.simpulPilihan=").removesuffix(";\n"))
    return [code for _, members in picks["wilayah"] for code in members[::2]]


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own sources, built."""
    site = tmp_path_factory.mktemp("sendiri") / "site"
    report = build(ROOT, site, 1)
    assert not errors(report.problems), as_text(errors(report.problems))
    return site


def test_every_link_of_the_sample_works(site_path: Path) -> None:
    assert _broken(site_path) == []


def test_every_link_of_the_own_portal_works(own_site: Path) -> None:
    assert _broken(own_site) == []


def test_the_own_portal_opens_from_a_usb_stick(own_site: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    for url in ("index.html", "standar.html", "modul/surel-dan-pesan-dinas.html",
                "praktik/00.71/antrean-daring.html",
                "daerah/index.html", "daerah/73.71.html", "glosarium.html", "cari.html"):
        page.goto((own_site / url).as_uri())
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= 360"), f"{url} is wider than the screen"
    page.close()
    assert complaints == []


OLD = "praktik/00.71/antrean-lama.html"


@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_address_brings_a_reader_to_the_new_one(browser: Browser, portal_url: str,
                                                      scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(portal_url + OLD)
    page.wait_for_url("**/antrean-daring.html")
    assert page.locator("h1").inner_text() == "Antrean daring puskesmas"
    context.close()


def test_who_does_not_go_on_by_himself_finds_the_link(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    stay(page)
    page.goto(served + OLD)
    page.get_by_role("link", name="Antrean daring puskesmas").click()
    page.wait_for_url("**/antrean-daring.html")
    context.close()
