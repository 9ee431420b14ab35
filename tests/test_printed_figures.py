"""What is printed goes before what is inferred; figures side by side share a unit and a period."""

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from checks_figures import figure
from town import town

from hlanalysis.observations import Observations
from hlanalysis.project import Project
from hlanalysis.themes import NotEnoughFiguresError
from hlanalysis.themes.people import likely_plan
from hlanalysis.themes.places import kind_of_place
from hlanalysis.themes.series import common_unit

LANGS = ("vi", "en")
REPORT = next(one.id for one in town().processed.origins if one.form == "document")
PRESS = next(one.id for one in town().processed.origins if one.form == "published")
_places = itertools.count(0, 10)


def row(written, unit, kind="level", **fields):
    """One figure of the report, in the order of its text."""
    start = next(_places)
    about = {"source": REPORT, "locator": f"{start}-{start + 5}"} | fields
    return figure(written, unit, kind, **about)


def district(*rows, lang="vi"):
    processed = replace(town().processed, observations=Observations(rows), warnings=())
    return Project(town().root, processed, lang)


def result(written, unit, said, kind, **fields):
    level = row(written, unit, **fields)
    return level, row(said, "percent", kind, of=level.id, **fields)


def printed(project, name):
    return {mark.label: mark for _, mark in project.exhibit(name).chart.items()}


@pytest.mark.parametrize("lang", LANGS)
def test_money_printed_in_million_and_in_billion_stands_in_one_unit(lang):
    rows = (
        row("510", "bn_vnd", period="2023"),
        row("390.450", "m_vnd", period="2024-9M"),
        row("602,5", "bn_vnd"),
        row("602.500", "m_vnd", status="estimate"),
    )
    made = district(*rows, lang=lang).exhibit("revenue_part_years")
    assert made.chart.unit == "bn_vnd"
    assert [float(mark.value) for _, mark in made.chart.items()] == [510, 390.45, 602.5]
    assert made.subtitle.endswith({"vi": "tỷ đồng", "en": "billion VND"}[lang])
    comma = {"vi": ",", "en": "."}[lang]
    assert f"390{comma}5" in made.finding and f"602{comma}5" in made.finding


def test_a_report_all_in_million_names_million_below_its_title():
    rows = [
        row(n, "m_vnd", period=p)
        for n, p in (("81.000", "2023"), ("60.100", "2024-9M"), ("90.200", "2024"))
    ]
    made = district(*rows).exhibit("revenue_part_years")
    assert made.chart.unit == "m_vnd" and made.subtitle.endswith("triệu đồng")


def test_sources_that_print_another_number_for_a_period_are_told():
    rows = [
        row(n, "bn_vnd", period=p)
        for n, p in (
            ("81", "2023"),
            ("60", "2024-9M"),
            ("90", "2024"),
            ("90", "2024"),
            ("70", "2024"),
        )
    ]
    made = district(*rows).exhibit("revenue_part_years")
    assert [float(mark.value) for _, mark in made.chart.items()] == [81, 60, 90]
    assert "70 tỷ đồng" in made.note and "90 tỷ đồng" in made.note


def test_the_common_unit_is_the_largest_that_reads_well():
    assert common_unit([row("0,35", "bn_vnd"), row("640", "m_vnd")]) == "m_vnd"
    assert common_unit([row("3,5", "bn_vnd"), row("640", "m_vnd")]) == "bn_vnd"


def test_a_printed_plan_is_drawn_as_printed_and_set_against_the_implied_one():
    level, rate = result("276", "bn_vnd", "115,0", "plan_attainment")
    plan = row("240.000", "m_vnd", status="plan")
    project = district(level, rate, plan)
    mark = printed(project, "revenue_against_plan")["Kế hoạch 2024"]
    assert (float(mark.value), mark.inferred) == (240, False)
    finding = project.exhibit("revenue_plan_readings").finding
    assert "240.000 triệu đồng" in finding and "khớp với mức đạt 115,0%" in finding


