"""A bad line on this machine: a TCP proxy with rate, delay and losses, as not every kernel can impose them.

TCP repeats what is lost, so a program sees a lost packet as a pause, and sometimes as the end of a
connection. All waiting is divided by `speed`; `seconds` tells how long the line at its true rate would have
kept its user waiting.
"""

import asyncio
import random
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

PACKET = 1460
UP, DOWN = 0, 1


class Quality(NamedTuple):
    """Bytes a second each way, seconds there and back; a packet's chances of pause (seconds) and reset."""

    rate: float = 256_000 / 8
    delay: float = 0.7
    pauses: float = 0.01
    pause: tuple[float, float] = (0.7, 3.0)
    resets: float = 0.0005


BAD = Quality()


class Line:
    """What the line has carried so far. Its place is `http://127.0.0.1:<port>/`."""

    def __init__(self, target: int, quality: Quality, speed: float, seed: int) -> None:
        self.target, self.quality, self.speed = target, quality, speed
        self.draw, self.port = random.Random(seed), 0
        self.carried = self.connections = self.pauses = self.resets = 0
        self.seconds = 0.0
        self._free, self._tasks = [0.0, 0.0], set[asyncio.Task[None]]()
        self._since, self._idle = 0.0, True

    async def start(self) -> None:
        """Opens the port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Cuts every connection."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        self._begin()
        ends = [writer]
        with suppress(OSError, asyncio.CancelledError, ExceptionGroup):
            await asyncio.sleep(self.quality.delay / self.speed)  # the handshake
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
            ends.append(far_writer)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._carry(UP, reader, far_writer))
                group.create_task(self._carry(DOWN, far_reader, writer))
        for end in ends:
            end.transport.abort()

    async def _carry(self, way: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flying: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._deliver(way, flying, writer))
            while data := await reader.read(PACKET):
                if way == UP:
                    self._begin()
                self._free[way] = max(self._free[way], self._now()) + \
                    (len(data) / self.quality.rate + self._lost()) / self.speed
                await self._until(self._free[way])
                await flying.put((self._free[way] + self.quality.delay / 2 / self.speed, data))
            await flying.put((0.0, b""))
        raise ConnectionResetError  # one end is done: so is the other

    async def _deliver(self, way: int, flying: "asyncio.Queue[tuple[float, bytes]]",
                       writer: asyncio.StreamWriter) -> None:
        while (item := await flying.get())[1]:
            await self._until(item[0])
            writer.write(item[1])
            await writer.drain()
            self.carried += len(item[1])
            if way == DOWN:
                now = self._now()
                self.seconds, self._since, self._idle = \
                    self.seconds + (now - self._since) * self.speed, now, True

    def _begin(self) -> None:
        """Somebody waits from now on, if nobody did."""
        if self._idle:
            self._since, self._idle = self._now(), False

    def _lost(self) -> float:
        chance = self.draw.random()
        if chance < self.quality.resets:
            self.resets += 1
            raise ConnectionResetError
        if chance < self.quality.resets + self.quality.pauses:
            self.pauses += 1
            return self.draw.uniform(*self.quality.pause)
        return 0.0

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    async def _until(self, moment: float) -> None:
        await asyncio.sleep(max(moment - self._now(), 0))


@contextmanager
def bad_line(target: int, quality: Quality = BAD, speed: float = 1.0, seed: int = 1) -> Iterator[Line]:
    """A running line to a port of this machine."""
    loop, line = asyncio.new_event_loop(), Line(target, quality, speed, seed)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def done(work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(10)

    done(line.start())
    try:
        yield line
    finally:
        done(line.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
