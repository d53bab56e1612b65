"""The minimum as it stands in the sources, recomputed from the files alone; how stages of it are shown."""

import csv
import html
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.harness import HERE, Sample

SOURCES = HERE.parent / "curriculum"
YEAR = {"100_hari": 1, "tahun_1": 1, "tahun_2": 2, "tahun_3": 3}
FRAMEWORK: dict[str, Any] = yaml.safe_load((SOURCES / "kerangka/kdasn.yml").read_text("utf-8"))
CELLS: list[dict[str, str]] = FRAMEWORK["standar_minimum"]
MODULES: dict[str, dict[str, Any]] = {
    path.parent.name: yaml.safe_load(path.read_text("utf-8")) for path in SOURCES.glob("modul/*/modul.yml")}
PATHS: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(SOURCES.glob("jalur/*.yml"))}
GROUPS = [group["id"] for group in FRAMEWORK["kelompok"]]


def hours(modules: list[str]) -> float:
    return sum(int(time) for name in modules for time in MODULES[name]["menit"].values()) / 45


def by_year(path: dict[str, Any]) -> dict[int, list[str]]:
    found = defaultdict[int, list[str]](list)
    for step in path["langkah"]:
        if step["wajib"] == "ya":
            found[int(step["tahun"])].append(step["modul"])
    return found


def test_each_group_has_a_path_of_its_own() -> None:
    assert sorted(group for path in PATHS.values() for group in path["sasaran"]) == sorted(GROUPS)
    assert len(GROUPS) == 8


@pytest.mark.parametrize("name", PATHS)
def test_a_core_is_small_and_no_year_takes_more_than_twenty_hours(name: str) -> None:
    years = by_year(PATHS[name])
    assert 6 <= len(years[1]) <= 9
    assert max(hours(modules) for modules in years.values()) <= 20


@pytest.mark.parametrize("name", PATHS)
def test_a_path_reaches_what_its_group_has_to_reach_in_time(name: str) -> None:
    years = by_year(PATHS[name])
    asked = [cell for cell in CELLS if cell["kelompok"] in PATHS[name]["sasaran"]]
    assert {"100_hari", "tahun_2", "tahun_3"} <= {cell["tenggat"] for cell in asked}
    for cell in asked:
        learned = [target for year in range(1, YEAR[cell["tenggat"]] + 1) for module in years[year]
                   for target in MODULES[module]["mengajarkan"]]
        assert any(target["kompetensi"] == cell["kompetensi"] and target["tingkat"] >= cell["tingkat"]
                   for target in learned), cell


@pytest.mark.parametrize("name", PATHS)
def test_a_path_is_for_its_group_and_asks_for_nothing_before_it_was_learned(name: str) -> None:
    path, learned = PATHS[name], set[str]()
    for step in sorted(path["langkah"], key=lambda step: (step["wajib"] != "ya", step["tahun"])):
        module = MODULES[step["modul"]]
        assert {*path["sasaran"]} <= {*module["sasaran"]}, step
        assert {*module.get("prasyarat", ())} <= learned, step
        learned.add(step["modul"])


def test_each_cell_has_a_reason_of_its_own() -> None:
    reasons = Counter(cell["alasan"] for cell in CELLS)
    assert [reason for reason, times in reasons.items() if times > 1] == []
    assert min(len(reason.split()) for reason in reasons) >= 6
    keys = Counter((cell["kelompok"], cell["kompetensi"], cell["tingkat"]) for cell in CELLS)
    assert max(keys.values()) == 1


def test_not_everything_is_asked_of_everybody() -> None:
    codes = {competence["kode"] for area in FRAMEWORK["bidang"] for competence in area["kompetensi"]}
    for group in GROUPS:
        assert {cell["kompetensi"] for cell in CELLS if cell["kelompok"] == group} < codes
    assert {cell["kompetensi"] for cell in CELLS} == codes


