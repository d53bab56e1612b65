"""Rules about schedules: what sessions refer to exists, they leave duties alone, nobody is in two places."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from simpul.figures.agenda import (
    Held,
    Slots,
    by_centre,
    by_expert,
    clashes,
    duties,
    expert_key,
    free_slots,
    monthly,
    plan,
    sessions,
)
from simpul.model import Component, Expert, Module
from simpul.portal import Portal
from simpul.problems import Finding, Hint, Severity, one_of
from simpul.sources.formats import Location


class Told(NamedTuple):
    """A session, the field, a code, what is wrong, how to mend it."""

    item: Held
    field: Location
    code: str
    message: str
    hint: Hint
    severity: Severity = "error"


def path_of(region: str) -> str:
    """The source of a region's schedule."""
    return f"content/daerah/{region}/jadwal.yml"


def _rule(found: Callable[[Portal], Iterator[Told]]) -> Callable[[Portal], Iterator[Finding]]:
    def rule(portal: Portal) -> Iterator[Finding]:
        for told in found(portal):
            yield Finding(path_of(told.item.region), ("sesi", told.item.place, *told.field), told.severity,
                          *told[2:5])
    rule.__doc__ = found.__doc__
    return rule


def _experts(portal: Portal) -> dict[str, Expert]:
    """All experts as sessions may name them."""
    return {f"{code}/{expert.id}": expert for code, experts in portal.experts.items() for expert in experts}


def _component(portal: Portal, item: Held) -> Component | None:
    model = portal.models.get(item.session.model)
    return next((part for part in (model.komponen if model else ()) if part.jenis == item.session.komponen),
                None)


def _references(portal: Portal) -> Iterator[Told]:
    """A session's module, model, component, centre and experts exist."""
    experts = _experts(portal)
    for item in sessions(portal):
        session = item.session
        if session.modul not in portal.modules and session.modul not in portal.broken["modul"]:
            yield Told(item, ("modul",), "rujukan-modul", f"modul '{session.modul}' tidak ada",
                       one_of(session.modul, portal.modules))
        model = portal.models.get(session.model)
        if model is None and session.model not in portal.broken["model"]:
            yield Told(item, ("model",), "rujukan-model", f"model '{session.model}' tidak ada",
                       one_of(session.model, portal.models))
        elif model and not _component(portal, item):
            yield Told(item, ("komponen",), "rujukan-komponen",
                       f"model '{session.model}' tidak punya komponen '{session.komponen}'",
                       one_of(session.komponen, [part.jenis for part in model.komponen]))
        yield from _places(portal, item, experts)


def _places(portal: Portal, item: Held, experts: Mapping[str, Expert]) -> Iterator[Told]:
    centres, centre = [centre.id for centre in portal.centres.get(item.region, ())], item.session.pusat
    if centre and centre not in centres and (state := _state(portal, item.region, "pusat")):
        yield Told(item, ("pusat",), "rujukan-pusat", f"pusat '{centre}' tidak ada di pusat.yml daerah ini",
                   one_of(centre, centres), state)
    for number, name in enumerate(item.session.ahli):
        key = expert_key(item.region, name)
        if key not in experts and (state := _state(portal, key.partition("/")[0], "ahli")):
            yield Told(item, ("ahli", number), "rujukan-ahli", f"ahli '{name}' tidak ada",
                       one_of(key, experts), state)


def _state(portal: Portal, region: str, name: str) -> Severity | None:
    """How a name that a region's file does not have is told: as a mistake, as a whole file that is missing,
    or not at all where the file has errors of its own.
    """
    entry = portal.entries.get(f"content/daerah/{region}/{name}.yml")
    if entry is None:
        return "warning"
    return None if entry.faulty else "error"


def _taught(portal: Portal) -> Iterator[Told]:
    """A component that needs a regional expert has one, with a competence of the module, at work there."""
    experts = _experts(portal)
    for item in sessions(portal):
        component, module = _component(portal, item), portal.modules.get(item.session.modul)
        named = [experts[key] for name in item.session.ahli
                 if (key := expert_key(item.region, name)) in experts]
        if len(named) < len(item.session.ahli) or any(skill.kompetensi not in portal.competences
                                                      for expert in named for skill in expert.keahlian):
            continue  # told already
        if module and component and component.perlu_ahli and \
                not any(_fits(expert, module, item.region) for expert in named):
            codes = ", ".join(target.kompetensi for target in module.mengajarkan)
            yield Told(item, ("ahli",) if item.session.ahli else (), "tanpa-ahli",
                       f"sesi '{item.session.id}' adalah {component.jenis}, "
                       f"yang memerlukan ahli kompetensi {codes} di daerah ini",
                       _who(portal, module, item.region))


def _fits(expert: Expert, module: Module, region: str) -> bool:
    return bool({region, region[:2]} & set(expert.wilayah_kerja)) and \
        bool({skill.kompetensi for skill in expert.keahlian}
             & {target.kompetensi for target in module.mengajarkan})


def _who(portal: Portal, module: Module, region: str) -> str:
    able = [f"{home}/{expert.id}" for home, expert in portal.experts_for(region)
            if _fits(expert, module, region)]
    missing = "Belum ada ahli seperti itu; catat di ahli.yml, atau minta bantuan daerah lain."
    return f"Isi 'ahli', misalnya {able[0]}." if able else missing


