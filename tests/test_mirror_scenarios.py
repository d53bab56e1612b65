"""The client driven from outside, as TUF clients are compared: init, refresh, download. Each test bears the
name under which the public suite tuf-conformance holds its scenario; the scenarios are written anew for this
client.

Left out, because this client has no such thing and refuses or ignores it (each held by a test at the end):
delegated roles (delegation graphs, delegated expiry, unusual role names), keys other than Ed25519, targets
besides the manifest (several artifacts, artifacts in folders, prefixed by other hashes), repositories without
consistent snapshots. Otherwise than there: a rotated snapshot key does not forgive higher versions of
targets: for that, the keys of targets themselves are rotated. What is kept of a refresh that is refused
half-way is in test_mirror_kept.
"""

import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from simpul.mirror.client import manifest as manifests
from simpul.mirror.client import pack
from simpul.mirror.client.errors import Expired, MirrorError, Untrusted
from simpul.mirror.client.manifest import Manifest, Object
from simpul.mirror.client.refresh import Refresh
from simpul.mirror.client.state import Seen, read_seen
from simpul.mirror.client.tree import File, sha256, tree_hash
from tests.mirror.world import NOW, Killed, MemoryDisk, MemorySource, quiet, run
from tests.test_mirror_trust import public, signed

ROLES = ("timestamp", "snapshot", "targets")
LATER, PAST = "2027-06-01T00:00:00Z", "2026-11-20T00:00:00Z"


class Repository:
    """Metadata by role, published on command. One key a role at first; `hashed` adds hashes and lengths."""

    def __init__(self, hashed: bool = False) -> None:
        self.hashed, self.files = hashed, dict[str, bytes]()
        self.signers = {role: [role] for role in ("root", *ROLES)}
        common: dict[str, Any] = {"spec_version": "1.0.31", "version": 0, "expires": LATER}
        self.bodies: dict[str, dict[str, Any]] = {
            "root": {**common, "_type": "root", "consistent_snapshot": True, "keys": {}, "roles": {}},
            "timestamp": {**common, "_type": "timestamp"}, "snapshot": {**common, "_type": "snapshot"},
            "targets": {**common, "_type": "targets", "targets": {}},
        }
        for role in self.signers:
            self.authorise(role, [role])
        self.offer(b"satu")
        self.publish("root", "targets", "snapshot", "timestamp")

    def authorise(self, role: str, names: list[str], threshold: int = 1) -> None:
        """Who may sign for a role, from the next root on."""
        root = self.bodies["root"]
        root["keys"].update({name: {"keytype": "ed25519", "scheme": "ed25519",
                                    "keyval": {"public": public(name)}} for name in names})
        root["roles"][role] = {"keyids": list(names), "threshold": threshold}

    def rotate(self, role: str, *signers_of_root: str) -> None:
        """A new key for a role, in a new root."""
        name = f"{role}-{self.bodies['root']['version']}"
        self.authorise(role, [name])
        self.signers[role] = [name]
        self.signers["root"] = [*signers_of_root] or self.signers["root"]
        self.publish("root")

    def offer(self, content: bytes) -> None:
        """A release with one page, as the only target."""
        plain = pack.encode([("index.html", content)])
        data = pack.compress(plain)
        item = Object(sha256(data), len(data), len(plain))
        tree = {"index.html": File(len(content), sha256(content))}
        number = self.bodies["targets"]["version"] + 1
        self.files[item.path] = data
        self.name(Manifest(number, "2026-11-24", 30, "", tree_hash(tree), 1, len(content), (item,), ()))

    def name(self, release: Manifest) -> None:
        """This manifest as the only target."""
        manifest = manifests.encode(release)
        self.files[f"manifes/{sha256(manifest)}.manifes.json"] = manifest
        self.bodies["targets"]["targets"] = {"manifes.json": {"length": len(manifest),
                                                              "hashes": {"sha256": sha256(manifest)}}}

    def publish(self, *roles: str, bump: bool = True) -> None:
        """The next version of each role, in the order named; snapshot and timestamp name what they find."""
        for role in roles:
            body = self.bodies[role]
            body["version"] += bump
            if role == "snapshot":
                body["meta"] = {"targets.json": self._meta("targets")}
            if role == "timestamp":
                body["meta"] = {"snapshot.json": self._meta("snapshot")}
            self.write(role)

    def _meta(self, role: str) -> dict[str, Any]:
        data, meta = signed(self.bodies[role], *self.signers[role]), {"version": self.bodies[role]["version"]}
        return {**meta, "length": len(data),
                "hashes": {"sha256": hashlib.sha256(data).hexdigest()}} if self.hashed else meta

    def write(self, role: str) -> None:
        """The host now gives this role as it stands."""
        name = "timestamp" if role == "timestamp" else f"{self.bodies[role]['version']}.{role}"
        self.files[f"metadata/{name}.json"] = signed(self.bodies[role], *self.signers[role])

    def change(self, role: str, **fields: Any) -> None:
        self.bodies[role].update(copy.deepcopy(fields))

    def release(self, content: bytes) -> None:
        """What an honest publisher does."""
        self.offer(content)
        self.publish("targets", "snapshot", "timestamp")


