"""The register of laws: what each says, by which source and how it was read, and what rests on it."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.addresses import LAWS
from simpul.model.law import article_name, law_anchor, law_name
from simpul.pages.page import Facets, LazyPage, MenuEntry, Page, PageKind, crumbs, lazy, link
from simpul.portal import Portal
from simpul.portal.citations import resting

RANK = 2
FRONT = "glosarium.html"
SOURCE = "curriculum/dasar_hukum.yml"
MENU = (MenuEntry("Dasar hukum", LAWS, 1, FRONT, "Peraturan yang dirujuk portal ini."),)
KIND = PageKind("laws", "dasar hukum", FRONT, spoken=True)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`dasar-hukum.html`; without a register it says that there is none."""
    yield lazy(LAWS, KIND, _laws, portal, source=SOURCE if portal.laws else "")


def _laws(portal: Portal) -> Page:
    rows = [_row(portal, law) for law in portal.laws]
    view = {"contents": [{"slug": row["id"], "title": f"{row['name']} {row['about']}"} for row in rows],
            "laws": [row for row in rows if row["citable"]],
            "revoked": [row for row in rows if row["status"] == "dicabut"],
            "unsure": [row for row in rows if row["status"] == "perlu_dicek"]}
    return Page(LAWS, KIND, "Dasar hukum", "Peraturan yang dirujuk modul dan panduan di portal ini: inti "
                "pasalnya, sumbernya, dan kapan diperiksa.", view, source=SOURCE if portal.laws else "",
                crumbs=crumbs(("Daftar istilah", FRONT)), facets=Facets("halaman"))


def _heading(article: model.LawArticle) -> str:
    name = article_name(article.nomor)
    return name[:1].upper() + name[1:]


def _row(portal: Portal, law: model.Law) -> dict[str, Any]:
    texts = [link(title, url) for url, title in resting(portal).get(law.id, {}).items()]
    return {
        "id": law_anchor(law.id), "name": law_name(law.id), "about": law.tentang,
        "called": list(law.sebutan), "status": law.status, "citable": law.citable, "by": list(law.oleh),
        "note": law.keterangan, "address": law.alamat, "sources": list(law.sumber),
        "checked": law.diperiksa.isoformat(), "whole": law.terbaca == "utuh",
        "review": law.tinjau_sebelum.isoformat(), "overdue": law.tinjau_sebelum < portal.as_of,
        "articles": [{"id": law_anchor(law.id, article.nomor), "name": _heading(article),
                      "gist": article.gist, "sources": list(article.sumber),
                      "whole": article.terbaca == "utuh"} for article in law.pasal],
        "texts": texts,
    }
