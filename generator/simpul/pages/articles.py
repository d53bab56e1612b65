"""The front page, articles and guides, the glossary, search and the page for a missing page."""

from collections.abc import Iterator
from itertools import groupby

from simpul.addresses import slugify
from simpul.pages.modules import path_links
from simpul.pages.page import Facets, Page, crumbs, link, newest
from simpul.portal import Portal

GUIDES = ("Panduan", "panduan/index.html")


def pages(portal: Portal) -> Iterator[Page]:
    """All pages that belong to no collection."""
    yield _front(portal)
    guides = [(url, article) for url, article in portal.articles.items() if url.startswith("panduan/")]
    if guides:
        view = {"articles": [link(article.judul, url, summary=article.ringkasan) for url, article in guides]}
        yield Page("panduan/index.html", "article_list", "Panduan", "Panduan bagi pengirim, pengajar, dan tuan rumah cermin.",
                   view, crumbs=crumbs(), facets=Facets("halaman"))
    for url, article in portal.articles.items():
        path = f"content/{url.removesuffix('.html')}.md"
        trail = crumbs(GUIDES) if url.startswith("panduan/") else crumbs()
        yield Page(url, "article", article.judul, article.ringkasan or "", {"summary": article.ringkasan}, texts=(path,),
                   source=path, crumbs=trail, facets=Facets("halaman") if article.cari else None)
    yield _glossary(portal)
    yield _search(portal)
    yield Page("404.html", "not_found", "Halaman tidak ditemukan", "Halaman yang Anda cari tidak ada di sini.", crumbs=crumbs())


def _front(portal: Portal) -> Page:
    areas = [link(area.nama, f"kompetensi/{area.kompetensi[0].kode}.html", code=area.kode,
                  competences=[link(c.nama, f"kompetensi/{c.kode}.html", code=c.kode) for c in area.kompetensi])
             for area in (portal.framework.bidang if portal.framework else ())]
    view = {"areas": areas, "paths": path_links(portal),
            "practices": newest(portal, portal.oldest_cases, 3)}
    return Page("index.html", "home", portal.settings.site_name, portal.settings.site_description, view,
                facets=Facets("halaman"))


def _glossary(portal: Portal) -> Page:
    anchors = {term.istilah: slugify(term.istilah) for term in portal.terms}
    letters = [
        {"letter": letter, "terms": [
            {"id": anchors[term.istilah], "term": term.istilah, "long": term.kepanjangan, "meaning": term.arti,
             "see": [{"term": other, "id": anchors[other]} for other in term.lihat],
             "competences": [link(code, f"kompetensi/{code}.html") for code in term.kompetensi]}
            for term in terms]}
        for letter, terms in groupby(portal.terms, key=lambda term: term.istilah[0].upper())
    ]
    return Page("glosarium.html", "glossary", "Glosarium", "Istilah dan singkatan yang dipakai di portal ini.",
                {"letters": letters}, source="curriculum/glosarium.yml", crumbs=crumbs(), facets=Facets("halaman"))


def _search(portal: Portal) -> Page:
    view = {"competences": [link(f"{code} {c.nama}", f"kompetensi/{code}.html") for code, c in portal.competences.items()],
            "paths": path_links(portal)}
    return Page("cari.html", "search", "Cari", "Cari modul, praktik baik, daerah, dan kompetensi.", view, crumbs=crumbs())
