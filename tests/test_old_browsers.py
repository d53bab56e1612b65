"""Scripts and styles are made for Chrome 61 and later: what it cannot read is in no built file."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tinycss2

from tests.harness import Sample
from tests.tools import browsers, names_in, since

FLOOR = 61
ASKED = {"load": "a name of ours; that of Atomics is newer", "saveData": "asked for where a fault is caught",
         "share": "asked for before it is used"}
"""Names that are newer and stand in a script all the same."""
STYLING = {
    "accent-color": "a progress bar has the browser's own colour",
    "color-scheme": "scrollbars and fields stay light",
    "color-adjust": "another name of -webkit-print-color-adjust",
    "forced-color-adjust": "only with colours that the reader's system forces",
    "scroll-margin-top": "a heading that was led to stands at the very top",
    "scroll-padding-top": "it stands below the header of the page",
    "scroll-snap-align": "nothing snaps", "scrollbar-color": "its own", "scrollbar-width": "its own",
}
"""Properties that are newer, by what a reader with an old browser sees instead."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = Sample(tmp_path_factory.mktemp("lama") / "sumber")
    sample.build()
    return sample.root / "site"


def scripts(site: Path) -> dict[str, str]:
    found = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.js")}
    page = (site / "index.html").read_text("utf-8")
    return found | {f"inline {place}": text
                    for place, text in enumerate(re.findall(r"<script>(.*?)</script>", page))}


def versions(table: Mapping[str, Any]) -> dict[str, int]:
    """The first Chrome in which anything has a member or global of a name, by a table of MDN."""
    first: dict[str, int] = {}
    for name, feature in _features(table):
        first[name] = min(first.get(name, 10_000), since(feature))
    return first


def _features(home: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, feature in home.items():
        if name != "__compat":
            yield name, feature
            for member, about in feature.items():
                if member != "__compat":
                    yield member.removesuffix("_static"), about


def sheets(site: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((site / "assets").glob("*.css")))


def rules(nodes: list[Any], asked: bool = False) -> Iterator[tuple[Any, bool]]:
    """Every rule with declarations, and whether it is for browsers only that know what `@supports` names."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield node, asked
        elif node.type == "at-rule" and node.content and node.lower_at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(node.content, skip_whitespace=True)
            yield from rules(inside, asked or node.lower_at_keyword == "supports")


def selectors(prelude: list[Any]) -> Iterator[str]:
    """The pseudo-classes and pseudo-elements that stand in a selector."""
    for before, token in zip([None, *prelude], prelude, strict=False):
        if token.type == "function":
            yield token.lower_name
            yield from selectors(token.arguments)
        elif token.type == "ident" and before is not None and before == ":":
            yield token.lower_value


def test_the_oldest_browser_loses_no_rule_for_a_selector_beside_one_that_it_knows(site: Path) -> None:
    known = {name.strip(":"): since(feature) for name, feature in browsers()["css"]["selectors"].items()}
    for rule, _ in rules(tinycss2.parse_stylesheet(sheets(site), skip_whitespace=True)):
        parts: list[list[Any]] = [[]]
        for token in rule.prelude:
            if token.type == "literal" and token.value == ",":
                parts.append([])
            else:
                parts[-1].append(token)
        newer = [any(known.get(name, 0) > FLOOR for name in selectors(part)) for part in parts]
        assert len(set(newer)) == 1, tinycss2.serialize(rule.prelude)


def test_the_oldest_browser_knows_what_styles_say_or_can_do_without(site: Path) -> None:
    table = {name: since(feature) for name, feature in browsers()["css"]["properties"].items()}
    types = {name: since(feature) for name, feature in _features(browsers()["css"]["types"])}
    newer = set()
    for rule, asked in rules(tinycss2.parse_stylesheet(sheets(site), skip_whitespace=True)):
        for declaration in tinycss2.parse_declaration_list(rule.content, skip_whitespace=True):
            if not asked and table.get(declaration.lower_name, 0) > FLOOR:
                newer.add(declaration.lower_name)
            for token in declaration.value:
                assert token.type != "hash" or len(token.value) in (3, 6), "a colour of Chrome 62"
                assert token.type != "function" or types.get(token.lower_name, 0) <= FLOOR, token.lower_name
    assert newer == STYLING.keys()


def test_the_oldest_browser_can_read_every_script(site: Path) -> None:
    assert {name: found["wrong"] for name, found in names_in(scripts(site)).items() if "wrong" in found} == {}


def test_the_oldest_browser_has_all_that_the_scripts_call(site: Path) -> None:
    """A name of the language may be no key of ours; one of the browser's objects may."""
    builtins = versions(browsers()["javascript"]["builtins"])
    language = {name for name, version in builtins.items() if version > FLOOR}
    browser = {name for name, version in versions(browsers()["api"]).items()
               if version > FLOOR and builtins.get(name, FLOOR + 1) > FLOOR}
    assert {"fromEntries", "matchAll", "flatMap", "at", "globalThis", "allSettled"} <= language
    assert {"replaceChildren", "structuredClone", "share"} <= browser
    assert not {"forEach", "closest", "includes", "padStart", "text", "entries"} & (language | browser)
    every = names_in(scripts(site)).values()
    keys = {key for told in every for key in told["keys"]}
    used = {name for told in every for name in (*told["members"], *told["globals"])}
    assert used & language | (used - keys) & browser <= ASKED.keys()
    assert ASKED.keys() <= used