class Client:
    """A client that was given the first root of a repository."""

    def __init__(self, repository: Repository, root: bytes | None = None) -> None:
        self.repository, self.disk = repository, MemoryDisk()
        self.root = repository.files["metadata/1.root.json"] if root is None else root
        self.asked: list[str] = []

    def refresh(self, now: str = NOW) -> bool:
        """Whether the metadata was accepted."""
        source = MemorySource(self.repository.files)
        self.asked = source.asked
        try:
            Refresh(source, self.disk, {1: self.root}, now, quiet()).run()
        except MirrorError:
            return False
        return True

    def download(self, now: str = NOW) -> bool:
        """Whether the release was installed."""
        try:
            run([MemorySource(self.repository.files)], self.disk, {1: self.root}, now)
        except MirrorError:
            return False
        return True

    @property
    def seen(self) -> Seen:
        return read_seen(self.disk)

    def kept(self, role: str) -> int:
        """The version of a role that is kept; 0 for none, as after its keys were replaced (5.3.11)."""
        version: int = json.loads(self.disk.now.get(f".simpul/metadata/{role}.json",
                                                    b'{"signed": {"version": 0}}'))["signed"]["version"]
        return version

    @property
    def roots(self) -> int:
        """The newest root kept."""
        return max((int(name.split(".")[0]) for name in self.disk.names(".simpul/metadata")
                    if name.endswith(".root.json")), default=1)


@pytest.fixture
def repository() -> Repository:
    return Repository()


@pytest.fixture
def client(repository: Repository) -> Client:
    return Client(repository)


def both(test: Callable[..., None]) -> Callable[..., None]:
    return pytest.mark.parametrize("hashed", [False, True], ids=["basic", "with hashes"])(test)


# Basic.

def test_basic_init_and_refresh(client: Client) -> None:
    assert client.refresh()
    assert [path for path in client.asked if path.startswith("metadata/")] == [
        "metadata/2.root.json", "metadata/timestamp.json", "metadata/1.snapshot.json",
        "metadata/1.targets.json"]
    assert client.seen[-4:] == (1, 1, 1, 1)


def test_implicit_refresh(client: Client) -> None:
    """A download without a refresh before it refreshes first."""
    assert client.download()
    assert client.disk.site() == {"index.html": b"satu"}


@pytest.mark.parametrize("change", [
    lambda root: root["signed"].pop("version"), lambda root: root["signatures"][0].update(sig="30" * 71),
    lambda root: root.update(signatures=[]),
], ids=["invalid_initial_root", "unsigned_initial_root", "no signature"])
def test_a_bad_initial_root(repository: Repository, change: Callable[[Any], None]) -> None:
    root = json.loads(repository.files["metadata/1.root.json"])
    change(root)
    client = Client(repository, json.dumps(root).encode())
    assert not client.refresh()
    assert client.asked == []


@pytest.mark.parametrize("name", ["timestamp_content_changes", "timestamp_eq_versions_check"])
def test_a_timestamp_of_the_same_version(repository: Repository, client: Client, name: str) -> None:
    """Other content under the same version does not replace the one that is known."""
    assert client.refresh()
    before = client.disk.now[".simpul/metadata/timestamp.json"]
    repository.bodies["timestamp"]["meta"]["snapshot.json"]["version"] = 100
    repository.write("timestamp")
    assert client.refresh()
    assert client.disk.now[".simpul/metadata/timestamp.json"] == before


