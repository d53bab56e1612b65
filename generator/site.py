"""The commands' side of building: check, or check and bring the site in line, one at a time."""

import hashlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from generator.cache import Cache, code_version, dump
from generator.loading import FOLDERS, SETTINGS, Loaded, latest_date, load_portal
from generator.making import Outcome, Progress, write_site
from generator.problems import Problem, errors
from generator.render import theme_digest
from generator.sources import Stamp, find_files
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
        return load_portal(root, find_files(root, FOLDERS), cache, jobs)


def build(root: Path, site: Path, jobs: int, progress: Progress = silent) -> Report:
    """Builds the site unless there are errors; then the last good site stays as it is."""
    start = perf_counter()
    with only_one(root / CACHE.with_suffix(".lock")), closing(Cache(root / CACHE)) as cache:
        progress("Membaca sumber", 0, 1)
        recover(site)
        note, frame = f"report {site.absolute()}", _frame(root)
        sources, present = find_files(root, FOLDERS), stamps_below(site)
        known = cache.note(note)
        if isinstance(known, tuple) and known[0] == _fingerprint(frame, sources, present) and isinstance(known[1], Report):
            return replace(known[1], seconds=perf_counter() - start)
        loaded = load_portal(root, sources, cache, jobs)
        if errors(loaded.problems):
            return Report(loaded.problems, None, perf_counter() - start)
        outcome, written = write_site(root, loaded.portal, site, present, cache, jobs, progress)
        again = Report(loaded.problems, replace(outcome, made=0), 0)
        cache.write("note", [(note, dump((_fingerprint(frame, sources, written), again)))])
        return Report(loaded.problems, outcome, perf_counter() - start)


def _frame(root: Path) -> str:
    """Everything a build depends on beside its sources and what it finds of the site."""
    return repr((code_version(), theme_digest(), latest_date(), stamp_of(root / SETTINGS)))


def _fingerprint(frame: str, sources: Mapping[str, Stamp], present: Mapping[str, str]) -> str:
    """While it stays, a build has nothing to do. A source edited during a build has another stamp than the one noted."""
    digest = hashlib.sha256(frame.encode())
    for files in (sources, present):
        digest.update("\n".join(sorted(f"{path} {stamp}" for path, stamp in files.items())).encode())
    return digest.hexdigest()
