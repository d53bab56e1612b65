"""The client's rules of trust against python-tuf's on the same metadata, and against attacks in TUF's order.

The scenarios of tuf-conformance are in test_mirror_scenarios.
"""

import copy
import datetime
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.formats import encode_canonical
from tuf.api.exceptions import RepositoryError
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType

from simpul.mirror import keys, metadata
from simpul.mirror.client import ed25519
from simpul.mirror.client.errors import Behind, Expired, MirrorError, Unsettled, Untrusted
from simpul.mirror.client.state import read_seen
from simpul.mirror.client.trust import Trusted, canonical
from tests.mirror.world import NOW, MemoryDisk, MemorySource, Publisher, run

ROLES = ("root", "timestamp", "snapshot", "targets")
Body = dict[str, Any]


def secret(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b"."))


def public(name: str) -> str:
    return secret(name).public_key().public_bytes_raw().hex()


def signed(body: Body, *names: str) -> bytes:
    message = encode_canonical(body).encode()
    signatures = [{"keyid": name, "sig": secret(name).sign(message).hex()} for name in names]
    return json.dumps({"signatures": signatures, "signed": body}).encode()


class Repository:
    """Metadata of four roles that a test may change before signing. Root and targets need two keys."""

    HOLDERS: ClassVar = {"root": ("r1", "r2", "r3"), "targets": ("t1", "t2"), "snapshot": ("o1",),
                         "timestamp": ("o1",)}

    def __init__(self) -> None:
        every = sorted({name for names in self.HOLDERS.values() for name in names} | {"x1"})
        common = {"spec_version": "1.0.31", "version": 1, "expires": "2027-01-01T00:00:00Z"}
        self.bodies: dict[str, Body] = {
            "root": {**common, "_type": "root", "version": 2, "consistent_snapshot": True,
                     "keys": {name: {"keytype": "ed25519", "scheme": "ed25519",
                                     "keyval": {"public": public(name)}} for name in every},
                     "roles": {role: {"keyids": list(names),
                                      "threshold": 2 if role in ("root", "targets") else 1}
                               for role, names in self.HOLDERS.items()}},
            "timestamp": {**common, "_type": "timestamp", "version": 5,
                          "meta": {"snapshot.json": {"version": 4}}},
            "snapshot": {**common, "_type": "snapshot", "version": 4,
                         "meta": {"targets.json": {"version": 3}}},
            "targets": {**common, "_type": "targets", "version": 3,
                        "targets": {"manifes.json": {"length": 1, "hashes": {"sha256": "00"}}}},
        }
        self.signers: dict[str, tuple[str, ...]] = dict(self.HOLDERS)
        self.root1 = copy.deepcopy(self.bodies["root"])
        self.root1["version"] = 1
        self.raw: dict[str, Callable[[bytes], bytes]] = {}

    def data(self, role: str) -> bytes:
        made = signed(self.bodies[role], *self.signers[role])
        return self.raw.get(role, bytes)(made)

    def before(self) -> dict[str, bytes]:
        """What a client remembers of an earlier, honest day."""
        honest = Repository()
        honest.bodies["timestamp"].update(version=4, meta={"snapshot.json": {"version": 3}})
        honest.bodies["snapshot"].update(version=3, meta={"targets.json": {"version": 2}})
        return {role: honest.data(role) for role in ("timestamp", "snapshot")}


def ours(repository: Repository, remembered: bool) -> str:
    trusted = Trusted(signed(repository.root1, "r1", "r2"), NOW)
    try:
        trusted.update_root(repository.data("root"))
        if remembered:
            trusted.update_timestamp(repository.before()["timestamp"], final=False)
        trusted.update_timestamp(repository.data("timestamp"))
        if remembered:
            trusted.update_snapshot(repository.before()["snapshot"], final=False)
        trusted.update_snapshot(repository.data("snapshot"))
        trusted.update_targets(repository.data("targets"))
    except Untrusted:
        return "refused"
    return "accepted"


def theirs(repository: Repository, remembered: bool) -> str:
    trusted = TrustedMetadataSet(signed(repository.root1, "r1", "r2"), EnvelopeType.METADATA)
    trusted.reference_time = datetime.datetime.fromisoformat(NOW)
    try:
        trusted.update_root(repository.data("root"))
        if remembered:
            trusted.update_timestamp(repository.before()["timestamp"])
        trusted.update_timestamp(repository.data("timestamp"))
        if remembered:
            try:
                trusted.update_snapshot(repository.before()["snapshot"], trusted=True)
            except RepositoryError:
                assert trusted.snapshot.version == 3
        trusted.update_snapshot(repository.data("snapshot"))
        trusted.update_targets(repository.data("targets"))
    except (RepositoryError, ValueError):
        return "refused"
    return "accepted"


