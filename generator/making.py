"""Portal -> files of the site: makes the pages whose data changed, keeps the others, and swaps the result into place."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.assets import Product, asset_files, ready
from generator.cache import Cache
from generator.definitions import Definitions
from generator.exports.calendars import as_ics, calendars
from generator.exports.feeds import feed, sitemap
from generator.exports.monitoring import monitoring_files
from generator.exports.standard import standard_files
from generator.indexing import entry_of, search_files, synonyms_of
from generator.loading import Bodies
from generator.output import SEARCH, Output
from generator.packing import dump, load
from generator.pages import AnyPage, Page, list_pages
from generator.portal import Portal
from generator.render import Renderer
from generator.report import Outcome, Progress, silent
from generator.schema import schema_text, written_kinds
from generator.search import Entry, Index
from generator.staging import Row, Stage, Standing, size_of
from generator.versions import code_version, theme_digest
from generator.workers import aside, spread


class File(NamedTuple):
    """A file to write that is no page."""

    url: str
    make: Callable[[], bytes]


class Made(NamedTuple):
    """A file that was written: its address, its stamp, and what search takes of it, packed."""

    url: str
    stamp: str
    entry: bytes = b""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build can take over: files of the last one that nobody has touched, those that would be the same now, and the
    index if no page has changed; what it has to make; and which pages are gone.
    """

    intact: Mapping[str, Row]
    kept: Mapping[str, Row]
    stale: Sequence[AnyPage]
    files: Sequence[File]
    gone: frozenset[str]

    @property
    def indexed(self) -> bool:
        """Whether the index of the last build is that of this one."""
        return not self.stale and not self.gone and any(map(_of_index, self.kept))


def write_site(root: Path, portal: Portal, site: Path, stands: Standing, cache: Cache, jobs: int,
               progress: Progress) -> tuple[Outcome, Mapping[str, str]]:
    """Brings the site in line with the portal, and returns the stamps its files have then, by address. Nothing of the old site
    changes before all of the new one is there.
    """
    pages = {page.url: page for page in list_pages(portal)}
    files = _files(portal, pages, Bodies(root, portal, cache))
    keys = _keys(portal, pages.values()) | {url: product.key for url, product in files.items()}
    last = Output(cache, site)
    plan = _plan(pages, files, keys, last, stands.site)
    stamps = {url: row.stamp for url, row in plan.kept.items()}
    if not plan.indexed or plan.files or plan.kept.keys() != stands.site.keys():
        stage = Stage(site, stands.twin)
        writer = _Writer(root, portal, stage, cache)
        made = list(writer.write([*plan.stale, *plan.files], jobs, progress))
        index = None if plan.indexed else _index(last, plan, made)
        same, searched = _searched(portal, index, plan, writer, jobs) if index else ({}, {})
        kept = {**plan.kept, **same}
        rows = kept | {file.url: Row(keys[file.url], file.stamp) for file in made} | searched
        stage.settle(kept, rows.keys())
        renewed = aside(partial(stage.renew, rows), jobs) if len(kept) * 2 < len(rows) else None
        last.remember(rows, {file.url: file.entry for file in made}, index)
        if renewed:
            renewed()
        stamps = {url: row.stamp for url, row in rows.items()}
    return Outcome(Counter(page.kind for page in pages.values()), len(plan.stale), sum(map(size_of, stamps.values()))), stamps


def _plan(pages: Mapping[str, AnyPage], files: Mapping[str, Product], keys: Mapping[str, str], last: Output,
          present: Mapping[str, str]) -> Plan:
    intact = {url: row for url, row in last.rows.items() if present.get(url) == row.stamp}
    kept = {url: row for url, row in intact.items() if keys.get(url) == row.key}
    stale = [page for url, page in pages.items() if url not in kept]
    index = {url for url in last.rows if _of_index(url)}
    gone = frozenset(last.rows.keys() - keys.keys() - index)
    if not stale and not gone and index <= intact.keys():
        kept |= {url: intact[url] for url in index}
    return Plan(intact, kept, stale, [File(url, product.make) for url, product in files.items() if url not in kept], gone)


def _of_index(url: str) -> bool:
    return url.startswith(SEARCH)


