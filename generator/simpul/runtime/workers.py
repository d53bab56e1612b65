"""Work spread over processes. Where processes cannot be forked, or for little work, it is done in this one.
"""

import ctypes
import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar

from simpul.runtime.packing import dump, load

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

try:
    import resource
except ImportError:  # Windows has no limits to set
    resource = None  # type: ignore[assignment]

A = TypeVar("A")
B = TypeVar("B")
FEW = 48
CHUNK = 64
MEMORY_BYTES = 1 << 30
SIZE = 8


def default_jobs() -> int:
    """One job for each processor this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Work = Callable[[Sequence[A]], list[B]]
Broken = Callable[[A, Exception], B]
_work: Callable[[Sequence[Any]], list[Any]]
_items: Sequence[Any]


def parallel_map(work: Work[A, B], items: Sequence[A], jobs: int,
                 broken: Broken[A, B] | None = None) -> Iterator[B]:
    """`work` over chunks of the items, in order.

    Workers inherit work and items by fork, so neither is copied. A chunk that raises something, or whose
    process dies (out of memory, say), is tried again item by item, and `broken` answers for the culprit.
    """
    work = partial(_tried, work, broken) if broken else work
    chunks = [(start, start + CHUNK) for start in range(0, len(items), CHUNK)]
    if jobs < 2 or len(items) < FEW or not hasattr(os, "fork"):
        for start, end in chunks:
            yield from work(items[start:end])
        return
    from concurrent.futures.process import BrokenProcessPool  # not loaded for little work

    global _work, _items
    _work, _items = work, items
    done = 0
    gc.freeze()  # the collector would touch, and so copy, every page of memory that workers share
    try:
        with _pool(jobs) as pool:
            for results in pool.map(_run, chunks):
                yield from results
                done += 1
    except BrokenProcessPool:
        if broken is None:
            raise
        for number in range(done * CHUNK, len(items)):
            yield _alone(number, broken)
    finally:
        gc.unfreeze()


def _tried(work: Work[A, B], broken: Broken[A, B], items: Sequence[A]) -> list[B]:
    try:
        return work(items)
    except Exception as failure:
        if len(items) == 1:
            return [broken(items[0], failure)]
    return [result for item in items for result in _tried(work, broken, [item])]


def _run(chunk: tuple[int, int]) -> list[Any]:
    return _work(_items[chunk[0]:chunk[1]])


def _pool(jobs: int) -> "ProcessPoolExecutor":
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), initializer=_settle)


def _alone(number: int, broken: Broken[Any, Any]) -> Any:
    from concurrent.futures.process import BrokenProcessPool

    try:
        with _pool(1) as pool:
            return pool.submit(_run, (number, number + 1)).result()[0]
    except BrokenProcessPool:
        return broken(_items[number], MemoryError())


@contextmanager
def in_background(steps: Callable[[], Iterator[B]], jobs: int) -> Iterator[Iterator[B]]:
    """The values of some steps, which are taken beside this process; each is waited for when it is asked for.

    Where that cannot be done, or comes to nothing, they are taken here.
    """
    if jobs < 2 or not hasattr(os, "fork"):
        yield steps()
        return
    receiving, sending = os.pipe()
    child = _fork()
    if child is None:
        os.close(receiving)
        os.close(sending)
        yield steps()
        return
    if child == 0:
        _send(steps, sending)
    os.close(sending)
    with open(receiving, "rb") as pipe:
        try:
            yield _received(pipe, steps)
        finally:
            with suppress(ProcessLookupError, ChildProcessError):  # ended, and tidied away
                os.kill(child, signal.SIGKILL)  # if it has not ended by itself, nobody waits for it any more
                os.waitpid(child, 0)


def _fork() -> int | None:
    """None where there are as many processes as there may be."""
    try:
        return os.fork()
    except OSError:
        return None


def _received(pipe: BinaryIO, steps: Callable[[], Iterator[B]]) -> Iterator[B]:
    taken = 0
    while len(head := pipe.read(SIZE)) == SIZE:
        size = int.from_bytes(head, "big")
        if size == 0:
            return
        found = load(pipe.read(size))
        if found is None:
            break
        yield found[0]
        taken += 1
    yield from islice(steps(), taken, None)


def _send(steps: Callable[[], Iterator[Any]], sending: int) -> NoReturn:
    """Takes the steps, whether or not anybody listens yet: a pipe alone would hold no more than 64 KB."""
    try:
        _end_with_parent()
        messages: SimpleQueue[bytes] = SimpleQueue()
        writer = Thread(target=_write, args=(messages, sending))
        writer.start()
        for value in steps():
            messages.put(dump((value,)))
        messages.put(b"")
        writer.join()
    finally:
        os._exit(0)


def _write(messages: "SimpleQueue[bytes]", sending: int) -> None:
    with open(sending, "wb") as pipe:
        for data in iter(messages.get, b""):
            pipe.write(len(data).to_bytes(SIZE, "big") + data)
            pipe.flush()
        pipe.write(bytes(SIZE))


PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _settle() -> None:
    """A worker ends with its parent, even one that was killed, and may grow by one GiB over what it was born
    with.
    """
    _end_with_parent()
    if resource is None or not Path("/proc/self/statm").exists():
        return
    with open("/proc/self/statm", encoding="ascii") as file:
        born = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (born + MEMORY_BYTES, resource.RLIM_INFINITY))
