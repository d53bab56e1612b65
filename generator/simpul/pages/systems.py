"""National systems that officials work with: what for, whose, as of when; and those of a module."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.addresses import SYSTEMS
from simpul.pages.page import (
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
    module_link,
    place_in,
    withdrawn_links,
)
from simpul.portal import Portal

RANK = 2
FRONT = "glosarium.html"
SOURCE = "curriculum/sistem.yml"
MENU = (MenuEntry("Sistem nasional", SYSTEMS, 2, FRONT, "Sistem pemerintah pusat yang dipakai pegawai."),)
KIND = PageKind("systems", "sistem nasional", FRONT, spoken=True)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`sistem-nasional.html`; without any it says that there is none."""
    yield lazy(SYSTEMS, KIND, _systems, portal, source=SOURCE if portal.systems else "")


def of_module(portal: Portal, name: str) -> list[dict[str, Any]]:
    """The systems that belong to a module, for its page."""
    return [link(system.nama, f"{SYSTEMS}#{system.id}", owner=system.pemilik, use=system.kegunaan,
                 former=list(system.nama_lama), checked=system.diperiksa.isoformat())
            for system in portal.systems if name in system.modul]


def _systems(portal: Portal) -> Page:
    rows = [_row(portal, system) for system in portal.systems]
    return Page(SYSTEMS, KIND, "Sistem nasional", "Sistem pemerintah pusat yang dipakai pegawai: untuk apa, "
                "milik siapa, dan kapan keterangannya diperiksa.",
                {"systems": rows, "contents": [{"slug": row["id"], "title": row["name"]} for row in rows]},
                source=SOURCE if portal.systems else "", crumbs=crumbs(("Daftar istilah", FRONT)),
                facets=Facets("halaman"))


def _row(portal: Portal, system: model.NationalSystem) -> dict[str, Any]:
    return {
        "id": system.id, "name": system.nama, "former": list(system.nama_lama), "owner": system.pemilik,
        "use": system.kegunaan, "address": system.alamat, "checked": system.diperiksa.isoformat(),
        "note": system.keterangan,
        "modules": [*(module_link(portal, name) for name in system.modul),
                    *withdrawn_links(portal, SOURCE, place_in(portal, SOURCE, system), "modul")],
        "facts": [{"text": fact.isi, "sources": list(fact.sumber),
                   "date": fact.per_tanggal.isoformat() if fact.per_tanggal else ""}
                  for fact in system.fakta],
    }
