"""Needs, delivery, centres, experts: printed figures recomputed from the files, and what is shown without."""

import math
import random
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from simpul.problems import errors
from tests.harness import ALL, Sample

FOLDER = "content/daerah/00.71"
CODES = ("4.1", "4.2")
PLACES = [*(f"73.0{number}" for number in range(1, 10)), "73.71", "73.72", "91.03", "00.01"]
MONTHS, GROUP = 6, 8  # the formula as the page prints it; the ratio of the sample's model is 1:8


def crowded(folder: Path) -> Sample:
    """Regions with made-up needs and experts; their files are what the figures are recomputed from."""
    sample, chance = Sample(folder / "root", ALL), random.Random(7)
    for place in PLACES:
        mark = {"contoh": "ya"} if place.startswith("00") else {}
        day = {"tanggal": "2026-09-01"}
        needs = [{"id": f"k{n}", "tanggal": f"2026-0{chance.randint(1, 8)}-11", "cara": "survei",
                  "kompetensi": chance.choice(CODES),
                  "asn_terdampak": str(chance.choice([1, 8, 9, 40, 1234])), "uraian": f"Kesulitan {n}.",
                  **mark, **chance.choice([
                      {}, {"tanggapan": {"status": "dijawab", **day, "isi": "Sudah."}},
                      {"tanggapan": {"status": "ditolak", **day, "alasan": "Di luar kewenangan."}}])}
                 for n in range(chance.randint(1, 4))]
        experts = [{"id": f"a{n}", "nama_tampil": f"Nama {place} {n}", "instansi": "Kantor",
                    "wilayah_kerja": [place[:chance.choice([2, 5])]],
                    "keahlian": [{"kompetensi": chance.choice(CODES), "tingkat": "2"}], "bahasa": ["id"],
                    "kuota_sesi_per_bulan": str(chance.randint(1, 3)), **mark,
                    **({"persetujuan_publikasi": "2026-01-05"} if chance.random() < .8 else {})}
                   for n in range(chance.randint(0, 2))]
        sample.write(f"content/daerah/{place}/kebutuhan.yml", yaml.safe_dump(needs))
        condition = {"koneksi": "baik", "geografi": chance.choice(["pesisir", "daratan"])}
        sample.write(f"content/daerah/{place}/profil.yml",
                     yaml.safe_dump({"kondisi": condition, "sumber": "X", "tahun": "2026", **mark}))
        if experts:
            sample.write(f"content/daerah/{place}/ahli.yml", yaml.safe_dump(experts))
    assert errors(sample.build().problems) == ()
    return sample


def read(sample: Sample, name: str) -> dict[str, list[dict[str, Any]]]:
    """All lists of a kind, by region."""
    return {path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8"))
            for path in sorted((sample.root / "content/daerah").glob(f"*/{name}.yml"))}


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def table_rows(html: str) -> list[list[str]]:
    return [[plain(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)]
            for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)]


def number(text: str) -> int:
    return int(text.replace(".", ""))


def waits(need: dict[str, Any]) -> bool:
    return need.get("tanggapan", {}).get("status", "baru") == "baru"


def refused(need: dict[str, Any]) -> bool:
    return bool(need.get("tanggapan", {}).get("status") == "ditolak")


def test_what_several_regions_ask_for_adds_up(tmp_path: Path) -> None:
    sample = crowded(tmp_path)
    html = sample.page("kebutuhan.html").partition('id="__contoh"')[0]
    real = [(place, need) for place, needs in read(sample, "kebutuhan").items() if not place.startswith("00")
            for need in needs]
    shown = {row[0][:3]: [number(cell) for cell in row[1:]] for row in table_rows(html)[1:]}
    assert shown == {
        code: [len({place for place, need in some}), sum(int(need["asn_terdampak"]) for _, need in some),
               sum(waits(need) for _, need in some)]
        for code in CODES if (some := [(place, need) for place, need in real if need["kompetensi"] == code])
    }
    for code, (regions, people, _) in shown.items():
        thousands = f"{people:,}".replace(",", ".")
        assert f"Diminta {regions} daerah untuk {thousands} ASN" in sample.page(f"kompetensi/{code}.html")
    waiting = [need for _, need in real if waits(need)]
    assert f"{len(waiting)} kebutuhan belum ditanggapi, yang terlama lebih dulu." in plain(html)
    shown_dates = re.findall(r"Menunggu sejak (\d+ \w+ \d+), ([\d.]+) hari", html)
    ages = [number(days) for _, days in shown_dates]
    assert (len(ages), ages) == (len(waiting), sorted(ages, reverse=True))


