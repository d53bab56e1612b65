"""Each object of a release once more in gzip, signed beside the other, made once and dropped with it."""

import gzip
import json
from pathlib import Path

from simpul.mirror import metadata, twins
from simpul.mirror.client import manifest as manifests
from simpul.mirror.client import pack
from simpul.mirror.client.manifest import Manifest
from simpul.mirror.client.tree import sha256
from simpul.mirror.forget import Wish
from simpul.mirror.release import Terms, collect, publish_release
from tests.mirror.world import Publisher


def signed_twin(centre: Publisher) -> Manifest:
    """The gzip manifest that the newest targets name."""
    newest = max((centre.out / "metadata").glob("*.targets.json"),
                 key=lambda one: int(one.name.split(".")[0]))
    named = json.loads(newest.read_bytes())["signed"]["targets"][twins.NAME]
    data = (centre.out / "manifes" / f"{named['hashes']['sha256']}.{twins.NAME}").read_bytes()
    assert (len(data), sha256(data)) == (named["length"], named["hashes"]["sha256"])
    return manifests.decode(data)


def zipped(centre: Publisher) -> set[str]:
    return {place.name for place in (centre.out / "objek").glob("*.gz")}


def test_twins_hold_what_the_others_hold(tmp_path: Path) -> None:
    centre = Publisher(tmp_path)
    centre.release({"index.html": b"satu" * 900, "a.html": b"a"})
    made = centre.release({"index.html": b"dua" * 900})
    twin = signed_twin(centre)
    assert twin == made._replace(packs=twin.packs, deltas=twin.deltas, zips=())
    assert len(twin.objects) == len(made.objects) > 1
    for item, other in zip(made.objects, twin.objects, strict=True):
        data = (centre.out / twins.path(other)).read_bytes()
        assert (sha256(data), len(data), other.unpacked) == (other.sha256, other.size, item.unpacked)
        assert gzip.decompress(data) == pack.decompress((centre.out / item.path).read_bytes(), item.unpacked)
        assert data[3:9] == bytes(5) + b"\x02", "no name, no time: the same bytes every day"


def test_a_twin_is_made_once(tmp_path: Path) -> None:
    centre = Publisher(tmp_path)
    made = centre.release({"index.html": b"satu"})
    assert [data for _, data in twins.make_twins(centre.out, made)] == [None]


def test_gc_drops_twins_with_their_releases(tmp_path: Path) -> None:
    centre = Publisher(tmp_path)
    for number in range(5):
        centre.release({"index.html": bytes([number]) * 900})
    collect(centre.out, 2)
    kept = twins.read_twins(centre.out)
    assert sorted(kept) == [4, 5]
    wanted = {twins.path(item).removeprefix("objek/") for one in kept.values() for item in one.objects}
    assert zipped(centre) == wanted


def test_what_is_forgotten_leaves_the_twins(tmp_path: Path) -> None:
    centre = Publisher(tmp_path)
    centre.release({"index.html": b"beranda", "a.html": b"nama yang dicabut"})
    centre.write({"a.html": None})
    publish_release(centre.site, centre.out, centre.keys, centre.signers,
                    Terms("2026-11-25", forget=Wish(("a.html",))))
    assert zipped(centre)
    assert not [name for name in zipped(centre)
                if b"nama yang dicabut" in gzip.decompress((centre.out / "objek" / name).read_bytes())]


def test_renewed_metadata_still_name_both(tmp_path: Path) -> None:
    centre = Publisher(tmp_path)
    made = centre.release({"index.html": b"satu"})
    metadata.renew(centre.out, centre.signers, "2027-10-01")
    assert signed_twin(centre).tree == made.tree
