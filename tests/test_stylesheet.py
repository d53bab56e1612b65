"""The stylesheet: Material's rules stay where a page can use them, and only there."""

import gzip
import os
import re
from collections.abc import Iterator
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path

import pytest

from simpul.html.stylesheet import (
    Vocabulary,
    build_stylesheet,
    content_markup,
    minify,
    reduce_stylesheet,
    vocabulary,
)
from simpul.markdown import ALERTS
from tests.harness import Sample, simpul

THEME = Path(__file__).parent.parent / "theme"
USED = vocabulary(['<html dir="ltr"><div class="card {{ \'wide\' if x }}" id="top">'
                   '<a href="x">y</a><input type="checkbox">'],
                  ['button.classList.add("done")'])


def reduced(sheet: str, used: Vocabulary = USED) -> str:
    return reduce_stylesheet([sheet], used)


@pytest.mark.parametrize("rule", [
    ".card{color:red}", ".wide>a:hover{color:red}", "#top{color:red}", ".done{color:red}",
    "[dir=ltr] a{color:red}",
    ":root{color:red}", "a:not(.elsewhere){color:red}", "[type=checkbox]{color:red}", "*{color:red}",
    "a::before{color:red}", "@media print{a{color:red}}",
])
def test_a_rule_that_a_page_can_use_stays(rule: str) -> None:
    assert reduced(rule) == rule


@pytest.mark.parametrize("rule", [
    ".elsewhere{color:red}", ".card .elsewhere{color:red}", "#bottom{color:red}", "[dir=rtl] a{color:red}",
    "table{color:red}", "[data-md-toggle=search]{color:red}", "[type=radio]{color:red}", "[title]{color:red}",
    "@font-face{src:url(x)}", ":is(.elsewhere,.other) a{color:red}", "@media print{.elsewhere{color:red}}",
    "a::-webkit-scrollbar{width:1px}",
])
def test_a_rule_that_no_page_can_use_goes(rule: str) -> None:
    assert reduced(rule) == ""


def test_only_the_living_selectors_of_a_list_stay() -> None:
    assert reduced(".card, .elsewhere, a > .done { color: red; margin: 0 }") == \
        ".card,a>.done{color:red;margin:0}"


@pytest.mark.parametrize(("written", "spelled"), [
    (":is(.elsewhere, .card) a", ".card a"),
    (".card :is(a, .done) > input", ".card a>input,.card .done>input"),
    ("a:is(.card, .done):not(.wide, #top)", "a.card:not(.wide):not(#top),a.done:not(.wide):not(#top)"),
    (":is(a, input):is(.card, .done)", "a.card,a.done,input.card,input.done"),
    (".card:is(a, .done)", ".card:is(a,.done)"),
])
def test_what_chrome_61_cannot_read_is_spelled_out(written: str, spelled: str) -> None:
    assert reduced(f"{written} {{ color: red }}") == f"{spelled}{{color:red}}"


def test_a_selector_that_chrome_61_does_not_know_takes_no_other_with_it() -> None:
    assert reduced("a:focus-visible, a:hover, .card:has(a) { color: red }") == \
        "a:hover{color:red}a:focus-visible,.card:has(a){color:red}"


def test_colours_with_transparency_are_those_of_chrome_61() -> None:
    assert reduced("a { color: #0000008a; background: linear-gradient(#0000, #fff) }") == \
        "a{color:rgba(0,0,0,.541);background:linear-gradient(transparent,#fff)}"


def test_nothing_moves() -> None:
    assert reduced("a { color: red; transition: color 1s }") == "a{color:red}"


def test_variables_and_animations_live_as_long_as_somebody_uses_them() -> None:
    sheet = (":root{--a:var(--b);--b:1px;--c:url('data:x')}a{margin:var(--a);animation:spin 1s}"
             "@keyframes spin{0%{top:0}}@keyframes gone{0%{top:0}}"
             ".elsewhere{margin:var(--c);animation:gone 1s}")
    assert reduced(sheet) == \
        (":root{--a:var(--b);--b:1px}a{margin:var(--a);animation:spin 1s}@keyframes spin{0%{top:0}}")


def test_our_own_styles_keep_the_variables_they_use() -> None:
    assert reduced(":root{--c:1px}", vocabulary([""], styles=["p{margin:var(--c)}"])) == ":root{--c:1px}"


