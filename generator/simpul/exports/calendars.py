"""Schedules as calendars (RFC 5545): one for each region and for each of its centres, in the region's own time."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from simpul.figures.agenda import ZONES, Held, sessions_of
from simpul.portal import Portal

if TYPE_CHECKING:
    import icalendar

NO_HOST = "simpul.invalid"


class Event(NamedTuple):
    """One session as a calendar keeps it; times are local."""

    uid: str
    start: datetime.datetime
    end: datetime.datetime
    summary: str
    location: str
    description: str


class Calendar(NamedTuple):
    """A calendar with its name, its zone (WIB, WITA, WIT) and the day it was written for."""

    name: str
    zone: str
    written: datetime.date
    events: tuple[Event, ...]


def calendars(portal: Portal) -> Mapping[str, Calendar]:
    """Calendars by address: `jadwal/00.71.ics`, `jadwal/00.71/pusat-contoh.ics`."""
    found: dict[str, Calendar] = {}
    for code in portal.schedules:
        held = sessions_of(portal, code)
        found[f"jadwal/{code}.ics"] = _calendar(portal, code, portal.region_name(code), held)
        for centre in portal.centres.get(code, ()):
            if own := [item for item in held if item.session.pusat == centre.id]:
                found[f"jadwal/{code}/{centre.id}.ics"] = _calendar(portal, code, centre.nama, own)
    return found


def _calendar(portal: Portal, code: str, name: str, held: Iterable[Held]) -> Calendar:
    return Calendar(name, portal.schedules[code].zona, portal.as_of, tuple(_event(portal, item) for item in held))


def _event(portal: Portal, item: Held) -> Event:
    """A session. Its UID is made of region and id, so that a moved session stays the same event."""
    session, host = item.session, urlsplit(portal.settings.site_url).hostname or NO_HOST
    module = portal.modules[session.modul]
    place = next((centre.nama for centre in portal.centres.get(item.region, ()) if centre.id == session.pusat), "")
    return Event(f"{item.region}-{session.id}@{host}", item.start, item.end,
                 f"{module.judul} ({session.komponen.replace('_', ' ')})",
                 ", ".join(filter(None, (place, portal.region_name(item.region)))),
                 f"{session.peserta} peserta. {module.ringkasan}")


def as_ics(calendar: Calendar) -> bytes:
    """The file."""
    import icalendar  # only where a schedule has changed

    file = icalendar.Calendar()
    for key, value in (("prodid", "-//Simpul//Jadwal//ID"), ("version", "2.0"), ("x-wr-calname", f"Pelatihan {calendar.name}")):
        file.add(key, value)
    file.add_component(_zone(calendar.zone))
    written = datetime.datetime.combine(calendar.written, datetime.time(), datetime.UTC)
    for item in calendar.events:
        event = icalendar.Event()
        event.add("uid", item.uid)
        event.add("dtstamp", written)
        for key, moment in (("dtstart", item.start), ("dtend", item.end)):
            event.add(key, moment, parameters={"TZID": ZONES[calendar.zone][0]})
        for key, text in (("summary", item.summary), ("location", item.location), ("description", item.description)):
            event.add(key, text)
        file.add_component(event)
    return bytes(file.to_ical())


def _zone(zone: str) -> "icalendar.Timezone":
    """Indonesia's zones keep one offset all year."""
    import icalendar

    name, hours = ZONES[zone]
    component = icalendar.Timezone()
    component.add("tzid", name)
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", datetime.datetime(1988, 1, 1))  # since when the three zones run as today
    for key in ("tzoffsetfrom", "tzoffsetto"):
        standard.add(key, datetime.timedelta(hours=hours))
    standard.add("tzname", zone)
    component.add_component(standard)
    return component
