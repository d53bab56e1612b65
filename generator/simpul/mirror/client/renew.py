"""The client of the newest release, kept beside the copy with the signature that names it, and run instead of
the one that was scheduled. What was scheduled stays the judge: it runs nothing that it has not verified.
"""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from . import VERSION
from .disk import Disk, store
from .download import Pace, small
from .errors import Unreachable, Untrusted
from .sources import Source
from .state import METADATA
from .tree import PRIVATE, sha256
from .trust import Signed, Trusted

NAME = "simpul-mirror.pyz"  # as the signed metadata call it
INSTALLED = f"unduh/{NAME}"  # where a release lays it in the site
ROOM = f"{PRIVATE}/klien"
PROOF = f"{ROOM}/targets.json"
MOST = 2**21  # bytes of a client
HOURS = 20  # before the next night a program that hangs is ended
_VERSION = re.compile(rb'^VERSION = "(\d+(?:\.\d+){0,3})"', re.MULTILINE)


class Program(NamedTuple):
    """A client whose signature was checked: its version, its bytes."""

    version: str
    data: bytes


def keep_program(disk: Disk) -> None:
    """After a release is installed: its client and what signs it, so that both agree whatever comes later."""
    proof = _read(disk, f"{METADATA}/targets.json")
    data = _read(disk, INSTALLED)
    kept = _read(disk, PROOF), _read(disk, f"{ROOM}/{sha256(data)}.pyz")
    if _named(proof, data) and kept != (proof, data):
        _keep(disk, data, proof)


def _keep(disk: Disk, data: bytes, proof: bytes) -> None:
    place = f"{ROOM}/{sha256(data)}.pyz"
    store(disk, place, data)
    store(disk, PROOF, proof)
    disk.sync_folder(ROOM)
    for name in disk.names(ROOM):
        if f"{ROOM}/{name}" not in (place, PROOF):
            disk.remove(f"{ROOM}/{name}")


def fetch_program(disk: Disk, sources: Sequence[Source], pace: Pace) -> bool:
    """Gets the client that the newest signed metadata name, for a release that this one cannot read; whether
    there was one to get. The first source that has it suffices: its hash is signed.
    """
    proof = _read(disk, f"{METADATA}/targets.json")
    digest = _digest(proof)
    if not digest or _named(proof, _read(disk, f"{ROOM}/{digest}.pyz")):
        return False
    for source in sources:
        with contextlib.suppress(Unreachable, Untrusted):
            data = small(source, released(digest), MOST, pace)
            if _named(proof, data):
                _keep(disk, data, proof)
                return True
    return False


def kept_program(disk: Disk) -> bytes:
    """The client kept here that the newest metadata name, for neighbours; empty for none."""
    proof = _read(disk, f"{METADATA}/targets.json")
    data = _read(disk, f"{ROOM}/{_digest(proof)}.pyz")
    return data if _named(proof, data) else b""


def released(digest: str) -> str:
    """Where a release folder holds the client of this hash."""
    return f"objek/{digest}.pyz"


def newer_program(disk: Disk, roots: Mapping[int, bytes], own: bytes) -> Program | None:
    """The kept client, if it is signed, is not the one that runs (`own`), and is not older than it."""
    proof = _read(disk, PROOF)
    for name in disk.names(ROOM) if proof else ():
        data = _read(disk, f"{ROOM}/{name}")
        if name.endswith(".pyz") and data != own and _signed(disk, roots, proof) and _named(proof, data):
            version = version_of(data)
            if _order(version) >= _order(VERSION):
                return Program(version, data)
    return None


def run_program(program: Program, words: Sequence[str]) -> int | None:
    """Runs the very bytes that were verified; its exit code, or None when it could not start or hung."""
    try:
        with tempfile.TemporaryDirectory(prefix="simpul-") as folder:
            place = Path(folder) / NAME
            place.write_bytes(program.data)
            return subprocess.run([sys.executable, "-I", str(place), *words],  # noqa: S603  # verified
                                  check=False, timeout=HOURS * 3600).returncode
    except (OSError, subprocess.TimeoutExpired):
        return None


def version_of(data: bytes) -> str:
    """The version a packed client tells of itself; "0" for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _VERSION.search(archive.read("simpul_mirror/__init__.py"))
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError):
        return "0"
    return found[1].decode() if found else "0"


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _signed(disk: Disk, roots: Mapping[int, bytes], proof: bytes) -> bool:
    """Whether the keys in force have signed; a signature does not age, so no clock is asked."""
    try:
        trusted = Trusted(roots[max(roots)], "")
        while data := _read(disk, f"{METADATA}/{trusted.root.version + 1}.root.json"):
            trusted.update_root(data)
        trusted.root.roles["targets"].check(Signed("targets", proof))
    except Untrusted:
        return False
    return True


def _digest(proof: bytes) -> str:
    """The hash of the client that metadata name; "" for none."""
    try:
        meta = Signed("targets", proof).targets.get(NAME)
    except Untrusted:
        return ""
    return meta.sha256 or "" if meta else ""


def _named(proof: bytes, data: bytes) -> bool:
    """Whether the metadata name exactly these bytes."""
    return bool(data) and _digest(proof) == sha256(data)


def _read(disk: Disk, path: str) -> bytes:
    try:
        return disk.read(path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return b""
