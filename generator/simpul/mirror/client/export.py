"""A copy as a source for others: its release folder in `rilis/` below any folder, a USB stick or itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from . import pack as packs
from .beside import BESIDE, LIST, PROGRAM, ROOM, line, written_before
from .copied import BATCH, MOST_FILES
from .disk import Disk, told
from .download import held, place
from .errors import Full, MirrorError, Untrusted
from .guard import equals, listed
from .install import Lost, old_content, unpacked_tree
from .manifest import NAME, Manifest, Object
from .renew import kept_program, released
from .state import LOCK, METADATA, kept_manifest, read_state, read_tree
from .stick import windows_files
from .tree import File, Tree, parents, sha256
from .trust import Signed

ASIDE = f"{LIST}.baru"


def export(disk: Disk, target: Disk, roots: Mapping[int, bytes], program: bytes, whole_site: bool,
           adopt: bool = False) -> int:
    """Writes what is new, the timestamp last, and drops what an earlier export wrote and nobody needs any
    more; returns the bytes written.

    `roots` and `program` are those of the client itself, laid beside the release; `whole_site` adds the
    pages, to be opened straight from the stick. Raises Full where a file of the same name is not ours;
    `adopt` takes a release folder that has no list of ours.
    """
    with told(), disk.lock(LOCK):
        state, manifest = read_state(disk), kept_manifest(disk)
        tree = read_tree(disk, state.tree)
        if manifest is None or tree is None or manifest.tree != state.tree or not _consistent(disk):
            raise MirrorError("salinan ini belum mencapai rilis yang terakhir dilihat",
                              "Jalankan `sync` sampai selesai dulu")
        out = _Out(target, adopt)
        pages = tree if whole_site else {}
        helpers = windows_files() if whole_site else {}
        beside = {**helpers, **({PROGRAM: program} if program else {})}
        out.refuse_strangers({**pages, **_files(helpers)})
        written = sum(out.put(path, _whole(disk, tree, path)) for path in sorted(pages))
        written += sum(out.put(name, data) for name, data in beside.items())
        for path, data in _release(disk, manifest, tree, roots):
            written += out.put(f"{ROOM}/{path}", data)
        take_back(target, out.now)
        return written


def _files(contents: Mapping[str, bytes]) -> Tree:
    return {path: File(len(data), sha256(data)) for path, data in contents.items()}


def _consistent(disk: Disk) -> bool:
    """Whether the metadata kept here lead to the manifest kept here; a run that was cut off keeps newer ones
    of which the rest has not come yet.
    """
    try:
        timestamp, snapshot, targets = (Signed(role, disk.read(f"{METADATA}/{role}.json"))
                                        for role in ("timestamp", "snapshot", "targets"))
        return (timestamp.snapshot.version, snapshot.meta["targets.json"].version,
                targets.targets[NAME].sha256) == \
            (snapshot.version, targets.version, sha256(disk.read(f"{METADATA}/{NAME}")))
    except (FileNotFoundError, KeyError, Untrusted):
        return False


def take_back(target: Disk, needed: Mapping[str, File]) -> None:
    """Removes what exports wrote there, but for what is needed now or was changed since. A copy's own pages
    are none of these.
    """
    written = written_before(target)
    own = read_tree(target, read_state(target).tree) or {}
    for path, files in written.items():
        if path not in needed and path not in own and equals(target, path, files):
            target.remove(path)
            for parent in parents(path):
                target.remove_folder(parent)
    if needed:
        _replace(target, LIST, "".join(map(line, needed, needed.values())).encode())
    elif written:
        target.remove(LIST)
        target.remove_folder(ROOM)


class _Out:
    """A folder that is written to: only what was not there, or was written by an earlier export."""

    def __init__(self, target: Disk, adopt: bool) -> None:
        self.target, self.adopt = target, adopt
        self.before, self.now = written_before(target), dict[str, File]()

    def refuse_strangers(self, pages: Tree) -> None:
        """Looks before anything is written at all."""
        fixed = [] if self.adopt else [f"{ROOM}/metadata/timestamp.json", f"{ROOM}/salinan.json", PROGRAM]
        found = [path for path in fixed if self.target.there(path) and not self._ours(path)]
        found += [path for path in sorted(pages) if self.target.there(path) and not self._ours(path)
                  and not equals(self.target, path, {pages[path]})]
        if found:
            raise _strangers(found)

    def _ours(self, path: str) -> bool:
        return equals(self.target, path, self.before.get(path, ()))

    def put(self, path: str, data: bytes) -> int:
        """Writes a file at once, noted before it is there; returns the bytes written."""
        file = self.now[path] = File(len(data), sha256(data))
        if equals(self.target, path, {file}):
            return 0
        if self.target.there(path) and not self._ours(path) and not (self.adopt and BESIDE.fullmatch(path)):
            raise _strangers([path])
        self.target.append(LIST, line(path, file).encode())
        _replace(self.target, path, data)
        return len(data)


def _strangers(paths: list[str]) -> Full:
    return Full(f"folder tujuan berisi berkas lain dengan nama yang diperlukan: {listed(paths)}",
                "Berkas itu tidak diubah. Pakai folder lain, atau pindahkan dulu. Bila itu hasil `export` "
                "versi lama, ulangi dengan --adopt")


def same_release(disk: Disk, target: Disk) -> bool:
    """Whether the folder already offers what this copy holds."""
    try:
        return target.read(f"{ROOM}/metadata/timestamp.json") == disk.read(f"{METADATA}/timestamp.json")
    except FileNotFoundError:
        return False


def outdated(disk: Disk) -> bool:
    """Whether the copy is a source for others itself, and offers there what may have been withdrawn since."""
    manifest = kept_manifest(disk)
    return bool(manifest and manifest.forgotten) and disk.size(LIST) is not None and \
        not same_release(disk, disk)


def _release(disk: Disk, manifest: Manifest, tree: Tree,
             roots: Mapping[int, bytes]) -> Iterator[tuple[str, bytes]]:
    objects = [item for item in manifest.objects if held(disk, item)]
    for item in objects:
        yield item.path, disk.read(place(item))
    held_packs = [item for item in manifest.packs if item in objects]
    if len(held_packs) < len(manifest.packs):
        yield from _own_packs(disk, held_packs, tree, manifest.tree)
    if kept := kept_program(disk):
        yield released(sha256(kept)), kept
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
    batch, size = list[str](), 0
    for path in paths:
        batch.append(path)
        size += tree[path].size
        if size > BATCH or len(batch) >= MOST_FILES:
            yield batch
            batch, size = [], 0
    yield batch


def _whole(disk: Disk, tree: Tree, path: str) -> bytes:
    try:
        return old_content(disk, tree, path)
    except Lost as lost:
        raise MirrorError(f"{lost} di salinan ini rusak", "Jalankan `verify` dengan --source dulu") from lost


def _replace(target: Disk, path: str, data: bytes) -> None:
    """Puts a file in place at once, by way of one name for all: what was cut off is overwritten next time."""
    target.write(ASIDE, data)
    target.sync(ASIDE)
    target.replace(ASIDE, path)
