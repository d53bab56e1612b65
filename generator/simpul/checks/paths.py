"""Rules about learning paths: their order, what they reach and when, and how much a year of them takes."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_UP

from simpul import model
from simpul.figures.paths import YEARS, hours, minutes_of, year_reached
from simpul.portal import Portal
from simpul.problems import Finding

CORE_FEWEST, CORE_MOST = 6, 9
"""Modules of a core: fewer reach no minimum, more do not fit the first hundred days beside the work."""


def _path(name: str) -> str:
    return f"curriculum/jalur/{name}.yml"


def _known(portal: Portal) -> Iterator[tuple[str, model.LearningPath]]:
    """Paths whose modules are all there; what is missing is told already, and what it teaches not known."""
    for name, path in portal.paths.items():
        if all(step.modul in portal.modules for step in path.langkah):
            yield name, path


def paths_reach_targets(portal: Portal) -> Iterator[Finding]:
    """A path's modules teach what the path promises, at that level or above."""
    for name, path in _known(portal):
        reached = {
            (target.kompetensi, target.tingkat)
            for step in path.langkah
            for target in portal.modules[step.modul].mengajarkan
        }
        for number, goal in enumerate(path.target):
            if not any(code == goal.kompetensi and level >= goal.tingkat for code, level in reached):
                yield Finding(_path(name), ("target", number), "error", "target-jalur",
                              f"tidak ada langkah yang mengajarkan kompetensi {goal.kompetensi} "
                              f"tingkat {goal.tingkat}",
                              "Tambahkan modulnya pada 'langkah', atau hapus target ini.")


def paths_keep_order(portal: Portal) -> Iterator[Finding]:
    """In a path, a prerequisite comes before the module that needs it."""
    for name, path in portal.paths.items():
        order = [step.modul for step in path.order]
        for place, step in enumerate(path.order):
            needed = portal.modules[step.modul].prasyarat if step.modul in portal.modules else ()
            for other in [name for name in needed if name not in order[:place]]:
                where = ("langkah", path.langkah.index(step))
                if other in order:
                    yield Finding(_path(name), where, "warning", "urutan-jalur",
                                  f"'{step.modul}' memerlukan '{other}', yang baru muncul sesudahnya",
                                  "Tukar urutannya.")
                elif other in portal.modules:
                    yield Finding(_path(name), where, "warning", "urutan-jalur",
                                  f"'{step.modul}' memerlukan '{other}', yang tidak ada di jalur ini",
                                  f"Tambahkan langkah '{other}' sebelumnya.")


def steps_are_single(portal: Portal) -> Iterator[Finding]:
    """A module is one step of a path: who has learned it need not come back."""
    for name, path in portal.paths.items():
        first: set[str] = set()
        for number, step in enumerate(path.langkah):
            if step.modul in first:
                yield Finding(_path(name), ("langkah", number), "error", "ganda",
                              f"modul '{step.modul}' sudah menjadi langkah jalur ini", "Hapus salah satunya.")
            first.add(step.modul)


def years_fit(portal: Portal) -> Iterator[Finding]:
    """What a year of a path requires fits in the hours of learning that a year has."""
    most = portal.settings.jp_per_tahun
    for name, path in portal.paths.items():
        for year in YEARS:
            steps = path.required(year)
            minutes = minutes_of(portal, steps)
            if minutes > most * portal.settings.menit_per_jp:
                total = format(hours(portal, minutes, ROUND_UP), "f").replace(".", ",")
                yield Finding(_path(name), ("langkah", path.langkah.index(steps[-1])), "error", "jp-setahun",
                              f"langkah wajib tahun {year} berjumlah {total} JP, "
                              f"lebih dari {most} JP setahun",
                              "Pindahkan sebagian ke tahun lain dengan 'tahun', atau jadikan pilihan dengan "
                              "'wajib: \"tidak\"'.")


def cores_have_a_size(portal: Portal) -> Iterator[Finding]:
    """The core of a group's path is six to nine modules; fewer only where there are no six for the group."""
    for name, path in portal.paths.items():
        modules = len(path.required("1"))
        few = modules < CORE_FEWEST <= sum(_suits(module, path) for module in portal.modules.values())
        if path.sasaran and (few or modules > CORE_MOST):
            yield Finding(_path(name), ("langkah",), "warning", "ukuran-inti",
                          f"inti jalur ini {modules} modul; untuk seratus hari pertama sebaiknya "
                          f"{CORE_FEWEST} sampai {CORE_MOST}",
                          "Inti adalah langkah wajib tahun 1; atur dengan 'tahun' dan 'wajib'.")


def _suits(module: model.Module, path: model.LearningPath) -> bool:
    return module.siklus != "dicabut" and (not module.sasaran or {*path.sasaran} <= {*module.sasaran})


def modules_are_for_the_group(portal: Portal) -> Iterator[Finding]:
    """A path uses no module that is meant for other groups."""
    for name, path in portal.paths.items():
        for number, step in enumerate(path.langkah):
            module = portal.modules.get(step.modul)
            if module is None or not module.sasaran or not portal.groups.keys() >= {*module.sasaran}:
                continue  # for everybody, or for whom is not known
            for group in [group for group in path.sasaran
                          if group in portal.groups and group not in module.sasaran]:
                yield Finding(_path(name), ("langkah", number), "error", "sasaran-modul",
                              f"modul '{step.modul}' tidak ditujukan bagi kelompok '{group}'",
                              f"Ganti langkah ini, atau tambahkan '{group}' pada 'sasaran' di "
                              f"curriculum/modul/{step.modul}/modul.yml bila isinya cocok.")


def minimum_is_reached_in_time(portal: Portal) -> Iterator[Finding]:
    """What a group has to reach by a year is taught by the required steps of its paths up to that year."""
    for name, path in _known(portal):
        for group in path.sasaran:
            late = _late(portal, path, group)
            for year in sorted(late):
                yield Finding(_path(name), ("langkah",), "error", "tenggat-jalur",
                              f"langkah wajib sampai tahun {year} belum mengajarkan yang harus dicapai "
                              f"'{group}': {', '.join(late[year])}",
                              "Tambahkan modulnya sebagai langkah wajib, majukan 'tahun' langkahnya, "
                              f"atau tunda 'tenggat' di {portal.framework_path}.")


def _late(portal: Portal, path: model.LearningPath, group: str) -> dict[str, list[str]]:
    """What required steps do not teach in time, by the year it is due in; what no module teaches is told
    of the standard.
    """
    late = defaultdict[str, list[str]](list)
    for cell in portal.framework.standar_minimum if portal.framework else ():
        if cell.kelompok == group and (cell.kompetensi, cell.tingkat) in portal.teaching:
            year = year_reached(portal, path, cell.kompetensi, cell.tingkat)
            if not year or year > cell.year:
                late[cell.year].append(f"{cell.kompetensi} tingkat {cell.tingkat}")
    return late


RULES = (paths_reach_targets, paths_keep_order, steps_are_single, years_fit, cores_have_a_size,
         modules_are_for_the_group, minimum_is_reached_in_time)
