"""The tree is the data flow: imports point one way, third parties stay where they belong, the README tells the truth."""

import ast
import re
from pathlib import Path

import click
import pytest

from generator.cli import main
from generator.schema import KINDS

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "generator"

# Each part may import the parts before it, never one after it.
ORDER = (
    "language", "packing", "problems", "versions", "listing", "model", "addresses", "sources", "images", "drawings", "blocks", "differences", "definitions", "markdown", "schema", "checks.personal", "checks.files", "entries", "scaffold", "portal", "assembly", "minifying", "satisfaction", "agenda",
    "checks", "pages", "search", "exports", "cache", "workers", "reading", "survey", "loading", "stylesheet", "render", "assets", "staging", "index_store", "output", "report",
    "indexing", "planning", "making", "site", "adapting", "intake", "summary", "serving", "plugin", "cli",
)
CONFINED = {
    "yaml": {"sources"}, "mkdocs": {"plugin"}, "markdown_it": {"markdown"}, "mdit_py_plugins": {"markdown"}, "nh3": {"markdown"},
    "jinja2": {"render"}, "PIL": {"images"}, "tinycss2": {"stylesheet"}, "minify": {"minifying"}, "tuf": {"mirror"}, "securesystemslib": {"mirror"},
    "libzim": {"exports"}, "icalendar": {"exports"}, "sqlite3": {"cache"}, "Stemmer": {"search"}, "watchfiles": {"serving"}, "click": {"cli", "serving", "mirror", "adapting", "intake"},
}


def modules() -> dict[str, Path]:
    return {".".join(p.relative_to(GENERATOR).with_suffix("").parts): p for p in sorted(GENERATOR.rglob("*.py"))}


def part(name: str) -> str:
    return name if name in ORDER else name.partition(".")[0]


def imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            nested = [f"{node.module}.{alias.name}" for alias in node.names]
            found += nested if node.module == "generator" else [node.module]
    return found


@pytest.mark.parametrize("name", [name for name in modules() if name != "__init__"])
def test_imports_point_one_way(name: str) -> None:
    here = part(name.removesuffix(".__init__"))
    for imported in imports(modules()[name]):
        top = imported.partition(".")[0]
        if top != "generator":
            assert here in CONFINED.get(top, {here}), f"{name} may not import {top}"
            continue
        other = part(imported.removeprefix("generator."))
        if here == "mirror":
            assert other == "mirror", "mirror stands apart"
        elif other not in (here, "mirror"):
            assert ORDER.index(other) < ORDER.index(here), f"{name} imports {imported}, which comes after it"


def test_the_readme_names_every_part_and_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    parts = {path.name for path in GENERATOR.iterdir() if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py")))}
    missing = [name for name in sorted(parts - {"__init__.py"}) if not re.search(rf"`{re.escape(name.removesuffix('.py'))}[`/.]", readme)]
    assert missing == []
    assert [name for name in main.list_commands(click.Context(main)) if f"`simpul {name}`" not in readme] == []


def test_every_field_of_a_data_file_is_explained() -> None:
    for kind in KINDS:
        if kind.model:
            bare = [name for name in kind.model.model_fields if not kind.model.field_help().get(name)]
            assert bare == [], f"{kind.model.__name__} has fields without help"


def test_nothing_is_left_for_later() -> None:
    for path in [*GENERATOR.rglob("*.py"), *(ROOT / "theme").rglob("*.*"), ROOT / "README.md", ROOT / "Makefile"]:
        if path.suffix in (".py", ".html", ".css", ".js", ".md", ""):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\b(TODO|FIXME|XXX)\b", text), path