def test_new_targets_hash_mismatch() -> None:
    repository = Repository(hashed=True)
    client = Client(repository)
    assert client.refresh()
    repository.publish("targets", "snapshot", "timestamp")
    repository.change("targets", tambahan=1)
    repository.write("targets")
    assert not client.refresh()
    assert client.seen[-3:] == (2, 2, 1)


def test_new_targets_version_mismatch(repository: Repository, client: Client) -> None:
    """Targets that no snapshot names are not looked at."""
    assert client.refresh()
    repository.publish("targets")
    assert client.refresh()
    assert client.seen.targets == 1


def test_custom_fields(repository: Repository, client: Client) -> None:
    assert client.refresh()
    root = repository.bodies["root"]
    root["custom-field"] = "value"
    root["keys"]["root"]["extra-field"] = {"a": 1, "b": 2}
    root["roles"]["root"]["another-field"] = "value"
    repository.publish("root")
    assert client.refresh()
    assert client.seen.root == 2


# Rollback.

def test_simple_snapshot_rollback() -> None:
    """A snapshot of a lower version, while the timestamp names the higher one, which is here already."""
    repository = Repository(hashed=True)
    client = Client(repository)
    repository.publish("snapshot", "timestamp")
    assert client.refresh()
    repository.change("snapshot", version=1)
    repository.write("snapshot")
    assert client.refresh()
    assert client.seen.snapshot == 2
    assert not [path for path in client.asked if "snapshot" in path]


def test_new_timestamp_version_rollback(repository: Repository, client: Client) -> None:
    repository.publish("timestamp")
    assert client.refresh()
    repository.change("timestamp", version=1)
    repository.publish("timestamp", bump=False)
    assert not client.refresh()
    assert client.seen.timestamp == 2
    assert client.asked[-1] == "metadata/timestamp.json"


@both
def test_snapshot_rollback(hashed: bool) -> None:
    repository = Repository(hashed)
    client = Client(repository)
    repository.publish("snapshot", "timestamp")
    assert client.refresh()
    repository.change("snapshot", version=1)
    repository.publish("snapshot", bump=False)
    repository.publish("timestamp")
    assert not client.refresh()
    assert (client.seen.timestamp, client.seen.snapshot) == (2, 2)
    assert client.asked[-1] == "metadata/timestamp.json"


@both
def test_targets_rollback(hashed: bool) -> None:
    repository = Repository(hashed)
    client = Client(repository)
    repository.release(b"dua")
    assert client.refresh()
    repository.change("targets", version=1)
    repository.publish("targets", bump=False)
    repository.publish("snapshot", "timestamp")
    assert not client.refresh()
    assert client.seen.targets == 2


def test_new_snapshot_version_mismatch(repository: Repository, client: Client) -> None:
    repository.change("snapshot", version=2)
    repository.files["metadata/1.snapshot.json"] = signed(repository.bodies["snapshot"], "snapshot")
    assert not client.refresh()
    assert client.asked[-1] == "metadata/1.snapshot.json"
    assert client.seen == Seen(root=1, timestamp=1)


@pytest.mark.parametrize(("name", "roles"), [
    ("new_timestamp_fast_forward_recovery", ("timestamp",)),
    ("new_snapshot_fast_forward_recovery", ("snapshot", "timestamp"))])
def test_fast_forward_recovery(repository: Repository, client: Client, name: str,
                               roles: tuple[str, ...]) -> None:
    """A thief ran the versions up; with new keys, low ones count again."""
    repository.change(roles[0], version=99_998)
    repository.publish(roles[0])
    if roles[0] == "snapshot":
        repository.publish("timestamp")
    assert client.refresh()
    assert getattr(client.seen, roles[0]) == 99_999
    for role in roles:
        repository.rotate(role)
        repository.change(role, version=0)
    repository.publish(*(role for role in ("snapshot", "timestamp") if role in roles))
    assert client.refresh()
    assert getattr(client.seen, roles[0]) == 1


