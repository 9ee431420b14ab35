"""Comparing, sampling, goals, sensitivity and fans."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_cases import everything, lever_sets

from hlanalysis.errors import InputError
from hlanalysis.scenarios import Model, quick_model, run
from hlanalysis.scenarios.comparing import compare
from hlanalysis.scenarios.distributions import (
    Distribution,
    Normal,
    Triangular,
    TwoPiece,
    Uniform,
    read_distribution,
)
from hlanalysis.scenarios.drawing import CHUNK, evaluate_draws
from hlanalysis.scenarios.fan import (
    Miss,
    fan,
    odds,
    past_misses,
    past_misses_fan,
    probability,
)
from hlanalysis.scenarios.goal import goal
from hlanalysis.scenarios.sampling import sample
from hlanalysis.scenarios.sensitivity import sobol, tornado


@pytest.fixture(scope="module")
def model() -> Model:
    return everything()


@pytest.fixture(scope="module")
def budget() -> Model:
    """Land 100, other 122.044; METRICS' worked scenario."""
    return quick_model(
        "land[t] = land[t-1] * (1 + g_land)\nother[t] = other[t-1] * (1 + g_other)\n"
        "total[t] = land[t] + other[t]",
        years=(2025, 2025),
        levers={"g_land": (0, "%", -30, 40), "g_other": (8, "%", 0, 15)},
        starts={"land": (2024, 100, "tỷ đồng"), "other": (2024, 122.044, "tỷ đồng")},
    )


# --- compare -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("land", "other", "total"), [(-30, 5, 198.15), (0, 8, 231.81), (20, 10, 254.25)]
)
def test_the_worked_scenarios_come_out(
    budget: Model, land: float, other: float, total: float
) -> None:
    done = run(budget, {"g_land": land, "g_other": other})
    assert done.at("total", 2025) == pytest.approx(total, abs=0.005)


def test_contributions_add_up_to_the_last_bit(model: Model) -> None:
    for chosen in lever_sets(model, 25, seed=3):
        made = compare(model, chosen)
        for key, shares in made.contributions.items():
            assert math.fsum(shares.values()) == made.difference(*key)
            gap = made.other.at(*key) - made.base.at(*key)
            assert made.difference(*key) == pytest.approx(
                gap, rel=1e-15, abs=1e-15 * abs(made.base.at(*key))
            )


def test_a_lever_that_does_nothing_brings_nothing_and_order_does_not_matter() -> None:
    text = "y[t] = aa * bb + 0 * cc"
    levers = {name: (1, "", 0, 9) for name in ("aa", "bb", "cc")}
    other = {"aa": 3, "bb": 4, "cc": 5}
    first = compare(quick_model(text, years=(2025, 2025), levers=levers), other)
    backward = dict(reversed(levers.items()))
    second = compare(quick_model(text, years=(2025, 2025), levers=backward), other)
    # 3 * 4 - 1: each of the two brings its own part and half of what they bring together.
    assert first.contributions["y", 2025] == {"aa": 5.0, "bb": 6.0, "cc": 0.0}
    assert second.contributions["y", 2025] == first.contributions["y", 2025]


def test_very_many_levers_still_add_up() -> None:
    names = [f"lever_{chr(97 + n)}" for n in range(20)]
    many = quick_model(
        "y[t] = " + " * ".join(f"(1 + {name})" for name in names),
        years=(2025, 2025),
        levers={name: (0, "%", 0, 90) for name in names},
    )
    made = compare(many, {name: 5 + n for n, name in enumerate(names)})
    assert made.method == "two orders"
    assert math.fsum(made.contributions["y", 2025].values()) == made.difference("y", 2025)


# --- distributions and draws -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("từ 80 đến 150, thường là 120", Triangular(80, 120, 150)),
        ("Từ 80 tỷ đồng đến 150 tỷ đồng, thường là 120 tỷ đồng.", Triangular(80, 120, 150)),
        ("từ -8 đến 8, thường là 0", Triangular(-8, 0, 8)),
        ("từ 5,5% đến 12%, thường 8,25%", Triangular(5.5, 8.25, 12)),
        ("from 1.290 to 1.600, usually 1.400", Triangular(1290, 1400, 1600)),
        ("từ 5 đến 12", Uniform(5, 12)),
        ("khoảng 120, xê dịch 10", Normal(120, 10)),
        ("about 77.6, give or take 2,5", Normal(77.6, 2.5)),
        ("8 trên 10 lần từ 80 đến 150, thường là 120", TwoPiece(80, 120, 150)),
        ("khoảng 8/10 lần: từ 80 đến 150, thường là 120", TwoPiece(80, 120, 150)),
    ],
)
def test_planners_words_are_understood(words: str, wanted: Distribution) -> None:
    assert read_distribution(words) == wanted
    assert read_distribution(wanted.say("vi")) == wanted


