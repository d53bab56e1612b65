"""Our own sources: what they say to editors and to readers holds."""

import posixpath
import re
from pathlib import Path

import pytest

from simpul.sources.schema import kind_of

ROOT = Path(__file__).parents[1]
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(\S+)")
SOURCES = [path.relative_to(ROOT).as_posix() for folder in ("curriculum", "content")
           for path in (ROOT / folder).rglob("*.yml")]


@pytest.mark.parametrize("path", SOURCES)
def test_an_editor_finds_the_schema_of_its_kind(path: str) -> None:
    found = SCHEMA.match((ROOT / path).read_text(encoding="utf-8"))
    kind = kind_of(path)
    assert kind
    if found:
        here = posixpath.dirname(path)
        assert posixpath.normpath(posixpath.join(here, found[1])) == f"site/skema/{kind.name}.json"
