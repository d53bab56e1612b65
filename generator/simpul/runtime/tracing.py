"""Which lines of the program, or of its templates, a failure went through."""

import traceback
from pathlib import Path


def lines_below(failure: BaseException, folder: Path) -> list[tuple[str, int]]:
    """Files below a folder with the lines that the failure passed through; a template that cannot be read
    names its own.
    """
    found = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(failure.__traceback__)]
    if own := getattr(failure, "filename", None):
        found.append((str(own), getattr(failure, "lineno", None) or 1))
    return [(Path(name).relative_to(folder).as_posix(), line) for name, line in found
            if Path(name).is_relative_to(folder)]


def named(failure: BaseException) -> str:
    """The failure for who keeps the program: its kind, and what it says."""
    return f"{type(failure).__name__}: {' '.join(str(failure).split())}".rstrip(":. ")
