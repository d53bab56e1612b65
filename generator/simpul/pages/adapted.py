"""Regional versions of modules: the central text with local blocks marked, and the lists of them."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.addresses import adaptation_url
from simpul.figures.overlays import central_outline, changed_blocks, is_stale, local_path, lost_blocks
from simpul.markdown import Outline
from simpul.pages import chain
from simpul.pages.adaptations import adaptation_link
from simpul.pages.attachments import files_of, offered
from simpul.pages.modules import MODULE_FRONT, MODULES, module_view, target_view
from simpul.pages.needs import need_url
from simpul.pages.page import LISTED, Facets, LazyPage, Page, PageKind, crumbs, lazy, link
from simpul.pages.quiz import quiz_view
from simpul.portal import Portal

RANK = 7
KIND = PageKind("adapted_module", "modul daerah", MODULE_FRONT)
LIST = PageKind("link_list", "daftar tautan", MODULE_FRONT)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`modul/<id>/<kode>.html` for each overlay, and a list of its own for a module that has many."""
    for name in portal.adaptations:
        yield lazy(adaptation_url(name), KIND, _adapted, portal, name, source=portal.adaptation_path(name))
    for module, names in portal.adaptations_by_module.items():
        if len(names) > LISTED:
            yield lazy(f"modul/{module}/penyesuaian.html", LIST, _list, portal, module)


def _list(portal: Portal, module: str) -> Page:
    title = portal.modules[module].judul
    found = [adaptation_link(portal, name) for name in portal.adaptations_by_module[module]]
    return Page(f"modul/{module}/penyesuaian.html", LIST, f"Versi daerah: {title}",
                "Semua penyesuaian modul ini: contoh dan cara kerjanya dari daerah, tujuannya tetap.",
                {"links": found}, crumbs=crumbs(MODULES, (title, f"modul/{module}.html")))


def _adapted(portal: Portal, name: str) -> Page:
    code, _, module_name = name.partition("/")
    adaptation, module = portal.adaptations[name], portal.modules[module_name]
    region, url = portal.regions[code], adaptation_url(name)
    paths = [local_path(portal.adaptation_path(name), block) for block in adaptation.blok]
    view = module_view(portal, module_name, module) | {
        "region": link(region.name, f"daerah/{code}.html"),
        "central": link(module.judul, f"modul/{module_name}.html"), "base": adaptation.basis_versi,
        "parts": list(_parts(portal, adaptation, paths)), "stale": is_stale(portal, adaptation),
        "chain": chain.of_region(portal, code),
        "needs": [_need(code, need) for need in portal.needs.get(code, ())
                  if need.id in adaptation.menjawab_kebutuhan],
        "quiz": quiz_view(module_name, (*module.kuis, *adaptation.kuis)),
        "central_quiz": len(module.kuis), "practices": [], "paths": [],
        "attachments": offered(adaptation.bahan, files_of(
            portal, portal.adaptation_path(name), (item.berkas for item in adaptation.bahan))),
        "credit": [author.instansi for author in adaptation.penyusun] or [region.name],
        "adaptations": [], "adaptation_count": 0, "adaptation_more": "",
    }
    if adaptation.mengajarkan:
        view["teaches"] = [target_view(portal, target) for target in adaptation.mengajarkan]
    targets = (*module.mengajarkan, *adaptation.mengajarkan)
    codes = tuple(dict.fromkeys(target.kompetensi for target in targets))
    return Page(url, KIND, f"{module.judul}: versi {region.name}",
                f"Modul yang disesuaikan {region.name}, dengan bagian lokal ditandai.", view,
                texts=(f"curriculum/modul/{module_name}/isi.md", *paths), source=portal.adaptation_path(name),
                crumbs=crumbs(MODULES, (module.judul, f"modul/{module_name}.html")), sample=region.sample,
                facets=Facets("penyesuaian", code, region.name, codes), borrowed=1)


def _need(code: str, need: model.Need) -> dict[str, Any]:
    return link(need.uraian, need_url(code, need.id), people=need.asn_terdampak,
                date=need.tanggal.isoformat())


def _parts(portal: Portal, adaptation: model.Adaptation, paths: list[str]) -> Iterator[dict[str, Any]]:
    """The page in order. `text` counts the page's texts, 0 being the central one; `place` a section of it."""
    outline = central_outline(portal, adaptation.modul)
    changed = changed_blocks(portal, adaptation)
    for place, section in enumerate(outline.sections):
        number = next((n for n, block in enumerate(adaptation.blok)
                       if block.ganti and block.ganti == section.slug), None)
        if number is None:
            yield {"text": 0, "place": place, "kind": "", "slug": section.slug, "title": section.title}
        else:
            block = adaptation.blok[number]
            title = _heading(portal, paths[number])[1] or section.title
            yield {"text": number + 1, "place": place, "kind": "ganti", "slug": section.slug, "title": title,
                   "reason": block.alasan, "stale": number in changed}
        for number, block in enumerate(adaptation.blok):
            if block.tambah_setelah and block.tambah_setelah == section.slug:
                slug, title = _heading(portal, paths[number])
                yield {"text": number + 1, "place": None, "kind": "tambah", "slug": slug, "title": title,
                       "reason": block.alasan, "stale": False}
    for number in lost_blocks(portal, adaptation):
        block = adaptation.blok[number]
        slug, title = _heading(portal, paths[number])
        yield {"text": number + 1, "place": None, "kind": "hilang", "slug": slug or block.section,
               "reason": block.alasan, "title": title or block.section.replace("-", " ").capitalize(),
               "stale": True}


def _heading(portal: Portal, path: str) -> tuple[str, str]:
    """Anchor and text of a local text's first `##` heading; empty where it has none."""
    outline = portal.entries[path].outline or Outline()
    return next(((section.slug, section.title) for section in outline.sections if section.slug), ("", ""))
