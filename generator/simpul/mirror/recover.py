"""A release folder made again from what a host, a mirror or a stick has, verified as mirrors verify it."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from simpul.mirror.client.beside import LIST, ROOM
from simpul.mirror.client.disk import Folder
from simpul.mirror.client.download import Pace
from simpul.mirror.client.errors import MirrorError
from simpul.mirror.client.export import export
from simpul.mirror.client.sources import Source
from simpul.mirror.client.state import State, read_state
from simpul.mirror.client.sync import sync

ANY_TIME = "1970-01-01T00:00:00Z"  # what has expired meanwhile is just what is to be made again


def recover(sources: Sequence[Source], out: Path, roots: Mapping[int, bytes],
            tell: Callable[[str], None]) -> State:
    """Fills the folder `out`, which is not there or empty, with the newest release that any source has; the
    next release goes on from it. Raises MirrorError when no source has one that these roots vouch for.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".simpul-", dir=out.parent) as work:
        copy, made = Folder(Path(work) / "salinan"), Folder(Path(work) / "hasil")
        failures = []
        for source in sources:
            try:
                sync([source], copy, roots, ANY_TIME, Pace(tell))
            except MirrorError as error:
                failures.append(error)
                tell(f"{source.name}: {error}")
        if not read_state(copy).release:
            raise failures[0]
        export(copy, made, roots, b"", False)
        made.remove(LIST)
        if out.is_dir():
            out.rmdir()
        (made.root / ROOM).replace(out)
        return read_state(copy)
