"""The learner's record: a sheet for a superior, which a script fills in from what the device remembers."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from simpul import model
from simpul.model.assessment import DONE
from simpul.pages.page import Facets, LazyPage, MenuEntry, Page, PageKind, crumbs, lazy
from simpul.portal import Portal

RANK = 3
URL, PATHS = "catatan-belajar.html", "jalur/index.html"
MENU = (MenuEntry("Catatan belajar", URL, 1, PATHS),)
KIND = PageKind("record", "catatan belajar", PATHS)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`catatan-belajar.html`."""
    yield lazy(URL, KIND, _record, portal)


def _record(portal: Portal) -> Page:
    release = portal.releases[-1] if portal.releases else None
    view = {
        "share": DONE, "hour": portal.settings.menit_per_jp,
        "release": release and {"version": release.versi, "date": release.tanggal.isoformat()},
        "data": {
            "hour": portal.settings.menit_per_jp,
            "modules": {name: [module.judul, _minutes(module), module.versi]
                        for name, module in portal.modules.items()},
            "paths": {name: _path(portal, name, path) for name, path in portal.paths.items()},
            "groups": {group.id: group.nama for group in portal.groups.values()},
        },
    }
    return Page(URL, KIND, "Catatan belajar",
                "Modul yang sudah Anda baca dan kerjakan, untuk dicetak dan ditunjukkan kepada atasan.",
                view, crumbs=crumbs(("Jalur", PATHS)), facets=Facets("halaman"))


def _path(portal: Portal, name: str, path: model.LearningPath) -> dict[str, Any]:
    return {"title": path.judul, "version": path_version(portal, name),
            "steps": [[step.modul, int(step.wajib)] for step in path.langkah]}


def _minutes(module: model.Module) -> int:
    return module.menit.teori + module.menit.praktik


def path_version(portal: Portal, name: str) -> str:
    """Six digits that change with the steps of a path, or with the version of one of its modules."""
    steps = [(step.modul, portal.modules[step.modul].versi, step.wajib, step.tahun)
             for step in portal.paths[name].langkah]
    return sha256(repr(steps).encode()).hexdigest()[:6]
