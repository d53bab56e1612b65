"""The Atom feed of new and changed practices, and the sitemap. Both need the site's permanent address."""

from collections.abc import Iterable
from html import escape
from itertools import islice

from simpul.addresses import case_url
from simpul.portal import Portal

FEED_ENTRIES = 30
SITEMAP_SIZE = 1000


def feed(portal: Portal) -> dict[str, bytes]:
    """`umpan.xml` (RFC 4287): the newest practices by date of consent or verification; samples stay out."""
    base = _base(portal)
    dated = (name for name in reversed(portal.oldest_cases) if not portal.cases[name].sample and portal.cases[name].added)
    newest = list(islice(dated, FEED_ENTRIES))
    updated = max((_changed(portal, name) for name in newest), default=portal.as_of.isoformat())
    entries = "".join(_entry(portal, base, name) for name in newest)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">\n'
        f"<title>{escape(portal.settings.site_name)}: praktik baik</title>\n<id>{escape(base)}umpan.xml</id>\n"
        f'<link rel="self" href={_quoted(base + "umpan.xml")}/>\n<link href={_quoted(base + "praktik/index.html")}/>\n'
        f"<updated>{updated}T00:00:00Z</updated>\n<author><name>{escape(portal.settings.site_name)}</name></author>\n{entries}</feed>\n"
    )
    return {"umpan.xml": text.encode()}


def _changed(portal: Portal, name: str) -> str:
    return max(portal.cases[name].added, portal.cases[name].verified)


def _entry(portal: Portal, base: str, name: str) -> str:
    case = portal.cases[name]
    url = base + case_url(name)
    return (
        f"<entry>\n<title>{escape(case.title)}</title>\n<id>{escape(url)}</id>\n<link href={_quoted(url)}/>\n"
        f"<published>{case.added}T00:00:00Z</published>\n<updated>{_changed(portal, name)}T00:00:00Z</updated>\n"
        f"<author><name>{escape(portal.region_name(name.partition('/')[0]))}</name></author>\n"
        f"<summary>{escape(case.summary)}</summary>\n</entry>\n"
    )


def sitemap(portal: Portal, urls: Iterable[str]) -> dict[str, bytes]:
    """`sitemap.xml` and its parts: the pages `urls`, then the cases as they came: a new one touches the last part only."""
    base = escape(_base(portal))
    others = [escape(url) for url in urls if url != "404.html"]
    ordered = list(map(case_url, portal.oldest_cases))
    parts = {"sitemap/halaman.xml": others} if others else {}
    for number, start in enumerate(range(0, len(ordered), SITEMAP_SIZE), 1):
        parts[f"sitemap/praktik-{number}.xml"] = ordered[start:start + SITEMAP_SIZE]
    index = "".join(f"<sitemap><loc>{base}{url}</loc></sitemap>\n" for url in parts)
    files = {"sitemap.xml": _xml("sitemapindex", index)}
    for url, members in parts.items():
        files[url] = _xml("urlset", "".join(f"<url><loc>{base}{member}</loc></url>\n" for member in members))
    return files


def _base(portal: Portal) -> str:
    return portal.settings.site_url.rstrip("/") + "/" if portal.settings.site_url else ""


def _xml(root: str, body: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{space}">\n{body}</{root}>\n'.encode()


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'
