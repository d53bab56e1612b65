"""A release put in place by journal: all it needs is on disk and verified before the first file changes.

Each file changes at once, and a run that finds a journal finishes it. Assets first, then pages, front page,
removals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from . import delta as deltas
from . import pack as packs
from .disk import Disk, store
from .download import held, place
from .errors import Untrusted
from .guard import is_whole, keep_foreign
from .manifest import MAX_UNPACKED, Object
from .names import folded
from .state import (
    JOURNAL,
    LISTS,
    OBJECTS,
    REDO,
    Journal,
    State,
    read_tree,
    write_journal,
    write_state,
    write_tree,
)
from .tree import PRIVATE, File, Tree, check_clashes, order, parents, sha256, tree_hash

BATCH = 2**23  # bytes of new content in one pack of the redo log
HEAD = 2**16  # bytes that tell a pack
STAGES = (0, 1, 2)


class Lost(Exception):
    """What this copy holds does not suffice (a damaged old file, a lost list): whole packs are needed."""


def prepare_packs(disk: Disk, objects: Sequence[Object], before: str, goal: State) -> Journal:
    """A journal from whole packs, after their tree proved to be the signed one."""
    return _journal(disk, unpacked_tree(disk, objects), goal, before,
                    [place(item)[len(PRIVATE) + 1:] for item in objects])


def unpacked_tree(disk: Disk, objects: Sequence[Object]) -> Tree:
    """The files that packs make one after the other. Raises Lost when one is not here."""
    tree: Tree = {}
    for item in objects:
        found = packs.decode(packs.decompress(_object(disk, item), item.unpacked))
        for path in found.removed:
            tree.pop(path, None)
        tree.update({path: File(len(content), sha256(content)) for path, content in found.files})
    return tree


def prepare_delta(disk: Disk, item: Object, old: Tree, goal: State) -> Journal:
    """A journal from a delta: new files are made aside first, since the old ones they come from will go."""
    found = deltas.decode(packs.decompress(_object(disk, item), item.unpacked), old)
    before = tree_hash(old)
    if (found.source, found.target) != (before, goal.tree):
        raise packs.damaged("selisih bukan untuk rilis ini")
    tree = {path: file for path, file in old.items() if path not in set(found.removed)}
    redo, batch, made = list[str](), dict[str, bytes](), 0
    for patch in found.patches:
        content = deltas.apply(old_content(disk, old, patch.base) if patch.base else b"", patch.steps)
        made += len(content)
        if made > goal.size:
            raise packs.damaged("selisih membuat isi yang lebih besar daripada rilisnya")
        tree[patch.path] = File(len(content), sha256(content))
        batch[patch.path] = content
        if sum(map(len, batch.values())) > BATCH:
            redo.append(write_redo(disk, batch))
            batch = {}
    redo.append(write_redo(disk, batch))
    return _journal(disk, tree, goal, before, redo)


def write_redo(disk: Disk, contents: dict[str, bytes]) -> str:
    """Keeps new files as a pack under its hash; returns its path below the private folder."""
    data = packs.compress(packs.encode(list(contents.items())), packs.QUICK)
    path = f"{REDO}/{sha256(data)}.xz"
    store(disk, path, data)
    disk.sync_folder(REDO)
    return path[len(PRIVATE) + 1:]


def old_content(disk: Disk, tree: Tree, path: str) -> bytes:
    """A file as it was installed. Raises Lost when it has changed since."""
    try:
        content = disk.read(path, 0, tree[path].size + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise Lost(path) from error
    if tree[path] != File(len(content), sha256(content)):
        raise Lost(path)
    return content


def _object(disk: Disk, item: Object) -> bytes:
    if not held(disk, item):
        raise Lost(place(item))
    return disk.read(place(item))


def _journal(disk: Disk, tree: Tree, goal: State, before: str, names: Sequence[str]) -> Journal:
    check_clashes(tree)
    sizes = sum(file.size for file in tree.values())
    if (tree_hash(tree), len(tree), sizes) != (goal.tree, goal.files, goal.size):
        raise Untrusted("isi yang terkumpul bukan rilis yang ditandatangani",
                        "Tidak ada yang dipasang. Coba sumber lain; bila terulang, "
                        "beri tahu pengelola portal pusat")
    write_tree(disk, tree)
    return Journal(goal, before, tuple(names))


def install(disk: Disk, journal: Journal) -> None:
    """Does what the journal says, from where an earlier run stopped. Raises Lost when packs are not whole."""
    write_journal(disk, journal)
    tree = read_tree(disk, journal.goal.tree)
    if tree is None:
        raise Lost("daftar berkas")
    before = read_tree(disk, journal.before) or {}
    removed = [path for path in before if path not in tree]
    in_the_way = _in_the_way(removed, tree)
    for path in in_the_way:
        keep_foreign(disk, path, before)
    touched = _remove(disk, in_the_way)
    for stage in STAGES:
        for content_path, content in _contents(disk, journal.packs, stage):
            if tree.get(content_path) == File(len(content), sha256(content)) and \
                    not is_whole(disk, content_path, tree):
                keep_foreign(disk, content_path, before)
                store(disk, content_path, content)
                touched.add(content_path)
    touched |= _remove(disk, [path for path in removed
                              if path not in in_the_way and is_whole(disk, path, before)])
    _sync_folders(disk, touched)
    write_state(disk, journal.goal)
    disk.remove(JOURNAL)
    disk.sync_folder(PRIVATE)


def _contents(disk: Disk, names: Iterable[str], stage: int) -> Iterator[tuple[str, bytes]]:
    for name in names:
        try:
            data = disk.read(f"{PRIVATE}/{name}", 0, MAX_UNPACKED + 1)
        except FileNotFoundError as error:
            raise Lost(name) from error
        if not name.endswith(f"{sha256(data)}.xz"):
            raise Lost(name)
        found = packs.decode(packs.decompress(data, MAX_UNPACKED))
        yield from ((path, content) for path, content in found.files if order(path) == stage)


def _in_the_way(removed: Iterable[str], tree: Tree) -> list[str]:
    """Old files that must go first: a folder is needed, becomes a file, or only letters' case changes."""
    names = {folded(path) for path in tree}
    folders = {parent for path in names for parent in parents(path)}
    return [path for path in removed
            if folded(path) in names | folders or names.intersection(parents(folded(path)))]