def edit(role: str, **fields: object) -> Callable[[Repository], None]:
    return lambda repository: repository.bodies[role].update(fields)


def by(role: str, *names: str) -> Callable[[Repository], None]:
    return lambda repository: repository.signers.update({role: names})


def raw(role: str, change: Callable[[bytes], bytes]) -> Callable[[Repository], None]:
    return lambda repository: repository.raw.update({role: change})


def role_of_root(role: str, **fields: object) -> Callable[[Repository], None]:
    return lambda repository: repository.bodies["root"]["roles"][role].update(fields)


def drop(role: str, field: str) -> Callable[[Repository], None]:
    return lambda repository: repository.bodies[role].pop(field)


CASES: dict[str, Callable[[Repository], None]] = {
    "honest": lambda repository: None,
    **{f"{role} unsigned": by(role) for role in ROLES},
    **{f"{role} signed by a stranger": by(role, "x1") for role in ROLES},
    **{f"{role} expired": edit(role, expires="2026-11-24T02:59:59Z") for role in ROLES},
    **{f"{role} ends this second": edit(role, expires=NOW) for role in ROLES},
    **{f"{role} ends next second": edit(role, expires="2026-11-24T03:00:01Z") for role in ROLES},
    **{f"{role} bears another type": edit(role, _type="targets" if role != "targets" else "root")
       for role in ROLES},
    **{f"{role} of a later specification": edit(role, spec_version="2.0.0") for role in ROLES},
    **{f"{role} with an unknown field": edit(role, tambahan={"a": [1, None, True, "\"\\é"]})
       for role in ROLES},
    **{f"{role} version 0": edit(role, version=0) for role in ROLES},
    **{f"{role} version {version!r}": edit(role, version=version) for role in ROLES
       for version in (1, 2, 3, 4, 5, 6, 7)},
    **{f"{role} version as text": edit(role, version="9") for role in ROLES},
    **{f"{role} without {field}": drop(role, field) for role in ROLES
       for field in ("version", "expires", "_type", "spec_version")},
    **{f"{role} truncated": raw(role, lambda data: data[:-5]) for role in ROLES},
    **{f"{role} empty": raw(role, lambda data: b"") for role in ROLES},
    **{f"{role} a list": raw(role, lambda data: b"[]") for role in ROLES},
    **{f"{role} a page": raw(role, lambda data: b"<!doctype html>") for role in ROLES},
    **{f"{role} nested": raw(role, lambda data: b'{"signed":' + b"[" * 3000) for role in ROLES},
    **{f"{role} changed after signing": raw(role, lambda data: data.replace(b"2027", b"2028"))
       for role in ROLES},
    "root by one key": by("root", "r1"), "root by two keys": by("root", "r2", "r3"),
    "root by one key twice": by("root", "r1", "r1"), "root by a stranger too": by("root", "r1", "r2", "x1"),
    "root by one and a stranger": by("root", "r1", "x1"),
    "targets by one key": by("targets", "t1"), "targets by one key twice": by("targets", "t1", "t1"),
    "targets by the root": by("targets", "r1", "r2"), "timestamp by targets": by("timestamp", "t1"),
    "root drops to new keys, signed by old": role_of_root("root", keyids=["x1"], threshold=1),
    "threshold none": role_of_root("timestamp", threshold=0),
    "threshold too high": role_of_root("timestamp", threshold=2),
    "keys twice": role_of_root("targets", keyids=["t1", "t1"]),
    "key unknown": role_of_root("targets", keyids=["t1", "nobody"]),
    "timestamp key withdrawn": role_of_root("timestamp", keyids=["x1"]),
    "timestamp of an older snapshot": edit("timestamp", meta={"snapshot.json": {"version": 2}}),
    "timestamp of a later snapshot": edit("timestamp", meta={"snapshot.json": {"version": 9}}),
    "timestamp names nothing": edit("timestamp", meta={}),
    "snapshot of older targets": edit("snapshot", meta={"targets.json": {"version": 1}}),
    "snapshot of later targets": edit("snapshot", meta={"targets.json": {"version": 4}}),
    "snapshot without targets": edit("snapshot", meta={}),
    "snapshot of another length": edit("timestamp", meta={"snapshot.json": {"version": 4, "length": 7}}),
    "snapshot of another hash": edit("timestamp",
                                     meta={"snapshot.json": {"version": 4, "hashes": {"sha256": "00" * 32}}}),
    "targets of another hash": edit("snapshot",
                                    meta={"targets.json": {"version": 3, "hashes": {"sha256": "00" * 32}}}),
}


