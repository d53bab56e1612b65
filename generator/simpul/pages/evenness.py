"""How evenly the programme reaches: every region, what it has of each link of the chain, and its next step."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import quantiles
from typing import Any, NamedTuple

from simpul.pages.page import TRAINING, Facets, Page, crumbs, link
from simpul.pages.tiles import COLUMNS, ROWS, tile
from simpul.portal import Portal, Region


class Link(NamedTuple):
    """One link of the chain: its id, its name, how many of it a region has, and what to do where there is none."""

    id: str
    name: str
    tally: Callable[[Portal, str], int]
    next: str


LINKS = (
    Link("kebutuhan", "Kebutuhan", lambda portal, code: len(portal.needs.get(code, ())),
         "Tanyakan kebutuhan ASN, lalu tulis kebutuhan.yml."),
    Link("tanggapan", "Tanggapan", lambda portal, code: sum(not need.waiting for need in portal.needs.get(code, ())),
         "Minta tanggapan atas kebutuhan yang menunggu."),
    Link("pusat", "Pusat", lambda portal, code: len(portal.centres.get(code, ())), "Daftarkan satu tempat belajar di pusat.yml."),
    Link("ahli", "Ahli", lambda portal, code: len(portal.experts_for(code)),
         "Ajak satu ahli dan catat persetujuannya di ahli.yml."),
    Link("penyesuaian", "Penyesuaian", lambda portal, code: len(portal.adaptations_by_region.get(code, ())),
         "Sesuaikan satu modul dengan contoh dari kantor sendiri."),
    Link("sesi", "Sesi", lambda portal, code: len(portal.schedules[code].sesi) if code in portal.schedules else 0,
         "Jadwalkan satu sesi di luar jam layanan."),
    Link("praktik", "Praktik", lambda portal, code: len(portal.cases_by.region.get(code, ())),
         "Tuliskan satu praktik, termasuk yang tidak berhasil."),
    Link("pemantauan", "Pemantauan", lambda portal, code: len({row.unit_layanan for row in portal.reports.get(code, ())}),
         "Kirim satu baris pemantauan untuk satu unit layanan."),
)
DONE = "Bagikan pengalaman kepada daerah dengan kondisi serupa."
CONDITIONS = (("koneksi", "Menurut koneksi"), ("geografi", "Menurut bentang wilayah"))
Counts = Mapping[str, Sequence[int]]


def pages(portal: Portal) -> Iterator[Page]:
    """`pemerataan.html`."""
    governed = [region for region in portal.regions.values() if region.has_government]
    counts = {region.code: [item.tally(portal, region.code) for item in LINKS] for region in governed}
    real = [region for region in governed if not region.sample]
    view = {
        "links": [{"id": item.id, "name": item.name} for item in LINKS],
        "regions": [_row(item, counts) for item in _ranked(real, counts)],
        "samples": [_row(item, counts) for item in _ranked([region for region in governed if region.sample], counts)],
        "quartiles": [_quartiles(item, [counts[region.code][place] for region in real]) for place, item in enumerate(LINKS)],
        "conditions": [{"heading": heading, "groups": _groups(portal, key, real, counts)} for key, heading in CONDITIONS],
        "provinces": [_province(region, real, counts) for region in real if region.kind == "provinsi"],
        "columns": COLUMNS, "rows": ROWS,
        "none": sum(not any(counts[region.code]) for region in real), "count": len(real),
    }
    yield Page("pemerataan.html", "evenness", "Pemerataan",
               "Apa yang sudah dan belum dimiliki tiap daerah, yang belum punya apa pun lebih dulu.", view,
               crumbs=crumbs(TRAINING), facets=Facets("halaman"))


def _ranked(regions: Sequence[Region], counts: Counts) -> list[Region]:
    """Those with the fewest links first, then by code."""
    return sorted(regions, key=lambda region: (sum(map(bool, counts[region.code])), region.code))


def _row(region: Region, counts: Counts) -> dict[str, Any]:
    return link(region.name, f"daerah/{region.code}.html", code=region.code, counts=list(counts[region.code]),
                next=next_step(counts[region.code]))


def next_step(counts: Sequence[int]) -> str:
    """What a region could do next: the first link of the chain that it lacks."""
    return next((item.next for item, many in zip(LINKS, counts, strict=True) if not many), DONE)


def of_region(portal: Portal, code: str) -> str:
    """A region's next step."""
    return next_step([item.tally(portal, code) for item in LINKS])


def _quartiles(item: Link, values: Sequence[int]) -> dict[str, Any]:
    """Least, three quartiles (inclusive method), most; how many regions have any, and how many there are in all."""
    cuts = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [float(sum(values))] * 3
    return {"name": item.name, "cuts": [f"{cut:g}" for cut in (min(values, default=0), *cuts, max(values, default=0))],
            "having": sum(map(bool, values)), "total": sum(values)}


def _groups(portal: Portal, key: str, regions: Sequence[Region], counts: Counts) -> list[dict[str, Any]]:
    """For each condition: regions, and how many of them have each link. Without a profile: "belum ada data"."""
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