def test_dark_colours_follow_the_system_unless_the_reader_chose_light() -> None:
    assert reduced("[data-md-color-scheme=slate]{color:red}") == (
        "[data-md-color-scheme=slate]{color:red}"
        "@media (prefers-color-scheme:dark){html:not([data-md-color-scheme=default]){color:red}}")


def test_focus_is_seen_without_a_script() -> None:
    assert reduced("a.focus-visible{color:red}a:not(.focus-visible){margin:0}") == (
        "a:focus-visible{color:red}a:not(:focus-visible){margin:0}")


def test_our_own_rules_are_only_made_smaller() -> None:
    assert minify("/* why */\n.any > thing {\n  color: red;\n}\n") == ".any>thing{color:red}"


def test_what_stands_in_quotes_is_left_alone() -> None:
    assert minify('a::after { content: ", : " }') == 'a::after{content:", : "}'


def content_classes() -> Iterator[str]:
    yield from (f"admonition {kind}" for kind, _ in ALERTS.values())
    yield from re.findall(r'class="([^"]+)"', "".join(content_markup()))


def test_the_text_that_uses_everything_uses_every_element_the_dialect_has() -> None:
    elements = ("hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "code", "em", "strong",
                "s", "a", "img",
                "sup", "section", "div", "input", "p", "table", "thead", "tbody", "tr", "th", "td", "li")
    used = vocabulary(content_markup())
    assert [tag for tag in elements if tag not in used.elements] == []
    assert {name for classes in content_classes() for name in classes.split()} <= used.names


def test_every_kind_of_alert_keeps_its_colour_and_icon() -> None:
    sheet = build_stylesheet(THEME).decode()
    for kind, _ in ALERTS.values():
        rule = re.search(rf"\.{kind}>\.admonition-title:before[^{{]*{{([^}}]*)}}", sheet)
        assert rule, kind
        assert f"mask-image:var(--md-admonition-icon--{kind})" in rule[1]
        assert f"--md-admonition-icon--{kind}:url(" in sheet
    assert "--md-admonition-icon--bug" not in sheet


def test_the_whole_sheet_is_small_asks_nobody_and_is_the_same_each_time() -> None:
    sheet = build_stylesheet(THEME)
    assert len(gzip.compress(sheet, 9)) <= 8_500
    assert not re.search(rb"url\((?![\"']?data:)|@import|@font-face", sheet)
    assert sheet == build_stylesheet(THEME)


def other_material(folder: Path) -> Path:
    """A later version of the installed Material: other names of files, a changed colour, new rules."""
    sheets = folder / "material/templates/assets/stylesheets"
    sheets.mkdir(parents=True)
    (folder / "material/__init__.py").touch()
    about = folder / "mkdocs_material-99.0.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: mkdocs-material\nVersion: 99.0.0\n")
    for path in Path(str(files("material") / "templates/assets/stylesheets")).glob("*.css"):
        name, rest = path.name.split(".", 1)
        text = path.read_text("utf-8").replace("#4051b5", "#123456")
        if name == "main":
            text += (":root{--md-new:7px;--md-spare:8px}"
                     ".md-typeset table:not([class]) td{outline-offset:var(--md-new)}.md-brandnew{top:0}")
        (sheets / f"{name}.00000000.{rest.partition('.')[2]}").write_text(text, "utf-8")
    return folder


def test_another_version_of_material_needs_no_hand_work(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "sumber")
    sheet = sample.root / "site/assets/simpul.css"
    assert simpul("build", cwd=sample.root).returncode == 0
    before = sheet.read_text("utf-8")
    path = os.pathsep.join(map(str, (other_material(tmp_path / "lain"), THEME.parent / "generator")))
    assert distribution("mkdocs-material").version != "99.0.0"
    assert simpul("build", cwd=sample.root, PYTHONPATH=path).returncode == 0
    after = sheet.read_text("utf-8")
    assert before.count("#4051b5") == after.count("#123456") > 0
    after = after.replace("#123456", "#4051b5").replace("--md-new:7px", "")
    rule = ".md-typeset table:not([class]) td{outline-offset:var(--md-new)}"
    assert after.replace(rule, "").replace(":root{}", "") == before
