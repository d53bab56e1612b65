"""What stands at the addresses of sources that were renamed or withdrawn: the way on, or the reason."""

from collections.abc import Iterator

from simpul.addresses import REGIONS, page_url
from simpul.pages.page import LazyPage, Page, PageKind, crumbs, lazy, link
from simpul.portal import Portal
from simpul.portal.old_addresses import OldAddress, old_addresses
from simpul.sources.schema import kind_of

RANK = 20
MOVED = PageKind("moved", "alamat lama", listed=False)
WITHDRAWN = PageKind("withdrawn", "halaman ditarik", listed=False)
NAMES = {"praktik": "Praktik", "adaptasi": "Penyesuaian", "modul": "Modul", "jalur": "Jalur belajar",
         "model": "Model penyelenggaraan", "penunjuk": "Penunjuk", "artikel": "Halaman"}


def pages(portal: Portal) -> Iterator[LazyPage]:
    """One for each old address."""
    for url, found in old_addresses(portal).items():
        if found.new:
            yield lazy(url, MOVED, _moved, portal, url, found, source=found.moved.source)
        else:
            yield lazy(url, WITHDRAWN, _withdrawn, portal, url, found, source=found.moved.source)


def _moved(portal: Portal, url: str, found: OldAddress) -> Page:
    title = _title(portal, found.moved.new)
    return Page(url, MOVED, "Halaman ini pindah", f"Alamat baru: {title}.", {"to": link(title, found.new)},
                crumbs=crumbs())


def _withdrawn(portal: Portal, url: str, found: OldAddress) -> Page:
    moved = found.moved
    kind = kind_of(moved.old)
    what = NAMES[kind.name if kind else "artikel"]
    code = moved.source.split("/")[2] if moved.source.startswith(REGIONS) else ""
    view = {"date": moved.date, "reason": moved.reason,
            "region": link(portal.region_name(code), f"daerah/{code}.html") if code else None}
    return Page(url, WITHDRAWN, f"{what} ini ditarik", moved.reason, view, source=moved.source,
                crumbs=crumbs(), sample=bool(code) and portal.is_sample(code))


def _title(portal: Portal, path: str) -> str:
    """The title of what is there now."""
    entry = portal.entries[path]
    match entry.kind:
        case "praktik":
            return portal.cases[entry.name].title
        case "jalur":
            return portal.paths[entry.name].judul
        case "model":
            return portal.models[entry.name].nama
        case "penunjuk":
            return portal.pointers[entry.name].nama
        case "artikel":
            return portal.articles[page_url(path)].judul
    return portal.modules[entry.name.rpartition("/")[2]].judul
