from decimal import Decimal
from fractions import Fraction

import pytest
from checks_figures import figure
from hypothesis import given, settings
from hypothesis import strategies as st

from hlanalysis.checks.implied import implied_base, implied_readings, rules_that_admit
from hlanalysis.checks.relations import base_from, figure_from, level_from
from hlanalysis.numbers import format_number, round_half_up

REVENUE = figure("222,044", "bn_vnd")
EXCESS = figure("77,64", "percent", "plan_excess")
INVESTMENT = figure("1.290", "bn_vnd", indicator="total_social_investment")
ATTAINED = figure("80,63", "percent", "plan_attainment", indicator="total_social_investment")
JOBS = figure("1.067", "persons", indicator="new_jobs")
JOBS_EXCESS = figure("25", "percent", "plan_excess", indicator="new_jobs")


def test_the_plan_of_revenue_is_125_and_hardly_by_accident():
    plan = implied_base(REVENUE, EXCESS)
    assert str(plan.interval) == "(124.99282; 125.00042)"
    assert plan.candidate.value == 125
    assert format_number(plan.candidate.chance * 100, 2, lang="en") == "0.03"
    assert plan.amount().inferred and plan.cites == (REVENUE.id, EXCESS.id)


def test_truncation_rules_the_plan_of_125_out():
    assert not implied_base(REVENUE, EXCESS, "truncated").fits(125)


def test_the_plan_of_investment_needs_half_up_only_if_1290_is_exact():
    fitting = rules_that_admit(implied_readings(INVESTMENT, ATTAINED), 1600)
    assert [(one.rule, one.exact) for one in fitting] == [
        ("half_up", True),
        ("half_up", False),
        ("half_even", False),
        ("truncated", False),
    ]
    exact = implied_base(INVESTMENT, ATTAINED, exact=True)
    assert str(exact.interval) == "(1,599.802; 1,600.000]"
    assert str(implied_base(INVESTMENT, ATTAINED).interval) == "(1,599.18; 1,600.62)"


def test_the_plan_of_850_jobs_fits_only_if_the_percentage_was_cut_off():
    fitting = rules_that_admit(implied_readings(JOBS, JOBS_EXCESS), 850)
    assert [one.rule for one in fitting] == ["truncated"]
    assert not implied_base(JOBS, JOBS_EXCESS).is_telling


def test_last_years_level_follows_from_a_growth():
    growth = figure("3,37", "percent", "growth", base="year:2023")
    past = implied_base(INVESTMENT, growth)
    assert str(past.interval) == "(1,247.40; 1,248.49)"
    assert str(past.period) == "2023"


def test_a_part_year_share_of_plan_is_of_the_years_plan():
    level = figure("70", "bn_vnd", period="2024-6M", modifier="over")
    share = figure("56,59", "percent", "plan_attainment", period="2024-6M")
    plan = implied_base(level, share)
    assert str(plan.period) == "2024"
    assert plan.bound == "over" and plan.candidate is None
    assert plan.fits(125) and not plan.fits(123)


def test_an_excess_in_persons_is_a_difference():
    plan = implied_base(JOBS, figure("217", "persons", "plan_excess", indicator="new_jobs"))
    assert plan.interval.low == plan.interval.high == 850


@pytest.mark.parametrize(
    ("level", "relative"),
    [
        (REVENUE, figure("45", "persons", "plan_excess")),
        (figure("55", "percent"), figure("3", "percent", "growth")),
        (REVENUE, figure("-100", "percent", "growth")),
        (figure("70", "bn_vnd", modifier="about"), EXCESS),
        (
            figure("70", "bn_vnd", modifier="over"),
            figure("50", "percent", "plan_attainment", modifier="over"),
        ),
    ],
)
def test_what_determines_no_base_is_refused(level, relative):
    with pytest.raises(ValueError):
        implied_base(level, relative)
    assert implied_readings(level, relative) == []


KINDS = st.sampled_from(["plan_attainment", "plan_excess", "growth", "index"])
LEVELS = st.decimals("0.1", "99999", places=3)


@settings(deadline=None)
@given(kind=KINDS, level=LEVELS, base=LEVELS, places=st.integers(0, 2))
def test_the_base_behind_a_rounded_percentage_is_always_inside(kind, level, base, places):
    relative = figure("1", "percent", kind)
    true = figure_from(relative, "bn_vnd")(Fraction(level), Fraction(base))
    printed = format_number(true, places)
    try:
        found = implied_base(
            figure(format_number(level), "bn_vnd"), figure(printed, "percent", kind)
        )
    except ValueError:
        shift = 1 if kind in ("plan_excess", "growth") else 0
        assert true / 100 + shift <= Fraction(1, 100)
    else:
        assert base in found.interval


@settings(deadline=None)
@given(kind=KINDS, level=LEVELS, base=LEVELS, unit=st.sampled_from(["percent", "times"]))
def test_level_base_and_figure_determine_each_other(kind, level, base, unit):
    relative = figure("1", unit, kind)
    ratio = figure_from(relative, "bn_vnd")(Fraction(level), Fraction(base))
    assert base_from(relative, "bn_vnd")(Fraction(level), ratio) == base
    assert level_from(relative, "bn_vnd")(Fraction(base), ratio) == level


def test_rounding_half_up_is_what_officials_do():
    assert round_half_up(Decimal(1290) / Decimal(1600) * 100, 2) == Decimal("80.63")
