"""Rules about the standard: levels, the national minimum, and whether modules and paths are there for it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise
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
        cells = [(cell.kelompok, cell.kompetensi, cell.tingkat) for cell in portal.framework.standar_minimum]
        for group, code, level in _twice(cells):
            yield Finding(portal.framework_path, ("standar_minimum",), "error", "ganda",
                          f"standar minimum {group} untuk {code} tingkat {level} tertulis dua kali",
                          "Hapus salah satunya.")
    for name in _twice([service.id for service in portal.services]):
        yield Finding("curriculum/layanan.yml", 1, "error", "ganda", f"layanan '{name}' tertulis dua kali",
                      "Hapus salah satunya.")
    for name in _twice([term.istilah.casefold() for term in portal.terms]):
        yield Finding("curriculum/glosarium.yml", 1, "error", "ganda", f"istilah '{name}' tertulis dua kali",
                      "Hapus salah satunya.")


def higher_levels_are_due_later(portal: Portal) -> Iterator[Finding]:
    """Of two levels of a competence that a group has to reach, the higher one is due later."""
    cells = list(enumerate(portal.framework.standar_minimum)) if portal.framework else []
    cells.sort(key=lambda item: (item[1].kelompok, item[1].kompetensi, item[1].tingkat))
    for (_, lower), (number, cell) in pairwise(cells):
        same = (lower.kelompok, lower.kompetensi) == (cell.kelompok, cell.kompetensi)
        if same and lower.tingkat < cell.tingkat and cell.due <= lower.due:
            yield Finding(portal.framework_path, ("standar_minimum", number, "tenggat"), "error", "tenggat",
                          f"tenggat {cell.kelompok} untuk {cell.kompetensi} tingkat {cell.tingkat} "
                          f"tidak sesudah tenggat tingkat {lower.tingkat}",
                          f"Tunda 'tenggat' tingkat {cell.tingkat}, atau hapus baris tingkat "
                          f"{lower.tingkat}: yang mencapai tingkat lebih tinggi sudah mencapainya.")


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


def groups_have_a_path(portal: Portal) -> Iterator[Finding]:
    """Each group of civil servants has a path that leads it through its minimum."""
    if portal.framework is None or portal.broken["jalur"]:
        return  # a broken path may be the one that seems to be missing
    served = {group for path in portal.paths.values() for group in path.sasaran}
    for number, group in enumerate(portal.framework.kelompok):
        if group.id not in served:
            yield Finding(portal.framework_path, ("kelompok", number), "warning", "tanpa-jalur",
                          f"kelompok '{group.id}' belum punya jalur belajar",
                          f"Buat jalur di curriculum/jalur/ dengan 'sasaran: [{group.id}]'.")


RULES = (levels_exist, codes_are_unique, higher_levels_are_due_later, folders_have_one_owner,
         minimum_is_taught, groups_have_a_path)
