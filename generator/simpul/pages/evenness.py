"""How evenly the programme reaches: each region, what it has of each link of the chain, its next step."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from simpul.figures.evenness import LINKS, ChainLink, classes, next_step, shade_of
from simpul.figures.peers import links_by_region
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
TITLE = "Pemerataan antardaerah"
MENU = (MenuEntry(TITLE, "pemerataan.html", 9, TRAINING_FRONT,
                  "Apa yang sudah dan belum dimiliki tiap daerah, dan langkah berikutnya."),)
CONDITIONS = (("koneksi", "Menurut koneksi"), ("geografi", "Menurut bentang wilayah"))
Counts = Mapping[str, Sequence[int]]


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`pemerataan.html`."""
    yield lazy("pemerataan.html", KIND, _page, portal)


def _page(portal: Portal) -> Page:
    counts = links_by_region(portal)
    governed = [portal.regions[code] for code in counts]
    real = [region for region in governed if not region.sample]
    shares = {region.code: _share(region, real, counts) for region in real if region.kind == "provinsi"}
    bounds = classes(list(shares.values()))
    view = {
        "links": [{"id": item.id, "name": item.name} for item in LINKS],
        "samples": [_row(item, counts)
                    for item in _ranked([region for region in governed if region.sample], counts)],
        "totals": [_total(item, [counts[region.code][place] for region in real])
                   for place, item in enumerate(LINKS)],
        "conditions": [{"heading": heading, "groups": _groups(portal, key, real, counts)}
                       for key, heading in CONDITIONS],
        "provinces": [_province(portal.regions[code], real, counts, share, bounds)
                      for code, share in shares.items()],
        "keys": _keys(bounds), "columns": COLUMNS, "rows": ROWS,
        "none": sum(not any(counts[region.code]) for region in real), "count": len(real),
    }
    return Page("pemerataan.html", KIND, TITLE,
                "Apa yang sudah dan belum dimiliki tiap daerah; yang belum punya apa pun disebut lebih dulu.",
                view, crumbs=crumbs(TRAINING), facets=Facets("halaman"))


def _ranked(regions: Sequence[Region], counts: Counts) -> list[Region]:
    """Those with the fewest links first, then by code."""
    return sorted(regions, key=lambda region: (sum(map(bool, counts[region.code])), region.code))


def _row(region: Region, counts: Counts) -> dict[str, Any]:
    return link(region.name, f"daerah/{region.code}.html", code=region.code, counts=list(counts[region.code]))


def of_region(portal: Portal, code: str) -> str:
    """A region's next step, or "" where it has no government of its own."""
    counts = links_by_region(portal).get(code)
    return next_step(counts) if counts else ""


def _total(item: ChainLink, values: Sequence[int]) -> dict[str, Any]:
    """How many regions have any of a link, how many have none, and how many there are in all."""
    having = sum(map(bool, values))
    return {"name": item.name, "having": having, "lacking": len(values) - having, "total": sum(values)}


def _groups(portal: Portal, key: str, regions: Sequence[Region], counts: Counts) -> list[dict[str, Any]]:
    """For each condition: regions, and how many have each link. Without a profile: "belum ada data"; nothing
    where that is all.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for region in regions:
        profile = portal.profiles.get(region.code)
        found[(profile and getattr(profile.kondisi, key)) or "belum ada data"].append(region.code)
    return [{"name": name, "regions": len(codes),
             "having": [sum(bool(counts[code][place]) for code in codes) for place in range(len(LINKS))]}
            for name, codes in sorted(found.items())] if len(found) > 1 else []


def _members(province: Region, regions: Sequence[Region]) -> list[Region]:
    return [region for region in regions if region.province == province.code]


def _share(province: Region, regions: Sequence[Region], counts: Counts) -> Fraction:
    """How many links of the chain a province's regions, itself included, have on average."""
    members = _members(province, regions)
    return Fraction(sum(sum(map(bool, counts[region.code])) for region in members), len(members))


def _keys(bounds: Sequence[Fraction]) -> list[str]:
    """What the shades of the map stand for."""
    told = [local_share(bound) for bound in bounds]
    return ["belum ada data", *(f"{'lebih dari ' + low if low else 'di atas 0'} sampai {high}"
                                for low, high in zip(["", *told], told, strict=False))]


def local_share(share: Fraction) -> str:
    """An average with two decimals, rounded up so that it stays a bound."""
    hundredths = -(-share.numerator * 100 // share.denominator)
    return f"{hundredths // 100},{hundredths % 100:02}"


def _province(province: Region, regions: Sequence[Region], counts: Counts, share: Fraction,
              bounds: Sequence[Fraction]) -> dict[str, Any]:
    """A tile, and the rows of a province's regions."""
    members = _members(province, regions)
    active = sum(any(counts[region.code]) for region in members)
    told = f"{active} dari {len(members)} daerah punya data" if active else "belum ada data"
    return tile(province, shade_of(share, bounds), told) | {
        "members": [_row(region, counts) for region in _ranked(members, counts)]}
