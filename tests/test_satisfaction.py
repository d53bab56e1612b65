"""What may be called a rise: margins no survey exceeds, six classes, drawings that do not exaggerate."""

import random
from decimal import Decimal
from itertools import pairwise
from statistics import pstdev
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.figures.charts import MOST_POINTS, periods, plane, strips
from simpul.figures.plots import Axis, around_zero
from simpul.figures.satisfaction import BOTH, CHANCE, NEITHER, RATED, REACH, UNKNOWN, change, outcome
from simpul.figures.uncertainty import ANSWERS, ELEMENTS, margin, spread
from simpul.model import Report


def row(period: str, trained: int = 10, index: str | None = "80", asked: int | None = 400,
        **more: Any) -> Report:
    survey = {"ikm": index, "ikm_n": asked, "ikm_metode": "SKM-9-unsur", "dasar_hukum": "PermenPANRB 14/2017"}
    return Report.model_validate({"periode": period, "unit_layanan": "Loket", "layanan": "adminduk",
                                  "sasaran_asn": 100, "asn_dilatih": trained, "asn_lulus_minimum": 0,
                                  **survey, **more})


NARROW = {"ikm_simpangan": "10"}  # of 400 answers each, the margin of a difference is 1.39


@pytest.mark.parametrize(("before", "after", "kind"), [
    (("80.40", 10), ("80.41", 11), CHANCE), (("80", 10), ("81.39", 20), CHANCE),
    (("80", 10), ("81.40", 20), BOTH), (("80", 10), ("78.60", 20), REACH),
    (("80", 10), ("81.40", 10), RATED), (("80", 10), ("78.60", 9), NEITHER), (("80", 10), ("80", 30), CHANCE),
])
def test_a_change_inside_its_margin_is_neither_rise_nor_fall(
        before: tuple[str, int], after: tuple[str, int], kind: str) -> None:
    rows = [row(period, trained, index, **NARROW)
            for period, (index, trained) in (("2025-S2", before), ("2026-S1", after))]
    assert outcome(rows).kind == kind


NO_OTHER = "belum ada periode sebelumnya dengan cara survei yang sama, data lengkap, dan paling sedikit 30 " \
    "responden"


@pytest.mark.parametrize(("rows", "why"), [
    ([row("2026-S1")], "baru ada satu periode"),
    ([row("2025-S2"), row("2026-S1", index=None)], "baris 2026-S1 belum memuat IKM"),
    ([row("2025-S2"), row("2026-S1", asked=29)],
     "baris 2026-S1 memuat 29 responden; di bawah 30, perubahan tidak dapat dipisahkan dari kebetulan"),
    ([row("2025-S2", asked=29), row("2026-S1")],
     NO_OTHER),
    ([row("2025-S2", ikm_metode="lain"), row("2026-S1")],
     NO_OTHER),
])
def test_what_cannot_be_judged_says_why(rows: list[Report], why: str) -> None:
    found = outcome(rows)
    assert (found.kind, found.change, found.why) == (UNKNOWN, None, why)


def test_an_earlier_period_stands_in_for_one_that_asked_too_few() -> None:
    found = outcome([row("2024-S1", index="70"), row("2025-S1", asked=5), row("2026-S1", index="80")])
    assert found.change
    assert (found.kind, found.change.before.periode) == (CHANCE if found.change.inside else RATED, "2024-S1")


def test_a_country_in_which_nothing_changed_has_next_to_no_success() -> None:
    """Respondents are drawn from the same citizens twice: of 400 units about 5 in 200 may seem to rise."""
    random.seed(1)
    kinds = []
    for _ in range(400):
        rows = []
        for period, trained in (("2025-S2", 10), ("2026-S1", 20)):
            asked = random.randint(30, 200)
            people = [100 * sum(random.choices((2, 3, 4), (2, 5, 3), k=9)) / 36 for _ in range(asked)]
            told = {"ikm_simpangan": str(round(pstdev(people), 2))} if random.random() < 0.5 else {}
            rows.append(row(period, trained, str(round(sum(people) / asked, 2)), asked, **told))
        kinds.append(outcome(rows).kind)
    assert kinds.count(BOTH) < 20
    assert kinds.count(CHANCE) > 360


@given(st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=30, max_size=60))
@settings(deadline=None)
def test_each_bound_holds_for_any_survey(people: list[list[int]]) -> None:
    """The real spread of respondents is at most what answers, elements, or the scale allow, in this order."""
    real = pstdev([25 * sum(given) / 9 for given in people])
    counts = {name: sum(given.count(value) for given in people) for value, name in enumerate(ANSWERS, 1)}
    means = {element: Decimal(sum(given[place] for given in people)) / len(people)
             for place, element in enumerate(ELEMENTS)}
    bounds = [spread(row("2026-S1").model_copy(update=told)) for told in (counts, means, {})]
    assert [bound.known for bound in bounds] == ["jawaban", "unsur", "batas"]
    assert all(real <= float(bound.points) + 1e-6 for bound in bounds)
    assert bounds[1].points <= bounds[2].points


def test_margins_are_those_of_the_formula() -> None:
    assert margin(row("2026-S1", asked=29)) is None
    assert margin(row("2026-S1", asked=None)) is None
    assert margin(row("2026-S1", asked=30)) == (Decimal("13.42"), "batas")
    assert margin(row("2026-S1", asked=400, **NARROW)) == (Decimal("0.98"), "simpangan")


# Drawings

def test_axes_show_round_numbers_and_keep_what_lies_beyond_at_their_ends() -> None:
    axis = Axis(Decimal(25), Decimal(100), 116, 20)
    assert axis.ticks(3) == [(84, "50"), (20, "100")]
    assert [axis.at(Decimal(number)) for number in (0, 25, 100, 400)] == [116, 116, 20, 20]
    assert [around_zero([Decimal(number)], Decimal(4)) for number in ("0", "-4.2", "93")] == [4, 6, 100]


def test_a_units_line_joins_only_what_may_be_compared() -> None:
    rows = [row("2024-S1"), row("2024-S2"), row("2025-S1", ikm_metode="lain"), row("2025-S2", index=None),
            row("2026-S1")]
    chart = periods(rows)
    assert (len(chart["reach"]["lines"]), len(chart["index"]["lines"])) == (4, 1)
    assert [one["name"] for one in chart["periods"]] == ["2024-S1", "2026-S1"]
    places = [one["x"] for one in chart["reach"]["points"]]
    assert len({after - before for before, after in pairwise(places)}) == 1
    assert periods([row("2026-S1")])["index"]["lines"] == []


def test_many_units_are_counted_by_squares_and_none_is_lost() -> None:
    def some(count: int) -> list[Any]:
        return [change(row("2025-S2", 10), row("2026-S1", 10 + place % 50, str(70 + place % 30)))
                for place in range(count)]

    assert plane([]) is None
    few, many = plane(some(MOST_POINTS)), plane(some(MOST_POINTS + 1))
    assert few
    assert many
    assert (len(few["points"]), few["squares"]) == (MOST_POINTS, [])
    assert many["points"] == []
    assert sum(square["count"] for square in many["squares"]) == MOST_POINTS + 1
    thousands = plane(some(10_000))
    assert thousands
    assert len(thousands["squares"]) < 500
    strip = strips([("Loket", some(10_000)), ("Lain", [])])
    assert sum(strip["rows"][0][key] for key in ("rose", "same", "fell")) == 10_000
    assert len(strip["rows"][0]["marks"]) < 80
    assert strip["rows"][1]["marks"] == []
