"""What the pages say, from the real report: the table of the design's first section."""

import pytest
from town import town

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.project import Project
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
    text = said("budget_answer")
    for words in ("222,044 tỷ đồng", "77,64%", "(124,99282; 125,00042)", "125 tỷ đồng (suy ra)"):
        assert words in text


def test_revenue_beat_its_plan_and_still_fell():
    assert "hơn 301 tỷ đồng" in said("revenue_change")
    assert "giảm ít nhất 26,2%" in said("revenue_change")


def test_the_lower_plan_explains_three_quarters_under_a_named_assumption():
    text = said("revenue_plan_effect")
    for words in ("192,5 tỷ đồng", "35,1%", "15,35%", "75%", "Giả định"):
        assert words in text


def test_investment_s_plan_has_two_readings():
    text = said("investment_readings")
    for words in ("80,625%", "80,63%", "làm tròn thông thường", "(1.599,18; 1.600,62)"):
        assert words in text
    assert "310 tỷ đồng" in said("investment_answer")
    assert "(1.247,40; 1.248,49)" in said("investment_last_year")


def test_850_jobs_follow_from_a_rate_that_was_cut_off_and_from_mid_year():
    text = said("jobs_told")
    for words in ("1.067 người", "(850,20; 857,03]", "(846,83; 853,60]", "850 người", "25,53%"):
        assert words in text
    assert "68,7%" in text


def test_counts_have_their_rates():
    text = said("targets_told")
    for words in ("14/17 (82,35%)", "50/51 (98,04%)", "5/5 (100,00%)", "55/63 (87,30%)"):
        assert words in text


def test_documents_add_up():
    finding = town().exhibit("documents_by_type").finding
    assert finding.startswith("7.439 văn bản, các loại cộng lại khớp tổng")


def test_english_says_the_same_numbers_the_english_way():
    text = said("budget_answer", "en")
    assert "222.044 billion VND" in text and "(124.99282; 125.00042)" in text


def test_a_project_without_the_figures_says_what_is_missing():
    from dataclasses import replace

    from hlanalysis.observations import Observations

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


def test_an_unknown_exhibit_is_answered_with_the_nearest():
    with pytest.raises(KeyError, match="revenue_against_plan"):
        town().exhibit("revenue_against_plans")
