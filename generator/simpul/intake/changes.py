"""What a change touches, from git: which files, whose folders, which pages."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from simpul.problems import Problem, error

REGION = re.compile(r"content/daerah/([^/]+)/")


class NoHistoryError(Exception):
    """Why git cannot tell what changed; for the contributor."""


def changed_files(root: Path, base: str) -> list[str]:
    """Paths added, changed or deleted since the history left `base`, relative to the root, sorted."""
    command = ["git", "diff", "--name-only", "--no-renames", "-z", "--relative", "--end-of-options",
               f"{base}...HEAD", "--"]
    try:
        if not base:
            raise FileNotFoundError
        done = subprocess.run(command, cwd=root, capture_output=True, check=True,  # noqa: S603  # no shell
                              timeout=60)
    except (OSError, subprocess.SubprocessError):
        raise NoHistoryError(f"perubahan sejak '{base}' tidak dapat dibaca. "
                             "Jalankan di repositori git yang memuat riwayat cabang utama.") from None
    return sorted(path for path in done.stdout.decode("utf-8", "replace").split("\0") if path)


def stays_at_home(changed: Iterable[str], region: str = "") -> Iterator[Problem]:
    """A submission of a region touches that region's folder only. `region` is its code; "" takes the folder
    with most files. A change without any region's folder is the centre's own.
    """
    files: dict[str, list[str]] = {}
    for path in changed:
        match = REGION.match(path)
        files.setdefault(match[1] if match else "", []).append(path)
    homes = {code: paths for code, paths in files.items() if code}
    if not homes:
        return
    home = region or max(sorted(homes), key=lambda code: len(homes[code]))
    for code, paths in sorted(files.items()):
        for path in paths if code != home else ():
            whose = f"folder daerah {code}" if code else "berkas pusat"
            yield error(path, 1, "daerah-lain", f"usulan daerah {home} mengubah {whose}",
                        "Pisahkan: satu usulan untuk satu folder daerah. "
                        "Kembalikan berkas ini seperti semula di usulan ini.")


def concerning(problems: Iterable[Problem], changed: Iterable[str]) -> tuple[Problem, ...]:
    """The problems in changed files, and errors elsewhere, which a change may cause too."""
    touched = set(changed)
    return tuple(problem for problem in problems if problem.path in touched or problem.severity == "error")
