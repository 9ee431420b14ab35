import pytest
from hypothesis import given
from hypothesis import strategies as st

from hlanalysis.periods import Period, base_period

SPELLINGS = ["2024", "2024-6M", "2024-Q1", "2024-M09", "2021-2025", "2024-H1"]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_period_has_one_spelling(text):
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize("text", ["24", "2024-13M", "2024-Q5", "2025-2021", "2024-00M", "năm 2024"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"period|month|ends"):
        Period.parse(text)


def test_periods_sort_by_their_end_and_the_longer_comes_first():
    ordered = sorted(map(Period.parse, ["2024", "2024-6M", "2024-M06", "2023", "2024-Q4"]))
    assert [str(one) for one in ordered] == ["2023", "2024-6M", "2024-M06", "2024", "2024-Q4"]


def test_labels_are_written_the_readers_way():
    labels = [Period.parse(text).label("vi") for text in SPELLINGS]
    assert labels == [
        "2024",
        "6 tháng 2024",
        "quý I/2024",
        "tháng 9/2024",
        "2021-2025",
        "6 tháng đầu năm 2024",
    ]
    assert Period.parse("2024-M09").label("en") == "Sep 2024"


@pytest.mark.parametrize(
    ("period", "base", "found"),
    [
        ("2024", "previous_year", "2023"),
        ("2024-6M", "same_period_last_year", "2023-6M"),
        ("2024", "year:2020", "2020"),
        ("2021-2025", "period:2016-2020", "2016-2020"),
        ("2024-M01", "previous_month", "2023-M12"),
        ("2024", "plan", "None"),
    ],
)
def test_a_base_names_a_period(period, base, found):
    assert str(base_period(Period.parse(period), base)) == found


@given(st.integers(1990, 2050), st.integers(1, 12))
def test_going_back_a_year_keeps_the_part_of_the_year(year, number):
    period = Period(year, "months", number)
    assert period.back().months[0] == period.months[0] - 12