def _index(last: Output, plan: Plan, made: Sequence[Made]) -> Index:
    """The index of all pages: the last one where it helps, else a fresh one."""
    after: list[Entry] = [load(file.entry) for file in made if file.entry]
    known = last.index()
    index = known and known.updated(last.entries([*(page.url for page in plan.stale), *plan.gone]), after)
    return index or Index.of([*after, *last.entries(plan.kept)])


def _searched(portal: Portal, index: Index, plan: Plan, writer: "_Writer",
              jobs: int) -> tuple[dict[str, Row], dict[str, Row]]:
    """The files of the index: those of the last build that are the same, and those it has written."""
    known = {url: row for url, row in plan.intact.items() if _of_index(url)}
    found = search_files(portal, index, known)
    products = {url: ready(data) for url, data in found.items() if data is not None}
    same = {url: known[url] for url in found.keys() - products.keys()}
    same |= {url: known[url] for url, product in products.items() if url in known and known[url].key == product.key}
    files = [File(url, product.make) for url, product in products.items() if url not in same]
    return same, {file.url: Row(products[file.url].key, file.stamp) for file in writer.write(files, jobs)}


def _keys(portal: Portal, pages: Iterable[AnyPage]) -> dict[str, str]:
    """A digest of everything a page is made from: its data, its texts, the templates, the settings, the generator,
    the abbreviations that search knows, and the glossary where it is explained."""
    synonyms = repr(sorted(synonyms_of(portal).items()))
    frame = hashlib.sha256((theme_digest() + code_version() + portal.settings.model_dump_json() + synonyms).encode())
    explaining = frame.copy()
    explaining.update(Definitions(portal.terms).digest.encode())
    keys: dict[str, str] = {}
    for page in pages:
        digest = (explaining if page.explained else frame).copy()
        digest.update("\n".join((page.url, page.kind, page.inputs, *_digests(portal, page.texts))).encode())
        keys[page.url] = digest.hexdigest()
    return keys


def _digests(portal: Portal, texts: Iterable[str]) -> Iterator[str]:
    """Of texts, and of the pictures they show."""
    for path in texts:
        entry = portal.entries[path]
        yield entry.digest
        yield from (portal.entries[image.source].digest for image in entry.images)


def _files(portal: Portal, urls: Iterable[str], bodies: Bodies) -> dict[str, Product]:
    """Everything that is neither a page nor made from pages."""
    made = standard_files(portal) | monitoring_files(portal) | feed(portal) | sitemap(portal, list(urls))
    schemas = {f"skema/{kind.name}.json": Product(code_version(), partial(schema_text, kind)) for kind in written_kinds()}
    schedules = {url: Product(_digest(repr(calendar) + code_version()), partial(as_ics, calendar))
                 for url, calendar in calendars(portal).items()}
    return {url: ready(data) for url, data in made.items()} | schemas | schedules | asset_files(portal, bodies.picture)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Writer:
    """Makes pages and other files and writes them to the stage, in as many processes as there are jobs."""

    def __init__(self, root: Path, portal: Portal, stage: Stage, cache: Cache) -> None:
        self.root, self.portal, self.stage, self.cache = root, portal, stage, cache
        self.renderer = Renderer(portal.settings, portal.pictures, Definitions(portal.terms), cache.path.parent / "templates")
        self.synonyms = synonyms_of(portal)

    def write(self, items: Sequence[AnyPage | File], jobs: int, progress: Progress = silent) -> Iterator[Made]:
        """Writes all of them, in their order."""
        progress("Membuat halaman", 0, len(items))
        for number, made in enumerate(spread(self._some, items, jobs), 1):
            yield made
            progress("Membuat halaman", number, len(items))

    def _some(self, items: Sequence[AnyPage | File]) -> list[Made]:
        with closing(Cache(self.cache.path)) as own:
            bodies = Bodies(self.root, self.portal, own)
            return [self._file(item) if isinstance(item, File) else self._page(item.made(), bodies) for item in items]

    def _file(self, file: File) -> Made:
        return Made(file.url, self.stage.write(file.url, file.make()))

    def _page(self, page: Page, bodies: Bodies) -> Made:
        texts = [bodies.text(path) for path in page.texts]
        stamp = self.stage.write(page.url, self.renderer.html(page, texts).encode())
        entry = entry_of(page, texts, self.synonyms)
        return Made(page.url, stamp, dump(entry) if entry else b"")
