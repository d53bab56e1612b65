"""The client over 256 kbit/s and 700 ms with losses, killed at random: first copy, 20 releases, a rollback.

Time is scaled: the line waits a `SPEED`th of what it should and counts what it should; kills come in real
seconds.
"""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from simpul.mirror.archive import Archive
from simpul.mirror.client.tree import Tree
from tests.mirror.endurance import Copy, Followed
from tests.mirror.line import Line, bad_line
from tests.mirror.world import Publisher

SPEED, RELEASES, HOUR = 20.0, 20, 3600
FIRST_MEAN, MEAN = 4.0, 0.8
"""Seconds between kills, on average, in a first copy and in an update."""


class Stretch(NamedTuple):
    """What the line carried and how long it took at its true rate, from one mark to the next."""

    size: int
    seconds: float


class Endured(NamedTuple):
    """The first copy, each release, and how often the client was killed."""

    first: Stretch
    releases: tuple[Stretch, ...]
    runs: int
    kills: int


class _Watch:
    """Follows over one line and sums up."""

    def __init__(self, centre: Publisher, client: Path, line: Line, draw: random.Random) -> None:
        self.centre, self.client, self.line, self.draw = centre, client, line, draw
        self.source, self.runs, self.kills = f"http://127.0.0.1:{line.port}/rilis/", 0, 0

    def copy(self, folder: Path) -> Copy:
        return Copy(self.client, folder, self.draw)

    def follow(self, copy: Copy, tree: Tree, mean: float) -> Stretch:
        size, seconds = self.line.carried, self.line.seconds
        done = copy.follow(self.source, tree, mean)
        if done.code:
            sys.exit(f"the client failed: {done.said}")
        self.runs, self.kills = self.runs + done.runs, self.kills + done.kills
        return Stretch(self.line.carried - size, self.line.seconds - seconds)


def endure(centre: Publisher, port: int, client: Path, folder: Path, publish: Callable[[], None],
           seed: int) -> Endured:
    """Prints what happened. `publish` brings the next release; `port` is nginx's, which serves `rilis/`."""
    with bad_line(port, speed=SPEED, seed=seed) as line:
        watch = _Watch(centre, client, line, random.Random(seed))
        copy = watch.copy(folder / "dibunuh")
        first = watch.follow(copy, _newest(centre), FIRST_MEAN)
        print(f"first copy: {first.seconds / 60:.1f} min of the line, {first.size} bytes; "
              f"{watch.kills} kills so far", flush=True)
        old, releases = _metadata(centre, folder / "lama"), list[Stretch]()
        for _ in range(RELEASES):
            publish()
            releases.append(watch.follow(copy, _newest(centre), MEAN))
        print(f"{RELEASES} releases: {_span([one.seconds for one in releases])} s, "
              f"{_span([one.size for one in releases])} bytes each; {watch.kills} kills so far", flush=True)
        _roll_back(centre, copy, watch, old)
        _stick(copy, folder, watch)
        while line.seconds < HOUR:
            watch.follow(watch.copy(folder / f"lagi-{line.seconds:.0f}"), _newest(centre), FIRST_MEAN)
        print(f"in all {line.seconds / 60:.0f} min of the line, {line.carried / 1e6:.1f} MB, "
              f"{line.connections} connections, {line.pauses} pauses, {line.resets} resets; "
              f"{watch.runs} runs, {watch.kills} killed; no torn file", flush=True)
    return Endured(first, tuple(releases), watch.runs, watch.kills)


def _newest(centre: Publisher) -> Tree:
    archive = Archive(centre.out)
    return archive.tree(archive.manifests[-1])


def _span(values: list[float] | list[int]) -> str:
    ordered = sorted(values)
    return f"{ordered[0]:.0f} to {ordered[-1]:.0f}, half below {ordered[len(ordered) // 2]:.0f}"


def _metadata(centre: Publisher, place: Path) -> Path:
    return shutil.copytree(centre.out / "metadata", place)


def _roll_back(centre: Publisher, copy: Copy, watch: _Watch, old: Path) -> None:
    """The host goes back to what it once signed; then the copy's memory of metadata is emptied, too."""
    new = shutil.move(centre.out / "metadata", old.with_name("baru"))
    shutil.copytree(old, centre.out / "metadata")
    said = []
    for _ in range(2):
        done: Followed = copy.follow(watch.source, copy.before, 0)
        if done.code != 3:
            sys.exit(f"a rollback was not refused: {done}")
        copy.check_is(copy.before)
        said.append(done.said.strip().splitlines()[-1])
        shutil.rmtree(copy.folder / ".simpul" / "metadata", ignore_errors=True)
    shutil.rmtree(centre.out / "metadata")
    shutil.move(new, centre.out / "metadata")
    print(f"rollback refused, also with emptied metadata; the site is untouched: {said[0]}", flush=True)
    watch.follow(copy, copy.before, 0)


def _stick(copy: Copy, folder: Path, watch: _Watch) -> None:
    start = time.perf_counter()
    for words in (["export", copy.folder, folder / "usb", "--with-site"],
                  ["sync", folder / "usb", folder / "dari-usb"]):
        subprocess.run([sys.executable, "-I", str(watch.client), *map(str, words)], check=True,
                       capture_output=True)
    there = watch.copy(folder / "dari-usb")
    there.check_is(copy.before)
    print(f"by a USB folder to another copy: {time.perf_counter() - start:.0f} s, the same files", flush=True)
