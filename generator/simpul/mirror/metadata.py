"""TUF metadata of a release folder, by python-tuf: root, targets (the manifest), snapshot, timestamp."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from securesystemslib.signer import CryptoSigner, Key  # type: ignore[attr-defined]  # no list of exports
from tuf.api.metadata import (  # type: ignore[attr-defined]  # as above
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from simpul.mirror.client.manifest import NAME
from simpul.mirror.client.renew import NAME as PROGRAM
from simpul.mirror.keys import KeyProblem, Team

DAYS = {"root": 730, "targets": 365, "snapshot": 180, "timestamp": 90}  # root 24 months ... timestamp 90 days
COMPACT = JSONSerializer(compact=True)
Signers = Mapping[str, CryptoSigner]
S = TypeVar("S", Root, Snapshot, Targets, Timestamp)


def first_root(team: Team, keys: Mapping[str, Iterable[Key]], date: str) -> Metadata[Root]:
    """Root version 1 over the given public keys: those of `root`, `targets` and `online`."""
    root = Root(version=1, expires=_expiry("root", date), consistent_snapshot=True)
    for role, holders in (("root", "root"), ("targets", "targets"), ("snapshot", "online"),
                          ("timestamp", "online")):
        for key in keys[holders]:
            root.add_key(key, role)
    root.roles["root"].threshold = team.root[1]
    root.roles["targets"].threshold = team.targets[1]
    return Metadata(root)


def sign_root(new: Metadata[Root], old: Root | None, signers: Signers) -> bytes:
    """The root, signed by enough keys of itself and of the root before it."""
    _sign(new, {*new.signed.roles["root"].keyids, *(old.roles["root"].keyids if old else ())}, signers)
    for root in (new.signed, old or new.signed):
        _enough(root, "root", new)
    return new.to_bytes(COMPACT)


def roots(out: Path) -> dict[int, bytes]:
    """All root metadata of a release folder or of a folder of keys, by version."""
    places = [*out.glob("*.root.json"), *(out / "metadata").glob("*.root.json")]
    return {int(path.name.partition(".")[0]): path.read_bytes() for path in places}


def newest_root(out: Path) -> Root:
    """The root in force."""
    found = roots(out)
    if not found:
        raise KeyProblem(f"{out} belum berisi root.json. Buat kunci dulu dengan `simpul keys create`.")
    return Metadata[Root].from_bytes(found[max(found)]).signed


def check_signers(root: Root, roles: Iterable[str], signers: Signers) -> None:
    """Refuses, before anything is written, when too few keys of a role are at hand."""
    for role in roles:
        found = len(set(root.roles[role].keyids) & set(signers))
        if found < root.roles[role].threshold:
            raise _too_few(role, found, root.roles[role].threshold)


def publish(out: Path, named: Mapping[str, bytes], signers: Signers, date: str, leap: int = 0) -> None:
    """Targets, snapshot and timestamp for these files; the timestamp last, because it makes them count.
    `leap` is added to all versions, above those of releases that are lost here.
    """
    root, targets = newest_root(out), _targets(out, named, date, leap)
    _write(out, targets.signed, _signed(root, targets, signers))
    _publish_snapshot(out, root, targets.signed.version, signers, date, leap)


def propose(out: Path, named: Mapping[str, bytes], signers: Signers, date: str, leap: int = 0) -> None:
    """Targets for these files, signed by who is here; nothing makes them count yet."""
    targets = _targets(out, named, date, leap)
    _sign(targets, newest_root(out).roles["targets"].keyids, signers)
    put(out, targets)


def _targets(out: Path, named: Mapping[str, bytes], date: str, leap: int) -> Metadata[Targets]:
    return Metadata(Targets(version=_next(out, "targets") + leap, expires=_expiry("targets", date),
                            targets={name: TargetFile.from_data(name, data, ["sha256"])
                                     for name, data in named.items()}))


def put(out: Path, document: Metadata[S]) -> None:
    """Writes root or targets as they are, with the signatures they have."""
    _write(out, document.signed, document.to_bytes(COMPACT))


def publish_signed(out: Path, signers: Signers, date: str) -> None:
    """Snapshot and timestamp for the newest targets, which enough have signed."""
    _publish_snapshot(out, newest_root(out), max(versions(out, "targets")), signers, date)


def renew(out: Path, signers: Signers, date: str) -> list[str]:
    """Signs again what ends soon: the timestamp always, others in their last third. Returns the roles."""
    root, done = newest_root(out), ["timestamp"]
    targets = _current(out, "targets", Targets)
    snapshot = _current(out, "snapshot", Snapshot)
    if _ends_soon(targets.signed, "targets", date) or not _accepted(root, "targets", targets):
        targets.signed.version += 1
        targets.signed.expires = _expiry("targets", date)
        _write(out, targets.signed, _signed(root, targets, signers))
        done = ["targets", "snapshot", *done]
    elif _ends_soon(snapshot.signed, "snapshot", date) or not _accepted(root, "snapshot", snapshot):
        done = ["snapshot", *done]
    if "snapshot" in done:
        _publish_snapshot(out, root, targets.signed.version, signers, date)
    else:
        _publish_timestamp(out, root, snapshot.signed.version, signers, date)
    return done


def replace_keys(out: Path, role: str, new: Iterable[Key], old: Iterable[str], signers: Signers,
                 date: str) -> bytes:
    """The next root: a role (`root`, `targets` or `online`) has new keys instead of old ones (key ids)."""
    root = next_root(out, role, new, old, date)
    check_signers(root.signed, ("snapshot", "timestamp", *(("targets",) if role == "targets" else ())),
                  signers)
    return sign_root(root, newest_root(out), signers)


def next_root(out: Path, role: str, new: Iterable[Key], old: Iterable[str], date: str) -> Metadata[Root]:
    """The same, not yet signed; without new and old keys it only lasts longer."""
    root = current_root(out)
    root.signatures.clear()
    root.signed.version += 1
    root.signed.expires = _expiry("root", date)
    for name in ("snapshot", "timestamp") if role == "online" else (role,):
        for keyid in old:
            root.signed.revoke_key(keyid, name)
        for key in new:
            root.signed.add_key(key, name)
    return root


def current_root(out: Path) -> Metadata[Root]:
    """The root in force, with its signatures."""
    return Metadata[Root].from_bytes(roots(out)[newest_root(out).version])


def next_targets(out: Path, date: str) -> Metadata[Targets]:
    """The targets in force, to be signed anew."""
    targets = current_targets(out)
    targets.signatures.clear()
    targets.signed.version += 1
    targets.signed.expires = _expiry("targets", date)
    return targets


def current_targets(out: Path) -> Metadata[Targets]:
    """The newest targets of the folder."""
    return _current(out, "targets", Targets)


def end_of_timestamp(out: Path) -> str:
    """The day (ISO) up to which mirrors take the release in force; the end of time where there is none."""
    path = out / "metadata" / "timestamp.json"
    return Metadata[Timestamp].from_bytes(path.read_bytes()).signed.expires.date().isoformat() \
        if path.exists() else "9999-12-31"


def manifest_digest(out: Path) -> str:
    """The hash of the manifest now in force."""
    return _current(out, "targets", Targets).signed.targets[NAME].hashes["sha256"]


def program_digest(out: Path) -> str:
    """The hash of the client now in force; "" where none is named."""
    found = _current(out, "targets", Targets).signed.targets.get(PROGRAM)
    return found.hashes["sha256"] if found else ""


def _publish_snapshot(out: Path, root: Root, targets: int, signers: Signers, date: str,
                      leap: int = 0) -> None:
    meta = {"targets.json": _meta(out, "targets", targets)}
    snapshot = Metadata(Snapshot(version=_next(out, "snapshot") + leap,
                                 expires=_expiry("snapshot", date), meta=meta))
    _write(out, snapshot.signed, _signed(root, snapshot, signers))
    _publish_timestamp(out, root, snapshot.signed.version, signers, date, leap)


def _publish_timestamp(out: Path, root: Root, snapshot: int, signers: Signers, date: str,
                       leap: int = 0) -> None:
    path = out / "metadata" / "timestamp.json"
    version = Metadata[Timestamp].from_bytes(path.read_bytes()).signed.version + 1 if path.exists() else 1
    meta = _meta(out, "snapshot", snapshot)
    timestamp = Metadata(Timestamp(version=version + leap, expires=_expiry("timestamp", date),
                                   snapshot_meta=meta))
    replace(path, _signed(root, timestamp, signers))


def _meta(out: Path, role: str, version: int) -> MetaFile:
    data = (out / "metadata" / f"{version}.{role}.json").read_bytes()
    return MetaFile.from_data(version, data, ["sha256"])


def _signed(root: Root, metadata: Metadata[S], signers: Signers) -> bytes:
    metadata.signatures.clear()
    role = metadata.signed.type
    _sign(metadata, root.roles[role].keyids, signers)
    _enough(root, role, metadata)
    return metadata.to_bytes(COMPACT)


def _sign(metadata: Metadata[S], keyids: Iterable[str], signers: Signers) -> None:
    for keyid in sorted(set(keyids) & set(signers)):
        metadata.sign(signers[keyid], append=True)


def _enough(root: Root, role: str, metadata: Metadata[S]) -> None:
    found = root.get_verification_result(role, metadata.signed_bytes, metadata.signatures)
    if not found:
        raise _too_few(role, len(found.signed), found.threshold)


def _too_few(role: str, found: int, threshold: int) -> KeyProblem:
    return KeyProblem(f"tanda tangan {role} belum cukup: {found} dari {threshold} kunci tersedia. "
                      "Sebut folder atau berkas kunci lain dengan --keys.")


def _accepted(root: Root, role: str, metadata: Metadata[S]) -> bool:
    return bool(root.get_verification_result(role, metadata.signed_bytes, metadata.signatures))


def _ends_soon(signed: Signed, role: str, date: str) -> bool:
    return signed.expires < _day(date) + timedelta(days=DAYS[role] // 3)


def _expiry(role: str, date: str) -> datetime:
    return _day(date) + timedelta(days=DAYS[role])


def _day(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=UTC)


def versions(out: Path, role: str) -> list[int]:
    """The versions of a role that the folder holds."""
    return [int(path.name.partition(".")[0]) for path in (out / "metadata").glob(f"*.{role}.json")]


def _next(out: Path, role: str) -> int:
    return max(versions(out, role), default=0) + 1


def _current(out: Path, role: str, kind: type[S]) -> Metadata[S]:
    found = versions(out, role)
    if not found:
        raise KeyProblem(f"{out} belum berisi rilis. Buat rilis dulu dengan `simpul release`.")
    return Metadata.from_bytes((out / "metadata" / f"{max(found)}.{role}.json").read_bytes())


def _write(out: Path, signed: Signed, data: bytes) -> None:
    replace(out / "metadata" / f"{signed.version}.{signed.type}.json", data)


def replace(path: Path, data: bytes) -> None:
    """Puts a file in place at once, so that a host that serves the folder never sends half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".baru")
    aside.write_bytes(data)
    aside.replace(path)
