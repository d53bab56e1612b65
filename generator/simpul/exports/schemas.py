"""The JSON Schema of each kind of source that people write, for their editors: `skema/<kind>.json`."""

from collections.abc import Iterator
from functools import partial

from simpul.portal import Portal
from simpul.runtime.lazy import LazyFile, SiteFile
from simpul.sources.schema import kind_named, schema_text, written_kinds


def files(_portal: Portal) -> Iterator[LazyFile]:
    """One for each kind."""
    for kind in written_kinds():
        yield LazyFile(f"skema/{kind.name}.json", partial(_file, kind.name))


def _file(name: str) -> SiteFile:
    return SiteFile(f"skema/{name}.json", name, schema_of)


def schema_of(name: str) -> bytes:
    """The schema of the kind of this name."""
    return schema_text(kind_named(name))
