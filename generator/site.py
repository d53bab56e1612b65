"""The commands' side of building: check, or check and bring the site in line, one at a time."""

import hashlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from generator.cache import Cache
from generator.listing import SETTINGS, Stamp, find_files, latest_date
from generator.packing import dump
from generator.problems import errors
from generator.report import Progress, Report, silent
from generator.staging import only_one, recover, stamp_of, standing
from generator.versions import code_version, theme_digest
from generator.workers import aside

if TYPE_CHECKING:
    from generator.loading import Loaded

CACHE = Path(".cache/simpul.sqlite")


def check(root: Path, jobs: int) -> "Loaded":
    """The portal and its problems, without a site."""
    with only_one(root / CACHE.with_suffix(".lock")), closing(Cache(root / CACHE)) as cache:
        return _load(root, find_files(root), cache, jobs)


def build(root: Path, site: Path, jobs: int, progress: Progress = silent) -> Report:
    """Builds the site unless there are errors; then the last good site stays as it is."""
    start = perf_counter()
    with only_one(root / CACHE.with_suffix(".lock")), closing(Cache(root / CACHE)) as cache:
        progress("Membaca sumber", 0, 1)
        recover(site)
        name, frame = f"report {site.absolute()}", _frame(root)
        loaded = None
        looking = aside(partial(standing, site), jobs)
        try:
            sources = find_files(root)
            made_from = _fingerprint(frame, sources)
            known = _known(cache.note(name), made_from)
            if known is None:
                loaded = _load(root, sources, cache, jobs)
        finally:
            stands = looking()
        if known and known.site == stands.site:
            return replace(known.report, seconds=perf_counter() - start)
        loaded = loaded or _load(root, sources, cache, jobs)
        if errors(loaded.problems):
            return Report(loaded.problems, None, perf_counter() - start)
        from generator.making import write_site

        outcome, written = write_site(root, loaded, site, stands, cache, jobs, progress)
        again = Report(loaded.problems, replace(outcome, made=0), 0)
        cache.write("note", [(name, dump(tuple(Known(made_from, written, again))))])
        return Report(loaded.problems, outcome, perf_counter() - start)


class Known(NamedTuple):
    """What the last build was made from, the stamps of what it left, and what it told. While neither changes, a build has nothing
    to do.
    """

    sources: str
    site: Mapping[str, str]
    report: Report


def _known(note: object, sources: str) -> Known | None:
    """The last build, if it was made from these sources."""
    known = Known(*note) if isinstance(note, tuple) and len(note) == len(Known._fields) else None
    return known if known and known.sources == sources and isinstance(known.report, Report) else None


def _load(root: Path, sources: Mapping[str, Stamp], cache: Cache, jobs: int) -> "Loaded":
    from generator.loading import load_portal  # half of the time of a build with nothing to do would be spent loading this

    return load_portal(root, sources, cache, jobs)


def _frame(root: Path) -> str:
    """Everything a build depends on beside its sources and what it finds of the site."""
    return repr((code_version(), theme_digest(), latest_date(), stamp_of(root / SETTINGS)))


def _fingerprint(frame: str, sources: Mapping[str, Stamp]) -> str:
    """Changes with any source's stamp. One that is edited during a build has another stamp than the one noted."""
    stamps = "\n".join([f"{path} {size} {modified} {inode}" for path, (size, modified, inode) in sources.items()])
    return hashlib.sha256(f"{frame}\n{stamps}".encode()).hexdigest()
