"""What a portal looks like from outside the texts of its cases: while that stays, so do all rules' findings, and all pages
but those of the cases whose texts have changed.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from simpul.portal import Portal
from simpul.runtime.versions import code_version


class Survey(NamedTuple):
    """`digest` changes with all that more than one page shows; `texts` are the digests of the cases' files."""

    digest: str
    texts: Mapping[str, str]

    def changed(self, texts: Mapping[str, str]) -> list[str]:
        """Cases whose files differ from `texts`."""
        return [path for path, digest in self.texts.items() if texts.get(path) != digest]


def survey(portal: Portal) -> Survey:
    """The survey of a portal."""
    texts = {path: entry.digest for path, entry in portal.entries.items() if entry.case}
    return Survey(hashlib.sha256("\n".join(_outside(portal)).encode()).hexdigest(), texts)


def _outside(portal: Portal) -> Iterator[str]:
    yield from (code_version(), portal.settings.model_dump_json(), str(portal.as_of), str(portal.latest))
    yield from sorted(portal.files - portal.entries.keys())
    for path, entry in portal.entries.items():
        yield f"{path} {entry.outside or entry.digest}"
