"""What a newcomer reads: units in answers, sentences of goals, and messages about slips."""

from __future__ import annotations

from typing import Any

import pytest

from hlanalysis.errors import InputError
from hlanalysis.scenarios import Model, ModelError, quick_model
from hlanalysis.scenarios.goal import goal
from hlanalysis.scenarios.reports import label, row_of
from hlanalysis.scenarios.running import run
from hlanalysis.scenarios.units import read_unit


def school(**starts: tuple[int, float, str]) -> Model:
    """Return a model of rooms ordered from a budget; start values may be left out."""
    known = starts or {
        "people": (2024, 12_450, "người"),
        "rooms": (2024, 52, "count"),
        "ordered": (2024, 2, "count"),
    }
    levers: dict[str, Any] = {
        "growth": (1.4, "%", -1, 5),
        "pupil_share": (18.5, "%", 12, 25),
        "class_size": (35.5, "người/count", 25, 45),
        "room_cost": (850, "triệu đồng/count", 400, 1500),
        "budget": ([1500.0] * 6, "triệu đồng", 0, 9000),
    }
    return quick_model(
        "people[t] = people[t-1] * (1 + growth)\n"
        "missing[t] = max(0, people[t] * pupil_share / class_size - rooms[t-1] - ordered[t-1])\n"
        "ordered[t] = min(missing[t], budget[t] / room_cost)\n"
        "rooms[t] = rooms[t-1] + ordered[t-1]\n"
        "spent[t] = sum(ordered[2025:t]) * room_cost",
        years=(2025, 2030),
        levers=levers,
        starts=known,
    )


def test_a_unit_per_another_names_each_part_once() -> None:
    unit = read_unit("triệu đồng/count")
    assert (unit.vi, unit.en) == ("triệu đồng/count", "million VND/count")
    unit = read_unit("người / count")
    assert (unit.vi, unit.en) == ("người/count", "people/count")
    assert label(school(), "room_cost", "vi") == "room_cost (triệu đồng/count)"
    with pytest.raises(InputError, match=r"9\.000 triệu đồng/count; expected 400 to 1\.500"):
        run(school(), {"room_cost": 9000})
    assert "room_cost = 850,0 triệu đồng/count" in _needed_cost().say("vi")
    assert "room_cost = 850.0 million VND/count" in _needed_cost().say("en")


def _needed_cost() -> Any:
    model = school()
    return goal(model, "room_cost", "ordered", 2025, run(model).at("ordered", 2025))


@pytest.mark.parametrize(
    ("unit", "vi", "en"),
    [
        ("ngày", "ngày", "days"),
        ("kWh", "kWh", "kWh"),
        ("điểm", "điểm", "points"),
        ("lượt", "lượt", "visits"),
        ("người/ngày", "người/ngày", "people/days"),
    ],
)
def test_results_are_named_in_units_not_in_dimensions(unit: str, vi: str, en: str) -> None:
    model = quick_model("b[t] = a * 2", years=(2025, 2025), levers={"a": (5, unit, 1, 9)})
    assert (model.variables["b"].unit.vi, model.variables["b"].unit.en) == (vi, en)


def test_products_without_a_unit_of_their_own_are_named_in_both_languages() -> None:
    levers = {"a": (5, "người", 1, 9), "d": (5, "ngày", 1, 9)}
    unit = quick_model("b[t] = a * d", years=(2025, 2025), levers=levers).variables["b"].unit
    assert (unit.vi, unit.en) == ("người·ngày", "people·days")


def test_an_ellipsis_and_a_question_keep_their_ends() -> None:
    assert str(InputError("f", "x", "one of a, b, ...")) == "f: x; expected one of a, b, ..."
    assert str(InputError("f", "x", "y", "known are a, …")).endswith("Hint: known are a, …")
    assert str(InputError("f", "x.", "y.", "do z.")) == "f: x.; expected y. Hint: do z."
    assert str(InputError("f", "x", "y", "did you mean z?")).endswith("did you mean z?")


def test_an_unknown_unit_says_what_to_write_for_things_counted() -> None:
    with pytest.raises(ValueError, match="phòng") as caught:
        read_unit("phòng")
    assert 'write "count" ("người/count")' in caught.value.hint  # type: ignore[attr-defined]


# --- goals -------------------------------------------------------------------------------------


def simple(value: float = 5, unit: str = "tỷ đồng") -> Model:
    levers: dict[str, Any] = {
        "a": (value, unit, 0.11, 34.6),
        "idle": (1, "", 0, 2),
        "plan": ([1.0, 2.0], unit, 0, 9),
    }
    return quick_model(
        "y[t] = a + idle * 0 * plan[t] + plan[t]*0", years=(2025, 2026), levers=levers
    )


