"""What all tests share: what other people's libraries make of an unchanged text is made once a worker."""

from collections.abc import Iterator
from functools import lru_cache
from types import CodeType

import jinja2
import pytest
import tinycss2


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
