"""Sessions in time: zones, duties, clashes, free slots, minutes a day for self-study. No clock is read."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from simpul.model import Schedule, SelfStudy, Session
from simpul.portal import Portal

ZONES = {"WIB": ("Asia/Jakarta", 7), "WITA": ("Asia/Makassar", 8), "WIT": ("Asia/Jayapura", 9)}
DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
STEP = datetime.timedelta(minutes=30)
LOOK_AHEAD = datetime.timedelta(days=60)
EARLIEST, LATEST = datetime.time(7), datetime.time(20)
OFFERED = 3


class Held(NamedTuple):
    """A session in its place: region, number in the file, and when it begins and ends in local time."""

    region: str
    place: int
    session: Session
    zone: str
    start: datetime.datetime
    end: datetime.datetime

    @property
    def utc(self) -> tuple[datetime.datetime, datetime.datetime]:
        """Begin and end in universal time, so that zones can be compared."""
        offset = datetime.timedelta(hours=ZONES[self.zone][1])
        return self.start - offset, self.end - offset

    @property
    def name(self) -> str:
        """How messages name it."""
        return f"sesi '{self.session.id}' {self.region} ({self.start:%Y-%m-%d %H:%M} {self.zone})"


def sessions(portal: Portal) -> list[Held]:
    """All sessions, by region and in the order of their files."""
    return [item for region in portal.schedules for item in sessions_of(portal, region)]


def sessions_of(portal: Portal, region: str) -> list[Held]:
    """A region's sessions, in the order of its file; none without a schedule."""
    schedule = portal.schedules.get(region)
    return [Held(region, place, session, schedule.zona, session.mulai,
                 session.mulai + datetime.timedelta(minutes=session.menit))
            for place, session in enumerate(schedule.sesi)] if schedule else []


def expert_key(region: str, name: str) -> str:
    """An expert as named in a region's schedule, known everywhere: `00.71/ahli-1`."""
    return name if "/" in name else f"{region}/{name}"


def duties(schedule: Schedule, start: datetime.datetime, end: datetime.datetime) -> Iterator[str]:
    """What a time falls on: busy periods and service hours that may not be used, in words."""
    for busy in schedule.masa_sibuk:
        if start.date() <= busy.sampai and (end - datetime.timedelta.resolution).date() >= busy.dari:
            yield f"masa sibuk {busy.dari} sampai {busy.sampai} ({busy.alasan})"
    day = start.date()
    while day <= end.date():
        for hours in schedule.jam_layanan:
            if not hours.boleh_dipakai and DAYS[day.weekday()] in hours.hari:
                opens, closes = map(datetime.time.fromisoformat, (hours.dari, hours.sampai))
                if start < datetime.datetime.combine(day, closes) and \
                        datetime.datetime.combine(day, opens) < end:
                    yield f"jam layanan {DAYS[day.weekday()]} {hours.dari}-{hours.sampai}"
        day += datetime.timedelta(days=1)


Slots = dict[str, list[Held]]


def by_centre(found: Iterable[Held]) -> Slots:
    """Sessions by the centre they are held in, each list in order of time."""
    slots: Slots = defaultdict(list)
    for item in found:
        if item.session.pusat:
            slots[f"{item.region}/{item.session.pusat}"].append(item)
    return _in_time(slots)


def by_expert(found: Iterable[Held]) -> Slots:
    """Sessions by expert, each list in order of time."""
    slots: Slots = defaultdict(list)
    for item in found:
        for name in dict.fromkeys(item.session.ahli):
            slots[expert_key(item.region, name)].append(item)
    return _in_time(slots)


def _in_time(slots: Slots) -> Slots:
    return {key: sorted(items, key=lambda item: (item.utc, item.region, item.place))
            for key, items in slots.items()}


def clashes(items: Sequence[Held]) -> Iterator[tuple[Held, Held]]:
    """Pairs that overlap, in a list in order of time: each session with the longest-lasting earlier one."""
    last: Held | None = None
    for item in items:
        if last and item.utc[0] < last.utc[1]:
            yield last, item
        if last is None or item.utc[1] > last.utc[1]:
            last = item


def monthly(items: Iterable[Held]) -> Counter[tuple[int, int]]:
    """How many sessions begin in each month."""
    return Counter((item.start.year, item.start.month) for item in items)


def free_slots(item: Held, schedule: Schedule, centres: Slots, experts: Slots) -> list[datetime.datetime]:
    """The next three beginnings in sixty days, between 07.00 and 20.00, that collide with nothing known."""
    others = [*centres.get(f"{item.region}/{item.session.pusat}", [])]
    for name in item.session.ahli:
        others += experts.get(expert_key(item.region, name), [])
    taken = [other.utc for other in others if other is not item and other != item]
    offset = datetime.timedelta(hours=ZONES[item.zone][1])
    length, start, found = item.end - item.start, item.start, list[datetime.datetime]()
    while start < item.start + LOOK_AHEAD and len(found) < OFFERED:
        start += STEP
        end = start + length
        if start.time() < EARLIEST or end.date() > start.date() or end.time() > LATEST or \
                any(duties(schedule, start, end)):
            continue
        if all(end - offset <= begin or start - offset >= until for begin, until in taken):
            found.append(start)
            start += length
    return found


class StudyPlan(NamedTuple):
    """Self-study spread over days: how many, minutes on each, minutes in all, days left out as busy."""

    days: int
    minutes: int
    total: int
    left_out: int


def plan(study: SelfStudy, schedule: Schedule, minutes: int) -> StudyPlan:
    """Whole minutes a day, rounded up, to be done in time, on working days outside busy periods."""
    every = [study.dari + datetime.timedelta(days=number)
             for number in range((study.sampai - study.dari).days + 1)]
    working = [day for day in every if day.weekday() < 5]
    free = [day for day in working
            if not any(busy.dari <= day <= busy.sampai for busy in schedule.masa_sibuk)]
    return StudyPlan(len(free), -(-minutes // len(free)) if free else 0, minutes, len(working) - len(free))
