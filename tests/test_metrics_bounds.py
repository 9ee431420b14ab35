"""Bounds of computed numbers: the worked intervals, and that nothing lies outside."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hlanalysis import metrics as m
from hlanalysis.errors import InputError
from hlanalysis.metrics.enclose import as_interval
from hlanalysis.reported import RULES, Interval, Reported

F = Fraction
REVENUE = Reported("222,044", "bn_vnd")
INVESTMENT = Reported("1.290", "bn_vnd")


def percent(written, rule="half_up"):
    return Reported(written, "percent", rule)


def test_the_implied_plan_of_revenue_has_open_ends():
    plan = m.bounds(m.implied_plan, outturn=REVENUE, excess=percent("77,64"))
    # Printed as [124.9928; 125.0004]: a low level meets a high rate, which its rounding excludes.
    assert str(plan) == "(124.99282; 125.00042)"
    assert 125 in plan
    assert plan.low == F("222.0435") / F("1.77645")
    assert not plan.low_closed and not plan.high_closed


def test_the_implied_plan_of_investment():
    plan = m.bounds(m.implied_plan_from_attainment, outturn=INVESTMENT, attainment=percent("80,63"))
    assert plan.write(2) == "(1.599,18; 1.600,62)"
    assert 1600 in plan
    exact = m.bounds(
        m.implied_plan_from_attainment,
        outturn=INVESTMENT.taken_exactly(),
        attainment=percent("80,63"),
    )
    # 1290 / 0.80625 is 1600 itself, and 80.625 rounds half up to 80.63: that end is closed.
    assert exact.high == 1600 and exact.high_closed and not exact.low_closed


def test_the_implied_level_of_last_year():
    before = m.bounds(m.implied_previous, current=INVESTMENT, growth=percent("3,37"))
    assert before.write(2) == "(1.247,40; 1.248,49)"


@pytest.mark.parametrize(
    ("rule", "fits", "bounds"),
    [("half_up", False, "(850,20; 857,03]"), ("truncated", True, "(846,83; 853,60]")],
)
def test_a_jobs_plan_of_850_fits_only_if_truncated(rule, fits, bounds):
    # 25% stands for [24.5; 25.5) or [25; 26): the low end of the rate belongs to it, so the high
    # end of the plan does.
    jobs = Reported("1.067", "persons")
    plan = m.bounds(m.implied_plan, outturn=jobs, excess=percent("25", rule))
    assert (850 in plan) is fits
    assert plan.write(2) == bounds


def test_attainment_of_levels_that_were_rounded():
    found = m.bounds(m.plan_attainment, outturn=INVESTMENT, plan=Reported("1.600", "bn_vnd"))
    assert found.low == F("1289.5") / F("1600.5") and not found.low_closed
    assert found.high == F("1290.5") / F("1599.5") and not found.high_closed


def test_an_input_used_twice_does_not_widen_the_result():
    twice = m.bounds(m.contribution, part=REVENUE, part_before=REVENUE, whole_before=F(100))
    assert twice.width == F("0.00002")  # two names are two figures
    shares = m.bounds(
        m.growth_share, part=REVENUE, part_before=F(0), whole=F(500), whole_before=F(0)
    )
    assert shares.width == F("0.001") / 500


def test_a_divisor_that_may_be_zero_is_refused():
    with pytest.raises(InputError, match="a divisor that may be zero: it lies between -1 and 1"):
        m.bounds(m.icor, investment=F(10), output=INVESTMENT, previous_output=INVESTMENT)


def test_roots_are_rounded_outwards_to_fifteen_digits():
    found = m.bounds(m.cagr, last=REVENUE, first=Reported("140,5", "bn_vnd"), years=9)
    low = float(F("222.0435") / F("140.55")) ** (1 / 9) - 1
    assert float(found.low) == pytest.approx(low, abs=1e-14)
    assert (1 + found.low) ** 9 < F("222.0435") / F("140.55")
    assert (1 + found.high) ** 9 > F("222.0445") / F("140.45")
    assert not found.low_closed and not found.high_closed
    assert len(str(float(found.low).as_integer_ratio()))  # a float can name it
    assert (found.low * 10**17).denominator == 1


def test_an_exact_root_stays_exact():
    found = m.bounds(m.cagr, last=F(121), first=F(100), years=2)
    assert found == Interval(F(1, 10), F(1, 10))


def test_logarithms_enclose():
    found = m.bounds(
        m.lower_plan_share, outturn=REVENUE, plan_before=Reported("192,5", "bn_vnd"), plan=F(125)
    )
    assert found.low < m.lower_plan_share(F("222.044"), F("192.5"), F(125)) < found.high
    assert "(75,10; 75,20)" == Interval(found.low * 100, found.high * 100, False, False).write(2)


def test_concentration_of_printed_lines_is_enclosed():
    parts = [Reported(one, "bn_vnd") for one in ("125", "38", "24", "14", "21,044")]
    found = m.bounds(m.hhi, parts=parts)
    assert F("0.3708") in found and found.width < F("0.009")


def test_metrics_without_printed_inputs_say_why():
    with pytest.raises(InputError, match="a letter is a decision"):
        m.bounds(m.pefa_pi31, attainments=[percent("99")] * 3)
    with pytest.raises(InputError, match="the spreads are assumptions"):
        m.bounds(m.two_piece_mean, mode=F(240), below=F(25), above=F(40))


def test_a_negative_rate_mirrors_its_bounds():
    found = m.bounds(m.implied_previous, current=F(100), growth=percent("-2,7"))
    # -2.7 stands for (-2.75; -2.65]
    assert found.low == 100 / F("0.9735") and found.low_closed
    assert found.high == 100 / F("0.9725") and not found.high_closed


FORMULAS = {
    m.plan_attainment: ("outturn", "plan"),
    m.plan_excess: ("outturn", "plan"),
    m.growth_rate: ("current", "previous"),
    m.contribution: ("part", "part_before", "whole_before"),
    m.share_shift: ("part", "whole", "part_before", "whole_before"),
    m.lower_plan_share: ("outturn", "plan_before", "plan"),
    m.plan_attainment_excl_land: ("outturn", "land", "plan", "land_plan"),
}
figures = st.decimals(10, 999, places=1).map(lambda one: str(one).replace(".", ","))


@settings(max_examples=150, deadline=None)
@given(
    formula=st.sampled_from(sorted(FORMULAS, key=lambda one: one.__name__)),
    written=st.lists(figures, min_size=4, max_size=4),
    rule=st.sampled_from(RULES),
    inside=st.lists(st.fractions(0, 1), min_size=4, max_size=4),
)
def test_every_value_behind_the_prints_lies_within_the_bounds(formula, written, rule, inside):
    prints = [Reported(one, "bn_vnd", rule) for one in written]
    arguments = dict(zip(FORMULAS[formula], prints, strict=False))
    try:
        found = m.bounds(formula, **arguments)
    except InputError:
        return
    intervals = [one.interval for one in arguments.values()]
    at = [one.low + share * one.width for one, share in zip(intervals, inside, strict=False)]
    if all(value in one for value, one in zip(at, intervals, strict=True)):
        assert formula(*at) in found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(figures, min_size=2, max_size=5), st.lists(st.fractions(0, 1), min_size=5, max_size=5)
)
def test_no_mix_of_lines_escapes_the_bounds_of_concentration(written, inside):
    prints = [Reported(one, "bn_vnd") for one in written]
    found = m.bounds(m.hhi, parts=prints)
    at = [
        one.interval.low + share * one.interval.width
        for one, share in zip(prints, inside, strict=False)
    ]
    assert found.low <= m.hhi(at) <= found.high


def test_a_rate_enters_as_a_fraction():
    assert as_interval(percent("77,64")).low == F("0.77635")
    assert as_interval(F(3)) == Interval(F(3), F(3))
