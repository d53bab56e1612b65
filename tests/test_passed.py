"""Who reached the minimum, by the way in which it was judged: never summed over two ways."""

from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.figures.passed import Passed, by_way
from simpul.model import Report

WAYS = ("tes@1.0.0", "karya@1.0.0", "lama@0.9.0", "")
ORDER = {"tes@1.0.0": "Tes", "karya@1.0.0": "Karya"}
PERIODS = st.sampled_from(("2025", "2026-S1", "2026"))
ROWS = st.lists(st.tuples(PERIODS, st.sampled_from(WAYS), st.integers(0, 5)),
                min_size=1, max_size=3, unique_by=lambda row: row[0])


def _report(period: str, way: str, passed: int) -> Report:
    return Report.model_validate({
        "periode": period, "unit_layanan": "Unit", "layanan": "adminduk", "sasaran_asn": "9",
        "asn_dilatih": "5", "asn_lulus_minimum": str(passed)} | ({"cara_penilaian": way} if way else {}))


@settings(deadline=None, max_examples=80)
@given(st.lists(ROWS, max_size=6))
def test_each_way_holds_the_newest_rows_judged_that_way(units: list[list[tuple[str, str, int]]]) -> None:
    found = by_way([[_report(*row) for row in rows] for rows in units], ORDER)
    newest = [max(rows, key=lambda row: (row[0][:4], row[0] != "2026-S1")) for rows in units]
    for item in found:
        mine = [passed for _, way, passed in newest if way == item.way and passed]
        assert item == Passed(item.way, len(mine), sum(mine), 9 * len(mine))
    assert {item.way for item in found} == {way for _, way, passed in newest if passed}


def test_the_unknown_comes_last_and_what_is_not_defined_before_it() -> None:
    found = by_way([[_report("2026", way, 1)] for way in reversed(WAYS)], ORDER)
    assert [item.way for item in found] == ["tes@1.0.0", "karya@1.0.0", "lama@0.9.0", ""]
