"""How evenly the programme reaches: what a region has of each link of the chain, and its next step."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from simpul.portal import Portal


class ChainLink(NamedTuple):
    """One link of the chain: its id, its name, how many a region has, and what to do where there is none."""

    id: str
    name: str
    tally: Callable[[Portal, str], int]
    next: str


LINKS = (
    ChainLink("kebutuhan", "Kebutuhan", lambda portal, code: len(portal.needs.get(code, ())),
              "Tanyakan kebutuhan ASN, lalu sampaikan lewat formulir."),
    ChainLink("tanggapan", "Tanggapan",
              lambda portal, code: sum(not need.waiting for need in portal.needs.get(code, ())),
              "Minta tanggapan atas kebutuhan yang menunggu."),
    ChainLink("pusat", "Pusat", lambda portal, code: len(portal.centres.get(code, ())),
              "Daftarkan satu tempat belajar lewat formulir."),
    ChainLink("ahli", "Ahli", lambda portal, code: len(portal.experts_for(code)),
              "Ajak satu ahli dan catat persetujuannya lewat formulir."),
    ChainLink("penyesuaian", "Modul disesuaikan",
              lambda portal, code: len(portal.adaptations_by_region.get(code, ())),
              "Sesuaikan satu modul dengan contoh dari kantor sendiri."),
    ChainLink("sesi", "Sesi",
              lambda portal, code: len(portal.schedules[code].sesi) if code in portal.schedules else 0,
              "Jadwalkan satu sesi di luar jam layanan."),
    ChainLink("praktik", "Praktik", lambda portal, code: len(portal.cases_by.region.get(code, ())),
              "Tuliskan satu praktik, termasuk yang tidak berhasil."),
    ChainLink("pemantauan", "Pemantauan",
              lambda portal, code: len({row.unit_layanan for row in portal.reports.get(code, ())}),
              "Kirim satu baris pemantauan untuk satu unit layanan."),
)
DONE = "Bagikan pengalaman kepada daerah dengan kondisi serupa."


def tallies(portal: Portal, code: str) -> list[int]:
    """How many of each link a region has."""
    return [item.tally(portal, code) for item in LINKS]


def next_step(counts: Sequence[int]) -> str:
    """What a region could do next: the first link of the chain that it lacks."""
    return next((item.next for item, many in zip(LINKS, counts, strict=True) if not many), DONE)


SHADES = 4


def classes(values: Sequence[Fraction]) -> list[Fraction]:
    """Upper bounds of at most four classes of what is above nothing, each with about as many as the others;
    fewer where many are equal, none where all are nothing.
    """
    some = sorted(value for value in values if value)
    ends = (some[len(some) * part // SHADES - 1] for part in range(1, SHADES + 1)
            if len(some) * part // SHADES)
    return list(dict.fromkeys(ends))


def shade_of(value: Fraction, bounds: Sequence[Fraction]) -> int:
    """The class of a value, from 1; 0 for nothing."""
    return bisect_left(bounds, value) + 1 if value else 0
