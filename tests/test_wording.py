from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from hlanalysis.observations import COLUMNS, Observation
from hlanalysis.reported import Interval, Reported
from hlanalysis.wording import Amount, Name, Quote, Range, Words, fill, join, percent

EMPTY = dict.fromkeys(COLUMNS, "") | {"value_max": None, "numerator": None, "denominator": None}


@pytest.fixture
def revenue():
    row = EMPTY | {"id": "a1", "value": Decimal("222.044"), "unit": "bn_vnd", "written": "222,044"}
    return Observation(**row)


def test_a_quote_keeps_the_printed_decimals_in_the_readers_spelling(revenue):
    assert Quote(revenue).write("vi") == "222,044 tỷ đồng"
    assert Quote(revenue).write("en") == "222.044 billion VND"


def test_a_quote_says_that_a_print_is_only_a_bound(revenue):
    bound = replace(revenue, value=Decimal(301), written="301", modifier="over")
    assert Quote(bound).write("vi") == "hơn 301 tỷ đồng"


def test_a_decrease_is_told_by_its_verb_unless_the_sign_is_asked_for(revenue):
    fall = replace(revenue, value=Decimal("-3.15"), unit="percent", written="3,15")
    assert Quote(fall).write("vi") == "3,15%"
    assert Quote(fall, signed=True).write("vi") == "-3,15%"


def test_computed_numbers_are_rounded_half_up():
    assert Amount(percent(Fraction(1290, 1600)), "percent", 2).write("vi") == "80,63%"


def test_marks_lead_to_sources_and_hostile_words_are_inert(revenue):
    sentence = fill(
        "{name}: {value} <b>",
        "vi",
        {"name": Words("<script>"), "value": Quote(revenue)},
    )
    assert sentence.html() == (
        '&lt;script&gt;: <a class="figure" href="#src-a1" data-source="a1">222,044 tỷ đồng</a>'
        " &lt;b&gt;"
    )
    assert str(sentence) == "<script>: 222,044 tỷ đồng <b>"
    assert sentence.cites == ("a1",)


def test_a_range_shows_which_ends_are_open():
    assert (
        Range(Reported("77,64", "percent").interval, "percent").exact("vi") == "[77,635; 77,645) %"
    )


@pytest.mark.parametrize(
    ("low_closed", "high_closed", "vi", "en"),
    [
        (True, False, "từ 121,65% đến dưới 121,75%", "from 121.65% to below 121.75%"),
        (False, False, "từ trên 121,65% đến dưới 121,75%", "from above 121.65% to below 121.75%"),
        (False, True, "từ trên 121,65% đến 121,75%", "from above 121.65% to 121.75%"),
        (True, True, "từ 121,65% đến 121,75%", "from 121.65% to 121.75%"),
    ],
)
def test_a_range_is_said_in_words(low_closed, high_closed, vi, en):
    ends = Fraction("121.65"), Fraction("121.75")
    seen = Range(Interval(*ends, low_closed, high_closed), "percent")
    assert (seen.write("vi"), seen.write("en")) == (vi, en)


def test_a_range_of_one_value_is_that_value():
    assert Range(Interval(Fraction(-5), Fraction(-5)), "count").write("vi") == "-5"


def test_both_ends_of_a_narrow_range_can_be_told_apart():
    narrow = Interval(Fraction("46.391"), Fraction("46.402"), False, False)
    assert Range(narrow, "percent", 1).write("vi") == "từ trên 46,39% đến dưới 46,40%"


def test_paragraphs_join_sentences(revenue):
    one = fill("{v}.", "en", {"v": Quote(revenue)})
    assert str(join([one, one], "en")) == "222.044 billion VND. 222.044 billion VND."


def test_names_start_small_inside_a_sentence_but_acronyms_stay():
    assert Name("budget_revenue", lower=True).write("vi") == "thu ngân sách trên địa bàn"
    assert Name("grdp_current", lower=True).write("vi").startswith("GRDP")
