"""Sources on disk -> Portal and problems."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from simpul.builder.broken import problem_of
from simpul.builder.dead_ends import dead_ends
from simpul.builder.items import list_items
from simpul.checks.rules import check_portal
from simpul.portal import Portal
from simpul.portal.assemble import assemble
from simpul.problems import Finding, Problem, error, the_first_of_each
from simpul.runtime.cache import Cache
from simpul.runtime.packing import digest, dump
from simpul.runtime.versions import code_version
from simpul.sources.entry import Source
from simpul.sources.files import Stamp, latest_date
from simpul.sources.formats import (
    MAX_FILES,
    Record,
    Unreadable,
    decode,
    read_bytes,
    read_front_matter,
    read_yaml,
)
from simpul.sources.read import read_sources
from simpul.sources.settings import read_settings
from simpul.sources.tables import read_table


@dataclass(frozen=True, slots=True)
class Loaded:
    """A portal as it stands, its sources, and every problem, sorted. Pages may be made of it when none is an
    error.
    """

    portal: Portal
    sources: Mapping[str, Source]
    problems: tuple[Problem, ...]


def load_portal(root: Path, stamps: Mapping[str, Stamp], cache: Cache, jobs: int) -> Loaded:
    """Reads the sources below `root`, whose stamps `find_files` gave; nothing is raised for what a
    contributor wrote.
    """
    settings, problems = read_settings(root)
    problems += _too_many(stamps)
    sources = read_sources(root, stamps, cache, jobs)
    portal = assemble(settings, {path: source.entry for path, source in sources.items()},
                      {path: source.facts for path, source in sources.items()}, stamps, latest_date())
    problems += [problem for source in sources.values() for problem in source.problems]
    loaded = Loaded(portal, sources, ())
    known, lines = _remembered(loaded, cache), _Lines(root, stamps)
    problems += _found(loaded, lines, cache) if known is None else known
    problems += dead_ends(portal, sources, lines.text, lines.find, cache)
    return replace(loaded, problems=tuple(sorted(set(problems))))


def _remembered(loaded: Loaded, cache: Cache) -> list[Problem] | None:
    """What the rules found last, if they would find the same now, and on the same lines."""
    known = cache.note("found")
    if not isinstance(known, tuple) or known[0] != _rules_see(loaded.portal):
        return None
    files: dict[str, str] = known[1]
    found: list[Problem] = known[2]
    return found if all(_digest(loaded, path) == digest for path, digest in files.items()) else None


def _found(loaded: Loaded, lines: "_Lines", cache: Cache) -> list[Problem]:
    """What the rules find."""
    portal = loaded.portal
    try:
        addresses = [(item.url, item.source) for item in list_items(portal)]
        found = [finding.at(lines.find(finding))
                 for finding in the_first_of_each(check_portal(portal, addresses))]
    except Exception as failure:  # whatever it is, it is told, and the other problems too
        return [problem_of("pemeriksaan portal tidak selesai", failure)]
    files = {problem.path: _digest(loaded, problem.path) for problem in found}
    cache.write("note", [("found", dump((_rules_see(portal), files, found)))])
    return found


def _rules_see(portal: Portal) -> str:
    return digest((portal.digest, code_version()))


def _digest(loaded: Loaded, path: str) -> str:
    source = loaded.sources.get(path)
    return source.digest if source else ""


def _too_many(stamps: Mapping[str, Stamp]) -> list[Problem]:
    if len(stamps) <= MAX_FILES:
        return []
    hint = "Periksa apakah ada folder yang tersalin berulang."
    return [error("content/", 1, "terlalu-banyak", f"ada {len(stamps)} berkas, batasnya {MAX_FILES}", hint)]


class _Lines:
    """Finds the lines of fields, reading a file again only when one of its fields has a problem, or when a
    word is looked for.
    """

    def __init__(self, root: Path, stamps: Mapping[str, Stamp]) -> None:
        self.root, self.stamps = root, stamps
        self.records: dict[str, Record] = {}

    def find(self, finding: Finding) -> int:
        if isinstance(finding.where, int):
            return finding.where
        if finding.path not in self.records:
            self.records[finding.path] = self._record(finding.path)
        return self.records[finding.path].line(finding.where)

    def text(self, path: str) -> str:
        """What a source holds, nothing where it cannot be read."""
        try:
            return decode(read_bytes(self.root, path, self.stamps[path]))
        except (Unreadable, OSError, KeyError):
            return ""

    def _record(self, path: str) -> Record:
        read = read_front_matter if path.endswith(".md") else read_yaml
        try:
            data = read_bytes(self.root, path, self.stamps[path])
            return read_table(path, data) if path.endswith(".csv") else read(path, decode(data))
        except (Unreadable, OSError, KeyError):
            return Record(path, None)
