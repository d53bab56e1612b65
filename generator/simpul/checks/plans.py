"""Rules about plans: each way of teaching has one, its minutes are the model's, and sessions follow it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from simpul.checks.schedules import path_of
from simpul.figures.agenda import Held, sessions
from simpul.figures.plans import minutes_of
from simpul.model import LessonPlan, ModelPlan
from simpul.portal import Portal
from simpul.problems import Finding, one_of
from simpul.sources.formats import Location


def _path(module: str) -> str:
    return f"curriculum/modul/{module}/rencana.yml"


def each_way_is_planned(portal: Portal) -> Iterator[Finding]:
    """Where modules have plans, each has one for each model."""
    if not portal.plans or portal.broken["rencana"]:
        return
    for name, module in portal.modules.items():
        if module.siklus == "dicabut":
            continue
        if name not in portal.plans:
            yield Finding(f"curriculum/modul/{name}/modul.yml", 1, "warning", "tanpa-rencana",
                          "modul ini belum punya rencana mengajar", f"Buat {_path(name)}.")
            continue
        planned = {plan.model for plan in portal.plans[name].model}
        for model in portal.models:
            if model not in planned:
                yield Finding(_path(name), ("model",), "warning", "tanpa-rencana",
                              f"belum ada rencana untuk model '{model}'",
                              "Tambahkan rencananya pada 'model'.")


def plans_fit_their_models(portal: Portal) -> Iterator[Finding]:
    """A plan has the components of its model in their order, and each lasts the module's share of it."""
    for name, plan in portal.plans.items():
        if name not in portal.modules:
            if name not in portal.broken["modul"]:
                yield Finding(_path(name), 1, "error", "rujukan-modul", f"modul '{name}' tidak ada",
                              one_of(name, portal.modules))
            continue
        for number, own in enumerate(plan.model):
            if own.model not in portal.models:
                if own.model not in portal.broken["model"]:
                    yield Finding(_path(name), ("model", number, "model"), "error", "rujukan-model",
                                  f"model '{own.model}' tidak ada", one_of(own.model, portal.models))
            else:
                yield from _fits(portal, name, ("model", number), own)


def _fits(portal: Portal, name: str, place: Location, own: ModelPlan) -> Iterator[Finding]:
    wanted = minutes_of(portal, name, own.model)
    kinds = [part.komponen for part in own.bagian]
    if kinds != [kind for kind, _ in wanted]:
        yield Finding(_path(name), (*place, "bagian"), "error", "bagian-rencana",
                      f"bagian rencana '{own.model}' adalah {', '.join(kinds)}",
                      f"Tulis menurut modelnya: {', '.join(kind for kind, _ in wanted)}.")
        return
    for number, (part, (kind, minutes)) in enumerate(zip(own.bagian, wanted, strict=True)):
        total = sum(step.menit for step in part.langkah)
        if total != minutes:
            yield Finding(_path(name), (*place, "bagian", number), "error", "menit-rencana",
                          f"langkah {kind} berjumlah {total} menit, bagian modul ini {minutes} menit",
                          "Sesuaikan menit langkahnya.")


def activities_are_used(portal: Portal) -> Iterator[Finding]:
    """An activity stands once and is used; a step names one."""
    for name, plan in portal.plans.items():
        known = {activity.id for activity in plan.kegiatan}
        seen = Counter[str]()
        used = {activity for _, activity in _steps(plan)}
        for number, activity in enumerate(plan.kegiatan):
            seen[activity.id] += 1
            if seen[activity.id] == 2:
                yield Finding(_path(name), ("kegiatan", number, "id"), "error", "ganda",
                              f"kegiatan '{activity.id}' tertulis dua kali", "Beri id lain.")
            elif activity.id not in used:
                yield Finding(_path(name), ("kegiatan", number), "warning", "kegiatan-sisa",
                              f"kegiatan '{activity.id}' tidak dipakai rencana mana pun",
                              "Pakai pada 'langkah', atau hapus.")
        for place, step in _steps(plan):
            if step not in known:
                yield Finding(_path(name), place, "error", "rujukan-kegiatan",
                              f"kegiatan '{step}' tidak ada", one_of(step, known))


def _steps(plan: LessonPlan) -> Iterator[tuple[Location, str]]:
    for number, own in enumerate(plan.model):
        for part, parts in enumerate(own.bagian):
            for n, step in enumerate(parts.langkah):
                yield ("model", number, "bagian", part, "langkah", n, "kegiatan"), step.kegiatan


def sessions_follow_plans(portal: Portal) -> Iterator[Finding]:
    """A session lasts as long as its plan, or several shorter ones together do."""
    found = defaultdict[tuple[str, str, str, str], list[Held]](list)
    for item in sessions(portal):
        session = item.session
        if session.modul in portal.plans and session.model in portal.models:
            found[item.region, session.modul, session.model, session.komponen].append(item)
    for (_, module, model, kind), items in found.items():
        wanted: Mapping[str, int] = dict(minutes_of(portal, module, model))
        planned = wanted.get(kind, 0)
        parts = [item.session.menit for item in items if item.session.menit < planned]
        for item in items if planned else ():
            if item.session.menit > planned or (item.session.menit < planned and sum(parts) % planned):
                yield Finding(path_of(item.region), ("sesi", item.place, "menit"), "warning", "menit-sesi",
                              f"sesi '{item.session.id}' {item.session.menit} menit, "
                              f"padahal rencana modul ini untuk {kind} {planned} menit",
                              "Sesuaikan lamanya, atau bagi menjadi beberapa sesi yang jumlahnya sama.")


RULES = (each_way_is_planned, plans_fit_their_models, activities_are_used, sessions_follow_plans)
