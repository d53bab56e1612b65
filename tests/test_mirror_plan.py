"""The page of the plan says what the recorded figures say, and the recorded figures keep the promises."""

import dataclasses

import pytest

from tests.bench import plan
from tests.bench.ways import Cost

FOUND = plan.load()


@pytest.mark.parametrize("table", plan.every_table(FOUND),
                         ids=lambda table: table.split(" | ")[0].removeprefix("| "))
def test_every_table_of_the_page_is_computed_from_what_was_measured(table: str) -> None:
    page = plan.PAGE.read_text(encoding="utf-8")
    assert page.count(f"\n\n{table}\n") == 1


def test_recording_renews_the_page_and_nothing_else() -> None:
    page = plan.PAGE.read_text(encoding="utf-8")
    assert plan.renewed(page, FOUND) == page
    other = plan.renewed(page, dataclasses.replace(FOUND, date="2031-01-02", pages=12_345))
    assert "| tanggal | 2 Januari 2031 |\n| halaman | 12.345 |" in other
    assert plan.renewed(other, FOUND) == page


def test_the_promises_were_kept_at_ten_thousand_pages() -> None:
    assert FOUND.pages >= 10_000
    assert FOUND.packed >= 4_000
    assert [promise for promise, _, kept in plan.promises(FOUND) if not kept] == []


@pytest.mark.parametrize(("change", "cost"), [
    ("first copy", Cost(2601 * FOUND.pages, 20)), ("first copy", Cost(1000, 51)),
    ("nothing new", Cost(1025, 2)), ("nothing new", Cost(700, 3)), ("one case more", Cost(65_537, 6)),
    ("one case more", Cost(1000, 7)), ("a new frame", Cost(1_000_001, 6))])
def test_a_broken_promise_is_seen(change: str, cost: Cost) -> None:
    worse = dataclasses.replace(FOUND, packed=4096, costs={**FOUND.costs, change: {"Simpul": cost}})
    assert [kept for _, _, kept in plan.promises(worse)].count(False) == 1


@pytest.mark.parametrize(("single", "changed", "broken"), [
    ([Cost(9000, 6), Cost(9001, 6)], [120, 130], 0), ([Cost(9000, 6), Cost(65_537, 6)], [120, 130], 1),
    ([Cost(9000, 7)], [120], 1), ([Cost(9000, 6)], [120, 201, 110], 1)])
def test_one_case_of_any_date_has_a_promise_of_its_own(single: list[Cost], changed: list[int],
                                                       broken: int) -> None:
    found = dataclasses.replace(FOUND, packed=4096, single=single, changed=changed)
    assert [kept for _, _, kept in plan.promises(found)].count(False) == broken


def test_neighbours_and_size_move_the_plan_as_they_should() -> None:
    """Five times the pages: a first copy five times as large; neighbours spare the centre most of it."""
    year = next(table for table in plan.every_table(FOUND) if table.startswith("| Halaman | Salinan pertama"))
    small, large = ([cell.strip() for cell in line.strip("|").split("|")] for line in year.splitlines()[2:])
    number = [[float(cell.split()[0].replace(".", "").replace(",", ".")) for cell in row]
              for row in (small, large)]
    assert number[1][1] == pytest.approx(5 * number[0][1], rel=0.01)
    assert number[0][4] < number[0][3] / 5
