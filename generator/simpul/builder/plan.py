"""What a build has to make: pages and files that are not what the last build made them from."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from simpul.builder.broken import NotMade, blamed, not_made
from simpul.builder.items import LazyItem, list_items
from simpul.builder.last_build import BuiltFile, LastBuild, MadeFrom, of_index
from simpul.builder.report import BrokenError
from simpul.builder.texts import Texts
from simpul.model import Settings
from simpul.pages import LazyPage, Page, PageKind
from simpul.portal import Portal
from simpul.runtime.packing import Columns, digest
from simpul.runtime.versions import code_version, theme_digest
from simpul.runtime.workers import in_background
from simpul.search import Synonyms
from simpul.search.pages import synonyms_of

KIND = Page._fields.index("kind")
Key = tuple[str, str, tuple[str, ...]]
"""An address, what its file is made from as a digest, and the texts it shows."""


class Everywhere(NamedTuple):
    """What any page may show or be found by, beside its own data: whoever makes pages is given this and not
    the portal.
    """

    settings: Settings
    synonyms: Synonyms

    @property
    def digest(self) -> str:
        """Changes with it."""
        return digest((self.settings.model_dump_json(), [*map(tuple, self.synonyms)]))


def everywhere(portal: Portal) -> Everywhere:
    """That of a portal."""
    return Everywhere(portal.settings, synonyms_of(portal))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build can take over: files of the last one that nobody has touched, those that would be the same
    now, and the index if no page has changed; what it has to make, with the keys of all; and which pages are
    gone.
    """

    made_from: MadeFrom
    intact: Mapping[str, BuiltFile]
    kept: Mapping[str, BuiltFile]
    keys: Mapping[str, str]
    stale: Sequence[LazyItem]
    gone: frozenset[str]

    @property
    def indexed(self) -> bool:
        """Whether the index of the last build is that of this one."""
        return not self.pages and not self.gone and any(map(of_index, self.kept))

    @property
    def pages(self) -> list[str]:
        """The addresses of the pages that are to be made."""
        return [item.url for item in self.stale if isinstance(item, LazyPage)]


def make_plan(portal: Portal, texts: Texts, last: LastBuild, present: Columns, jobs: int) -> Plan:
    """What is to be made for a site whose files are `present`.

    While the portal stays, so does what everything is made from but texts: only what shows a changed text is
    looked at.
    """
    versions = digest((code_version(), theme_digest()))
    frame = digest((portal.digest, versions))
    intact = last.files if present == last.stamps else _intact(last.files, present.by_name)
    index = {url for url in last.files if of_index(url)}
    keys_of = partial(_keys_of, versions, everywhere(portal).digest, texts)
    before = last.made_from
    if before and before.frame == frame:
        made_from = before.renewed(texts)
        wanted = {*before.showing(made_from), *(last.files.keys() - intact.keys() - index)}
        items = list(islice((item for item in list_items(portal) if item.url in wanted), len(wanted)))
        keys = {url: file.key for url, file in last.files.items() if url not in index}
        keys |= {url: key for url, key, _ in _sound(keys_of(items))}
    else:
        items = list(list_items(portal))
        with in_background(partial(_one_step, keys_of, items[1::2]), jobs) as others:
            found = _sound([*keys_of(items[::2]), *next(others)])
        keys = {url: key for url, key, _ in found}
        pages = Counter(item.kind.label for item in items if isinstance(item, LazyPage))
        made_from = MadeFrom.of(frame, pages, {url: shown for url, _, shown in found if shown}, texts)
    kept = {url: file for url, file in intact.items() if keys.get(url) == file.key}
    stale = [item for item in items if item.url not in kept]
    gone = frozenset(last.files.keys() - keys.keys() - index)
    if not gone and index <= intact.keys() and not any(isinstance(item, LazyPage) for item in stale):
        kept |= {url: intact[url] for url in index}
    return Plan(made_from, intact, kept, keys, stale, gone)


def _intact(files: Mapping[str, BuiltFile], present: Mapping[str, str]) -> dict[str, BuiltFile]:
    return {url: file for url, file in files.items() if present.get(url) == file.stamp}


def _keys_of(versions: str, given: str, texts: Texts, items: Iterable[LazyItem]) -> list[Key | NotMade]:
    """For each item a digest of everything it is made from: its data, its texts, and all that its maker is
    given.
    """
    kinds: dict[PageKind, str] = {}
    found: list[Key | NotMade] = []
    for lazy in items:
        try:
            around, item = versions, lazy.collect()
            if item.url != lazy.url or (isinstance(lazy, LazyPage) and item[KIND] != lazy.kind):
                raise ValueError(f"{item.url} is collected for it, or another kind")
            if isinstance(item, Page):
                kind = item.kind
                around = kinds.get(kind) or kinds.setdefault(kind, digest((versions, given, kind.mark)))
            shown = [texts.mark(path) for path in item.texts]
            found.append((item.url, digest((around, item.plain, shown)), item.texts))
        except Exception as failure:
            found.append(not_made(lazy, failure))
    return found


def _sound(found: Iterable[Key | NotMade]) -> list[Key]:
    """The keys. Raises BrokenError where something cannot be collected."""
    keys: list[Key] = []
    broken: list[NotMade] = []
    for item in found:
        if isinstance(item, NotMade):
            broken.append(item)
        else:
            keys.append(item)
    if broken:
        raise BrokenError(blamed(broken))
    return keys


def _one_step(keys_of: Callable[[Sequence[LazyItem]], list[Key | NotMade]],
              items: Sequence[LazyItem]) -> Iterator[list[Key | NotMade]]:
    yield keys_of(items)
