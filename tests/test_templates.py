"""Every branch of every template is taken, both ways; what a page does not list is counted or led to."""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from jinja2 import nodes

from simpul.builder.build import build, check
from simpul.figures.exams import draw
from simpul.html import render
from simpul.html.exams import sheets, view
from simpul.pages.monitoring import MOST_NAMED
from simpul.pages.services import MOST_UNITS
from simpul.runtime.versions import THEME
from tests.banks import OTHERS, banked, unbanked
from tests.crowd import HOME, REGIONS, UNITS, answered, bare, crowded, varied
from tests.harness import HERE, Sample
from tests.plans import planned

Seen = dict[tuple[str, int, int], set[bool]]


class Watched(render._Environment):
    """Notes for each condition of a template, by its line and place in it, what it was."""

    seen: ClassVar[Seen] = defaultdict(set)
    read: ClassVar[set[str]] = set()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals["noted"] = self._noted

    def _noted(self, key: tuple[str, int, int], value: Any) -> Any:
        self.seen[key].add(bool(value))
        return value

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.read.add(name or "")
        for number, node in enumerate(tree.find_all((nodes.If, nodes.CondExpr))):
            key = (name or "", node.lineno, number)
            self.seen[key].update()
            asked = [nodes.Const(key), node.test]
            node.test = nodes.Call(nodes.Name("noted", "load"), asked, [], None, None, lineno=node.lineno)
        return tree.set_environment(self)  # type: ignore[no-any-return]


@pytest.fixture(scope="module", autouse=True)
def watched() -> Iterator[None]:
    """All pages here are made by templates that tell; compiled, these are in caches of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "_Environment", Watched)
        render._papers.cache_clear()
        yield
    render._papers.cache_clear()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    sample = crowded(tmp_path_factory.mktemp("ramai") / "root")
    assert sample.build().result
    return sample


@pytest.fixture(scope="module")
def conditions(crowd: Sample, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What each condition was in portals that are empty, varied, crowded, and in this one."""
    root = tmp_path_factory.mktemp("cabang")
    for part in ("content", "curriculum"):
        shutil.copytree(HERE.parent / part, root / "sendiri" / part)
    shutil.copy(HERE.parent / "mkdocs.yml", root / "sendiri")
    for make in (Sample, banked, unbanked, planned, bare, answered, varied):
        assert make(root / str(id(make))).build().result
    assert build(root / "sendiri", root / "sendiri/site", 1).result
    portal = check(banked(root / "ujian", OTHERS).root, 1).portal
    for cells in ([("4.1", "2")], [("4.2", "2")]):
        for seed in map(str, range(9)):
            sheets(view(portal, draw(portal, cells, seed), "sel"))
    return Watched.seen


def test_every_condition_is_met_and_not_met(conditions: Seen) -> None:
    assert {path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html")} == Watched.read
    missed = [f"theme/{name}:{line}: {_line(name, line)}"
              for (name, line, _), was in sorted(conditions.items()) if len(was) < 2]
    assert missed == []


def _line(name: str, line: int) -> str:
    return (THEME / name).read_text(encoding="utf-8").split("\n")[line - 1].strip()


def test_what_is_more_than_a_page_lists_is_counted_and_led_to(crowd: Sample) -> None:
    service = crowd.page("layanan/adminduk.html")
    counts = re.findall(r'pemantauan/([\d.]+)\.html">[^<]*</a> <small>(\d+)</small>', service)
    assert sum(int(count) for _, count in counts) == UNITS - MOST_UNITS
    assert "Semua 121 praktik" in crowd.page(f"daerah/{HOME}.html")
    assert "Semua versi daerah" in crowd.page("modul/surel-aman.html")
    assert "Semua yang menunggu" in crowd.page("kebutuhan.html")
    rest = re.search(r"Dan (\d+) unit lagi", crowd.page("pemantauan.html"))
    assert rest
    assert int(rest[1]) == REGIONS - MOST_NAMED


@pytest.mark.parametrize("url", ["index.html", "jalur/index.html", "modul/index.html", "model/index.html"])
def test_a_list_says_what_jp_is_before_it_counts_them(crowd: Sample, url: str) -> None:
    page = crowd.page(url)
    assert 0 < page.find("JP adalah jam pelajaran") < page.index(" JP</b>")