def _remove(disk: Disk, paths: Iterable[str]) -> set[str]:
    gone = set()
    for path in paths:
        disk.remove(path)
        for parent in parents(path):
            disk.remove_folder(parent)
        gone.add(path)
    return gone


def _sync_folders(disk: Disk, paths: Iterable[str]) -> None:
    folders = {parent for path in paths for parent in parents(path)} | {""}
    for folder in sorted(folders):
        try:
            disk.sync_folder(folder)
        except FileNotFoundError:  # emptied and removed: its parent is synced as well
            continue


def clean(disk: Disk, tree: str, keep: Iterable[Object], packs_too: bool) -> None:
    """Drops what no journal and no published release needs any more. Packs from which the copy was made mend
    it later: they stay until whole packs come again (`packs_too`), so they take no more room than a first
    copy.
    """
    wanted = {f"{item.sha256}.xz" for item in keep}
    for folder, names in ((REDO, set()), (LISTS, {tree}),
                          (OBJECTS, wanted | {f"{name}.bagian" for name in wanted})):
        for name in disk.names(folder):
            if name not in names and (packs_too or not _mends(disk, folder, name)):
                disk.remove(f"{folder}/{name}")


def _mends(disk: Disk, folder: str, name: str) -> bool:
    return folder == OBJECTS and name.endswith(".xz") and \
        packs.is_pack(disk.read(f"{folder}/{name}", 0, HEAD))