def test_a_printed_plan_that_does_not_fit_is_told_with_the_range_that_would():
    level, rate = result("276", "bn_vnd", "115,0", "plan_attainment")
    finding = district(level, rate, row("250", "bn_vnd", status="plan")).exhibit(
        "revenue_plan_readings"
    )
    assert "không khớp" in finding.finding and "từ trên" in finding.finding


def test_without_a_printed_plan_the_implied_one_stays_marked_as_inferred():
    project = district(*result("276", "bn_vnd", "115,0", "plan_attainment"))
    assert printed(project, "revenue_against_plan")["Kế hoạch 2024"].inferred


def test_the_share_of_plan_of_another_figure_is_not_that_of_the_total():
    commune = row("18", "bn_vnd", series="xa")
    other = row("130,9", "percent", "plan_attainment", of=commune.id)
    level, rate = result("276", "bn_vnd", "115,0", "plan_attainment")
    told = str(district(commune, other, level, rate).say("budget_answer"))
    assert "115,0%" in told and "130,9" not in told


def invested(*more, lang="vi"):
    about = {"indicator": "total_social_investment"}
    level, rate = result("2.240", "bn_vnd", "97,4", "plan_attainment", **about)
    index = row("112,0", "percent", "index", base="previous_year", of=level.id, **about)
    return district(level, rate, index, *(one(**about) for one in more), lang=lang)


def test_investment_quotes_its_printed_plan_and_last_year():
    project = invested(
        lambda **about: row("2.300", "bn_vnd", status="plan", **about),
        lambda **about: row("2.000", "bn_vnd", period="2023", **about),
    )
    assert "Kế hoạch in ra là 2.300 tỷ đồng, nên còn thiếu 60 tỷ đồng" in str(
        project.say("investment_answer")
    )
    told = str(project.say("investment_last_year"))
    assert "2.000 tỷ đồng" in told and "hai số khớp nhau" in told and "không in" not in told
    marks = printed(project, "investment_against_plan")
    assert not any(mark.inferred for mark in marks.values())


@pytest.mark.parametrize(("lang", "said"), [("vi", "+12,0%"), ("en", "+12.0%")])
def test_an_index_is_read_as_the_growth_that_it_means(lang, said):
    told = str(invested(lang=lang).say("investment_last_year"))
    assert said in told and "112" not in told


def jobs(n, said, kind="plan_attainment", *more):
    about = {"indicator": "new_jobs"}
    return district(*result(n, "persons", said, kind, **about), *more)


def test_that_a_rate_was_cut_off_is_said_only_where_rounding_excludes_the_plan():
    # 1.298 / 1.200 is 108,1666...: rounded 108,2, cut off 108,1.
    assert "cắt bỏ" in jobs("1.298", "108,1").exhibit("jobs_plan_readings").finding
    # 2.595 / 2.400 is 108,125, which rounds to 108,1.
    rounded = jobs("2.595", "108,1").exhibit("jobs_plan_readings").finding
    assert "2.400 người" in rounded and "cắt bỏ" not in rounded


def test_a_printed_plan_for_jobs_is_not_inferred():
    plan = row("2.400", "persons", status="plan", indicator="new_jobs")
    project = jobs("2.595", "108,1", "plan_attainment", plan)
    assert "Kế hoạch in ra là 2.400 người" in str(project.say("jobs_told"))
    assert "khớp" in project.exhibit("jobs_plan_readings").finding


def test_the_likeliest_plan_of_the_real_report_still_needs_a_rate_cut_off():
    from hlanalysis.themes.figures import against_plan

    assert likely_plan(against_plan(town(), "new_jobs", "2024")).cut_off


def test_income_grows_from_result_to_result_and_its_plan_stands_apart():
    about = {"indicator": "income_per_capita"}
    rows = [
        row("41,2", "m_vnd", period="2022", **about),
        row("44,8", "m_vnd", period="2023", **about),
        row("48,6", "m_vnd", **about),
        row("48,6", "m_vnd", status="estimate", **about),
        row("47", "m_vnd", status="plan", **about),
        row("53", "m_vnd", period="2025", status="plan", **about),
    ]
    made = district(*rows).exhibit("income_history")
    marks = [(mark.label, str(mark.value), mark.role) for _, mark in made.chart.items()]
    assert marks == [
        ("2022", "41.2", "outturn"), ("2023", "44.8", "outturn"), ("2024", "48.6", "outturn"),
        ("Kế hoạch 2025", "53", "plan"),
    ]  # fmt: skip
    assert "8,6% mỗi năm" in made.finding and made.chart.places is None


