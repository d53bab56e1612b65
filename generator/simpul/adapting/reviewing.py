"""What has changed under an overlay since it was made: the central text then and now, the local text."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from simpul import model
from simpul.adapting.texts import body, reading_path, sections
from simpul.figures.overlays import changed_blocks, local_path, lost_blocks
from simpul.markdown.blocks import digest_of
from simpul.portal import Portal
from simpul.sources.formats import decode, read_front_matter

VERSIONS_LOOKED_AT = 200


class Compared(NamedTuple):
    """One section: the central text the block was made from (None where it cannot be found), the central text
    of today (None where it is gone), and the local text.
    """

    section: str
    old: str | None
    new: str | None
    local: str


def review(root: Path, portal: Portal, name: str) -> list[Compared]:
    """The sections of an adaptation whose central text has changed, was never noted, or is gone."""
    adaptation = portal.adaptations[name]
    path = reading_path(adaptation.modul)
    central = sections(body(root, path))
    found = []
    for number in (*changed_blocks(portal, adaptation), *lost_blocks(portal, adaptation)):
        block = adaptation.blok[number]
        local = body(root, local_path(portal.adaptation_path(name), block))
        old = _old(root, path, block) if block.basis_hash else None
        found.append(Compared(block.section, old, central.get(block.section), local.strip("\n")))
    return found


def _old(root: Path, path: str, block: model.Block) -> str | None:
    """The section as the block knew it, looked up in the file's git history; None where there is none."""
    for text in _history(root, path):
        old = sections(text).get(block.section)
        if old is not None and digest_of(old) == (block.basis_hash or "")[7:23]:
            return old
    return None


def _history(root: Path, path: str) -> Iterator[str]:
    """Earlier texts of a file, newest first; none without git."""
    log = _git(root, "log", f"-{VERSIONS_LOOKED_AT}", "--format=%H", "--", path)
    for commit in log.decode().split():
        if known := _git(root, "show", f"{commit}:./{path}"):
            yield read_front_matter(path, decode(known)).body


def _git(root: Path, *arguments: str) -> bytes:
    try:
        command = ["git", "-C", str(root), *arguments]  # the paths are those of adaptations that are there
        return subprocess.run(command, capture_output=True, check=False).stdout  # noqa: S603
    except OSError:
        return b""
