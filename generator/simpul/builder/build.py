"""The commands' side of building: check, or check and bring the site in line, one at a time."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from simpul.builder.report import BrokenError, BuildReport, Progress, silent
from simpul.builder.swap import Present, files_below, hidden_of, only_one, recover, staging_of
from simpul.problems import errors
from simpul.runtime.cache import Cache
from simpul.runtime.folders import refuse_foreign, refuse_sources
from simpul.runtime.packing import Columns, dump, maker
from simpul.runtime.versions import THEME, code_version, theme_digest
from simpul.runtime.workers import in_background
from simpul.sources.files import FOLDERS, SETTINGS, Stamp, find_files, latest_date

if TYPE_CHECKING:
    from simpul.builder.load import Loaded

CACHE = Path(".cache/simpul.sqlite")
SLOW_TO_LOOK_AT = 5000
"""Pages whose files take as long to look at as the program takes to load."""


def check(root: Path, jobs: int) -> "Loaded":
    """The portal and its problems, without a site."""
    with only_one(root / CACHE.with_suffix(".lock")), closing(Cache(root / CACHE)) as cache, \
            in_background(partial(_look, root), jobs) as looking:
        from simpul.builder.load import load_portal

        return load_portal(root, _sources(looking)[0], cache, jobs)


def refuse_to_fill(root: Path, folder: Path, choice: str) -> None:
    """Raises NotOursError unless the folder is ours to fill; `choice` is how its user names another."""
    refuse_sources(folder, root, [*(root / name for name in FOLDERS), root / ".git", THEME], choice)
    refuse_foreign(folder, choice)


def build(root: Path, site: Path, jobs: int, progress: Progress = silent,
          choice: str = "dengan --site") -> BuildReport:
    """Builds the site unless there are errors, in the sources or in the program's own templates and code;
    then the last good site stays as it is. Raises OSError where files cannot be read or written, and
    NotOursError for a folder that holds anything else; `choice` is how its user names another.
    """
    start = perf_counter()
    refuse_to_fill(root, site, choice)
    for folder in hidden_of(site):
        refuse_foreign(folder, choice)
    with only_one(root / CACHE.with_suffix(".lock")), closing(Cache(root / CACHE)) as cache:
        progress("Membaca sumber", 0, 1)
        recover(site)
        name = f"report {site.absolute()}"
        last = _last_report(cache.note(name))
        with in_background(partial(_look, root, site, staging_of(site)), jobs) as looking:
            if jobs > 1 and last and last.pages > SLOW_TO_LOOK_AT:
                import simpul.builder.make  # noqa: F401  # while all files are looked at
            sources, digest = _sources(looking)
            made_from = hashlib.sha256(f"{_surroundings(root)} {digest}".encode()).hexdigest()
            before = Columns._make(next(looking))
            if last and (last.sources, last.site) == (made_from, before.digest):
                return replace(last.report, seconds=perf_counter() - start)
            from simpul.builder.load import load_portal

            loaded = load_portal(root, sources, cache, jobs)
            present = Present(before, Columns._make(next(looking)))
        if errors(loaded.problems):
            return BuildReport(loaded.problems, None, perf_counter() - start)
        from simpul.builder.make import write_site

        try:
            result, stamps = write_site(root, loaded, site, present, cache, jobs, progress)
        except BrokenError as broken:
            found = tuple(sorted({*loaded.problems, *broken.problems}))
            return BuildReport(found, None, perf_counter() - start)
        again = BuildReport(loaded.problems, replace(result, made=0), 0)
        cache.write("note", [(name, dump(tuple(LastReport(made_from, stamps.digest, again))))])
        return BuildReport(loaded.problems, result, perf_counter() - start)


def _look(root: Path, *folders: Path) -> Iterator[tuple[Any, ...]]:
    """What there is, in plain values: the sources with a digest of their stamps, then the files of each
    folder.
    """
    found = find_files(root)
    stamps = {path: tuple(stamp) for path, stamp in found.items()}
    yield stamps, hashlib.sha256(repr(stamps).encode(errors="surrogateescape")).hexdigest()
    for folder in folders:
        yield tuple(files_below(folder))


def _sources(looking: Iterator[tuple[Any, ...]]) -> tuple[dict[str, Stamp], str]:
    """The sources and the digest. One that is edited during a build has another stamp than the one noted."""
    stamps, digest = next(looking)
    return dict(zip(stamps, map(maker(Stamp), stamps.values()), strict=True)), digest


class LastReport(NamedTuple):
    """What the last build was made from, what it left, both as digests, and what it told. While neither
    changes, a build has nothing to do.
    """

    sources: str
    site: str
    report: BuildReport

    @property
    def pages(self) -> int:
        """How many pages the site had."""
        return sum(self.report.result.pages.values()) if self.report.result else 0


def _last_report(note: object) -> LastReport | None:
    """The last build."""
    known = LastReport(*note) if isinstance(note, tuple) and len(note) == len(LastReport._fields) else None
    return known if known and isinstance(known.report, BuildReport) else None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _surroundings(root: Path) -> str:
    """Everything a build depends on beside its sources and what it finds of the site."""
    return repr((code_version(), theme_digest(), latest_date(), _digest(root / SETTINGS)))
