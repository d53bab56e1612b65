"""What a client keeps of metadata that is good only in part: each role counts once it is verified, whatever
follows, so that nothing older is taken later. The cases are those of the public suite tuf-conformance, under
its names; the others are in test_mirror_scenarios, which says what is left out.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from simpul.mirror.client.errors import Behind, Unsettled, Untrusted
from simpul.mirror.client.refresh import Refresh
from tests.mirror.world import NOW, MemorySource, quiet
from tests.test_mirror_scenarios import LATER, PAST, Client, Repository
from tests.test_mirror_trust import signed

ALL = ("root", "targets", "snapshot", "timestamp")


def kept(client: Client) -> tuple[int, int, int, int]:
    """Versions of root, timestamp, snapshot and targets that are kept."""
    return (client.roots, *(client.kept(role) for role in ("timestamp", "snapshot", "targets")))


@pytest.fixture
def repository() -> Repository:
    return Repository()


@pytest.fixture
def client(repository: Repository) -> Client:
    return Client(repository)


CASES = [("root", (1, 0, 0, 0)), ("timestamp", (2, 0, 0, 0)), ("snapshot", (2, 2, 0, 0)),
         ("targets", (2, 2, 2, 0))]


@pytest.mark.parametrize(("role", "expected"), CASES)
def test_unsigned_metadata(repository: Repository, client: Client, role: str,
                           expected: tuple[int, ...]) -> None:
    repository.signers[role] = []
    repository.publish(*ALL)
    assert not client.refresh()
    assert kept(client) == expected


@pytest.mark.parametrize(("role", "expected"), [case for case in CASES if case[0] != "timestamp"])
def test_url_and_metadata_version_mismatch(repository: Repository, client: Client, role: str,
                                           expected: tuple[int, ...]) -> None:
    repository.publish(*ALL)
    repository.bodies[role]["version"] = 3
    repository.files[f"metadata/2.{role}.json"] = signed(repository.bodies[role], role)
    assert not client.refresh()
    assert kept(client) == expected


def test_targets_hash_mismatch() -> None:
    repository = Repository(hashed=True)
    client = Client(repository)
    assert client.refresh()
    repository.publish("targets", "snapshot")
    repository.bodies["snapshot"]["meta"]["targets.json"]["hashes"]["sha256"] = "0" * 64
    repository.write("snapshot")
    repository.publish("timestamp")
    assert not client.refresh()
    assert kept(client) == (1, 2, 2, 1)


def test_snapshot_hash_mismatch() -> None:
    repository = Repository(hashed=True)
    client = Client(repository)
    assert client.refresh()
    repository.publish("snapshot", "timestamp")
    repository.bodies["timestamp"]["meta"]["snapshot.json"]["hashes"]["sha256"] = "0" * 64
    repository.write("timestamp")
    assert not client.refresh()
    assert kept(client) == (1, 2, 1, 1)


@pytest.mark.parametrize(("role", "expected"), [("snapshot", (1, 2, 1, 1)), ("targets", (1, 2, 2, 1))])
def test_snapshot_404_and_targets_404(repository: Repository, client: Client, role: str,
                                      expected: tuple[int, ...]) -> None:
    """Named by what is signed, and not there: as while a release is being uploaded."""
    assert client.refresh()
    repository.publish("targets", "snapshot", "timestamp")
    del repository.files[f"metadata/2.{role}.json"]
    with pytest.raises(Unsettled, match=rf"belum memuat metadata/2\.{role}\.json, yang sudah disebutnya\. "
                                        r"Tidak ada yang dipasang; .* ulangi satu jam lagi"):
        Refresh(MemorySource(repository.files), client.disk, {1: client.root}, NOW, quiet()).run()
    assert kept(client) == expected


def test_timestamp_404(repository: Repository, client: Client) -> None:
    assert client.refresh()
    del repository.files["metadata/timestamp.json"]
    assert not client.refresh()
    assert client.asked[-1] == "metadata/timestamp.json"
    assert kept(client) == (1, 1, 1, 1)


def test_metadata_bytes_match(repository: Repository, client: Client) -> None:
    data = repository.files["metadata/timestamp.json"] + b" "
    repository.files["metadata/timestamp.json"] = data
    assert client.refresh()
    assert client.disk.now[".simpul/metadata/timestamp.json"] == data


def test_incorrect_metadata_type(repository: Repository, client: Client) -> None:
    """Rightly signed by a key of the role, but another role's."""
    assert client.refresh()
    repository.authorise("snapshot", ["timestamp"])
    repository.signers["snapshot"] = ["timestamp"]
    repository.publish("root", "snapshot")
    repository.files["metadata/timestamp.json"] = repository.files["metadata/2.snapshot.json"]
    assert not client.refresh()
    assert (client.roots, client.seen.timestamp) == (2, 0)


