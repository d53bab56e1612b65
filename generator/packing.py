"""Values as bytes, for what is kept between runs or sent between processes. A checksum tells damaged ones."""

import pickle
from typing import Any
from zlib import crc32

CHECKSUM = 4


def dump(value: Any) -> bytes:
    """A value as bytes."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return crc32(data).to_bytes(CHECKSUM, "big") + data


def load(data: bytes) -> Any:
    """The value of `dump`, or None when the bytes are damaged."""
    packed = memoryview(data)[CHECKSUM:]
    if crc32(packed) != int.from_bytes(data[:CHECKSUM], "big"):
        return None
    try:
        return pickle.loads(packed)
    except Exception:  # of another version, say
        return None
