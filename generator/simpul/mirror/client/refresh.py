"""From a source to the trusted manifest of its newest release (TUF 5.3), never below what was seen before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .disk import Disk, read_note, store
from .download import Pace, persistently, small
from .errors import Behind, Intercepted, Missing, Unsettled, Untrusted
from .http import HttpSource, a_page
from .manifest import MAX_BYTES, NAME, Manifest, decode
from .sources import Source
from .state import MAX_NOTE, METADATA, STATUS, read_seen, write_seen
from .tree import sha256
from .trust import LATER, REPORT, SOON, Meta, Signed, Trusted, not_behind, not_lower

LIMITS = {"root": 32_000, "timestamp": 4_000, "snapshot": 8_000, "targets": 16_000}  # bytes
MOST_ROOTS = 64
PATIENCE = 300.0  # seconds after which a source is not asked again
TIMESTAMP, TAG = "metadata/timestamp.json", "timestamp.etag"
TAG_FORM = re.compile(r'(W/)?"[\x21\x23-\x7e]{1,100}"\Z')


class Refresh:
    """One look at one source. `roots` are those the program carries, by version; `now` is ISO, UTC."""

    def __init__(self, source: Source, disk: Disk, roots: Mapping[int, bytes], now: str, pace: Pace) -> None:
        self.source, self.disk, self.pace = source, disk, pace
        self.seen = read_seen(disk)
        self.trusted = Trusted(roots[max(roots)], now)
        self._judged = self.trusted.root  # the root in force when `seen` was noted, or the program's first
        self._forget = False  # whether remembered timestamp and snapshot no longer count
        self.fresh: dict[str, bytes] = {}
        self._until = 0.0

    def run(self) -> Manifest:
        """The manifest; what was learnt is kept. Nothing new costs two requests and no writing."""
        self.look()
        return self.follow()

    def look(self) -> None:
        """Asks for new roots, which are kept, and for the timestamp, which is not yet."""
        self._until = self.pace.clock() + PATIENCE
        try:
            self._roots()
            self._timestamp()
        finally:
            self._keep_roots()

    def follow(self) -> Manifest:
        """Keeps the timestamp, then asks for what it names. Each part counts as soon as it is verified
        (5.4.5, 5.5.7, 5.6.6), whatever follows.
        """
        trusted, self._until = self.trusted, self.pace.clock() + PATIENCE
        assert trusted.timestamp
        self.seen = read_seen(self.disk)  # another source may have been followed since the look
        not_behind(trusted.timestamp, self.seen.timestamp)
        self._keep(root=trusted.root.version, timestamp=trusted.timestamp.version)
        self._snapshot()
        assert trusted.snapshot
        self._keep(snapshot=trusted.snapshot.version)
        self._targets()
        assert trusted.targets
        self._keep(targets=trusted.targets.version)
        manifest = self._manifest()
        self._keep(release=manifest.release)
        return manifest

    def _roots(self) -> None:
        while data := self._cached(f"{self.trusted.root.version + 1}.root.json"):
            try:
                self.trusted.update_root(data)
            except Untrusted:
                break
        self._judged = self.trusted.root
        for _ in range(MOST_ROOTS):
            name = f"{self.trusted.root.version + 1}.root.json"
            try:
                self.fresh[name] = self._ask(f"metadata/{name}", LIMITS["root"], self._next_root)
            except Missing:
                break
        if self.trusted.root.version < self.seen.root:
            raise Behind(f"sumber menahan root versi {self.seen.root}, yang sudah pernah dilihat", LATER)
        self._forgive(self._judged, self.trusted.root)

    def _forgive(self, before: Signed, after: Signed) -> None:
        """A thief may have run the numbers up before the keys were replaced (5.3.11): they count no longer.

        Held against the root under which they were seen: a copy that lost its roots must not forgive a second
        time.
        """
        if _keys(before, "timestamp", "snapshot") != _keys(after, "timestamp", "snapshot"):
            self.seen, self._forget = self.seen._replace(timestamp=0, snapshot=0), True
        if _keys(before, "targets") != _keys(after, "targets"):
            self.seen, self._forget = self.seen._replace(targets=0, release=0), True

    def _next_root(self, data: bytes) -> None:
        if not data.lstrip().startswith(b"{"):  # a host that greets with something instead of saying 404
            raise Missing(f"{self.source.name} tidak memiliki root berikutnya")
        self.trusted.update_root(data)
        if self.trusted.root.version <= self.seen.root:
            self._judged = self.trusted.root

    def _timestamp(self) -> None:
        cached = None if self._forget else self._cached("timestamp.json")
        if cached:
            self._remember(lambda: self.trusted.update_timestamp(cached, final=False))
            self._spare(cached)
        newer = False

        def check(data: bytes) -> None:
            nonlocal newer
            newer = self.trusted.update_timestamp(data)

        data = self._ask(TIMESTAMP, LIMITS["timestamp"], check)
        self._note_tag(data)
        assert self.trusted.timestamp
        not_behind(self.trusted.timestamp, self.seen.timestamp)
        if newer:
            self.fresh["timestamp.json"] = data

    def _spare(self, cached: bytes) -> None:
        """Tells a host what is here and need not be sent; what is remembered is judged like what is sent."""
        note = (self._cached(TAG) or b"").decode(errors="replace").split("\n")
        if isinstance(self.source, HttpSource) and [note[0], *note[2:]] == [self.source.base, sha256(cached)]:
            self.source.known[TIMESTAMP] = (note[1], cached)

    def _note_tag(self, data: bytes) -> None:
        """With the hash of what the tag stands for: a run may end after one of the two is written."""
        if isinstance(self.source, HttpSource) and TAG_FORM.match(tag := self.source.tags.get(TIMESTAMP, "")):
            note = f"{self.source.base}\n{tag}\n{sha256(data)}".encode()
            if note != self._cached(TAG):
                self.fresh[TAG] = note

    def _snapshot(self) -> None:
        assert self.trusted.timestamp
        meta, cached = self.trusted.timestamp.snapshot, self._cached("snapshot.json")
        if cached and _matches(meta, cached):
            self.trusted.update_snapshot(cached)
        else:
            if cached and not self._forget:
                self._remember(lambda: self.trusted.update_snapshot(cached, final=False))
            self.fresh["snapshot.json"] = self._ask(f"metadata/{meta.version}.snapshot.json",
                                                    LIMITS["snapshot"], self.trusted.update_snapshot, True)
        assert self.trusted.snapshot
        not_lower("snapshot", self.trusted.snapshot.version, self.seen.snapshot)

    def _targets(self) -> None:
        assert self.trusted.snapshot
        meta, cached = self.trusted.snapshot.meta.get("targets.json"), self._cached("targets.json")
        if meta and cached and _matches(meta, cached):
            self.trusted.update_targets(cached)
        else:
            self.fresh["targets.json"] = self._ask(f"metadata/{meta.version if meta else 1}.targets.json",
                                                   LIMITS["targets"], self.trusted.update_targets, True)
        assert self.trusted.targets
        not_lower("targets", self.trusted.targets.version, self.seen.targets)

    def _manifest(self) -> Manifest:
        assert self.trusted.targets
        meta, cached = self.trusted.targets.targets.get(NAME), self._cached(NAME)
        if meta is None or not meta.sha256:
            raise Untrusted(f"targets tidak menyebut {NAME}", REPORT)
        if not cached or not _matches(meta, cached):
            cached = self.fresh[NAME] = self._ask(f"manifes/{meta.sha256}.{NAME}",
                                                  min(meta.length or MAX_BYTES, MAX_BYTES),
                                                  lambda data: meta.check(NAME, data), True)
        manifest = decode(cached)
        if manifest.release < self.seen.release:
            raise Untrusted(f"sumber menawarkan rilis {manifest.release}, "
                            f"padahal rilis {self.seen.release} sudah pernah dilihat",
                            "Salinan tidak dimundurkan. Coba sumber lain; bila terulang, "
                            "beri tahu pengelola portal pusat")
        return manifest

    def _keep_roots(self) -> None:
        """New roots count at once, even from a source otherwise bad: they may withdraw a stolen key."""
        roots = [name for name in self.fresh if name.endswith(".root.json")]
        if roots:
            self._drop_forgiven()
            write_seen(self.disk, self.seen)
        for name in roots:
            store(self.disk, f"{METADATA}/{name}", self.fresh.pop(name))
        if roots:
            self.disk.sync_folder(METADATA)

    def _drop_forgiven(self) -> None:
        """Before the roots are kept, because the next run will not forgive again."""
        if self._forget:
            self.disk.remove(f"{METADATA}/timestamp.json")
            self.disk.remove(f"{METADATA}/snapshot.json")
        if not self.seen.release:  # the public note is a guard, too
            self.disk.remove(STATUS)

    def _keep(self, **versions: int) -> None:
        self.seen = self.seen._replace(**versions)
        if self.seen != read_seen(self.disk):
            write_seen(self.disk, self.seen)
        for name, data in self.fresh.items():
            store(self.disk, f"{METADATA}/{name}", data)
        if self.fresh:
            self.disk.sync_folder(METADATA)
        self.fresh.clear()

    def _ask(self, path: str, limit: int, check: Callable[[bytes], object], named: bool = False) -> bytes:
        """A file that passes the check. One that signed metadata name is there, or not yet."""

        def once() -> bytes:
            try:
                data = small(self.source, path, limit, self.pace)
            except Intercepted:
                raise
            except Missing as error:
                if named:
                    raise Unsettled(f"{self.source.name} belum memuat {path}, yang sudah disebutnya",
                                    SOON) from error
                raise
            if data.lstrip()[:1] == b"<":
                raise Intercepted(*a_page(f"{self.source.name}: {path}"))
            check(data)
            return data

        return persistently(once, self.pace, self._until)

    def _cached(self, name: str) -> bytes | None:
        try:
            return read_note(self.disk, f"{METADATA}/{name}", MAX_NOTE)
        except FileNotFoundError:
            return None

    @staticmethod
    def _remember(load: Callable[[], object]) -> None:
        """A damaged memory is no memory; `seen` still guards."""
        try:
            load()
        except Untrusted:
            return


def _keys(root: Signed, *roles: str) -> object:
    return [root.roles[role].keys for role in roles]


def _matches(meta: Meta, data: bytes) -> bool:
    try:
        meta.check("", data)
    except Untrusted:
        return False
    return meta.sha256 is not None
