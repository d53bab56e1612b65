"""One run of the client: finish what was begun, look for a newer release, fetch it, put it in place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from . import VERSION
from .anew import check_chain, note_chain
from .copied import from_copies
from .disk import Disk, read_note, store, told
from .download import Pace, fetch, held, room
from .errors import Missing, Unreachable, Untrusted, gravest
from .forget import forget, tell_left
from .guard import refuse_foreign, refuse_strangers
from .install import Lost, clean, install, prepare_delta, prepare_packs
from .manifest import MAX_BYTES, NAME, Manifest, Object, decode
from .newest import newest
from .sources import Source, closing_all
from .state import (
    JOURNAL,
    LOCK,
    METADATA,
    STATUS,
    Journal,
    State,
    read_journal,
    read_seen,
    read_state,
    read_status,
    read_tree,
)

BLOCK = 4096


class Outcome(NamedTuple):
    """What a run did: the release before and now, bytes and requests it cost."""

    before: int
    after: int
    fetched: int
    requests: int


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
            write_status(disk, goal, now, pace)
            return Outcome(before.release, goal.release, pace.fetched, pace.requests)


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


def write_status(disk: Disk, state: State, now: str, pace: Pace) -> None:
    """The public note by which the centre can see, when it looks, how old this copy is. A file of that name
    that is not ours stays.
    """
    old = read_status(disk)
    if not old and disk.size(STATUS):
        pace.tell(f"{STATUS} di folder ini bukan catatan salinan dan dibiarkan; pusat tidak dapat melihat "
                  "umur salinan ini. Pindahkan berkas itu agar catatannya ditulis")
    elif not old or (old["rilis"], old["diperiksa"][:10]) != (state.release, now[:10]):
        store(disk, STATUS, json.dumps({
            "rilis": state.release, "tanggal": state.date, "janji_hari": state.promise, "pohon": state.tree,
            "root": read_seen(disk).root, "diperiksa": now, "klien": VERSION,
        }).encode())


def kept_manifest(disk: Disk) -> Manifest | None:
    """The manifest last verified here, for work without a source."""
    try:
        return decode(read_note(disk, f"{METADATA}/{NAME}", MAX_BYTES))
    except (FileNotFoundError, Untrusted):
        return None