def test_new_targets_fast_forward_recovery(repository: Repository, client: Client) -> None:
    """Here by targets' keys: the snapshot's alone do not lower what was seen of targets and the release."""
    repository.change("targets", version=99_998)
    repository.release(b"palsu")
    assert client.download()
    assert client.seen.release == 99_999
    repository.rotate("snapshot")
    repository.change("targets", version=0)
    repository.release(b"dua")
    assert not client.download()
    repository.rotate("targets")
    repository.publish("targets", "snapshot", "timestamp")
    assert client.download()
    assert (client.seen.targets, client.seen.release) == (2, 1)
    assert client.disk.site()["index.html"] == b"dua"


def test_a_recovery_killed_anywhere_is_finished_by_the_next_run(repository: Repository,
                                                                client: Client) -> None:
    repository.change("targets", version=99_998)
    repository.change("snapshot", version=99_998)
    repository.release(b"palsu")
    assert client.download()
    repository.rotate("targets")
    repository.change("targets", version=0)
    repository.publish("targets")
    repository.release(b"dua")
    done = Client(repository)
    done.disk = client.disk.restarted()
    assert done.download()
    for at in range(1, done.disk.count + 1):
        again = Client(repository)
        again.disk = client.disk.restarted()
        again.disk.fail_at = at
        with pytest.raises(Killed):
            again.download()
        again.disk = again.disk.restarted()
        assert again.download(), at
        assert again.disk.site() == {"index.html": b"dua"}


def test_forgiven_once(repository: Repository, client: Client) -> None:
    """A copy whose metadata was emptied takes no old rotation, and so no old release, for a new one."""
    repository.rotate("targets")
    repository.rotate("timestamp")
    repository.release(b"dua")
    old = dict(repository.files)
    repository.release(b"tiga")
    assert client.download()
    for lost in (".simpul/metadata/", ".simpul/"):
        emptied = Client(repository)
        emptied.disk = MemoryDisk({path: data for path, data in client.disk.now.items()
                                   if not path.startswith(lost)})
        emptied.repository = copy.copy(repository)
        emptied.repository.files = old
        assert not emptied.download()
        assert emptied.disk.site()["index.html"] == b"tiga"


# Keys and thresholds.

def test_root_has_keys_but_not_snapshot(repository: Repository, client: Client) -> None:
    """A threshold counts signatures, not keys the root lists; a key it does not list cannot be named."""
    assert client.refresh()
    repository.authorise("snapshot", ["snapshot", "s2", "s3", "s4"], 3)
    repository.signers["snapshot"] = ["snapshot", "s2", "s3", "s4"]
    repository.publish("root", "snapshot", "timestamp")
    assert client.refresh()
    repository.bodies["root"]["roles"]["snapshot"]["threshold"] = 5
    repository.publish("root", "snapshot", "timestamp")
    assert not client.refresh()
    assert (client.roots, client.seen.snapshot) == (3, 2)
    repository.bodies["root"]["roles"]["snapshot"]["keyids"].append("nobody")
    repository.publish("root", "snapshot", "timestamp")
    assert not client.refresh()
    assert (client.roots, client.seen.snapshot) == (3, 2)


def test_wrong_hashing_algorithm(repository: Repository, client: Client) -> None:
    """A field of old specifications in a key means nothing."""
    assert client.refresh()
    repository.bodies["root"]["keys"]["snapshot"]["keyid_hash_algorithms"] = ["md5"]
    repository.publish("root", "snapshot", "timestamp")
    assert client.refresh()
    assert (client.seen.root, client.seen.snapshot) == (2, 2)


def test_snapshot_threshold(repository: Repository, client: Client) -> None:
    assert client.refresh()
    repository.signers["snapshot"] = ["snapshot", "s2", "s3", "s4", "s5"]
    repository.authorise("snapshot", repository.signers["snapshot"], 6)
    repository.publish("root", "snapshot", "timestamp")
    assert not client.refresh()
    assert client.kept("snapshot") == 0


