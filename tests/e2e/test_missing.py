"""The page for a missing page, as a real server sends it from any depth: styled, its links lead somewhere."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_servers import running

pytestmark = pytest.mark.xdist_group("theme")

DEPTHS = ("", "praktik/", "praktik/00.71/", "a/b/c/", "a/b/c/d/", "a/b/c/d/e/")


@pytest.fixture(scope="module", params=["", "simpul/"])
def portal(request: pytest.FixtureRequest, site_path: Path) -> Iterator[str]:
    """The address of the portal on nginx as the guide sets it up: at the root of a host, and in a folder."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        shutil.copytree(site_path, root / request.param, dirs_exist_ok=True)
        shutil.copy(site_path / "404.html", root)
        with running("nginx", root) as web:
            yield f"http://127.0.0.1:{web.port}/{request.param}"


@pytest.fixture(params=[True, False])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """With scripts and without."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 360, "height": 640})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("folder", DEPTHS)
def test_a_missing_page_is_styled_and_leads_on(reader: Page, portal: str, folder: str) -> None:
    answer = reader.goto(f"{portal}{folder}tidak-ada.html")
    assert answer
    assert answer.status == 404
    header = reader.locator("header")
    expect(header).to_have_css("background-color", "rgb(64, 81, 181)")
    home = reader.locator("main a:visible").filter(has_text="Beranda")
    expect(home).to_have_count(1)
    home.click()
    assert reader.url == f"{portal}index.html"
    reader.go_back()
    reader.get_by_role("searchbox").fill("sandi")
    reader.get_by_role("button", name="Cari").click()
    assert reader.url == f"{portal}cari.html?q=sandi"


def test_too_deep_below_a_host_of_its_own_the_page_still_leads_on(reader: Page, portal: str) -> None:
    reader.goto(f"{portal}a/b/c/d/e/f/g/tidak-ada.html")
    if not portal.endswith("simpul/"):
        reader.locator("main a:visible").filter(has_text="Modul").click()
        assert reader.url == f"{portal}modul/index.html"
    else:
        expect(reader.get_by_role("heading", name="Halaman tidak ditemukan")).to_be_visible()


def test_the_page_is_small(site_path: Path) -> None:
    assert (site_path / "404.html").stat().st_size < 14_000
