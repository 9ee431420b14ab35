"""Each verb of the reports has one formula, forth and back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_metrics_compute import PLAN_2023, REVENUE, Figure

from hlanalysis import metrics as m
from hlanalysis.errors import InputError
from hlanalysis.metrics.claims import CLAIMS, claim, say_claim

F = Fraction


@given(
    said=st.sampled_from(sorted(CLAIMS)),
    level=st.fractions(F(1), F(1000)),
    base=st.fractions(F(1), F(1000)),
)
def test_turning_a_claim_around_gives_its_base_back(said, level, base):
    one = CLAIMS[said]
    rate = one.sign * one.metric(level, base)
    assert one.base(level, rate) == base


def test_rose_by_and_reached_are_different_claims():
    assert claim("tăng", "plan").base(F(180), F("0.8")) == 100
    assert claim("đạt", "plan").base(F(80), F("0.8")) == 100
    assert claim("hụt", "plan").base(F(1290), F("0.19375")) == 1600
    assert claim("bằng", "previous").base(F(712), F("0.9834")) == F(712) / F("0.9834")


def test_an_unknown_verb_names_the_known_ones():
    with pytest.raises(InputError, match="«đạt» against previous; expected bằng, giảm, tăng"):
        claim("đạt", "previous")


@pytest.mark.parametrize(
    ("metric", "now", "base", "vi", "en"),
    [
        (m.plan_excess, "222,044", "125", "vượt 77,6% kế hoạch", "77.6% above plan"),
        (m.plan_excess, "1.290", "1.600", "hụt 19,4% kế hoạch", "19.4% below plan"),
        (m.plan_attainment, "1.290", "1.600", "đạt 80,6% kế hoạch", "80.6% of plan"),
    ],
)
def test_the_verb_follows_the_sign(metric, now, base, vi, en):
    found = m.compute(metric, outturn=Figure(now), plan=Figure(base, status="plan"))
    assert (say_claim(found, "vi"), say_claim(found, "en")) == (vi, en)


def test_growth_and_index():
    before = Figure("724", period="2023")
    now = Figure("712")
    fell = m.compute(m.growth_rate, current=now, previous=before)
    assert say_claim(fell) == "giảm 1,7% so với cùng kỳ"
    index = m.compute(m.growth_index, current=now, previous=before)
    assert say_claim(index) == "bằng 98,3% so với cùng kỳ"


def test_a_fall_from_more_than_301_is_a_fall_by_more():
    fell = m.compute(
        m.growth_rate, current=REVENUE, previous=Figure("301", period="2023", modifier="over")
    )
    assert say_claim(fell) == "giảm hơn 26,2% so với cùng kỳ"
    rose = m.compute(m.growth_rate, current=Figure("301", modifier="at_least"), previous=PLAN_2023)
    # 56.3636%: rounded to 56.4 it would claim too much.
    assert say_claim(rose, "en") == "up at least 56.3% on the same period last year"


def test_a_metric_without_a_verb_is_refused():
    found = m.compute(m.plan_gap, outturn=REVENUE, plan=Figure("125", status="plan"))
    with pytest.raises(InputError, match="plan_gap; expected growth_index"):
        say_claim(found)
