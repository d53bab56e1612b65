"""The program for hosts that have PHP and no Python: its parts as one file, with the trusted root in it."""

import json
from collections.abc import Mapping
from importlib import resources

NAME = "simpul-mirror.php"
PARTS = ("start", "errors", "tree", "disk", "http", "trust", "notes", "manifest", "refresh", "unpack", "plan",
         "fetch", "install", "look", "main")
OPENING = "<?php\n"


def build_program(roots: Mapping[int, bytes], origin: str) -> bytes:
    """The program that trusts the newest of these roots (root metadata by version) and asks the release
    folder of the portal at `origin`, where one is known.
    """
    folder = resources.files(__package__)
    first, *others = [(folder / f"{part}.php").read_text(encoding="utf-8") for part in PARTS]
    known = json.dumps({str(version): roots[version].decode() for version in sorted(roots)})
    first = _set(first, "ROOTS", "{}", known)
    first = _set(first, "SOURCE", "", f"{origin.rstrip('/')}/rilis/" if origin else "")
    return "".join([first, *(text.removeprefix(OPENING) for text in others)]).encode()


def _set(text: str, name: str, default: str, value: str) -> str:
    line = f"const {name} = '{default}';\n"
    assert line in text, f"the program has no {name}"
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    return text.replace(line, f"const {name} = '{quoted}';\n")
