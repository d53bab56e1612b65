"""Entries -> Portal: the one frozen value that rules, pages, search and exports read."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TypeVar, cast

from generator import model
from generator.addresses import PRACTICE, page_url
from generator.entries import Entry

SAMPLE_PROVINCE = "00"
PROFILE = re.compile(r"content/daerah/([^/]+)/profil\.yml\Z")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Region:
    """A province, kabupaten or kota; `code` is "73" or "73.71", `province` the code of its province."""

    code: str
    name: str
    kind: str
    province: str

    @property
    def sample(self) -> bool:
        """Whether it is fictional."""
        return self.province == SAMPLE_PROVINCE

    @property
    def has_government(self) -> bool:
        """The six "Administrasi" of Jakarta are places without a regional government of their own."""
        return "Administrasi" not in self.name


@dataclass(frozen=True, eq=False)
class Portal:
    """Everything the sources say, by id. Cases are known by "73.71/slug", articles by their page's address.

    `as_of` is the date the pages are written for; `latest` the last date that may occur in the sources, if known.
    """

    settings: model.Settings
    as_of: datetime.date
    latest: datetime.date | None
    files: frozenset[str]
    entries: Mapping[str, Entry]
    regions: Mapping[str, Region]
    framework: model.Framework | None
    framework_path: str
    modules: Mapping[str, model.Module]
    paths: Mapping[str, model.LearningPath]
    models: Mapping[str, model.DeliveryModel]
    services: tuple[model.Service, ...]
    terms: tuple[model.Term, ...]
    abbreviations: tuple[model.Abbreviation, ...]
    profiles: Mapping[str, model.Profile]
    practices: Mapping[str, model.Practice]
    articles: Mapping[str, model.Article]

    @cached_property
    def broken(self) -> Mapping[str, frozenset[str]]:
        """Ids that have a file which cannot be used, by kind: they are told once, where they break, not wherever they are
        referred to.
        """
        found: dict[str, set[str]] = defaultdict(set)
        for path, entry in self.entries.items():
            if not entry.items and entry.kind in IDENTIFIED:
                found[entry.kind].add(IDENTIFIED[entry.kind](path))
        return defaultdict(frozenset, {kind: frozenset(names) for kind, names in found.items()})

    @cached_property
    def pictures(self) -> Mapping[str, model.PictureSize]:
        """Sizes of the usable pictures, by source path."""
        found = ((path, item) for path, entry in self.entries.items() if entry.kind == "gambar" for item in entry.items)
        return {path: item for path, item in found if isinstance(item, model.PictureSize)}

    @cached_property
    def competences(self) -> Mapping[str, model.Competence]:
        """Competences by code, in the framework's order."""
        areas = self.framework.bidang if self.framework else ()
        return {competence.kode: competence for area in areas for competence in area.kompetensi}

    @cached_property
    def groups(self) -> Mapping[str, model.Group]:
        """Groups of civil servants by id."""
        return {group.id: group for group in (self.framework.kelompok if self.framework else ())}

    @cached_property
    def levels(self) -> Mapping[str, model.Level]:
        """Levels by id."""
        return {level.id: level for level in (self.framework.tingkat if self.framework else ())}

    @cached_property
    def teaching(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Modules by the competence and level they teach; withdrawn modules teach nothing."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, module in self.modules.items():
            if module.siklus != "dicabut":
                for target in module.mengajarkan:
                    found[target.kompetensi, target.tingkat].append(name)
        return {key: tuple(names) for key, names in found.items()}

    @cached_property
    def practices_by_region(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of cases by region, in order of id."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.practices:
            found[name.partition("/")[0]].append(name)
        return {code: tuple(names) for code, names in found.items()}

    @cached_property
    def replications(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the cases that replicate a case."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, practice in self.practices.items():
            if practice.replikasi_dari:
                found[practice.replikasi_dari].append(name)
        return {origin: tuple(names) for origin, names in found.items()}

    def practice_path(self, name: str) -> str:
        """The source of a case."""
        code, _, slug = name.partition("/")
        return f"content/daerah/{code}/praktik/{slug}.md"

    def condition(self, name: str) -> model.Condition | None:
        """The condition of a case: its own, or else its region's."""
        profile = self.profiles.get(name.partition("/")[0])
        return self.practices[name].kondisi or (profile.kondisi if profile else None)


def assemble(settings: model.Settings, entries: Iterable[Entry], files: Iterable[str],
             latest: datetime.date | None) -> Portal:
    """Puts the entries in their places. Broken entries are left out; their problems were told already."""
    known = {entry.path: entry for entry in entries}
    kinds: dict[str, dict[str, Entry]] = defaultdict(dict)
    for path, entry in known.items():
        kinds[entry.kind][path] = entry
    frameworks = list(kinds["kerangka"].items())
    framework_path, framework = next(((path, e.items[0]) for path, e in frameworks if e.items), ("", None))
    practices = {_practice_id(path): cast(model.Practice, e.items[0]) for path, e in kinds["praktik"].items() if e.items}
    return Portal(
        settings=settings,
        as_of=latest or _newest(practices.values()),
        latest=latest,
        files=frozenset(files),
        entries=MappingProxyType(known),
        regions=_regions(kinds["wilayah"].values()),
        framework=cast("model.Framework | None", framework),
        framework_path=framework_path,
        modules={_folder(p): cast(model.Module, e.items[0]) for p, e in kinds["modul"].items() if e.items},
        paths={_stem(p): cast(model.LearningPath, e.items[0]) for p, e in kinds["jalur"].items() if e.items},
        models={_stem(p): cast(model.DeliveryModel, e.items[0]) for p, e in kinds["model"].items() if e.items},
        services=_all(kinds["layanan"], model.Service),
        terms=tuple(sorted(_all(kinds["glosarium"], model.Term), key=lambda term: term.istilah.casefold())),
        abbreviations=_all(kinds["singkatan"], model.Abbreviation),
        profiles={p.split("/")[2]: cast(model.Profile, e.items[0]) for p, e in kinds["profil"].items() if e.items},
        practices=practices,
        articles={page_url(p): cast(model.Article, e.items[0]) for p, e in kinds["artikel"].items() if e.items},
    )


def _folder(path: str) -> str:
    return PurePosixPath(path).parent.name


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _all(entries: Mapping[str, Entry], kind: type[T]) -> tuple[T, ...]:
    return tuple(item for entry in entries.values() for item in entry.items if isinstance(item, kind))


def _practice_id(path: str) -> str:
    match = PRACTICE.match(path)
    assert match
    return f"{match[1]}/{match[2]}"


IDENTIFIED = {"modul": _folder, "jalur": _stem, "model": _stem, "praktik": _practice_id}


def _newest(practices: Iterable[model.Practice]) -> datetime.date:
    """The newest verification: without SOURCE_DATE_EPOCH the sources themselves say what day it is."""
    return max((p.terverifikasi_pada for p in practices if p.terverifikasi_pada), default=datetime.date(2026, 1, 1))


def _regions(entries: Iterable[Entry]) -> dict[str, Region]:
    places = [item for entry in entries for item in entry.items if isinstance(item, model.Place)]
    return {place.code: _region(place) for place in sorted(places, key=lambda place: place.code)}


def _region(place: model.Place) -> Region:
    if "." not in place.code:
        return Region(place.code, place.name, "provinsi", place.code)
    kind = "kota" if place.name.startswith("Kota ") else "kabupaten"
    return Region(place.code, place.name, kind, place.code[:2])
