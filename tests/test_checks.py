from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from checks_figures import figure, press, report, table
from hypothesis import given, settings
from hypothesis import strategies as st

from hlanalysis.checks import CHECKS, GRADES, home_of, run_checks
from hlanalysis.numbers import parse_number
from hlanalysis.texts import LANGUAGES, all_texts, has_text, text
from hlanalysis.vocabulary import KINDS, MODIFIERS, STATUSES


@pytest.fixture(scope="module")
def everything():
    return table(*report(), *press())


@pytest.fixture(scope="module")
def findings(everything):
    return run_checks(everything)


def test_what_the_report_does_not_say_comes_first_of_its_grade(findings):
    reviews = [one for one in findings if one.grade == "review"]
    assert [one.message for one in reviews[:3]] == [
        "beat_plan_yet_fell_at_least",
        "lower_plan",
        "plan_not_named",
    ]


def test_every_finding_of_the_design_is_there(findings):
    own = {(one.indicator, one.message) for one in findings if one.place == "hong_linh"}
    assert {
        ("budget_revenue", "implied_plan"),
        ("budget_revenue", "plans_agree"),
        ("budget_revenue", "break_suspected"),
        ("budget_revenue", "uneven_year"),
        ("total_social_investment", "implied_plan_two_readings"),
        ("total_social_investment", "missed_plan_yet_grew_said"),
        ("new_jobs", "plan_if_cut_off"),
        ("production_value", "scope_is_not_grdp"),
        ("documents_issued", "parts_add_up"),
        ("framework_tasks", "n_stated_elsewhere"),
        ("urban_type3_criteria_met", "standstill"),
        ("socio_targets_met", "n_changed"),
        ("population", "territory_ended"),
    } <= own


def test_the_report_itself_holds_no_contradiction(findings):
    assert not [one for one in findings if one.grade == "error" and one.place == "hong_linh"]


def test_findings_are_few_and_worst_first(findings):
    assert len(findings) <= 45
    grades = [GRADES.index(one.grade) for one in findings]
    assert grades == sorted(grades)
    assert len({one.id for one in findings}) == len(findings)


