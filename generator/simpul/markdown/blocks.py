"""The blocks of a text: its source cut at the `##` headings, and digests that tell which has changed."""

import hashlib
import re
from collections.abc import Iterator, Sequence

UNDERLINE = re.compile(r" {0,3}(-+|=+)\s*\Z")
SPACES = bytes(ord(" ") if chr(code).isspace() else ord("x") for code in range(256))


def count_words(text: str) -> int:
    """How many parts white space makes of a text; ASCII, as most are, is counted without making them."""
    if not text.isascii():
        return len(text.split())
    return (b" " + text.encode().translate(SPACES)).count(b" x")


def cut(text: str, headings: Sequence[int | None]) -> Iterator[str]:
    """The source below each heading, without outer blank lines; `headings` are row numbers from 0, in order.

    None stands for the text before the first heading.
    """
    rows = [row.rstrip() for row in text.split("\n")]
    ends = [row for row in headings[1:] if row is not None] + [len(rows)]
    for row, end in zip(headings, ends, strict=False):
        yield "\n".join(rows[_start(rows, row):end]).strip("\n")


def _start(rows: Sequence[str], heading: int | None) -> int:
    return 0 if heading is None else first_row(rows, heading)


def first_row(rows: Sequence[str], heading: int) -> int:
    """The row below a heading, which may be underlined instead of marked with `#`."""
    underlined = not rows[heading].lstrip().startswith("#") and \
        UNDERLINE.match("".join(rows[heading + 1:heading + 2]))
    return heading + (2 if underlined else 1)


def digest_of(block: str) -> str:
    """16 hexadecimal digits of the SHA-256 of a block's source."""
    return hashlib.sha256(block.encode()).hexdigest()[:16]