def test_a_goal_prints_digits_enough_to_differ_from_its_target() -> None:
    levers = {"a": (5, "count", 0.11, 34.6)}
    model = quick_model("y[t] = a", years=(2025, 2025), levers=levers)
    assert "0 không đạt được: chỉ từ 0,11 đến 34," in goal(model, "a", "y", 2025, 0).say()
    close = goal(model, "a", "y", 2025, 34.6001).say()
    assert close.endswith("34,6.")
    closer = goal(model, "a", "y", 2025, 35).say()
    assert "đến 34,6." in closer


def test_a_lever_that_moves_nothing_is_said_to() -> None:
    said = goal(simple(), "idle", "y", 2025, 15).say("en")
    assert (
        said
        == "y of 2025: 15 billion VND cannot be reached: "
        + "idle does not move the result; it stays 5.0."
    )
    assert "idle không làm thay đổi kết quả; kết quả vẫn là 5,0" in goal(
        simple(), "idle", "y", 2025, 15
    ).say("vi")


def test_a_goal_on_a_lever_by_year_says_every_year() -> None:
    levers = {"plan": ([1.0, 2.0], "tỷ đồng", 0, 9)}
    model = quick_model("y[t] = plan[t]", years=(2025, 2026), levers=levers)
    assert "plan in every year = 3.00 billion VND" in goal(model, "plan", "y", 2026, 3).say("en")
    assert "plan trong mọi năm = 3,00" in goal(model, "plan", "y", 2026, 3).say("vi")
    assert "plan 2026 = 3,00" in goal(model, "plan[2026]", "y", 2026, 3).say("vi")
    with pytest.raises(InputError, match="plan has no year 2031; the model runs 2025-2026"):
        goal(model, "plan[2031]", "y", 2026, 3)


# --- units that nobody knows, or that are wrong, are complained of once --------------------------


def test_missing_start_values_bring_no_complaint_of_units() -> None:
    with pytest.raises(ModelError) as caught:
        school(people=(2024, 12_450, "người"))
    assert "no start value rooms[2024]" in str(caught.value)
    assert "unlike" not in str(caught.value)


def test_a_wrong_unit_of_a_start_value_is_said_once() -> None:
    with pytest.raises(ModelError) as caught:
        school(
            people=(2024, 12_450, "người"), rooms=(2024, 52, "count"), ordered=(2024, 2, "tỷ đồng")
        )
    told = [one.found for one in caught.value.problems]
    assert len(told) == 1


def test_two_wrong_units_are_both_said() -> None:
    with pytest.raises(ModelError) as caught:
        quick_model(
            "x[t] = a * 1\ny[t] = x[t] * 2\nz[t] = b + y[t]",
            years=(2025, 2025),
            levers={"a": (1, "ha", 0, 2), "b": (1, "tấn", 0, 2)},
            starts={"x": (2024, 1, "người")},
        )
    told = str(caught.value)
    assert "x is declared in người, but its equation gives ha" in told
    assert "adds unlike units: tấn and ha" in told
    assert len(caught.value.problems) == 2


def test_a_value_outside_its_bounds_is_said_with_the_bounds() -> None:
    with pytest.raises(ModelError, match="value 55 lies outside low 25 to high 45"):
        quick_model("y[t] = a", years=(2025, 2025), levers={"a": (55, "", 25, 45)})


# --- digits of counts ----------------------------------------------------------------------------


def test_counts_that_are_not_whole_show_one_decimal() -> None:
    model = quick_model(
        "rooms[t] = a * 1.76\nplaces[t] = rooms[t] + b\nwhole[t] = b * 2",
        years=(2025, 2026),
        levers={"a": (1, "count", 0, 9), "b": (4, "count", 0, 9)},
    )
    rows = {name: _row(model, name) for name in model.variables}
    assert rows["rooms"] == ["1,8", "1,8"]
    assert rows["places"] == ["5,8", "5,8"]
    assert rows["whole"] == ["8", "8"]


def _row(model: Model, name: str) -> list[str]:
    values = run(model)[name]
    return row_of(model, name, values, "vi")


def test_the_two_ends_of_what_is_reached_never_look_alike() -> None:
    levers = {"a": (14.92, "tỷ đồng", 14.912, 14.934)}
    model = quick_model("y[t] = a", years=(2025, 2025), levers=levers)
    said = goal(model, "a", "y", 2025, 15).say("en")
    assert said.endswith("only 14.91 to 14.93.")
