"""Values in fewer pieces, for what is kept between runs or sent between processes: as bytes, whose checksum
tells damaged ones; many short texts as one.
"""

import hashlib
import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast
from zlib import crc32

T = TypeVar("T")
CHECKSUM = 4
PLAIN, OTHER = b"m", b"p"


def dump(value: Any) -> bytes:
    """A value as bytes. Plain ones (tuples, lists, dicts, texts, numbers) are read back in half the time;
    arrays and other buffers among them would come back as bytes.
    """
    try:
        data = PLAIN + marshal.dumps(value)
    except ValueError:
        data = OTHER + pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return crc32(data).to_bytes(CHECKSUM, "big") + data


def load(data: bytes) -> Any:
    """The value of `dump`, or None when the bytes are damaged."""
    packed = memoryview(data)[CHECKSUM:]
    if crc32(packed) != int.from_bytes(data[:CHECKSUM], "big"):
        return None
    try:
        return (marshal if packed[:1] == PLAIN else pickle).loads(packed[1:])
    except Exception:  # of another version, say
        return None


DIGEST = 16
WITHOUT_REFERENCES = 2
"""A version of marshal that writes equal values as equal bytes, whoever else holds their parts."""


class UnplainError(TypeError):
    """A value holds an object; which, and where."""


def digest(value: Any) -> str:
    """Changes with a plain value: texts, numbers, bytes, None, and tuples, lists and dicts of such; no sets,
    which have no order. Raises UnplainError for any other: what an object would show cannot be seen from
    outside.
    """
    try:
        return hashlib.blake2b(marshal.dumps(value, WITHOUT_REFERENCES), digest_size=DIGEST).hexdigest()
    except ValueError:
        raise UnplainError(next(_objects(value, ""), type(value).__name__)) from None


def _objects(value: Any, place: str) -> Iterator[str]:
    """What in a value is not plain: where it stands, and its type."""
    if type(value) in (list, tuple):
        for number, item in enumerate(value):
            yield from _objects(item, f"{place}[{number}]")
    elif type(value) is dict:
        for key, item in value.items():
            yield from _objects(item, f"{place}[{key!r}]")
    elif type(value) not in (str, int, float, bool, bytes, type(None)):
        yield f"{type(value).__name__} at {place}" if place else type(value).__name__


def checksum(value: Any) -> str:
    """Changes with whatever can be packed; equal values of equal make have the same, in this version of the
    program.
    """
    try:
        data = marshal.dumps(value, WITHOUT_REFERENCES)
    except ValueError:
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return hashlib.blake2b(data, digest_size=DIGEST).hexdigest()


class Columns(NamedTuple):
    """Values by name, in order, as two long texts: two of these are compared at once, and only taken apart
    when that is asked for. Names and values are free of NUL, as names of files are.
    """

    names: str
    values: str

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Columns":
        """Of values by name."""
        return cls(joined(values), joined(values.values()))

    @property
    def by_name(self) -> dict[str, str]:
        """The values again."""
        return dict(zip(parted(self.names), parted(self.values), strict=True))

    @property
    def digest(self) -> str:
        """Changes with any of them, names that are no UTF-8 included."""
        return hashlib.sha256(joined(self).encode(errors="surrogateescape")).hexdigest()


def joined(texts: Iterable[str]) -> str:
    """Texts as one."""
    return "\0".join(texts)


def parted(column: str) -> list[str]:
    """The texts that were joined, none of which may be empty if it stands alone."""
    return column.split("\0") if column else []


def maker(kind: type[T]) -> Callable[[Iterable[Any]], T]:
    """Makes named tuples of plain ones that hold all their fields: in a third of the time of `_make`, which
    counts them.
    """
    return cast("Callable[[Iterable[Any]], T]", partial(tuple.__new__, kind))
