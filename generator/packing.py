"""Values as bytes, for what is kept between runs or sent between processes."""

import pickle
from typing import Any


def dump(value: Any) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def load(data: bytes) -> Any:
    """The value of `dump`, or None when the bytes are damaged."""
    try:
        return pickle.loads(data)
    except Exception:  # a damaged pickle may raise anything
        return None
