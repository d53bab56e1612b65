"""What is due for review: cases that nobody confirmed for a year, modules past their date."""

from collections.abc import Iterator
from typing import NamedTuple

from simpul.figures.currency import overdue
from simpul.portal import Portal

CENTRE = "pusat"


class Due(NamedTuple):
    """One thing to look at again: its region ("pusat" for what the centre owns), its file, since when."""

    region: str
    path: str
    title: str
    told: str


def due(portal: Portal) -> list[Due]:
    """Everything due on the day of the portal, by region, the longest waiting first."""
    found = [*_modules(portal), *_practices(portal)]
    return sorted(found, key=lambda item: (item.region != CENTRE, item.region, item.told, item.path))


def _practices(portal: Portal) -> Iterator[Due]:
    for name, case in portal.cases.items():
        if case.status == "berhenti" and case.verified:
            continue  # it ended, and that was confirmed
        if not case.verified or overdue(portal, case):
            told = f"terakhir dipastikan {case.verified}" if case.verified else "belum pernah dipastikan"
            yield Due(name.partition("/")[0], portal.practice_path(name), case.title, told)


def _modules(portal: Portal) -> Iterator[Due]:
    for name, module in portal.modules.items():
        if module.tinjau_sebelum < portal.as_of:
            told = f"seharusnya ditinjau sebelum {module.tinjau_sebelum}"
            yield Due(CENTRE, f"curriculum/modul/{name}/modul.yml", module.judul, told)


def as_table(portal: Portal, found: list[Due]) -> str:
    """The list with a line for each region."""
    if not found:
        return "Tidak ada yang perlu ditinjau."
    lines: list[str] = []
    for number, item in enumerate(found):
        if not number or found[number - 1].region != item.region:
            lines.append(region_title(portal, item.region))
        lines.append(f"  {item.path}: {item.title}, {item.told}")
    return "\n".join([*lines, f"{len(found)} perlu ditinjau."])


def region_title(portal: Portal, code: str) -> str:
    """`73.71 Kota Makassar`."""
    return "Kurikulum pusat" if code == CENTRE else f"{code} {portal.region_name(code)}"
