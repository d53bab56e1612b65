"""Schedules as calendars (RFC 5545): one for each region and each of its centres, in the region's time."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from simpul.figures.agenda import ZONES, Held, sessions_of
from simpul.portal import Portal
from simpul.runtime.lazy import LazyFile, SiteFile

if TYPE_CHECKING:
    import icalendar

NO_HOST = "simpul.invalid"


class Event(NamedTuple):
    """One session as a calendar keeps it; times are local, in ISO 8601."""

    uid: str
    start: str
    end: str
    summary: str
    location: str
    description: str


def files(portal: Portal) -> Iterator[LazyFile]:
    """`jadwal/00.71.ics`, `jadwal/00.71/pusat-contoh.ics`."""
    for code in portal.schedules:
        held, source = sessions_of(portal, code), f"content/daerah/{code}/jadwal.yml"
        url = f"jadwal/{code}.ics"
        yield LazyFile(url, partial(_calendar, portal, url, code, portal.region_name(code), held), source)
        for centre in portal.centres.get(code, ()):
            if own := [item for item in held if item.session.pusat == centre.id]:
                url = f"jadwal/{code}/{centre.id}.ics"
                yield LazyFile(url, partial(_calendar, portal, url, code, centre.nama, own), source)


def _calendar(portal: Portal, url: str, code: str, name: str, held: Iterable[Held]) -> SiteFile:
    events = [tuple(_event(portal, item)) for item in held]
    return SiteFile(url, (name, portal.schedules[code].zona, portal.as_of.isoformat(), events), as_ics)


def _event(portal: Portal, item: Held) -> Event:
    """A session. Its UID is made of region and id, so that a moved session stays the same event."""
    session, host = item.session, urlsplit(portal.settings.site_url).hostname or NO_HOST
    module = portal.modules[session.modul]
    centres = portal.centres.get(item.region, ())
    place = next((centre.nama for centre in centres if centre.id == session.pusat), "")
    return Event(f"{item.region}-{session.id}@{host}", item.start.isoformat(), item.end.isoformat(),
                 f"{module.judul} ({session.komponen.replace('_', ' ')})",
                 ", ".join(filter(None, (place, portal.region_name(item.region)))),
                 f"{session.peserta} peserta. {module.ringkasan}")


def as_ics(calendar: tuple[str, str, str, Sequence[tuple[str, ...]]]) -> bytes:
    """The file of a calendar: its name, its zone (WIB, WITA, WIT), the day it was written for, its events."""
    import icalendar  # only where a schedule has changed

    name, zone, written, events = calendar
    file = icalendar.Calendar()
    for key, value in (("prodid", "-//Simpul//Jadwal//ID"), ("version", "2.0"),
                       ("x-wr-calname", f"Pelatihan {name}")):
        file.add(key, value)
    file.add_component(_zone(zone))
    stamp = datetime.datetime.combine(datetime.date.fromisoformat(written), datetime.time(), datetime.UTC)
    for item in map(Event._make, events):
        event = icalendar.Event()
        event.add("uid", item.uid)
        event.add("dtstamp", stamp)
        for key, moment in (("dtstart", item.start), ("dtend", item.end)):
            event.add(key, datetime.datetime.fromisoformat(moment), parameters={"TZID": ZONES[zone][0]})
        for key, text in (("summary", item.summary), ("location", item.location),
                          ("description", item.description)):
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
