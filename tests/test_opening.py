"""The first slide says whose report it is."""

from town import town

from hlanalysis.building.opening import main_source, opening_line


def test_the_first_slide_names_the_report_its_producer_and_its_date():
    said = opening_line(town())
    source = main_source(town())
    assert source is not None and source.form == "document"
    assert said.startswith("2024 · ") and source.title in said
    day = "/".join(reversed(source.date.split("-")))
    assert said.endswith(f"{source.publisher}, {day}")


def test_english_slides_say_the_period_in_english():
    assert opening_line(town("en")).startswith("2024 · ")
