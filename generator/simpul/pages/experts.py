"""Experts: who may be shown, by region, competence and language."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.pages.directory import Axis, Directory, Keys, competence_title, language_title, province_title
from simpul.pages.page import (
    TRAINING,
    TRAINING_FRONT,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
)
from simpul.portal import Portal, once

RANK = 11
KIND = PageKind("expert_list", "beranda ahli", TRAINING_FRONT)
LIST = PageKind("expert_directory", "daftar ahli", TRAINING_FRONT, spoken=("items",))
MENU = (MenuEntry("Ahli daerah", "ahli/index.html", 4, TRAINING_FRONT,
                  "Siapa yang dapat mengajar atau mendampingi, dan di mana."),)
EXPERTS = ("Ahli daerah", "ahli/index.html")


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`ahli/index.html` and its lists by province, competence, language and quota."""
    yield lazy("ahli/index.html", KIND, _front, portal)
    yield from _directory(portal).pages()


@once
def _directory(portal: Portal) -> Directory[model.Expert]:
    """All who may be shown."""
    items = ((_keys(expert), code, expert)
             for code, experts in portal.published_experts.items() for expert in experts)
    return Directory.of(portal, "ahli", LIST, "ahli", EXPERTS, _axes(portal), expert_view, items)


def _front(portal: Portal) -> Page:
    withheld = sum(not expert.persetujuan_publikasi for code, experts in portal.experts.items()
                   for expert in experts if not portal.is_sample(code))
    return Page("ahli/index.html", KIND, "Ahli daerah",
                "Ahli yang setuju namanya ditampilkan: wilayah kerja, kompetensi, bahasa, dan kuotanya.",
                _directory(portal).front() | {"withheld": withheld}, crumbs=crumbs(TRAINING),
                facets=Facets("halaman"))


def _axes(portal: Portal) -> tuple[Axis, ...]:
    return (Axis("provinsi", "Menurut provinsi", province_title(portal)),
            Axis("kompetensi", "Menurut kompetensi", competence_title(portal)),
            Axis("bahasa", "Menurut bahasa pengantar", lambda code: f"bahasa {language_title(code)}"),
            Axis("kuota", "Menurut kuota", lambda quota: f"{quota} sesi sebulan"))


def _keys(expert: model.Expert) -> Keys:
    return {"provinsi": sorted({area[:2] for area in expert.wilayah_kerja}),
            "bahasa": dict.fromkeys(expert.bahasa),
            "kompetensi": dict.fromkeys(skill.kompetensi for skill in expert.keahlian),
            "kuota": [str(expert.kuota_sesi_per_bulan)]}


def expert_view(portal: Portal, code: str, expert: model.Expert) -> dict[str, Any]:
    """An expert as listed; `code` is the region whose file names them. Only those who agreed may be here."""
    assert expert.persetujuan_publikasi
    return {
        "id": expert.id, "name": expert.nama_tampil, "agency": expert.instansi,
        "sample": portal.is_sample(code),
        "region": link(portal.region_name(code), f"daerah/{code}.html#ahli-{expert.id}"),
        "areas": [link(portal.region_name(area), f"daerah/{area}.html") for area in expert.wilayah_kerja],
        "skills": [link(portal.competences[skill.kompetensi].nama, f"kompetensi/{skill.kompetensi}.html",
                        code=skill.kompetensi, level=skill.tingkat) for skill in expert.keahlian],
        "languages": [language_title(language) for language in expert.bahasa],
        "quota": expert.kuota_sesi_per_bulan, "agreed": expert.persetujuan_publikasi.isoformat(),
    }


def of_region(portal: Portal, code: str) -> list[dict[str, Any]]:
    """The experts a region names, and those of elsewhere who work in it."""
    working = portal.experts_for(code)
    away = [expert for expert in portal.published_experts.get(code, ())
            if not {code, code[:2]} & set(expert.wilayah_kerja)]
    return [*(expert_view(portal, home, expert) | {"own": home == code} for home, expert in working),
            *(expert_view(portal, code, expert) | {"own": True} for expert in away)]
