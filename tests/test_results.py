"""Bars before and after stand on one scale that says what is possible, and tell which direction is better."""

from decimal import Decimal

import pytest

from simpul.figures.results import Bars, bars
from simpul.model import Result


@pytest.mark.parametrize(("fields", "expected"), [
    # 3 of 27 is a ninth, and no full bar
    ({"sebelum": "0", "sesudah": "3", "satuan": "unit", "dari": "27", "arah": "naik"},
     Bars(0, 11, Decimal(27), "baik")),
    ({"sebelum": "0", "sesudah": "3", "satuan": "unit"}, Bars(0, 60, Decimal(5), "")),
    ({"sebelum": "38", "sesudah": "82,5", "satuan": "persen", "arah": "naik"},
     Bars(38, 82, Decimal(100), "baik")),
    ({"sebelum": "74", "sesudah": "31,5", "satuan": "menit", "arah": "turun"},
     Bars(74, 31, Decimal(100), "baik")),
    ({"sebelum": "20", "sesudah": "100", "satuan": "berkas", "arah": "turun"},
     Bars(10, 50, Decimal(200), "buruk")),
    ({"sebelum": "5", "sesudah": "5", "satuan": "menit", "arah": "turun"}, Bars(50, 50, Decimal(10), "sama")),
    ({"sebelum": "0", "sesudah": "0", "satuan": "menit"}, Bars(0, 0, Decimal(1), "")),
    ({"sebelum": "-2", "sesudah": "3", "satuan": "derajat"}, None),
])
def test_both_bars_share_a_scale_that_is_not_the_larger_of_them(fields: dict[str, str],
                                                                expected: Bars | None) -> None:
    assert bars(Result.model_validate({"indikator": "Ukuran", **fields})) == expected