@pytest.mark.parametrize("remembered", [False, True], ids=["fresh", "known"])
@pytest.mark.parametrize("name", CASES)
def test_the_same_verdict_as_python_tuf(name: str, remembered: bool) -> None:
    repository, twin = Repository(), Repository()
    CASES[name](repository)
    CASES[name](twin)
    assert ours(repository, remembered) == theirs(twin, remembered)


def test_the_cases_hold_both_verdicts() -> None:
    verdicts = []
    for case in CASES.values():
        repository = Repository()
        case(repository)
        verdicts.append(ours(repository, True))
    assert verdicts.count("accepted") >= 10
    assert verdicts.count("refused") >= 60


@pytest.mark.parametrize("role", ROLES)
def test_every_flipped_bit_is_refused_or_harmless(role: str) -> None:
    """Harmless: spaces, and bits of a signature that is not needed. python-tuf is the judge of that."""
    length, draw = len(Repository().data(role)), random.Random(role)
    for _ in range(60):
        place, bit = draw.randrange(length), 1 << draw.randrange(8)

        def flip(data: bytes, place: int = place, bit: int = bit) -> bytes:
            return data[:place] + bytes([data[place] ^ bit]) + data[place + 1:]

        one, two = Repository(), Repository()
        one.raw[role] = two.raw[role] = flip
        assert ours(one, True) == "refused" or theirs(two, True) == "accepted", (place, bit)


def test_the_same_key_under_two_names_counts_once() -> None:
    """Stricter than python-tuf, as the specification asks."""
    repository = Repository()
    repository.bodies["root"]["keys"]["t2"] = repository.bodies["root"]["keys"]["t1"]
    document = json.loads(signed(repository.bodies["targets"], "t1"))
    document["signatures"].append({"keyid": "t2", "sig": document["signatures"][0]["sig"]})
    repository.raw["targets"] = lambda _: json.dumps(document).encode()
    assert ours(repository, True) == "refused"


@pytest.mark.parametrize("value", [0, -3, True, None, "é\\\"\n", [], [1, [2]], {},
                                   {"b": 1, "a": {"z": "", "ä": [True]}}])
def test_canonical_json_is_that_of_securesystemslib(value: object) -> None:
    assert canonical(value) == encode_canonical(value)


def test_fractions_have_no_canonical_form() -> None:
    with pytest.raises(ValueError, match="float"):
        canonical({"a": 1.5})


def test_ed25519_agrees_with_cryptography() -> None:
    draw = random.Random(1)
    for number in range(12):
        key, message = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32)), draw.randbytes(number * 9)
        signature, name = key.sign(message), key.public_key().public_bytes_raw()
        assert ed25519.verify(name, signature, message)
        assert not ed25519.verify(name, signature, message + b".")
        place = draw.randrange(64)
        assert not ed25519.verify(name, signature[:place] + bytes([signature[place] ^ 1])
                                  + signature[place + 1:], message)
        assert not ed25519.verify(draw.randbytes(32), signature, message)


def test_ed25519_refuses_second_forms_of_a_signature() -> None:
    """RFC 8032: the scalar is below the order of the group, coordinates below the prime, lengths exact."""
    key = secret("a")
    name, signature = key.public_key().public_bytes_raw(), key.sign(b"m")
    later = (int.from_bytes(signature[32:], "little") + ed25519.ORDER).to_bytes(32, "little")
    assert not ed25519.verify(name, signature[:32] + later, b"m")
    assert not ed25519.verify((ed25519.P + 1).to_bytes(32, "little"), signature, b"m")
    assert not ed25519.verify((1 | 1 << 255).to_bytes(32, "little"), signature, b"m")
    assert not ed25519.verify(name, signature[:-1], b"m")
    assert not ed25519.verify(name[:-1], signature, b"m")


