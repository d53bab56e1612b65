"""Sessions by region and centre, around duties; plans of self-study."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.addresses import adaptation_url
from simpul.figures.agenda import ZONES, Held, expert_key, plan, sessions, sessions_of
from simpul.figures.months import months
from simpul.model.dates import MONTHS
from simpul.pages import chain
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
from simpul.portal import Portal

RANK = 14
FRONT = PageKind("schedule_list", "beranda jadwal", TRAINING_FRONT)
KIND = PageKind("schedule", "jadwal", TRAINING_FRONT, spoken=("sessions", "studies", "busy"))
MENU = (MenuEntry("Jadwal", "jadwal.html", 6, TRAINING_FRONT,
                  "Sesi di sela tugas, dengan zona waktu dan kalender untuk diunduh."),)
SCHEDULES = ("Jadwal", "jadwal.html")
NEXT = 30


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`jadwal.html`, and a page for each region with a schedule."""
    yield lazy("jadwal.html", FRONT, _front, portal)
    for code in portal.schedules:
        yield lazy(f"jadwal/{code}.html", KIND, _region, portal, code,
                   source=f"content/daerah/{code}/jadwal.yml")


def _front(portal: Portal) -> Page:
    coming = sorted((item for item in sessions(portal) if item.start.date() >= portal.as_of),
                    key=lambda item: (item.utc, item.region))
    regions = [link(portal.region_name(code), f"jadwal/{code}.html", count=len(schedule.sesi),
                    sample=portal.is_sample(code)) for code, schedule in portal.schedules.items()]
    view = {
        "as_of": portal.as_of.isoformat(), "regions": [item for item in regions if not item["sample"]],
        "samples": [item for item in regions if item["sample"]],
        "real": [_session(portal, item) for item in coming if not portal.is_sample(item.region)][:NEXT],
        "sample": [_session(portal, item) for item in coming if portal.is_sample(item.region)][:NEXT],
    }
    return Page("jadwal.html", FRONT, "Jadwal", "Sesi pelatihan daerah di sela tugas, dengan zona waktunya.",
                view, crumbs=crumbs(TRAINING), facets=Facets("halaman"))


def _region(portal: Portal, code: str) -> Page:
    schedule, name = portal.schedules[code], portal.region_name(code)
    items = sorted(sessions_of(portal, code), key=lambda item: item.start)
    view = {
        "region": link(name, f"daerah/{code}.html"), "zone": schedule.zona, "offset": ZONES[schedule.zona][1],
        "sessions": [_session(portal, item) for item in items],
        "months": [{"title": f"{MONTHS[found.month - 1]} {found.year}", "rows": found.rows,
                    "held": sum(bool(day.sessions) for day in found.days),
                    "days": [list(day) for day in found.days]}
                   for found in months([item.start.date() for item in items], schedule.masa_sibuk,
                                       portal.as_of)],
        "hours": [{"days": list(hours.hari), "from": hours.dari, "until": hours.sampai,
                   "open": hours.boleh_dipakai} for hours in schedule.jam_layanan],
        "busy": [{"from": busy.dari.isoformat(), "until": busy.sampai.isoformat(), "why": busy.alasan}
                 for busy in schedule.masa_sibuk],
        "studies": [_study(portal, code, study, schedule) for study in schedule.mandiri],
        "chain": chain.of_region(portal, code),
        "calendars": [link("Semua sesi", f"jadwal/{code}.ics")] + [
            link(centre.nama, f"jadwal/{code}/{centre.id}.ics") for centre in portal.centres.get(code, ())
            if any(session.pusat == centre.id for session in schedule.sesi)],
    }
    return Page(f"jadwal/{code}.html", KIND, f"Jadwal {name}",
                f"Sesi pelatihan dan rencana belajar mandiri di {name}.", view,
                source=f"content/daerah/{code}/jadwal.yml", crumbs=crumbs(TRAINING, SCHEDULES),
                sample=portal.is_sample(code), facets=Facets("halaman", code, name))


def _session(portal: Portal, item: Held) -> dict[str, Any]:
    session = item.session
    centre = next((c for c in portal.centres.get(item.region, ()) if c.id == session.pusat), None)
    experts = {f"{home}/{expert.id}": (home, expert) for home, some in portal.published_experts.items()
               for expert in some}
    named = [experts[key] for name in session.ahli if (key := expert_key(item.region, name)) in experts]
    return {
        "id": session.id, "module": _module(portal, item.region, session.modul),
        "date": item.start.date().isoformat(), "start": f"{item.start:%H.%M}", "end": f"{item.end:%H.%M}",
        "overnight": item.end.date() > item.start.date(), "zone": item.zone, "minutes": session.menit,
        "kind": session.komponen, "people": session.peserta,
        "region": link(portal.region_name(item.region), f"jadwal/{item.region}.html"),
        "model": link(portal.models[session.model].nama, f"model/{session.model}.html"),
        "centre": link(centre.nama, f"pusat/{item.region}/{centre.id}.html") if centre else None,
        "experts": [link(expert.nama_tampil, f"daerah/{home}.html#ahli-{expert.id}")
                    for home, expert in named],
        "past": item.start.date() < portal.as_of,
    }


def _module(portal: Portal, code: str, name: str) -> dict[str, Any]:
    own = f"{code}/{name}" in portal.adaptations
    return link(portal.modules[name].judul, adaptation_url(f"{code}/{name}") if own else f"modul/{name}.html")


def _study(portal: Portal, code: str, study: model.SelfStudy, schedule: model.Schedule) -> dict[str, Any]:
    minutes = portal.modules[study.modul].menit
    found = plan(study, schedule, minutes.teori + minutes.praktik)
    return {"module": _module(portal, code, study.modul), "from": study.dari.isoformat(),
            "until": study.sampai.isoformat(), "days": found.days, "minutes": found.minutes,
            "total": found.total, "left_out": found.left_out}


def of_centre(portal: Portal, code: str, centre: str) -> list[dict[str, Any]]:
    """The sessions held in a centre that have not passed, in order of time."""
    return [_session(portal, item) for item in sorted(sessions_of(portal, code), key=lambda item: item.start)
            if item.session.pusat == centre and item.start.date() >= portal.as_of]


def of_region(portal: Portal, code: str) -> dict[str, Any] | None:
    """How many sessions a region has planned, and where."""
    schedule = portal.schedules.get(code)
    return link("Jadwal", f"jadwal/{code}.html", count=len(schedule.sesi)) if schedule else None
