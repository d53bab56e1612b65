"""Work beside this process: the same values in the same order, whatever happens to the one that works."""

import os
import select
import signal
import time
from collections.abc import Iterator
from functools import partial

import pytest

from simpul.runtime.workers import in_background

HERE = os.getpid()
LONG = "x" * 300_000


def _steps(dies: int) -> Iterator[tuple[int, str]]:
    """Five values too long for a pipe; beside this process, one step may be its last."""
    for number in range(5):
        if number == dies and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        yield number, LONG


@pytest.mark.parametrize("dies", [-1, 0, 3])
@pytest.mark.parametrize("jobs", [1, 2])
def test_steps_taken_aside_give_all_their_values(dies: int, jobs: int) -> None:
    with in_background(partial(_steps, dies), jobs) as values:
        assert list(values) == [(number, LONG) for number in range(5)]


def test_steps_go_on_while_nobody_listens() -> None:
    receiving, sending = os.pipe()

    def steps() -> Iterator[str]:
        yield from (LONG, LONG, LONG)
        os.write(sending, b"done")

    with in_background(steps, 2) as values:
        assert select.select([receiving], [], [], 30)[0]
        assert len(list(values)) == 3
    os.close(sending)
    os.close(receiving)


def test_nobody_waits_for_steps_that_are_not_asked_for() -> None:
    def steps() -> Iterator[int]:
        yield os.getpid()
        time.sleep(60)
        yield 0

    start = time.monotonic()
    with in_background(steps, 2) as values:
        child = next(values)
    assert time.monotonic() - start < 30
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
