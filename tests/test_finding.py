"""What search engines, feed readers and messengers are told of the site, on a centre and on a copy."""

import json
import re
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from simpul.html.assets import PARTS
from tests.harness import Sample

CASE = "praktik/00.71/antrean-daring.html"
MODULE = "modul/kata-sandi.html"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    sample = Sample(tmp_path_factory.mktemp("pusat") / "sumber")
    sample.build()
    return sample


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A site without a permanent address."""
    sample = Sample(tmp_path_factory.mktemp("tanpa") / "sumber")
    sample.replace("mkdocs.yml", "site_url: https://simpul.example/\n", "")
    sample.build()
    return sample


def told(page: str) -> dict[str, str]:
    """The names and contents of the head's meta and link elements."""
    head = page.partition("</head>")[0]
    found = {}
    for tag in re.findall(r"<(?:meta|link) [^>]*>", head):
        fields = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        for key in ("name", "property", "rel"):
            if key in fields:
                found[fields[key]] = fields.get("content", fields.get("href", ""))
    return found


@pytest.mark.parametrize("url", [CASE, MODULE, "index.html", "jalur/asn-baru.html"])
def test_a_page_names_its_permanent_address_and_what_a_message_shows_of_it(centre: Sample, url: str) -> None:
    page = centre.page(url)
    found = told(page)
    assert found["canonical"] == f"https://simpul.example/{url}"
    assert f">{found['og:title']}</h1>" in page or url == "index.html"
    assert found["og:description"] == found["description"] != ""
    assert found["og:image"] == "https://simpul.example/assets/ikon.png"
    assert found["theme-color"] == "#4051b5"


def test_no_page_lets_a_browser_ask_for_an_icon(centre: Sample) -> None:
    for path in (centre.root / "site").rglob("*.html"):
        assert '<link rel="icon" href="data:,">' in path.read_text("utf-8"), path


def test_who_asks_for_an_icon_by_himself_gets_a_small_one_and_scripts_show_the_same(centre: Sample) -> None:
    icon = centre.root / "site/favicon.ico"
    with Image.open(icon) as image:
        assert (image.format, image.size) == ("ICO", (16, 16))
        pixels = image.convert("RGB").tobytes()
    assert icon.stat().st_size <= 400
    for name in [name for name, parts in PARTS.items() if "simpul" in parts]:
        text = (centre.root / "site/assets" / name).read_text("utf-8")
        shown = b64decode(text.partition("data:image/png;base64,")[2].partition('"')[0])
        with Image.open(BytesIO(shown)) as image:
            assert (image.format, image.convert("RGB").tobytes()) == ("PNG", pixels), name


def test_the_picture_of_the_site_is_small_but_large_enough_for_messengers(centre: Sample) -> None:
    picture = centre.root / "site/assets/ikon.png"
    with Image.open(picture) as image:
        assert image.size == (192, 192)
    assert picture.stat().st_size < 1_000


def test_without_a_permanent_address_nothing_claims_one(nameless: Sample) -> None:
    for path in (nameless.root / "site").rglob("*.html"):
        page = path.read_text("utf-8")
        assert "og:title" not in told(page)
        assert "canonical" not in told(page) or "refresh" in page
    assert '<p class="share" hidden>' in nameless.page(CASE)
    assert (nameless.root / "site/robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    catalogue = json.loads((nameless.root / "site/katalog.jsonld").read_text("utf-8"))
    assert catalogue["url"] == "index.html"


def test_front_pages_name_the_feed(centre: Sample) -> None:
    for url, feed in (("index.html", "umpan.xml"), ("praktik/index.html", "../umpan.xml")):
        assert told(centre.page(url))["alternate"] == feed
    assert "alternate" not in told(centre.page(CASE)), "each byte of a case counts"


def test_robots_find_the_sitemap(centre: Sample) -> None:
    assert (centre.root / "site/robots.txt").read_text("utf-8") == \
        "User-agent: *\nAllow: /\nSitemap: https://simpul.example/sitemap.xml\n"


def test_the_catalogue_names_data_and_modules_that_are_there(centre: Sample) -> None:
    site = centre.root / "site"
    catalogue = json.loads((site / "katalog.jsonld").read_text("utf-8"))
    urls = [form["contentUrl"] for data in catalogue["dataset"] for form in data["distribution"]]
    urls += [part["url"] for part in catalogue["hasPart"]]
    assert len(urls) == 4 + len(list((site / "modul").glob("*.html"))) - 1
    for url in urls:
        assert (site / url.removeprefix("https://simpul.example/")).is_file(), url
    module = next(part for part in catalogue["hasPart"] if part["url"].endswith(MODULE))
    assert module["timeRequired"] == "PT45M"
    assert module["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert module["teaches"] == ["Melindungi perangkat", "Melindungi data pribadi"]


def test_a_case_a_module_and_a_path_can_be_shared_without_scripts(centre: Sample) -> None:
    for url in (CASE, MODULE, "jalur/asn-baru.html"):
        assert f'href="https://wa.me/?text=https://simpul.example/{url}"' in centre.page(url)
    assert "wa.me" not in centre.page("index.html")