@pytest.mark.parametrize(("core", "told"), [(5, True), (6, False), (9, False), (10, True)])
def test_a_core_of_six_to_nine_modules_is_advised(core: int, told: bool, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root", "73")
    module = (sample.root / "curriculum/modul/kata-sandi/modul.yml").read_text("utf-8")
    names = ["kata-sandi", "surel-aman", *(f"modul-{number}" for number in range(8))]
    for name in names[2:]:
        sample.write(f"curriculum/modul/{name}/modul.yml", module.partition("catatan_pengajar:")[0].replace(
            "id: kata-sandi", f"id: {name}"))
        sample.write(f"curriculum/modul/{name}/isi.md", "## Isi\n\nKata.\n")
    steps = ", ".join(f'{{ modul: {name}, tahun: "{1 if place < core else 2}" }}'
                      for place, name in enumerate(names))
    path = (sample.root / "curriculum/jalur/asn-baru.yml").read_text("utf-8")
    sample.write("curriculum/jalur/asn-baru.yml", re.sub(r"langkah: .*", f"langkah: [{steps}]", path))
    report = sample.report()
    assert (f"asn-baru.yml:5: peringatan: inti jalur ini {core} modul; untuk seratus hari pertama sebaiknya "
            "6 sampai 9. Inti adalah langkah wajib tahun 1;" in report) is told
    assert report.count("inti jalur ini") == told
    assert ": galat:" not in report


STAGED = """standar_minimum:
  - { kelompok: pelaksana_layanan, kompetensi: "4.1", tingkat: "1", tenggat: 100_hari, alasan: Akun dijaga. }
  - { kelompok: pelaksana_layanan, kompetensi: "4.1", tingkat: "2", tenggat: tahun_2, alasan: Surel menipu. }
"""


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose one group has to reach a level of 4.1 in the core, and the next one in the second year."""
    sample = Sample(tmp_path_factory.mktemp("staged") / "root", "73")
    path = "curriculum/kerangka/kdasn.yml"
    text = (sample.root / path).read_text("utf-8")
    sample.write(path, text.partition("standar_minimum:")[0] + STAGED)
    sample.replace("curriculum/jalur/asn-baru.yml", 'surel-aman, wajib: "ya"',
                   'surel-aman, wajib: "ya", tahun: "2"')
    assert sample.build().result
    return sample.root / "site"


def main(site: Path, url: str) -> str:
    """The words of a page, without its tags."""
    text = (site / url).read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_standard_shows_the_highest_level_and_what_of_it_is_core(staged: Path) -> None:
    text = main(staged, "standar.html")
    assert "4.1 Melindungi perangkat 2 inti 1" in text
    assert "2 tingkat, 1 di antaranya inti" in text
    assert "100 hari pertama (inti) 4.1 Melindungi perangkat , tingkat 1. Akun dijaga." in text
    assert "Tahun kedua 4.1 Melindungi perangkat , tingkat 2. Surel menipu." in text


def test_a_competence_says_by_when_each_level_is_asked_of_whom(staged: Path) -> None:
    text = main(staged, "kompetensi/4.1.html")
    assert "Usulan minimum, 100 hari pertama Pelaksana layanan publik" in text
    assert "Usulan minimum, tahun kedua Pelaksana layanan publik" in text


def test_what_takes_one_level_takes_the_highest(staged: Path) -> None:
    self_check = html.unescape((staged / "periksa-diri.html").read_text("utf-8")).replace(" ", "")
    assert '"minimum":{"pelaksana_layanan":{"4.1":[2,1]}}' in self_check
    cell, = json.loads((staged / "standar.json").read_text("utf-8"))["minimum"]
    assert (cell["educationLevel"], cell["due"], cell["core"]) == ("2", "tahun_2", False)
    assert [(stage["educationLevel"], stage["reason"]) for stage in cell["stages"]] == [("1", "Akun dijaga.")]
    with (staged / "standar.csv").open(encoding="utf-8-sig", newline="") as file:
        row, = csv.DictReader(file, delimiter=";")
    assert (row["tingkat"], row["tingkat_inti"], row["alasan"]) == ("2", "1", "Surel menipu.")


def test_a_path_is_shown_by_year_and_each_step_may_be_tested_out(staged: Path) -> None:
    text = main(staged, "jalur/asn-baru.html")
    assert "Inti 1 JP dalam 1 modul, untuk 100 hari pertama" in text
    assert "Inti: 100 hari pertama, 1 JP Kata sandi yang kuat 1 JP" in text
    assert "Tahun kedua, 2 JP Surel yang aman 2 JP" in text
    assert text.count("Boleh dilewati bila sudah bisa: tunjukkan 4.1 tingkat 2") == 1
    assert "Tahun kedua, langkah 1 dari 1 pada Jalur ASN baru" in main(staged, "modul/surel-aman.html")
