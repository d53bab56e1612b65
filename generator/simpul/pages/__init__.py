"""Portal -> pages: which exist, at which permanent address, from which source, showing what.

A new kind of page is a function here and a template of its name in theme/.
"""

from collections.abc import Iterator

from simpul.addresses import page_url
from simpul.pages import (
    adapted,
    articles,
    cases,
    centres,
    chain,
    delivery,
    evenness,
    experts,
    modules,
    monitoring,
    needs,
    practices,
    regions,
    schedules,
    services,
    shortage,
    standard,
    submission,
)
from simpul.pages.adaptations import adaptation_url
from simpul.pages.cases import case_pages, sheaf_of
from simpul.pages.page import EXPLAINED, AnyPage, Facets, Page, Sheaf
from simpul.portal import Portal

__all__ = ["EXPLAINED", "AnyPage", "Facets", "Page", "Sheaf", "case_pages", "list_pages", "page_urls", "sheaf_of"]

KINDS = (
    articles.pages, standard.pages, modules.pages, practices.pages, cases.pages, regions.pages,
    adapted.pages, needs.pages, delivery.pages, centres.pages, experts.pages, shortage.pages,
    services.pages, schedules.pages, monitoring.pages, evenness.pages, chain.pages, submission.pages,
)
SHOWN = ("artikel", "modul", "jalur", "model", "praktik")
_REGIONAL = (("jadwal", "schedules"), ("pemantauan", "reports"), ("rantai", "needs"))
EXTRA_URLS = ("standar.json", "standar.csv", "umpan.xml", "sitemap.xml", "pemantauan.csv", "pemantauan.json")
FIXED = {
    "index.html", "standar.html", "periksa-diri.html", "modul/index.html", "jalur/index.html", "daerah/index.html",
    "praktik/index.html", "pelatihan.html", "glosarium.html", "cari.html", "panduan/index.html", "404.html", *EXTRA_URLS,
    *(url for _, url, _ in delivery.CHAIN), submission.FORM[1], *submission.LETTERS,
}


def list_pages(portal: Portal) -> Iterator[AnyPage | Sheaf]:
    """Every page of the site, where there are very many of a kind in sheaves. The portal must be free of errors."""
    for pages in KINDS:
        yield from pages(portal)


def page_urls(portal: Portal) -> frozenset[str]:
    """The addresses that links may lead to; works on a portal with errors too."""
    return frozenset(FIXED).union(
        (page_url(path) for kind in SHOWN for path in portal.kinds.get(kind, ())),
        (f"kompetensi/{code}.html" for code in portal.competences),
        (f"modul/{name}/pengajar.html" for name, module in portal.modules.items() if module.catatan_pengajar),
        (f"daerah/{code}.html" for code in portal.regions),
        (centres.centre_url(code, centre.id) for code, found in portal.centres.items() for centre in found),
        map(adaptation_url, portal.adaptations),
        (f"layanan/{service.id}.html" for service in portal.services),
        (f"{part}/{code}.html" for part, some in _REGIONAL for code in getattr(portal, some)),
    )
