"""The tree is the data flow: imports go one way, third parties stay where they belong, the README is true."""

import ast
import re
from pathlib import Path

import click
import pytest
from mkdocs.config.defaults import MkDocsConfig

from simpul.commands.cli import main
from simpul.model import Settings
from simpul.model.settings import HOST_KEYS, IDLE_KEYS
from simpul.sources.schema import KINDS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "simpul"

# Each room may import those before it, never one after it; `mirror` stands apart.
ORDER = ("runtime", "problems", "addresses", "model", "markdown", "sources", "portal", "figures", "checks",
         "pages", "exports", "search", "html", "builder", "intake", "adapting", "commands")
CONFINED = {
    "yaml": {"sources"}, "mkdocs": {"commands.plugin"}, "markdown_it": {"markdown"},
    "mdit_py_plugins": {"markdown"}, "nh3": {"markdown"}, "jinja2": {"html.render"},
    "PIL": {"sources.images"}, "tinycss2": {"html.stylesheet"}, "minify": {"html.minify"}, "tuf": {"mirror"},
    "securesystemslib": {"mirror"}, "icalendar": {"exports"}, "sqlite3": {"runtime.cache"},
    "Stemmer": {"search"}, "watchfiles": {"commands.serve"},
    "click": {"commands", "mirror", "adapting", "intake"}, "material": {"html.stylesheet"},
}
MOST_ROOMS = 18


def modules() -> dict[str, Path]:
    return {".".join(p.relative_to(PACKAGE).with_suffix("").parts): p for p in sorted(PACKAGE.rglob("*.py"))}


def imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            nested = [f"{node.module}.{alias.name}" for alias in node.names]
            found += nested if node.module == "simpul" else [node.module]
    return found


def rooms() -> list[str]:
    return sorted(path.stem for path in PACKAGE.iterdir()
                  if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py"))))


def test_the_rooms_are_few_and_all_in_the_order() -> None:
    named = [name for name in rooms() if not name.startswith("__")]
    assert named == sorted((*ORDER, "mirror"))
    assert len(named) <= MOST_ROOMS


@pytest.mark.parametrize("name", [name for name in modules() if not name.startswith("__")])
def test_imports_point_one_way(name: str) -> None:
    here, _, _ = name.partition(".")
    for imported in imports(modules()[name]):
        top = imported.partition(".")[0]
        if top != "simpul":
            homes = CONFINED.get(top, {name})
            assert any(f"{name}.".startswith(f"{home}.") for home in homes), f"{name} may not import {top}"
            continue
        other = imported.split(".")[1]
        if here == "mirror":
            assert other == "mirror", "mirror stands apart"
        elif here in ("pages", "exports"):
            assert other != "checks", "what rules and pages share is a figure"
        if here != "mirror" and other not in (here, "mirror"):
            assert ORDER.index(other) < ORDER.index(here), f"{name} imports {imported}, which comes after it"


def test_architecture_tells_the_rooms_in_this_order() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    [told] = re.findall(r"^    (runtime, .*); mirror stands apart$", text, flags=re.MULTILINE)
    assert tuple(re.split(r", | < ", told)) == ORDER
    missing = [name for name in rooms() if not name.startswith("__") and not re.search(rf"`{name}[`/]", text)]
    assert missing == []


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = main.list_commands(click.Context(main))
    assert [name for name in commands if f"`simpul {name}`" not in readme] == []


def test_every_field_of_a_data_file_is_explained() -> None:
    for kind in KINDS:
        if kind.model:
            bare = [name for name in kind.model.model_fields if not kind.model.field_help().get(name)]
            assert bare == [], f"{kind.model.__name__} has fields without help"


def test_the_guide_of_settings_tells_all_of_them() -> None:
    guide = (ROOT / "content/panduan/pengaturan.md").read_text(encoding="utf-8")
    assert [key for key in (*Settings.model_fields, *HOST_KEYS) if f"`{key}`" not in guide] == []


def test_the_keys_of_mkdocs_are_all_known() -> None:
    theirs = {name for name, _ in MkDocsConfig()._schema} - {"config_file_path"}
    assert theirs - IDLE_KEYS - HOST_KEYS - Settings.model_fields.keys() == set()


def test_nothing_is_left_for_later() -> None:
    for path in [*PACKAGE.rglob("*.py"), *(ROOT / "theme").rglob("*.*"),
                 *ROOT.glob("*.md"), ROOT / "Makefile"]:
        if path.suffix in (".py", ".html", ".css", ".js", ".md", ""):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\b(TODO|FIXME|XXX)\b", text), path
