"""Signing keys as PEM files named after their role (`root-1.pem`), and their roles in the root metadata."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, Key  # type: ignore[attr-defined]  # no list of exports


class KeyProblem(Exception):
    """What is wrong with the keys, in Indonesian."""


@dataclass(frozen=True)
class Team:
    """How many keys each holder role has, and how many of them must sign."""

    root: tuple[int, int]
    targets: tuple[int, int]


LARGE = Team(root=(3, 2), targets=(2, 2))
SMALL = Team(root=(2, 1), targets=(1, 1))  # for one or two people; whoever holds one root key holds all
ONLINE = "online"  # signs snapshot and timestamp


def create_key(folder: Path, name: str, passphrase: str) -> Key:
    """Writes a new private key, readable by its owner only; an existing one is never overwritten."""
    path = folder / f"{name}.pem"
    private = Ed25519PrivateKey.generate()
    locked: KeySerializationEncryption = BestAvailableEncryption(passphrase.encode()) if passphrase else \
        NoEncryption()
    data = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyProblem(f"{path} sudah ada dan tidak ditimpa. Pilih folder lain.") from error
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return CryptoSigner(private).public_key


@contextmanager
def new_keys(folder: Path, role: str, count: int, passphrase: str) -> Iterator[list[Key]]:
    """The next keys of a role. Their files go again when what they were made for fails."""
    start = number_of_next(folder, role)
    names = [f"{role}-{start + number}" for number in range(count)]
    made = [create_key(folder, name, passphrase) for name in names]
    try:
        yield made
    except KeyProblem:
        for name in names:
            (folder / f"{name}.pem").unlink()
        raise


def load_keys(places: Iterable[Path], passphrase: str) -> dict[str, CryptoSigner]:
    """All private keys in the given folders or files, by key id."""
    found: dict[str, CryptoSigner] = {}
    for place in places:
        for path in sorted(place.glob("*.pem")) if place.is_dir() else [place]:
            signer = _load(path, passphrase)
            found[signer.public_key.keyid] = signer
    if not found:
        raise KeyProblem("tidak ada berkas kunci (*.pem) di tempat yang disebut. Periksa --keys.")
    return found


def _load(path: Path, passphrase: str) -> CryptoSigner:
    data = path.read_bytes()
    secret = passphrase.encode() if b"ENCRYPTED" in data else None
    try:
        private = load_pem_private_key(data, secret or None)
    except (ValueError, TypeError) as error:
        raise KeyProblem(f"{path} tidak dapat dibuka. Periksa kata sandi kunci dan berkasnya.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyProblem(f"{path} bukan kunci Ed25519. Buat kunci dengan `simpul keys create`.")
    return CryptoSigner(private)


def number_of_next(folder: Path, role: str) -> int:
    """The number of the next key file of a role."""
    numbers = [int(path.stem.rpartition("-")[2]) for path in folder.glob(f"{role}-*.pem")]
    return max(numbers, default=0) + 1
