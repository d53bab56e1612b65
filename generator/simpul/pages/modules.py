"""Modules, their instructor notes, and learning paths."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from simpul import model
from simpul.addresses import page_url
from simpul.figures.paths import minutes_of, year_reached
from simpul.pages.adaptations import of_module
from simpul.pages.page import (
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    glossary,
    jp,
    lazy,
    link,
    module_link,
    newest,
    withdrawn_links,
)
from simpul.pages.plans import notes_url, plans_of
from simpul.pages.quiz import quiz_view
from simpul.pages.record import path_version
from simpul.pages.systems import of_module as systems_of
from simpul.portal import Portal

RANK = 3
MODULE_FRONT, PATH_FRONT = "modul/index.html", "jalur/index.html"
MENU = (MenuEntry("Modul", MODULE_FRONT, 3), MenuEntry("Jalur belajar", PATH_FRONT, 4))
MODULE_LIST = PageKind("module_list", "daftar modul", MODULE_FRONT)
MODULE = PageKind("module", "modul", MODULE_FRONT, spoken=True)
NOTES = PageKind("notes", "catatan pengajar", MODULE_FRONT)
PATH_LIST = PageKind("path_list", "daftar jalur", PATH_FRONT)
PATH = PageKind("path", "jalur", PATH_FRONT, spoken=True)
CORE = "1"
PARTS = {CORE: "Inti: 100 hari pertama", "2": "Tahun kedua", "3": "Tahun ketiga", "": "Pilihan"}
"""Parts of a path by the year of their steps; what may be chosen has none."""
PASSING = "lulus-minimum.html"
"""Where stands how one shows that a minimum is reached, also in the place of learning."""
MODULES = ("Modul", MODULE_FRONT)
PATHS = ("Jalur", PATH_FRONT)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """The list of modules, each module, its instructor notes; the list of paths and each path."""
    yield lazy(MODULE_FRONT, MODULE_LIST, _module_list, portal)
    for path, entry in portal.kinds.get("modul", {}).items():
        name = entry.name
        yield lazy(page_url(path), MODULE, _module, portal, name, source=path)
        if name in portal.modules and notes_url(portal, name):
            yield lazy(f"modul/{name}/pengajar.html", NOTES, _notes, portal, name, source=path)
    yield lazy(PATH_FRONT, PATH_LIST, _path_list, portal)
    for path, entry in portal.kinds.get("jalur", {}).items():
        yield lazy(page_url(path), PATH, _path, portal, entry.name, source=path)


def _module_list(portal: Portal) -> Page:
    areas: list[dict[str, Any]] = []
    for area in portal.framework.bidang if portal.framework else ():
        codes = {competence.kode for competence in area.kompetensi}
        found = [module_link(portal, name) for name, module in portal.modules.items()
                 if module.mengajarkan[0].kompetensi in codes]
        areas.append({"code": area.kode, "name": area.nama, "modules": found})
    view = {"areas": areas, "hour": portal.settings.menit_per_jp,
            "groups": [link(group.nama, "", id=group.id) for group in portal.groups.values()]}
    return Page(MODULE_FRONT, MODULE_LIST, "Modul", "Semua modul belajar menurut bidang kompetensi.",
                view, crumbs=crumbs(), facets=Facets("halaman"))


def target_view(portal: Portal, target: model.Target) -> dict[str, Any]:
    """A competence at a level, with what it looks like at work."""
    competence = portal.competences.get(target.kompetensi)
    level = portal.levels.get(target.tingkat)
    return link(competence.nama if competence else "", f"kompetensi/{target.kompetensi}.html",
                code=target.kompetensi, level=target.tingkat, level_name=level.nama if level else "",
                indicators=[item.perilaku for item in competence.indikator.get(target.tingkat, ())]
                if competence else [])


def module_view(portal: Portal, name: str, module: model.Module) -> dict[str, Any]:
    """A module as its page and its adaptations show it."""
    minutes = module.menit.teori + module.menit.praktik
    return {
        "id": name, "version": module.versi, "cycle": module.siklus, "summary": module.ringkasan,
        "teaches": [target_view(portal, target) for target in module.mengajarkan],
        "objectives": list(module.tujuan),
        "prerequisites": [
            *(module_link(portal, other) for other in module.prasyarat),
            *withdrawn_links(portal, f"curriculum/modul/{name}/modul.yml", "prasyarat")],
        "jp": jp(portal, minutes),
        "minutes": {"theory": module.menit.teori, "practice": module.menit.praktik},
        "groups": _groups(portal, module.sasaran),
        "accommodations": list(module.akomodasi),
        "licence": module.lisensi, "authors": [author.instansi for author in module.penulis],
        "review": module.tinjau_sebelum.isoformat(), "overdue": module.tinjau_sebelum < portal.as_of,
        "notes": notes_url(portal, name),
        "quiz": quiz_view(name, module.kuis), "paths": [*_neighbours(portal, name)],
        "systems": systems_of(portal, name),
    }


def _groups(portal: Portal, names: Sequence[str]) -> list[str]:
    """For whom something is; of several groups all are not named one by one."""
    if len(portal.groups) > 1 and portal.groups.keys() <= {*names}:
        return ["semua kelompok ASN"]
    return [portal.groups[name].nama for name in names]


def _module(portal: Portal, name: str) -> Page:
    module = portal.modules[name]
    view = module_view(portal, name, module) | of_module(portal, name) | {"parts": []}
    codes = tuple(dict.fromkeys(target.kompetensi for target in module.mengajarkan))
    return Page(f"modul/{name}.html", MODULE, module.judul, module.ringkasan, view,
                texts=(f"curriculum/modul/{name}/isi.md",), source=f"curriculum/modul/{name}/isi.md",
                crumbs=crumbs(MODULES), facets=Facets("modul", competences=codes),
                shared={"practices": newest(portal, portal.cases_by.module.get(name, ()), 5)},
                explains=glossary(portal))


def _neighbours(portal: Portal, name: str) -> Iterator[dict[str, Any]]:
    """The paths a module is part of: its place in that part, and the step before and after it."""
    for path_name, path in portal.paths.items():
        steps = [step.modul for step in path.order]
        if name not in steps:
            continue
        place = steps.index(name)
        part = _part(path.order[place])
        beside = [step.modul for step in path.order if _part(step) == part]
        before = _step_link(portal, steps[place - 1]) if place else None
        after = _step_link(portal, steps[place + 1]) if place + 1 < len(steps) else None
        yield link(path.judul, f"jalur/{path_name}.html", part=f"tahun_{part}" if part else "pilihan",
                   place=beside.index(name) + 1, steps=len(beside), before=before, after=after)


def _part(step: model.Step) -> str:
    return step.tahun if step.wajib else ""


def _step_link(portal: Portal, name: str) -> dict[str, Any]:
    return link(portal.modules[name].judul, f"modul/{name}.html")


def _notes(portal: Portal, name: str) -> Page:
    module = portal.modules[name]
    view = {"module": link(module.judul, f"modul/{name}.html"), "version": module.versi,
            "minutes": {"theory": module.menit.teori, "practice": module.menit.praktik},
            "licence": module.lisensi, "teaching": plans_of(portal, name)}
    own = module.catatan_pengajar
    texts = (f"curriculum/modul/{name}/{own}",) if own else ()
    return Page(f"modul/{name}/pengajar.html", NOTES, f"Catatan pengajar: {module.judul}",
                "Rencana, persiapan, dan varian kegiatan bagi pengajar.", view, texts=texts,
                source=texts[0] if texts else f"curriculum/modul/{name}/rencana.yml",
                crumbs=crumbs(MODULES, (module.judul, f"modul/{name}.html")),
                facets=Facets("catatan-pengajar"), explains=glossary(portal))


def _hours(portal: Portal, steps: Iterable[model.Step]) -> str:
    return jp(portal, minutes_of(portal, steps))


def _path_summary(portal: Portal, name: str, path: model.LearningPath) -> dict[str, Any]:
    core, required = path.required(CORE), path.required()
    optional = [step for step in path.order if not step.wajib]
    return link(path.judul, f"jalur/{name}.html", id=name, summary=path.ringkasan,
                core_jp=_hours(portal, core), core=len(core),
                jp=_hours(portal, required), steps=len(required),
                optional_jp=_hours(portal, optional), optional=len(optional),
                groups=_groups(portal, path.sasaran))


def path_links(portal: Portal) -> list[dict[str, Any]]:
    """All paths with their length."""
    return [_path_summary(portal, name, path) for name, path in portal.paths.items()]


def _path_list(portal: Portal) -> Page:
    return Page(PATH_FRONT, PATH_LIST, "Jalur belajar", "Urutan modul untuk tiap kelompok ASN.",
                {"paths": path_links(portal), "hour": portal.settings.menit_per_jp}, crumbs=crumbs(),
                facets=Facets("halaman"))


def _path(portal: Portal, name: str) -> Page:
    path = portal.paths[name]
    view = {
        **_path_summary(portal, name, path), "version": path_version(portal, name),
        "plan": path.rencana, "parts": [*_parts(portal, path)],
        "all_jp": _hours(portal, path.langkah),
        "way_out": f"{PASSING}#__cara" if portal.assessment else PASSING,
    }
    codes = tuple(dict.fromkeys(target.kompetensi for target in path.target))
    return Page(f"jalur/{name}.html", PATH, path.judul, path.ringkasan or "", view,
                source=f"curriculum/jalur/{name}.yml", crumbs=crumbs(PATHS),
                facets=Facets("jalur-belajar", competences=codes))


def _parts(portal: Portal, path: model.LearningPath) -> Iterator[dict[str, Any]]:
    """The steps of each year and those to choose, with what they take and lead to."""
    reached = [(year_reached(portal, path, target.kompetensi, target.tingkat), target)
               for target in path.target]
    first = 1
    for year, title in PARTS.items():
        steps = [step for step in path.order if _part(step) == year]
        targets = [target_view(portal, target) for when, target in reached if when == year]
        if steps or targets:
            yield {"id": year or "pilihan", "title": title, "jp": _hours(portal, steps), "first": first,
                   "modules": [module_link(portal, step.modul) for step in steps], "targets": targets}
        first += len(steps)
