from dataclasses import replace
from decimal import Decimal

import pytest
from test_observations import figure

from hlanalysis.building.baseline import accept, changes, load_baseline
from hlanalysis.errors import InputError
from hlanalysis.observations import Observations, save_observations


def test_a_figure_whose_digits_changed_has_moved():
    old = figure()
    new = figure(value=Decimal("222.4"), written="222,4")
    (change,) = changes(Observations([old]), Observations([new]))
    assert (change.before, change.after, change.reason) == (old, new, "moved")


def test_a_correction_keeps_the_print_and_is_told_as_one():
    old = figure()
    new = replace(old, value=Decimal("222.4"))
    (change,) = changes(Observations([old]), Observations([new]))
    assert change.reason == "corrected"


def test_a_figure_that_only_stands_elsewhere_in_its_text_has_not_changed():
    assert changes(Observations([figure()]), Observations([figure(locator="90-97")])) == []


def test_figures_come_and_go():
    one, two = figure(), figure(period="2023", locator="20-27")
    found = changes(Observations([one]), Observations([two]))
    assert sorted(change.reason for change in found) == ["gone", "new"]


def test_accept_moves_the_baseline_and_says_what_moved(tmp_path):
    with pytest.raises(InputError, match="hlanalysis build"):
        accept(tmp_path)
    path = tmp_path / "processed" / "observations.csv"
    save_observations(Observations([figure()]), path)
    assert accept(tmp_path) == (1, [])
    save_observations(Observations([figure(value=Decimal(1), written="1")]), path)
    number, moved = accept(tmp_path)
    assert (number, [change.reason for change in moved]) == (1, ["moved"])
    assert str(load_baseline(tmp_path)[0].value) == "1"
