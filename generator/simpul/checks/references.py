"""Rules about what refers to what: ids, codes, cycles."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from simpul.model import CurriculumRelease, Expert, NationalSystem, Need, Term
from simpul.portal import Portal
from simpul.problems import Finding, one_of
from simpul.sources.formats import Location

Reference = tuple[str, Location, str]


def _unresolved(references: Iterable[Reference], known: Iterable[str], what: str,
                broken: frozenset[str] = frozenset()) -> Iterator[Finding]:
    names = list(known)
    lookup = broken.union(names)
    for path, location, name in references:
        if name not in lookup:
            yield Finding(path, location, "error", f"rujukan-{what}", f"{what} '{name}' tidak ada",
                          one_of(name, names))


def modules_exist(portal: Portal) -> Iterator[Finding]:
    """Every module that is referred to exists."""
    return _unresolved(_module_references(portal), portal.modules, "modul", portal.broken["modul"])


def _module_references(portal: Portal) -> Iterator[Reference]:
    for name, module in portal.modules.items():
        for number, other in enumerate(module.prasyarat):
            yield f"curriculum/modul/{name}/modul.yml", ("prasyarat", number), other
    for name, path in portal.paths.items():
        for number, step in enumerate(path.langkah):
            yield f"curriculum/jalur/{name}.yml", ("langkah", number, "modul"), step.modul
    unknown = portal.cases_by.module.keys() - portal.modules.keys()
    for name, case in portal.cases.items() if unknown else ():
        for number, other in enumerate(case.modules):
            yield portal.practice_path(name), ("modul_terkait", number), other
    for source, place, need in portal.listed("kebutuhan", Need):
        for number, other in enumerate(need.tanggapan.modul if need.tanggapan else ()):
            yield source, (place, "tanggapan", "modul", number), other
    for source, place, release in portal.listed("rilis", CurriculumRelease):
        for number, other in enumerate(release.modul):
            yield source, (place, "modul", number), other
    for source, place, system in portal.listed("sistem", NationalSystem):
        for number, other in enumerate(system.modul):
            yield source, (place, "modul", number), other


def competences_exist(portal: Portal) -> Iterator[Finding]:
    """Every competence that is referred to exists in the framework."""
    return _unresolved(_competence_references(portal) if portal.framework else (), portal.competences,
                       "kompetensi")


def _competence_references(portal: Portal) -> Iterator[Reference]:
    for name, module in portal.modules.items():
        for number, target in enumerate(module.mengajarkan):
            yield (f"curriculum/modul/{name}/modul.yml", ("mengajarkan", number, "kompetensi"),
                   target.kompetensi)
    for name, path in portal.paths.items():
        for number, target in enumerate(path.target):
            yield f"curriculum/jalur/{name}.yml", ("target", number, "kompetensi"), target.kompetensi
    for number, cell in enumerate(portal.framework.standar_minimum if portal.framework else ()):
        yield portal.framework_path, ("standar_minimum", number, "kompetensi"), cell.kompetensi
    for number, service in enumerate(portal.services):
        for place, code in enumerate(service.kompetensi):
            yield "curriculum/layanan.yml", (number, "kompetensi", place), code
    for number, term in enumerate(_terms(portal)):
        for place, code in enumerate(term.kompetensi):
            yield "curriculum/glosarium.yml", (number, "kompetensi", place), code
    unknown = portal.cases_by.competence.keys() - portal.competences.keys()
    for name, case in portal.cases.items() if unknown else ():
        for number, code in enumerate(case.competences):
            yield portal.practice_path(name), ("kompetensi", number), code
    for source, item, need in portal.listed("kebutuhan", Need):
        yield source, (item, "kompetensi"), need.kompetensi
    for source, item, expert in portal.listed("ahli", Expert):
        for number, skill in enumerate(expert.keahlian):
            yield source, (item, "keahlian", number, "kompetensi"), skill.kompetensi
    for name, adaptation in portal.adaptations.items():
        for number, target in enumerate(adaptation.mengajarkan):
            yield portal.adaptation_path(name), ("mengajarkan", number, "kompetensi"), target.kompetensi


def _terms(portal: Portal) -> list[Term]:
    """The terms in the order of the file, so that their numbers tell their lines."""
    entry = portal.entries.get("curriculum/glosarium.yml")
    return [term for term in entry.items if isinstance(term, Term)] if entry else []


def groups_exist(portal: Portal) -> Iterator[Finding]:
    """Every group of civil servants that is referred to exists in the framework."""
    references: list[Reference] = []
    if portal.framework is None:
        return iter(())
    for name, module in portal.modules.items():
        place = f"curriculum/modul/{name}/modul.yml"
        references += [(place, ("sasaran", number), group) for number, group in enumerate(module.sasaran)]
    for name, path in portal.paths.items():
        place = f"curriculum/jalur/{name}.yml"
        references += [(place, ("sasaran", number), group) for number, group in enumerate(path.sasaran)]
    cells = portal.framework.standar_minimum
    references += [(portal.framework_path, ("standar_minimum", n, "kelompok"), c.kelompok)
                   for n, c in enumerate(cells)]
    return _unresolved(references, portal.groups, "kelompok")


def related_terms_exist(portal: Portal) -> Iterator[Finding]:
    """A glossary term refers to terms of the glossary."""
    references: list[Reference] = [
        ("curriculum/glosarium.yml", (number, "lihat", place), other)
        for number, term in enumerate(_terms(portal)) for place, other in enumerate(term.lihat)
    ]
    return _unresolved(references, (term.istilah for term in portal.terms), "istilah")


def origins_exist(portal: Portal) -> Iterator[Finding]:
    """The case that a case replicates exists."""
    references: list[Reference] = [
        (portal.practice_path(name), ("replikasi_dari",), case.origin) for name, case in portal.cases.items()
        if case.origin
    ]
    return _unresolved(references, portal.cases, "praktik", portal.broken["praktik"])


def prerequisites_end(portal: Portal) -> Iterator[Finding]:
    """Prerequisites form no cycle."""
    edges = {name: module.prasyarat for name, module in portal.modules.items()}
    return _cycles(edges, lambda name: f"curriculum/modul/{name}/modul.yml", "prasyarat")


def replications_end(portal: Portal) -> Iterator[Finding]:
    """Replications form no cycle."""
    edges = {name: (case.origin,) for name, case in portal.cases.items() if case.origin}
    return _cycles(edges, portal.practice_path, "replikasi_dari")


def _cycles(edges: Mapping[str, Iterable[str]], path_of: Callable[[str], str],
            field: str) -> Iterator[Finding]:
    """Each cycle once, at its first member in order of name."""
    done: set[str] = set()
    for start in sorted(edges):
        trail: dict[str, Iterator[str]] = {start: iter(edges[start])} if start not in done else {}
        while trail:
            current = next(reversed(trail))
            following = next(trail[current], None)
            if following is None:
                done.add(current)
                trail.popitem()
            elif following in trail:
                names = list(trail)
                yield _cycle(names[names.index(following):], path_of, field)
            elif following in edges and following not in done:
                trail[following] = iter(edges[following])


def _cycle(names: list[str], path_of: Callable[[str], str], field: str) -> Finding:
    first = names.index(min(names))
    ring = names[first:] + names[:first]
    return Finding(path_of(ring[0]), (field,), "error", "lingkaran",
                   f"'{field}' berputar: {' -> '.join([*ring, ring[0]])}",
                   "Hapus salah satu rujukan dalam putaran ini.")


RULES = (
    modules_exist, competences_exist, groups_exist, related_terms_exist, origins_exist, prerequisites_end,
    replications_end,
)
