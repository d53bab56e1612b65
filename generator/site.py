"""Portal -> site: makes the pages whose data changed, keeps the others, and swaps the result into place."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from generator.assets import Product, asset_files, ready
from generator.cache import Cache, code_version, dump
from generator.exports.feeds import feed, sitemap
from generator.exports.standard import standard_files
from generator.loading import FOLDERS, SETTINGS, Bodies, Loaded, latest_date, load_portal
from generator.pages import Page, list_pages
from generator.portal import Portal
from generator.problems import Problem, errors
from generator.render import Renderer, theme_digest
from generator.schema import json_schemas
from generator.sources import find_files
from generator.staging import Stage, only_one, recover, size_of, stamp_of, stamps_below
from generator.workers import spread

CACHE = Path(".cache/simpul.sqlite")
Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `pages` counts pages by kind; `made` those that had to be made; `size` is in bytes."""

    problems: tuple[Problem, ...]
    pages: Mapping[str, int]
    made: int = 0
    size: int = 0
    seconds: float = 0.0


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
            return replace(last, made=0, seconds=perf_counter() - start)
        loaded = load_portal(root, cache, jobs)
        if errors(loaded.problems):
            return Report(loaded.problems, {}, seconds=perf_counter() - start)
        pages, made, size = _write_site(root, loaded.portal, site, cache, jobs, progress)
        report = Report(loaded.problems, pages, made, size, perf_counter() - start)
        if loaded.stamps == find_files(root, FOLDERS):
            cache.write("note", [(f"report {site.absolute()}", dump((_fingerprint(root, site), report)))])
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


def _write_site(root: Path, portal: Portal, site: Path, cache: Cache, jobs: int,
                progress: Progress) -> tuple[dict[str, int], int, int]:
    pages = list(list_pages(portal))
    keys = _keys(portal, pages)
    files = _files(portal, pages, Bodies(root, portal, cache))
    keys |= {url: product.key for url, product in files.items()}
    present = stamps_below(site)
    kept = _still_good(site, present, cache, keys)
    stale = [page for page in pages if page.url not in kept]
    if not kept == keys.keys() == present.keys():
        stage = Stage(site)
        try:
            _fill(stage, kept, files)
            progress("Membuat halaman", 0, len(stale))
            stamps = dict(_make(root, portal, stale, stage, cache, jobs, progress))
            stamps |= {url: stamp_of(stage.path / url) for url in files if url not in kept}
            stage.swap()
        except BaseException:
            stage.discard()
            raise
        _remember(site, cache, keys, stamps)
    counts: dict[str, int] = {}
    for page in pages:
        counts[page.kind] = counts.get(page.kind, 0) + 1
    return counts, len(stale), sum(size_of(stamp) for stamp in stamps_below(site).values())


def _keys(portal: Portal, pages: Sequence[Page]) -> dict[str, str]:
    """A digest of everything a page is made from: its data, its texts, the templates, the settings, the generator."""
    frame = hashlib.sha256((theme_digest() + code_version() + portal.settings.model_dump_json()).encode())
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
    keys: dict[str, str] = {}
    for page in pages:
        digest = frame.copy()
        texts = [portal.entries[path].digest for path in (*page.texts, *_pictures_of(portal, page))]
        digest.update(encode([page.url, page.kind, page.title, page.description, page.view, texts, page.source, page.crumbs,
                              page.sample]).encode())
        keys[page.url] = digest.hexdigest()
    return keys


def _pictures_of(portal: Portal, page: Page) -> list[str]:
    outlines = (portal.entries[path].outline for path in page.texts)
    return [image.source for outline in outlines if outline for image in outline.images]


def _files(portal: Portal, pages: Sequence[Page], bodies: Bodies) -> dict[str, Product]:
    """Everything that is not a page."""
    made = standard_files(portal) | feed(portal) | sitemap(portal, [page.url for page in pages])
    for name, schema in json_schemas().items():
        made[f"skema/{name}.json"] = json.dumps(schema, ensure_ascii=False, indent=1).encode()
    return {url: ready(data) for url, data in made.items()} | asset_files(portal, bodies.picture)


def _still_good(site: Path, present: Mapping[str, str], cache: Cache, keys: Mapping[str, str]) -> set[str]:
    """Files of the present site that are as they would be made again, and that nobody has touched."""
    rows = cache.rows("SELECT url, key, stamp FROM output WHERE site = ?", str(site.absolute()))
    return {url for url, key, stamp in rows if keys.get(url) == key and present.get(url) == stamp}


def _fill(stage: Stage, kept: set[str], files: Mapping[str, Product]) -> None:
    for url in sorted(kept):
        stage.keep(url)
    for url, product in files.items():
        if url not in kept:
            stage.write(url, product.make())


def _make(root: Path, portal: Portal, stale: Sequence[Page], stage: Stage, cache: Cache, jobs: int,
          progress: Progress) -> Iterator[tuple[str, str]]:
    """Renders and writes the stale pages; yields their addresses and stamps."""
    renderer = Renderer(portal.settings, portal.pictures)

    def work(pages: Sequence[Page]) -> list[tuple[str, str]]:
        with closing(Cache(cache.path)) as own:
            bodies = Bodies(root, portal, own)
            htmls = (renderer.html(page, [bodies.text(path) for path in page.texts]) for page in pages)
            return [(page.url, stage.write(page.url, html.encode())) for page, html in zip(pages, htmls, strict=True)]

    for number, made in enumerate(spread(work, stale, jobs), 1):
        yield made
        progress("Membuat halaman", number, len(stale))


def _remember(site: Path, cache: Cache, keys: Mapping[str, str], stamps: Mapping[str, str]) -> None:
    place = str(site.absolute())
    known = cache.rows("SELECT url FROM output WHERE site = ?", place)
    cache.forget("output", "site = ? AND url = ?", [(place, url) for (url,) in known if url not in keys])
    cache.write("output", [(place, url, keys[url], stamp) for url, stamp in stamps.items()])
