"""A small portal to break on purpose: `Sample(folder).write("curriculum/...", "...").problems()`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from simpul.builder.build import build, check
from simpul.builder.report import BuildReport
from simpul.problems import Problem, as_text

HERE = Path(__file__).parent
SITE = HERE / "site"
REGIONS = HERE.parent / "curriculum" / "wilayah"
ALL = ""
"""How the codes of all real provinces begin."""


class Sample:
    """A copy of tests/site with the fictional province and the real regions of one, or of all (ALL): most
    tests ask for no region by name, and a build makes pages for each.
    """

    def __init__(self, root: Path, province: str = "73") -> None:
        self.root = root
        shutil.copytree(SITE, root, dirs_exist_ok=True)
        regions = root / "curriculum" / "wilayah"
        regions.mkdir(parents=True)
        for name in ("provinces.csv", "regencies.csv"):
            heading, *rows = (REGIONS / name).read_text(encoding="utf-8").splitlines(keepends=True)
            kept = "".join(row for row in rows if row.startswith(province))
            (regions / name).write_text(heading + kept, encoding="utf-8")
        (root / "contoh.csv").rename(regions / "contoh.csv")

    def write(self, path: str, content: str | bytes) -> "Sample":
        """Puts a file in the sources."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def replace(self, path: str, old: str, new: str) -> "Sample":
        """Edits a file of the sources."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        return self.write(path, text.replace(old, new))

    def remove(self, path: str) -> "Sample":
        """Takes a file or a folder from the sources."""
        place = self.root / path
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()
        return self

    def problems(self) -> tuple[Problem, ...]:
        """Everything `simpul check` finds."""
        return check(self.root, 1).problems

    def report(self) -> str:
        """What `simpul check` prints."""
        return as_text(self.problems())

    def build(self, site: Path | None = None, jobs: int = 1) -> BuildReport:
        """Builds the site below the root, or elsewhere."""
        return build(self.root, site or self.root / "site", jobs)

    def page(self, url: str) -> str:
        """A page of the site."""
        return (self.root / "site" / url).read_text(encoding="utf-8")


def simpul(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs the command as a user does."""
    command = [sys.executable, "-m", "simpul", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8",
                          timeout=120, check=False,
                          env={**os.environ, "PYTHONPATH": str(HERE.parent / "generator"), **environment})


def tree(site: Path) -> dict[str, bytes]:
    """All files of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes()
            for path in sorted(site.rglob("*")) if path.is_file()}
