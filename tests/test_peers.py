"""Regions like mine: who they are, what they have that is lacking here, and lists by condition."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from simpul.builder.build import check
from simpul.figures.conditions import condition_key, condition_name
from simpul.figures.evenness import classes, shade_of
from simpul.figures.peers import compare, peers, their_cases
from tests.crowd import _case, _need
from tests.harness import ALL, Sample

COAST = 'kondisi: {{ koneksi: {}, geografi: pesisir }}\nsumber: Data rekaan\ntahun: "2026"\n'


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Five coastal regions of two provinces, four of them with a bad line; two of them with data."""
    sample = Sample(tmp_path_factory.mktemp("serupa") / "root", ALL)
    for code, connection in (("11.01", "terbatas"), ("11.02", "terbatas"), ("12.01", "terbatas"),
                             ("12.02", "terbatas"), ("12.03", "baik")):
        sample.write(f"content/daerah/{code}/profil.yml", COAST.format(connection))
    sample.write("content/daerah/11.02/kebutuhan.yml", _need(1))
    sample.write("content/daerah/12.01/kebutuhan.yml", _need(1))
    for code, number in (("12.01", 1), ("12.01", 4), ("12.02", 7)):
        sample.write(f"content/daerah/{code}/praktik/praktik-{number}.md",
                     _case(number).replace("kondisi: { geografi: pesisir }", "contoh: tidak"))
    assert sample.build().result
    return sample


def test_those_under_the_same_conditions_come_before_neighbours(sample: Sample) -> None:
    portal = check(sample.root, 1).portal
    assert peers(portal, "11.01")[:4] == (("11.02", "12.01", "12.02"), "kabupaten", "pesisir", "terbatas")
    # only one is coastal with a good line: what is shared with more is taken
    assert peers(portal, "12.03")[:4] == (("11.01", "11.02", "12.01", "12.02"), "kabupaten", "pesisir", "")
    # nothing is known of it: its kind in its province, then its kind alone
    near = peers(portal, "11.05")
    assert (near.province, {code[:2] for code in near.codes}) == ("11", {"11"})
    assert len(peers(portal, "11").codes) == 37
    assert not {code[:2] for code in peers(portal, "00.71").codes} - {"00"}


def test_what_they_have_and_it_lacks_is_counted(sample: Sample) -> None:
    portal = check(sample.root, 1).portal
    rows = {row.name: row[1:] for row in compare(portal, "11.01", peers(portal, "11.01").codes)}
    assert (rows["Kebutuhan"], rows["Praktik"], rows["Pusat"]) == ((0, 2), (0, 2), (0, 0))
    assert their_cases(portal, "11.01", peers(portal, "11.01").codes) == ["12.01/praktik-1",
                                                                        "12.02/praktik-7"]


def test_a_regions_page_answers_what_is_lacking(sample: Sample) -> None:
    page = sample.page("daerah/11.01.html")
    section = page.partition('id="__serupa"')[2]
    assert "3 daerah lain yang sama-sama kabupaten, pesisir, koneksi terbatas" in section
    told = re.findall(r"<li>(\w+): (\d+) dari (\d+) daerah</li>", section)
    assert told == [("Kebutuhan", "2", "3"), ("Praktik", "2", "3")]
    assert section.index("Praktik nomor 1") < section.index("Semua praktik dengan kondisi ini")


def test_a_region_without_anything_leads_on(sample: Sample) -> None:
    page = sample.page("daerah/11.05.html")
    assert re.findall(r'href="\.\./kirim/(\w+)\.html#11\.05"', page) == [
        "kebutuhan", "praktik", "pusat", "ahli", "jadwal", "pemantauan", "profil"]
    nearest = page.partition("Daerah terdekat yang sudah punya data")[2].partition("</p>")[0]
    assert re.findall(r"daerah/([\d.]+)\.html", nearest.replace('href="', "daerah/")) == \
        ["11.02", "12.01", "12.02"]
    assert "pesisir-koneksi-terbatas.html" in page  # its own condition is not known
    assert 'id="__mulai"' not in sample.page("daerah/11.02.html")


def test_cases_are_listed_by_condition_with_the_regions_under_it(sample: Sample) -> None:
    page = sample.page("praktik/kondisi/pesisir-koneksi-terbatas.html")
    assert page.count('class="meta"') >= 3
    for code in ("11.01", "11.02", "12.01", "12.02"):
        assert f"daerah/{code}.html" in page
    assert "daerah/12.03.html" not in page
    assert "kondisi/pesisir-koneksi-terbatas.html" in sample.page("praktik/index.html")


@pytest.mark.parametrize(("connection", "geography", "key", "name"), [
    ("sangat_terbatas", "pesisir", "pesisir-koneksi-sangat-terbatas", "pesisir, koneksi sangat terbatas"),
    ("baik", None, "koneksi-baik", "koneksi baik"), (None, "perkotaan", "perkotaan", "perkotaan"),
    (None, None, "", ""),
])
def test_conditions_have_addresses_and_words(connection: str | None, geography: str | None, key: str,
                                             name: str) -> None:
    assert condition_key(connection, geography) == key
    assert condition_name(key) == name


def test_a_new_case_of_a_neighbour_that_has_one_changes_no_other_regions_page(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root", ALL)
    sample.write("content/daerah/11.02/praktik/praktik-1.md", _case(1))
    sample.build()
    before = {code: sample.page(f"daerah/{code}.html") for code in ("11.01", "11.03", "12.01")}
    sample.write("content/daerah/11.02/praktik/praktik-4.md", _case(4))
    sample.build()
    assert before == {code: sample.page(f"daerah/{code}.html") for code in before}


def test_the_maps_classes_separate_what_differs() -> None:
    values = [Fraction(number) for number in (0, 0, 1, 2, 3, 4, 5, 6, 7, 8)]
    bounds = classes(values)
    assert [shade_of(value, bounds) for value in values] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert classes([Fraction(0)]) == []
    assert [shade_of(Fraction(1), classes([Fraction(1)] * 34)), shade_of(Fraction(0), [])] == [1, 0]
