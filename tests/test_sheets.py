"""Exported tables open in a spreadsheet as they are meant, and no cell becomes a formula."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simpul.runtime.sheets import as_csv
from tests.harness import Sample

PIECES = st.sampled_from([*'=+-@;,|\t\r\n"\' ', "＝", "1", "SUM(A1)", "cmd|' /C calc'!A0", "kata", "82,15",
                          "\u2028"])
TEXTS = st.lists(PIECES, max_size=8).map("".join)
HARMLESS = re.compile(r"-?[0-9]+([.,][0-9]+)?")


def cells(data: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def is_formula(cell: str) -> bool:
    text = cell.strip(' "\t\r\n')
    return text[:1] in tuple("=+-@＝＋－＠\t\r") and text != "" and not HARMLESS.fullmatch(text)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=3))
@example([("Unit A,=1+1", 'x,"=1+1"', "a\n=1+1")])
@example([("=1+1", "\t=1", "a;=1")])
def test_no_cell_begins_a_formula_with_any_separator(rows: list[tuple[str, str, str]]) -> None:
    data = as_csv(["satu", "dua", "tiga"], rows)
    for separator in (";", ",", "\t", "|"):
        for row in cells(data, separator):
            assert [cell for cell in row if is_formula(cell)] == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="=+-@＝＋－＠", exclude_categories="CZ")))
def test_what_is_harmless_is_read_again_as_it_was(text: str) -> None:
    assert cells(as_csv(["satu", "dua"], [[text, "kata"]]), ";")[1] == [text, "kata"]


def test_numbers_are_numbers_of_an_indonesian_spreadsheet() -> None:
    data = as_csv(["kode", "ikm", "n", "beda"], [["00.71", "82.15", 377, "-5"], ["00.71", "", "", "-1.5"]],
                  {"ikm", "beda"})
    assert data == ("\ufeffkode;ikm;n;beda\r\n00.71;82,15;377;-5\r\n00.71;;;-1,5\r\n").encode()


@pytest.mark.parametrize("name", ["pemantauan.csv", "standar.csv"])
def test_a_hostile_name_is_text_in_every_file(name: str, tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    path = "content/daerah/00.71/pemantauan/2026-S1.csv"
    sample.replace(path, "Disdukcapil", '"Unit,=HYPERLINK(""http://x"")"')
    sample.build()
    data = (sample.root / "site" / name).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len({len(row) for row in cells(data, ";")}) == 1
    for separator in (";", ",", "\t"):
        assert [cell for row in cells(data, separator) for cell in row if is_formula(cell)] == []
    assert ("HYPERLINK" in data.decode()) == (name == "pemantauan.csv")
