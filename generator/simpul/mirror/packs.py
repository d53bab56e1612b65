"""Which packs a release has: those of the one before while mostly of use, and new ones for the rest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from simpul.mirror.client import pack
from simpul.mirror.client.manifest import MAX_UNPACKED, Object
from simpul.mirror.client.tree import Tree, sha256

GOAL = 2**20  # bytes of a pack as sent
MOST = 100  # packs; above it they grow instead, so that the manifest stays small
FIRST_RATIO = 8  # how much smaller pages get; then measured pack by pack
GROUPS = ((".html",), (".js", ".css", ".json", ".xml", ".csv", ".txt", ".svg"))


@dataclass(frozen=True)
class Listing:
    """What a published pack holds: its object, its files (with size and hash), the paths it removes."""

    object: Object
    files: Tree
    removed: tuple[str, ...]


def result(listings: Sequence[Listing]) -> Tree:
    """The tree that packs make one after the other."""
    tree: Tree = {}
    for listing in listings:
        for path in listing.removed:
            tree.pop(path, None)
        tree.update(listing.files)
    return tree


def worth_keeping(listings: Sequence[Listing], tree: Tree) -> list[Listing]:
    """Packs of half the wished size or more, half still of use. Small ones are packed anew together."""
    now = result(listings)
    kept = []
    for listing in listings:
        used = sum(file.size for path, file in listing.files.items()
                   if now.get(path) == file == tree.get(path))
        if listing.object.size >= GOAL // 2 and 2 * used >= sum(file.size for file in listing.files.values()):
            kept.append(listing)
    return kept


def spotless(listings: Sequence[Listing], tree: Tree) -> list[Listing]:
    """Packs that hold, and name, nothing but what the tree has."""
    return [listing for listing in listings
            if not listing.removed and all(tree.get(path) == file for path, file in listing.files.items())]


def new_packs(kept: Sequence[Listing], tree: Tree,
              read: Callable[[str], bytes]) -> Iterator[tuple[Listing, bytes]]:
    """Packs, with bytes, that turn the kept ones into the tree; the first removes what they have too much."""
    base = result(kept)
    removed = tuple(sorted(path for path in base if path not in tree))
    missing = sorted((path for path in tree if base.get(path) != tree[path]), key=_place)
    goal = max(GOAL, sum(file.size for file in tree.values()) // FIRST_RATIO // MOST)
    ratio = float(FIRST_RATIO)
    while missing or removed:
        batch = _batch(missing, tree, goal * ratio)
        listing, data = _pack(batch, removed, tree, read)
        yield listing, data
        missing, removed = missing[len(batch):], ()
        ratio = max(sum(tree[path].size for path in batch) / len(data), 1.0)


def _place(path: str) -> tuple[int, str]:
    """Like beside like: pages, then other text, then pictures."""
    return next((number for number, ends in enumerate(GROUPS) if path.endswith(ends)), len(GROUPS)), path


def _batch(paths: Sequence[str], tree: Tree, most: float) -> list[str]:
    """The first paths that fill a pack of at most so many bytes unpacked; at least one, all of one group."""
    batch: list[str] = []
    size = 0
    for path in paths:
        size += tree[path].size
        if batch and (size > min(most, MAX_UNPACKED - 2**22)
                      or (_place(path)[0] != _place(batch[0])[0] and size > most / 4)):
            break
        batch.append(path)
    return batch


def _pack(batch: Sequence[str], removed: tuple[str, ...], tree: Tree,
          read: Callable[[str], bytes]) -> tuple[Listing, bytes]:
    plain = pack.encode([(path, read(path)) for path in batch], removed)
    data = pack.compress(plain)
    return Listing(Object(sha256(data), len(data), len(plain)), {path: tree[path] for path in batch},
                   removed), data
