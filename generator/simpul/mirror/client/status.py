"""What a copy says of itself to the centre, when it looks: `status.json`, which anybody may read."""

from __future__ import annotations

import json
from typing import Any

from . import VERSION
from .disk import Disk, store
from .download import Pace
from .guard import shown
from .mend import Report
from .state import STATUS, State, read_seen, read_status
from .tree import Tree, encode, sha256

SHOWN = 20
PAGES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".phtml", ".asp", ".aspx", ".jsp", ".js", ".svg",
         ".xml", ".txt", ".pdf")


def write_status(disk: Disk, state: State, tree: Tree, report: Report, now: str, pace: Pace) -> None:
    """The public note by which the centre can see, when it looks, how old this copy is, and whether it is
    whole. A file of that name that is not ours stays.
    """
    old, new = read_status(disk), {
        "rilis": state.release, "tanggal": state.date, "janji_hari": state.promise,
        "pohon": _found(state, tree, report), "root": read_seen(disk).root, "diperiksa": now,
        "klien": VERSION,
        "utuh": not report.left and not report.foreign, "dilihat": report.when, "dihitung": report.full,
        "diperbaiki": len(report.damaged) - len(report.left), "rusak": len(report.left),
        "asing": len(report.foreign),
        "berkas_asing": [shown(path) for path in report.foreign if _a_page(path)][:SHOWN],
    }
    if not old and disk.size(STATUS):
        pace.tell(f"{STATUS} di folder ini bukan catatan salinan dan dibiarkan; pusat tidak dapat melihat "
                  "umur salinan ini. Pindahkan berkas itu agar catatannya ditulis")
    elif _lasting(old) != _lasting(new):
        store(disk, STATUS, json.dumps(new).encode())


def _found(state: State, tree: Tree, report: Report) -> str:
    """A hash of what was found: of a whole copy the signed one of its tree, else another."""
    if not report.left and not report.foreign:
        return state.tree
    here = {path: file for path, file in tree.items() if path not in set(report.left)}
    return sha256(encode(here) + "\n".join(report.foreign).encode(errors="surrogatepass"))


def _a_page(path: str) -> bool:
    """Whether readers may meet it. Of other files, such as a host's backups, the world learns no names."""
    return path.lower().endswith(PAGES) and not any(part.startswith(".") and part != ".well-known"
                                                    for part in path.split("/"))


def _lasting(status: dict[str, Any]) -> dict[str, Any]:
    """A status but for the time of day, so that it is written once a day while nothing changes."""
    return {name: value[:10] if name in ("diperiksa", "dilihat") else value for name, value in status.items()}
