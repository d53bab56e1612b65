"""Schedules and monitoring: every printed figure recomputed from the sources without the generator, calendars
read by another reader, nothing torn when a file is missing, and a country full of data in the time of its
size.
"""

import csv
import datetime
import html
import io
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from pathlib import Path
from statistics import mean, pstdev

import pytest
import yaml

from simpul.builder.build import build, check
from simpul.figures.agenda import plan
from simpul.figures.satisfaction import computed, grade
from simpul.model import BusyPeriod, Schedule, SelfStudy
from tests.harness import ALL, HERE, Sample

ROOT = HERE.parent
REGION = "content/daerah/00.71"
HEADING = ("periode,unit_layanan,layanan,sasaran_asn,asn_dilatih,asn_lulus_minimum,"
           "ikm,ikm_n,ikm_metode,dasar_hukum,contoh")
WORDS = {(True, True): "Keduanya naik", (True, False): "Hanya jangkauan", (False, True): "Hanya IKM",
         (False, False): "Tidak keduanya"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own portal."""
    folder = tmp_path_factory.mktemp("sendiri")
    assert build(ROOT, folder / "site", 2).result
    return folder / "site"


def text_of(fragment: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", fragment)).split())


def units(site: Path, code: str) -> dict[str, tuple[str, list[list[str]]]]:
    """What a page of monitoring prints: for each unit its class and its rows."""
    page = (site / f"pemantauan/{code}.html").read_text(encoding="utf-8")
    found = {}
    for section in re.findall(r"<section>(.*?)</section>", page, re.S):
        name = text_of(re.search(r"<h2>(.*?)</h2>", section, re.S)[1])  # type: ignore[index]
        rows = [[text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
                for row in re.findall(r"<tr>(.*?)</tr>", section.partition("<tbody>")[2], re.S)]
        told = re.search(r'<b class="tag[^>]*>(.*?)</b>', section, re.S)[1]  # type: ignore[index]
        found[name] = (text_of(told), rows)
    return found


def sources() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted((ROOT / "content/daerah").glob("*/pemantauan/*.csv")):
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
            yield path.parts[-3], row


def local(number: Decimal) -> str:
    return str(number).replace(".", ",")


def half_up(value: Fraction) -> Decimal:
    return Decimal(int(value * 100 + Fraction(1, 2))) / 100


def test_every_printed_figure_of_monitoring_follows_from_the_rows(site: Path) -> None:
    rows: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for code, row in sources():
        rows[code][row["unit_layanan"]].append(row)
    assert rows
    for code, known in rows.items():
        printed = units(site, code)
        assert printed.keys() == known.keys()
        for name, reports in known.items():
            reports.sort(key=lambda row: row["periode"])
            kind, lines = printed[name]
            assert kind == expected_class(reports)
            for row, line in zip(reports, lines, strict=True):
                assert line == expected_line(row)


def expected_class(reports: list[dict[str, str]]) -> str:
    whole = [row for row in reports if all(row[key] for key in ("ikm", "ikm_n", "ikm_metode", "dasar_hukum"))]
    if len(whole) < 2 or whole[-1] is not reports[-1] or whole[-1]["ikm_metode"] != whole[-2]["ikm_metode"]:
        return "Belum dapat dinilai"
    index = [Fraction(row["ikm"].replace(",", ".")) for row in whole[-2:]]
    trained = [int(row["asn_dilatih"]) for row in whole[-2:]]
    errors = [spread_of(row)[0] / sqrt(int(row["ikm_n"])) for row in whole[-2:]]
    if abs(index[1] - index[0]) <= 1.96 * sqrt(errors[0] ** 2 + errors[1] ** 2):
        return "Tidak dapat dibedakan dari kebetulan"
    return WORDS[trained[1] > trained[0], index[1] > index[0]]


def spread_of(row: dict[str, str]) -> tuple[float, str]:
    """A row's standard deviation, and the words after it."""
    numbers = {key: float(value.replace(",", ".")) for key, value in row.items()
               if value and key.startswith(("ikm_simpangan", "jawaban", *ELEMENTS))}
    if "ikm_simpangan" in numbers:
        return numbers["ikm_simpangan"], " dari simpangan baku"
    if "jawaban_1" in numbers:
        all_answers = [value for value in (1, 2, 3, 4) for _ in range(int(numbers[f"jawaban_{value}"]))]
        return 25 * pstdev(all_answers), " dari sebaran jawaban"
    if len(numbers) == 9:
        return 25 * mean(sqrt((4 - each) * (each - 1)) for each in numbers.values()), " dari nilai unsur"
    return 37.5, ""


def expected_line(row: dict[str, str]) -> list[str]:
    target, trained = int(row["sasaran_asn"]), int(row["asn_dilatih"])
    share = f" ({local(Decimal(f'{round(Fraction(trained * 1000, target)) / 10:.1f}'))} %)"
    index = Decimal(row["ikm"].replace(",", "."))
    words = next((f"{letter} {word}"
                  for letter, word, least in (("A", "sangat baik", "88.31"), ("B", "baik", "76.61"),
                                               ("C", "kurang baik", "65"), ("D", "tidak baik", "25"))
                  if index >= Decimal(least)))
    scores = [value for key, value in row.items() if key in ELEMENTS and value]
    total = sum((Fraction(text.replace(",", ".")) for text in scores), Fraction())
    own = half_up(total * 25 / 9) if len(scores) == 9 else None
    spread, source = spread_of(row)
    wide = "" if source.endswith("baku") else "paling lebar "
    half = Decimal(f"{1.96 * spread / sqrt(int(row['ikm_n'] or 1)):.2f}")
    wide = f"{wide}± {local(half)}{source}" if row["ikm_n"] else ""
    told = f"{trained}{share if target >= 20 else ''}"
    way = {"": "cara tidak diketahui", "tes_dan_tugas@0.1.0": "Tes dari bank soal dan tugas kinerja 0.1.0"}
    passed = row["asn_lulus_minimum"]
    passed += "" if passed == "0" else f" {way[row['cara_penilaian']]}"
    return [row["periode"], str(target), told, passed,
            local(index) + (f" hitungan unsur {local(own)}" if own is not None else ""), words,
            row["ikm_n"] or "belum ada data", wide, local(100 - index), f"{row['ikm_metode']}, sumber"]


ELEMENTS = ("persyaratan", "prosedur", "waktu_penyelesaian", "biaya_tarif", "produk_layanan",
            "kompetensi_pelaksana", "perilaku_pelaksana", "penanganan_pengaduan", "sarana_prasarana")


def test_rows_to_download_are_the_rows_of_the_sources(site: Path) -> None:
    given = [(code, row["unit_layanan"], row["periode"], row["ikm"]) for code, row in sources()]
    with (site / "pemantauan.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sorted((row["kode"], row["unit_layanan"], row["periode"], row["ikm"])
                      for row in csv.DictReader(file, delimiter=";")) == sorted(given)
    data = json.loads((site / "pemantauan.json").read_text(encoding="utf-8"))
    assert len(data["baris"]) == len(given)
    assert data["baris"][0].keys() == data["kamus"].keys()
    assert all(data["kamus"].values())
    assert data["csv"]["pemisah"] == "titik koma (;)"
    assert sorted(row["ikm"].replace(".", ",") for row in data["baris"]) == sorted(ikm for *_, ikm in given)


def test_evenness_counts_what_the_folders_hold(site: Path) -> None:
    page = (site / "pemerataan.html").read_text(encoding="utf-8")
    found = {text_of(name): [text_of(cell) for cell in re.findall(r"<td>(.*?)</td>", cells)]
             for name, cells in re.findall(r'<tr data-kode[^>]*><th scope="row"><a[^>]*>(.*?)</a></th>'
                                           r"(.*?)</tr>", page, re.S)}
    assert len(found) == 546 + 6  # 38 provinces and 508 regions with a government; and the samples
    folder = ROOT / REGION
    stated = yaml.safe_load((folder / "kebutuhan.yml").read_text(encoding="utf-8"))
    sessions = yaml.safe_load((folder / "jadwal.yml").read_text(encoding="utf-8"))["sesi"]
    practices, overlays = len(list(folder.glob("praktik/*.md"))), len(list(folder.glob("adaptasi/*.yml")))
    row = found["Kota Contoh Raya"]
    assert [row[0], row[4], row[5], row[6]] == [str(len(stated)), str(overlays), str(len(sessions)),
                                                str(practices)]
    assert found["Kota Makassar"][:8] == ["-"] * 8
    assert list(found).index("Kota Makassar") < list(found).index("Kota Contoh Raya")


@pytest.mark.parametrize(("index", "letter"), [
    ("100", "A"), ("88.31", "A"), ("88.305", "A"), ("88.3049", "B"), ("76.61", "B"), ("76.604", "C"),
    ("65", "C"), ("64.995", "C"), ("64.99", "D"), ("25", "D"),
])
def test_grades_have_no_holes(index: str, letter: str) -> None:
    assert grade(Decimal(index))[0] == letter


def test_the_index_is_computed_exactly_and_only_from_nine_elements(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.write(f"{REGION}/pemantauan/2026-S1.csv", f"{HEADING},{','.join(ELEMENTS)}\n"
                 f"2026-S1,A,adminduk,1,1,1,,,,,ya,{','.join(['3.333'] * 9)}\n"
                 f"2026-S1,B,adminduk,1,1,1,,,,,ya,{','.join(['3'] * 8)},\n")
    one, other = (report for report in check(sample.root, 1).portal.reports["00.71"]
                  if report.periode == "2026-S1")
    assert (computed(one), computed(other)) == (Decimal("83.33"), None)


# Calendars

def events(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Zone and events of a calendar by the letter of RFC 5545: CRLF, folded lines of 75 octets at most."""
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = data.decode().replace("\r\n ", "").split("\r\n")[:-1]
    open_: list[str] = []
    zone: dict[str, str] = {}
    found: list[dict[str, str]] = []
    for line in lines:
        key, _, value = line.partition(":")
        if key == "BEGIN":
            open_.append(value)
            if value == "VEVENT":
                found.append({})
        elif key == "END":
            assert open_.pop() == value
        elif open_[-1] == "VEVENT":
            assert key not in found[-1]
            found[-1][key] = value
        elif open_[-1] in ("VTIMEZONE", "STANDARD"):
            zone[key] = value
    assert open_ == []
    return zone, found


def test_calendars_hold_the_sessions_in_the_regions_own_time(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    zone, found = events((sample.root / "site/jadwal/00.71.ics").read_bytes())
    assert (zone["TZID"], zone["TZOFFSETTO"], zone["TZNAME"]) == ("Asia/Makassar", "+0800", "WITA")
    assert [(event["UID"].partition("@")[0], event["DTSTART;TZID=Asia/Makassar"],
             event["DTEND;TZID=Asia/Makassar"]) for event in found] == \
        [("00.71-s1", "20261124T143000", "20261124T153000"),
         ("00.71-s2", "20261125T090000", "20261125T103000")]
    before = (sample.root / "site/jadwal/00.71/pusat-contoh.ics").read_bytes()
    assert len(events(before)[1]) == 2
    sample.replace(f"{REGION}/jadwal.yml", "2026-11-25T09:00", "2026-11-25T23:30").build()
    moved = events((sample.root / "site/jadwal/00.71.ics").read_bytes())[1][1]
    assert moved["UID"] == found[1]["UID"]
    assert moved["DTEND;TZID=Asia/Makassar"] == "20261126T010000"


def test_self_study_avoids_weekends_and_busy_days() -> None:
    day = datetime.date.fromisoformat
    schedule = Schedule(zona="WIB", masa_sibuk=(BusyPeriod(dari=day("2026-12-01"), sampai=day("2026-12-02"),
                                                           alasan="Rapat"),))
    study = SelfStudy(modul="m", dari=day("2026-11-28"), sampai=day("2026-12-06"))  # Saturday to Sunday
    assert plan(study, schedule, 100) == (3, 34, 100, 2)


# The whole

def test_every_regional_file_may_be_missing(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    for name in ("jadwal.yml", "pemantauan/2026-S1.csv", "pemantauan/2025-S2.csv"):
        path = sample.root / REGION / name
        data = path.read_bytes()
        path.unlink()
        assert sample.build().result, sample.report()
        assert "00.71" not in sample.page("jadwal.html") or name != "jadwal.yml"
        path.write_bytes(data)
    for name in ("jadwal.yml", "pemantauan", "pusat.yml", "ahli.yml", "kebutuhan.yml", "adaptasi",
                 "profil.yml"):
        sample.remove(f"{REGION}/{name}")
    assert sample.build().result, sample.report()
    for url in ("jadwal.html", "pemantauan.html", "rantai.html"):
        assert "Belum ada data." in sample.page(url)


def test_one_more_row_changes_only_the_pages_that_show_it(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    before = {path: path.read_bytes() for path in (sample.root / "site").rglob("*.html")}
    row = "2026-S1,Kelurahan,adminduk,4,1,1,,,,,ya\n"
    sample.write(f"{REGION}/pemantauan/2026-S1.csv",
                 f"{HEADING}\n2026-S1,Disdukcapil,adminduk,80,56,41,82,377,SKM,Aturan,ya\n{row}")
    sample.build()
    changed = {path.relative_to(sample.root / "site").as_posix() for path, data in before.items()
               if path.read_bytes() != data}
    assert changed == {"pemantauan.html", "pemantauan/00.71.html", "layanan/adminduk.html", "pemerataan.html",
                       "rantai/00.71.html", "rantai.html"}


def _fill(sample: Sample, codes: list[str]) -> None:
    for number, code in enumerate(codes):
        folder = f"content/daerah/{code}"
        rows = "".join(f"2026-S1,Unit {place},adminduk,40,{place % 40},0,7{place % 10},100,SKM,Aturan,\n"
                       for place in range(50))
        sample.write(f"{folder}/pemantauan/2026-S1.csv", f"{HEADING}\n{rows}")
        sample.write(f"{folder}/jadwal.yml",
                     f"zona: WIB\nsesi: [{{ id: s1, modul: surel-aman, model: mandiri, komponen: mandiri, "
                     f'mulai: "2026-11-{1 + number % 28:02}T09:00", menit: "60", peserta: "9" }}]\n')
        sample.write(f"{folder}/kebutuhan.yml",
                     '- { id: k1, tanggal: "2026-09-01", cara: rapat, kompetensi: "4.1", asn_terdampak: "9", '
                     "uraian: Contoh isian. }\n")


def test_a_country_full_of_data_costs_in_proportion(tmp_path: Path) -> None:
    with (ROOT / "curriculum/wilayah/regencies.csv").open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file) if "Administrasi" not in row["name"]]
    seconds = []
    for part in (len(codes) // 4, len(codes)):
        sample = Sample(tmp_path / str(part), ALL)
        _fill(sample, codes[:part])
        start = time.process_time()
        found = check(sample.root, 1)
        seconds.append(time.process_time() - start)
        assert not [problem for problem in found.problems if problem.severity == "error"], found.problems[:3]
        assert Counter(len(reports) for code, reports in found.portal.reports.items()
                       if code != "00.71") == {50: part}
    assert seconds[1] < 4 * 2 * seconds[0], \
        "four times the data may cost four times the time, and as much again for luck"
