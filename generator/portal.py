"""Entries -> Portal: the one frozen value that rules, pages, search and exports read."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
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
    """Everything the sources say, by id. Cases are known by "73.71/slug", adaptations by "73.71/module", articles by their
    page's address; needs, centres, experts and reports by region, in the order of their files; releases oldest first.

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
    owners: tuple[model.Owner, ...]
    articles: Mapping[str, model.Article]
    releases: tuple[model.CurriculumRelease, ...]
    needs: Mapping[str, tuple[model.Need, ...]]
    adaptations: Mapping[str, model.Adaptation]
    centres: Mapping[str, tuple[model.Centre, ...]]
    experts: Mapping[str, tuple[model.Expert, ...]]
    schedules: Mapping[str, model.Schedule]
    reports: Mapping[str, tuple[model.Report, ...]]

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
        pictures = ((path, entry) for path, entry in self.entries.items() if entry.kind in ("gambar", "bagan"))
        found = ((path, item) for path, entry in pictures for item in entry.items)
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
    def practice_age(self) -> Mapping[str, tuple[str, str]]:
        """Sorts cases in the order they came: when a case came to the portal, as far as its file says (the date of consent, or
        of verification, or ""), and its id.
        """
        dates = {name: practice.persetujuan.tanggal if practice.persetujuan else practice.terverifikasi_pada
                 for name, practice in self.practices.items()}
        return {name: (date.isoformat() if date else "", name) for name, date in dates.items()}

    def added(self, name: str) -> str:
        """The date a case came to the portal, or ""."""
        return self.practice_age[name][0]

    @cached_property
    def practice_marks(self) -> Mapping[str, str]:
        """For each case a text that changes with what lists show of it: its fields and the name of its region."""
        return {name: f"{name} {self.entries[self.practice_path(name)].facts} {self.region_name(name.partition('/')[0])}"
                for name in self.practices}

    def region_name(self, code: str) -> str:
        """The name of a region, or its code while it is unknown."""
        region = self.regions.get(code)
        return region.name if region else code

    @cached_property
    def replications(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the cases that replicate a case."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, practice in self.practices.items():
            if practice.replikasi_dari:
                found[practice.replikasi_dari].append(name)
        return {origin: tuple(names) for origin, names in found.items()}

    @cached_property
    def experts_by_area(self) -> Mapping[str, tuple[tuple[str, model.Expert], ...]]:
        """Published experts with the region that names them, by the region or province they work in."""
        found: dict[str, list[tuple[str, model.Expert]]] = defaultdict(list)
        for code, experts in self.published_experts.items():
            for expert in experts:
                for area in dict.fromkeys(expert.wilayah_kerja):
                    found[area].append((code, expert))
        return {area: tuple(experts) for area, experts in found.items()}

    def experts_for(self, region: str) -> list[tuple[str, model.Expert]]:
        """Published experts who work in a region, with the region that names them; an expert of a province works in all of it."""
        areas = dict.fromkeys((region, region[:2]))
        found = {(code, expert.id): (code, expert) for area in areas for code, expert in self.experts_by_area.get(area, ())}
        return list(found.values())

    def listed(self, name: str, kind: type[T]) -> Iterator[tuple[str, int, T]]:
        """The items of all lists of a kind, with their source and their place in it, which tells the line."""
        for path, entry in self.kinds.get(name, {}).items():
            for place, item in zip(entry.places, entry.items, strict=True):
                if isinstance(item, kind):
                    yield path, place, item

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[str, Entry]]:
        """Entries by kind and path."""
        return _by_kind(self.entries)

    @cached_property
    def adaptations_by_module(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of adaptations by the module they adapt, in order of region."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.adaptations:
            found[name.partition("/")[2]].append(name)
        return {module: tuple(names) for module, names in found.items()}

    @cached_property
    def adaptations_by_region(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of adaptations by region."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.adaptations:
            found[name.partition("/")[0]].append(name)
        return {code: tuple(names) for code, names in found.items()}

    @cached_property
    def published_experts(self) -> Mapping[str, tuple[model.Expert, ...]]:
        """Experts with a consent date, by the region whose file names them."""
        return {code: tuple(expert for expert in experts if expert.persetujuan_publikasi)
                for code, experts in self.experts.items()}

    @cached_property
    def experts_by_competence(self) -> Mapping[str, tuple[tuple[str, model.Expert], ...]]:
        """Published experts with the region that names them, by competence."""
        found: dict[str, list[tuple[str, model.Expert]]] = defaultdict(list)
        for code, experts in self.published_experts.items():
            for expert in experts:
                for competence in dict.fromkeys(skill.kompetensi for skill in expert.keahlian):
                    found[competence].append((code, expert))
        return {competence: tuple(experts) for competence, experts in found.items()}

    def adaptation_path(self, name: str) -> str:
        """The source of an adaptation."""
        code, _, module = name.partition("/")
        return f"content/daerah/{code}/adaptasi/{module}.yml"

    def profile_path(self, code: str) -> str:
        """The source of a region's profile."""
        return f"content/daerah/{code}/profil.yml"

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
    kinds = defaultdict[str, Mapping[str, Entry]](dict, _by_kind(known))
    frameworks = list(kinds["kerangka"].items())
    framework_path, framework = next(((path, e.items[0]) for path, e in frameworks if e.items), ("", None))
    practices = {_practice_id(path): cast(model.Practice, e.items[0]) for path, e in kinds["praktik"].items() if e.items}
    needs = _by_region(kinds["kebutuhan"], model.Need)
    return Portal(
        settings=settings,
        as_of=latest or _newest(practices.values(), needs.values()),
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
        owners=_all(kinds["pemilik"], model.Owner),
        articles={page_url(p): cast(model.Article, e.items[0]) for p, e in kinds["artikel"].items() if e.items},
        releases=tuple(sorted(_all(kinds["rilis"], model.CurriculumRelease), key=lambda release: release.tanggal)),
        needs=needs,
        adaptations={_adaptation_id(p): cast(model.Adaptation, e.items[0]) for p, e in kinds["adaptasi"].items() if e.items},
        centres=_by_region(kinds["pusat"], model.Centre),
        experts=_by_region(kinds["ahli"], model.Expert),
        schedules={p.split("/")[2]: cast(model.Schedule, e.items[0]) for p, e in kinds["jadwal"].items() if e.items},
        reports=_by_region(kinds["pemantauan"], model.Report),
    )


def _by_kind(entries: Mapping[str, Entry]) -> dict[str, dict[str, Entry]]:
    kinds: dict[str, dict[str, Entry]] = {}
    for path, entry in entries.items():
        kinds.setdefault(entry.kind, {})[path] = entry
    return kinds


def _folder(path: str) -> str:
    return PurePosixPath(path).parent.name


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _all(entries: Mapping[str, Entry], kind: type[T]) -> tuple[T, ...]:
    return tuple(item for entry in entries.values() for item in entry.items if isinstance(item, kind))


def _by_region(entries: Mapping[str, Entry], kind: type[T]) -> dict[str, tuple[T, ...]]:
    """The items of the regions' lists, by region, in the order of their files."""
    found: dict[str, tuple[T, ...]] = {}
    for path, entry in entries.items():
        region = path.split("/")[2]
        found[region] = found.get(region, ()) + _all({path: entry}, kind)
    return found


def _adaptation_id(path: str) -> str:
    parts = PurePosixPath(path).parts
    return f"{parts[2]}/{PurePosixPath(path).stem}"


def _practice_id(path: str) -> str:
    match = PRACTICE.match(path)
    assert match
    return f"{match[1]}/{match[2]}"


IDENTIFIED = {"modul": _folder, "jalur": _stem, "model": _stem, "praktik": _practice_id}


def _newest(practices: Iterable[model.Practice], needs: Iterable[tuple[model.Need, ...]]) -> datetime.date:
    """The newest verification, need or answer: without SOURCE_DATE_EPOCH the sources themselves say what day it is."""
    verified = (practice.terverifikasi_pada for practice in practices)
    asked = (date for some in needs for need in some for date in (need.tanggal, need.tanggapan and need.tanggapan.tanggal))
    return max((date for date in chain(verified, asked) if date), default=datetime.date(2026, 1, 1))


def _regions(entries: Iterable[Entry]) -> dict[str, Region]:
    places = [item for entry in entries for item in entry.items if isinstance(item, model.Place)]
    return {place.code: _region(place) for place in sorted(places, key=lambda place: place.code)}


def _region(place: model.Place) -> Region:
    if "." not in place.code:
        return Region(place.code, place.name, "provinsi", place.code)
    kind = "kota" if place.name.startswith("Kota ") else "kabupaten"
    return Region(place.code, place.name, kind, place.code[:2])