@pytest.mark.parametrize(
    "words", ["khá cao", "từ 150 đến 80", "từ 80 đến 150, thường là 200", "khoảng 5, xê dịch 0", ""]
)
def test_words_that_make_no_distribution_are_refused(words: str) -> None:
    with pytest.raises(InputError, match="distribution of giá"):
        read_distribution(words, "giá")


def test_draws_have_the_stated_shape() -> None:
    stream = np.random.default_rng(3)
    z = stream.standard_normal(200_000)
    low, mode, high = np.quantile(TwoPiece(80, 120, 150).from_normal(z), [0.1, 0.5, 0.9])
    assert (low, high) == pytest.approx((80, 150), abs=0.4)
    assert 112 < mode < 122
    drawn = Triangular(80, 120, 150).from_normal(z)
    assert drawn.min() >= 80
    assert drawn.max() <= 150
    assert drawn.mean() == pytest.approx((80 + 120 + 150) / 3, abs=0.1)
    assert np.all(np.diff(drawn[np.argsort(z)]) >= 0)
    assert Uniform(5, 12).from_normal(z).mean() == pytest.approx(8.5, abs=0.02)


def test_the_seed_decides_and_workers_do_not(model: Model) -> None:
    stated = {"icor": "từ 4 đến 6, thường là 4,8", "g_thu": "khoảng 10, xê dịch 2"}
    n = 3 * CHUNK + 17
    first = sample(model, stated, keep=["gtsx", "tăng"], n=n, seed=7)
    for workers in (1, 2, 3):
        with ThreadPoolExecutor(workers) as pool:
            again = sample(model, stated, keep=["gtsx", "tăng"], n=n, seed=7, executor=pool)
        assert again.values.tobytes() == first.values.tobytes()
    other = sample(model, stated, keep=["gtsx"], n=n, seed=8)
    assert other.values.tobytes() != first.values[:1].tobytes()


def test_correlated_draws_are_correlated(budget: Model) -> None:
    stated = {"g_land": "từ -20 đến 20, thường là 0", "g_other": "từ 4 đến 12, thường là 8"}
    for wanted in (-0.9, 0.0, 0.6, 1.0):
        together = {("g_land", "g_other"): wanted} if wanted else None
        made = sample(budget, stated, keep=["land", "other"], n=60_000, together=together)
        found = np.corrcoef(made.at("land", 2025), made.at("other", 2025))[0, 1]
        assert found == pytest.approx(wanted, abs=0.02)
    with pytest.raises(InputError, match="contradict each other"):
        sample(
            everything(),
            {name: Normal(5, 0.1) for name in ("icor", "g_thu", "muc")},
            keep=["thu"],
            together={("icor", "g_thu"): 0.9, ("g_thu", "muc"): 0.9, ("icor", "muc"): -0.9},
        )


def test_a_sample_is_the_model_draw_by_draw(budget: Model) -> None:
    stated = {"g_land": "từ -20 đến 20, thường là 0"}
    made = sample(budget, stated, keep=["land", "total"], n=500, settings={"g_other": 10})
    land, total = made.at("land", 2025), made.at("total", 2025)
    for k in range(0, 500, 50):
        settings_k = {"g_land": land[k] - 100, "g_other": 10}
        assert total[k] == pytest.approx(run(budget, settings_k).at("total", 2025), abs=1e-9)


def test_tails_outside_the_bounds_are_moved_and_counted(budget: Model) -> None:
    made = sample(budget, {"g_other": "khoảng 14, xê dịch 2"}, keep=["other"], n=20_000)
    assert made.clipped["g_other"] == pytest.approx(0.31, abs=0.02)
    assert made.at("other", 2025).max() <= 122.044 * 1.15 + 1e-9
    with pytest.raises(InputError, match="values from 0 to 15, the lever's bounds"):
        sample(budget, {"g_other": "từ -5 đến 12"}, keep=["other"])


def test_a_lever_by_year_moves_as_one_unless_a_year_is_named(model: Model) -> None:
    made = sample(model, {"dau_gia": "từ 80 đến 150"}, keep=["thu_dat"], n=200)
    assert np.array_equal(made.at("thu_dat", 2027), made.at("thu_dat", 2030))
    one = sample(model, {"dau_gia[2027]": "từ 80 đến 150"}, keep=["thu_dat"], n=200)
    assert one.at("thu_dat", 2030).std() == 0
    assert one.at("thu_dat", 2027).std() > 0
    with pytest.raises(InputError, match="two distributions for dau_gia"):
        sample(model, {"dau_gia": "từ 1 đến 2", "dau_gia[2027]": "từ 1 đến 2"}, keep=["thu_dat"])