@pytest.mark.parametrize("code", CODES)
def test_the_trainer_gap_of_every_region_can_be_recomputed(code: str, tmp_path: Path) -> None:
    sample = crowded(tmp_path)
    shown = {match[0]: tuple(number(match[place]) for place in (2, 3, 4)) for match in re.findall(
        r'<li><a href="[^"]*/daerah/([\d.]+)\.html">.*?(kurang|cukup).*?'
        r'([\d.]+) ASN perlu ([\d.]+) sesi; kuota ([\d.]+) sesi',
        sample.page(f"ahli/kesenjangan/{code}.html"))}
    experts = [expert for found in read(sample, "ahli").values() for expert in found
               if "persetujuan_publikasi" in expert
               and code in [skill["kompetensi"] for skill in expert["keahlian"]]]
    expected = {}
    for place, needs in read(sample, "kebutuhan").items():
        people = [int(need["asn_terdampak"]) for need in needs
                  if need["kompetensi"] == code and not refused(need)]
        if people:
            quota = sum(int(e["kuota_sesi_per_bulan"]) for e in experts
                        if {place, place[:2]} & set(e["wilayah_kerja"])) * MONTHS
            expected[place] = (sum(people), sum(math.ceil(count / GROUP) for count in people), quota)
    assert shown == expected
    missing = {place: sessions - quota for place, (_, sessions, quota) in expected.items()
               if sessions > quota}
    assert len(re.findall(r"kurang [\d.]+ sesi",
                          sample.page(f"ahli/kesenjangan/{code}.html"))) == len(missing)
    total = next(row for row in table_rows(sample.page("ahli/kesenjangan.html").partition('id="__contoh"')[0])
                 if row[0].startswith(code))
    real = {place: figures for place, figures in expected.items() if not place.startswith("00")}
    assert [number(cell) for cell in total[1:4]] == [
        sum(count for place, count in missing.items() if place in real),
        sum(sessions for _, sessions, _ in real.values()), len(real)]


def test_those_who_could_help_are_neighbours_first_and_have_agreed(tmp_path: Path) -> None:
    sample = crowded(tmp_path)
    agreed = {expert["nama_tampil"] for found in read(sample, "ahli").values() for expert in found
              if "persetujuan_publikasi" in expert}
    everybody = {expert["nama_tampil"] for found in read(sample, "ahli").values() for expert in found}
    assert everybody - agreed, "somebody has not agreed, or nothing is tested"
    pages = "".join(path.read_text(encoding="utf-8") for path in (sample.root / "site").rglob("*.html"))
    assert {name for name in everybody if f"{name}<" in pages or f"{name}," in pages} == agreed
    lines = [line for line in re.findall(r"<li>(<a.*?)</li>", sample.page("ahli/kesenjangan/4.1.html"))
             if "<b>kurang" in line]
    assert all(any(kind in line for line in lines) for kind in ("seprovinsi", "kondisi serupa"))
    short = {re.findall(r"daerah/([\d.]+)\.html", line)[0] for line in lines}
    for line in lines:
        region, *homes = re.findall(r"daerah/([\d.]+)\.html", line)
        near = [kind == "seprovinsi"
                for kind in re.findall(r"\((seprovinsi|kondisi serupa), \d sesi sebulan\)", line)]
        assert near == sorted(near, reverse=True) == [home[:2] == region[:2] for home in homes]
        assert region not in homes
        assert ("Belum ada yang dapat membantu" in line) == (not homes)
        assert not set(homes) & short


