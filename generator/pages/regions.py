"""Regions: the tiles, provinces, and every kabupaten and kota."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from generator.pages import adaptations, centres, experts, needs, shortage
from generator.pages.page import LISTED, Facets, Page, crumbs, link, oldest_first, with_newest
from generator.portal import Portal, Region

REGIONS = ("Daerah", "daerah/index.html")

# A map of tiles, not of land: (column, row) of each province on a grid of 13 x 7.
TILES = {
    "11": (1, 1), "12": (2, 1), "13": (1, 2), "14": (2, 2), "21": (3, 2), "17": (1, 3), "15": (2, 3), "16": (3, 3),
    "19": (4, 3), "18": (3, 4), "36": (3, 5), "31": (4, 5), "32": (4, 6), "33": (5, 6), "34": (5, 7), "35": (6, 6),
    "51": (7, 7), "52": (8, 7), "53": (9, 7), "61": (5, 2), "62": (6, 3), "63": (7, 3), "64": (7, 2), "65": (7, 1),
    "71": (10, 1), "75": (9, 2), "72": (9, 3), "76": (8, 4), "73": (9, 4), "74": (10, 4), "82": (11, 2), "81": (11, 4),
    "96": (12, 2), "92": (12, 3), "94": (13, 4), "91": (13, 3), "95": (12, 4), "93": (13, 5),
}
# The usual short names, for the narrow tiles only.
SHORT = {
    "11": "Aceh", "12": "Sumut", "13": "Sumbar", "14": "Riau", "15": "Jambi", "16": "Sumsel", "17": "Bengkulu", "18": "Lampung",
    "19": "Babel", "21": "Kepri", "31": "Jakarta", "32": "Jabar", "33": "Jateng", "34": "DIY", "35": "Jatim", "36": "Banten",
    "51": "Bali", "52": "NTB", "53": "NTT", "61": "Kalbar", "62": "Kalteng", "63": "Kalsel", "64": "Kaltim", "65": "Kaltara",
    "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra", "75": "Gorontalo", "76": "Sulbar", "81": "Maluku",
    "82": "Malut", "91": "Papua", "92": "Pabar", "93": "Pasel", "94": "Pateng", "95": "Papeg", "96": "PBD",
}


def pages(portal: Portal) -> Iterator[Page]:
    """`daerah/index.html`, and one page for each province, kabupaten and kota."""
    inside = _inside(portal)
    yield _index(portal, inside)
    for region in portal.regions.values():
        yield _province(portal, region, inside[region.code]) if region.kind == "provinsi" else _region(portal, region)


def _inside(portal: Portal) -> dict[str, list[Region]]:
    found: dict[str, list[Region]] = defaultdict(list)
    for region in portal.regions.values():
        if region.kind != "provinsi":
            found[region.province].append(region)
    return found


def _practices(portal: Portal, codes: list[str]) -> int:
    return sum(len(portal.practices_by_region.get(code, ())) for code in codes)


def _index(portal: Portal, inside: dict[str, list[Region]]) -> Page:
    provinces = [region for region in portal.regions.values() if region.kind == "provinsi"]
    rows = [_tile(portal, province, inside[province.code]) for province in provinces]
    view = {"provinces": [row for row in rows if not row["sample"]], "samples": [row for row in rows if row["sample"]],
            "columns": 13, "rows": 7}
    return Page("daerah/index.html", "region_list", "Daerah", "Semua provinsi, kabupaten, dan kota dengan praktik baiknya.",
                view, crumbs=crumbs(), facets=Facets("halaman"))


def _tile(portal: Portal, province: Region, members: list[Region]) -> dict[str, Any]:
    column, row = TILES.get(province.code, (0, 0))
    codes = [province.code, *(region.code for region in members)]
    return link(province.name, f"daerah/{province.code}.html", code=province.code, column=column, row=row,
                short=SHORT.get(province.code, ""),
                regencies=sum(region.kind == "kabupaten" for region in members),
                cities=sum(region.kind == "kota" for region in members), practices=_practices(portal, codes),
                active=sum(_practices(portal, [code]) > 0 for code in codes), sample=province.sample)


def _profile(portal: Portal, code: str) -> dict[str, Any] | None:
    profile = portal.profiles.get(code)
    return profile.model_dump() if profile else None


def _province(portal: Portal, province: Region, members: list[Region]) -> Page:
    names = [name for code in (province.code, *(r.code for r in members)) for name in portal.practices_by_region.get(code, ())]
    view = {
        "code": province.code, "kind": province.kind, "profile": _profile(portal, province.code), "government": True,
        **_training(portal, province.code),
        "members": [link(region.name, f"daerah/{region.code}.html", code=region.code, kind=region.kind,
                         government=region.has_government, practices=_practices(portal, [region.code])) for region in members],
        "count": len(names),
        "more": f"praktik/provinsi/{province.code}.html" if len(names) > LISTED else "",
    }
    return Page(f"daerah/{province.code}.html", "province", f"Provinsi {province.name}",
                f"Praktik baik dan daerah di Provinsi {province.name}.",
                with_newest(portal, oldest_first(portal, names), LISTED, view), source=_source(portal, province.code),
                crumbs=crumbs(REGIONS), sample=province.sample, facets=Facets("daerah", province.code, province.name))


def _region(portal: Portal, region: Region) -> Page:
    province = portal.regions[region.province]
    names = oldest_first(portal, portal.practices_by_region.get(region.code, ()))
    view = {
        "code": region.code, "kind": region.kind, "province": link(province.name, f"daerah/{province.code}.html"),
        "government": region.has_government, "profile": _profile(portal, region.code),
        **_training(portal, region.code), "count": len(names),
        "more": f"praktik/daerah/{region.code}.html" if len(names) > LISTED else "",
    }
    trail = crumbs(REGIONS, (province.name, f"daerah/{province.code}.html"))
    return Page(f"daerah/{region.code}.html", "region", region.name, f"Praktik baik dari {region.name}, {province.name}.",
                with_newest(portal, names, LISTED, view), source=_source(portal, region.code), crumbs=trail, sample=region.sample,
                facets=Facets("daerah", region.code, region.name))


def _training(portal: Portal, code: str) -> dict[str, Any]:
    """What a region asks for and trains with."""
    return {"needs": needs.of_region(portal, code), "adaptations": adaptations.of_region(portal, code),
            "centres": centres.of_region(portal, code), "experts": experts.of_region(portal, code),
            "gaps": shortage.of_region(portal, code)}


def _source(portal: Portal, code: str) -> str:
    path = portal.profile_path(code)
    return path if path in portal.entries else ""
