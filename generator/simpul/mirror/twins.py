"""The same release for programs without xz, such as those in PHP: each object once more in gzip, and a
manifest that names these. It has the form of the other, and is signed beside it.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from simpul.mirror.client import manifest as manifests
from simpul.mirror.client import pack
from simpul.mirror.client.manifest import Manifest, Object
from simpul.mirror.client.tree import sha256

NAME = "manifes-gzip.json"
GZIP = 16 + zlib.MAX_WBITS  # zlib's word for: with the head of gzip, which then holds no time and no name
MEMORY = 9  # the most that zlib may use to compress


def path(item: Object) -> str:
    """Where the gzip form lies in a release folder."""
    return f"objek/{item.sha256}.gz"


def make_twins(out: Path, manifest: Manifest) -> Iterator[tuple[Object, bytes | None]]:
    """For each object of the manifest, in order, its gzip form; the bytes are None for one made earlier."""
    known = _made(out, read_twins(out))
    for item in manifest.objects:
        if item in known:
            yield known[item], None
        else:
            plain = pack.decompress((out / item.path).read_bytes(), item.unpacked)
            data = _compress(plain)
            yield Object(sha256(data), len(data), len(plain)), data


def twin_of(manifest: Manifest, objects: Iterable[Object]) -> Manifest:
    """The manifest over the gzip forms of its objects, given in the same order."""
    made = iter(objects)
    return manifest._replace(zips=(), packs=tuple(next(made) for _ in manifest.packs),
                             deltas=tuple(delta._replace(object=next(made)) for delta in manifest.deltas))


def read_twins(out: Path) -> dict[int, Manifest]:
    """The gzip manifests of a release folder, by release."""
    found = (manifests.decode(place.read_bytes()) for place in (out / "manifes").glob(f"*.{NAME}"))
    return {one.release: one for one in found}


def _made(out: Path, twins: Mapping[int, Manifest]) -> dict[Object, Object]:
    """By xz object, the gzip form that an earlier release has of it."""
    found = {}
    for place in (out / "manifes").glob(f"*.{manifests.NAME}"):
        one = manifests.decode(place.read_bytes())
        if one.release in twins:
            pairs = zip(one.objects, twins[one.release].objects, strict=True)
            found.update({item: twin for item, twin in pairs if (out / path(twin)).exists()})
    return found


def _compress(data: bytearray) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP, MEMORY)
    return packer.compress(data) + packer.flush()
