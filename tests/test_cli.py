"""The command as a user types it: Indonesian, exit codes, reports."""

import json
from pathlib import Path

import pytest

from tests.harness import Sample, simpul

CASE = "content/daerah/00.71/praktik/antrean-daring.md"

ROOT = Path(__file__).parent.parent


def test_help_is_indonesian(tmp_path: Path) -> None:
    for command in ([], ["build"], ["check"], ["serve"], ["new"], ["search"], ["adapt"], ["adapt", "review"]):
        text = simpul(*command, "--help", cwd=tmp_path).stdout
        assert text.startswith("Pemakaian: ")
        assert not any(word in text for word in ("Usage", "Options:", "Show this", "Commands:"))


@pytest.mark.parametrize("arguments", [
    ["chek"], ["build", "--jobs", "x"], ["check", "--format", "pdf"], ["new", "module"],
    ["build", "--root", "tidak-ada"], ["new", "practice", "Nama Salah"]])
def test_wrong_usage_ends_with_two_and_says_why(arguments: list[str], tmp_path: Path) -> None:
    done = simpul(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Galat: " in done.stderr
    assert "Traceback" not in done.stderr


def test_check_tells_all_problems_at_once_and_ends_with_one(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(CASE, "jenis: digital", "jenis: aplikasi")
    sample.replace("curriculum/jalur/asn-baru.yml", "surel-aman", "surel-amn")
    done = simpul("check", cwd=sample.root)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    places = [(line.split(":")[0], int(line.split(":")[1])) for line in lines[:-1]]
    assert places == sorted(places)
    assert lines[-1] == "2 galat, 2 peringatan."
    assert (f"{CASE}:6: galat: isi 'aplikasi' pada 'jenis' tidak dikenal. "
            "Pilihan: digital, nondigital.") in lines


def test_warnings_alone_end_well_unless_strict(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    assert simpul("check", cwd=sample.root).returncode == 0
    assert simpul("check", "--strict", cwd=sample.root).returncode == 1


def test_check_of_paths_shows_only_theirs(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(CASE, "jenis: digital", "jenis: aplikasi")
    assert simpul("check", "curriculum", cwd=sample.root).stdout == "0 galat, 0 peringatan.\n"
    other = simpul("check", "--root", str(sample.root), "content/daerah/00.71", cwd=tmp_path)
    assert other.stdout.count("antrean-daring.md") == 2


def test_reports_for_machines(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root").replace(CASE, "jenis: digital", "jenis: aplikasi")
    found = json.loads(simpul("check", "--format", "json", cwd=sample.root).stdout)
    assert {"path": CASE, "line": 6, "severity": "error", "code": "literal_error",
            "message": "isi 'aplikasi' pada 'jenis' tidak dikenal",
            "hint": "Pilihan: digital, nondigital."} in found
    text = simpul("check", "--format", "github", cwd=sample.root).stdout
    assert (f"::error file={CASE},line=6,title=literal_error::"
            "isi 'aplikasi' pada 'jenis' tidak dikenal. Pilihan") in text


def test_a_date_from_the_future_is_told_where_the_day_is_known(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.replace(CASE, 'terverifikasi_pada: "2026-08-01"', 'terverifikasi_pada: "2062-08-01"')
    assert "belum terjadi" not in simpul("check", cwd=sample.root).stdout
    done = simpul("check", cwd=sample.root, SOURCE_DATE_EPOCH="1790000000")
    assert (f"{CASE}:22: galat: 'terverifikasi_pada' 2062-08-01 belum terjadi. "
            "Periksa tahun, bulan, dan harinya.") in done.stdout


def test_needs_answers_and_consents_from_the_future_are_told(tmp_path: Path) -> None:
    folder = "content/daerah/00.71"
    sample = Sample(tmp_path / "root")
    sample.replace(f"{folder}/kebutuhan.yml", 'tanggal: "2026-05-10"', 'tanggal: "2062-05-10"')
    sample.replace(f"{folder}/kebutuhan.yml", 'tanggal: "2026-05-30"', 'tanggal: "2062-05-30"')
    sample.replace(f"{folder}/ahli.yml", "2026-04-01", "2062-04-01")
    lines = simpul("check", cwd=sample.root, SOURCE_DATE_EPOCH="1790000000").stdout.splitlines()
    told = "belum terjadi. Periksa tahun, bulan, dan harinya."
    assert [line for line in lines if "belum terjadi" in line] == [
        f"{folder}/ahli.yml:3: galat: tanggal 2062-04-01 {told}",
        f"{folder}/kebutuhan.yml:2: galat: tanggal 2062-05-10 {told}",
        f"{folder}/kebutuhan.yml:8: galat: tanggal 2062-05-30 {told}",
    ]


def test_build_sums_up(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    done = simpul("build", "--site", str(tmp_path / "hasil"), cwd=sample.root)
    assert done.returncode == 0
    assert "2 modul" in done.stdout
    assert "2 praktik" in done.stdout
    assert "2 peringatan" in done.stdout
    assert (tmp_path / "hasil/index.html").is_file()


@pytest.mark.parametrize(("kind", "name", "more"), [
    ("module", "modul-baru", []), ("path", "jalur-baru", []),
    ("practice", "praktik-baru", ["--region", "73.71"]), ("region", "73.72", []),
])
def test_a_scaffold_passes_but_for_its_placeholders(kind: str, name: str, more: list[str],
                                                    tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    before = set(sample.report().split("\n"))
    done = simpul("new", kind, name, *more, cwd=sample.root)
    assert done.returncode == 0, done.stderr
    problems = [line for line in sample.report().split("\n")[:-1] if line not in before]
    assert problems
    assert all("isian contoh belum diganti" in line for line in problems)
    told = [line.strip().rsplit(": ", 1)[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert sorted(told) == sorted(line.partition(": galat")[0] for line in problems)


def test_the_portal_itself_has_not_one_problem() -> None:
    done = simpul("check", "--strict", cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "0 galat, 0 peringatan.\n")


def test_a_scaffold_never_overwrites(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    done = simpul("new", "module", "kata-sandi", cwd=sample.root)
    assert done.returncode == 2
    assert "curriculum/modul/kata-sandi/modul.yml sudah ada" in done.stderr


def test_the_schema_accepts_the_samples(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.build()
    schema = json.loads(sample.page("skema/praktik.json"))
    assert schema["properties"]["tahapan"]["description"].startswith("Sejauh mana praktik ini")
    assert schema["properties"]["tahapan"]["enum"] == ["inisiatif", "uji_coba", "penerapan"]
    assert schema["additionalProperties"] is False
