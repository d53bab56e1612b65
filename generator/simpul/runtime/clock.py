"""A limit on the time that the processor works at something. How busy the machine is with other things does
not count.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time

SHORTEST = 0.01


class OutOfTime(BaseException):  # an Exception might be caught by what it is meant to end
    """The time is over."""


class Clock:
    """Where signals can be had (not on Windows, nor in threads) it ends a piece of work with OutOfTime; else
    it tells when the piece is done.
    """

    def __init__(self, rings: bool) -> None:
        self.rings = rings
        self.end: float | None = None

    def start(self, seconds: float) -> None:
        """A piece of work begins that may take so long."""
        self.end = thread_time() + seconds
        self._ring_in(seconds)

    def stop(self) -> float:
        """The piece is done; how many seconds were left, negative where it took too long."""
        end, self.end = self.end or 0.0, None
        self._ring_in(0)
        return end - thread_time()

    def _ring_in(self, seconds: float) -> None:
        if self.rings:
            signal.setitimer(signal.ITIMER_PROF, seconds and max(seconds, SHORTEST))

    def ring(self, signum: int, frame: object) -> None:
        """The process has worked that long; whether this thread did is looked up."""
        if self.end is None:
            return
        left = self.end - thread_time()
        if left <= 0:
            raise OutOfTime
        self._ring_in(left)


@contextmanager
def clock() -> Iterator[Clock]:
    """A clock for many pieces of work, one after another."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield Clock(rings=False)
        return
    own = Clock(rings=True)
    before = signal.signal(signal.SIGPROF, own.ring)
    try:
        yield own
    finally:
        signal.signal(signal.SIGPROF, before)
