"""A first copy from a copy: packs that a neighbour made of its own site, where the signed ones are gone.

Nobody signed their list, `salinan.json`: it may cost no more than the signed manifest accounts for, and the
signed hash of the tree judges what comes of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from .disk import Disk
from .download import Pace, fetch, place, room, small
from .errors import MirrorError, Unreachable, Untrusted, gravest
from .manifest import Manifest, Object, read_object
from .sources import Source
from .state import OBJECTS

NAME, MAX_BYTES = "salinan.json", 64_000
BATCH, MOST_FILES = 8 * 2**20, 50_000  # of the site in one pack that a copy makes
ENTRY = 600  # bytes that one file's line in a pack takes at most

Result = TypeVar("Result")


def from_copies(sources: Sequence[Source], manifest: Manifest, disk: Disk, pace: Pace,
                use: Callable[[Sequence[Object]], Result]) -> Result:
    """What `use` makes of the first list whose packs are what they should be; of the others nothing stays."""
    failures: list[MirrorError] = []
    for source in sources:
        known = set(disk.names(OBJECTS))
        try:
            objects = listed(source, manifest, pace)
            _tidy(disk, [*manifest.objects, *objects])
            room(disk, sum(item.size for item in objects))
            fetch([source, *(other for other in sources if other is not source)], objects, disk, pace)
            return use(objects)
        except (Unreachable, Untrusted) as error:
            failures.append(error)
            pace.tell(f"salinan di {source.name} tidak dapat dipakai: {error.what}")
            _drop(disk, {name for name in disk.names(OBJECTS) if name not in known}, manifest.objects)
    raise gravest(failures)


def listed(source: Source, manifest: Manifest, pace: Pace) -> list[Object]:
    """The list of a source, if it can be one of this release."""
    try:
        found = json.loads(small(source, NAME, MAX_BYTES, pace))
        objects = [read_object(*entry) for entry in found["paket"]]
        if found["pohon"] != manifest.tree or not _plausible(objects, manifest):
            raise ValueError("not this release")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Untrusted(f"salinan di {source.name} bukan rilis ini", "Coba sumber lain") from error
    return objects


def _plausible(objects: Sequence[Object], manifest: Manifest) -> bool:
    """Whether a copy of this release can have made them: packs that are signed, and its own, which hold each
    file at most once, their names, and the names of what the signed ones bring in vain. Packed, bytes may
    become more, but only by a little.
    """
    signed = set(manifest.packs)
    own = [item for item in objects if item not in signed]
    names = ENTRY * manifest.files + sum(item.unpacked for item in signed) + 4096
    most = manifest.size // BATCH + manifest.files // MOST_FILES + 2
    return len(objects) == len(set(objects)) and len(own) <= most \
        and all(item.size <= item.unpacked + item.unpacked // 64 + 1024 for item in own) \
        and sum(item.unpacked for item in own) <= manifest.size + names


def _tidy(disk: Disk, wanted: Sequence[Object]) -> None:
    """Drops beginnings of what nobody names any more."""
    parts = {place(item).rpartition("/")[2] + ".bagian" for item in wanted}
    for name in disk.names(OBJECTS):
        if name.endswith(".bagian") and name not in parts:
            disk.remove(f"{OBJECTS}/{name}")


def _drop(disk: Disk, names: set[str], signed: Sequence[Object]) -> None:
    for name in names - {place(item).rpartition("/")[2] for item in signed}:
        disk.remove(f"{OBJECTS}/{name}")
