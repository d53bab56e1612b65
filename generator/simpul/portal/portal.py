"""The Portal: the one frozen value that rules, pages, search and exports read."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from simpul import model
from simpul.portal.moves import Moves
from simpul.sources.entry import Entry

SAMPLE_PROVINCE = "00"
T = TypeVar("T")
Condition = tuple[str | None, str | None]
"""Connection and geography."""


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


class CasesBy(NamedTuple):
    """Ids of cases, oldest first, by code of region and province, theme, competence, and module they name."""

    region: Mapping[str, tuple[str, ...]]
    province: Mapping[str, tuple[str, ...]]
    theme: Mapping[str, tuple[str, ...]]
    competence: Mapping[str, tuple[str, ...]]
    module: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Portal:
    """Everything the sources say, by id. Cases are known by "73.71/slug", adaptations by "73.71/module",
    articles by their page's address, plans by module, pointers by "73.71-slug", banks by competence and
    level, "1.1-2"; needs, centres, experts and reports by region, in the order of their files; releases
    oldest first.

    `kinds` are the entries by kind and path; `cases` are what others see of the practices. `digest` changes
    with anything the portal says. `as_of` is the date the pages are written for; `latest` the last date that
    may occur in the sources, if known. What names a renamed source is followed already, as `moves` tells.
    `known` is what functions have made of it `once`.
    """

    settings: model.Settings
    as_of: datetime.date
    latest: datetime.date | None
    digest: str
    files: frozenset[str]
    entries: Mapping[str, Entry]
    kinds: Mapping[str, Mapping[str, Entry]]
    regions: Mapping[str, Region]
    framework: model.Framework | None
    framework_path: str
    modules: Mapping[str, model.Module]
    paths: Mapping[str, model.LearningPath]
    models: Mapping[str, model.DeliveryModel]
    plans: Mapping[str, model.LessonPlan]
    banks: Mapping[str, model.Bank]
    assessment: model.Assessment | None
    services: tuple[model.Service, ...]
    terms: tuple[model.Term, ...]
    laws: tuple[model.Law, ...]
    systems: tuple[model.NationalSystem, ...]
    abbreviations: tuple[model.Abbreviation, ...]
    synonyms: tuple[model.Synonym, ...]
    profiles: Mapping[str, model.Profile]
    cases: Mapping[str, model.Case]
    owners: tuple[model.Owner, ...]
    articles: Mapping[str, model.Article]
    releases: tuple[model.CurriculumRelease, ...]
    pointers: Mapping[str, model.Pointer]
    needs: Mapping[str, tuple[model.Need, ...]]
    adaptations: Mapping[str, model.Adaptation]
    centres: Mapping[str, tuple[model.Centre, ...]]
    experts: Mapping[str, tuple[model.Expert, ...]]
    schedules: Mapping[str, model.Schedule]
    reports: Mapping[str, tuple[model.Report, ...]]
    moves: Moves
    known: dict[Callable[["Portal"], Any], Any] = field(default_factory=dict, repr=False)

    @cached_property
    def broken(self) -> Mapping[str, frozenset[str]]:
        """Ids whose file cannot be used, by kind: told once, where they break, not at each reference."""
        found = ((kind, {entry.name for entry in entries.values() if entry.name and not entry.usable})
                 for kind, entries in self.kinds.items())
        return defaultdict(frozenset, {kind: frozenset(names) for kind, names in found})

    @cached_property
    def pictures(self) -> Mapping[str, model.PictureSize]:
        """Sizes of the usable pictures, by source path."""
        pictures = chain(self.kinds.get("gambar", {}).items(), self.kinds.get("bagan", {}).items())
        found = ((path, item) for path, entry in pictures for item in entry.items)
        return {path: item for path, item in found if isinstance(item, model.PictureSize)}

    @cached_property
    def attachments(self) -> Mapping[str, model.AttachedFile]:
        """The usable attachments, by source path."""
        found = ((path, item) for path, entry in self.kinds.get("lampiran", {}).items()
                 for item in entry.items)
        return {path: item for path, item in found if isinstance(item, model.AttachedFile)}

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
    def oldest_cases(self) -> tuple[str, ...]:
        """Ids of all cases in the order they came, a new one last; so are those of a region, a theme etc."""
        added = {name: case.added for name, case in self.cases.items()}
        return tuple(sorted(sorted(added), key=added.__getitem__))

    @cached_property
    def cases_by(self) -> CasesBy:
        """Ids of cases by what they have in common."""
        by = tuple(defaultdict[str, list[str]](list) for _ in CasesBy._fields)
        region, province, theme, competence, module = by
        for name in self.oldest_cases:
            case = self.cases[name]
            region[name.partition("/")[0]].append(name)
            province[name[:2]].append(name)
            for key in case.themes:
                theme[key].append(name)
            for key in case.competences:
                competence[key].append(name)
            for key in case.modules:
                module[key].append(name)
        return CasesBy(*({key: tuple(names) for key, names in sorted(found.items())} for found in by))

    def is_sample(self, code: str) -> bool:
        """Whether a region is fictional."""
        return code[:2] == SAMPLE_PROVINCE

    def region_name(self, code: str) -> str:
        """The name of a region, or its code while it is unknown."""
        region = self.regions.get(code)
        return region.name if region else code

    @cached_property
    def replications(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the cases that replicate a case."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, case in self.cases.items():
            if case.origin:
                found[case.origin].append(name)
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
        """Published experts who work in a region, with the one that names them; a province's in all of it."""
        areas = dict.fromkeys((region, region[:2]))
        found = {(code, expert.id): (code, expert) for area in areas
                 for code, expert in self.experts_by_area.get(area, ())}
        return list(found.values())

    def listed(self, name: str, kind: type[T]) -> Iterator[tuple[str, int, T]]:
        """The items of all lists of a kind, with their source and their place in it, which tells the line."""
        for path, entry in self.kinds.get(name, {}).items():
            for place, item in zip(entry.places, entry.items, strict=True):
                if isinstance(item, kind):
                    yield path, place, item

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
        """The source of an adaptation; its file may have the name that its module had before."""
        code, _, module = name.partition("/")
        path = f"content/daerah/{code}/adaptasi/{module}.yml"
        return self._renamed_overlays.get(name, path) if self.moves.moved else path

    @cached_property
    def _renamed_overlays(self) -> Mapping[str, str]:
        return {entry.name: path for path, entry in self.kinds.get("adaptasi", {}).items()}

    def profile_path(self, code: str) -> str:
        """The source of a region's profile."""
        return f"content/daerah/{code}/profil.yml"

    def practice_path(self, name: str) -> str:
        """The source of a case."""
        code, _, slug = name.partition("/")
        return f"content/daerah/{code}/praktik/{slug}.md"

    def pointer_path(self, name: str) -> str:
        """The source of a pointer."""
        return f"curriculum/penunjuk/{name}.yml"

    def attachment_path(self, source: str, name: str) -> str:
        """The attachment that a case or an adaptation means by a name."""
        return f"{source.rpartition('/')[0]}/lampiran/{name}"

    def condition(self, name: str) -> Condition:
        """Connection and geography of a case: its own, or else its region's."""
        return self.cases[name].condition or self.region_condition(name.partition("/")[0])

    def region_condition(self, code: str) -> Condition:
        """Connection and geography of a region, as far as its profile tells them."""
        profile = self.profiles.get(code)
        return (profile.kondisi.koneksi, profile.kondisi.geografi) if profile else (None, None)


def once(work: Callable[[Portal], T]) -> Callable[[Portal], T]:
    """What a function makes of a portal is made once for each."""

    @wraps(work)
    def remembered(portal: Portal) -> T:
        if work not in portal.known:
            portal.known[work] = work(portal)
        found: T = portal.known[work]
        return found

    return remembered
