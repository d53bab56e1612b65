"""Numbers and dates as people write them: read where they can mean one thing, asked about where two."""

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simpul.model import dates, numbers
from simpul.model.fields import Number, Small, Whole
from tests.harness import Sample

AMOUNTS = st.decimals(-10**12, 10**12, places=4, allow_nan=False)
PIECES = st.sampled_from(["1", "12", "250", "000", "0", ".", ",", " ", "-", "+", "Rp", "Rp. ", "%", " %",
                          ",-", "\u2212", "\u00a0", "\uff11", "juta", " jam", "±", ">", "#N/A", "/", "x"])
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map("".join)


@pytest.mark.parametrize(("text", "value"), [
    ("1250", "1250"), ("12,5", "12.5"), ("12.5", "12.5"), ("1.250.000", "1250000"), ("1,250,000", "1250000"),
    ("1 250", "1250"), ("1.250,50", "1250.50"), ("1,250.50", "1250.50"), ("Rp950.000", "950000"),
    ("Rp 1.250.000,00", "1250000"), ("rp. 1.250.000,-", "1250000"), ("12 %", "12"), ("12,5%", "12.5"),
    ("\u22125", "-5"), ("\uff11\uff12\uff0c\uff15", "12.5"), ("1250.500", "1250.5"), ("0.125", "0.125"),
    ("1\u00a0250\u00a0000", "1250000"),
])
def test_what_can_mean_one_thing_is_read(text: str, value: str) -> None:
    found = numbers.read(text)
    assert found is not None
    assert found.values == (Decimal(value),)


@pytest.mark.parametrize("text", ["", "-", "1.25.000", "1.2500.000", "±5", ">90", "3 jam", "1e9", "inf",
                                  "nan", "90-100", "1/2", "Rp5%", "1_000", "\u0661", "10\u00b2", ",5", "5,",
                                  "1" * 16])
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert numbers.read(text) is None


@given(AMOUNTS)
def test_what_is_advised_is_read_as_it_was_meant(amount: Decimal) -> None:
    found = numbers.read(numbers.shown(amount))
    assert found is not None
    assert found.values == (amount,)


@given(st.integers(1000, 999_999), st.sampled_from(".,"))
def test_one_group_of_three_is_asked_about_with_two_answers_that_are_taken(amount: int, mark: str) -> None:
    written = f"{amount:,}".replace(",", mark)
    found = numbers.read(written)
    assert found is not None
    assert found.values == (amount, Decimal(amount) / 1000)
    with pytest.raises(ValidationError, match="dapat dibaca dua cara"):
        TypeAdapter(Number).validate_python(written)
    answers = re.findall(r"(?:Tulis|atau) (\S+) bila", numbers.question(found.values))
    advised = [numbers.read(answer) for answer in answers]
    assert [answer.values if answer else None for answer in advised] == [(value,) for value in found.values]


def test_a_field_settles_what_it_can_only_mean() -> None:
    assert TypeAdapter(Whole).validate_python("1.250") == 1250
    assert TypeAdapter(Small).validate_python("82.150") == Decimal("82.15")
    with pytest.raises(ValidationError, match="dapat dibaca dua cara"):
        TypeAdapter(Whole).validate_python("56.000")
    for text in ("70%", "Rp5", "5,5", "-5", "1.000.000.000"):
        with pytest.raises(ValidationError, match="bukan bilangan bulat"):
            TypeAdapter(Whole).validate_python(text)


@pytest.mark.parametrize(("number", "words"), [
    ("0", "nol"), ("11", "sebelas"), ("15", "lima belas"), ("20", "dua puluh"), ("100", "seratus"),
    ("1000", "seribu"), ("1250", "seribu dua ratus lima puluh"), ("1000000", "satu juta"),
    ("111111", "seratus sebelas ribu seratus sebelas"), ("1.25", "satu koma dua lima"),
    ("-12.005", "minus dua belas koma nol nol lima"),
])
def test_numbers_are_spelled(number: str, words: str) -> None:
    assert numbers.spelled(Decimal(number)) == words


@given(TEXTS)
def test_editors_and_the_program_take_the_same(text: str) -> None:
    """The pattern of a schema knows no full width and no space around."""
    for kind in (Number, Small, Whole):
        pattern = TypeAdapter(kind).json_schema()["pattern"]
        if re.search(pattern, text):
            TypeAdapter(kind).validate_python(text)
        elif kind is Number and text == text.strip() and text.isascii():
            with pytest.raises(ValidationError):
                TypeAdapter[Any](kind).validate_python(text)


@given(TEXTS)
def test_whatever_is_written_is_read_or_answered(text: str) -> None:
    try:
        TypeAdapter(Number).validate_python(text)
    except ValidationError as problem:
        [detail] = problem.errors()
        assert detail["type"] in ("decimal_id", "asked_id")
        assert "\n" not in numbers.advice(text)


@pytest.mark.parametrize(("text", "days"), [
    ("2026-08-01", ["2026-08-01"]), ("2026/8/1", ["2026-08-01"]), ("25/3/2026", ["2026-03-25"]),
    ("3/25/2026", ["2026-03-25"]), ("5.5.2026", ["2026-05-05"]), ("3/4/2026", ["2026-04-03", "2026-03-04"]),
    ("1 Februari 2025", ["2025-02-01"]), ("17-Agt-2025", ["2025-08-17"]), ("30/2/2026", []),
    ("2026-02-30", []), ("1 Foo 2025", []), ("kemarin", []),
])
def test_dates_are_read_where_they_can_mean_one_day(text: str, days: list[str]) -> None:
    assert dates.readings(text) == list(map(datetime.date.fromisoformat, days))


def test_a_very_small_number_shows_as_it_was_written(tmp_path: Any) -> None:
    sample = Sample(tmp_path / "root")
    case = "content/daerah/00.71/praktik/antrean-daring.md"
    sample.replace(case, 'sesudah: "20"', 'sesudah: "0,0000000001"')
    sample.build()
    assert "0,0000000001" in sample.page("praktik/00.71/antrean-daring.html")


@pytest.mark.parametrize(("unit", "measured_in", "fits"), [
    ("", "menit", True), ("Rp", "rupiah", True), ("Rp", "Rp per bulan", True), ("Rp", "juta rupiah", False),
    ("Rp", "menit", False), ("%", "persen warga", True), ("%", "orang", False),
])
def test_a_unit_with_a_number_is_what_it_is_measured_in(unit: str, measured_in: str, fits: bool) -> None:
    assert numbers.fits_unit(unit, measured_in) == fits
