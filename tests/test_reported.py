"""The worked numbers of metrics section 1: what a printed figure can stand for."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hlanalysis.numbers import format_number, round_half_up
from hlanalysis.reported import RULES, Interval, Reported, evaluate, roundest_in


def base_from_growth(level, percent):
    return level / (1 + percent / 100)


def base_from_attainment(level, percent):
    return level / (percent / 100)


@pytest.mark.parametrize(
    ("written", "rule", "bounds"),
    [
        ("77,64", "half_up", "[77,635; 77,645)"),
        ("77,64", "half_even", "[77,635; 77,645]"),
        ("80,63", "half_even", "(80,625; 80,635)"),
        ("77,64", "truncated", "[77,64; 77,65)"),
        ("-2,7", "half_up", "(-2,75; -2,65]"),
        ("-2,7", "truncated", "(-2,8; -2,7]"),
        ("4,00", "half_up", "[3,995; 4,005)"),
    ],
)
def test_a_rate_stands_for_all_that_rounds_to_it(written, rule, bounds):
    assert Reported(written, "percent", rule).interval.write() == bounds


def test_a_count_is_exact_and_money_is_not():
    assert Reported("1.067", "persons").interval.width == 0
    assert Reported("1.290", "bn_vnd").interval.width == 1
    assert Reported("1.290", "bn_vnd").taken_exactly().interval.width == 0


def test_the_implied_plan_of_revenue_holds_125():
    plan = evaluate(
        base_from_growth,
        Reported("222,044", "bn_vnd").interval,
        Reported("77,64", "percent").interval,
    )
    assert plan.write() == "(124,99282; 125,00042)"
    assert 125 in plan
    best = roundest_in(plan)
    assert (best.value, best.step) == (Decimal(125), Decimal(25))
    assert format_number(best.chance * 100, 2) == "0,03"


def test_truncation_rules_out_a_plan_of_125():
    plan = evaluate(
        base_from_growth,
        Reported("222,044", "bn_vnd").interval,
        Reported("77,64", "percent", "truncated").interval,
    )
    assert 125 not in plan


def test_1600_is_the_investment_plan_only_if_rounded_half_up_or_1290_is_rounded():
    level = Reported("1.290", "bn_vnd")
    percents = {rule: Reported("80,63", "percent", rule).interval for rule in RULES}
    exact = {
        rule: evaluate(base_from_attainment, level.taken_exactly().interval, percents[rule])
        for rule in RULES
    }
    assert [rule for rule in RULES if 1600 in exact[rule]] == ["half_up"]
    assert exact["half_up"].write() == "(1.599,802; 1.600,000]"
    rounded = evaluate(base_from_attainment, level.interval, percents["half_up"])
    assert rounded.write(2) == "(1.599,18; 1.600,62)"
    assert 1600 in rounded


def test_850_jobs_were_planned_only_if_the_percent_was_cut_off():
    jobs = Reported("1.067", "persons").interval
    plans = {
        rule: evaluate(base_from_growth, jobs, Reported("25", "percent", rule).interval)
        for rule in RULES
    }
    assert [rule for rule in RULES if 850 in plans[rule]] == ["truncated"]
    assert plans["half_up"].write(1) == "(850,2; 857,0]"
    assert plans["truncated"].write(1) == "(846,8; 853,6]"
    assert roundest_in(plans["half_up"]).chance == 1
    assert roundest_in(plans["truncated"]).value == 850


def test_last_years_investment_follows_from_growth():
    last = evaluate(
        base_from_growth,
        Reported("1.290", "bn_vnd").interval,
        Reported("3,37", "percent").interval,
    )
    assert last.write(2) == "(1.247,40; 1.248,49)"


def test_a_repeated_input_does_not_widen_the_result():
    share = evaluate(
        lambda part, rest: part / (part + rest),
        Interval(Fraction("39.5"), Fraction("40.5")),
        Interval(Fraction("59.5"), Fraction("60.5")),
    )
    assert share.write(3) == "[0,395; 0,405]"


@given(st.decimals(0, 10**6, places=4), st.sampled_from([0, 1, 2]))
def test_the_value_that_was_rounded_lies_in_the_interval(value, places):
    printed = format_number(value, places)
    assert value in Reported(printed, "percent").interval


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 3))
def test_every_value_of_the_interval_prints_the_same(value, places):
    shown = round_half_up(value, places)
    interval = Reported(format_number(shown, places), "bn_vnd", exact=False).interval
    inside = (interval.low + interval.high) / 2
    assert round_half_up(inside, places) == shown


def test_an_interval_that_runs_backwards_is_refused():
    with pytest.raises(ValueError, match="backwards"):
        Interval(Fraction(2), Fraction(1))
