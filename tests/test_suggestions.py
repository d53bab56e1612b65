"""What is suggested instead of a word that is not known, and how much is told of one kind."""

import random
import time
from pathlib import Path

import pytest

from simpul.problems import MOST_TOLD, Finding, did_you_mean, error, one_of, the_first_of_each
from simpul.runtime.nearest import nearest
from tests.harness import Sample
from tests.hostile import FOLDER, HARMLESS

PATHS = [f"content/daerah/{code}.{place:02}/praktik/{what}-{number}.md"
         for code in (11, 32, 73) for place in range(1, 21)
         for what in ("antrean-daring", "surel-aman", "arsip-digital", "posyandu") for number in range(40)]


@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize(("written", "meant"), [
    ("content/daerah/32.07/praktik/arsip-digtal-7.md", "content/daerah/32.07/praktik/arsip-digital-7.md"),
    ("content/daerah/3220/praktik/posyandu-39.md", "content/daerah/32.20/praktik/posyandu-39.md"),
    ("daerah/73.20/praktik/surel-aman-0.md", "content/daerah/73.20/praktik/surel-aman-0.md"),
])
def test_the_nearest_of_a_few_and_of_thousands(written: str, meant: str, few: bool) -> None:
    known = [meant, *PATHS[:3]] if few else PATHS
    assert nearest(written, known) == meant
    assert nearest("qqqq/wwww", known) == ""


def test_short_words_with_two_letters_changed_are_found_among_many() -> None:
    known = [f"{area}.{number}" for area in range(1, 6) for number in range(1, 9)]
    assert nearest("4.9", known)[:2] == "4."
    assert nearest("SBPE", ["SPBE", *(f"kata-{number}" for number in range(50))]) == "SPBE"


def test_nothing_known_nothing_suggested() -> None:
    assert str(did_you_mean("judul", [], "Hapus.")) == "Hapus."
    assert str(one_of("judul", [])) == ""
    assert str(one_of("xyz", ["a", "b"])) == "Pilihan: a, b."


def test_ten_thousand_suggestions_of_ten_thousand_words_are_made_in_time() -> None:
    """Words of two letters in turn are those that take longest to compare."""
    draw = random.Random(1)
    hard = ["".join(draw.choice("ab") for _ in range(300)) for _ in range(3000)]
    start = time.process_time()
    for word in hard[:MOST_TOLD]:
        nearest(word[::-1], hard)
    for word in PATHS[:MOST_TOLD]:
        nearest(word.replace("a", "e"), PATHS)
    assert time.process_time() - start < 5


def test_of_one_kind_in_one_file_a_hundred_are_told_and_the_rest_counted() -> None:
    def found(count: int) -> list[Finding]:
        return [Finding("a.md", line, "error", "x", f"galat {line}") for line in range(1, count + 1)]

    other = Finding("b.md", 1, "error", "x", "galat")
    assert list(the_first_of_each([*found(MOST_TOLD), other])) == [*found(MOST_TOLD), other]
    assert the_first_of_each(found(MOST_TOLD + 1)) == found(MOST_TOLD + 1)
    *told, rest = the_first_of_each(found(9_000))
    assert told == found(MOST_TOLD)
    assert rest.at(MOST_TOLD + 1) == error(
        "a.md", 101, "terlalu-banyak", "galat 101, dan masih ada 8899 masalah sejenis sesudahnya",
        "Perbaiki dulu yang disebut, lalu periksa lagi.")


def test_nine_thousand_dead_links_in_one_file(tmp_path: Path) -> None:
    body = "".join(f"[a](x{number}.md)\n" for number in range(9_000))
    sample = Sample(tmp_path / "root").write(f"{FOLDER}/x.md", HARMLESS.replace("Waktu tunggu turun.", body))
    start = time.process_time()
    report = sample.report()
    assert time.process_time() - start < 5
    assert report.count("tidak menuju halaman mana pun") == MOST_TOLD + 1
    assert "dan masih ada 8899 masalah sejenis sesudahnya" in report
