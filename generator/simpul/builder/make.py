"""Portal -> files of the site: makes what the plan says, keeps the rest, and swaps the result into place."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from simpul.builder.broken import NotMade, blamed, not_made
from simpul.builder.items import LazyItem
from simpul.builder.last_build import BuiltFile, LastBuild, LostError, of_index
from simpul.builder.load import Loaded
from simpul.builder.plan import Everywhere, Plan, everywhere, make_plan
from simpul.builder.report import BrokenError, BuildResult, Progress, silent
from simpul.builder.swap import Present, StagingCopy, size_of
from simpul.builder.texts import Texts
from simpul.html.render import Renderer
from simpul.pages import Page
from simpul.runtime.cache import Cache
from simpul.runtime.lazy import SiteFile
from simpul.runtime.packing import Columns, dump, load
from simpul.runtime.workers import in_background, parallel_map
from simpul.search import Index, IndexEntry, changed_files
from simpul.search.pages import entry_of
from simpul.search.synonyms import lexicon_of
from simpul.sources.entry import Body

MANY_PAGES = 100
"""Where more pages are made, workers are born with all templates at hand."""
MANY_FILES = 1000
"""Fewer files whose bytes are there already are written sooner than processes are started."""


class Written(NamedTuple):
    """A file that was written: its address, its stamp, and what search takes of it, packed."""

    url: str
    stamp: str
    entry: bytes = b""


def write_site(root: Path, loaded: Loaded, site: Path, present: Present, cache: Cache, jobs: int,
               progress: Progress, known: bool = True) -> tuple[BuildResult, Columns]:
    """Brings the site in line with the portal, and returns its files. Nothing of the old site changes before
    all of the new one is there. Without `known` nothing of the last build is taken over.
    """
    portal, last = loaded.portal, LastBuild(cache, site, known)
    texts = Texts(root, loaded.sources, portal)
    plan = make_plan(portal, texts, last, present.site, jobs)
    files, stamps = plan.kept, present.site
    if not plan.indexed or plan.stale or plan.kept.keys() != stamps.by_name.keys():
        staging = StagingCopy(site, present.staging.by_name)
        writer = _Writer(everywhere(portal), texts, staging, cache)
        written = list(writer.write(plan.stale, jobs, progress))
        try:
            index = None if plan.indexed else _index(last, plan, written)
        except LostError:
            return write_site(root, loaded, site, present, cache, jobs, progress, known=False)
        same, searched = _searched(index, plan, writer, jobs) if index else ({}, {})
        kept = {**plan.kept, **same}
        files = kept | {file.url: BuiltFile(plan.keys[file.url], file.stamp) for file in written} | searched
        staging.settle({url: file.stamp for url, file in kept.items()}, files.keys())
        entries = {file.url: file.entry for file in written}
        remember = partial(last.remember, files, entries, index, plan.made_from)
        if len(kept) * 2 > len(files):
            stamps = remember()
        else:
            with in_background(partial(staging.renew, files), jobs) as renewing:
                stamps = remember()
                next(renewing)
    size = sum(size_of(file.stamp) for file in files.values())
    return BuildResult(plan.made_from.pages, len(plan.pages), size), stamps


def _index(last: LastBuild, plan: Plan, written: Sequence[Written]) -> Index:
    """The index of all pages: the last one where it helps, else a fresh one."""
    after: list[IndexEntry] = [load(file.entry) for file in written if file.entry]
    known = last.index()
    index = known and known.updated(last.entries([*plan.pages, *plan.gone]), after)
    return index or Index.of([*after, *last.entries(plan.kept)])


def _searched(index: Index, plan: Plan, writer: "_Writer",
              jobs: int) -> tuple[dict[str, BuiltFile], dict[str, BuiltFile]]:
    """The files of the index: those of the last build that are the same, and those it has written."""
    known = {url: file for url, file in plan.intact.items() if of_index(url)}
    found = changed_files(index, writer.lexicon, known)
    new = {url: data for url, data in found.items() if data is not None}
    keys = {url: hashlib.sha256(data).hexdigest() for url, data in new.items()}
    same = {url: known[url] for url in found
            if url not in new or (url in known and known[url].key == keys[url])}
    files = [(url, data) for url, data in new.items() if url not in same]
    written = parallel_map(writer.put, files, jobs if len(files) > MANY_FILES else 1)
    return same, {file.url: BuiltFile(keys[file.url], file.stamp) for file in written}


class _Writer:
    """Makes pages and other files and writes them to the staging copy, in as many processes as there are
    jobs.
    """

    def __init__(self, everywhere: Everywhere, texts: Texts, staging: StagingCopy, cache: Cache) -> None:
        self.everywhere, self.texts, self.staging, self.cache = everywhere, texts, staging, cache
        self.renderer = Renderer(everywhere.settings, cache)
        self.lexicon = lexicon_of(everywhere.synonyms)

    def write(self, items: Sequence[LazyItem], jobs: int, progress: Progress = silent) -> Iterator[Written]:
        """Writes all of them. Raises BrokenError at the end where some cannot be made."""
        if len(items) > MANY_PAGES:
            self.renderer.prepare()
        progress("Membuat halaman", 0, len(items))
        broken: list[NotMade] = []
        for number, made in enumerate(parallel_map(self._together, items, jobs, not_made), 1):
            if isinstance(made, NotMade):
                broken.append(made)
            else:
                yield made
            progress("Membuat halaman", number, len(items))
        if broken:
            raise BrokenError(blamed(broken))

    def put(self, files: Sequence[tuple[str, bytes]]) -> list[Written]:
        """Writes files whose bytes are there."""
        return [Written(url, self.staging.write(url, data)) for url, data in files]

    def _together(self, lazy: Sequence[LazyItem]) -> list[Written | NotMade]:
        """Step by step for all of them: the processor keeps one step at hand better than a whole page."""
        items = [item.collect() for item in lazy]
        with closing(Cache(self.cache.path)) as own:
            bodies = [[self.texts.body(path, own) for path in item.texts] for item in items]
        found = list(zip(items, bodies, strict=True))
        files = [(item.url, item.make(item.value, *some))
                 for item, some in found if isinstance(item, SiteFile)]
        pages = [(item, some) for item, some in found if isinstance(item, Page)]
        return [*self._pages(pages), *self.put(files)]

    def _pages(self, found: Sequence[tuple[Page, list[Body]]]) -> list[Written]:
        pages = [_completed(page, some) for page, some in found]
        texts = [list(map(self.texts.text, page.texts, some)) for page, some in found]
        shown = list(zip(pages, texts, strict=True))
        htmls = [self.renderer.html(page, some).encode() for page, some in shown]
        stamps = [self.staging.write(page.url, html) for page, html in zip(pages, htmls, strict=True)]
        entries = [entry_of(page, [text.rendered for text in some], self.lexicon)
                   for page, some in shown]
        return [Written(page.url, stamp, dump(entry) if entry else b"")
                for page, stamp, entry in zip(pages, stamps, entries, strict=True)]


def _completed(page: Page, texts: Sequence[Body]) -> Page:
    """A page with what only its own texts tell."""
    if page.kind.complete is None:
        return page
    whole = page.kind.complete(page, *texts)
    if whole.url != page.url:
        raise ValueError(f"{whole.url} is made of it")
    return whole
