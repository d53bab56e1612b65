"""Simpul: sources -> entries -> Portal -> problems (stop here) -> pages -> site -> search + exports ->
release -> mirror.

As a library: `check(root)` tells what is wrong in the sources below a folder, `build(root, site)` brings a
site in line with them. Importing this changes no setting of the process.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simpul.builder.report import BuildReport
    from simpul.problems import Problem

__all__ = ["__version__", "build", "check"]
__version__ = "0.1.0"


def check(root: Path, jobs: int = 1) -> "tuple[Problem, ...]":
    """Every problem of the sources below `root`, sorted by file and line, found by `jobs` processes."""
    from simpul.builder.build import check as check_site

    return check_site(root, jobs).problems


def build(root: Path, site: Path | None = None, jobs: int = 1) -> "BuildReport":
    """Builds the site of the sources below `root`, by default in its folder `site`. With an error among the
    problems of the report nothing is changed, and its `result` is None.
    """
    from simpul.builder.build import build as build_site

    return build_site(root, site or root / "site", jobs)
