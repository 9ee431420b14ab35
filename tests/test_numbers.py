from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hlanalysis.numbers import (
    NumberFormatError,
    format_number,
    last_digit,
    parse_number,
    read_number,
    round_half_up,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("222,044", "222.044"),
        ("1.290", "1290"),
        ("3.250.400.000", "3250400000"),
        ("1.417,25", "1417.25"),
        ("5310,4", "5310.4"),
        ("03", "3"),
        ("4,00", "4.00"),
        ("+6,0", "6.0"),
        ("-2,7", "-2.7"),
        ("−2,7", "-2.7"),
        ("7.5", "7.5"),
        ("0.125", "0.125"),
        ("7,599,800", "7599800"),
        ("1,234.5", "1234.5"),
        ("1 234 567", "1234567"),
    ],
)
def test_numbers_are_read_the_vietnamese_way(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["1.0023,4", "0 54", "", "abc", "1,2,3", "1.29.0", "12.3456,7", "٣"]
)
def test_a_wrong_grouping_is_refused_with_a_hint(text):
    with pytest.raises(NumberFormatError, match="Hint"):
        parse_number(text)


def test_one_group_of_three_keeps_its_other_reading():
    assert read_number("1.290").other == Decimal("1.290")
    assert read_number("4,300").other == Decimal("4300")
    assert read_number("1.290,5").other is None
    assert read_number("77,64").other is None


def test_trailing_zeros_are_information():
    assert last_digit("4,00") == Decimal("0.01")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("80.625"), 2, "80,63"),
        (1290 / 1600 * 100, 2, "80,63"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1,01"),
        (-0.04, 1, "0,0"),
        (1234567.85, 1, "1.234.567,9"),
        (Fraction(2, 3), 3, "0,667"),
    ],
)
def test_rounding_is_half_away_from_zero(value, places, text):
    assert format_number(value, places) == text


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["vi"]))
def test_what_is_written_is_read_back(value, lang):
    assert parse_number(format_number(value, lang=lang)) == value


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_moves_a_value_by_at_most_half_a_unit(value, places):
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2) / 10**places


def test_a_value_without_an_end_needs_a_number_of_places():
    with pytest.raises(ValueError, match="places"):
        format_number(Fraction(1, 3))
    with pytest.raises(ValueError, match="finite"):
        format_number(Decimal("NaN"))
