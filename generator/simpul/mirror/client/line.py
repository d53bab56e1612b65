"""What a host may cost before it gives a byte that counts: time, and bytes of headers and chunk lines."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from typing import Any

IDLE = 2**18  # bytes that may come without one of the content: headers, chunk lines, empty gzip blocks
MOST_ADDRESSES = 4  # of one name: a name may have any number that do not answer


class Overlong(OSError):
    """A host that sends without end, and nothing of what was asked for."""


class Allowance:
    """Seconds and bytes until something of the content must have come. Every gain begins it anew."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds, self.clock = seconds, clock
        self.renew()

    def renew(self) -> None:
        """From here on the whole of it again."""
        self._until, self._bytes = self.clock() + self.seconds, IDLE

    def left(self) -> float:
        """Seconds left, more than none; else a timeout, also where bytes ran out first."""
        left = self._until - self.clock()
        if left <= 0:
            raise socket.timeout("slow")  # noqa: UP041  # not the same before Python 3.10
        if self._bytes <= 0:
            raise Overlong("endless")
        return left

    def spend(self, count: int) -> None:
        """Counts bytes that have come."""
        self._bytes -= count


class _Reader(io.RawIOBase):
    """Reads a socket within the allowance, however few bytes come at a time."""

    def __init__(self, sock: socket.socket, allowance: Allowance) -> None:
        self._sock, self._allowance = sock, allowance
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._allowance.left())
        count = self._raw.readinto(buffer) or 0
        self._allowance.spend(count)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Socket:
    """As much of a socket as an answer needs."""

    def __init__(self, sock: socket.socket, allowance: Allowance) -> None:
        self._sock, self._allowance = sock, allowance

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._allowance))


def restrain(connection: HTTPConnection, allowance: Allowance) -> None:
    """Holds all a connection does to the allowance: the dialling, a proxy's greeting, headers, contents."""

    def dial(address: tuple[str, int], *_: object) -> socket.socket:
        return _dial(address, allowance)

    def answer(sock: socket.socket, *rest: Any, **named: Any) -> HTTPResponse:
        return HTTPResponse(_Socket(sock, allowance), *rest, **named)  # type: ignore[arg-type]

    connection._create_connection = dial  # type: ignore[attr-defined]  # no public way
    connection.response_class = answer  # type: ignore[assignment]


def _dial(address: tuple[str, int], allowance: Allowance) -> socket.socket:
    """The first address of a name that answers; one that is silent leaves time for the next."""
    found = socket.getaddrinfo(*address, 0, socket.SOCK_STREAM)[:MOST_ADDRESSES]
    for number, (family, kind, protocol, _, place) in enumerate(found, 1):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(allowance.left() / (1 if number == len(found) else 2))
            sock.connect(place)
            sock.settimeout(allowance.left())
        except OSError:
            sock.close()
            if number == len(found):
                raise
        else:
            return sock
    raise socket.gaierror("no address")
