"""Regions: the tiles, provinces, and every kabupaten and kota."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simpul.addresses import case_url
from simpul.figures.peers import links_by_region
from simpul.pages import (
    adaptations,
    centres,
    chain,
    evenness,
    experts,
    monitoring,
    needs,
    peers,
    pointers,
    schedules,
    shortage,
)
from simpul.pages.page import (
    LISTED,
    Facets,
    LazyPage,
    MenuEntry,
    Page,
    PageKind,
    View,
    crumbs,
    lazy,
    link,
    newest,
)
from simpul.pages.tiles import COLUMNS, ROWS, tile
from simpul.portal import Portal, Region, once
from simpul.runtime.lazy import Shared

RANK = 6
FRONT = "daerah/index.html"
MENU = (MenuEntry("Daerah", FRONT, 6),)
INDEX = PageKind("region_list", "daftar daerah", FRONT)
SPOKEN = ("profile", "needs", "centres", "experts")
PROVINCE = PageKind("province", "provinsi", FRONT, spoken=SPOKEN)
REGION = PageKind("region", "kabupaten/kota", FRONT, spoken=SPOKEN)
REGIONS = ("Daerah", FRONT)


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`daerah/index.html`, and one page for each province, kabupaten and kota."""
    yield lazy(FRONT, INDEX, _index, portal)
    for region in portal.regions.values():
        kind, collect = (PROVINCE, _province) if region.kind == "provinsi" else (REGION, _region)
        yield lazy(f"daerah/{region.code}.html", kind, collect, portal, region,
                   source=_source(portal, region.code))


@once
def _inside(portal: Portal) -> Mapping[str, list[Region]]:
    """Regencies and cities by province."""
    found: dict[str, list[Region]] = defaultdict(list)
    for region in portal.regions.values():
        if region.kind != "provinsi":
            found[region.province].append(region)
    return found


def _practices(portal: Portal, codes: list[str]) -> int:
    return sum(len(portal.cases_by.region.get(code, ())) for code in codes)


def _index(portal: Portal) -> Page:
    provinces = [region for region in portal.regions.values() if region.kind == "provinsi"]
    rows = [_tile(portal, province, _inside(portal)[province.code]) for province in provinces]
    view = {"provinces": [row for row in rows if not row["sample"]],
            "samples": [row for row in rows if row["sample"]], "columns": COLUMNS, "rows": ROWS}
    return Page(FRONT, INDEX, "Daerah",
                "Semua provinsi, kabupaten, dan kota dengan praktik baiknya.", view,
                crumbs=crumbs(), facets=Facets("halaman"))


def _tile(portal: Portal, province: Region, members: list[Region]) -> dict[str, Any]:
    codes = [province.code, *(region.code for region in members)]
    practices = _practices(portal, codes)
    shade = 0 if not practices else 1 if practices < 5 else 2 if practices < 20 else 3
    return tile(province, shade, f"{practices} praktik" if practices else "belum ada data") | {
        "regencies": sum(region.kind == "kabupaten" for region in members),
        "cities": sum(region.kind == "kota" for region in members), "practices": practices,
        "sample": province.sample,
    }


def _profile(portal: Portal, code: str) -> dict[str, Any] | None:
    profile = portal.profiles.get(code)
    return profile.model_dump() if profile else None


def _province(portal: Portal, province: Region) -> Page:
    names = portal.cases_by.province.get(province.code, ())
    view = {
        "code": province.code, "kind": province.kind, "profile": _profile(portal, province.code),
        "government": True, **_training(portal, province),
        "members": [link(region.name, f"daerah/{region.code}.html", code=region.code, kind=region.kind,
                         government=region.has_government, practices=_practices(portal, [region.code]))
                    for region in _inside(portal)[province.code]],
        "count": len(names),
        "more": f"praktik/provinsi/{province.code}.html" if len(names) > LISTED else "",
    }
    return Page(f"daerah/{province.code}.html", PROVINCE, f"Provinsi {province.name}",
                f"Praktik baik dan daerah di Provinsi {province.name}.", view,
                source=_source(portal, province.code), crumbs=crumbs(REGIONS), sample=province.sample,
                facets=_facets(portal, province, view),
                shared=_shared(portal, province, names))


