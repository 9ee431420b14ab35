"""What the pages say, from the real report: the table of the design's first section."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from town import town

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.observations import Observations
from hlanalysis.project import Project
from hlanalysis.texts import text
from hlanalysis.themes import NotEnoughFiguresError, registry
from hlanalysis.wording import Sentence

LANGS = ("vi", "en")


def said(name, lang="vi"):
    return str(registry()[name](town(lang)))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(registry()))
def test_everything_can_be_said_and_shown_of_the_real_report(name, lang):
    function = registry()[name]
    if name == "unread_numbers" and not town(lang).processed.unread:
        with pytest.raises(NotEnoughFiguresError):
            function(town(lang))
        return
    made = function(town(lang))
    if function.role == "exhibit":
        assert isinstance(made, Exhibit)
        assert made.id == name
        assert made.source and made.alt and any(char.isdigit() for char in made.finding)
    assert all(cite in town(lang).observations for cite in made.cites)


def test_revenue_s_plan_is_inferred_with_its_interval():
    words_said = said("budget_answer")
    for words in (
        "222,044 tỷ đồng",
        "77,64%",
        "từ trên 124,99282 đến dưới 125,00042 tỷ đồng",
        "125 tỷ đồng (suy ra)",
    ):
        assert words in words_said


def test_revenue_beat_its_plan_and_still_fell():
    assert "hơn 301 tỷ đồng" in said("revenue_change")
    assert "giảm ít nhất 26,2%" in said("revenue_change")


def test_the_lower_plan_explains_three_quarters_under_a_named_assumption():
    words_said = said("revenue_plan_effect")
    for words in ("192,5 tỷ đồng", "35,1%", "15,35%", "75%", "Giả định"):
        assert words in words_said


def test_investment_s_plan_has_two_readings():
    words_said = said("investment_readings")
    for words in (
        "80,625%",
        "80,63%",
        "làm tròn thông thường",
        "từ trên 1.599,18 đến dưới 1.600,62 tỷ đồng",
    ):
        assert words in words_said
    assert "310 tỷ đồng" in said("investment_answer")
    assert "từ trên 1.247,40 đến dưới 1.248,49 tỷ đồng" in said("investment_last_year")


def test_850_jobs_follow_from_a_rate_that_was_cut_off_and_from_mid_year():
    words_said = said("jobs_told")
    for words in (
        "1.067 người",
        "từ trên 850,20 đến 857,03 người",
        "từ trên 846,83 đến 853,60 người",
        "850 người",
        "25,53%",
    ):
        assert words in words_said
    assert "68,7%" in words_said


def test_counts_have_their_rates():
    words_said = said("targets_told")
    for words in ("14/17 (82,35%)", "50/51 (98,04%)", "5/5 (100,00%)", "55/63 (87,30%)"):
        assert words in words_said


def test_documents_add_up():
    finding = town().exhibit("documents_by_type").finding
    assert finding.startswith("7.439 văn bản, các loại cộng lại khớp tổng")


def test_english_says_the_same_numbers_the_english_way():
    words_said = said("budget_answer", "en")
    assert (
        "222.044 billion VND" in words_said
        and "from above 124.99282 to below 125.00042" in words_said
    )


def test_a_project_without_the_figures_says_what_is_missing():
    bare = replace(
        town().processed,
        observations=Observations(
            row for row in town().observations if row.indicator == "documents_issued"
        ),
    )
    project = Project(town().root, bare, "vi")
    for name, function in registry().items():
        shown = project.show(name) if function.role == "exhibit" else project.say(name)
        assert shown._repr_mimebundle_() is not None
    assert "hlanalysis add" in project.say("budget_answer").words


def test_a_page_remembers_what_it_cited_and_lists_each_source_once():
    project = Project(town().root, town().processed, "vi")
    sentence = project.say("budget_answer")
    assert isinstance(sentence, Sentence)
    listed = project.sources()._repr_mimebundle_()["text/html"]
    for cite in sentence.cites:
        assert listed.count(f'id="src-{cite}"') == 1
    assert "<mark>222,044</mark>" in listed


def marks(markup):
    """Return (class, sources, formula, text) of every marked number in some HTML."""
    found = re.findall(r'<a class="figure([^"]*)" href="[^"]*" data-source="([^"]*)"'
                       r'(?: data-formula="([^"]*)")?>([^<]*)</a>', markup)  # fmt: skip
    assert len(found) == markup.count('<a class="figure')
    return found


def shown_markup(lang):
    """Yield the name and HTML of every passage, exhibit and finding of the real report."""
    for name, function in registry().items():
        made = town(lang).show(name) if function.role == "exhibit" else town(lang).say(name)
        if function.role == "exhibit":
            numbers = made.reckoned()
            yield name, numbers.markup if numbers else ""
        else:
            yield name, made._repr_mimebundle_()["text/html"]
    yield "findings", town(lang).findings_on().html()


@pytest.mark.parametrize("lang", LANGS)
def test_every_computed_number_tells_its_formula_and_its_sources(lang):
    computed = 0
    for name, markup in shown_markup(lang):
        for kinds, sources, formula, said in marks(markup):
            ids = sources.split()
            assert ids and all(one in town(lang).observations for one in ids), (name, said)
            assert all(
                town(lang).origin(town(lang).observations.by_id(one).source).publisher
                for one in ids
            )
            if "computed" in kinds or "inferred" in kinds:
                computed += 1
                assert formula, (name, said)
                assert formula != text("formulas.any.other", lang), (name, said)
    assert computed > 150


def test_a_formula_shows_the_numbers_that_were_put_in():
    formula = next(
        formula
        for _, _, formula, said in marks(registry()["revenue_plan_effect"](town()).html())
        if said == "75%"
    )
    assert "ln(192,5 / 125) / ln(222,044 / 125)" in formula
    assert "suy ra" in formula and "Giả định: cấp giao kế hoạch" in formula


def test_what_no_source_says_stands_beside_the_number():
    assert said("revenue_change").endswith(
        "Giả định: hai số cùng loại (có nguồn không ghi là số ước hay số chính thức)."
    )


def test_unlike_figures_are_not_compared_and_the_page_says_why():
    now = town().figure("budget_revenue", period="2024", kind="level", status="actual")
    last = town().figure("budget_revenue", period="2023", kind="level", status="actual")
    rows = [
        replace(row, scope="domestic") if row.id == last.id
        else replace(row, scope="whole") if row.id == now.id else row
        for row in town().observations
    ]  # fmt: skip
    project = Project(town().root, replace(town().processed, observations=Observations(rows)), "vi")
    assert "không cùng loại" in project.say("revenue_change").words
    finding = project.exhibit("revenue_against_plan").finding
    assert "vượt 77,64% kế hoạch" in finding and "so với năm" not in finding


def test_land_is_split_out_as_soon_as_a_form_gives_it():
    assert "Chưa có số tách riêng tiền sử dụng đất" in town().say("revenue_land").words
    whole = town().figure("budget_revenue", period="2024", kind="level", status="actual")
    land = replace(
        whole, id="land", indicator="budget_revenue_land_use", value=Decimal("125"), written="125"
    )
    project = Project(
        town().root,
        replace(town().processed, observations=Observations([*town().observations, land])),
        "vi",
    )
    told = str(project.say("revenue_land"))
    for words in ("125 tỷ đồng", "56,3%", "97,0 tỷ đồng"):
        assert words in told


def test_revenue_per_head_names_the_year_of_its_population():
    told = said("revenue_per_head")
    assert "5,6 triệu đồng/người" in told and "39.920 người (2021)" in told
    assert told.endswith("Giả định: dân số 2024 bằng dân số 2021, số mới nhất tìm thấy.")


def test_slow_years_make_the_rest_of_the_term_steeper():
    frame = town().exhibit("growth_delay").frame()
    assert frame.shape[0] == 12
    assert "8,2%/năm" in town().exhibit("growth_delay").finding
    assert "2021, 2022, 2023" in town().say("growth_term").words


def test_the_report_check_sets_printed_recomputed_and_allowed_side_by_side():
    rows = town().say("claims").rows
    excess = next(row for row in rows if str(row[0]) == "Thu ngân sách trên địa bàn, vượt kế hoạch")
    said = [str(cell) if isinstance(cell, str | Sentence) else cell.write("vi") for cell in excess]
    assert said[1:4] == ["77,64%", "77,64%", "từ 77,635% đến dưới 77,645%"]
    level = next(row for row in rows if str(row[0]) == "Thu ngân sách trên địa bàn, mức")
    assert level[2:4] == ("", "")


@pytest.mark.parametrize("lang", LANGS)
def test_every_exhibit_has_words_for_the_speaker(lang):
    for made in town(lang).exhibits():
        assert made.script.endswith("."), made.id


def test_an_unknown_exhibit_is_answered_with_the_nearest():
    with pytest.raises(KeyError, match="revenue_against_plan"):
        town().exhibit("revenue_against_plans")
