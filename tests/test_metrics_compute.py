"""Computed numbers over figures: units, tags, bounds, refusals."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pytest

from hlanalysis import metrics as m
from hlanalysis.errors import InputError
from hlanalysis.metrics.alike import Assumption
from hlanalysis.reported import Interval, Reported

F = Fraction


@dataclass(frozen=True)
class Figure:
    """A printed figure as the tidy table gives it."""

    written: str
    unit: str = "bn_vnd"
    id: str = ""
    period: str = "2024"
    status: str = "actual"
    place: str = "hong_linh"
    indicator: str = "budget_revenue"
    plan_level: str = ""
    vintage: str = ""
    price_basis: str = ""
    scope: str = ""
    territory: str = ""
    modifier: str = ""
    value_max: Decimal | None = None
    source: str = "report"
    locator: str = "10-20"

    @property
    def value(self):
        return Reported(self.written, self.unit).value

    def interval(self):
        return Reported(self.written, self.unit).interval


REVENUE = Figure("222,044", id="rev24")
EXCESS = Figure("77,64", "percent", id="exc24")
PLAN_2023 = Figure("192,5", id="plan23", period="2023", status="plan", plan_level="council")
SAME_PLANS = {"plan_level": "hai năm cùng một cấp giao"}


def implied():
    return m.compute(m.implied_plan, outturn=REVENUE, excess=EXCESS)


def test_rates_enter_as_fractions_and_leave_as_percent():
    plan = Figure("125", status="plan")
    found = m.compute(m.plan_excess, outturn=REVENUE, plan=plan)
    assert found.value == F("0.776352")
    assert (found.unit, found.shown_unit, found.shown) == ("times", "percent", F("77.6352"))
    assert (found.write("vi"), found.write("en")) == ("+77,6%", "+77.6%")
    assert found.formula == "A / P − 1"


def test_levels_are_brought_to_one_unit():
    plan = Figure("125.000", "m_vnd", status="plan")
    found = m.compute(m.plan_gap, outturn=REVENUE, plan=plan)
    assert found.value == F("97.044")
    assert found.write() == "+97,0 tỷ đồng"
    assert found.interval == Interval(F("97.0430"), F("97.0450"), False, False)


def test_unlike_units_are_refused_by_name():
    with pytest.raises(InputError, match=r"đơn vị tính \(unit\) persons beside bn_vnd"):
        m.compute(m.plan_attainment, outturn=REVENUE, plan=Figure("125", "persons"))
    with pytest.raises(InputError, match="a figure in bn_vnd; expected a rate"):
        m.compute(m.implied_plan, outturn=REVENUE, excess=Figure("77,64"))


def test_a_level_without_a_unit_is_refused():
    with pytest.raises(InputError, match=r"the bare number 125.*Given\(125"):
        m.compute(m.plan_attainment, outturn=REVENUE, plan=125)


def test_a_range_is_refused():
    span = replace(REVENUE, written="7,5", value_max=Decimal("8.0"))
    with pytest.raises(InputError, match="a range; expected one number"):
        m.compute(m.plan_attainment, outturn=span, plan=Figure("125", status="plan"))


def test_arguments_are_checked_by_name():
    with pytest.raises(InputError, match="the arguments outturn; expected outturn, plan"):
        m.compute(m.plan_attainment, outturn=REVENUE)
    with pytest.raises(KeyError, match="is no metric"):
        m.compute(len, outturn=REVENUE)


def test_bounds_go_back_to_the_printed_figures():
    found = m.compute(m.plan_attainment, outturn=REVENUE, plan=implied())
    # A / (A / (1 + r)) is 1 + r: the level, used twice, must not widen it.
    assert found.value == F("1.7764")
    assert found.interval.low <= F("1.77635") and found.interval.high >= F("1.77645")
    assert found.interval.width < F("0.0001001")
    assert found.cites == ("rev24", "exc24")


def test_two_plans_of_unknown_level_need_an_assumption():
    with pytest.raises(InputError, match=r"cấp giao kế hoạch \(plan_level\) is not known of plan;"):
        m.compute(m.lower_plan_share, outturn=REVENUE, plan_before=PLAN_2023, plan=implied())
    found = m.compute(
        m.lower_plan_share,
        outturn=REVENUE,
        plan_before=PLAN_2023,
        plan=implied(),
        assume=SAME_PLANS,
    )
    assert found.write() == "75,2%"
    assert found.grade == "review"
    assert found.assumptions == (Assumption("plan_level", "council", "hai năm cùng một cấp giao"),)
    assert "HĐND giao" in found.assumptions[0].write("vi")
    assert "approved by the council" in found.assumptions[0].write("en")


def test_silence_on_both_plans_is_a_doubt_too():
    silent = replace(PLAN_2023, plan_level="")
    with pytest.raises(InputError, match="plan_level"):
        m.compute(m.lower_plan_share, outturn=REVENUE, plan_before=silent, plan=implied())
    found = m.compute(
        m.lower_plan_share,
        outturn=REVENUE,
        plan_before=silent,
        plan=implied(),
        assume="plan_level",
    )
    assert "không nguồn nào ghi" in found.assumptions[0].write("vi")


def test_an_assumption_travels_with_results_that_rest_on_it():
    first = m.compute(
        m.growth_rate,
        current=Figure("120", price_basis="constant_2010", indicator="production_value"),
        previous=Figure("100", period="2023", indicator="production_value"),
        assume={"price_basis": ""},
    )
    second = m.compute(m.doubling_time, growth=first)
    assert second.assumptions == first.assumptions
    assert "giá so sánh 2010" in second.assumptions[0].write("vi")


@pytest.mark.parametrize(
    ("tag", "one", "other", "names"),
    [
        ("price_basis", "current", "constant_2010", "giá hiện hành.*giá so sánh 2010"),
        ("scope", "main_sectors", "whole", "main_sectors.*whole"),
        ("vintage", "preliminary", "final", "sơ bộ, ước.*quyết toán"),
        ("territory", "before_2025", "after_2025", "before_2025.*after_2025"),
        ("place", "hong_linh", "can_loc", "thị xã Hồng Lĩnh.*huyện Can Lộc"),
    ],
)
def test_unlike_tags_are_refused_and_both_are_named(tag, one, other, names):
    now = replace(REVENUE, **{tag: one})
    before = replace(REVENUE, written="200", period="2023", **{tag: other})
    with pytest.raises(InputError, match=names):
        m.compute(m.growth_rate, current=now, previous=before)
    # No assumption makes unlike things alike.
    with pytest.raises(InputError, match=names):
        m.compute(m.growth_rate, current=now, previous=before, assume=[tag])


def test_a_known_tag_beside_an_unknown_one_needs_an_assumption():
    now = replace(REVENUE, scope="main_sectors")
    before = replace(REVENUE, written="200", period="2023")
    with pytest.raises(InputError, match=r'assume=\{"scope"'):
        m.compute(m.growth_rate, current=now, previous=before)
    assert m.compute(m.growth_rate, current=now, previous=before, assume="scope").assumptions


def test_an_assumption_that_is_not_needed_is_not_recorded():
    before = replace(REVENUE, written="200", period="2023")
    assert not m.compute(
        m.growth_rate, current=REVENUE, previous=before, assume="scope"
    ).assumptions


def test_a_plan_has_no_vintage_and_an_outturn_no_plan_level():
    plan = Figure("125", status="plan", plan_level="province")
    found = m.compute(m.plan_attainment, outturn=replace(REVENUE, vintage="preliminary"), plan=plan)
    assert not found.assumptions


def test_the_growth_of_a_plan_compares_levels_of_plan():
    now = Figure("125", status="plan", plan_level="province")
    with pytest.raises(InputError, match=r"tỉnh giao.*HĐND giao"):
        m.compute(m.growth_rate, current=now, previous=PLAN_2023)


def test_growth_against_a_bound_is_a_bound():
    before = Figure("301", period="2023", modifier="over")
    found = m.compute(m.growth_rate, current=REVENUE, previous=before)
    assert found.bound == "under"
    assert found.interval is None
    assert found.write() == "dưới -26,2%"
    fell = m.compute(m.plan_gap, outturn=replace(REVENUE, modifier="at_least"), plan=Figure("125"))
    assert (fell.bound, fell.write("en")) == ("at_least", "at least +97.0 billion VND")


def test_a_bound_is_rounded_so_that_it_stays_one():
    # -26.2312%: "less than -26.3%" would be false.
    before = Figure("301", period="2023", modifier="over")
    found = m.compute(m.growth_rate, current=REVENUE, previous=before)
    assert F("-26.2") > found.shown > F("-26.3")
    above = m.compute(m.growth_rate, current=replace(REVENUE, modifier="over"), previous=PLAN_2023)
    assert above.shown > F("15.3")
    assert above.write("en") == "more than +15.3%"


def test_bounds_that_pull_both_ways_are_refused():
    before = Figure("301", period="2023", modifier="over")
    with pytest.raises(InputError, match="bounds that pull both ways"):
        m.compute(m.growth_rate, current=replace(REVENUE, modifier="over"), previous=before)


def test_an_approximate_input_makes_an_approximate_result():
    found = m.compute(
        m.plan_attainment, outturn=replace(REVENUE, modifier="about"), plan=Figure("125")
    )
    assert found.write() == "khoảng 177,6%"


@pytest.mark.parametrize(
    ("metric", "inputs", "message"),
    [
        (
            m.growth_rate,
            {"current": Figure("70", period="2024-6M"), "previous": Figure("301", period="2023")},
            r"current is of 6 tháng 2024 \(2024-6M\), previous is of 2023",
        ),
        (
            m.share,
            {"part": Figure("70", period="2023"), "whole": REVENUE},
            "expected one period",
        ),
        (
            m.plan_attainment,
            {"outturn": REVENUE, "plan": PLAN_2023},
            "the plan of its own year",
        ),
        (
            m.cagr,
            {"last": REVENUE, "first": Figure("140,5", period="2015"), "years": 10},
            "expected years=9: intervals after the base year, not points",
        ),
        (
            m.straight_line_projection,
            {"cumulative": Figure("106,801", period="2023-2M"), "months": 2},
            "land receipts",
        ),
    ],
)
def test_periods_and_lines_that_do_not_fit_are_refused(metric, inputs, message):
    with pytest.raises(InputError, match=message):
        m.compute(metric, **inputs)


def test_another_years_plan_is_a_named_comparison():
    found = m.compute(
        m.plan_excess, outturn=REVENUE, plan=PLAN_2023, assume={"period": "kế hoạch gần nhất"}
    )
    assert found.write() == "+15,3%"
    said = found.assumptions[0].write("vi")
    assert said == "so với kế hoạch của năm khác (2023): kế hoạch gần nhất"


def test_half_a_year_against_the_plan_of_the_year_is_noted():
    part = Figure("70", period="2024-6M")
    found = m.compute(m.plan_attainment, outturn=part, plan=Figure("125", status="plan"))
    assert found.write() == "56,0%"
    assert "6M" in found.assumptions[0].write("en")


def test_gross_output_is_never_called_grdp():
    invested = Figure("1.290", indicator="total_social_investment")
    output = Figure("4.012", indicator="production_value")
    found = m.compute(
        m.icor,
        investment=invested,
        output=output,
        previous_output=replace(output, written="3.744", period="2023"),
    )
    assert found.write() == "4,81"
    assert "giá trị sản xuất thay cho GRDP" in found.assumptions[0].write("vi")
    honest = replace(output, indicator="grdp")
    assert not m.compute(m.investment_rate, investment=invested, output=honest).assumptions


def test_parts_and_given_numbers():
    lines = [m.Given(one, "bn_vnd", "biểu minh họa") for one in ("125", "38", "24", "14", "21,044")]
    found = m.compute(m.hhi, parts=lines)
    assert (found.write(), found.interval.width) == ("0,3708", 0)
    assert found.inputs[2].symbol == "x₃"
    need = m.compute(
        m.required_growth, target=m.Given(9, "percent"), done=[F("0.075"), F("0.081")], years_left=3
    )
    assert need.value == m.required_growth(F("0.09"), [F("0.075"), F("0.081")], 3)


def test_per_head_and_density_say_both_units():
    people = Figure("28.729", "persons", indicator="population")
    dense = m.compute(m.density, population=people, area=Figure("3.531", "ha"))
    assert (dense.write("vi"), dense.write("en")) == ("813,6 người/km²", "813.6 people per km²")
    head = m.compute(m.per_capita, level=REVENUE, population=people)
    assert head.write("en") == "7.73 million VND per person"


def test_a_letter_or_a_bell_has_no_explanation():
    with pytest.raises(InputError, match="a letter is a decision"):
        m.compute(m.pefa_pi31, attainments=[EXCESS] * 3)
    with pytest.raises(InputError, match="assumptions, not prints"):
        m.compute(m.probability_at_least, level=REVENUE, mode=REVENUE, below=REVENUE, above=REVENUE)


def test_it_can_stand_in_a_sentence():
    from hlanalysis.wording import fill

    plan = implied()
    sentence = fill("kế hoạch {plan}", "vi", {"plan": plan})
    assert str(sentence) == "kế hoạch 125,0 tỷ đồng"
    assert sentence.cites == ("rev24", "exc24")
    assert 'class="figure inferred"' in sentence.html()
