"""A release folder as its own record: manifests, and the packs from which the last releases can be read."""

import json
from collections.abc import Collection, Iterable
from pathlib import Path

from simpul.mirror.client import manifest as manifests
from simpul.mirror.client import pack
from simpul.mirror.client.manifest import Manifest, Object
from simpul.mirror.client.tree import File, Tree, sha256
from simpul.mirror.packs import Listing, result

COPIED = "salinan.json"
DELTAS = 16  # earlier releases from which a delta leads to the newest


class Archive:
    """What a release folder holds. Packs are opened once, when they are needed."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._listings: dict[str, Listing] = {}
        found = [manifests.decode(path.read_bytes())
                 for path in sorted((out / "manifes").glob(f"*.{manifests.NAME}"))]
        self._copied = _copied(out)
        self.manifests: tuple[Manifest, ...] = tuple(sorted(found, key=lambda one: one.release))

    def packs(self, release: Manifest) -> tuple[Object, ...]:
        """The packs a release can be read from: its own, or those of the copy from which the folder was made
        again.
        """
        return self._copied[release.tree] if release.tree in self._copied and not self._here(release.packs) \
            else release.packs

    def _here(self, items: Iterable[Object]) -> bool:
        return all((self.out / item.path).exists() for item in items)

    def whole(self) -> tuple[Manifest, ...]:
        """The releases all of whose packs are still here, oldest first."""
        return tuple(one for one in self.manifests
                     if self._here(self.packs(one)))

    def last(self) -> tuple[Manifest, ...]:
        """The releases a delta can start from."""
        return tuple(one for one in self.whole() if one in self.manifests[-DELTAS:])

    def tree(self, release: Manifest) -> Tree:
        """The files of an earlier release."""
        return result(self.listings(release))

    def listings(self, release: Manifest) -> list[Listing]:
        """What each of its packs holds."""
        return [self._listing(item) for item in self.packs(release)]

    def contents(self, release: Manifest, wanted: Collection[str]) -> dict[str, bytes]:
        """Some files of a release, by path."""
        found: dict[str, bytes] = {}
        for listing in self.listings(release):
            if not listing.files.keys().isdisjoint(wanted):
                found |= {path: data for path, data in self._open(listing.object).files if path in wanted}
        return found

    def keep(self, wanted: dict[str, set[str]], spool: Path) -> None:
        """Writes contents to files named by their hash: `wanted` has packs and the hashes needed of them."""
        for name, digests in wanted.items():
            for _, content in self._open(self._listings[name].object).files:
                if (digest := sha256(content)) in digests:
                    (spool / digest).write_bytes(content)

    def where(self, release: Manifest, paths: Iterable[str]) -> dict[str, set[str]]:
        """In which packs the contents of these files of a release are: hashes by name of the pack."""
        tree, found = self.tree(release), dict[str, set[str]]()
        needed = {tree[path].sha256 for path in paths}
        for listing in self.listings(release):
            if here := needed & {file.sha256 for file in listing.files.values()}:
                found.setdefault(listing.object.sha256, set()).update(here)
                needed -= here
        return found

    def _listing(self, item: Object) -> Listing:
        if item.sha256 not in self._listings:
            found = self._open(item)
            files = {path: File(len(content), sha256(content)) for path, content in found.files}
            self._listings[item.sha256] = Listing(item, files, found.removed)
        return self._listings[item.sha256]

    def _open(self, item: Object) -> pack.Pack:
        data = (self.out / item.path).read_bytes()
        return pack.decode(pack.decompress(data, item.unpacked), published=True)


def _copied(out: Path) -> dict[str, tuple[Object, ...]]:
    """By tree, the packs that a copy made of its own files when it became this folder."""
    path = out / COPIED
    if not path.is_file():
        return {}
    found = json.loads(path.read_bytes())
    return {str(found["pohon"]): tuple(Object(*item) for item in found["paket"])}
