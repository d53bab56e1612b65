"""What a page is: an address, a kind, and the plain data that its template shows. Nothing else may reach the
template, so the data decide whether a page must be made again.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from simpul.addresses import case_url
from simpul.figures.conditions import condition_key, condition_name
from simpul.figures.paths import hours
from simpul.model import Case
from simpul.portal import Condition, Portal, once
from simpul.runtime.lazy import Shared, name_of

View = Mapping[str, Any]
NOTHING: Mapping[str, Any] = {}
PAGE_SIZE = 50
LISTED = 20


class Facets(NamedTuple):
    """What search knows of a page beside its words; one that is `named` is found by its name alone."""

    kind: str
    region: str = ""
    region_name: str = ""
    competences: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    verified: str = ""
    added: str = ""
    named: bool = False
    conditions: tuple[str, ...] = ()


class MenuEntry(NamedTuple):
    """A place in the menu: `section` is the front page of the section it stands in, "" for a section itself.
    `about` is what the section's front page says of it; one that is `hidden` stands there only.
    """

    title: str
    url: str
    place: int
    section: str = ""
    about: str = ""
    hidden: bool = False


class PageKind(NamedTuple):
    """A kind of page: `name` is that of its template, `label` what the summary of a build calls its pages,
    `section` the front page of the section of the menu that they belong to.

    Search takes the words of the data of a `spoken` kind too, of all of them or of the parts it names; the
    site map names the pages of one that is `listed`. `complete` adds what is only in the page's own
    texts, which it is given opened: a function of a module, so that it has nothing else to show.
    """

    name: str
    label: str
    section: str = ""
    spoken: bool | tuple[str, ...] = False
    complete: Callable[..., "Page"] | None = None
    listed: bool = True

    @property
    def mark(self) -> str:
        """Changes with what the kind adds to the data."""
        return f"{self.name} {self.section} {self.spoken} {self.complete and name_of(self.complete)}"


class Page(NamedTuple):
    """One page of the site, as far as it is known without its texts.

    `texts` are the paths of the Markdown sources it shows; `shared` are parts of what it shows that other
    pages show too; `source` is the file that "sunting halaman ini" opens; `facets` is None for a page that
    search leaves out; the first `borrowed` texts belong to another page, where search finds them; `explains`
    is the glossary whose terms are explained in its texts.
    """

    url: str
    kind: PageKind
    title: str = ""
    description: str = ""
    view: View = NOTHING
    texts: tuple[str, ...] = ()
    source: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    sample: bool = False
    facets: Facets | None = None
    borrowed: int = 0
    shared: Mapping[str, Sequence[Shared]] = NOTHING
    explains: Shared | None = None

    @property
    def plain(self) -> tuple[Any, ...]:
        """What the page is made from, its texts aside; of what it shares, the marks. Its kind has its own."""
        (url, _, title, description, view, texts, source, crumbs, sample, facets, borrowed, shared,
         explains) = self  # taken apart, so that no field can be left out
        marks = [[part.mark for part in parts] for parts in shared.values()]
        return (url, title, description, view, texts, source, crumbs, sample, facets and tuple(facets),
                borrowed, tuple(shared), marks, explains and explains.mark)

    @property
    def shown(self) -> dict[str, Any]:
        """The data for the template, the shared parts among them. Raises ValueError where both have a key."""
        if twice := self.view.keys() & self.shared.keys():
            raise ValueError(f"view and shared both hold {', '.join(sorted(twice))}")
        return {**self.view, **{key: [part.value for part in parts] for key, parts in self.shared.items()}}


class LazyPage(NamedTuple):
    """A page that exists. What it shows is collected when asked for; `source` is the file calling for it."""

    url: str
    kind: PageKind
    collect: Callable[[], Page]
    source: str = ""


def lazy(url: str, kind: PageKind, collect: Callable[..., Page], *arguments: Any,
         source: str = "") -> LazyPage:
    """The page that `collect` gives for some arguments."""
    return LazyPage(url, kind, partial(collect, *arguments), source)


def link(title: str, url: str, **more: Any) -> dict[str, Any]:
    """A link as templates take it."""
    return {"title": title, "url": url, **more}


def jp(portal: Portal, minutes: int) -> str:
    """Learning hours (JP) as text with a decimal point, such as "2" or "1.5"."""
    return format(hours(portal, minutes), "f")


def module_link(portal: Portal, name: str) -> dict[str, Any]:
    """A module with what a reader chooses by: levels and JP."""
    module = portal.modules[name]
    minutes = module.menit.teori + module.menit.praktik
    teaches = [[target.kompetensi, target.tingkat] for target in module.mengajarkan]
    return link(module.judul, f"modul/{name}.html", id=name, summary=module.ringkasan, jp=jp(portal, minutes),
                minutes=minutes, teaches=teaches, cycle=module.siklus, groups=list(module.sasaran))


def withdrawn_links(portal: Portal, path: str, *where: str | int) -> list[dict[str, Any]]:
    """What a field of a source names though it was withdrawn: a text in the place of a link."""
    return [link(f"{name} (ditarik)", "") for name in portal.moves.lost_by(path, *where)]


def place_in(portal: Portal, path: str, item: object) -> int:
    """The place of an item in its list."""
    entry = portal.entries[path]
    return next(place for place, other in zip(entry.places, entry.items, strict=True) if other is item)


@once
def glossary(portal: Portal) -> Shared:
    """The terms of the glossary: as written, in full, and what they mean."""
    return Shared([(term.istilah, term.kepanjangan, term.arti) for term in portal.terms])


@once
def practice_cards(portal: Portal) -> Mapping[str, Shared]:
    """Every case with what a reader chooses by, for all the lists that show it."""
    return _Cards(portal)


class _Cards(dict[str, Shared]):
    """Each card is made when it is first asked for."""

    def __init__(self, portal: Portal) -> None:
        super().__init__()
        self.portal = portal
        self.regions = {code: link(portal.region_name(code), f"daerah/{code}.html")
                        for code in portal.cases_by.region}

    def __missing__(self, name: str) -> Shared:
        region = self.regions[name.partition("/")[0]]
        found = self[name] = Shared(_card(name, self.portal.cases[name], region,
                                            self.portal.condition(name)))
        return found


def _card(name: str, case: Case, region: View, condition: Condition) -> dict[str, Any]:
    return {"title": case.title, "url": case_url(name), "id": name, "summary": case.summary, "region": region,
            "status": case.status, "stage": case.stage, "themes": case.themes, "sample": case.sample,
            "attached": len(case.attached), "condition": condition_name(condition_key(*condition))}


def newest(portal: Portal, names: Sequence[str], count: int) -> list[Shared]:
    """The last cases of a list that is oldest first, newest first."""
    return [practice_cards(portal)[name] for name in reversed(names[-count:])]


TRAINING_FRONT, PRACTICES_FRONT = "pelatihan.html", "praktik/index.html"
TRAINING = ("Pelatihan", TRAINING_FRONT)
PRACTICES = ("Praktik baik", PRACTICES_FRONT)


def crumbs(*steps: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way from the front page, without the page itself."""
    return (("Beranda", "index.html"), *steps)
