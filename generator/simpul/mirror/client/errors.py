"""What can go wrong, told in Indonesian: what happened, then what to do. Each kind has its own exit code."""

from __future__ import annotations


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


class Untrusted(MirrorError):
    """What a source gave is not what the publisher signed. Nothing of it is used."""

    code = 3


class Expired(Untrusted):
    """Rightly signed, but no longer valid at the known time."""


class Full(MirrorError):
    """The disk of the mirror refuses: full, read-only, or damaged."""

    code = 4


class Busy(MirrorError):
    """Another run holds the lock."""

    code = 5