def _around_duties(portal: Portal) -> Iterator[Told]:
    """A session falls neither on service hours that may not be used nor in a busy period."""
    found = sessions(portal)
    centres, experts = by_centre(found), by_expert(found)
    for item in found:
        for duty in duties(portal.schedules[item.region], item.start, item.end):
            told = f"{item.name} bertabrakan dengan {duty}"
            yield Told(item, ("mulai",), "bentrok-tugas", told, _free(portal, item, centres, experts))


def _free(portal: Portal, item: Held, centres: Slots, experts: Slots) -> str:
    slots = free_slots(item, portal.schedules[item.region], centres, experts)
    times = ", ".join(f"{slot:%Y-%m-%dT%H:%M}" for slot in slots)
    return f"Waktu kosong berikutnya: {times}." if slots else \
        "Tidak ada waktu kosong dalam 60 hari; ubah lamanya atau tempatnya."


def _single(portal: Portal) -> Iterator[Told]:
    """No centre and no expert has two sessions at once."""
    found = sessions(portal)
    centres, experts = by_centre(found), by_expert(found)
    for code, slots in (("bentrok-pusat", centres), ("bentrok-ahli", experts)):
        for key, items in sorted(slots.items()):
            for first, second in clashes(items):
                what = "pusat" if code == "bentrok-pusat" else "ahli"
                yield Told(second, ("mulai",), code,
                           f"{what} {key} dipakai dua sesi: {first.name} dan {second.name}",
                           _free(portal, second, centres, experts))


def _room(portal: Portal) -> Iterator[Told]:
    """A session has somebody in it, and no more than the centre and the component hold."""
    for item in sessions(portal):
        many = item.session.peserta
        component = _component(portal, item)
        centre = next((c for c in portal.centres.get(item.region, ()) if c.id == item.session.pusat), None)
        if many == 0:
            yield Told(item, ("peserta",), "tanpa-peserta", "sesi dengan 0 peserta",
                       "Tulis banyaknya peserta, atau hapus sesinya.")
        if centre and many > centre.kapasitas_per_sesi > 0:
            yield Told(item, ("peserta",), "kapasitas",
                       f"{many} peserta melebihi kapasitas pusat '{centre.id}', {centre.kapasitas_per_sesi}",
                       "Bagi menjadi beberapa sesi, atau pilih pusat yang lebih besar.")
        if component and component.peserta_maks and many > component.peserta_maks:
            yield Told(item, ("peserta",), "kapasitas", f"{many} peserta melebihi batas komponen "
                       f"'{component.jenis}', {component.peserta_maks}", "Bagi menjadi beberapa sesi.")


def _quota(portal: Portal) -> Iterator[Told]:
    """An expert has no more sessions in a month than agreed."""
    known = _experts(portal)
    for key, items in sorted(by_expert(sessions(portal)).items()):
        quota = known[key].kuota_sesi_per_bulan if key in known else None
        for (year, month), many in sorted(monthly(items).items()):
            if quota and many > quota:
                last = [item for item in items if (item.start.year, item.start.month) == (year, month)][-1]
                yield Told(last, ("ahli",), "kuota",
                           f"ahli {key} mendapat {many} sesi pada {year}-{month:02}, kuotanya {quota}",
                           "Pindahkan sebagian ke bulan lain atau ke ahli lain.")


def ids_are_unique(portal: Portal) -> Iterator[Finding]:
    """No two sessions of a region have the same id, which is part of the calendar's lasting id."""
    for region, schedule in portal.schedules.items():
        seen: set[str] = set()
        for place, session in enumerate(schedule.sesi):
            if session.id in seen:
                yield Finding(path_of(region), ("sesi", place, "id"), "error", "ganda",
                              f"sesi '{session.id}' tertulis dua kali",
                              "Beri id lain, misalnya dengan nomor berikutnya.")
            seen.add(session.id)


def periods_run_forward(portal: Portal) -> Iterator[Finding]:
    """Busy periods, service hours and self-study end after they begin; a plan has days to study on."""
    for region, schedule in portal.schedules.items():
        for name in ("masa_sibuk", "mandiri", "jam_layanan"):
            for place, item in enumerate(getattr(schedule, name)):
                if item.sampai < item.dari or (name == "jam_layanan" and item.sampai == item.dari):
                    yield Finding(path_of(region), (name, place, "sampai"), "error", "urutan-tanggal",
                                  f"'sampai' {item.sampai} tidak sesudah 'dari' {item.dari}",
                                  "Tukar keduanya.")


def self_study_is_possible(portal: Portal) -> Iterator[Finding]:
    """A plan of self-study has its module, and a working day that is not busy."""
    for region, schedule in portal.schedules.items():
        for place, study in enumerate(schedule.mandiri):
            where = ("mandiri", place)
            if study.modul not in portal.modules:
                if study.modul not in portal.broken["modul"]:
                    told = f"modul '{study.modul}' tidak ada"
                    yield Finding(path_of(region), (*where, "modul"), "error", "rujukan-modul", told,
                                  one_of(study.modul, portal.modules))
            elif study.sampai >= study.dari and not plan(study, schedule, 1).days:
                yield Finding(path_of(region), where, "error", "tanpa-hari",
                              "tidak ada hari kerja di luar masa sibuk", "Ubah 'dari' atau 'sampai'.")


RULES = (*map(_rule, (_references, _taught, _around_duties, _single, _room, _quota)), ids_are_unique,
         periods_run_forward, self_study_is_possible)
