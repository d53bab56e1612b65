"""Entries -> Portal: everything in its place."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar, cast

from simpul import model
from simpul.addresses import page_url
from simpul.portal.moves import follow
from simpul.portal.portal import Portal, Region
from simpul.runtime.packing import digest
from simpul.sources.entry import Entry

T = TypeVar("T")


def assemble(settings: model.Settings, entries: Mapping[str, Entry], facts: Mapping[str, str],
             files: Iterable[str], latest: datetime.date | None) -> Portal:
    """Puts the entries in their places; `facts` are their digests. Broken ones are left out; their problems
    are told. `files` are all there are, those of no known kind too; `latest` is the last date that may occur.
    """
    files = frozenset(files)
    entries, moves = follow(entries)
    kinds = defaultdict[str, dict[str, Entry]](dict)
    for path, entry in entries.items():
        kinds[entry.kind][path] = entry
    frameworks = list(kinds["kerangka"].items())
    framework_path, framework = next(((path, e.items[0]) for path, e in frameworks if e.items), ("", None))
    cases = {entry.name: entry.case for entry in kinds["praktik"].values() if entry.case}
    needs = _by_region(kinds["kebutuhan"], model.Need)
    return Portal(
        settings=settings,
        as_of=latest or _newest(cases.values(), needs.values()),
        latest=latest,
        digest=digest((settings.model_dump_json(), facts, sorted(files - facts.keys()), str(latest))),
        files=files,
        entries=MappingProxyType({**entries}),
        kinds=MappingProxyType({**kinds}),
        regions=_regions(kinds["wilayah"].values()),
        framework=cast("model.Framework | None", framework),
        framework_path=framework_path,
        modules=_single(kinds["modul"], model.Module),
        paths=_single(kinds["jalur"], model.LearningPath),
        models=_single(kinds["model"], model.DeliveryModel),
        plans=_single(kinds["rencana"], model.LessonPlan),
        banks=_single(kinds["bank"], model.Bank),
        assessment=next(iter(_all(kinds["penilaian"], model.Assessment)), None),
        services=_all(kinds["layanan"], model.Service),
        terms=tuple(sorted(_all(kinds["glosarium"], model.Term), key=lambda term: term.istilah.casefold())),
        laws=_all(kinds["dasar_hukum"], model.Law),
        systems=_all(kinds["sistem"], model.NationalSystem),
        abbreviations=_all(kinds["singkatan"], model.Abbreviation),
        synonyms=_all(kinds["padanan"], model.Synonym),
        profiles=_one_each(kinds["profil"], model.Profile),
        cases=cases,
        owners=_all(kinds["pemilik"], model.Owner),
        articles={page_url(p): cast(model.Article, e.items[0])
                  for p, e in kinds["artikel"].items() if e.items},
        releases=tuple(sorted(_all(kinds["rilis"], model.CurriculumRelease),
                              key=lambda release: release.tanggal)),
        pointers=_single(kinds["penunjuk"], model.Pointer),
        needs=needs,
        adaptations=_single(kinds["adaptasi"], model.Adaptation),
        centres=_by_region(kinds["pusat"], model.Centre),
        experts=_by_region(kinds["ahli"], model.Expert),
        schedules=_one_each(kinds["jadwal"], model.Schedule),
        reports=_by_region(kinds["pemantauan"], model.Report),
        moves=moves,
    )


def _all(entries: Mapping[str, Entry], kind: type[T]) -> tuple[T, ...]:
    return tuple(item for entry in entries.values() for item in entry.items if isinstance(item, kind))


def _by_region(entries: Mapping[str, Entry], kind: type[T]) -> dict[str, tuple[T, ...]]:
    """The items of the regions' lists, by region, in the order of their files."""
    found: dict[str, tuple[T, ...]] = {}
    for path, entry in entries.items():
        region = path.split("/")[2]
        found[region] = found.get(region, ()) + _all({path: entry}, kind)
    return found


def _one_each(entries: Mapping[str, Entry], kind: type[T]) -> dict[str, T]:
    """Records of which a region has one, by region."""
    return {path.split("/")[2]: item for path, entry in entries.items()
            for item in entry.items if isinstance(item, kind)}


def _single(entries: Mapping[str, Entry], kind: type[T]) -> dict[str, T]:
    """Records that have a file of their own, by id."""
    found = {entry.name: entry.items[0] for entry in entries.values() if entry.usable}
    return {name: item for name, item in found.items() if isinstance(item, kind)}


def _newest(cases: Iterable[model.Case], needs: Iterable[tuple[model.Need, ...]]) -> datetime.date:
    """The newest verification, need or answer: without SOURCE_DATE_EPOCH the sources say what day it is."""
    verified = max((case.verified for case in cases), default="")
    asked = (date for some in needs for need in some
             for date in (need.tanggal, need.tanggapan and need.tanggapan.tanggal))
    dates = [datetime.date.fromisoformat(verified)] if verified else []
    return max([*dates, *(date for date in asked if date)], default=datetime.date(2026, 1, 1))


def _regions(entries: Iterable[Entry]) -> dict[str, Region]:
    places = [item for entry in entries for item in entry.items if isinstance(item, model.Place)]
    return {place.code: _region(place) for place in sorted(places, key=lambda place: place.code)}


def _region(place: model.Place) -> Region:
    if "." not in place.code:
        return Region(place.code, place.name, "provinsi", place.code)
    kind = "kota" if place.name.startswith("Kota ") else "kabupaten"
    return Region(place.code, place.name, kind, place.code[:2])