# From here on with a whole publisher and client.

@pytest.fixture
def centre(tmp_path: Path) -> Publisher:
    centre = Publisher(tmp_path, keys.LARGE)
    centre.release({"index.html": b"satu"})
    return centre


def copy_of(centre: Publisher) -> MemoryDisk:
    disk = MemoryDisk()
    run([MemorySource(centre.files())], disk, centre.roots)
    return disk


def rotate(centre: Publisher, role: str) -> None:
    before = metadata.newest_root(centre.out)
    old = before.roles["timestamp" if role == "online" else role].keyids
    start = keys.number_of_next(centre.keys, role)
    made = [keys.create_key(centre.keys, f"{role}-{start + n}", "") for n in range(len(old))]
    signers = keys.load_keys([centre.keys], "")
    data = metadata.replace_keys(centre.out, role, made, list(old), signers, "2026-11-24")
    metadata.replace(centre.out / "metadata" / f"{before.version + 1}.root.json", data)
    new = metadata.newest_root(centre.out)
    kept = {keyid for one in new.roles.values() for keyid in one.keyids}
    centre.signers = {keyid: signer for keyid, signer in signers.items() if keyid in kept}
    metadata.renew(centre.out, centre.signers, "2026-11-24")


@pytest.mark.parametrize("role", ["root", "targets", "online"])
def test_a_rotated_key_is_followed(centre: Publisher, role: str) -> None:
    disk = copy_of(centre)
    rotate(centre, role)
    centre.release({"index.html": b"dua"})
    run([MemorySource(centre.files())], disk, centre.roots)
    assert disk.site()["index.html"] == b"dua"
    assert read_seen(disk).root == 2


def test_many_rotations_while_a_copy_was_away(centre: Publisher) -> None:
    disk = copy_of(centre)
    for role in ("root", "online", "root", "targets"):
        rotate(centre, role)
    centre.release({"index.html": b"dua"})
    run([MemorySource(centre.files())], disk, centre.roots)
    assert disk.site()["index.html"] == b"dua"


def test_a_withdrawn_key_signs_nothing_any_more(centre: Publisher) -> None:
    disk, stolen = copy_of(centre), centre.signers
    rotate(centre, "online")
    run([MemorySource(centre.files())], disk, centre.roots)
    files = centre.files()
    forged = metadata.Metadata.from_bytes(files["metadata/timestamp.json"])
    forged.signed.version += 1
    forged.signatures.clear()
    for signer in stolen.values():
        forged.sign(signer, append=True)
    files["metadata/timestamp.json"] = forged.to_bytes()
    with pytest.raises(Behind, match="sumber masih memakai kunci yang sudah diganti"):
        run([MemorySource(files)], disk, centre.roots)


def test_a_thief_who_ran_the_numbers_up_is_forgotten_with_the_key(centre: Publisher) -> None:
    """TUF 5.3.11: after the online key is replaced, lower versions of timestamp and snapshot count again."""
    honest = centre.files()
    stolen = metadata.Metadata.from_bytes(honest["metadata/timestamp.json"])
    stolen.signed.version = 10**6
    stolen.signatures.clear()
    for signer in centre.signers.values():
        if signer.public_key.keyid in metadata.newest_root(centre.out).roles["timestamp"].keyids:
            stolen.sign(signer, append=True)
    disk = MemoryDisk()
    run([MemorySource({**honest, "metadata/timestamp.json": stolen.to_bytes()})], disk, centre.roots)
    rotate(centre, "online")
    centre.release({"index.html": b"dua"})
    run([MemorySource(centre.files())], disk, centre.roots)
    assert disk.site()["index.html"] == b"dua"


def test_a_source_that_withholds_a_root_is_refused(centre: Publisher) -> None:
    disk = copy_of(centre)
    rotate(centre, "online")
    run([MemorySource(centre.files())], disk, centre.roots)
    disk.now = {path: data for path, data in disk.now.items() if "2.root.json" not in path}
    files = {path: data for path, data in centre.files().items() if "2.root.json" not in path}
    with pytest.raises(Untrusted, match="sumber menahan root versi 2, yang sudah pernah dilihat"):
        run([MemorySource(files)], disk, centre.roots)


