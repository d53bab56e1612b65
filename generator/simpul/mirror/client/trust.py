"""The rules of TUF (specification 1.0, section 5.3) for the four top-level roles, without files and network.

Only what the portal's publisher uses is accepted: Ed25519 keys, consistent snapshots, no delegations.
python-tuf itself needs Python 3.10 and leaves its files unsynced, so it serves as the yardstick of the tests
instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from . import ed25519
from .errors import Behind, Expired, Unsettled, Untrusted

ROLES = ("root", "timestamp", "snapshot", "targets")
LATER = "Salinan tidak dimundurkan dan tetap disajikan. Biasanya simpanan sementara (cache) di sumber itu " \
        "tertinggal; bila besok masih begini, pakai sumber lain dan beri tahu pengelolanya"
SOON = "Tidak ada yang dipasang; salinan lama tetap disajikan. Biasanya rilis baru sedang diunggah ke " \
       "sumber itu: ulangi satu jam lagi"
REPORT = "Tidak ada yang dipasang. Coba sumber lain; bila terulang, beri tahu pengelola portal pusat"


def canonical(value: Any) -> str:
    """OLPC canonical JSON: sorted keys, no spaces, only quote and backslash escaped, no fractions."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if value is None or isinstance(value, (bool, int)):
        return json.dumps(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    raise ValueError(f"{type(value).__name__} has no canonical form")


class Signed:
    """Metadata as read: role, version, expiry (ISO, UTC, to the second) are checked for form, not trusted."""

    def __init__(self, role: str, data: bytes) -> None:
        try:
            self._read(role, data)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Untrusted(f"metadata {role} rusak atau bukan metadata", REPORT) from error

    def _read(self, role: str, data: bytes) -> None:
        try:
            document = json.loads(data)
        except ValueError as error:
            raise Unsettled(f"metadata {role} terpotong atau rusak di jalan", SOON) from error
        self.body: dict[str, Any] = document["signed"]
        self.signatures: list[tuple[str, bytes]] = [(s["keyid"], _hex(s["sig"]))
                                                    for s in document["signatures"]]
        self.message = canonical(self.body).encode()
        self.version: int = self.body["version"]
        self.expires: str = self.body["expires"]
        if type(self.version) is not int or self.version < 1 or len(self.expires) != 20 or \
                self.expires[10::9] != "TZ":
            raise ValueError("version or expiry")
        if self.body["_type"] != role or self.body["spec_version"].partition(".")[0] != "1":
            raise ValueError("type or specification")
        if len({key for key, _ in self.signatures}) != len(self.signatures):
            raise ValueError("one key signs twice")
        if role == "root":
            self.roles = {name: Role(name, self.body) for name in ROLES}
        if role == "timestamp":
            self.snapshot = Meta(self.body["meta"]["snapshot.json"])
        if role == "snapshot":
            self.meta = {name: Meta(entry) for name, entry in self.body["meta"].items()}
        if role == "targets":
            self.targets = {name: Meta({"version": 1, **entry})
                            for name, entry in self.body["targets"].items()}


def _hex(text: str) -> bytes:
    """A signature; a damaged one is an invalid one, and others may suffice."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


class Meta:
    """What one file of metadata says of another: version, and length and SHA-256 where given."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self.version: int = entry["version"]
        self.length: int | None = entry.get("length")
        self.sha256: str | None = entry["hashes"]["sha256"] if "hashes" in entry else None
        if type(self.version) is not int or self.version < 1 or type(self.length) not in (int, type(None)):
            raise ValueError("version or length")

    def check(self, role: str, data: bytes) -> None:
        """Refuses other bytes than those announced."""
        if len(data) < (self.length or 0):
            raise Unsettled(f"isi {role} terpotong", SOON)
        if self.length not in (None, len(data)) or \
                self.sha256 not in (None, hashlib.sha256(data).hexdigest()):
            raise Untrusted(f"isi {role} berbeda dari yang ditandatangani", REPORT)


class Role:
    """Who may sign: public keys by their id, and how many of them must."""

    def __init__(self, name: str, root: Mapping[str, Any]) -> None:
        self.name = name
        self.threshold: int = root["roles"][name]["threshold"]
        self.ids: list[str] = root["roles"][name]["keyids"]
        keys = {keyid: root["keys"][keyid] for keyid in self.ids}
        self.keys = {keyid: bytes.fromhex(key["keyval"]["public"]) for keyid, key in keys.items()
                     if (key["keytype"], key["scheme"]) == ("ed25519", "ed25519")}
        if type(self.threshold) is not int or self.threshold < 1 or len(set(self.ids)) != len(self.ids):
            raise ValueError("threshold or keys")

    def check(self, signed: Signed) -> None:
        """Refuses metadata with fewer valid signatures of different keys than the threshold."""
        valid = {self.keys[keyid] for keyid, signature in signed.signatures
                 if keyid in self.keys and ed25519.verify(self.keys[keyid], signature, signed.message)}
        if len(valid) < self.threshold:
            raise Untrusted(f"tanda tangan {self.name} tidak sah: "
                            f"{len(valid)} dari {self.threshold} yang diperlukan", REPORT)


class Trusted:
    """Metadata accepted so far, in the order root, timestamp, snapshot, targets. `now` is ISO, UTC.

    Old timestamp and snapshot may be loaded first, so that a newer one is held against them; they are never
    final when expired.
    """

    def __init__(self, root: bytes, now: str) -> None:
        self.now = now
        self.root = Signed("root", root)
        self.root.roles["root"].check(self.root)
        self.former: list[Signed] = []
        self.timestamp: Signed | None = None
        self.snapshot: Signed | None = None
        self.targets: Signed | None = None

    def update_root(self, data: bytes) -> None:
        """The next root, signed by the old one's keys and by its own."""
        new = Signed("root", data)
        self.root.roles["root"].check(new)
        if new.version != self.root.version + 1:
            raise Untrusted(f"root versi {new.version} tidak menyusul versi {self.root.version}", REPORT)
        new.roles["root"].check(new)
        self.former.append(self.root)
        self.root = new

    def update_timestamp(self, data: bytes, final: bool = True) -> bool:
        """A newer timestamp, or the same version (then the old one stays: False)."""
        if final:
            self._not_expired(self.root)
        new = Signed("timestamp", data)
        self._check_timestamp(new)
        old, newer = self.timestamp, True
        if old:
            not_behind(new, old.version, f" (tertinggal {days(new, old)} hari)" if days(new, old) > 0 else "")
            newer = new.version > old.version
            if newer:
                not_lower("snapshot", new.snapshot.version, old.snapshot.version)
        if newer:
            self.timestamp = new
        if final:
            self._not_expired(self.timestamp or new)
        return newer

    def _check_timestamp(self, new: Signed) -> None:
        try:
            self.root.roles["timestamp"].check(new)
        except Untrusted:
            if any(_signs(root.roles["timestamp"], new) for root in self.former):
                raise Behind("sumber masih memakai kunci yang sudah diganti", LATER) from None
            raise

    def update_snapshot(self, data: bytes, final: bool = True) -> None:
        """The snapshot the timestamp names; a remembered one only serves to hold the new one against."""
        assert self.timestamp
        if final:
            self._announced(self.timestamp.snapshot, "snapshot", data)
        new = Signed("snapshot", data)
        self.root.roles["snapshot"].check(new)
        for name, meta in self.snapshot.meta.items() if self.snapshot else ():
            if name not in new.meta:
                raise Untrusted(f"snapshot baru tidak lagi menyebut {name}", REPORT)
            not_lower(name, new.meta[name].version, meta.version)
        self.snapshot = new
        if final:
            _exactly("snapshot", new.version, self.timestamp.snapshot.version)
            self._not_expired(new)

    def update_targets(self, data: bytes) -> None:
        """The targets the snapshot names."""
        assert self.snapshot
        meta = self.snapshot.meta.get("targets.json")
        if meta is None:
            raise Untrusted("snapshot tidak menyebut targets.json", REPORT)
        self._announced(meta, "targets", data)
        new = Signed("targets", data)
        self.root.roles["targets"].check(new)
        _exactly("targets", new.version, meta.version)
        self._not_expired(new)
        self.targets = new

    def _announced(self, meta: Meta, role: str, data: bytes) -> None:
        """Refuses other bytes than those announced. Rightly signed, they are of another moment."""
        try:
            meta.check(role, data)
        except Untrusted:
            other = Signed(role, data)
            if _signs(self.root.roles[role], other):
                _exactly(role, other.version, meta.version)
            raise

    def _not_expired(self, signed: Signed) -> None:
        if signed.expires <= self.now:
            role = signed.body["_type"]
            raise Expired(f"{role} kedaluwarsa sejak {signed.expires[:10]} (waktu yang dipakai: "
                          f"{self.now[:10]})", "Salinan lama tetap disajikan. Periksa jam komputer ini; bila "
                          "jam benar, sumber ini tertinggal: coba sumber lain atau beri tahu pengelolanya")


def days(older: Signed, newer: Signed) -> int:
    """Days between two of one role, as they live equally long."""
    try:
        return (date.fromisoformat(newer.expires[:10]) - date.fromisoformat(older.expires[:10])).days
    except ValueError:
        return 0


def not_behind(signed: Signed, seen: int, age: str = "") -> None:
    """Refuses an older version than one that was seen."""
    if signed.version < seen:
        raise Behind(f"sumber menawarkan {signed.body['_type']} versi {signed.version}, "
                     f"padahal versi {seen} sudah pernah dilihat{age}", LATER)


def _signs(role: Role, signed: Signed) -> bool:
    try:
        role.check(signed)
    except Untrusted:
        return False
    return True


def not_lower(name: str, new: int, old: int) -> None:
    """A newer file that names an older one was signed to deceive, or by a centre that lost its own."""
    if new < old:
        raise Untrusted(f"sumber menawarkan {name} versi {new}, padahal versi {old} sudah pernah dilihat",
                        REPORT)


def _exactly(name: str, found: int, expected: int) -> None:
    if found != expected:
        raise Unsettled(f"{name} berversi {found}, seharusnya {expected}", SOON)