@pytest.mark.parametrize("theory", [1, 7, 31])
def test_the_minutes_of_a_model_add_up_to_those_of_every_module(theory: int, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace("curriculum/modul/surel-aman/modul.yml", 'teori: "30"',
                                               f'teori: "{theory}"')
    sample.build()
    rows = {row[0]: [number(cell) for cell in row[1:]]
            for row in table_rows(sample.page("model/pendampingan.html"))[1:]}
    assert set(rows) == {"Surel yang aman", "Kata sandi yang kuat"}
    assert rows["Surel yang aman"][-1] == theory + 60
    for *minutes, total in rows.values():
        assert sum(minutes) == total
        assert all(abs(part - total * share / 180) < 1
                   for part, share in zip(minutes, (60, 90, 30), strict=True))


@pytest.mark.parametrize(("gone", "page", "told"), [
    ("kebutuhan.yml", "kebutuhan.html", "Belum ada data."),
    ("kebutuhan.yml", "modul/surel-aman/00.71.html", "Kebutuhan yang dijawab: belum ada data"),
    ("adaptasi", "daerah/00.71.html", "Pelatihan"),
    ("pusat.yml", "pusat/index.html", "Belum ada data."),
    ("ahli.yml", "ahli/index.html", "Belum ada data."),
    ("ahli.yml", "pusat/00.71/pusat-contoh.html", "Belum ada data."),
    ("profil.yml", "daerah/00.71.html", "belum ada data"),
    ("../../../curriculum/rilis.yml", "pusat/00.71/pusat-contoh.html", "Belum ada data."),
])
def test_each_file_may_be_missing(gone: str, page: str, told: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").remove(f"{FOLDER}/{gone}")
    assert errors(sample.build().problems) == ()
    assert told in plain(sample.page(page))


def test_a_change_of_the_centre_is_told_on_the_regions_page_until_it_is_reviewed(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    assert "Menunggu tinjauan" not in sample.page("modul/surel-aman/00.71.html")
    sample.replace("curriculum/modul/surel-aman/isi.md", "1. Periksa alamat pengirim.", "1. Periksa alamat.")
    sample.build()
    assert "Bagian pusat “Langkah kerja” telah berubah." in plain(sample.page("modul/surel-aman/00.71.html"))
    assert "menunggu tinjauan" in sample.page("modul/surel-aman.html")


def test_a_local_part_is_kept_when_the_centre_takes_its_section_away(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace("curriculum/modul/surel-aman/isi.md", "## Langkah kerja",
                                               "## Cara kerja")
    sample.replace("curriculum/modul/kata-sandi/isi.md", "#langkah-kerja", "#cara-kerja")
    sample.replace("curriculum/modul/surel-aman/modul.yml", 'versi: "1.1.0"', 'versi: "1.2.0"')
    assert errors(sample.build().problems) == ()
    html = sample.page("modul/surel-aman/00.71.html")
    assert "Bagian pusat “Langkah kerja” tidak ada lagi." in plain(html)
    assert "Periksa nomor pengirim." in html
    assert html.count('id="langkah-kerja"') == 1


def test_one_need_changes_only_the_pages_that_tell_of_it(tmp_path: Path) -> None:
    sample = crowded(tmp_path)
    before = {path: path.read_bytes() for path in (sample.root / "site").rglob("*.html")}
    path = "content/daerah/73.71/kebutuhan.yml"
    needs = yaml.safe_load((sample.root / path).read_text())
    needs[0]["asn_terdampak"] = "3"
    sample.write(path, yaml.safe_dump(needs)).build()
    code = needs[0]["kompetensi"]
    changed = {path.relative_to(sample.root / "site").as_posix() for path, data in before.items()
               if path.read_bytes() != data}
    assert changed - {"daerah/73.71.html"} <= {"kebutuhan.html", f"kebutuhan/{code}.html",
                                               "ahli/kesenjangan.html", f"ahli/kesenjangan/{code}.html",
                                               f"kompetensi/{code}.html", "rantai/73.71.html"}
    assert {"daerah/73.71.html", "kebutuhan.html", f"kebutuhan/{code}.html"} <= changed
