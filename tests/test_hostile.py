"""Whatever is sent, nothing in the pages is active but what the theme put there."""

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.harness import Sample, simpul
from tests.hostile import FOLDER, HARMLESS, Hostile, cases, portal

ACTIVE = {"script", "style", "link", "meta", "base", "iframe", "frame", "frameset", "object", "embed",
          "applet", "form", "input", "button", "select", "textarea", "svg", "math", "video", "audio",
          "source", "template", "noscript", "title", "body", "html", "head", "dialog", "portal", "marquee",
          "plaintext", "xmp", "isindex", "animate", "use", "foreignobject", "image", "rect"}
SAFE = ("http://", "https://", "mailto:", "#", "../", "./")


class _Nodes(HTMLParser):
    """What a page does: active elements, handlers, styles, and addresses by scheme."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE:
            self.found[f"<{tag}>"] += 1
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping", "background",
                                                 "xlink:href", "contenteditable"):
                self.found[name] += 1
            if name in ("href", "src", "action", "srcset"):
                self.addresses.append(value or "")


def nodes(html: str) -> _Nodes:
    parser = _Nodes()
    parser.feed(html)
    return parser


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, list[Hostile]]:
    return portal(tmp_path_factory.mktemp("jahat") / "root")


def usual(sample: Sample) -> Counter[str]:
    return nodes(sample.page("praktik/00.71/antrean-daring.html")).found


def test_there_are_many_and_most_pages_are_made(built: tuple[Sample, list[Hostile]]) -> None:
    assert len(cases()) >= 250
    assert len(built[1]) >= 100, "a page that is made is what the other tests look at"


def test_no_node_is_active_but_those_of_the_theme(built: tuple[Sample, list[Hostile]]) -> None:
    sample, accepted = built
    expected = usual(sample)
    for case in accepted:
        page = nodes(sample.page(f"praktik/00.71/{case.name}.html"))
        extra = page.found - expected
        ticks = extra.pop("<input>", 0)
        assert ticks <= case.text.count("- ["), case.payload
        bars = max(2 * case.text.count("indikator:") - 2, 0)  # two a result beyond the harmless case's
        assert not extra - Counter({"<svg>": bars, "<rect>": bars}), case.payload


NO_ICON = "data:,"
"""Our own: a browser asks for no icon until the script has set one."""


def test_every_address_is_harmless(built: tuple[Sample, list[Hostile]]) -> None:
    sample, accepted = built
    site = sample.root / "site"
    for case in accepted:
        place = site / "praktik/00.71" / f"{case.name}.html"
        for address in nodes(place.read_text(encoding="utf-8")).addresses:
            own = not address.startswith(("http://", "https://", "mailto:", "#")) and address != NO_ICON
            file = place.parent / address.split("#")[0].split("?")[0]
            assert not own or file.resolve().is_relative_to(site.resolve()), case.payload
            assert not own or file.exists(), (case.payload, address)


def test_pictures_come_from_the_portal_alone(built: tuple[Sample, list[Hostile]]) -> None:
    sample, accepted = built
    for case in accepted:
        html = sample.page(f"praktik/00.71/{case.name}.html")
        assert "src=\"http" not in html, case.payload
        assert "src=\"//" not in html, case.payload


@pytest.mark.parametrize("case", [case for case in cases() if case.name.startswith("yaml")],
                         ids=lambda case: case.payload[:20])
def test_yaml_as_a_weapon_is_refused(built: tuple[Sample, list[Hostile]], case: Hostile) -> None:
    assert case not in built[1]


@pytest.mark.parametrize("address", ["javascript:", "vbscript:", "data:", "file:", "blob:", "view-source:",
                                     "\\\\", "//"])
def test_links_with_dangerous_schemes_are_told(tmp_path: Path, address: str) -> None:
    sample = Sample(tmp_path / "root").write(f"{FOLDER}/x.md",
                                             HARMLESS.replace("Waktu tunggu turun.", f"[klik]({address}x)"))
    assert any(problem.path.endswith("/x.md") and problem.severity == "error"
               for problem in sample.problems())


def test_templates_and_files_are_not_opened(built: tuple[Sample, list[Hostile]]) -> None:
    sample, accepted = built
    for case in accepted:
        html = sample.page(f"praktik/00.71/{case.name}.html")
        assert "1779547" not in html, case.payload
        assert "root:x:0" not in html
        assert "plugins: [simpul]" not in html


def test_feeds_are_well_formed(built: tuple[Sample, list[Hostile]]) -> None:
    sample, _ = built
    for name in ("umpan.xml", "sitemap.xml"):
        ElementTree.fromstring(sample.page(name))


def test_the_check_names_every_refused_file_without_a_traceback(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    for case in cases():
        sample.write(f"{FOLDER}/{case.name}.md", case.text)
    done = simpul("check", cwd=sample.root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
