"""Small changes in a YAML file that leave its comments and form alone: by line, and read again afterwards."""

import re
from collections.abc import Callable, Sequence

from simpul.adapting.texts import CannotEditError
from simpul.sources.formats import Record, Unreadable, read_yaml


def put(rows: list[str], line: int, key: str, value: str) -> None:
    """Replaces the value of a key in its line."""
    rows[line - 1] = re.sub(rf"""\b{key}:\s*("[^"]*"|'[^']*'|[^\s,}}]+)""", lambda _: f"{key}: {value}",
                            rows[line - 1], count=1)


def add_beside(rows: list[str], line: int, known: tuple[str, str], key: str, value: str) -> None:
    """Adds a key after a known key and its value: beside it inside braces, otherwise on a line of its own."""
    row, (other, held) = rows[line - 1], known
    before = row.partition(f"{other}:")[0]
    if "{" in before:
        pattern = rf"""\b({other}:\s*["']?{re.escape(held)}["']?)(?=[\s,}}])"""
        rows[line - 1] = re.sub(pattern, rf"\1, {key}: {value}", row, count=1)
    else:
        rows.insert(line, f"{' ' * len(before)}{key}: {value}")


def append(rows: list[str], line: int, key: str, items: Sequence[str]) -> None:
    """Adds to a list in its own form, brackets or one item a line; `line` is 0 where there is no key yet."""
    if not line:
        rows.append(f"{key}: [{', '.join(items)}]")
    elif rows[line - 1].rstrip().endswith("]"):
        rows[line - 1] = f"{rows[line - 1].rstrip()[:-1]}, {', '.join(items)}]"
    else:
        following = rows[line] if line < len(rows) else ""
        indent = following[:len(following) - len(following.lstrip())]
        rows[line:line] = [f"{indent}- {item}" for item in items]


def finished(path: str, rows: Sequence[str], holds: Callable[[Record], bool], by_hand: str) -> str:
    """The changed text, if it says what it should. Raises CannotEditError with what to write by hand."""
    text = "\n".join(rows)
    try:
        good = holds(read_yaml(path, text))
    except (Unreadable, LookupError, TypeError):
        good = False
    if not good:
        raise CannotEditError(f"susunan {path} tidak dapat diubah dengan pasti. Tulis sendiri: {by_hand}")
    return text
