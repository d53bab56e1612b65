"""Lists of cases in parts: one case more, of whatever date, touches few of them, and no address goes."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.exports import feeds
from simpul.figures.periods import OLDEST, Part, parts
from simpul.model.dates import span
from simpul.pages import practices
from simpul.pages.page import PAGE_SIZE
from tests.harness import Sample, tree

DAYS = (st.dates(date(2020, 1, 1), date(2027, 12, 31)).map(date.isoformat)
        | st.sampled_from(["", "2024-03-01"]))


def parted(dates: list[str], most: int) -> list[Part]:
    """The parts of cases with these dates."""
    cases = {f"00.71/{number}": SimpleNamespace(added=day) for number, day in enumerate(dates)}
    portal: Any = SimpleNamespace(cases=cases, known={})
    return parts(portal, sorted(cases, key=lambda name: (cases[name].added, name)), most)


@settings(max_examples=200, deadline=None)
@given(st.lists(DAYS, max_size=60), DAYS, st.integers(1, 6))
def test_a_part_holds_so_many_at_most_and_one_case_more_touches_two_of_them(dates: list[str], more: str,
                                                                            most: int) -> None:
    before, after = parted(dates, most), parted([*dates, more], most)
    assert [dates[int(name[6:])] for part in before for name in part.cases] == sorted(dates)
    assert len({name for part in before for name in part.cases}) == len(dates)
    assert all(len(part.cases) <= most for part in before)
    held = {part.name: part.cases for part in before}
    assert len(held) == len(before)
    now = {part.name: part.cases for part in after}
    assert held.keys() <= now.keys(), "an address has gone"
    assert sum(held[name] != now[name] for name in held) <= 2
    if before:
        assert before[0].name == OLDEST


def test_many_of_one_day_and_years_without_any() -> None:
    day = parted(["2024-03-08"] * 500, 50)
    assert (day[0].name, day[0].number, day[1].name) == (OLDEST, 1, "2024-03-08-1")
    assert max(len(part.cases) for part in day) <= 50
    assert [part.number for part in day] == list(range(1, len(day) + 1))
    apart = parted(["2024-05-01", "2024-05-31", "2024-05-31", "2026-01-01", "9999-12-31"], 1)
    assert [part.name for part in apart] == [OLDEST, "2024-05-16", "2024-05-31-8", "2026", "8192"]


def test_parts_are_about_as_full_as_they_were() -> None:
    days = [(date(2023, 1, 1) + timedelta(days=number * 7 % 1095)).isoformat() for number in range(10_000)]
    assert len(parted(days, PAGE_SIZE)) < 10_000 / PAGE_SIZE * 2


@pytest.mark.parametrize(("first", "last", "words"), [
    ("2024-06-03", "2024-06-03", "3 Juni 2024"), ("2024-06-03", "2024-06-12", "3–12 Juni 2024"),
    ("2024-05-03", "2024-06-12", "3 Mei – 12 Juni 2024"), ("", "", "tanpa tanggal"),
    ("2023-05-03", "2024-06-12", "3 Mei 2023 – 12 Juni 2024"), ("", "2024-06-12", "sampai 12 Juni 2024"),
])
def test_a_part_says_from_when_to_when(first: str, last: str, words: str) -> None:
    assert span(first, last) == words


def _case(sample: Sample, name: str, day: str) -> None:
    sample.write(f"content/daerah/00.71/praktik/{name}.md",
                 (sample.root / "content/daerah/00.71/praktik/antrean-daring.md").read_text(encoding="utf-8")
                 .replace("2026-08-02", day).replace("judul: ", f"judul: {name} "))


def test_an_older_case_touches_the_part_of_its_date_alone(tmp_path: Path,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practices, "PAGE_SIZE", 3)
    monkeypatch.setattr(feeds, "SITEMAP_SIZE", 3)
    sample = Sample(tmp_path / "akar")
    for month in range(1, 13):
        _case(sample, f"kasus-{month}", f"2024-{month:02}-05")
    sample.build()
    before = tree(sample.root / "site")
    _case(sample, "lama", "2024-04-07")
    sample.build()
    after = tree(sample.root / "site")
    lists = [url for url in before if url.startswith(("praktik/semua/", "sitemap/praktik"))]
    assert len(lists) > 8
    changed = [url for url in lists if after.get(url) != before[url]]
    assert changed == ["praktik/semua/2024-04.html", "sitemap/praktik-2024-04.xml"]
    assert "5 April – 5 Mei 2024" in sample.page("praktik/semua.html")
    assert "<h1>Semua praktik baik, 5 April – 5 Mei 2024</h1>" in sample.page("praktik/semua/2024-04.html")
