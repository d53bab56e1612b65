"""What a build has to make: pages and files that are not what the last build made them from."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from simpul.build.items import Item, list_items
from simpul.build.last_build import BuiltFile, LastBuild, MadeFrom, of_index
from simpul.build.texts import Texts
from simpul.model import Settings
from simpul.pages import Page, list_pages
from simpul.portal import Portal
from simpul.runtime.packing import Columns, digest
from simpul.runtime.versions import code_version, theme_digest
from simpul.search.pages import synonyms_of


class Everywhere(NamedTuple):
    """What any page may show or be found by, beside its own data: whoever makes pages is given this and not the portal."""

    settings: Settings
    synonyms: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Changes with it."""
        return digest((self.settings.model_dump_json(), sorted(self.synonyms.items())))


def everywhere(portal: Portal) -> Everywhere:
    """That of a portal."""
    return Everywhere(portal.settings, synonyms_of(portal))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build can take over: files of the last one that nobody has touched, those that would be the same now, and the
    index if no page has changed; what it has to make, with the keys of all; and which pages are gone.
    """

    made_from: MadeFrom
    pages: Mapping[str, int]
    intact: Mapping[str, BuiltFile]
    kept: Mapping[str, BuiltFile]
    keys: Mapping[str, str]
    items: Sequence[Item]
    gone: frozenset[str]

    @property
    def indexed(self) -> bool:
        """Whether the index of the last build is that of this one."""
        return not self.stale and not self.gone and any(map(of_index, self.kept))

    @property
    def stale(self) -> list[Page]:
        """The pages among the items."""
        return [item for item in self.items if isinstance(item, Page)]


def make_plan(portal: Portal, texts: Texts, last: LastBuild, present: Columns) -> Plan:
    """What is to be made for a site whose files are `present`.

    While the portal stays, so does what everything is made from but texts: only what shows a changed text is looked at.
    """
    listed = {item.url: item for item in list_items(portal)}
    intact = last.files if present == last.stamps else _intact(last.files, present.by_name)
    frame = digest((portal.digest, code_version(), theme_digest()))
    before = last.made_from if last.made_from and last.made_from.frame == frame else None
    looked_at = {*before.showing(texts), *(listed.keys() - intact.keys())} if before else listed.keys()
    items = {url: listed[url].collect() for url in listed if url in looked_at}
    keys = {url: file.key for url, file in last.files.items() if url in listed} if before else {}
    keys |= _keys(portal, texts, items.values())
    kept = {url: file for url, file in intact.items() if keys.get(url) == file.key}
    stale = [item for url, item in items.items() if url not in kept]
    index = {url for url in last.files if of_index(url)}
    gone = frozenset(last.files.keys() - keys.keys() - index)
    if not gone and index <= intact.keys() and not any(isinstance(item, Page) for item in stale):
        kept |= {url: intact[url] for url in index}
    made_from = before.renewed(texts) if before else MadeFrom.of(frame, items.values(), texts)
    pages = Counter(page.kind.label for page in list_pages(portal))
    return Plan(made_from, pages, intact, kept, keys, stale, gone)


def _intact(files: Mapping[str, BuiltFile], present: Mapping[str, str]) -> dict[str, BuiltFile]:
    return {url: file for url, file in files.items() if present.get(url) == file.stamp}


def _keys(portal: Portal, texts: Texts, items: Iterable[Item]) -> dict[str, str]:
    """A digest of everything that each item is made from: its data, its texts, and all that its maker is given."""
    versions = digest((code_version(), theme_digest()))
    page = digest((versions, everywhere(portal).digest))
    return {item.url: digest((page if isinstance(item, Page) else versions, item.digest, list(map(texts.mark, item.texts))))
            for item in items}
