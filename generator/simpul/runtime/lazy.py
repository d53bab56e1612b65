"""Things that are made only when they have to be. What one is made from is a plain value, and the value's
digest decides: whoever makes it sees that value and nothing else, so nothing it shows can change unnoticed.
"""

import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any, NamedTuple

from simpul.runtime.packing import digest


class Shared:
    """A plain value that many things show; `mark` changes with it and stands for it among what each is made
    from.
    """

    __slots__ = ("mark", "value")

    def __init__(self, value: Any) -> None:
        self.value, self.mark = value, digest(value)


def name_of(make: Callable[..., Any]) -> str:
    """The name of a function, which must stand in a module by itself: one that was made within another or
    from another, or belongs to an object, may hold values that nobody sees. Raises TypeError for such.
    """
    name = getattr(make, "__qualname__", type(make).__name__)
    home = sys.modules.get(getattr(make, "__module__", ""))
    if getattr(home, name, None) is not make or not isinstance(make, FunctionType):
        raise TypeError(f"{name} is no function of a module, and may hold what its key does not see")
    return f"{make.__module__}.{name}"


class SiteFile(NamedTuple):
    """A file of the site: `make` turns the plain value and the opened `texts`, which are source paths, into
    its bytes.
    """

    url: str
    value: Any
    make: Callable[..., bytes]
    texts: tuple[str, ...] = ()

    @property
    def plain(self) -> tuple[Any, ...]:
        """What the file is made from, its texts aside."""
        return (self.url, name_of(self.make), self.value)


class LazyFile(NamedTuple):
    """A file that is to exist. What it is made from is collected when it is asked for; `source` is what calls
    for it.
    """

    url: str
    collect: Callable[[], SiteFile]
    source: str = ""


def as_it_is(data: bytes) -> bytes:
    """Makes a file whose value is its bytes."""
    return data


def ready(url: str, data: bytes) -> SiteFile:
    """A file whose bytes are there already."""
    return SiteFile(url, data, as_it_is)