def test_the_same_figures_give_the_same_findings_in_any_order(everything, findings):
    again = run_checks(table(*reversed(list(everything))))
    assert [(one.id, str(one.sentence("vi"))) for one in again] == [
        (one.id, str(one.sentence("vi"))) for one in findings
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_speaks_and_leads_to_its_figures(everything, findings, lang):
    for one in findings:
        title, sentence = str(one.title(lang)), str(one.sentence(lang))
        assert title and sentence.endswith((".", "”"))
        assert len(title) < 160
        assert one.observations and all(name in everything for name in one.observations)
        assert set(one.sentence(lang).cites) <= set(one.observations)
        assert all(text(f"assumptions.{name}", lang) for name in one.assumptions)


def test_every_message_has_a_title_and_a_sentence():
    parts = {"claimed", "scopes", "during", "at_end", "against", "inferred"}
    keys = {key for key in all_texts("vi") if key.startswith("findings.")}
    for name in {key.split(".")[1] for key in keys} - parts:
        assert has_text(f"findings.{name}.title") and has_text(f"findings.{name}.sentence"), name


def test_each_check_stands_alone_and_needs_no_figures():
    assert [check(table()) for check in CHECKS] == [[]] * len(CHECKS)
    assert run_checks(table()) == []


def test_home_is_where_the_own_documents_are_from(everything):
    assert home_of(everything) == "hong_linh"
    assert home_of(table(*press())) == "ha_tinh_province"


@dataclass
class Warned:
    source: str = "report"
    indicator: str = ""
    series: str = ""
    period: str = ""
    kind: str = ""
    text_vi: str = "Lưu ý về số này."
    text_en: str = "A note on this figure."


def test_a_warning_of_a_source_is_told_unless_a_check_told_it_already(everything):
    told = run_checks(
        everything,
        [
            Warned(indicator="new_jobs", kind="level"),
            Warned(indicator="budget_revenue", kind="plan_excess"),
            Warned(indicator="poverty_rate"),
        ],
    )
    warnings = [one for one in told if one.message == "source_warning"]
    assert [one.observations for one in warnings] == [("jobs",)]
    assert str(warnings[0].sentence("en")) == "A note on this figure."


def test_what_agrees_elsewhere_is_one_finding_for_each_place(findings):
    quiet = [one for one in findings if one.place != "hong_linh" and one.grade == "ok"]
    assert {one.message for one in quiet} == {"agreements"}
    assert len({one.place for one in quiet}) == len(quiet)


ODD = ("0", "5", "10", "-3", "0,5", "1.000", "77,64", "5-7", "14/17", "0/3", "1.0023,4")


@st.composite
def odd_figures(draw):
    """Any figure that a reader could hand over, sensible or not."""
    written = draw(st.sampled_from(ODD))
    kind = "ratio_count" if "/" in written else draw(st.sampled_from(KINDS))
    value = Decimal(draw(st.sampled_from(["0", "5", "-100", "0.5", "77.64", "1000"])))
    bases = ("", "previous_year", "same_period_last_year", "year:2023", "previous_month")
    base = "plan" if kind.startswith("plan") else draw(st.sampled_from(bases))
    return figure(
        written,
        draw(
            st.sampled_from(
                [
                    "bn_vnd",
                    "m_vnd",
                    "percent",
                    "persons",
                    "times",
                    "count",
                    "points",
                    "percentage_points",
                ]
            )
        ),
        kind,
        base=base,
        status=draw(st.sampled_from(STATUSES)),
        modifier=draw(st.sampled_from(MODIFIERS)),
        period=draw(st.sampled_from(["2024", "2023", "2024-6M", "2024-M01", "2022-2024"])),
        indicator=draw(st.sampled_from(["budget_revenue", "unlisted", "socio_targets_met"])),
        series=draw(st.sampled_from(["", "", "others"])),
        source=draw(st.sampled_from(["report", "pub-1"])),
        locator=draw(st.sampled_from(["5-9", "B!C7", "B!C8"])),
        note=draw(st.sampled_from(["", "Out of 17.", "Bảng / A", "Bảng / A.1", "Bảng / A.2"])),
        **({} if "/" in written else {"value": value}),
        value_max=draw(st.sampled_from([None, None, Decimal(2000)])),
    )


@settings(deadline=None, max_examples=150)
@given(rows=st.lists(odd_figures(), min_size=2, max_size=8), link=st.booleans())
def test_no_figures_however_odd_stop_the_checks(rows, link):
    if link:
        rows = [rows[0], *(replace(row, of=rows[0].id, part_of=rows[0].id) for row in rows[1:])]
    for one in run_checks(table(*rows)):
        assert str(one.title("vi")) and str(one.sentence("en"))


@pytest.mark.parametrize("modifier", MODIFIERS)
@pytest.mark.parametrize("base", ["10", "5", "0,4", "0", "-3"])
@pytest.mark.parametrize("claim", ["80", "0", "-100"])
def test_no_claim_divides_by_nought(modifier, base, claim):
    for kind in ("plan_attainment", "plan_excess", "index", "growth"):
        status = "plan" if kind.startswith("plan") else "actual"
        rows = (
            figure("8", "bn_vnd"),
            figure(
                base,
                "bn_vnd",
                status=status,
                modifier=modifier,
                period="2024" if status == "plan" else "2023",
            ),
            figure(claim, "percent", kind, base="plan" if status == "plan" else "previous_year"),
        )
        assert all(one.sentence("vi") for one in run_checks(table(*rows)))


# --- one changed digit in each of the 21 figures -------------------------------------------------

ALWAYS = {
    "documents",
    "documents_decisions",
    "documents_notices",
    "documents_plans",
    "documents_letters",
    "documents_others",
    "tasks_set",
}
"""Every changed digit contradicts another figure of the report (but 50 for 51: it may be the k)."""
SOMETIMES = {
    "revenue",
    "revenue_plan",
    "jobs",
    "jobs_plan",
    "tasks",
    "targets",
    "wards",
    "criteria",
    "investment",
    "investment_plan",
}
"""Large changes contradict the mid-year report, the n beside k, or the year before."""
NEVER = {"investment_growth", "production_growth", "received_above", "received_local"}
"""Stand alone: no other figure says anything of them."""


def changes(row):
    """Yield the figure with one digit changed, three changes a digit."""
    for at, digit in enumerate(row.written):
        for shift in (1, 3, 5) if digit.isdigit() else ():
            written = f"{row.written[:at]}{(int(digit) + shift) % 10}{row.written[at + 1 :]}"
            if row.denominator is not None:
                k, n = map(Decimal, written.split("/"))
                if n:
                    yield replace(row, written=written, value=k, numerator=k, denominator=n)
            elif written[0] != "0" or "," in written[:2]:
                yield replace(row, written=written, value=parse_number(written))


def alarms(rows):
    return {
        (one.message, one.observations)
        for one in run_checks(table(*rows))
        if one.grade in ("error", "review")
    }


@pytest.fixture(scope="module")
def caught():
    """Share of changed digits that raise a new alarm on the figure, by figure."""
    around = [row for row in press() if row.place == "hong_linh"]
    before = alarms([*report(), *around])
    shares = {}
    for row in report():
        found = []
        for new in changes(row):
            rows = [new if one.id == row.id else one for one in report()]
            fresh = alarms([*rows, *around]) - before
            found.append(any(row.id in ids for _, ids in fresh))
        shares[row.id] = sum(found) / len(found)
    return shares


def test_a_changed_digit_is_caught_wherever_another_figure_contradicts_it(caught):
    assert set(caught) == ALWAYS | SOMETIMES | NEVER and len(caught) == 21
    assert {name for name, share in caught.items() if share == 1} == ALWAYS
    assert {name for name, share in caught.items() if 0 < share < 1} == SOMETIMES


def test_what_stands_alone_cannot_be_caught_by_arithmetic(caught):
    assert {name for name, share in caught.items() if share == 0} == NEVER


def test_a_figure_without_its_neighbours_raises_nothing():
    assert run_checks(table(figure("222,044", "bn_vnd"))) == []
