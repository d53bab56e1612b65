"""How to teach a module in each way of delivery, and the sheet its mentor takes along."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.figures.plans import minutes_of
from simpul.pages.page import Facets, LazyPage, Page, PageKind, crumbs, lazy, link
from simpul.portal import Portal

RANK = 3
FRONT = "modul/index.html"
PLAN = PageKind("plan", "rencana mengajar", FRONT)
VISIT = PageKind("visit", "lembar kunjungan", FRONT)
MODULES = ("Modul", FRONT)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """For each module a page for each way of delivery it is planned for, and the visit sheet."""
    for name, plan in portal.plans.items():
        if name not in portal.modules:
            continue
        source = f"curriculum/modul/{name}/rencana.yml"
        for own in plan.model:
            if own.model in portal.models:
                yield lazy(plan_url(name, own.model), PLAN, _plan, portal, name, own, source=source)
        yield lazy(visit_url(name), VISIT, _visit, portal, name, source=source)


def plan_url(module: str, delivery: str) -> str:
    """The page of a plan."""
    return f"modul/{module}/rencana/{delivery}.html"


def visit_url(module: str) -> str:
    """The page of a visit sheet."""
    return f"modul/{module}/kunjungan.html"


def notes_url(portal: Portal, module: str) -> str:
    """The page for who teaches a module, "" where there are neither notes nor plans."""
    known = portal.modules[module].catatan_pengajar or module in portal.plans
    return f"modul/{module}/pengajar.html" if known else ""


def plans_of(portal: Portal, module: str) -> dict[str, Any] | None:
    """The plans of a module with the minutes of their parts, and its visit sheet; None without plans."""
    plan = portal.plans.get(module)
    if plan is None:
        return None
    return {"visit": visit_url(module), "plans": [
        link(portal.models[own.model].nama, plan_url(module, own.model), parts=[
            {"kind": kind, "minutes": minutes} for kind, minutes in minutes_of(portal, module, own.model)])
        for own in plan.model if own.model in portal.models]}


def _plan(portal: Portal, name: str, own: model.ModelPlan) -> Page:
    module, delivery = portal.modules[name], portal.models[own.model]
    activities = {activity.id: activity for activity in portal.plans[name].kegiatan}
    parts = [_part(part, component, activities)
             for part, component in zip(own.bagian, delivery.komponen, strict=True)]
    needed = dict.fromkeys(thing for part in parts for step in part["steps"] for thing in step["needs"])
    view = {"module": link(module.judul, f"modul/{name}.html"), "version": module.versi,
            "model": link(delivery.nama, f"model/{own.model}.html"), "parts": parts, "needs": list(needed),
            "objectives": list(module.tujuan), "notes": notes_url(portal, name), "visit": visit_url(name),
            "licence": module.lisensi}
    return Page(plan_url(name, own.model), PLAN, f"Rencana: {module.judul}",
                f"Langkah mengajar dengan menitnya untuk {delivery.nama}.", view,
                crumbs=crumbs(MODULES, (module.judul, f"modul/{name}.html")),
                facets=Facets("catatan-pengajar"))


def _part(part: model.PlanPart, component: model.Component,
          activities: dict[str, model.Activity]) -> dict[str, Any]:
    steps, begun = [], 0
    for step in part.langkah:
        activity = activities[step.kegiatan]
        steps.append({"from": begun, "until": begun + step.menit, "minutes": step.menit,
                      "title": activity.judul, "trainer": activity.pengajar or "",
                      "learner": activity.peserta, "needs": list(activity.bahan)})
        begun += step.menit
    size = [f"Paling banyak {component.peserta_maks} peserta."] if component.peserta_maks else []
    if component.rasio:
        mentors, _, learners = component.rasio.partition(":")
        size.append(f"{mentors} pendamping untuk {learners} peserta.")
    return {"kind": part.komponen, "minutes": begun, "size": " ".join(size), "steps": steps}


def _visit(portal: Portal, name: str) -> Page:
    module, visit = portal.modules[name], portal.plans[name].kunjungan
    mentored = [link(portal.models[own.model].nama, plan_url(name, own.model))
                for own in portal.plans[name].model if own.model in portal.models
                and any(part.komponen == "pendampingan" for part in own.bagian)]
    view = {"module": link(module.judul, f"modul/{name}.html"), "version": module.versi,
            "licence": module.lisensi, "plans": mentored, "lists": [
                ("Sebelum berangkat", visit.sebelum, True), ("Amati di meja kerja", visit.amati, True),
                ("Tanyakan", visit.tanyakan, False), ("Selesai bila", visit.selesai_bila, True),
                ("Serahkan kepada atasan", visit.untuk_atasan, False)],
            "ways": [("Delapan peserta (1:8)", visit.kelompok), ("Satu peserta (1:1)", visit.perorangan),
                     ("Lewat telepon atau radio", visit.jarak_jauh)]}
    return Page(visit_url(name), VISIT, f"Kunjungan pendamping: {module.judul}",
                "Satu lembar untuk dibawa pendamping ke meja kerja peserta.", view,
                crumbs=crumbs(MODULES, (module.judul, f"modul/{name}.html")),
                facets=Facets("catatan-pengajar"))
