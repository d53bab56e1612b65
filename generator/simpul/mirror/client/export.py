"""A copy as a source for others: its release folder in `rilis/` below any folder, a USB stick or itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from . import pack as packs
from .disk import Disk, told
from .download import held, place
from .errors import MirrorError
from .install import Lost, old_content, unpacked_tree
from .manifest import NAME, Manifest, Object
from .state import LOCK, METADATA, read_state, read_tree
from .sync import kept_manifest
from .tree import Tree, sha256
from .trust import Signed

BATCH = 8 * 2**20  # bytes unpacked in one pack of a copy
ROOM = "rilis"


def export(disk: Disk, target: Disk, roots: Mapping[int, bytes], program: bytes, whole_site: bool) -> int:
    """Writes what is new, the timestamp last, and drops what is old; returns the bytes written.

    `roots` and `program` are those of the client itself, laid beside the release; `whole_site` adds the
    pages, to be opened straight from the stick.
    """
    with told(), disk.lock(LOCK):
        state, manifest = read_state(disk), kept_manifest(disk)
        tree = read_tree(disk, state.tree)
        if manifest is None or tree is None or manifest.tree != state.tree:
            raise MirrorError("salinan ini belum mencapai rilis yang terakhir dilihat",
                              "Jalankan `sync` sampai selesai dulu")
        written = sum(_put(target, path, _whole(disk, tree, path))
                      for path in sorted(tree)) if whole_site else 0
        if program:
            written += _put(target, "simpul-mirror.pyz", program)
        kept = set()
        for path, data in _release(disk, manifest, tree, roots):
            written += _put(target, f"{ROOM}/{path}", data)
            kept.add(f"{ROOM}/{path}")
        for folder in ("objek", "manifes", "metadata"):
            for name in target.names(f"{ROOM}/{folder}"):
                if f"{ROOM}/{folder}/{name}" not in kept:
                    target.remove(f"{ROOM}/{folder}/{name}")
        return written


def same_release(disk: Disk, target: Disk) -> bool:
    """Whether the folder already offers what this copy holds."""
    try:
        return target.read(f"{ROOM}/metadata/timestamp.json") == disk.read(f"{METADATA}/timestamp.json")
    except FileNotFoundError:
        return False


def _release(disk: Disk, manifest: Manifest, tree: Tree,
             roots: Mapping[int, bytes]) -> Iterator[tuple[str, bytes]]:
    objects = [item for item in (*manifest.packs, *(delta.object for delta in manifest.deltas))
               if held(disk, item)]
    for item in objects:
        yield item.path, disk.read(place(item))
    held_packs = [item for item in manifest.packs if item in objects]
    if len(held_packs) < len(manifest.packs):
        yield from _own_packs(disk, held_packs, tree, manifest.tree)
    data = disk.read(f"{METADATA}/{NAME}")
    yield f"manifes/{sha256(data)}.{NAME}", data
    learnt = {name: disk.read(f"{METADATA}/{name}") for name in disk.names(METADATA)
              if name.endswith(".root.json")}
    for name, data in {**{f"{version}.root.json": root for version, root in roots.items()}, **learnt}.items():
        yield f"metadata/{name}", data
    for role in ("targets", "snapshot"):
        data = disk.read(f"{METADATA}/{role}.json")
        yield f"metadata/{Signed(role, data).version}.{role}.json", data
    yield "metadata/timestamp.json", disk.read(f"{METADATA}/timestamp.json")


def _own_packs(disk: Disk, held_packs: Sequence[Object], tree: Tree,
               name: str) -> Iterator[tuple[str, bytes]]:
    """For who has nothing yet: the signed packs that are here, then packs of this copy's own files.

    The list of both in salinan.json needs no signature.
    """
    base = unpacked_tree(disk, held_packs)
    missing = [path for path in tree if base.get(path) != tree[path]]
    removed = sorted(path for path in base if path not in tree)
    objects = list(held_packs)
    for paths in _batches(sorted(missing, key=lambda path: (path.rpartition(".")[2], path)), tree):
        plain = packs.encode([(path, _whole(disk, tree, path)) for path in paths], removed)
        data, removed = packs.compress(plain, packs.LIGHT), []
        objects.append(Object(sha256(data), len(data), len(plain)))
        yield objects[-1].path, data
    yield "salinan.json", json.dumps({"pohon": name, "paket": objects}).encode()


def _batches(paths: Sequence[str], tree: Tree) -> Iterator[list[str]]:
    batch: list[str] = []
    for path in paths:
        batch.append(path)
        if sum(tree[one].size for one in batch) > BATCH:
            yield batch
            batch = []
    yield batch


def _whole(disk: Disk, tree: Tree, path: str) -> bytes:
    try:
        return old_content(disk, tree, path)
    except Lost as lost:
        raise MirrorError(f"{lost} di salinan ini rusak", "Jalankan `verify` dengan --source dulu") from lost


def _put(target: Disk, path: str, data: bytes) -> int:
    if target.size(path) == len(data) and target.read(path) == data:
        return 0
    target.write(path + ".baru", data)
    target.sync(path + ".baru")
    target.replace(path + ".baru", path)
    return len(data)
