"""The plan to scale: what was measured -> the tables of its page; a test holds page and figures together."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.ways import Cost

HERE = Path(__file__).parent
FIGURES = HERE / "mirror.json"
PAGE = HERE.parent.parent / "content" / "panduan" / "skala-cermin.md"

PAGES = (10_000, 50_000)
MIRRORS, NEAR_CENTRE, BEHIND = 552, 38, 0.05
"""Copies; those that always ask the centre, one a province; share of nights without a neighbour to serve."""
DAYS, FRAMES, POPS, WINDOW = 365, 4, 5, 80 * 60
"""Releases a year; those that change every page; places of a CDN; seconds `schedule` spreads a night over."""
MONTHS = ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember").split()


@dataclass(frozen=True)
class Measured:
    """One run of `python -m tests.bench mirror`. Bytes both ways with headers; `packed` is the mean page,
    gzip -9; `signing` and `line_*` are seconds; `far` are bytes of the deltas from one release ago, two, and
    so on; `stored` and `untidied` are packs and deltas in the release folder after and before `simpul gc`;
    `published` the releases until then; `single` is what the client fetched of releases with one case of any
    date, `changed` the files in which each differs."""

    date: str
    pages: int
    packed: int
    costs: Mapping[str, Mapping[str, Cost]]
    signing: Mapping[str, float]
    far: Sequence[int]
    stored: int
    untidied: int
    published: int
    line_first: float
    line_release: Sequence[float]
    runs: int
    kills: int
    single: Sequence[Cost]
    changed: Sequence[int]

    def of(self, change: str) -> Cost:
        """What a change cost the client."""
        return self.costs[change]["Simpul"]


def load() -> Measured:
    """The figures kept from the last recorded run."""
    found = json.loads(FIGURES.read_text(encoding="utf-8"))
    costs = {change: {way: Cost(*cost) for way, cost in every.items()}
             for change, every in found["costs"].items()}
    return Measured(**{**found, "costs": costs, "single": [Cost(*cost) for cost in found["single"]]})


def record(found: Measured) -> None:
    """Keeps the figures, and renews the tables of the page."""
    FIGURES.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


def renewed(page: str, found: Measured) -> str:
    """The page with each table that begins like one of these replaced by it."""
    for table in every_table(found):
        head = table.partition("\n")[0]
        page = re.sub(rf"^{re.escape(head)}\n(\|.*\n)*", lambda _, table=table: table, page,
                      flags=re.MULTILINE)  # type: ignore[misc]
    return page


def promises(found: Measured) -> Iterator[tuple[str, str, bool]]:
    """Each promise, what was measured, and whether it is kept. Promises per page are for 4 KB, gzip."""
    first, none, one, frame = (found.of(change)
                               for change in ("first copy", "nothing new", "one case more", "a new frame"))
    page = first.size / found.pages * 4096 / found.packed
    yield ("salinan pertama ≤ 2,6 KB untuk tiap halaman 4 KB gzip, ≤ 50 permintaan",
           f"{_number(page)} bita, {first.requests} permintaan", page <= 2600 and first.requests <= 50)
    yield ("tanpa rilis baru ≤ 1 KB, ≤ 2 permintaan", _cost(none), none.size <= 1024 and none.requests <= 2)
    yield ("satu praktik ditambah ≤ 64 KB, ≤ 6 permintaan, pencarian termasuk", _cost(one),
           one.size <= 65_536 and one.requests <= 6)
    worst, files = max(found.single), max(found.changed)
    yield ("satu praktik bertanggal acak ≤ 64 KB, ≤ 6 permintaan, ≤ 200 berkas",
           f"{_cost(worst)}, {files} berkas (terbanyak dari {len(found.single)} rilis)",
           worst.size <= 65_536 and worst.requests <= 6 and files <= 200)
    yield ("bingkai semua halaman berubah ≤ 1 MB", _cost(frame), frame.size <= 1_000_000)


def every_table(found: Measured) -> list[str]:
    """The tables of the page, each ending with a line break."""
    return [_conditions(found), _promised(found), _compared(found), _line(found), _distance(found),
            _year(found), _storage(found), _signing(found), _cdn(found)]


def _table(*rows: Sequence[str]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    return "\n".join(lines) + "\n"


def _conditions(found: Measured) -> str:
    year, month, day = found.date.split("-")
    return _table(
        ("Keadaan ukur", "Nilai"), ("tanggal", f"{int(day)} {MONTHS[int(month) - 1]} {year}"),
        ("halaman", _number(found.pages)),
        ("rata-rata satu halaman, gzip -9", f"{_number(found.packed)} bita"))


def _promised(found: Measured) -> str:
    return _table(("Janji", "Terukur", "Ditepati"),
                  *((promise, what, "ya" if kept else "tidak") for promise, what, kept in promises(found)))


NAMES = {"first copy": "salinan pertama", "nothing new": "tanpa rilis baru",
         "one case more": "satu praktik ditambah", "one of any date": "satu praktik bertanggal acak",
         "a new frame": "bingkai semua halaman"}


def _compared(found: Measured) -> str:
    rows = [(name, way, _number(cost.size) + (" (belum selesai)" if cost.left else ""),
             _number(cost.requests), _decimal(cost.minutes))
            for change, name in NAMES.items() for way, cost in found.costs[change].items()]
    return _table(("Perubahan", "Cara", "Bita di jalur", "Permintaan", "Menit pada 256 kbit/s dan 0,7 s"),
                  *rows)


def _line(found: Measured) -> str:
    seconds = sorted(found.line_release)
    return _table(
        ("Jalur yang tersendat dan terputus", "Waktu pada jalur"),
        ("salinan pertama", f"{_decimal(found.line_first / 60)} menit"),
        ("satu rilis, nilai tengah", f"{_number(seconds[len(seconds) // 2])} detik"),
        ("satu rilis, terlama", f"{_number(seconds[-1])} detik"),
        ("klien dijalankan, dimatikan paksa", f"{found.runs} kali, {found.kills} kali"))


def _distance(found: Measured) -> str:
    steps = [step for step in (1, 2, 4, 8, 16) if step <= len(found.far)]
    return _table(("Tertinggal", *(f"{step} rilis" for step in steps)),
                  ("Bita selisih", *(_number(found.far[step - 1]) for step in steps)))


def _copy_year(found: Measured, pages: int) -> tuple[float, float]:
    """Bytes of a first copy, and of the releases of a year after it."""
    scale = pages / found.pages
    year = (DAYS - FRAMES) * found.of("a usual day").size + FRAMES * found.of("a new frame").size * scale
    return found.of("first copy").size * scale, year


def _year(found: Measured) -> str:
    rows = []
    for pages in PAGES:
        first, year = _copy_year(found, pages)
        alone = MIRRORS * (first + year)
        helped = NEAR_CENTRE * (first + year) + (MIRRORS - NEAR_CENTRE) * BEHIND * (first + year)
        night = MIRRORS * found.of("a usual day").size * 8 / WINDOW / 1000
        rows.append((_number(pages), _mega(first), _mega(year), _giga(alone), _giga(helped),
                     f"{_number(night)} kbit/s"))
    return _table(("Halaman", "Salinan pertama", "Setahun pembaruan satu cermin", "Dari pusat tanpa tetangga",
                   "Dari pusat dengan tetangga", "Rata-rata keluar pusat pada jam pembaruan"), *rows)


def _storage(found: Measured) -> str:
    growth = (found.untidied - found.of("first copy").size) / found.published
    rows = []
    for pages in PAGES:
        scale = pages / found.pages
        rows.append((_number(pages), _mega(found.stored * scale),
                     _mega(found.of("first copy").size * scale + DAYS * growth)))
    return _table(("Halaman", "Folder rilis, dirapikan", "Folder rilis setelah setahun, tidak dirapikan"),
                  *rows)


def _signing(found: Measured) -> str:
    rows = []
    for pages in PAGES:
        scale = pages / found.pages
        rows.append((_number(pages), *(f"{_number(found.signing[kind] * scale)} detik"
                                       for kind in ("any", "frame")), _number(2 * DAYS), _number(2 * 52)))
    return _table(("Halaman", "Menyusun satu rilis", "Menyusun rilis yang mengubah semua halaman",
                   "Tanda tangan targets setahun, rilis harian", "Rilis mingguan"), *rows)


def _cdn(found: Measured) -> str:
    rows = []
    for pages in PAGES:
        first, year = _copy_year(found, pages)
        rows.append((_number(pages), _giga(MIRRORS * (first + year)), _giga(POPS * (first + 2 * year))))
    return _table(("Halaman", "Dari pusat tanpa CDN", f"Dari pusat ke CDN dengan {POPS} lokasi"), *rows)


def _cost(cost: Cost) -> str:
    return f"{_number(cost.size)} bita, {cost.requests} permintaan"


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _decimal(value: float) -> str:
    return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))


def _mega(size: float) -> str:
    return f"{_decimal(size / 1e6)} MB"


def _giga(size: float) -> str:
    return f"{_decimal(size / 1e9)} GB"
