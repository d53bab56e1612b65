"""What all tests share: what other people's libraries make of an unchanged text is made once a worker."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import CodeType, FunctionType

import jinja2
import pytest
import tinycss2

HERE = Path(__file__).parent
DEAR = {"build", "publish_release", "simpul", "Popen", "sync_playwright", "subprocess", "release"}
"""Whoever calls one of these builds a site, publishes a release, or starts a program or a browser."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reaches something dear, itself or by its fixtures and helpers, is marked `slow`."""
    seen = dict[CodeType, bool]()
    for item in items:
        if isinstance(item, pytest.Function):
            fixtures = [fixture.func for found in item._fixtureinfo.name2fixturedefs.values()
                        for fixture in found if fixture.func.__name__ != "_libraries_work_once"]
            if any(_is_dear(part, seen) for part in (item.function, *fixtures)):
                item.add_marker("slow")


def _is_dear(part: object, seen: dict[CodeType, bool]) -> bool:
    function = getattr(part, "__func__", part)
    function = getattr(function, "__wrapped__", function)
    if not isinstance(function, FunctionType) or HERE not in Path(function.__code__.co_filename).parents:
        return False
    code = function.__code__
    if code not in seen:
        seen[code] = False
        names = {name for one in _codes(code) for name in one.co_names}
        near = function.__globals__
        seen[code] = bool(names & DEAR) or any(_is_dear(near.get(name), seen) for name in names)
    return seen[code]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inside in code.co_consts:
        if isinstance(inside, CodeType):
            yield from _codes(inside)


@pytest.fixture(scope="session", autouse=True)
def _libraries_work_once() -> Iterator[None]:
    """Two thirds of a build of the sample from nothing are Jinja compiling templates and tinycss2 reading
    Material's sheets: the same code and the same rules for the same text, in every test.
    """
    compiled, made = jinja2.Environment.compile, dict[tuple[object, ...], CodeType]()

    def compile_once(environment: jinja2.Environment, *told: object) -> CodeType:
        key = (type(environment), *told)
        if key not in made:
            made[key] = compiled(environment, *told)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_once)
        patch.setattr(tinycss2, "parse_stylesheet", lru_cache(maxsize=None)(tinycss2.parse_stylesheet))
        yield
