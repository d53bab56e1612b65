"""One run of the client: finish what was begun, look for a newer release, fetch it, put it in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .anew import check_chain, note_chain
from .copied import from_copies
from .disk import Disk, told
from .download import Pace, fetch, held, room
from .errors import Missing, Unreachable, Untrusted, gravest
from .forget import forget, tell_left
from .guard import refuse_foreign, refuse_strangers
from .install import Lost, clean, install, prepare_delta, prepare_packs
from .manifest import Manifest, Object
from .mend import Report, inspect
from .newest import newest
from .sources import Source, closing_all
from .state import JOURNAL, LOCK, Journal, State, read_journal, read_state, read_tree
from .status import write_status

BLOCK = 4096


class Outcome(NamedTuple):
    """What a run did: the release before and now, bytes and requests it cost, what it found in the folder."""

    before: int
    after: int
    fetched: int
    requests: int
    report: Report


def sync(sources: Sequence[Source], disk: Disk, roots: Mapping[int, bytes], now: str, pace: Pace,
         adopt: bool = False) -> Outcome:
    """Brings a copy to the newest release that any source offers. `now` is ISO, UTC; with
    `adopt`, a folder that holds other files is taken, and of those in the way a copy is kept aside.

    Whatever fails, the site stays a whole release, or becomes one in the next run.
    """
    with closing_all(sources), told():
        refuse_foreign(disk, adopt)
        with disk.lock(LOCK):
            finish(disk, pace)
            before = read_state(disk)
            check_chain(disk, roots)
            manifest, ordered = newest(sources, disk, roots, now, pace)
            goal = goal_of(manifest)
            if before.tree != goal.tree or read_tree(disk, goal.tree) is None:
                old = read_tree(disk, before.tree) or {}
                _reach(ordered, disk, manifest, before, goal, pace, adopt)
                tell_left(disk, old, read_tree(disk, goal.tree) or {}, pace)
            note_chain(disk, roots)
            forget(disk, manifest)
            tree = read_tree(disk, goal.tree) or {}
            report = inspect(disk, ordered, goal, tree, now, pace)
            write_status(disk, goal, tree, report, now, pace)
            return Outcome(before.release, goal.release, pace.fetched, pace.requests, report)


def goal_of(manifest: Manifest) -> State:
    """The state of a copy that holds this release."""
    return State(manifest.release, manifest.date, manifest.promise, manifest.origin, manifest.tree,
                 manifest.files, manifest.size)


def finish(disk: Disk, pace: Pace) -> None:
    """Completes an installation that was interrupted; no network is needed."""
    journal = read_journal(disk)
    if journal is None:
        return
    pace.tell(f"menyelesaikan pemasangan rilis {journal.goal.release} yang terputus")
    try:
        install(disk, journal)
    except (Lost, Untrusted):  # the disk lost what it had confirmed, or a rule came later: packs mend it
        disk.remove(JOURNAL)


def _reach(sources: Sequence[Source], disk: Disk, manifest: Manifest, before: State, goal: State,
           pace: Pace, adopt: bool) -> None:
    delta = manifest.delta_from(before.tree) if before.tree else None
    old = read_tree(disk, before.tree) if delta else None
    missing = sum(item.size for item in manifest.packs if not held(disk, item))
    if delta and old and delta.object.size <= missing:
        try:
            room(disk, delta.object.size + 2 * delta.object.unpacked)
            fetch(sources, [delta.object], disk, pace)
            return _install(disk, manifest, prepare_delta(disk, delta.object, old, goal), (), adopt)
        except Lost as lost:
            pace.tell(f"{lost} di salinan ini rusak; memakai paket utuh")
        except Missing:
            pace.tell("selisih tidak ada di sumber; memakai paket utuh")
    _whole(sources, disk, manifest, before, goal, pace, adopt)
    return None


def _whole(sources: Sequence[Source], disk: Disk, manifest: Manifest, before: State, goal: State,
           pace: Pace, adopt: bool) -> None:
    def prepare(packs: Sequence[Object]) -> tuple[Journal, Sequence[Object]]:
        return prepare_packs(disk, packs, before.tree, goal), packs

    blocks = BLOCK * manifest.files
    room(disk, manifest.pack_bytes + max(manifest.size + blocks - before.size - BLOCK * before.files, 0))
    try:
        fetch(sources, manifest.packs, disk, pace)
        journal, whole = prepare(manifest.packs)
    except Missing as missing:
        try:
            journal, whole = from_copies(sources, manifest, disk, pace, prepare)
        except Unreachable as error:
            raise gravest([missing, error]) from error
    _install(disk, manifest, journal, whole, adopt)


def _install(disk: Disk, manifest: Manifest, journal: Journal, whole: Sequence[Object], adopt: bool) -> None:
    tree, before = read_tree(disk, journal.goal.tree), read_tree(disk, journal.before)
    known = bool(before)  # else it was empty, or its notes are lost: a copy is kept of what is in the way
    refuse_strangers(disk, tree or {}, before or {}, adopt or not known)
    install(disk, journal)
    clean(disk, manifest.tree, [*manifest.objects, *whole], bool(whole))
