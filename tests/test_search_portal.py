"""Search in the project's own portal: what people ask as they type it, and what they have to find."""


import pytest
import yaml

from simpul.builder.build import build
from simpul.search.reading import Reader
from simpul.search.terminal import search_in
from simpul.search.words import STEMS, tokens
from tests.harness import HERE

ROOT = HERE.parent
ASKED = [(str(query), pages)
         for path in sorted((HERE / "search").glob("*.yml"))
         for group in yaml.safe_load(path.read_text(encoding="utf-8"))
         for query, pages in group["cari"].items()]
ABBREVIATIONS = yaml.safe_load((ROOT / "curriculum/singkatan.yml").read_text(encoding="utf-8"))
MODULES = sorted(path.parent.name for path in ROOT.glob("curriculum/modul/*/modul.yml"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    site = tmp_path_factory.mktemp("portal") / "site"
    build(ROOT, site, 1)
    return Reader(site)


def found(reader: Reader, query: str, limit: int = 3) -> list[str]:
    return [hit.url.removesuffix(".html") for hit in search_in(reader, query, {}, limit).hits]


def test_there_are_queries_of_every_kind_of_reader() -> None:
    assert len({query for query, _ in ASKED}) >= 150


def test_the_page_that_is_meant_is_among_the_first_three(reader: Reader) -> None:
    wrong = {query: found(reader, query) for query, pages in ASKED
             if not {*found(reader, query)} & {*pages.split()}}
    assert wrong == {}


@pytest.mark.parametrize("form", ["singkatan", "kepanjangan"])
def test_every_abbreviation_and_every_long_name_finds_something(form: str, reader: Reader) -> None:
    assert [row[form] for row in ABBREVIATIONS if not found(reader, row[form])] == []


def test_no_word_of_the_synonyms_or_the_glossary_is_read_as_another_word(reader: Reader) -> None:
    rows = yaml.safe_load((ROOT / "curriculum/padanan.yml").read_text(encoding="utf-8"))
    terms = yaml.safe_load((ROOT / "curriculum/glosarium.yml").read_text(encoding="utf-8"))
    words = {str(word) for row in rows for word in row["kata"]} | {term["istilah"] for term in terms}
    wrong = {word: results.read_as for word in sorted(words)
             if not (results := search_in(reader, word, {}, 1)).hits
             or any(reader.instead.get(STEMS[typed]) not in read for typed, read in results.read_as.items())}
    assert wrong == {}


@pytest.mark.parametrize("module", MODULES)
def test_the_notes_of_a_module_stand_behind_it(module: str, reader: Reader) -> None:
    source = ROOT / f"curriculum/modul/{module}/modul.yml"
    title = yaml.safe_load(source.read_text(encoding="utf-8"))["judul"]
    for query in (title, *(word for word in tokens(title) if STEMS[word])):
        urls = found(reader, query, 800)
        assert f"modul/{module}" in urls
        assert urls.index(f"modul/{module}") < urls.index(f"modul/{module}/pengajar"), query


def test_notes_are_found_by_their_kind(reader: Reader) -> None:
    hits = search_in(reader, "catatan pengajar rapat daring", {"jenis": "catatan-pengajar"}, 3).hits
    assert hits[0].url == "modul/rapat-daring/pengajar.html"


def test_pages_of_data_are_found_by_what_they_say(reader: Reader) -> None:
    assert found(reader, "bugis")[0] == "ahli/bahasa/bug"
    assert any(url.startswith("ahli/") for url in found(reader, "Ahli Rekaan Dua"))
    assert "pemantauan/00.71" in found(reader, "Puskesmas Contoh Raya")
    assert "pusat/00.71/pusat-contoh/hadir" in found(reader, "daftar hadir pusat pelatihan contoh raya")


def test_a_region_without_data_is_found_by_its_name_alone(reader: Reader) -> None:
    assert found(reader, "kabupaten gowa")[0] == "daerah/73.06"
    assert found(reader, "gowa", 800) == ["daerah/73.06"]
    assert not any(url.startswith("daerah/73") for url in found(reader, "praktik baik dari daerah", 800))
