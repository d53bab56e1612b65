"""Hashing a whole copy again, and mending what is damaged."""

from __future__ import annotations

from collections.abc import Sequence

from .disk import Disk, told
from .download import Pace
from .errors import MirrorError
from .look import expect
from .mend import Report, inspect
from .sources import Source, closing_all
from .state import LOCK, read_state, read_tree
from .status import write_status
from .sync import finish


def verify(disk: Disk, sources: Sequence[Source], now: str, pace: Pace,
           expected: Sequence[str] = ()) -> Report:
    """Checks every file against the installed release and mends what it can; `expected` are names that the
    host says are its own from now on.
    """
    with closing_all(sources), told(), disk.lock(LOCK):
        finish(disk, pace)
        state = read_state(disk)
        tree = read_tree(disk, state.tree)
        if not state.release or tree is None:
            raise MirrorError("folder ini belum berisi salinan yang selesai", "Jalankan `sync` dulu")
        if expected:
            expect(disk, expected)
        report = inspect(disk, sources, state, tree, now, pace, every=True)
        write_status(disk, state, tree, report, now, pace)
        return report
