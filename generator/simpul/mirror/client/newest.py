"""Which of several sources is the newest: all are asked for their timestamp, as any may be frozen."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date

from .disk import Disk
from .download import Pace
from .errors import MirrorError, Unreachable, Unsettled, Untrusted, gravest
from .manifest import Manifest
from .refresh import Refresh
from .sources import Source
from .trust import Signed, days

ROUNDS = 2  # a host whose nodes differ in age, or that is being filled, is asked once more


def newest(sources: Sequence[Source], disk: Disk, roots: Mapping[int, bytes], now: str,
           pace: Pace) -> tuple[Manifest, list[Source]]:
    """The manifest, and the sources with the one that gave it first."""
    search = _Search(disk, roots, now, pace)
    for last in (*[False] * (ROUNDS - 1), True):
        try:
            manifest, source = search.run(sources)
        except Unsettled:
            if last:
                raise
        else:
            _doubt(manifest, now, pace)
            return manifest, [source, *(other for other in sources if other is not source)]
    raise AssertionError("the last round returns or raises")


class _Search:
    """A look at all sources. What is wrong with one is told, and does not matter if another will do."""

    def __init__(self, disk: Disk, roots: Mapping[int, bytes], now: str, pace: Pace) -> None:
        self.disk, self.roots, self.now, self.pace = disk, roots, now, pace
        self.failures: list[MirrorError] = []

    def run(self, sources: Sequence[Source]) -> tuple[Manifest, Source]:
        self.failures = []
        found = list(filter(None, [self._look(source, len(sources)) for source in sources]))
        root = max((one.trusted.root.version for one in found), default=0)
        again = [one if one.trusted.root.version == root else self._look(one.source, len(sources))
                 for one in found]  # under the keys that another source told of
        ordered = sorted(filter(None, again), key=lambda one: -_timestamp(one).version)
        for one in ordered:
            self._tell_age(one, ordered[0])
        for one in ordered:
            try:
                return one.follow(), one.source
            except (Unreachable, Untrusted) as error:
                self._note(one.source, error, len(sources))
        raise gravest(self.failures)

    def _look(self, source: Source, count: int) -> Refresh | None:
        try:
            one = Refresh(source, self.disk, self.roots, self.now, self.pace)
            one.look()
        except (Unreachable, Untrusted) as error:
            self._note(source, error, count)
            return None
        return one

    def _note(self, source: Source, error: MirrorError, count: int) -> None:
        self.failures.append(error)
        if count > 1:
            self.pace.tell(f"{source.name}: {error}")

    def _tell_age(self, one: Refresh, best: Refresh) -> None:
        here, there = _timestamp(one), _timestamp(best)
        if here.version < there.version:
            age = days(here, there)
            self.pace.tell(f"{one.source.name} tertinggal" + (f" {age} hari" if age > 0 else "")
                           + f" dari {best.source.name} (timestamp versi {here.version}, bukan "
                           f"{there.version}); yang terbaru dipakai")


def _timestamp(one: Refresh) -> Signed:
    assert one.trusted.timestamp
    return one.trusted.timestamp


def _doubt(manifest: Manifest, now: str, pace: Pace) -> None:
    """Says when even the newest source is older than the centre promises to be."""
    with contextlib.suppress(ValueError):  # a date of no calendar
        age = (date.fromisoformat(now[:10]) - date.fromisoformat(manifest.date)).days
        if age > manifest.promise:
            pace.tell(f"rilis terbaru di sumber berumur {age} hari, padahal pusat berjanji paling lama "
                      f"{manifest.promise} hari. Mungkin sumber itu tertinggal: tambahkan sumber lain, "
                      "atau tanyakan kepada pengelola portal pusat")
