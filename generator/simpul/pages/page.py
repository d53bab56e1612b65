"""What a page is: an address, a template, and the plain data the template shows. Nothing else may reach the template,
so the data decide whether a page must be made again.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from simpul.addresses import case_url
from simpul.model import Practice
from simpul.portal import Portal

View = Mapping[str, Any]
PAGE_SIZE = 50
LISTED = 20


@dataclass(frozen=True, slots=True)
class Facets:
    """What search knows of a page beside its words."""

    kind: str
    region: str = ""
    region_name: str = ""
    competences: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    verified: str = ""
    added: str = ""


EXPLAINED = frozenset({"module", "notes", "article"})
"""Kinds of pages whose texts explain the terms of the glossary."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    `kind` names the template; `texts` are the paths of the Markdown sources it shows; `source` is the file that
    "sunting halaman ini" opens; `facets` is None for a page that search leaves out; the first `borrowed` texts belong to
    another page, where search finds them.
    """

    url: str
    kind: str
    title: str
    description: str = ""
    view: View = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    source: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    sample: bool = False
    facets: Facets | None = None
    borrowed: int = 0

    @property
    def inputs(self) -> str:
        """Changes whenever the page shows something else, its texts aside."""
        facets = self.facets and (self.facets.verified, self.facets.added)
        return _encode([self.title, self.description, self.view, self.source, self.crumbs, self.sample, facets])

    def made(self, _practice_of: "Opener") -> "Page":
        """Itself."""
        return self


Opener = Callable[[str], Practice]
"""Gives the fields of a case by its id."""


class Later(NamedTuple):
    """A page that is made only when it has to be: `inputs` change whenever the page could show something else, its texts aside.

    For kinds with many pages, where most are kept from the last build.
    """

    url: str
    kind: str
    inputs: str
    texts: tuple[str, ...]
    make: Callable[[Opener], Page]

    def made(self, practice_of: Opener) -> Page:
        """The page."""
        return self.make(practice_of)


class Sheaf(NamedTuple):
    """Pages that are looked at together first: while `inputs` and `texts` stay, so does all that each of them is made from.

    `url` is its name among the pages; nothing stands there.
    """

    url: str
    kind: str
    inputs: str
    texts: tuple[str, ...]
    urls: tuple[str, ...]
    pages: Callable[[], list[Later]]


def later(page: Page, view: Callable[[], View], *inputs: str) -> Later:
    """A page whose view is made when it is; `inputs` change whenever the view would."""
    return Later(page.url, page.kind, "\n".join((page.inputs, *inputs)), page.texts, lambda _: replace(page, view=view()))


AnyPage = Page | Later
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def link(title: str, url: str, **more: Any) -> dict[str, Any]:
    """A link as templates take it."""
    return {"title": title, "url": url, **more}


def jp(portal: Portal, minutes: int) -> str:
    """Learning hours (JP) as text with a decimal point, such as "2" or "1.5"."""
    hours = Decimal(minutes) / portal.settings.menit_per_jp
    return format(hours.quantize(Decimal("0.1")).normalize(), "f")


def module_link(portal: Portal, name: str) -> dict[str, Any]:
    """A module with what a reader chooses by: levels and JP."""
    module = portal.modules[name]
    minutes = module.menit.teori + module.menit.praktik
    teaches = [[target.kompetensi, target.tingkat] for target in module.mengajarkan]
    return link(module.judul, f"modul/{name}.html", id=name, summary=module.ringkasan, jp=jp(portal, minutes),
                minutes=minutes, teaches=teaches, cycle=module.siklus, groups=list(module.sasaran))


_practice_links: WeakKeyDictionary[Portal, dict[str, dict[str, Any]]] = WeakKeyDictionary()


def practice_link(portal: Portal, name: str) -> dict[str, Any]:
    """A case with what a reader chooses by; made once for all the lists that show it."""
    known = _practice_links.setdefault(portal, {})
    if name not in known:
        known[name] = _practice_link(portal, name)
    return known[name]


def _practice_link(portal: Portal, name: str) -> dict[str, Any]:
    case = portal.cases[name]
    code = name.partition("/")[0]
    return link(case.title, case_url(name), id=name, summary=case.summary,
                region=link(portal.region_name(code), f"daerah/{code}.html"), status=case.status,
                stage=case.stage, themes=list(case.themes), sample=case.sample)


def newest(portal: Portal, names: Sequence[str], count: int) -> list[dict[str, Any]]:
    """The last cases of a list that is oldest first, newest first."""
    return [practice_link(portal, name) for name in reversed(names[-count:])]


def with_newest(portal: Portal, names: Sequence[str], count: int, page: Page) -> Later:
    """A page to whose view the newest cases are added, as `practices`, when it is made."""
    marks = map(portal.practice_marks.__getitem__, names[-count:])
    return later(page, lambda: {**page.view, "practices": newest(portal, names, count)}, *marks)


TRAINING = ("Pelatihan", "pelatihan.html")
PRACTICES = ("Praktik baik", "praktik/index.html")


def crumbs(*steps: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way from the front page, without the page itself."""
    return (("Beranda", "index.html"), *steps)

