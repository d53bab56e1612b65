"""Portal -> files of the site: makes what the plan says, keeps the rest, and swaps the result into place."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from simpul.build.last_build import LostError, Output
from simpul.build.load import Bodies, Loaded
from simpul.build.plan import File, Plan, make_plan, of_index
from simpul.build.report import Outcome, Progress, silent
from simpul.build.swap import Row, Stage, Standing, size_of
from simpul.html.assets import ready
from simpul.html.render import Renderer
from simpul.markdown.glossary import Definitions
from simpul.pages import AnyPage
from simpul.portal import Portal
from simpul.runtime.cache import Cache
from simpul.runtime.packing import Columns, dump, load
from simpul.runtime.workers import aside, spread
from simpul.search import Entry, Index
from simpul.search.pages import entry_of, search_files, synonyms_of

MANY_PAGES = 100
"""Where more pages are made, workers are born with all templates at hand."""
MANY_READY = 1000
"""Fewer files whose bytes are there already are written sooner than processes are started."""


class Made(NamedTuple):
    """A file that was written: its address, its stamp, and what search takes of it, packed."""

    url: str
    stamp: str
    entry: bytes = b""


def write_site(root: Path, loaded: Loaded, site: Path, stands: Standing, cache: Cache, jobs: int,
               progress: Progress, known: bool = True) -> tuple[Outcome, Columns]:
    """Brings the site in line with the portal, and returns its files. Nothing of the old site changes before all of the new one
    is there. Without `known` nothing of the last build is taken over.
    """
    portal, last = loaded.portal, Output(cache, site, known)
    plan = make_plan(portal, loaded.survey, last, stands.site, Bodies(root, portal, cache))
    rows, files = plan.kept, stands.site
    if not plan.indexed or plan.files or plan.kept.keys() != files.by_name.keys():
        stage = Stage(site, stands.twin.by_name)
        writer = _Writer(root, portal, stage, cache)
        made = list(writer.write([*plan.stale, *plan.files], jobs, progress))
        try:
            index = None if plan.indexed else _index(last, plan, made)
        except LostError:
            return write_site(root, loaded, site, stands, cache, jobs, progress, known=False)
        same, searched = _searched(portal, index, plan, writer, jobs) if index else ({}, {})
        kept = {**plan.kept, **same}
        rows = kept | {file.url: Row(plan.keys[file.url], file.stamp) for file in made} | searched
        stage.settle(kept, rows.keys())
        remember = partial(last.remember, rows, {file.url: file.entry for file in made}, index, plan.frame)
        if len(kept) * 2 > len(rows):
            files = remember()
        else:
            with aside(partial(stage.renew, rows), jobs) as renewing:
                files = remember()
                next(renewing)
    return Outcome(plan.frame.kinds, len(plan.stale), sum(size_of(row.stamp) for row in rows.values())), files


def _index(last: Output, plan: Plan, made: Sequence[Made]) -> Index:
    """The index of all pages: the last one where it helps, else a fresh one."""
    after: list[Entry] = [load(file.entry) for file in made if file.entry]
    known = last.index()
    index = known and known.updated(last.entries([*(page.url for page in plan.stale), *plan.gone]), after, last.entries)
    return index or Index.of([*after, *last.entries(plan.kept)])


def _searched(portal: Portal, index: Index, plan: Plan, writer: "_Writer",
              jobs: int) -> tuple[dict[str, Row], dict[str, Row]]:
    """The files of the index: those of the last build that are the same, and those it has written."""
    known = {url: row for url, row in plan.intact.items() if of_index(url)}
    found = search_files(portal, index, known)
    products = {url: ready(data) for url, data in found.items() if data is not None}
    same = {url: known[url] for url in found.keys() - products.keys()}
    same |= {url: known[url] for url, product in products.items() if url in known and known[url].key == product.key}
    files = [File(url, product.make) for url, product in products.items() if url not in same]
    written = writer.write(files, jobs if len(files) > MANY_READY else 1)
    return same, {file.url: Row(products[file.url].key, file.stamp) for file in written}


class _Writer:
    """Makes pages and other files and writes them to the stage, in as many processes as there are jobs."""

    def __init__(self, root: Path, portal: Portal, stage: Stage, cache: Cache) -> None:
        self.root, self.portal, self.stage, self.cache = root, portal, stage, cache
        self.renderer = Renderer(portal.settings, portal.pictures, Definitions(portal.terms), cache)
        self.synonyms = synonyms_of(portal)

    def write(self, items: Sequence[AnyPage | File], jobs: int, progress: Progress = silent) -> Iterator[Made]:
        """Writes all of them."""
        if len(items) > MANY_PAGES:
            self.renderer.prepare()
        progress("Membuat halaman", 0, len(items))
        for number, made in enumerate(spread(self._some, items, jobs), 1):
            yield made
            progress("Membuat halaman", number, len(items))

    def _some(self, items: Sequence[AnyPage | File]) -> list[Made]:
        """Step by step for all of them: the processor keeps one step at hand better than a whole page."""
        files = [Made(item.url, self.stage.write(item.url, item.make())) for item in items if isinstance(item, File)]
        with closing(Cache(self.cache.path)) as own:
            bodies = Bodies(self.root, self.portal, own)
            pages = [item.made(bodies.practice) for item in items if not isinstance(item, File)]
            texts = [[bodies.text(path) for path in page.texts] for page in pages]
        found = list(zip(pages, texts, strict=True))
        htmls = [self.renderer.html(page, shown).encode() for page, shown in found]
        stamps = [self.stage.write(page.url, html) for page, html in zip(pages, htmls, strict=True)]
        entries = [entry_of(page, shown, self.synonyms) for page, shown in found]
        return [Made(page.url, stamp, dump(entry) if entry else b"")
                for page, stamp, entry in zip(pages, stamps, entries, strict=True)] + files
