"""What can go wrong, told in Indonesian: what happened, then what to do. Each kind has its own exit code."""

from __future__ import annotations

from collections.abc import Sequence

GRAVITY = (1, 8, 6, 7, 3, 5, 4)  # exit codes: the last is told before the others


class MirrorError(Exception):
    """A failure the host of a mirror can read. `code` is the exit code of the program."""

    code = 1

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what}. {remedy}." if remedy else f"{what}.")
        self.what, self.remedy = what, remedy


class Unreachable(MirrorError):
    """No source could give what was asked: try again later, or elsewhere."""


class Missing(Unreachable):
    """The source answers, but does not have the file."""


class Intercepted(Missing):
    """Another answers in the place of the source: the login page of a network, a filter, another server."""

    code = 8


class Untrusted(MirrorError):
    """What a source gave is not what the publisher signed. Nothing of it is used."""

    code = 3


class Unsettled(Untrusted):
    """What a source gives does not fit together: a release is being uploaded, or its nodes differ in age.
    Whoever wanted to deceive would gain nothing by it.
    """

    code = 6


class Behind(Untrusted):
    """Rightly signed, but older than what is known: a source that was forgotten, or is held back."""

    code = 7


class Expired(Behind):
    """Rightly signed, but no longer valid at the known time."""


class Full(MirrorError):
    """The disk of the mirror refuses: full, read-only, or damaged."""

    code = 4


class Busy(MirrorError):
    """Another run holds the lock."""

    code = 5


def gravest(failures: Sequence[MirrorError]) -> MirrorError:
    """Of what all sources said, what its reader must know first."""
    return max(failures, key=lambda error: GRAVITY.index(error.code))
