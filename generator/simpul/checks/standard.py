"""Rules about the standard: levels, the national minimum, and what paths and modules reach."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from simpul.portal import Portal
from simpul.problems import Finding, one_of

K = TypeVar("K", bound=Hashable)


def levels_exist(portal: Portal) -> Iterator[Finding]:
    """A taught, targeted or minimum level is one of the framework's, and has indicators."""
    targets = [
        (f"curriculum/modul/{name}/modul.yml", ("mengajarkan", number, "tingkat"), target.kompetensi,
         target.tingkat)
        for name, module in portal.modules.items() for number, target in enumerate(module.mengajarkan)
    ] + [
        (f"curriculum/jalur/{name}.yml", ("target", number, "tingkat"), target.kompetensi, target.tingkat)
        for name, path in portal.paths.items() for number, target in enumerate(path.target)
    ] + [
        (portal.framework_path, ("standar_minimum", number, "tingkat"), cell.kompetensi, cell.tingkat)
        for number, cell in enumerate(portal.framework.standar_minimum if portal.framework else ())
    ]
    for path, location, code, level in targets:
        if portal.framework and level not in portal.levels:
            yield Finding(path, location, "error", "tingkat", f"tingkat '{level}' tidak ada di kerangka",
                          one_of(level, portal.levels))
        elif code in portal.competences and level not in portal.competences[code].indikator:
            yield Finding(path, location, "warning", "tanpa-indikator",
                          f"kompetensi {code} belum punya indikator tingkat {level}",
                          "Tambahkan indikatornya di kerangka.")


def codes_are_unique(portal: Portal) -> Iterator[Finding]:
    """No competence, cell of the minimum, service or term stands twice."""
    if portal.framework:
        codes = [competence.kode for area in portal.framework.bidang for competence in area.kompetensi]
        for code in _twice(codes):
            yield Finding(portal.framework_path, ("bidang",), "error", "ganda",
                          f"kompetensi {code} tertulis dua kali", "Hapus salah satunya.")
        cells = [(cell.kelompok, cell.kompetensi) for cell in portal.framework.standar_minimum]
        for group, code in _twice(cells):
            yield Finding(portal.framework_path, ("standar_minimum",), "error", "ganda",
                          f"standar minimum {group} untuk {code} tertulis dua kali", "Hapus salah satunya.")
    for name in _twice([service.id for service in portal.services]):
        yield Finding("curriculum/layanan.yml", 1, "error", "ganda", f"layanan '{name}' tertulis dua kali",
                      "Hapus salah satunya.")
    for name in _twice([term.istilah.casefold() for term in portal.terms]):
        yield Finding("curriculum/glosarium.yml", 1, "error", "ganda", f"istilah '{name}' tertulis dua kali",
                      "Hapus salah satunya.")


def folders_have_one_owner(portal: Portal) -> Iterator[Finding]:
    """One folder, one owner."""
    for folder in _twice([owner.folder for owner in portal.owners]):
        yield Finding("curriculum/pemilik.yml", 1, "error", "ganda", f"folder '{folder}' punya dua pemilik",
                      "Hapus salah satunya.")


def _twice(values: Iterable[K]) -> list[K]:
    return [value for value, times in Counter(values).items() if times > 1]


def minimum_is_taught(portal: Portal) -> Iterator[Finding]:
    """Every cell of the national minimum is taught by some module, at that level."""
    gaps: dict[tuple[str, str], int] = {}
    if portal.broken["modul"]:
        return  # a broken module may teach what seems to be missing
    for number, cell in enumerate(portal.framework.standar_minimum if portal.framework else ()):
        if (cell.kompetensi, cell.tingkat) not in portal.teaching:
            gaps.setdefault((cell.kompetensi, cell.tingkat), number)
    for (code, level), number in gaps.items():
        yield Finding(portal.framework_path, ("standar_minimum", number), "warning", "celah",
                      f"belum ada modul untuk kompetensi {code} tingkat {level}",
                      "Celah ini ditampilkan di halaman standar sampai ada modulnya.")


def paths_reach_targets(portal: Portal) -> Iterator[Finding]:
    """A path's modules teach what the path promises, at that level or above."""
    for name, path in portal.paths.items():
        if any(step.modul not in portal.modules for step in path.langkah):
            continue  # told already, and what it teaches is not known
        reached = {
            (target.kompetensi, target.tingkat)
            for step in path.langkah
            for target in portal.modules[step.modul].mengajarkan
        }
        for number, goal in enumerate(path.target):
            if not any(code == goal.kompetensi and level >= goal.tingkat for code, level in reached):
                yield Finding(f"curriculum/jalur/{name}.yml", ("target", number), "error", "target-jalur",
                              f"tidak ada langkah yang mengajarkan kompetensi {goal.kompetensi} "
                              f"tingkat {goal.tingkat}",
                              "Tambahkan modulnya pada 'langkah', atau hapus target ini.")


def paths_keep_order(portal: Portal) -> Iterator[Finding]:
    """In a path, a prerequisite comes before the module that needs it."""
    for name, path in portal.paths.items():
        order = [step.modul for step in path.langkah]
        for number, module in enumerate(order):
            needed = portal.modules[module].prasyarat if module in portal.modules else ()
            for other in needed:
                if other in order[number + 1:]:
                    yield Finding(f"curriculum/jalur/{name}.yml", ("langkah", number), "warning",
                                  "urutan-jalur", f"'{module}' memerlukan '{other}', "
                                  "yang baru muncul sesudahnya", "Tukar urutannya.")


RULES = (levels_exist, codes_are_unique, folders_have_one_owner, minimum_is_taught, paths_reach_targets,
         paths_keep_order)
