"""What a page is: an address, a template, and the plain data the template shows. Nothing else may reach the template,
so the data decide whether a page must be made again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from generator.portal import Portal

View = Mapping[str, Any]


class Later(NamedTuple):
    """A view that is made only when its page is: `inputs` change whenever `make()` could give something else.

    For kinds with many pages, where most are kept from the last build.
    """

    inputs: Any
    make: Callable[[], View]


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
    view: View | Later = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    source: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    sample: bool = False
    facets: Facets | None = None
    borrowed: int = 0

    @property
    def explained(self) -> bool:
        """Whether its texts explain the terms of the glossary."""
        return self.kind in EXPLAINED

    @property
    def shown(self) -> View:
        """The data of the template."""
        return self.view.make() if isinstance(self.view, Later) else self.view

    @property
    def inputs(self) -> Any:
        """What decides over the view, as JSON takes it."""
        return self.view.inputs if isinstance(self.view, Later) else self.view


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
    practice = portal.practices[name]
    code = name.partition("/")[0]
    return link(practice.judul, f"praktik/{name}.html", id=name, summary=practice.ringkasan,
                region=link(portal.region_name(code), f"daerah/{code}.html"), status=practice.status_keberlanjutan,
                stage=practice.tahapan, themes=list(practice.tema), sample=practice.contoh)


def oldest_first(portal: Portal, names: Iterable[str]) -> list[str]:
    """Cases in the order they came, so that a new one is last."""
    return sorted(names, key=portal.practice_age.__getitem__)


def newest(portal: Portal, names: Sequence[str], count: int) -> list[dict[str, Any]]:
    """The last cases of a list that is oldest first, newest first."""
    return [practice_link(portal, name) for name in reversed(names[-count:])]


def with_newest(portal: Portal, names: Sequence[str], count: int, view: View) -> Later:
    """A view to which the newest cases are added, as `practices`, when its page is made."""
    marks = [portal.practice_marks[name] for name in names[-count:]]
    return Later([view, marks], lambda: {**view, "practices": newest(portal, names, count)})


TRAINING = ("Pelatihan", "pelatihan.html")


def crumbs(*steps: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way from the front page, without the page itself."""
    return (("Beranda", "index.html"), *steps)

