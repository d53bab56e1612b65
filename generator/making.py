"""Portal -> files of the site: makes the pages whose data changed, keeps the others, and swaps the result into place."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.assets import Product, asset_files, ready
from generator.cache import Cache, code_version, dump, load
from generator.exports.feeds import feed, sitemap
from generator.exports.standard import standard_files
from generator.indexing import card_of, search_files, synonyms_of
from generator.loading import Bodies
from generator.pages import Page, list_pages
from generator.portal import Portal
from generator.render import Renderer, theme_digest
from generator.schema import json_schemas
from generator.search import Entry
from generator.staging import Stage, size_of, stamps_below
from generator.workers import spread

Progress = Callable[[str, int, int], None]
SEARCH = "pencarian"


class Made(NamedTuple):
    """A page that was written: its address, its stamp, and what search keeps of it."""

    url: str
    stamp: str
    card: Entry | None


class Kept(NamedTuple):
    """A file of the last build: what it was made from, its stamp, and what search keeps of it (pickled)."""

    key: str
    stamp: str
    card: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """`pages` counts pages by kind; `made` those that had to be made; `size` is that of the whole site in bytes."""

    pages: Mapping[str, int]
    made: int
    size: int


def write_site(root: Path, portal: Portal, site: Path, cache: Cache, jobs: int, progress: Progress) -> Outcome:
    """Brings the site in line with the portal. Nothing of the old site changes before all of the new one is there."""
    pages = list(list_pages(portal))
    files = _files(portal, pages, Bodies(root, portal, cache))
    keys = _keys(portal, pages) | {url: product.key for url, product in files.items()}
    known = {url: Kept(*rest) for url, *rest in cache.rows(
        "SELECT url, key, stamp, card FROM output WHERE site = ?", str(site.absolute()))}
    present = stamps_below(site)
    kept = {url for url, key in keys.items() if url in known and known[url].key == key and present.get(url) == known[url].stamp}
    stale = [page for page in pages if page.url not in kept]
    if len(kept) < len(keys) or present != {url: old.stamp for url, old in known.items()}:
        stage = Stage(site)
        try:
            for url in sorted(kept):
                stage.keep(url)
            made = list(_make(root, portal, stale, stage, cache, jobs, progress))
            fresh = {url: product for url, product in files.items() if url not in kept}
            rows = _record(portal, stage, cache, {url: known[url] for url in kept}, made, fresh, keys)
            stage.swap()
        except BaseException:
            stage.discard()
            raise
        place = str(site.absolute())
        cache.forget("output", "site = ?", [(place,)])
        cache.write("output", [(place, url, *row) for url, row in rows.items()])
        present = {url: row.stamp for url, row in rows.items()}
    return Outcome(Counter(page.kind for page in pages), len(stale), sum(map(size_of, present.values())))


def _record(portal: Portal, stage: Stage, cache: Cache, kept: Mapping[str, Kept], made: Sequence[Made],
            fresh: Mapping[str, Product], keys: Mapping[str, str]) -> dict[str, Kept]:
    """Writes the files that are no pages, the index last, and tells what the whole site now consists of."""
    rows = dict(kept)
    for url, stamp, card in made:
        rows[url] = Kept(keys[url], stamp, dump(card) if card else b"")
    for url, product in fresh.items():
        rows[url] = Kept(keys[url], stage.write(url, product.make()), b"")
    cards = [card for page in made if (card := page.card)]
    cards += [card for row in kept.values() if row.card and isinstance(card := load(row.card), Entry)]
    for url, data in search_files(portal, cards, cache).items():
        rows[url] = Kept(SEARCH, stage.write(url, data), b"")
    return rows


def _keys(portal: Portal, pages: Sequence[Page]) -> dict[str, str]:
    """A digest of everything a page is made from: its data, its texts, the templates, the settings, the generator,
    and the abbreviations that search knows."""
    synonyms = repr(sorted(synonyms_of(portal).items()))
    frame = hashlib.sha256((theme_digest() + code_version() + portal.settings.model_dump_json() + synonyms).encode())
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
    keys: dict[str, str] = {}
    for page in pages:
        digest = frame.copy()
        texts = [portal.entries[path].digest for path in (*page.texts, *_pictures_of(portal, page))]
        facets = page.facets and (page.facets.verified, page.facets.added)
        digest.update(encode([page.url, page.kind, page.title, page.description, page.view, texts, page.source, page.crumbs,
                              page.sample, facets]).encode())
        keys[page.url] = digest.hexdigest()
    return keys


def _pictures_of(portal: Portal, page: Page) -> list[str]:
    outlines = (portal.entries[path].outline for path in page.texts)
    return [image.source for outline in outlines if outline for image in outline.images]


def _files(portal: Portal, pages: Sequence[Page], bodies: Bodies) -> dict[str, Product]:
    """Everything that is neither a page nor made from pages."""
    made = standard_files(portal) | feed(portal) | sitemap(portal, [page.url for page in pages])
    for name, schema in json_schemas().items():
        made[f"skema/{name}.json"] = json.dumps(schema, ensure_ascii=False, indent=1).encode()
    return {url: ready(data) for url, data in made.items()} | asset_files(portal, bodies.picture)


def _make(root: Path, portal: Portal, stale: Sequence[Page], stage: Stage, cache: Cache, jobs: int,
          progress: Progress) -> Iterator[Made]:
    """Renders and writes the stale pages."""
    renderer = Renderer(portal.settings, portal.pictures)
    synonyms = synonyms_of(portal)

    def work(pages: Sequence[Page]) -> list[Made]:
        with closing(Cache(cache.path)) as own:
            bodies = Bodies(root, portal, own)
            return [_make_page(page, renderer, bodies, stage, synonyms) for page in pages]

    progress("Membuat halaman", 0, len(stale))
    for number, made in enumerate(spread(work, stale, jobs), 1):
        yield made
        progress("Membuat halaman", number, len(stale))


def _make_page(page: Page, renderer: Renderer, bodies: Bodies, stage: Stage, synonyms: Mapping[str, str]) -> Made:
    texts = [bodies.text(path) for path in page.texts]
    stamp = stage.write(page.url, renderer.html(page, texts).encode())
    return Made(page.url, stamp, card_of(page, texts, synonyms))
