"""How evenly the programme reaches: each region, what it has of each link of the chain, its next step."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simpul.figures.evenness import LINKS, ChainLink, five_numbers, next_step, tallies
from simpul.pages.page import (
    TRAINING,
    TRAINING_FRONT,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    crumbs,
    lazy,
    link,
)
from simpul.pages.tiles import COLUMNS, ROWS, tile
from simpul.portal import Portal, Region

RANK = 16
KIND = PageKind("evenness", "pemerataan", TRAINING_FRONT)
MENU = (MenuEntry("Pemerataan", "pemerataan.html", 9, TRAINING_FRONT,
                  "Apa yang sudah dan belum dimiliki tiap daerah, dan langkah berikutnya."),)
CONDITIONS = (("koneksi", "Menurut koneksi"), ("geografi", "Menurut bentang wilayah"))
Counts = Mapping[str, Sequence[int]]


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`pemerataan.html`."""
    yield lazy("pemerataan.html", KIND, _page, portal)


def _page(portal: Portal) -> Page:
    governed = [region for region in portal.regions.values() if region.has_government]
    counts = {region.code: tallies(portal, region.code) for region in governed}
    real = [region for region in governed if not region.sample]
    view = {
        "links": [{"id": item.id, "name": item.name} for item in LINKS],
        "regions": [_row(item, counts) for item in _ranked(real, counts)],
        "samples": [_row(item, counts)
                    for item in _ranked([region for region in governed if region.sample], counts)],
        "quartiles": [_quartiles(item, [counts[region.code][place] for region in real])
                      for place, item in enumerate(LINKS)],
        "conditions": [{"heading": heading, "groups": _groups(portal, key, real, counts)}
                       for key, heading in CONDITIONS],
        "provinces": [_province(region, real, counts) for region in real if region.kind == "provinsi"],
        "columns": COLUMNS, "rows": ROWS,
        "none": sum(not any(counts[region.code]) for region in real), "count": len(real),
    }
    return Page("pemerataan.html", KIND, "Pemerataan",
                "Apa yang sudah dan belum dimiliki tiap daerah, yang belum punya apa pun lebih dulu.", view,
                crumbs=crumbs(TRAINING), facets=Facets("halaman"))


def _ranked(regions: Sequence[Region], counts: Counts) -> list[Region]:
    """Those with the fewest links first, then by code."""
    return sorted(regions, key=lambda region: (sum(map(bool, counts[region.code])), region.code))


def _row(region: Region, counts: Counts) -> dict[str, Any]:
    return link(region.name, f"daerah/{region.code}.html", code=region.code, counts=list(counts[region.code]),
                next=next_step(counts[region.code]))


def of_region(portal: Portal, code: str) -> str:
    """A region's next step."""
    return next_step(tallies(portal, code))


def _quartiles(item: ChainLink, values: Sequence[int]) -> dict[str, Any]:
    """How many of a link the regions have, how many have any, and how many there are in all."""
    return {"name": item.name, "cuts": [f"{cut:g}" for cut in five_numbers(values)],
            "having": sum(map(bool, values)), "total": sum(values)}


def _groups(portal: Portal, key: str, regions: Sequence[Region], counts: Counts) -> list[dict[str, Any]]:
    """For each condition: regions, and how many have each link. Without a profile: "belum ada data"."""
    found: dict[str, list[str]] = defaultdict(list)
    for region in regions:
        profile = portal.profiles.get(region.code)
        found[(profile and getattr(profile.kondisi, key)) or "belum ada data"].append(region.code)
    return [{"name": name, "regions": len(codes),
             "having": [sum(bool(counts[code][place]) for code in codes) for place in range(len(LINKS))]}
            for name, codes in sorted(found.items())]


def _province(province: Region, regions: Sequence[Region], counts: Counts) -> dict[str, Any]:
    """A tile: how many of a province's regions, itself included, have anything."""
    codes = [region.code for region in regions if region.province == province.code]
    active = sum(any(counts[code]) for code in codes)
    shade = 0 if not active else 1 if active * 4 <= len(codes) else 2 if active * 4 <= len(codes) * 3 else 3
    told = f"{active} dari {len(codes)} daerah" if active else "belum ada data"
    return tile(province, shade, told)
