"""Work on a file that nobody trusts: in a process of its own, that may neither grow, nor last, nor write."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from simpul.intake.doors.parcel import DoorError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

try:
    import resource
except ImportError:  # Windows has no limits to set
    resource = None  # type: ignore[assignment]

A = TypeVar("A")
B = TypeVar("B")
CPU_SECONDS = 5
WAIT_SECONDS = 60
MEMORY_BYTES = 512 << 20
TOO_HEAVY = DoorError("berkas ini terlalu rumit untuk dibaca",
                      "Simpan ulang tanpa isi yang tidak perlu, atau pecah menjadi beberapa berkas.")
BROKEN = DoorError("berkas ini rusak atau terpotong", "Simpan ulang dari programnya, lalu kirim lagi.")


def guarded(work: Callable[[A], B], item: A) -> B:
    """`work(item)`, or a DoorError, whatever it raises. Where processes cannot be forked, without limits."""
    found = _apart(work, item) if hasattr(os, "fork") else _outcome(work, item)
    if isinstance(found, DoorError):
        raise found
    return found


def _apart(work: Callable[[A], B], item: A) -> B | DoorError:
    import multiprocessing

    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_limited, args=(work, item, sending))
    process.start()
    sending.close()
    try:
        found: B | DoorError = receiving.recv() if receiving.poll(WAIT_SECONDS) else TOO_HEAVY
    except (EOFError, OSError):
        found = TOO_HEAVY
    finally:
        process.kill()
        process.join()
        receiving.close()
    return found


def _limited(work: Callable[[A], B], item: A, sending: "Connection") -> None:
    _settle()
    sending.send(_outcome(work, item))


def _outcome(work: Callable[[A], B], item: A) -> B | DoorError:
    try:
        return work(item)
    except DoorError as problem:
        return problem
    except (MemoryError, RecursionError):
        return TOO_HEAVY
    except Exception:  # a hostile file can make a library raise anything
        return BROKEN


def _settle() -> None:
    """Five seconds of the processor, 512 MB over what it was born with, and no file."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries say of a file is no word of ours
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if Path("/proc/self/statm").exists():
        with open("/proc/self/statm", encoding="ascii") as file:
            born = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (born + MEMORY_BYTES, born + MEMORY_BYTES))
