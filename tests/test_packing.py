"""Values in fewer pieces: they come back as they were, or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from simpul.model import Case
from simpul.runtime.packing import Columns, dump, load

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner))


@given(PLAIN)
def test_packed_values_come_back(value: object) -> None:
    assert load(dump(value)) == value
    assert load(dump((value, Columns("a", "b")))) == (value, Columns("a", "b"))


@given(PLAIN, st.data())
def test_a_flipped_bit_gives_nothing(value: object, data: st.DataObject) -> None:
    packed = bytearray(dump(value))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert load(bytes(packed)) is None


def test_named_tuples_keep_their_kind() -> None:
    case = Case("Judul", "", "", "", False, True, ("a",), (), (), "", None, "", "", "", "")
    assert type(load(dump([case]))[0]) is Case


NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(NAMES, NAMES))
def test_columns_come_apart_again(texts: dict[str, str]) -> None:
    assert Columns.of(texts).by_name == texts