def test_faketime(repository: Repository, client: Client) -> None:
    assert client.refresh()
    assert not client.refresh("2027-06-02T00:00:00Z")


def test_expired_local_root(repository: Repository, client: Client) -> None:
    repository.change("root", expires="2026-12-01T00:00:00Z")
    repository.publish("root")
    assert client.refresh()
    repository.change("root", expires=LATER)
    repository.publish("root")
    assert client.refresh("2026-12-12T00:00:00Z")
    assert client.roots == 3


def test_targets_role_removal(repository: Repository, client: Client) -> None:
    repository.publish("snapshot", "timestamp")
    assert client.refresh()
    repository.bodies["snapshot"].update(meta={}, version=3)
    repository.write("snapshot")
    repository.publish("timestamp")
    assert not client.refresh()
    assert client.kept("snapshot") == 2


@pytest.mark.parametrize(("change", "accepted"), [
    (lambda signatures: signatures.append(signatures[0]), False),
    (lambda signatures: signatures.append({"keyid": "asing", "sig": "00" * 64}), True),
    (lambda signatures: signatures.append({"keyid": "asing", "sig": ""}), True),
    (lambda signatures: signatures.append({"keyid": "asing", "sig": "bukan hex"}), True),
], ids=["duplicate_sig_keyids", "invalid_sig_in_valid_metadata", "empty", "no hex"])
def test_signatures_besides(repository: Repository, client: Client, change: Callable[[Any], None],
                            accepted: bool) -> None:
    document = json.loads(repository.files["metadata/1.snapshot.json"])
    change(document["signatures"])
    repository.files["metadata/1.snapshot.json"] = json.dumps(document).encode()
    assert client.refresh() == accepted
    assert client.kept("snapshot") == accepted


def test_download_with_unknown_hash_algorithm(repository: Repository, client: Client) -> None:
    [entry] = repository.bodies["targets"]["targets"].values()
    entry["hashes"] = {"blake": "0" * 64}
    repository.publish("targets", "snapshot", "timestamp")
    assert not client.download()
    assert client.disk.site() == {}


def test_artifact_cache(repository: Repository, client: Client) -> None:
    assert client.download()
    repository.publish("timestamp")
    assert client.download()


def test_nothing_older_is_taken_after_half_a_refresh(repository: Repository, client: Client) -> None:
    """A host that shows the new timestamp and withholds the rest cannot go back to the old one."""
    assert client.refresh()
    old = dict(repository.files)
    repository.release(b"dua")
    new = dict(repository.files)
    del repository.files["metadata/2.targets.json"]
    assert not client.refresh()
    repository.files = old
    with pytest.raises(Behind, match="timestamp versi 1, padahal versi 2 sudah pernah dilihat"):
        Refresh(MemorySource(old), client.disk, {1: client.root}, NOW, quiet()).run()
    repository.files = new
    assert client.download()
    assert client.disk.site() == {"index.html": b"dua"}


def test_a_newer_timestamp_that_names_an_older_snapshot_is_no_race(repository: Repository,
                                                                   client: Client) -> None:
    repository.publish("snapshot", "timestamp")
    assert client.refresh()
    repository.bodies["timestamp"]["meta"]["snapshot.json"]["version"] = 1
    repository.bodies["timestamp"]["version"] = 3
    repository.write("timestamp")
    with pytest.raises(Untrusted) as caught:
        Refresh(MemorySource(repository.files), client.disk, {1: client.root}, NOW, quiet()).run()
    assert caught.value.code == 3


def test_expired_is_an_age_and_not_an_attack(repository: Repository, client: Client) -> None:
    repository.change("timestamp", expires=PAST)
    repository.publish("timestamp")
    with pytest.raises(Behind, match="kedaluwarsa"):
        Refresh(MemorySource(repository.files), client.disk, {1: client.root}, NOW, quiet()).run()
