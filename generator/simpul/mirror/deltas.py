"""One delta from each of the last releases straight to the newest."""

import tempfile
from bisect import bisect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from simpul.mirror.archive import Archive
from simpul.mirror.client import delta, pack
from simpul.mirror.client.delta import Patch
from simpul.mirror.client.manifest import MAX_UNPACKED, Delta, Manifest, Object
from simpul.mirror.client.tree import Tree, sha256, tree_hash

TEXT = (".html", ".js", ".css", ".json", ".xml", ".csv", ".txt", ".svg")


def make_deltas(archive: Archive, tree: Tree, read: Callable[[str], bytes]) -> Iterator[tuple[Delta, bytes]]:
    """Deltas with their bytes. One that saves nothing against a first copy is left out."""
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder)

        @cache
        def steps(base: str, path: str) -> tuple[delta.Step, ...]:
            return delta.difference((spool / base).read_bytes() if base else b"", read(path))

        for release in archive.last():
            old = archive.tree(release)
            bases = _bases(old, tree)
            wanted = archive.where(release, {base for base in bases.values() if base})
            archive.keep({name: {one for one in found if not (spool / one).exists()}
                          for name, found in wanted.items()}, spool)
            patches = [Patch(path, base, steps(old[base].sha256 if base else "", path))
                       for path, base in bases.items()]
            removed = tuple(sorted(path for path in old if path not in tree))
            plain = delta.encode(old, delta.Delta(tree_hash(old), tree_hash(tree), removed, tuple(patches)))
            if len(plain) <= MAX_UNPACKED:
                yield _named(release, tree_hash(old), plain)


def _named(release: Manifest, tree: str, plain: bytes) -> tuple[Delta, bytes]:
    data = pack.compress(plain)
    return Delta(release.release, tree, Object(sha256(data), len(data), len(plain))), data


def _bases(old: Tree, tree: Tree) -> dict[str, str]:
    """Changed and new files, sorted, each with the old one it comes from: itself, the page above it (a part
    of a list stood there), a like one, none ("").
    """
    by_kind = {kind: sorted(path for path in old if path.endswith(kind)) for kind in TEXT}

    def base(path: str) -> str:
        if path in old:
            return path
        if (above := f"{path.rpartition('/')[0]}.html") in old:
            return above
        names = next((by_kind[kind] for kind in TEXT if path.endswith(kind)), [])
        return names[max(bisect(names, path) - 1, 0)] if names else ""

    return {path: base(path) for path in sorted(tree) if old.get(path) != tree[path]}