def test_an_old_release_replayed_is_refused(centre: Publisher) -> None:
    old = centre.files()
    centre.release({"index.html": b"dua"})
    disk = copy_of(centre)
    with pytest.raises(Behind, match=r"timestamp versi 1, padahal versi 2 sudah pernah dilihat\. "
                                     r"Salinan tidak dimundurkan"):
        run([MemorySource(old)], disk, centre.roots)
    assert disk.site()["index.html"] == b"dua"


def test_files_of_two_releases_mixed_are_refused(centre: Publisher) -> None:
    first, old = copy_of(centre), centre.files()
    centre.release({"index.html": b"dua"})
    new = centre.files()
    for swapped in ("metadata/2.targets.json", "metadata/2.snapshot.json"):
        files = {**new, swapped: old[swapped.replace("2.", "1.")]}
        disk = first.restarted()
        with pytest.raises(Unsettled, match="Biasanya rilis baru sedang diunggah"):
            run([MemorySource(files)], disk, centre.roots)
        assert disk.site()["index.html"] == b"satu"


def test_a_frozen_source_is_named_and_the_site_serves_on(centre: Publisher) -> None:
    disk = copy_of(centre)
    with pytest.raises(Expired) as caught:
        run([MemorySource(centre.files())], disk, centre.roots, "2027-03-01T00:00:00Z")
    assert str(caught.value) == (
        "timestamp kedaluwarsa sejak 2027-02-22 (waktu yang dipakai: 2027-03-01). Salinan lama tetap "
        "disajikan. Periksa jam komputer ini; bila jam benar, sumber ini tertinggal: "
        "coba sumber lain atau beri tahu pengelolanya.")
    assert disk.site()["index.html"] == b"satu"
    metadata.renew(centre.out, centre.signers, "2027-02-20")
    run([MemorySource(centre.files())], disk, centre.roots, "2027-03-01T00:00:00Z")


def test_a_clock_at_1970_still_updates_and_never_expires(centre: Publisher) -> None:
    disk = MemoryDisk()
    run([MemorySource(centre.files())], disk, centre.roots, "1970-01-01T00:00:07Z")
    centre.release({"index.html": b"dua"})
    run([MemorySource(centre.files())], disk, centre.roots, "1970-01-01T00:00:09Z")
    assert disk.site()["index.html"] == b"dua"


def test_a_clock_put_back_does_not_revive_an_expired_source(centre: Publisher) -> None:
    """The date of the newest release seen is a time that has passed."""
    old = centre.files()
    centre.release({"index.html": b"dua"}, date="2027-06-01")
    disk = MemoryDisk()
    run([MemorySource(centre.files())], disk, centre.roots, "2027-06-02T00:00:00Z")
    with pytest.raises(Untrusted):
        run([MemorySource(old)], disk, centre.roots, "1970-01-01T00:00:00Z")


def test_a_clock_ten_years_ahead_does_no_lasting_harm(centre: Publisher) -> None:
    disk = copy_of(centre)
    centre.release({"index.html": b"dua"})
    with pytest.raises(Expired,
                       match=r"root kedaluwarsa sejak 2028-10-31 \(waktu yang dipakai: 2036-11-24\)"):
        run([MemorySource(centre.files())], disk, centre.roots, "2036-11-24T00:00:00Z")
    assert disk.site()["index.html"] == b"satu"
    run([MemorySource(centre.files())], disk, centre.roots)
    assert disk.site()["index.html"] == b"dua"


def test_too_few_keys_publish_nothing(centre: Publisher) -> None:
    before = centre.files()["metadata/timestamp.json"]
    one = {keyid: signer for keyid, signer in centre.signers.items()
           if keyid != metadata.newest_root(centre.out).roles["targets"].keyids[0]}
    centre.signers = one
    with pytest.raises(keys.KeyProblem, match="tanda tangan targets belum cukup: 1 dari 2 kunci tersedia"):
        centre.release({"index.html": b"dua"})
    assert centre.files()["metadata/timestamp.json"] == before


def test_the_memory_of_a_copy_may_be_damaged(centre: Publisher) -> None:
    for name in ("timestamp.json", "snapshot.json", "targets.json", "manifes.json"):
        for damage in (b"", b"{}", b"\0" * 50, b'{"signed":1}'):
            disk = copy_of(centre)
            disk.now[f".simpul/metadata/{name}"] = damage
            try:
                run([MemorySource(centre.files())], disk, centre.roots)
            except MirrorError as error:
                pytest.fail(f"{name} {damage!r}: {error}")