def test_a_plan_alone_makes_no_growth_of_income():
    about = {"indicator": "income_per_capita"}
    rows = [
        row("48,6", "m_vnd", **about),
        row("53", "m_vnd", period="2025", status="plan", **about),
    ]
    with pytest.raises(NotEnoughFiguresError) as lack:
        district(*rows).exhibit("income_history")
    assert lack.value.key == "few_dates"


def test_counts_that_the_catalogue_does_not_know_are_shown_where_there_are_no_others():
    rows = [
        row(
            "11/18",
            "count",
            "ratio_count",
            indicator="unlisted",
            series="xã đạt chuẩn nông thôn mới",
        ),
        row("33/40", "count", "ratio_count", indicator="unlisted", series="trường đạt chuẩn"),
    ]
    project = district(*rows)
    assert str(project.say("targets_told")).startswith("Xã đạt chuẩn nông thôn mới: 11/18 (61,11%)")
    assert "xã đạt chuẩn nông thôn mới: 11/18" in project.exhibit("targets_met").finding


@pytest.mark.parametrize("lang", LANGS)
def test_a_missing_plan_is_not_told_as_a_missing_figure(lang):
    level, rate = result("276", "bn_vnd", "115,0", "plan_attainment")
    project = district(level, rate, row("250", "bn_vnd", period="2023"), lang=lang)
    told = project.say("revenue_plan_effect").words
    assert {"vi": "số kế hoạch", "en": "gives the plan"}[lang] in told


def test_a_short_series_names_the_years_that_it_has():
    level, rate = result("276", "bn_vnd", "115,0", "plan_attainment")
    told = district(level, rate, row("250", "bn_vnd", period="2023")).show("revenue_history").words
    assert "2023, 2024" in told and "chưa có năm nào" not in told


@pytest.mark.parametrize("name", ["criteria_over_time", "documents_by_type", "targets_two_years"])
def test_what_a_place_has_no_figures_of_is_said_in_one_line(name):
    told = district(*result("276", "bn_vnd", "115,0", "plan_attainment")).show(name)
    assert told.words.count(".") == 1 and "Chưa có số nào" in told.words


def test_a_place_is_called_by_its_own_level():
    assert kind_of_place("huyện Vĩnh Khê", "vi") == "huyện"
    assert kind_of_place("Vĩnh Khê district", "en") == "district"
    assert "giá trị sản xuất của thị xã" in town().say("benchmark_cautions").words


def test_a_plan_that_follows_from_figures_confirms_neither_of_them():
    level, rate = result("276", "bn_vnd", "115,00", "plan_attainment", plan_level="province")
    rows = district(level, rate).say("claims").rows
    assert all(one[4].write("vi") == "Không có số để đối chiếu" for one in rows)


def test_a_figure_that_the_workbook_prints_too_is_checked_against_it():
    plan = row("2.400", "persons", status="plan", indicator="new_jobs")
    again = replace(plan, id="again", source=PRESS.replace("pub-", "own-"))
    origins = [*town().processed.origins,
               replace(town().origin(PRESS), id=again.source, form="workbook")]  # fmt: skip
    processed = replace(
        town().processed, observations=Observations([plan, again]), origins=tuple(origins),
        warnings=(),
    )  # fmt: skip
    ((*_, verdict, why),) = Project(town().root, processed, "vi").say("claims").rows
    assert verdict.write("vi") == "Khớp" and "cùng một kế hoạch" in str(why)


def test_decimals_of_a_converted_figure_are_those_that_can_be_read():
    level = row("1.150", "m_vnd")
    from hlanalysis.themes.figures import mark

    made = mark(district(level), level, "9 tháng", unit="bn_vnd")
    assert (made.value, made.text) == (Decimal("1.15"), "1,15")
