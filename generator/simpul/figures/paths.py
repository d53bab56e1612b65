"""Learning paths: how long their steps take, and when they reach what; the highest minimum of each group."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from simpul import model
from simpul.portal import Portal, once

YEARS = ("1", "2", "3")
"""Of learning; what is required in the first is the core."""


def hours(portal: Portal, minutes: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Learning hours (JP), to a tenth."""
    return (Decimal(minutes) / portal.settings.menit_per_jp).quantize(Decimal("0.1"), rounding).normalize()


def minutes_of(portal: Portal, steps: Iterable[model.Step]) -> int:
    """Minutes of theory and practice; modules that are not there take none."""
    modules = (portal.modules[step.modul] for step in steps if step.modul in portal.modules)
    return sum(module.menit.teori + module.menit.praktik for module in modules)


def year_reached(portal: Portal, path: model.LearningPath, code: str, level: str) -> str:
    """The year in which required steps first teach a competence at that level or above; "" if none does."""
    teaching = {name for (taught, at), names in portal.teaching.items() if taught == code and at >= level
                for name in names}
    return min((step.tahun for step in path.required() if step.modul in teaching), default="")


@once
def highest_minimum(portal: Portal) -> Mapping[tuple[str, str], model.Minimum]:
    """By group and competence, the cell of the minimum with the highest level."""
    cells = portal.framework.standar_minimum if portal.framework else ()
    found: dict[tuple[str, str], model.Minimum] = {}
    for cell in cells:
        key = cell.kelompok, cell.kompetensi
        if key not in found or cell.tingkat > found[key].tingkat:
            found[key] = cell
    return found


@once
def core_levels(portal: Portal) -> Mapping[tuple[str, str], str]:
    """By group and competence, the level that belongs to the core."""
    cells = portal.framework.standar_minimum if portal.framework else ()
    return {(cell.kelompok, cell.kompetensi): cell.tingkat for cell in cells if cell.core}
