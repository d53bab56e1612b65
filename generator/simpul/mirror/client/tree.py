"""The list of a site's files and its hash: what a release is, and what a finished copy must equal."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from .errors import Untrusted

PRIVATE = ".simpul"  # the client's own folder in a copy
RESERVED = {"rilis", "status.json"}  # what a copy holds beside the site: a source for others, and its state
MAX_PATH, MAX_FILE = 240, 32 * 2**20
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff]')


class File(NamedTuple):
    """One file of a site: size in bytes, SHA-256 in hexadecimal."""

    size: int
    sha256: str


Tree = dict[str, File]


def sha256(data: bytes) -> str:
    """The hash by which everything in a release is named, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_path(path: str) -> str:
    """The path itself, if any file system can hold it below the folder of a copy; else Untrusted."""
    parts = path.split("/")
    bad = (
        len(path.encode("utf-8", "surrogatepass")) > MAX_PATH or _FORBIDDEN.search(path) is not None
        or unicodedata.normalize("NFC", path) != path or parts[0].casefold() in RESERVED
        or any(not part or part[0] == "." or part[-1] in ". " or _DEVICES.match(part) for part in parts)
    )
    if bad:
        raise Untrusted(f"nama berkas {path!r} berbahaya atau tidak dapat disimpan di semua komputer",
                        "Tidak ada yang dipasang; beri tahu pengelola portal pusat")
    return path


def check_clashes(paths: Iterable[str]) -> None:
    """Refuses names that are one name on a FAT or Windows disk, and a file where another needs a folder."""
    files: dict[str, str] = {}
    folders: set[str] = set()
    for path in paths:
        folded = path.casefold()
        other = files.setdefault(folded, path)
        if other != path:
            raise Untrusted(f"berkas {path!r} dan {other!r} hanya berbeda huruf besar dan kecil",
                            "Tidak ada yang dipasang")
        while "/" in folded:
            folded = folded.rpartition("/")[0]
            folders.add(folded)
    for both in sorted(folders & set(files)):
        raise Untrusted(f"{files[both]!r} adalah berkas sekaligus folder", "Tidak ada yang dipasang")


def encode(tree: Tree) -> bytes:
    """One line per file, `sha256 size path`, sorted by the bytes of the path."""
    return "".join(f"{tree[path].sha256} {tree[path].size} {path}\n" for path in sorted(tree)).encode()


def decode(data: bytes) -> Tree:
    """The tree of such lines, wherever they were found. Raises ValueError when they are damaged, and
    Untrusted for a path that leads elsewhere.
    """
    found: Tree = {}
    for line in data.decode().splitlines():
        digest, size, path = line.split(" ", 2)
        found[check_path(path)] = File(int(size), digest)
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