def test_draws_that_cannot_be_computed_are_nan_and_the_fan_says_so(budget: Model) -> None:
    divided = quick_model(
        "y[t] = 1 / (x - 1)\nz[t] = y[t] if x != 1 else 5",
        years=(2025, 2025), levers={"x": (2, "", 0, 3)},
    )  # fmt: skip
    made = evaluate_draws(divided, {"x": np.array([0.0, 1, 2])}, [("y", 2025), ("z", 2025)])
    np.testing.assert_array_equal(made, [[-1, np.nan, 1], [-1, 5, 1]])


# --- goal --------------------------------------------------------------------------------------


def test_the_worked_goal_is_found(budget: Model) -> None:
    made = goal(budget, "g_land", "total", 2025, 250)
    assert [one.is_interval for one in made.solutions] == [False]
    assert made.solutions[0].low == pytest.approx(18.19248, abs=1e-6)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.floats(-29.5, 39.5))
def test_a_goal_finds_the_lever_that_made_the_result(value: float) -> None:
    linear = quick_model(
        "land[t] = land[t-1] * (1 + g_land)",
        years=(2025, 2027),
        levers={"g_land": (0, "%", -30, 40)},
        starts={"land": (2024, 100, "tỷ đồng")},
    )
    target = run(linear, {"g_land": value}).at("land", 2027)
    made = goal(linear, "g_land", "land", 2027, target)
    assert [one.low for one in made.solutions] == pytest.approx([value], abs=1e-6)


def test_all_solutions_are_found() -> None:
    wave = quick_model(
        "y[t] = (x - 1) * (x - 2) * (x - 3.3) + 5", years=(2025, 2025), levers={"x": (0, "", 0, 4)}
    )
    made = goal(wave, "x", "y", 2025, 5)
    assert [one.low for one in made.solutions] == pytest.approx([1, 2, 3.3], abs=1e-8)
    assert not any(one.is_interval for one in made.solutions)


def test_a_curve_that_only_touches_its_target_is_found() -> None:
    bowl = quick_model("y[t] = (x - 1.2345) ** 2", years=(2025, 2025), levers={"x": (0, "", 0, 4)})
    made = goal(bowl, "x", "y", 2025, 0)
    assert [one.low for one in made.solutions] == pytest.approx([1.2345], abs=1e-3)
    two = goal(bowl, "x", "y", 2025, 1e-6)
    assert [one.low for one in two.solutions] == pytest.approx([1.2335, 1.2355], abs=1e-6)


def test_a_plateau_is_an_interval_and_steps_are_leapt_over() -> None:
    capped = quick_model(
        "y[t] = min(10, x * 2)\nz[t] = round(x, 0)\nw[t] = 1 if x >= 2 else 0",
        years=(2025, 2025), levers={"x": (1, "", 0, 9)},
    )  # fmt: skip
    made = goal(capped, "x", "y", 2025, 10)
    assert [(one.low, one.high) for one in made.solutions] == [(pytest.approx(5), 9)]
    assert "mọi giá trị từ 5 đến 9" in made.say().replace(",00", "")
    made = goal(capped, "x", "z", 2025, 3)
    assert (made.solutions[0].low, made.solutions[0].high) == pytest.approx((2.5, 3.5), abs=1e-6)
    made = goal(capped, "x", "w", 2025, 0.5)
    assert made.solutions == ()
    assert made.jumps == pytest.approx((2,), abs=1e-6)
    assert "nhảy qua" in made.say()


def test_a_goal_out_of_reach_says_what_is_reached(budget: Model) -> None:
    made = goal(budget, "g_land", "total", 2025, 500)
    assert made.solutions == ()
    assert made.reached == pytest.approx((201.80752, 271.80752))
    assert "không đạt được: chỉ từ 201,8 đến 271,8" in made.say("vi")
    assert "cannot be reached: only 201.8 to 271.8" in made.say("en")


def test_a_lever_without_effect_solves_everything_or_nothing(budget: Model) -> None:
    base = run(budget).at("other", 2025)
    made = goal(budget, "g_land", "other", 2025, base)
    assert [(one.low, one.high) for one in made.solutions] == [(-30, 40)]
    assert goal(budget, "g_land", "other", 2025, base + 1).solutions == ()


# --- sensitivity -------------------------------------------------------------------------------


def test_the_worked_tornado_comes_out(budget: Model) -> None:
    made = tornado(budget, "total", 2025, ranges={"g_land": (-10, 10), "g_other": (6, 10)})
    assert [one.lever for one in made.swings] == ["g_land", "g_other"]
    assert [one.size for one in made.swings] == pytest.approx([20, 4.88], abs=0.005)
    assert made.base == pytest.approx(231.81, abs=0.005)
    with pytest.raises(InputError, match="expected -30 to 40"):
        tornado(budget, "total", 2025, ranges={"g_land": (-90, 10)})


