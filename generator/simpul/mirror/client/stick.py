"""What a stick with pages carries for Windows without Python: a menu, and a script that checks and copies."""

from __future__ import annotations

import pkgutil

NAMES = ("SIMPUL.cmd", "simpul.ps1")


def windows_files() -> dict[str, bytes]:
    """The files by name, with the ends of line that `cmd` needs."""
    return {name: (pkgutil.get_data(__package__, f"windows/{name}") or b"").replace(b"\n", b"\r\n")
            for name in NAMES}
