"""Signing keys as PEM files named after their role (`root-1.pem`), and their roles in the root metadata."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, Key, SSlibKey  # type: ignore[attr-defined]  # no list of exports

TRIES = 3


class KeyProblem(Exception):
    """What is wrong with the keys, in Indonesian."""


class Secrets:
    """The passphrases known so far. `ask` is told which key is locked, and whether the last answer was wrong;
    an empty answer leaves the key out. Without it nobody sits there to be asked.
    """

    def __init__(self, known: Iterable[str] = (), ask: Callable[[Path, bool], str] | None = None) -> None:
        self.known, self.ask = [one for one in known if one], ask

    def open(self, path: Path) -> PrivateKeyTypes | None:
        """The key in a file; None for one that was left out."""
        data = path.read_bytes()
        if b"ENCRYPTED" not in data:
            return _opened(path, data, None)
        for secret in self.known:
            with suppress(KeyProblem):
                return _opened(path, data, secret.encode())
        return self._asked(path, data)

    def _asked(self, path: Path, data: bytes) -> PrivateKeyTypes | None:
        if self.ask is None and not self.known:
            raise KeyProblem(f"{path} terkunci dengan kata sandi. Jalankan di terminal agar kata sandinya "
                             "ditanyakan, atau sebut --passphrase-file.")
        for turn in range(TRIES if self.ask else 0):
            assert self.ask
            secret = self.ask(path, turn > 0)
            if not secret:
                return None
            with suppress(KeyProblem):
                found = _opened(path, data, secret.encode())
                self.known.append(secret)
                return found
        raise _unopened(path)


def _opened(path: Path, data: bytes, secret: bytes | None) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(data, secret)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _unopened(path) from error


def _unopened(path: Path) -> KeyProblem:
    return KeyProblem(f"{path} tidak dapat dibuka. Periksa kata sandi kunci dan berkasnya.")


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
    data = _locked(private, passphrase)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyProblem(f"{path} sudah ada dan tidak ditimpa. Pilih folder lain.") from error
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return CryptoSigner(private).public_key


def _locked(private: Ed25519PrivateKey, passphrase: str) -> bytes:
    lock: KeySerializationEncryption = BestAvailableEncryption(passphrase.encode()) if passphrase else \
        NoEncryption()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


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


def load_keys(places: Iterable[Path], secrets: Secrets | str) -> dict[str, CryptoSigner]:
    """All private keys in the given folders or files, by key id, but for those left out when asked."""
    secrets = Secrets([secrets]) if isinstance(secrets, str) else secrets
    paths = key_paths(places)
    if not paths:
        raise KeyProblem("tidak ada berkas kunci (*.pem) di tempat yang disebut. Periksa --keys.")
    signers = [CryptoSigner(private) for path in paths if (private := _private(path, secrets))]
    return {signer.public_key.keyid: signer for signer in signers}


def key_paths(places: Iterable[Path]) -> list[Path]:
    """The key files in these folders, and those named themselves."""
    return [path for place in places for path in (sorted(place.glob("*.pem")) if place.is_dir() else [place])]


def _private(path: Path, secrets: Secrets) -> Ed25519PrivateKey | None:
    private = secrets.open(path)
    if not isinstance(private, (Ed25519PrivateKey, type(None))):
        raise KeyProblem(f"{path} bukan kunci Ed25519. Buat kunci dengan `simpul keys create`.")
    return private


def change_passphrase(paths: Sequence[Path], secrets: Secrets, new: Callable[[], str]) -> list[Path]:
    """Locks these key files with another passphrase ("": none); all are opened before one is written, and
    only then the new one is asked for. Returns the files written.
    """
    opened = {path: private for path in paths if (private := _private(path, secrets))}
    passphrase = new() if opened else ""
    for path, private in opened.items():
        aside = path.with_name(f"{path.name}.baru")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_locked(private, passphrase))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    return list(opened)


def write_public(folder: Path, name: str, key: Key) -> Path:
    """Writes the public part of a key, which is no secret: what a root needs to name it."""
    path = folder / f"{name}.pub"
    path.write_text(json.dumps({"keyid": key.keyid, **key.to_dict()}, indent=1) + "\n", encoding="ascii")
    return path


def read_public(path: Path) -> Key:
    """The public key in such a file."""
    try:
        document = json.loads(path.read_bytes())
        key = SSlibKey.from_dict(document.pop("keyid"), document)
        if key.scheme != "ed25519" or len(bytes.fromhex(key.keyval["public"])) != 32:
            raise ValueError("scheme")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyProblem(f"{path} bukan kunci publik. Minta berkas .pub dari `simpul keys new`.") from error
    return key


def number_of_next(folder: Path, role: str) -> int:
    """The number of the next key file of a role."""
    numbers = [int(path.stem.rpartition("-")[2]) for path in folder.glob(f"{role}-*.pem")]
    return max(numbers, default=0) + 1
