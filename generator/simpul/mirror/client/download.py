"""Bytes from untrusted sources: bounded, paced, resumed, and kept only when their hash is right."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from .disk import Disk, explain
from .errors import Behind, Full, MirrorError, Missing, Unreachable, Unsettled, Untrusted
from .manifest import Object
from .sources import Answer, Source
from .state import OBJECTS
from .tree import sha256

WAITS = (1.0, 2.0, 4.0, 8.0, 15.0)  # seconds before trying a source again
LEAST, WINDOW = 400.0, 60.0  # bytes a second, over seconds: below this a source only holds the line
LONGEST = 12 * 3600.0  # seconds of a whole run: then the lock is let go, and the next run goes on
SLACK = 8 * 2**20  # bytes kept free for the system and for file system blocks

Result = TypeVar("Result")


class Pace:
    """Time as the client sees it: progress told every so many seconds, the wished limit in bytes a second (0:
    none), and sources that are too slow."""

    def __init__(self, tell: Callable[[str], None], limit: float = 0.0, every: float = 2.0,
                 clock: Callable[[], float] = time.monotonic,
                 sleep: Callable[[float], None] = time.sleep) -> None:
        self.tell, self.limit, self.every, self.clock, self.sleep = tell, limit, every, clock, sleep
        self.done = self.total = self.fetched = self.requests = 0
        self._began = self._told = self._start = clock()

    def expect(self, total: int) -> None:
        """How many bytes are to come."""
        self.done, self.total, self._began = 0, total, self.clock()

    def watch(self, answer: Answer) -> Iterator[bytes]:
        """The chunks of an answer, held to the pace."""
        began, received = self.clock(), 0
        for chunk in answer.chunks:
            received += len(chunk)
            self._count(len(chunk))
            self.go_on()
            passed = self.clock() - began
            least = min(LEAST, self.limit / 2) if self.limit else LEAST
            if passed > WINDOW and received < least * passed:
                raise Unreachable("sumber mengirim terlalu lambat untuk dapat selesai", "Coba sumber lain")
            if self.limit and received / self.limit > passed:
                self.sleep(received / self.limit - passed)
            yield chunk

    def go_on(self) -> None:
        """Ends a run that takes longer than any should."""
        if self.clock() - self._start > LONGEST:
            raise MirrorError(f"pembaruan ini sudah berjalan {LONGEST / 3600:.0f} jam dan dihentikan",
                              "Yang sudah terunduh disimpan; jalankan lagi untuk melanjutkan")

    def _count(self, size: int) -> None:
        self.done, self.fetched = self.done + size, self.fetched + size
        now = self.clock()
        if self.total and now - self._told >= self.every:
            self._told = now
            left = (self.total - self.done) * (now - self._began) / max(self.done, 1) / 60
            so_far = megabytes(min(self.done, self.total))
            self.tell(f"{so_far} dari {megabytes(self.total)} MB, kira-kira {max(left, 0):.0f} menit lagi")


def megabytes(size: int) -> str:
    """Bytes as millions with one digit, the Indonesian way."""
    return f"{size / 1e6:.1f}".replace(".", ",")


def small(source: Source, path: str, limit: int, pace: Pace) -> bytes:
    """A whole small file of at most `limit` bytes."""
    parts: list[bytes] = []
    pace.requests += 1
    for chunk in pace.watch(source.open(path)):
        parts.append(chunk)
        if sum(map(len, parts)) > limit:
            raise Untrusted(f"{source.name} mengirim {path} lebih dari {limit} bita",
                            "Tidak ada yang dipasang; coba sumber lain")
    return b"".join(parts)


def persistently(action: Callable[[], Result], pace: Pace, until: float = math.inf) -> Result:
    """Tries again after a while, but not beyond a moment of the pace's clock; what is missing stays missing,
    what is old stays old, and what is wrong is asked for twice more.
    """
    for number, wait in enumerate(WAITS):
        try:
            return action()
        except Missing:
            raise
        except (Unreachable, Untrusted) as error:
            wrong = isinstance(error, Untrusted) and not isinstance(error, Unsettled)
            if pace.clock() > until or isinstance(error, Behind) or (wrong and number >= 2):
                raise
            if not wrong:
                pace.tell(f"{error.what}; mencoba lagi")
        pace.go_on()
        pace.sleep(wait)
    return action()


def fetch(sources: Sequence[Source], wanted: Sequence[Object], disk: Disk, pace: Pace) -> None:
    """Brings objects into the store; each from the first source that gives it whole. One that failed is
    asked last from then on.
    """
    order = list(sources)
    here = [(item, _kept(disk, item)) for item in wanted]
    pace.expect(sum(item.size - kept for item, kept in here))
    for item, kept in here:
        if kept < item.size or not held(disk, item):
            _from_any(order, item, disk, pace)


def _from_any(order: list[Source], item: Object, disk: Disk, pace: Pace) -> None:
    failures: list[MirrorError] = []
    for source in tuple(order):
        try:
            return persistently(lambda source=source: _download(  # type: ignore[misc]
                source, item, disk, pace), pace)
        except (Unreachable, Untrusted) as error:
            failures.append(error)
            order.remove(source)
            order.append(source)
    raise failures[-1]


def room(disk: Disk, needed: int) -> None:
    """Refuses what the disk cannot hold, before it is fetched."""
    free = disk.free()
    if free < needed + SLACK:
        raise Full(f"ruang disk kurang: perlu {megabytes(needed + SLACK)} MB, tersisa {megabytes(free)} MB",
                   "Belum ada yang diubah. Kosongkan sebagian, lalu ulangi")


def held(disk: Disk, item: Object) -> bool:
    """Whether the object is here, whole and right."""
    return disk.size(place(item)) == item.size and sha256(disk.read(place(item))) == item.sha256


def place(item: Object) -> str:
    """Where an object lies in a copy."""
    return f"{OBJECTS}/{item.sha256}.xz"


def _kept(disk: Disk, item: Object) -> int:
    size = disk.size(place(item))
    return size if size == item.size else min(disk.size(place(item) + ".bagian") or 0, item.size)


def _download(source: Source, item: Object, disk: Disk, pace: Pace) -> None:
    part = place(item) + ".bagian"
    size, digest = _resume(disk, part, item)
    if size < item.size:
        pace.requests += 1
        answer = source.open(item.path, size)
        if answer.start != size:
            disk.write(part, b"")
            size, digest = 0, hashlib.sha256()
        size = _append(disk, part, size, digest, item, pace.watch(answer))
    if size < item.size:
        raise Unreachable(f"kiriman dari {source.name} terputus",
                          "Jalankan lagi; yang sudah terunduh tidak diulang")
    if digest.hexdigest() != item.sha256:
        disk.remove(part)
        raise Untrusted(f"{item.path} dari {source.name} berbeda dari yang ditandatangani",
                        "Tidak ada yang dipasang. Coba sumber lain; bila terulang, "
                        "beri tahu pengelola portal pusat")
    disk.sync(part)
    disk.replace(part, place(item))
    disk.sync_folder(OBJECTS)


def _resume(disk: Disk, part: str, item: Object) -> tuple[int, hashlib._Hash]:
    size = disk.size(part) or 0
    if size > item.size:
        disk.remove(part)
        size = 0
    kept = disk.read(part) if size else b""
    return len(kept), hashlib.sha256(kept)


def _append(disk: Disk, part: str, size: int, digest: hashlib._Hash, item: Object,
            chunks: Iterator[bytes]) -> int:
    for chunk in chunks:
        if size + len(chunk) > item.size:
            disk.remove(part)
            raise Untrusted(f"{item.path} terlalu panjang", "Tidak ada yang dipasang. Coba sumber lain")
        try:
            disk.append(part, chunk)
        except OSError as error:  # here, lest a full disk be taken for a failing source
            raise explain(error) from error
        digest.update(chunk)
        size += len(chunk)
    return size
