"""Portal -> files of the site: makes the pages whose data changed, keeps the others, and swaps the result into place."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from generator.output import SEARCH, Output, Row
from generator.pages import AnyPage, Page, list_pages
from generator.portal import Portal
from generator.render import Renderer
from generator.report import Outcome, Progress
from generator.schema import schema_text, written_kinds
from generator.search import Entry, Index
from generator.staging import Stage, size_of
from generator.versions import code_version, theme_digest
from generator.workers import spread


class Made(NamedTuple):
    """A page that was written: its address, its stamp, and what search takes of it."""

    url: str
    stamp: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build can take over: files of the last one that nobody has touched, those that would be the same now, and the
    index if no page has changed; which pages it has to make; and which pages are gone.
    """

    intact: Mapping[str, Row]
    kept: Mapping[str, Row]
    stale: Sequence[AnyPage]
    gone: frozenset[str]

    @property
    def indexed(self) -> bool:
        """Whether the index of the last build is that of this one."""
        return not self.stale and not self.gone and any(map(_of_index, self.kept))


def write_site(root: Path, portal: Portal, site: Path, present: Mapping[str, str], cache: Cache, jobs: int,
               progress: Progress) -> tuple[Outcome, Mapping[str, str]]:
    """Brings the site, whose files are `present` by address with their stamps, in line with the portal, and returns the
    stamps it has then. Nothing of the old site changes before all of the new one is there.
    """
    pages = {page.url: page for page in list_pages(portal)}
    files = _files(portal, pages, Bodies(root, portal, cache))
    keys = _keys(portal, pages.values()) | {url: product.key for url, product in files.items()}
    last = Output(cache, site)
    plan = _plan(pages, keys, last, present)
    if not plan.indexed or plan.kept.keys() != present.keys() or not keys.keys() <= present.keys():
        stage = Stage(site)
        made = list(_make(root, portal, plan.stale, stage, cache, jobs, progress))
        index = None if plan.indexed else _index(last, plan, made)
        searched = search_files(portal, index, [url for url in plan.intact if _of_index(url)]) if index else {}
        files |= {url: ready(data) for url, data in searched.items() if data is not None}
        rows = {page.url: Row(keys[page.url], page.stamp) for page in made}
        rows |= _fill(stage, plan, files, [url for url, data in searched.items() if data is None])
        stage.swap(rows.keys())
        if len(made) * 2 > len(rows):
            stage.renew()
        last.remember(rows, {page.url: page.entry for page in made if page.entry}, index)
        present = {url: row.stamp for url, row in rows.items()}
    return Outcome(Counter(page.kind for page in pages.values()), len(plan.stale), sum(map(size_of, present.values()))), present


def _plan(pages: Mapping[str, AnyPage], keys: Mapping[str, str], last: Output, present: Mapping[str, str]) -> Plan:
    intact = {url: row for url, row in last.rows.items() if present.get(url) == row.stamp}
    kept = {url: row for url, row in intact.items() if keys.get(url) == row.key}
    stale = [page for url, page in pages.items() if url not in kept]
    index = {url for url in last.rows if _of_index(url)}
    gone = frozenset(last.rows.keys() - keys.keys() - index)
    if not stale and not gone and index <= intact.keys():
        kept |= {url: intact[url] for url in index}
    return Plan(intact, kept, stale, gone)


def _of_index(url: str) -> bool:
    return url.startswith(SEARCH)


def _index(last: Output, plan: Plan, made: Sequence[Made]) -> Index:
    """The index of all pages: the last one where it helps, else a fresh one."""
    after = [page.entry for page in made if page.entry]
    known = last.index()
    index = known and known.updated(last.entries([*(page.url for page in plan.stale), *plan.gone]), after)
    return index or Index.of([*after, *last.entries(plan.kept)])


def _fill(stage: Stage, plan: Plan, files: Mapping[str, Product], same: Iterable[str]) -> dict[str, Row]:
    """Everything beside the pages just made: kept, or written where it differs. `same` are files that need not be compared."""
    kept = {url: plan.intact[url] for url in same}
    kept |= {url: row for url, row in plan.intact.items() if url in files and files[url].key == row.key}
    kept |= plan.kept
    for url, row in kept.items():
        stage.keep(url, row.stamp)
    return kept | {url: Row(product.key, stage.write(url, product.make())) for url, product in files.items() if url not in kept}


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


def _make(root: Path, portal: Portal, stale: Sequence[AnyPage], stage: Stage, cache: Cache, jobs: int,
          progress: Progress) -> Iterator[Made]:
    """Renders and writes the stale pages."""
    renderer = Renderer(portal.settings, portal.pictures, Definitions(portal.terms), _compiled(cache))
    synonyms = synonyms_of(portal)

    def work(pages: Sequence[AnyPage]) -> list[Made]:
        with closing(Cache(cache.path)) as own:
            bodies = Bodies(root, portal, own)
            return [_make_page(page.made(), renderer, bodies, stage, synonyms) for page in pages]

    progress("Membuat halaman", 0, len(stale))
    for number, made in enumerate(spread(work, stale, jobs), 1):
        yield made
        progress("Membuat halaman", number, len(stale))


def _compiled(cache: Cache) -> Path:
    folder = cache.path.parent / "templates"
    folder.mkdir(exist_ok=True)
    return folder


def _make_page(page: Page, renderer: Renderer, bodies: Bodies, stage: Stage, synonyms: Mapping[str, str]) -> Made:
    texts = [bodies.text(path) for path in page.texts]
    stamp = stage.write(page.url, renderer.html(page, texts).encode())
    return Made(page.url, stamp, entry_of(page, texts, synonyms))
