"""Hashing a whole copy again, and mending what is damaged: from packs kept here, else from the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import pack as packs
from .copied import from_copies
from .disk import Disk, told
from .download import Pace, fetch, held, place
from .errors import MirrorError, Unreachable, Untrusted
from .guard import is_whole
from .install import install, write_redo
from .manifest import MAX_UNPACKED, Manifest, Object
from .sources import Source, closing_all
from .state import LOCK, OBJECTS, Journal, read_state, read_tree
from .sync import finish, kept_manifest
from .tree import File, Tree, sha256


class Report(NamedTuple):
    """Files of the release, damaged or missing ones, those still so, and files of someone else."""

    files: int
    damaged: Sequence[str]
    left: Sequence[str]
    foreign: Sequence[str]


def verify(disk: Disk, sources: Sequence[Source], pace: Pace) -> Report:
    """Checks every file against the installed release and mends what it can."""
    with closing_all(sources), told(), disk.lock(LOCK):
        finish(disk, pace)
        state = read_state(disk)
        tree = read_tree(disk, state.tree)
        if not state.release or tree is None:
            raise MirrorError("folder ini belum berisi salinan yang selesai", "Jalankan `sync` dulu")
        damaged = [path for path in sorted(tree) if not is_whole(disk, path, tree)]
        left, places = damaged, _places(disk, sources, state.tree, pace)
        while left and (objects := next(places, None)) is not None:
            mended = _contents(disk, objects, tree, set(left))
            if mended:
                install(disk, Journal(state, state.tree, (write_redo(disk, mended),)))
            left = [path for path in left if not is_whole(disk, path, tree)]
        foreign = [path for path in disk.walk()
                   if path not in tree and path.partition("/")[0] not in ("rilis", "status.json")]
        return Report(len(tree), damaged, left, foreign)


def _places(disk: Disk, sources: Sequence[Source], tree: str, pace: Pace) -> Iterator[Sequence[Object]]:
    """Packs to look in: those here, of whichever release, first; then, if need be, all of this release."""
    names = [name for name in disk.names(OBJECTS) if name.endswith(".xz")]
    here = [Object(name[:-3], disk.size(f"{OBJECTS}/{name}") or 0, MAX_UNPACKED) for name in names]
    yield [item for item in here if item.size <= MAX_UNPACKED and held(disk, item)]
    manifest = kept_manifest(disk)
    if manifest and manifest.tree == tree:
        yield from _fetched(disk, sources, manifest, pace)


def _fetched(disk: Disk, sources: Sequence[Source], manifest: Manifest, pace: Pace) -> list[Sequence[Object]]:
    if not sources:
        return []
    try:
        fetch(sources, manifest.packs, disk, pace)
    except Unreachable:
        return [from_copies(sources, manifest, disk, pace, list)]
    return [manifest.packs]


def _contents(disk: Disk, objects: Sequence[Object], tree: Tree, wanted: set[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for item in objects:
        try:
            files = packs.decode(packs.decompress(disk.read(place(item)), item.unpacked)).files
        except Untrusted:
            continue
        found.update({path: content for path, content in files
                      if path in wanted and tree[path] == File(len(content), sha256(content))})
    return found
