"""The search index of a site -> that of a release, where documents keep the numbers of the release before."""

from collections.abc import Callable, Mapping

from simpul.mirror.archive import Archive
from simpul.mirror.client.tree import Tree
from simpul.search.arrival import BASE, CARD_BLOCK, cards_in, is_numbered, numbers_in, renumbered

UNREADABLE = ("Nomor dokumen di indeks pencarian rilis sebelumnya tidak terbaca, jadi semua dokumen dinomori "
              "menurut tanggal. Pembaruan sekali ini lebih besar.")


def renumber(tree: Tree, read: Callable[[str], bytes], archive: Archive,
             tell: Callable[[str], None]) -> Mapping[str, bytes | None]:
    """What the release has instead of files of the site; None for one that it has not. The record of numbers
    is the last release itself. `tell` hears that it cannot be read.
    """
    old = archive.tree(archive.manifests[-1]) if archive.manifests else {}
    if BASE not in old or BASE not in tree:
        return {}
    blocks = {path for path in old if CARD_BLOCK.fullmatch(path)}
    other = {path for path in blocks if tree.get(path) != old[path]}
    before = archive.contents(archive.manifests[-1], {BASE, *other})
    try:
        here = cards_in({path: read(path) for path in other if path in tree})
        if cards_in(before).items() <= here.items():
            return {}  # whatever the site has beside them came last
        before |= {path: read(path) for path in blocks - other}
        now = {path: read(path) for path in tree if is_numbered(path)}
        files = renumbered(now, numbers_in(before))
    except (ValueError, LookupError, TypeError, AttributeError):
        tell(UNREADABLE)
        return {}
    return {path: files.get(path) for path in {**now, **files} if files.get(path) != now.get(path)}
