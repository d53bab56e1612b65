"""Plans for each way of teaching: minutes that add up, pages that stand alone, a sheet for the mentor."""

import re

import pytest

from tests.harness import Sample
from tests.plans import planned


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    sample = planned(tmp_path_factory.mktemp("plans") / "root")
    assert sample.build().result
    return sample


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
