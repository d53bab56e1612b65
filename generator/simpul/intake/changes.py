"""What a change touches, from git: which files, whose folders; and what stood before it."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from simpul.problems import Problem, error

REGION = re.compile(r"content/daerah/([^/]+)/")


class NoHistoryError(Exception):
    """Why git cannot tell what changed; for the contributor."""


def changed_files(root: Path, base: str) -> list[str]:
    """Paths added, changed or deleted since the history left `base`, relative to the root, sorted.

    `base` is the branch that the change is meant for, as it is now. What came to it after the change was
    begun is no part of the change: neither where HEAD is the change itself, nor where it is the merge of
    both that GitHub checks out, since either way `base` and HEAD part where the change does.
    """
    return sorted(path for path in _told(root, base, "--name-only", "--no-renames") if path)


def removed_files(root: Path, base: str) -> dict[str, str]:
    """Paths that are no more since the history left `base`, each with the one it was renamed to, as far as
    git can tell, else "".
    """
    told = iter(_told(root, base, "--name-status", "--find-renames", "--diff-filter=DR"))
    return {next(told): next(told) if state.startswith("R") else "" for state in told if state}


def last_day(root: Path, base: str) -> str:
    """The ISO date of the last commit."""
    return _git(root, base, "log", "-1", "--format=%cs", "HEAD").strip()


def _told(root: Path, base: str, *form: str) -> list[str]:
    if not base:
        raise _no_history(base)
    return _git(root, base, "diff", *form, "-z", "--relative", "--end-of-options", f"{base}...HEAD",
                "--").split("\0")


def _git(root: Path, base: str, *command: str, **environment: str) -> str:
    try:
        done = subprocess.run(["git", *command], cwd=root, capture_output=True, check=True,  # noqa: S603, S607
                              timeout=60, env={**os.environ, **environment})
    except (OSError, subprocess.SubprocessError):
        raise _no_history(base) from None
    return done.stdout.decode("utf-8", "replace")


def _no_history(base: str) -> NoHistoryError:
    return NoHistoryError(f"perubahan sejak '{base}' tidak dapat dibaca. "
                          "Jalankan di repositori git yang memuat riwayat cabang utama.")


@contextmanager
def before(root: Path, base: str) -> Iterator[Path]:
    """A folder with all files as they were where the history left `base`, for as long as it is looked at."""
    start = _git(root, base, "merge-base", "--end-of-options", base, "HEAD").strip()
    tree = _git(root, base, "rev-parse", f"{start}:./").strip()
    home = _git(root, base, "rev-parse", "--absolute-git-dir").strip()
    with TemporaryDirectory() as folder:
        place = Path(folder) / "sumber"
        place.mkdir()
        there: Mapping[str, str] = {"GIT_DIR": home, "GIT_WORK_TREE": str(place),
                                    "GIT_INDEX_FILE": f"{folder}/index"}
        _git(place, base, "read-tree", tree, **there)
        _git(place, base, "checkout-index", "--all", **there)
        yield place


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
