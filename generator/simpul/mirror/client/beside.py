"""What `export` lays beside a site, and the list by which its own files are known again."""

from __future__ import annotations

import re

from .disk import Disk, read_note
from .errors import Untrusted
from .names import check_inside
from .state import MAX_LIST
from .tree import File

ROOM, PROGRAM = "rilis", "simpul-mirror.pyz"
LIST = f"{ROOM}/isi.txt"
BESIDE = re.compile(r"rilis/(objek/[0-9a-f]{64}\.(xz|pyz)|manifes/[0-9a-f]{64}\.manifes\.json|salinan\.json|"
                    r"metadata/(timestamp|\d+\.(root|targets|snapshot))\.json)|simpul-mirror\.pyz")
_LINE = re.compile(r"([0-9a-f]{64}) (\d{1,12}) (.+)")

Written = dict[str, set[File]]


def line(path: str, file: File) -> str:
    """How the list names a file."""
    return f"{file.sha256} {file.size} {path}\n"


def written_before(target: Disk) -> Written:
    """What the list of earlier exports names, as far as it may be believed: anybody may have written it."""
    try:
        lines = read_note(target, LIST, MAX_LIST).decode(errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    found: Written = {}
    for entry in filter(None, map(_LINE.fullmatch, lines)):
        digest, size, path = entry.groups()
        try:
            known = path if BESIDE.fullmatch(path) else check_inside(path)
        except Untrusted:
            continue
        found.setdefault(known, set()).add(File(int(size), digest))
    return found
