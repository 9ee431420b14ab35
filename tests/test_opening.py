"""The first slide says whose report it is."""

from dataclasses import replace

from town import ROOT, processed, town

from hlanalysis.building.opening import main_source, opening_lines
from hlanalysis.project import Project


def test_the_first_slide_names_the_report_its_producer_and_its_date():
    said = opening_lines(town())
    source = main_source(town())
    assert source is not None and source.form == "document"
    day = "/".join(reversed(source.date.split("-")))
    assert said.split("\n") == [source.title, f"{source.publisher}, {day}"]


def test_without_a_document_of_its_own_the_first_slide_says_the_period():
    published = tuple(one for one in processed().origins if one.form == "published")
    project = Project(ROOT, replace(processed(), origins=published), "en")
    assert opening_lines(project) == project.when().label("en")
