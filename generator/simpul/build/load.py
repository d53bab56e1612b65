"""Sources on disk -> Portal and problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from simpul.build.survey import Survey, survey
from simpul.checks.rules import check_portal
from simpul.markdown import Rendered
from simpul.model import Picture, Practice, Settings
from simpul.pages import page_urls
from simpul.portal import Portal
from simpul.portal.assemble import assemble
from simpul.problems import Finding, Problem, error
from simpul.runtime.cache import Cache
from simpul.runtime.packing import dump
from simpul.sources.entry import Body, WholeCase, read_entry
from simpul.sources.files import SETTINGS, Stamp, latest_date
from simpul.sources.formats import MAX_FILES, Record, Unreadable, decode, read_bytes, read_csv, read_front_matter, read_yaml
from simpul.sources.read import read_entries
from simpul.sources.schema import read_model


@dataclass(frozen=True, slots=True)
class Loaded:
    """A portal as it stands, with every problem, sorted. Pages may be made of it when none of them is an error."""

    portal: Portal
    problems: tuple[Problem, ...]
    survey: Survey


def load_portal(root: Path, stamps: Mapping[str, Stamp], cache: Cache, jobs: int) -> Loaded:
    """Reads the sources below `root`, whose stamps `find_files` gave; nothing is raised for what a contributor wrote."""
    settings, problems = _read_settings(root)
    problems += _too_many(stamps)
    entries = read_entries(root, stamps, cache, jobs)
    portal = assemble(settings, entries, stamps, latest_date())
    problems += [problem for entry in entries for problem in entry.problems]
    seen = survey(portal)
    known = _remembered(seen, portal, cache)
    problems += _found(seen, portal, _Lines(root, stamps), cache) if known is None else known
    return Loaded(portal, tuple(sorted(set(problems))), seen)


def _remembered(seen: Survey, portal: Portal, cache: Cache) -> list[Problem] | None:
    """What the rules found last, where nothing has changed that they look at or speak of."""
    known = cache.note("found")
    if not isinstance(known, tuple) or known[0] != seen.digest:
        return None
    told: dict[str, str] = known[1]
    found: list[Problem] = known[2]
    return found if all(_digest(portal, path) == digest for path, digest in told.items()) else None


def _found(seen: Survey, portal: Portal, lines: "_Lines", cache: Cache) -> list[Problem]:
    """What the rules find."""
    found = [finding.at(lines.find(finding)) for finding in check_portal(portal, page_urls(portal))]
    told = {problem.path: _digest(portal, problem.path) for problem in found}
    cache.write("note", [("found", dump((seen.digest, told, found)))])
    return found


def _digest(portal: Portal, path: str) -> str:
    entry = portal.entries.get(path)
    return entry.digest if entry else ""


def _too_many(stamps: Mapping[str, Stamp]) -> list[Problem]:
    if len(stamps) <= MAX_FILES:
        return []
    hint = "Periksa apakah ada folder yang tersalin berulang."
    return [error("content/", 1, "terlalu-banyak", f"ada {len(stamps)} berkas, batasnya {MAX_FILES}", hint)]


def _read_settings(root: Path) -> tuple[Settings, list[Problem]]:
    """The part of mkdocs.yml that Simpul uses; keys below `extra.simpul` stand beside MkDocs' own."""
    default = Settings(site_name="Simpul")
    path = root / SETTINGS
    if not path.is_file():
        hint = "Buat mkdocs.yml dengan 'site_name'."
        return default, [error(SETTINGS, 1, "tanpa-pengaturan", "berkas pengaturan belum ada", hint)]
    try:
        record = read_yaml(SETTINGS, decode(path.read_bytes()))
    except Unreadable as problem:
        return default, [problem.problem(SETTINGS)]
    fields = record.value if isinstance(record.value, dict) else {}
    extra = fields.get("extra")
    own = extra.get("simpul") if isinstance(extra, dict) else None
    merged = {**fields, **(own if isinstance(own, dict) else {})}
    settings, problems = read_model(Record(SETTINGS, merged, record.lines), Settings)
    return (settings if isinstance(settings, Settings) else default), problems


class Bodies:
    """What only the pages of files show: from the cache, or read again where the cache has lost it. A case is opened once."""

    def __init__(self, root: Path, portal: Portal, cache: Cache) -> None:
        self.root, self.portal, self.cache = root, portal, cache
        self.cases: dict[str, WholeCase] = {}

    def text(self, path: str) -> Rendered:
        """A rendered Markdown source."""
        if self.portal.entries[path].case:
            return self._case(path).rendered
        body = self._body(path)
        assert isinstance(body, Rendered)
        return body

    def practice(self, name: str) -> Practice:
        """The fields of a case."""
        return self._case(self.portal.practice_path(name)).practice

    def _case(self, path: str) -> WholeCase:
        if path not in self.cases:
            body = self._body(path)
            assert isinstance(body, WholeCase)
            self.cases[path] = body
        return self.cases[path]

    def picture(self, path: str) -> Picture:
        """A picture in its two widths."""
        body = self._body(path)
        assert isinstance(body, Picture)
        return body

    def _body(self, path: str) -> Body:
        known: Body = self.cache.value("body", path, self.portal.entries[path].digest)
        return known or read_entry(path, (self.root / path).read_bytes())[1]


class _Lines:
    """Finds the lines of fields, reading a file again only when one of its fields has a problem."""

    def __init__(self, root: Path, stamps: Mapping[str, Stamp]) -> None:
        self.root, self.stamps = root, stamps
        self.records: dict[str, Record] = {}

    def find(self, finding: Finding) -> int:
        if isinstance(finding.where, int):
            return finding.where
        if finding.path not in self.records:
            self.records[finding.path] = self._record(finding.path)
        return self.records[finding.path].line(finding.where)

    def _record(self, path: str) -> Record:
        read = {".md": read_front_matter, ".csv": read_csv}.get(Path(path).suffix, read_yaml)
        try:
            return read(path, decode(read_bytes(self.root, path, self.stamps[path])))
        except (Unreadable, OSError, KeyError):
            return Record(path, None)
