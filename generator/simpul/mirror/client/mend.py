"""Mending what a look found: from packs kept here, of whichever release, else from the sources."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import pack as packs
from .copied import from_copies
from .disk import Disk
from .download import Pace, fetch, held, place
from .errors import Unreachable, Untrusted
from .guard import KEPT, listed
from .install import install, write_redo
from .look import Look, look
from .manifest import MAX_UNPACKED, Manifest, Object
from .sources import Source
from .state import OBJECTS, Journal, State, kept_manifest
from .tree import PRIVATE, File, Tree, sha256


class Report(NamedTuple):
    """Files of the release; damaged or missing ones, those still so; files of someone else; when it was (ISO,
    UTC), and when all hashes were last computed.
    """

    files: int
    damaged: Sequence[str]
    left: Sequence[str]
    foreign: Sequence[str]
    when: str
    full: str


def inspect(disk: Disk, sources: Sequence[Source], state: State, tree: Tree, now: str, pace: Pace,
            every: bool = False) -> Report:
    """Looks, mends what can be mended, and says what the host must know. What is not ours stays."""
    first = last = look(disk, tree, now, every)
    if first.damaged:
        wanted = set(first.damaged) - first.blocked
        try:
            _mend(disk, sources, state, tree, wanted, pace)
        except (Unreachable, Untrusted) as error:
            pace.tell(f"paket untuk memulihkan belum didapat: {error}")
        last = look(disk, tree, now)
    report = Report(len(tree), first.damaged, last.damaged, last.foreign, now, first.full)
    _tell(report, last, pace)
    return report


def _mend(disk: Disk, sources: Sequence[Source], state: State, tree: Tree, wanted: set[str],
          pace: Pace) -> None:
    for item in _objects(disk, sources, state.tree, pace):
        if found := _contents(disk, item, tree, wanted):
            redo = write_redo(disk, found)
            install(disk, Journal(state, state.tree, (redo,)))
            disk.remove(f"{PRIVATE}/{redo}")
            wanted.difference_update(found)
        if not wanted:  # before the next is asked for: it may have to be fetched
            return


def _objects(disk: Disk, sources: Sequence[Source], tree: str, pace: Pace) -> Iterator[Object]:
    """Packs to look in, those here first; then this release's, the newest first, as long as it takes."""
    for name in disk.names(OBJECTS):
        item = Object(name[:-3], disk.size(f"{OBJECTS}/{name}") or 0, MAX_UNPACKED)
        if name.endswith(".xz") and item.size <= MAX_UNPACKED and held(disk, item):
            yield item
    manifest = kept_manifest(disk)
    if sources and manifest and manifest.tree == tree:
        yield from _fetched(disk, sources, manifest, pace)


def _fetched(disk: Disk, sources: Sequence[Source], manifest: Manifest, pace: Pace) -> Iterator[Object]:
    for item in reversed(manifest.packs):
        try:
            fetch(sources, [item], disk, pace)
        except Unreachable:
            yield from from_copies(sources, manifest, disk, pace, list)
            return
        yield item


def _contents(disk: Disk, item: Object, tree: Tree, wanted: set[str]) -> dict[str, bytes]:
    with contextlib.suppress(Untrusted):  # a delta, or a pack nobody signed
        files = packs.decode(packs.decompress(disk.read(place(item)), item.unpacked)).files
        return {path: content for path, content in files
                if path in wanted and tree[path] == File(len(content), sha256(content))}
    return {}


def _tell(report: Report, last: Look, pace: Pace) -> None:
    mended = sorted(set(report.damaged) - set(report.left))
    if mended:
        pace.tell(f"{len(mended)} berkas portal di folder ini berubah atau hilang, dan sudah dipulihkan: "
                  f"{listed(mended)}. Isi yang lain itu disimpan di {KEPT}. Bila bukan Anda yang "
                  "mengubahnya, periksa keamanan server ini")
    if report.left:
        why = "Sesuatu menghalangi tempatnya; pindahkan, lalu jalankan sync" if last.blocked else \
            "Jalankan sync lagi bila sumber terjangkau"
        pace.tell(f"{len(report.left)} berkas portal belum pulih: {listed(list(report.left))}. {why}")
    if report.foreign:
        pace.tell(f"{len(report.foreign)} berkas di folder ini bukan bagian portal dan dibiarkan: "
                  f"{listed(list(report.foreign))}. Yang tidak Anda kenal mungkin ditaruh orang yang masuk "
                  "ke server ini: periksa. Yang memang milik Anda: simpul-mirror verify TUJUAN --expect NAMA")