def test_sobol_shares_of_a_known_function() -> None:
    # Ishigami's kin: y = x1 + 2 x2 + 3 x1 x3 with uniform inputs on (-1, 1).
    known = quick_model(
        "y[t] = x_a + 2 * x_b + 3 * x_a * x_c",
        years=(2025, 2025),
        levers={name: (0.5, "", -1, 1) for name in ("x_a", "x_b", "x_c")},
    )
    stated = {name: "từ -1 đến 1" for name in ("x_a", "x_b", "x_c")}
    shares = {one.lever: one for one in sobol(known, "y", 2025, stated, n=4096)}
    whole = 1 / 3 + 4 / 3 + 1
    for name, alone, total in (
        ("x_a", 1 / 3, 4 / 3), ("x_b", 4 / 3, 4 / 3), ("x_c", 0, 1),
    ):  # fmt: skip
        assert shares[name].alone == pytest.approx(alone / whole, abs=0.01)
        assert shares[name].total == pytest.approx(total / whole, abs=0.01)


# --- fan ---------------------------------------------------------------------------------------


def test_a_fan_holds_half_and_eight_tenths_of_the_draws(budget: Model) -> None:
    made = sample(budget, {"g_land": "từ -20 đến 20, thường là 0"}, keep=["total"], n=20_000)
    bands = fan(made, "total")
    drawn = made.at("total", 2025)
    p10, p25, _, p75, p90 = bands.bands[:, 0]
    assert np.mean((drawn >= p25) & (drawn <= p75)) == pytest.approx(0.5, abs=0.001)
    assert np.mean((drawn >= p10) & (drawn <= p90)) == pytest.approx(0.8, abs=0.001)
    assert bands.basis == "stated"
    assert "Nếu các giả định này đúng" in bands.note["vi"]
    assert "từ -20 đến 20, thường là 0" in bands.note["vi"]


def test_the_worked_odds_come_out() -> None:
    # METRICS section 6: two-piece normal, mode 240, 25 below, 40 above.
    class Worked(TwoPiece):
        spreads = (25.0, 40.0)  # type: ignore[assignment]

    plain = quick_model("y[t] = x", years=(2025, 2025), levers={"x": (240, "tỷ đồng", -900, 1900)})
    made = sample(plain, {"x": Worked(200, 240, 300)}, keep=["y"], n=400_000)
    assert probability(made, "y", 2025, 222.044) == pytest.approx(0.818, abs=0.002)
    assert probability(made, "y", 2025, 250) == pytest.approx(0.494, abs=0.002)
    assert made.at("y", 2025).mean() == pytest.approx(251.97, abs=0.1)
    assert odds(probability(made, "y", 2025, 222.044)) == "khoảng 8 trên 10 lần"


def test_reaching_a_target_exactly_counts(budget: Model) -> None:
    made = sample(budget, {"g_land": "từ -20 đến 20"}, keep=["other"], n=100)
    assert probability(made, "other", 2025, 131.80752) == 1
    assert probability(made, "other", 2025, 131.80752, above=False) == 1


def test_past_misses_are_refused_below_five_comparable_years(budget: Model) -> None:
    few = [Miss(2015, 1.146, "province"), Miss(2018, 1.042, "council"), Miss(2024, 1.7764)]
    with pytest.raises(InputError) as caught:
        past_misses(few)
    told = str(caught.value)
    assert "1 comparable years" in told
    assert "2024 (177,6% of the plan, plan level not said)" in told
    assert "at least 5 years of one plan level and one territory" in told
    unknown = [Miss(year, 1.1) for year in range(2015, 2025)]
    with pytest.raises(InputError):
        past_misses(unknown)
    moved = [
        Miss(year, 1.1, "council", "old" if year < 2019 else "new") for year in range(2015, 2023)
    ]
    with pytest.raises(InputError):
        past_misses(moved)
    twice = [Miss(2020 + n % 4, 1.1, "council") for n in range(8)]
    with pytest.raises(InputError):
        past_misses(twice)


def test_five_comparable_years_spread_a_plan(budget: Model) -> None:
    ratios = {2019: 0.9, 2020: 0.95, 2021: 1.0, 2022: 1.1, 2023: 1.3}
    made = past_misses_fan(
        budget, "total", [200.0], [Miss(y, r, "council") for y, r in ratios.items()]
    )
    assert made.basis == "past_misses"
    assert made.bands[2, 0] == pytest.approx(200)
    assert list(made.bands[:, 0]) == sorted(made.bands[:, 0])
    assert "giả định" not in made.note["vi"]
