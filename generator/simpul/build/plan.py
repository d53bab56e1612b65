"""What a build has to make: pages and files that are not what the last build made them from."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from simpul.addresses import case_id
from simpul.build.last_build import SEARCH, Output
from simpul.build.load import Bodies
from simpul.build.survey import Survey
from simpul.build.swap import Row
from simpul.exports.calendars import as_ics, calendars
from simpul.exports.feeds import feed, sitemap
from simpul.exports.monitoring import monitoring_files
from simpul.exports.standard import standard_files
from simpul.html.assets import Product, asset_files, ready
from simpul.markdown.glossary import Definitions
from simpul.pages import EXPLAINED, AnyPage, Sheaf, case_pages, list_pages, sheaf_of
from simpul.portal import Portal
from simpul.runtime.packing import Columns
from simpul.runtime.versions import code_version, theme_digest
from simpul.search.pages import synonyms_of
from simpul.sources.schema import schema_text, written_kinds


class File(NamedTuple):
    """A file to write that is no page."""

    url: str
    make: Callable[[], bytes]


class Frame(NamedTuple):
    """What a plan was made for: it stays the same plan, the texts of cases aside, while `key` stays. `kinds` counts its pages by
    kind, `texts` are the digests of the cases' files, `sheaves` the keys of sheaves of which no page was looked at since.
    """

    key: str
    kinds: Mapping[str, int]
    texts: Columns
    sheaves: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build can take over: files of the last one that nobody has touched, those that would be the same now, and the
    index if no page has changed; what it has to make, with its keys; and which pages are gone.
    """

    frame: Frame
    intact: Mapping[str, Row]
    kept: Mapping[str, Row]
    keys: Mapping[str, str]
    stale: Sequence[AnyPage] = ()
    files: Sequence[File] = ()
    gone: frozenset[str] = frozenset()

    @property
    def indexed(self) -> bool:
        """Whether the index of the last build is that of this one."""
        return not self.stale and not self.gone and any(map(of_index, self.kept))


def of_index(url: str) -> bool:
    """Whether a file belongs to the search index, which is made from the pages."""
    return url.startswith(SEARCH)


def make_plan(portal: Portal, survey: Survey, last: Output, present: Columns, bodies: Bodies) -> Plan:
    """What is to be made for a site whose files are `present`."""
    key = _digest(survey.digest + theme_digest())
    intact = last.rows if present == last.files else _intact(last.rows, present.by_name)
    frame = last.frame if isinstance(last.frame, Frame) else None
    if frame and frame.key == key and len(intact) == len(last.rows):
        return _texts_only(portal, survey, frame, intact)
    items = list(list_pages(portal))
    sheaves = [item for item in items if isinstance(item, Sheaf)]
    single = {item.url: item for item in items if not isinstance(item, Sheaf)}
    bound, same = _settled(portal, sheaves, frame, intact)
    pages = single | {page.url: page for sheaf in sheaves if sheaf not in same for page in sheaf.pages()}
    files = _files(portal, single, bodies)
    keys = {url: intact[url].key for sheaf in same for url in sheaf.urls}
    keys |= _keys(portal, pages.values()) | {url: product.key for url, product in files.items()}
    kept = {url: row for url, row in intact.items() if keys.get(url) == row.key}
    stale = [page for url, page in pages.items() if url not in kept]
    index = {url for url in last.rows if of_index(url)}
    gone = frozenset(last.rows.keys() - keys.keys() - index)
    if not stale and not gone and index <= intact.keys():
        kept |= {url: intact[url] for url in index}
    todo = [File(url, product.make) for url, product in files.items() if url not in kept]
    kinds: Counter[str] = Counter()
    for item in items:
        kinds[item.kind] += len(item.urls) if isinstance(item, Sheaf) else 1
    return Plan(Frame(key, kinds, Columns.of(survey.texts), bound), intact, kept, keys, stale, todo, gone)


def _intact(rows: Mapping[str, Row], present: Mapping[str, str]) -> dict[str, Row]:
    return {url: row for url, row in rows.items() if present.get(url) == row.stamp}


def _settled(portal: Portal, sheaves: Sequence[Sheaf], frame: Frame | None,
             intact: Mapping[str, Row]) -> tuple[dict[str, str], list[Sheaf]]:
    """The keys of sheaves, and those whose pages are all there and made from what they would be made from now."""
    bound = _keys(portal, sheaves)
    known = {url for url, key in bound.items() if frame and frame.sheaves.get(url) == key}
    return bound, [sheaf for sheaf in sheaves if sheaf.url in known and all(url in intact for url in sheaf.urls)]


def _texts_only(portal: Portal, survey: Survey, frame: Frame, intact: Mapping[str, Row]) -> Plan:
    """The plan where everything is as it was but the texts of some cases: theirs are the only pages to make."""
    names = list(map(case_id, survey.changed(frame.texts.by_name)))
    pages = case_pages(portal, names)
    keys = _keys(portal, pages)
    kept = {url: row for url, row in intact.items() if url not in keys and not (pages and of_index(url))}
    touched = {sheaf_of(portal, name) for name in names}
    sheaves = {url: key for url, key in frame.sheaves.items() if url not in touched}
    return Plan(frame._replace(texts=Columns.of(survey.texts), sheaves=sheaves), intact, kept, keys, pages)


def _keys(portal: Portal, pages: Iterable[AnyPage | Sheaf]) -> dict[str, str]:
    """A digest of everything that a page, or any of a sheaf, is made from: its data, its texts, the templates, the settings, the
    generator, the abbreviations that search knows, and the glossary where it is explained.
    """
    synonyms = repr(sorted(synonyms_of(portal).items()))
    frame = hashlib.sha256((theme_digest() + code_version() + portal.settings.model_dump_json() + synonyms).encode())
    explaining = frame.copy()
    explaining.update(Definitions(portal.terms).digest.encode())
    keys: dict[str, str] = {}
    for page in pages:
        digest = (explaining if page.kind in EXPLAINED else frame).copy()
        digest.update("\n".join((page.url, page.kind, page.inputs, *_digests(portal, page.texts))).encode())
        keys[page.url] = digest.hexdigest()
    return keys


def _digests(portal: Portal, texts: Iterable[str]) -> list[str]:
    """Of texts, and of the pictures they show."""
    entries = [portal.entries[path] for path in texts]
    pictures = [portal.entries[image.source] for entry in entries if entry.images for image in entry.images]
    return [entry.digest for entry in (*entries, *pictures)]


def _files(portal: Portal, urls: Iterable[str], bodies: Bodies) -> dict[str, Product]:
    """Everything that is neither a page nor made from pages."""
    made = standard_files(portal) | monitoring_files(portal) | feed(portal) | sitemap(portal, list(urls))
    schemas = {f"skema/{kind.name}.json": Product(code_version(), partial(schema_text, kind)) for kind in written_kinds()}
    schedules = {url: Product(_digest(repr(calendar) + code_version()), partial(as_ics, calendar))
                 for url, calendar in calendars(portal).items()}
    return {url: ready(data) for url, data in made.items()} | schemas | schedules | asset_files(portal, bodies.picture)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