def test_duplicate_keys_root(repository: Repository, client: Client) -> None:
    """One key under ten names is one key."""
    assert client.refresh()
    names = [f"n{number}" for number in range(10)]
    repository.authorise("snapshot", names, 6)
    for name in names:
        repository.bodies["root"]["keys"][name]["keyval"]["public"] = public("snapshot")
    repository.publish("root", "snapshot")
    document = json.loads(signed(repository.bodies["snapshot"], "snapshot"))
    document["signatures"] = [{**document["signatures"][0], "keyid": name} for name in names]
    repository.files["metadata/2.snapshot.json"] = json.dumps(document).encode()
    repository.publish("timestamp")
    assert not client.refresh()
    assert client.kept("snapshot") == 0


# Expiry.

def test_root_expired(repository: Repository, client: Client) -> None:
    """The root itself is followed and kept (5.3.10), the rest is not looked at."""
    assert client.refresh()
    repository.publish("root")
    assert client.refresh()
    repository.change("root", expires=PAST)
    repository.publish("root", "targets", "snapshot", "timestamp")
    assert not client.refresh()
    assert (client.roots, client.seen[-3:]) == (3, (1, 1, 1))
    repository.change("root", expires=LATER)
    repository.publish("root")
    assert client.refresh()


@pytest.mark.parametrize(("role", "seen"), [("timestamp", (1, 1, 1)), ("snapshot", (2, 1, 1)),
                                            ("targets", (2, 2, 1))])
def test_role_expired(repository: Repository, client: Client, role: str, seen: tuple[int, ...]) -> None:
    """timestamp_expired, snapshot_expired, targets_expired."""
    assert client.refresh()
    repository.change(role, expires=PAST)
    repository.publish("targets", "snapshot", "timestamp")
    with pytest.raises(Expired, match=f"{role} kedaluwarsa sejak 2026-11-20"):
        run([MemorySource(repository.files)], client.disk, {1: client.root}, NOW)
    assert client.seen[-3:] == seen


def test_expired_metadata(repository: Repository, client: Client) -> None:
    """What is remembered may have expired and still serves to hold the new against."""
    repository.change("timestamp", expires="2026-12-01T00:00:00Z")
    repository.publish("timestamp")
    assert client.refresh()
    repository.change("timestamp", expires=LATER)
    repository.publish("targets", "snapshot", "timestamp")
    assert client.refresh("2026-12-12T00:00:00Z")
    assert client.seen[-3:] == (3, 2, 2)


# Download.

def test_client_downloads_expected_file(client: Client) -> None:
    assert client.refresh()
    assert client.disk.site() == {}
    assert client.download()
    assert client.disk.site() == {"index.html": b"satu"}


def test_repository_substitutes_target_file(repository: Repository, client: Client) -> None:
    """Both things that may be swapped: the target of TUF, and what it names by hash."""
    assert client.download()
    repository.release(b"dua")
    honest = dict(repository.files)
    for path in [path for path in honest if path.startswith(("manifes/", "objek/"))]:
        repository.files = {**honest, path: b"jahat, jangan dipasang"}
        client.download()
        assert client.disk.site()["index.html"] in (b"satu", b"dua")
    repository.files = honest
    assert client.download()
    assert client.disk.site() == {"index.html": b"dua"}


def test_multiple_changes_to_target(repository: Repository, client: Client) -> None:
    """Ten releases of which the copy sees every third; in between the host swaps contents."""
    for number in range(11):
        repository.release(f"isi {number}".encode())
        if number % 3 == 0:
            assert client.download()
            assert client.disk.site() == {"index.html": f"isi {number}".encode()}
            honest = dict(repository.files)
            repository.files = {path: b"jahat" if path.startswith("objek/") else data
                                for path, data in honest.items()}
            client.download()
            assert client.disk.site() == {"index.html": f"isi {number}".encode()}
            repository.files = honest


# Rotation. A root is `threshold of keys by signers`; one letter a key.

