"""The list of a site's files and its hash: what a release is, and what a finished copy must equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from .errors import Untrusted
from .names import check_inside, folded

PRIVATE = ".simpul"  # the client's own folder in a copy
MAX_FILE = 32 * 2**20


class File(NamedTuple):
    """One file of a site: size in bytes, SHA-256 in hexadecimal."""

    size: int
    sha256: str


Tree = dict[str, File]


def sha256(data: bytes) -> str:
    """The hash by which everything in a release is named, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_clashes(paths: Iterable[str]) -> None:
    """Refuses names that are one name on a FAT or Windows disk, and a file where another needs a folder."""
    files: dict[str, str] = {}
    folders: set[str] = set()
    for path in paths:
        name = folded(path)
        other = files.setdefault(name, path)
        if other != path:
            kind = "huruf besar dan kecil" if path.lower() == other.lower() else "bentuk huruf yang sama"
            raise Untrusted(f"berkas {path!r} dan {other!r} hanya berbeda {kind}", "Tidak ada yang dipasang")
        while "/" in name:
            name = name.rpartition("/")[0]
            folders.add(name)
    for both in sorted(folders & set(files)):
        raise Untrusted(f"{files[both]!r} adalah berkas sekaligus folder", "Tidak ada yang dipasang")


def encode(tree: Tree) -> bytes:
    """One line per file, `sha256 size path`, sorted by the bytes of the path."""
    return "".join(f"{tree[path].sha256} {tree[path].size} {path}\n" for path in sorted(tree)).encode()


def decode(data: bytes) -> Tree:
    """The tree of such lines, wherever they were found. Raises ValueError when they are damaged, and
    Untrusted for a path that leads elsewhere. Of a release made before a rule for names, the list still tells
    what is to be removed.
    """
    found: Tree = {}
    for line in data.decode().split("\n")[:-1]:
        digest, size, path = line.split(" ", 2)
        found[check_inside(path)] = File(int(size), digest)
    return found


def tree_hash(tree: Tree) -> str:
    """What the publisher signs for the whole site."""
    return sha256(encode(tree))


def parents(path: str) -> list[str]:
    """The folders of a path, the innermost first."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]


def order(path: str) -> int:
    """When a file is put in place: assets before the pages that use them, the front page last."""
    if not path.endswith(".html"):
        return 0
    return 2 if path == "index.html" else 1
