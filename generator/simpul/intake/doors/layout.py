"""Fields -> YAML as the guides write it: a line each, in quotes only where YAML would read something else."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

BARE = re.compile(r"[^\W\d_](?:[\w/().-]|, (?=[^\W\d_])| (?=[\w(]))*")
SPECIAL = frozenset(("null", "true", "false", "yes", "no", "ya", "tidak", "on", "off", "y", "n"))


def as_yaml(value: Mapping[str, Any] | Sequence[Any], indent: str = "") -> Iterator[str]:
    """The lines of a mapping or a list."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, (Mapping, list)) and item:
                yield f"{indent}{key}:"
                yield from as_yaml(item, f"{indent}  ")
            else:
                yield f"{indent}{key}: {'[]' if isinstance(item, list) else scalar(item)}"
        return
    for item in value:
        if isinstance(item, Mapping):
            first, *rest = as_yaml(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}- {scalar(item)}"


def scalar(value: object) -> str:
    """A text in a line of YAML."""
    text = "" if value is None else str(value)
    bare = BARE.fullmatch(text) and text.casefold() not in SPECIAL
    return text if bare else json.dumps(text, ensure_ascii=False)
