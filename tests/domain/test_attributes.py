"""The one form in which a value is kept, and the types that are proposed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.attributes import MAX_VALUE, canonical_value, proposed_type, sort_key
from polyvocal.domain.errors import UserError
from polyvocal.domain.words import AttributeType

TEXT, NUMBER, DATE, YES_NO = AttributeType


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (TEXT, "  ward sister\r\nnights ", "ward sister\nnights"),
        (TEXT, "3.0", "3.0"),
        (NUMBER, "3.0", "3"),
        (NUMBER, "0012.50", "12.5"),
        (NUMBER, "-.5", "-0.5"),
        (NUMBER, "\u22124", "-4"),
        (NUMBER, "1e3", "1000"),
        (NUMBER, "-0.0", "0"),
        (DATE, "20240514", "2024-05-14"),
        (DATE, "2024-05-14 10:45", "2024-05-14T10:45"),
        (DATE, "2024-05-14T10:45:07+01:00", "2024-05-14T10:45:07+01:00"),
        (YES_NO, "TRUE", "yes"),
        (YES_NO, "n", "no"),
    ],
)
def test_value_is_kept_in_one_form(kind: AttributeType, given: str, kept: str) -> None:
    assert canonical_value(kind, given) == kept
    assert canonical_value(kind, kept) == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (TEXT, " \n "),
        (TEXT, "bell\x07"),
        (TEXT, "a" * (MAX_VALUE + 1)),
        (NUMBER, "1,234"),
        (NUMBER, "2,5"),
        (NUMBER, "twelve"),
        (NUMBER, "nan"),
        (NUMBER, "1e999"),
        (DATE, "14/05/2024"),
        (DATE, "2024-02-30"),
        (YES_NO, "perhaps"),
    ],
)
def test_what_is_none_of_the_type_is_refused(kind: AttributeType, given: str) -> None:
    with pytest.raises(UserError):
        canonical_value(kind, given)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["yes", "No", ""], YES_NO),
        (["1", "0"], NUMBER),
        (["1", "2.5", " "], NUMBER),
        (["2024-05-14", "2024-05-15T10:00"], DATE),
        (["2024-05-14", "soon"], TEXT),
        (["", " "], TEXT),
        ([], TEXT),
    ],
)
def test_narrowest_type_that_all_values_fit_is_proposed(values: list[str], kind: AttributeType) -> None:
    assert proposed_type(values) is kind


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_number_keeps_its_size_and_its_form(number: Decimal) -> None:
    kept = canonical_value(NUMBER, str(number))
    assert Decimal(kept) == number
    assert canonical_value(NUMBER, kept) == kept


def test_numbers_are_sorted_by_size_and_words_by_letters() -> None:
    assert sorted(["10", "9", "-1"], key=lambda one: sort_key(NUMBER, one)) == ["-1", "9", "10"]
    assert sorted(["b", "A"], key=lambda one: sort_key(TEXT, one)) == ["A", "b"]
