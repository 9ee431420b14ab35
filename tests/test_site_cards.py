"""The cards of the index: a finding beside the picture of its figure, or alone."""

from dataclasses import replace
from types import SimpleNamespace

from town import town

from hlanalysis.building.site_cards import _shows
from hlanalysis.wording import Quote, Words


def test_a_picture_stands_only_beside_a_finding_on_one_of_its_figures():
    revenue = town().figure("budget_revenue", period="2024", kind="level", status="actual")
    jobs = town().figure("new_jobs", period="2024", kind="level", status="actual")
    picture = town().exhibit("revenue_against_plan")
    finding = replace(town().findings[0], printed=Quote(revenue))
    assert _shows(picture, finding)
    assert not _shows(picture, replace(finding, printed=Quote(jobs)))


def test_a_finding_on_no_single_figure_may_stand_beside_any_picture():
    finding = SimpleNamespace(printed=Words("5 năm"))
    assert _shows(town().exhibit("revenue_against_plan"), finding)
