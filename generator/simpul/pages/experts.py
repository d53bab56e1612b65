"""Experts: who may be shown, by region, competence and language."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.pages.directory import (
    Axis,
    Keys,
    choices,
    competence_title,
    directory,
    language_title,
    province_title,
)
from simpul.pages.page import TRAINING, Facets, Page, crumbs, link
from simpul.portal import Portal

EXPERTS = ("Ahli daerah", "ahli/index.html")


def pages(portal: Portal) -> Iterator[Page]:
    """`ahli/index.html` and its lists by province, competence, language and quota."""
    items = [(_keys(expert, code), expert_view(portal, code, expert))
             for code, experts in portal.published_experts.items() for expert in experts]
    items.sort(key=lambda item: bool(item[1]["sample"]))
    axes = _axes(portal)
    real = [item for item in items if not item[1]["sample"]]
    sample = [item for item in items if item[1]["sample"]]
    view = {"axes": choices("ahli", axes, real), "count": len(real), "samples": [view for _, view in sample],
            "sample_axes": choices("ahli", axes, sample),
            "withheld": sum(not expert.persetujuan_publikasi for code, experts in portal.experts.items()
                            for expert in experts if not portal.regions[code].sample)}
    yield Page("ahli/index.html", "expert_list", "Ahli daerah",
               "Ahli yang setuju namanya ditampilkan: wilayah kerja, kompetensi, bahasa, dan kuotanya.", view,
               crumbs=crumbs(TRAINING), facets=Facets("halaman"))
    yield from directory("ahli", "expert_directory", "Ahli daerah", EXPERTS, axes, items)


def _axes(portal: Portal) -> tuple[Axis, ...]:
    return (Axis("provinsi", "Menurut provinsi", province_title(portal)),
            Axis("kompetensi", "Menurut kompetensi", competence_title(portal)),
            Axis("bahasa", "Menurut bahasa pengantar", lambda code: f"bahasa {language_title(code)}"),
            Axis("kuota", "Menurut kuota", lambda quota: f"{quota} sesi sebulan"))


def _keys(expert: model.Expert, code: str) -> Keys:
    return {"provinsi": sorted({area[:2] for area in expert.wilayah_kerja}), "bahasa": dict.fromkeys(expert.bahasa),
            "kompetensi": dict.fromkeys(skill.kompetensi for skill in expert.keahlian),
            "kuota": [str(expert.kuota_sesi_per_bulan)]}


def expert_view(portal: Portal, code: str, expert: model.Expert) -> dict[str, Any]:
    """An expert as listed; `code` is the region whose file names them. Only those who have agreed may come here."""
    assert expert.persetujuan_publikasi
    return {
        "id": expert.id, "name": expert.nama_tampil, "agency": expert.instansi, "sample": portal.regions[code].sample,
        "region": link(portal.region_name(code), f"daerah/{code}.html#ahli-{expert.id}"),
        "areas": [link(portal.region_name(area), f"daerah/{area}.html") for area in expert.wilayah_kerja],
        "skills": [link(portal.competences[skill.kompetensi].nama, f"kompetensi/{skill.kompetensi}.html",
                        code=skill.kompetensi, level=skill.tingkat) for skill in expert.keahlian],
        "languages": [language_title(language) for language in expert.bahasa], "quota": expert.kuota_sesi_per_bulan,
        "agreed": expert.persetujuan_publikasi.isoformat(),
    }


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """The experts a region names, and those of elsewhere who work in it."""
    return [expert_view(portal, home, expert) | {"own": home == code} for home, expert in portal.experts_for(code)] + [
        expert_view(portal, code, expert) | {"own": True} for expert in portal.published_experts.get(code, ())
        if not {code, code[:2]} & set(expert.wilayah_kerja)]
