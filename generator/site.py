"""The commands' side of building: check, or check and bring the site in line, one at a time."""

import hashlib
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from generator.cache import Cache, code_version, dump
from generator.loading import FOLDERS, SETTINGS, Loaded, latest_date, load_portal
from generator.making import Outcome, Progress, write_site
from generator.problems import Problem, errors
from generator.render import theme_digest
from generator.sources import find_files
from generator.staging import only_one, recover, stamp_of, stamps_below

CACHE = Path(".cache/simpul.sqlite")


def silent(what: str, done: int, total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did; `outcome` is None when errors kept the site as it was."""

    problems: tuple[Problem, ...]
    outcome: Outcome | None
    seconds: float


def check(root: Path, jobs: int) -> Loaded:
    """The portal and its problems, without a site."""
    with only_one(root / CACHE.with_suffix(".lock")), closing(Cache(root / CACHE)) as cache:
        return load_portal(root, cache, jobs)


def build(root: Path, site: Path, jobs: int, progress: Progress = silent) -> Report:
    """Builds the site unless there are errors; then the last good site stays as it is."""
    start = perf_counter()
    with only_one(root / CACHE.with_suffix(".lock")), closing(Cache(root / CACHE)) as cache:
        progress("Membaca sumber", 0, 1)
        recover(site)
        last = _last_report(root, site, cache)
        if last:
            return replace(last, seconds=perf_counter() - start)
        loaded = load_portal(root, cache, jobs)
        if errors(loaded.problems):
            return Report(loaded.problems, None, perf_counter() - start)
        outcome = write_site(root, loaded.portal, site, cache, jobs, progress)
        report = Report(loaded.problems, outcome, perf_counter() - start)
        if loaded.stamps == find_files(root, FOLDERS):  # nothing was edited meanwhile
            again = replace(report, outcome=replace(outcome, made=0))
            cache.write("note", [(f"report {site.absolute()}", dump((_fingerprint(root, site), again)))])
    return report


def _last_report(root: Path, site: Path, cache: Cache) -> Report | None:
    """The report of the last build, if that build would be the same now."""
    known = cache.note(f"report {site.absolute()}")
    if not isinstance(known, tuple) or known[0] != _fingerprint(root, site):
        return None
    return known[1] if isinstance(known[1], Report) else None


def _fingerprint(root: Path, site: Path) -> str:
    """Changes with anything a build reads, and with any file of the site: while it stays, there is nothing to do."""
    digest = hashlib.sha256()
    for part in (code_version(), theme_digest(), latest_date(), stamp_of(root / SETTINGS), find_files(root, FOLDERS),
                 stamps_below(site)):
        digest.update(repr(part).encode())
    return digest.hexdigest()
