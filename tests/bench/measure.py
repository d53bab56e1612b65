"""What a command costs with all its processes: seconds on the clock and of the processor, and peak memory."""

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
EVERY = 0.1


class Cost(NamedTuple):
    """`wall` and `cpu` in seconds; `peak` in MB: memory of all processes together at the worst moment, shared
    pages once, 0 where nobody watched.
    """

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str | Path], folder: Path, *, watched: bool = False) -> Cost:
    """Runs a command; its output is thrown away, its failure is not.

    Memory is known of a `watched` run only, whose seconds are worth nothing: a look stops each process for
    milliseconds.
    """
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE,
                               env={**os.environ, "PYTHONPATH": str(ROOT / "generator")})
    peaks = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    if watched:
        watcher.start()
    errors = process.communicate()[1]
    wall = time.perf_counter() - start
    if watched:
        watcher.join()
    if process.returncode:
        sys.exit(f"{command} failed:\n{errors.decode()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, max(peaks))


def _watch(process: "subprocess.Popen[bytes]", peaks: list[float]) -> None:
    while process.poll() is None:
        peaks.append(sum(map(_memory, _family(process.pid))) / 1024)
        time.sleep(EVERY)


def _family(pid: int) -> list[int]:
    """A process and its children's children (Linux)."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, task.read_text().split())
    return found


def _memory(pid: int) -> int:
    """Proportional set size in KB: a page that several processes share counts in parts."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(median(values) for values in zip(*costs, strict=True)))