ROOTS = {
    "1-of-1-key-rotation": ("1 a a", "1 b ba", "1 b b"),
    "1-of-1-key-rotation-unused-signatures": ("1 a cad", "1 b cbad", "1 b cbd"),
    "3-of-5-sign-with-different-keycombos": ("3 abcde ace", "3 abcde aeb", "3 abcde abd", "3 abcde abd"),
    "3-of-5-one-key-rotated": ("3 abcde ace", "3 abdef aeb"),
    "3-of-5-one-key-rotated-with-intermediate-step": ("3 abcde ace", "3 abdef acef", "3 abdef aef"),
    "3-of-5-all-keys-rotated-with-intermediate-step": ("3 abcde ace", "3 fghij acefgh", "3 fghij fgh"),
    "1-of-3-threshold-increase-to-2-of-3": ("1 abc a", "2 abc ab"),
    "2-of-3-threshold-decrease-to-1-of-3": ("2 abc ab", "1 abc ab", "1 abc a"),
    "1-of-2-threshold-increase-to-2-of-2": ("1 a a", "2 ab ab"),
}
BAD_ROOTS = {
    "not-signed-with-old-key": ("1 a a", "1 b bcd"), "not-signed-with-new-key": ("1 a a", "1 b acd"),
    "not-signed-with-3-new-keys": ("3 abcde ace", "3 abdef ace"),
    "not-signed-with-3-old-keys": ("3 abcde ace", "3 abdef aef"),
    "new-threshold-not-reached": ("1 abc a", "2 abc b"), "old-threshold-not-reached": ("2 abc ab", "1 abc a"),
}


def with_roots(versions: tuple[str, ...]) -> Client:
    repository = Repository()
    del repository.files["metadata/1.root.json"]
    repository.change("root", version=0)
    for version in versions:
        threshold, keys, signers = version.split()
        repository.authorise("root", list(keys), int(threshold))
        repository.signers["root"] = list(signers)
        repository.publish("root")
    return Client(repository)


@pytest.mark.parametrize("name", ROOTS)
def test_root_rotation(name: str) -> None:
    client = with_roots(ROOTS[name])
    assert client.refresh()
    assert client.seen.root == len(ROOTS[name])


@pytest.mark.parametrize("name", BAD_ROOTS)
def test_root_rotation_fails(name: str) -> None:
    client = with_roots(BAD_ROOTS[name])
    assert not client.refresh()
    assert client.roots == 1


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("version", "accepted"), [
    ("1 b b", True), ("1 a cad", True), ("1 b acd", False), ("3 abdef ace", False), ("3 abdef ae", False),
    ("3 abcde ace", True),
    ("3 abcde aeb", True), ("3 abcde abd", True), ("3 abcde bcd", True), ("3 abcde cde", True)])
def test_non_root_rotations(repository: Repository, client: Client, role: str, version: str,
                            accepted: bool) -> None:
    threshold, keys, signers = version.split()
    repository.authorise(role, list(keys), int(threshold))
    repository.signers[role] = list(signers)
    repository.publish("root", "targets", "snapshot", "timestamp")
    assert client.refresh() == accepted
    assert client.roots == 2


# What this client has not.

def test_delegations_are_not_followed(repository: Repository, client: Client) -> None:
    """A delegated role, however it is called, is neither asked for nor trusted."""
    for name in ("lain", "?", "#", "/lain", "../lain"):
        repository.change("targets", delegations={"keys": {}, "roles": [
            {"name": name, "keyids": [], "threshold": 1, "terminating": False, "paths": ["*"]}]})
        repository.publish("targets", "snapshot", "timestamp")
        assert client.refresh()
        assert not [path for path in client.asked if "lain" in path or "%" in path]


def test_other_kinds_of_keys_count_for_nothing(repository: Repository, client: Client) -> None:
    assert client.refresh()
    repository.bodies["root"]["keys"]["snapshot"].update(keytype="ecdsa", scheme="ecdsa-sha2-nistp256")
    repository.publish("root", "snapshot", "timestamp")
    with pytest.raises(Untrusted, match="tanda tangan snapshot tidak sah: 0 dari 1"):
        Refresh(MemorySource(repository.files), client.disk, {1: client.root}, NOW, quiet()).run()


def test_targets_besides_the_manifest_are_ignored(repository: Repository, client: Client) -> None:
    repository.bodies["targets"]["targets"]["folder/lain.txt"] = {"length": 1, "hashes": {"sha256": "0" * 64}}
    repository.publish("targets", "snapshot", "timestamp")
    assert client.download()
    assert client.disk.site() == {"index.html": b"satu"}
    repository.change("targets", targets={"folder/lain.txt": {"length": 1, "hashes": {"sha256": "0" * 64}}})
    repository.publish("targets", "snapshot", "timestamp")
    assert not client.download()
