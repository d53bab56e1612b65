"""The tree is the data flow: imports go one way, third parties stay where they belong, the README is true."""

import ast
import re
from pathlib import Path

import click
import pytest
from mkdocs.config.defaults import MkDocsConfig

from simpul.builder.build import check
from simpul.builder.items import list_items
from simpul.commands.cli import main
from simpul.model import Settings
from simpul.model.settings import HOST_KEYS, IDLE_KEYS
from simpul.pages import list_pages
from simpul.pages.registry import menu, page_modules
from simpul.sources.schema import KINDS
from tests.harness import Sample

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "simpul"

# Each room may import those before it, never one after it; `mirror` stands apart (but see ARRIVAL).
ORDER = ("runtime", "problems", "addresses", "model", "markdown", "sources", "portal", "figures", "checks",
         "pages", "exports", "search", "html", "builder", "intake", "adapting", "commands")
CONFINED = {
    "yaml": {"sources"}, "mkdocs": {"commands.plugin"}, "markdown_it": {"markdown"},
    "mdit_py_plugins": {"markdown"}, "nh3": {"markdown"}, "jinja2": {"html.render"},
    "PIL": {"sources.images", "intake.doors.photos"}, "pillow_heif": {"intake.doors.photos"},
    "markdownify": {"intake.doors.hypertext"}, "bs4": {"intake.doors.hypertext"},
    "mammoth": {"intake.doors.word"}, "openpyxl": {"intake.doors.excel"},
    "odfdo": {"intake.doors.opendocument"}, "pypdf": {"sources.attachments.pdf"},
    "tinycss2": {"html.stylesheet"},
    "minify": {"html.minify"}, "tuf": {"mirror"},
    "securesystemslib": {"mirror"}, "icalendar": {"exports"}, "sqlite3": {"runtime.cache"},
    "Stemmer": {"search"}, "watchfiles": {"commands.serve"},
    "click": {"commands", "mirror", "adapting", "intake"}, "material": {"html.stylesheet"},
}
MOST_ROOMS = 18
ARRIVAL = ("mirror.numbers", "simpul.search.arrival")
"""A release numbers the documents of a site's index as they came."""


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
            assert other == "mirror" or (name, imported) == ARRIVAL, "mirror stands apart"
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


PURE = ("portal", "figures", "checks", "pages", "exports")
FORBIDDEN = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


@pytest.mark.parametrize("name", [name for name in modules() if name.split(".")[0] in PURE])
def test_what_is_made_of_the_portal_reads_nothing_else_and_keeps_nothing(name: str) -> None:
    """No files, no clock, and no module value that could carry something from the portal to a maker."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    used = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(tree)}
    assert not used & FORBIDDEN
    assert not {"os", "pathlib", "shutil", "subprocess", "time", "random"} & {
        imported.partition(".")[0] for imported in imports(modules()[name])}
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree))
    assigned = [node.value for node in tree.body
                if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value]
    empty = [value for value in assigned if ast.unparse(value) in ("{}", "[]", "dict()", "list()", "set()")]
    assert len(empty) == (name == "pages.page")  # NOTHING, which is only read


def _plain(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_plain, value))
    if isinstance(value, dict):
        return all(map(_plain, (*value, *value.values())))
    return isinstance(value, (str, int, float, bytes, type(None)))


def test_all_that_is_collected_is_plain_and_in_order(tmp_path: Path) -> None:
    portal = check(Sample(tmp_path / "root").root, 1).portal
    assert [item.url for item in list_items(portal) if not _plain(item.collect().plain)] == []


def test_every_entry_of_the_menu_leads_to_a_page(tmp_path: Path) -> None:
    pages = list_pages(check(Sample(tmp_path / "root").root, 1).portal)
    urls, sections = {page.url for page in pages}, {entry.url for entry in menu()}
    entries = [*menu(), *(entry for section in sections for entry in menu(section))]
    assert [entry.url for entry in entries if entry.url not in urls] == []
    written = [entry for module in page_modules() for entry in getattr(module, "MENU", ())]
    assert len(written) == len(entries)
    assert {page.kind.section for page in pages} - {""} <= sections


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
