"""The front page, articles and guides, the glossary, search and the page for a missing page."""

from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urlsplit

from simpul.addresses import DEEPEST, page_url, slugify
from simpul.pages.modules import path_links
from simpul.pages.page import (
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    glossary,
    lazy,
    link,
    newest,
)
from simpul.portal import Portal

RANK = 1
ABOUT = "tentang.html"
MENU = (MenuEntry("Beranda", "index.html", 1), MenuEntry("Daftar istilah", "glosarium.html", 9),
        MenuEntry("Tentang", ABOUT, 10), MenuEntry("Panduan", "panduan/index.html", 1, ABOUT))
HOME = PageKind("home", "beranda", "index.html")
GUIDE_LIST = PageKind("guide_list", "daftar panduan", ABOUT)
ARTICLE = PageKind("article", "artikel")
OWN_ARTICLE = PageKind("article", "artikel", ABOUT)
GLOSSARY = PageKind("glossary", "glosarium", "glosarium.html", spoken=True)
SEARCH = PageKind("search", "pencarian")
NOT_FOUND = PageKind("not_found", "404")
OWN = (ABOUT, "metodologi.html")
"""Articles about the portal itself, beside the guides."""
READERS = {"pengirim": "Bagi pengirim dari daerah", "pengajar": "Bagi pengajar dan pusat pelatihan",
           "pengelola": "Bagi pengelola portal", "tuan_rumah": "Bagi tuan rumah cermin", None: "Lainnya"}
GUIDES = ("Panduan", "panduan/index.html")


def pages(portal: Portal) -> Iterator[LazyPage]:
    """All pages that belong to no collection."""
    articles = {page_url(path): path for path in portal.kinds.get("artikel", ())}
    yield lazy("index.html", HOME, _front, portal)
    if any(url.startswith("panduan/") for url in articles):
        yield lazy("panduan/index.html", GUIDE_LIST, _guides, portal)
    for url, path in articles.items():
        kind = OWN_ARTICLE if url.startswith("panduan/") or url in OWN else ARTICLE
        yield lazy(url, kind, _article, portal, kind, url, path, source=path)
    yield lazy("glosarium.html", GLOSSARY, _glossary, portal, source="curriculum/glosarium.yml")
    yield lazy("cari.html", SEARCH, _search, portal)
    yield lazy("404.html", NOT_FOUND, _not_found, portal)


def _front(portal: Portal) -> Page:
    areas = [link(area.nama, f"kompetensi/{area.kompetensi[0].kode}.html", code=area.kode,
                  competences=[link(c.nama, f"kompetensi/{c.kode}.html", code=c.kode)
                               for c in area.kompetensi])
             for area in (portal.framework.bidang if portal.framework else ())]
    return Page("index.html", HOME, portal.settings.site_name, portal.settings.site_description,
                {"areas": areas, "paths": path_links(portal), "hour": portal.settings.menit_per_jp},
                facets=Facets("halaman"), shared={"practices": newest(portal, portal.oldest_cases, 3)})


def _guides(portal: Portal) -> Page:
    found = [(article.pembaca, link(article.judul, url, summary=article.ringkasan))
             for url, article in portal.articles.items() if url.startswith("panduan/")]
    groups = [{"id": reader or "lain", "title": title, "articles": items} for reader, title in READERS.items()
              if (items := [item for who, item in found if who == reader])]
    return Page("panduan/index.html", GUIDE_LIST, "Panduan",
                "Panduan bagi pengirim, pengajar, pengelola, dan tuan rumah cermin.", {"groups": groups},
                crumbs=crumbs(), facets=Facets("halaman"))


def _article(portal: Portal, kind: PageKind, url: str, path: str) -> Page:
    article = portal.articles[url]
    trail = crumbs(GUIDES) if url.startswith("panduan/") else crumbs()
    return Page(url, kind, article.judul, article.ringkasan or "", {"summary": article.ringkasan},
                texts=(path,), source=path, crumbs=trail, facets=Facets("halaman") if article.cari else None,
                explains=glossary(portal))


def _glossary(portal: Portal) -> Page:
    anchors = {term.istilah: slugify(term.istilah) for term in portal.terms}
    letters = [
        {"letter": letter, "terms": [
            {"id": anchors[term.istilah], "term": term.istilah, "long": term.kepanjangan,
             "meaning": term.arti, "see": [{"term": other, "id": anchors[other]} for other in term.lihat],
             "competences": [link(code, f"kompetensi/{code}.html") for code in term.kompetensi]}
            for term in terms]}
        for letter, terms in groupby(portal.terms, key=lambda term: term.istilah[0].upper())
    ]
    return Page("glosarium.html", GLOSSARY, "Daftar istilah",
                "Glosarium: istilah dan singkatan yang dipakai di portal ini.", {"letters": letters},
                source="curriculum/glosarium.yml", crumbs=crumbs(), facets=Facets("halaman"))


def _search(portal: Portal) -> Page:
    competences = [link(f"{code} {c.nama}", f"kompetensi/{code}.html")
                   for code, c in portal.competences.items()]
    return Page("cari.html", SEARCH, "Cari", "Cari modul, praktik baik, daerah, dan kompetensi.",
                {"competences": competences, "paths": path_links(portal)}, crumbs=crumbs())


def _not_found(portal: Portal) -> Page:
    """A host sends it from any depth; `home` is where the portal stands on the centre's own host."""
    home = urlsplit(portal.settings.address).path or "/"
    return Page("404.html", NOT_FOUND, "Halaman tidak ditemukan", "Halaman yang Anda cari tidak ada di sini.",
                {"home": home, "depths": list(range(DEEPEST + 1))}, crumbs=crumbs())
