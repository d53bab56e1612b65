"""The signed description of one release: at most 16 KB, from which everything else is verified by hash.

    {"format": 1, "rilis": 42, "tanggal": "2026-11-24", "janji_hari": 30, "asal": "https://...",
     "pohon": SHA-256 of the tree, "berkas": files, "ukuran": bytes,
     "paket": [[sha256, bytes, bytes unpacked], ...],
     "selisih": [[from release, its tree, sha256, bytes, bytes unpacked], ...],
     "lupa": the last release that withdrew something, if there was one,
     "zip": [[from release (0: the whole site), sha256, bytes], ...]}

Packs are applied in order: a later pack replaces or removes what an earlier one brought. Objects that only
releases before `lupa` name hold what was withdrawn: no copy keeps them.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from .errors import Untrusted

NAME = "manifes.json"
MAX_BYTES = 16 * 1024
MAX_UNPACKED = 64 * 2**20
_HASH = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Object(NamedTuple):
    """A file named by its hash; sizes in bytes, as sent and unpacked."""

    sha256: str
    size: int
    unpacked: int

    @property
    def path(self) -> str:
        """Where it lies in a release folder."""
        return f"objek/{self.sha256}.xz"


class Delta(NamedTuple):
    """The way from one earlier release to this one."""

    release: int
    tree: str
    object: Object


class Zip(NamedTuple):
    """A release, or what it changes since an earlier one, for people; no copy fetches it."""

    since: int
    sha256: str
    size: int


class Manifest(NamedTuple):
    """A release. `promise` is the greatest age in days at which a copy still counts as up to date."""

    release: int
    date: str
    promise: int
    origin: str
    tree: str
    files: int
    size: int
    packs: tuple[Object, ...]
    deltas: tuple[Delta, ...]
    forgotten: int = 0
    zips: tuple[Zip, ...] = ()

    def delta_from(self, tree: str) -> Delta | None:
        """The delta for a copy that holds this tree, if one is published."""
        return next((delta for delta in self.deltas if delta.tree == tree), None)

    @property
    def pack_bytes(self) -> int:
        """Bytes of a first copy."""
        return sum(pack.size for pack in self.packs)

    @property
    def objects(self) -> tuple[Object, ...]:
        """All it names."""
        return (*self.packs, *(delta.object for delta in self.deltas))


def encode(manifest: Manifest) -> bytes:
    """The canonical bytes of a manifest."""
    document: dict[str, Any] = {
        "format": 1, "rilis": manifest.release, "tanggal": manifest.date, "janji_hari": manifest.promise,
        "asal": manifest.origin, "pohon": manifest.tree, "berkas": manifest.files, "ukuran": manifest.size,
        "paket": [list(pack) for pack in manifest.packs],
        "selisih": [[delta.release, delta.tree, *delta.object] for delta in manifest.deltas],
        **({"lupa": manifest.forgotten} if manifest.forgotten else {}),
        **({"zip": [list(one) for one in manifest.zips]} if manifest.zips else {}),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes) -> Manifest:
    """The manifest in these bytes, every field checked, though they were signed."""
    try:
        return _decode(json.loads(data))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Untrusted("manifes rusak",
                        "Tidak ada yang dipasang; beri tahu pengelola portal pusat") from error


def _decode(document: dict[str, Any]) -> Manifest:
    if document["format"] != 1:
        raise Untrusted("bentuk rilis ini belum dikenal program ini",
                        "Ambil simpul-mirror.pyz yang baru dari portal")
    return Manifest(
        _number(document["rilis"], 1), _match(_DATE, document["tanggal"]), _number(document["janji_hari"], 1),
        _text(document["asal"]), _match(_HASH, document["pohon"]), _number(document["berkas"]),
        _number(document["ukuran"]), tuple(read_object(*entry) for entry in document["paket"]),
        tuple(Delta(_number(number, 1), _match(_HASH, tree), read_object(*rest))
              for number, tree, *rest in document["selisih"]),
        _number(document.get("lupa", 0)),
        tuple(Zip(_number(since), _match(_HASH, digest), _number(size))
              for since, digest, size in document.get("zip", [])),
    )


def read_object(digest: Any, size: Any, unpacked: Any) -> Object:
    """An object as a list names it. Its name becomes a path: ValueError or TypeError where it is no hash."""
    found = Object(_match(_HASH, digest), _number(size, 1), _number(unpacked, 1))
    if max(found.size, found.unpacked) > MAX_UNPACKED:
        raise ValueError("object too large")
    return found


def _number(value: Any, least: int = 0) -> int:
    if type(value) is not int or value < least:
        raise ValueError("number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _match(pattern: re.Pattern[str], value: Any) -> str:
    if not pattern.fullmatch(_text(value)):
        raise ValueError("form")
    return str(value)