def _region(portal: Portal, region: Region) -> Page:
    province = portal.regions[region.province]
    names = portal.cases_by.region.get(region.code, ())
    view = {
        "code": region.code, "kind": region.kind,
        "province": link(province.name, f"daerah/{province.code}.html"), "government": region.has_government,
        "profile": _profile(portal, region.code), **_training(portal, region), "count": len(names),
        "more": f"praktik/daerah/{region.code}.html" if len(names) > LISTED else "",
    }
    trail = crumbs(REGIONS, (province.name, f"daerah/{province.code}.html"))
    return Page(f"daerah/{region.code}.html", REGION, region.name,
                f"Praktik baik dari {region.name}, {province.name}.", view,
                source=_source(portal, region.code), crumbs=trail, sample=region.sample,
                facets=_facets(portal, region, view),
                shared=_shared(portal, region, names))


def _shared(portal: Portal, region: Region, names: Sequence[str]) -> dict[str, list[Shared]]:
    """Its own cases, and some of regions like it."""
    alike = peers.cases(portal, region.code) if region.has_government else []
    return {"practices": newest(portal, names, LISTED), "theirs": alike}


@once
def _paths(portal: Portal) -> list[dict[str, Any]]:
    """The paths, as a way to begin."""
    return [link(path.judul, f"jalur/{name}.html") for name, path in portal.paths.items()]


@once
def _example(portal: Portal) -> dict[str, Any] | None:
    """A sample case, if there is one."""
    names = (name for name in portal.oldest_cases if portal.cases[name].sample)
    return next((link(portal.cases[name].title, case_url(name)) for name in names), None)


def _facets(portal: Portal, region: Region, view: View) -> Facets:
    """A region that has told nothing of itself is found by its name: its page has no other words of its own,
    and its cases are found by themselves.
    """
    own = any(expert["own"] for expert in view["experts"])
    sent = own or any(view[part] for part in ("profile", "needs", "adaptations", "centres", "records"))
    return Facets("daerah", region.code, region.name, named=not sent)


def _training(portal: Portal, region: Region) -> dict[str, Any]:
    """What a region asks for and trains with, and the regions like it."""
    code, ruled = region.code, region.has_government
    return {"peers": peers.of_region(portal, region) if ruled else None,
            "nearest": peers.nearest(portal, region), "example": _example(portal),
            "begins": ruled and not any(links_by_region(portal)[code]), "paths": _paths(portal),
            "mine": _mine(portal, region) if ruled else None,
            "needs": needs.of_region(portal, code), "adaptations": adaptations.of_region(portal, code),
            "centres": centres.of_region(portal, code), "experts": experts.of_region(portal, code),
            "gaps": shortage.of_region(portal, code),
            "records": [*filter(None, (schedules.of_region(portal, code),
                                       monitoring.of_region(portal, code)))],
            "pointers": pointers.of_region(portal, code),
            "chain": chain.of_region(portal, code), "next": evenness.of_region(portal, code)}


def _mine(portal: Portal, region: Region) -> dict[str, Any]:
    """What a reader's device keeps of a region that is chosen as one's own."""
    code = region.code
    found = [schedules.of_region(portal, code), monitoring.of_region(portal, code)]
    links = [[item["title"], item["url"]] for item in found if item]
    if url := chain.of_region(portal, code):
        links.append(["Rantai kebutuhan", url])
    if alike := peers.same_condition(portal, code):
        links.append(["Praktik dari daerah serupa", alike])
    return {"kode": code, "nama": region.name, "tautan": links, "serupa": peers.codes(portal, code)}


def _source(portal: Portal, code: str) -> str:
    path = portal.profile_path(code)
    return path if path in portal.entries else ""
