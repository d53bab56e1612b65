"""Plans for each way of teaching: minutes that add up, pages that stand alone, a sheet for the mentor."""

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.harness import Sample
from tests.plans import planned

CURRICULUM = Path(__file__).parents[1] / "curriculum"


def _read(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


MODELS = {path.stem: _read(path)["komponen"] for path in sorted((CURRICULUM / "model").glob("*.yml"))}
MODULES = sorted(path.parent for path in (CURRICULUM / "modul").glob("*/modul.yml"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    sample = planned(tmp_path_factory.mktemp("plans") / "root")
    assert sample.build().result
    return sample


@pytest.mark.parametrize("folder", MODULES, ids=lambda folder: folder.name)
def test_each_module_has_a_plan_for_each_model_that_lasts_its_share(folder: Path) -> None:
    minutes = sum(map(int, _read(folder / "modul.yml")["menit"].values()))
    plans = {plan["model"]: plan["bagian"] for plan in _read(folder / "rencana.yml")["model"]}
    assert plans.keys() == MODELS.keys()
    for name, components in MODELS.items():
        total = sum(int(component["menit"]) for component in components)
        sums = [sum(int(step["menit"]) for step in part["langkah"]) for part in plans[name]]
        assert [part["komponen"] for part in plans[name]] == [component["jenis"] for component in components]
        assert sum(sums) == minutes
        for component, found in zip(components, sums, strict=True):
            assert abs(found - Fraction(minutes * int(component["menit"]), total)) < 1


@pytest.mark.parametrize("folder", MODULES, ids=lambda folder: folder.name)
def test_notes_leave_the_order_of_a_lesson_to_the_plans(folder: Path) -> None:
    assert "## Alur waktu" not in (folder / "catatan.md").read_text(encoding="utf-8")


def test_a_plan_stands_alone_and_counts_its_minutes(sample: Sample) -> None:
    page = sample.page("modul/surel-aman/rencana/pendampingan.html")
    parts = re.findall(r"<h2[^>]*>([^<]*), (\d+) menit</h2>", page)
    assert parts == [("Tatap muka", "30"), ("Pendampingan", "45"), ("Mandiri", "15")]
    assert page.count("Bagikan enam surel.") == 2  # whoever prints one plan needs no other page
    assert "1 pendamping untuk 8 peserta." in page
    assert "<dt>Siapkan</dt><dd>enam surel cetak</dd>" in page


def test_a_visit_sheet_has_all_that_the_mentor_needs(sample: Sample) -> None:
    page = sample.page("modul/surel-aman/kunjungan.html")
    told = ("Kotak masuk peserta", "Cara peserta membuka tautan", "Lima?", "Satu surel dilaporkan",
            "Catatan kunjungan", "Dua orang bergantian.", "Di meja kerja.", "Lewat telepon.")
    assert [text for text in told if text not in page] == []


@pytest.mark.parametrize("url", ["modul/surel-aman/pengajar.html", "model/pendampingan.html"])
def test_notes_and_models_lead_to_plans(sample: Sample, url: str) -> None:
    assert "rencana/pendampingan.html" in sample.page(url)
