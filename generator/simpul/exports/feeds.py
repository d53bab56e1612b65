"""The Atom feed of new and changed practices, the sitemap, and where robots find it. They need the site's
permanent address.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import islice

from simpul.addresses import case_url
from simpul.figures.periods import parts
from simpul.pages import list_pages
from simpul.pages.cases import KIND as CASE
from simpul.portal import Portal
from simpul.runtime.lazy import LazyFile, SiteFile, ready

FEED_ENTRIES = 30
SITEMAP_SIZE = 1000


def files(portal: Portal) -> Iterator[LazyFile]:
    """`umpan.xml`, and `sitemap.xml` with its parts: all other pages, then the cases by date, so that a new
    one touches one part only.
    """
    yield LazyFile("umpan.xml", partial(_feed, portal))
    found: dict[str, Callable[..., SiteFile]] = {"sitemap/halaman.xml": partial(_urlset_of_pages, portal)}
    for part in parts(portal, portal.oldest_cases, SITEMAP_SIZE):
        found[f"sitemap/praktik-{part.name}.xml"] = partial(_urlset_of_cases, portal, names=part.cases)
    yield LazyFile("sitemap.xml", partial(_sitemap, portal, list(found)))
    for url, collect in found.items():
        yield LazyFile(url, partial(collect, url=url))
    yield LazyFile("robots.txt", partial(_robots, portal))


def _feed(portal: Portal) -> SiteFile:
    """An Atom feed (RFC 4287): the newest practices by date of consent or verification; samples stay out."""
    base, cases = portal.settings.address, portal.cases
    dated = (name for name in reversed(portal.oldest_cases) if not cases[name].sample and cases[name].added)
    newest = list(islice(dated, FEED_ENTRIES))
    updated = max((_changed(portal, name) for name in newest), default=portal.as_of.isoformat())
    entries = "".join(_entry(portal, base, name) for name in newest)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">\n'
        f"<title>{escape(portal.settings.site_name)}: praktik baik</title>\n"
        f'<id>{escape(base)}umpan.xml</id>\n<link rel="self" href={_quoted(base + "umpan.xml")}/>\n'
        f'<link href={_quoted(base + "praktik/index.html")}/>\n<updated>{updated}T00:00:00Z</updated>\n'
        f"<author><name>{escape(portal.settings.site_name)}</name></author>\n{entries}</feed>\n"
    )
    return ready("umpan.xml", text.encode())


def _changed(portal: Portal, name: str) -> str:
    return max(portal.cases[name].added, portal.cases[name].verified)


def _entry(portal: Portal, base: str, name: str) -> str:
    case = portal.cases[name]
    url = base + case_url(name)
    return (
        f"<entry>\n<title>{escape(case.title)}</title>\n<id>{escape(url)}</id>\n<link href={_quoted(url)}/>\n"
        f"<published>{case.added}T00:00:00Z</published>\n"
        f"<updated>{_changed(portal, name)}T00:00:00Z</updated>\n"
        f"<author><name>{escape(portal.region_name(name.partition('/')[0]))}</name></author>\n"
        f"<summary>{escape(case.summary)}</summary>\n</entry>\n"
    )


def _urlset_of_pages(portal: Portal, url: str) -> SiteFile:
    urls = [escape(page.url) for page in list_pages(portal)
            if page.kind != CASE and page.kind.listed and page.url != "404.html"]
    return SiteFile(url, (portal.settings.address, urls), urlset)


def _urlset_of_cases(portal: Portal, url: str, names: Sequence[str]) -> SiteFile:
    return SiteFile(url, (portal.settings.address, list(map(case_url, names))), urlset)


def _sitemap(portal: Portal, parts: Sequence[str]) -> SiteFile:
    base = escape(portal.settings.address)
    index = "".join(f"<sitemap><loc>{base}{url}</loc></sitemap>\n" for url in parts)
    return ready("sitemap.xml", _xml("sitemapindex", index))


def _robots(portal: Portal) -> SiteFile:
    """Everything may be read (RFC 9309); a copy names the sitemap of the centre, whose pages it repeats."""
    address = portal.settings.address
    sitemap = f"Sitemap: {address}sitemap.xml\n" if address else ""
    return ready("robots.txt", f"User-agent: *\nAllow: /\n{sitemap}".encode())


def urlset(value: tuple[str, Sequence[str]]) -> bytes:
    """A part of the sitemap: the site's address, and the addresses of pages below it."""
    base, members = escape(value[0]), value[1]
    return _xml("urlset", "".join(f"<url><loc>{base}{member}</loc></url>\n" for member in members))


def _xml(root: str, body: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{space}">\n{body}</{root}>\n'.encode()


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'
