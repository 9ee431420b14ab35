from checks_figures import figure, table
from hypothesis import given, settings
from hypothesis import strategies as st

from hlanalysis.checks.averages import check_average_growth
from hlanalysis.numbers import format_number


def yearly(*rates):
    return [
        figure(rate, "percent", "growth", period=str(2021 + at)) for at, rate in enumerate(rates)
    ]


def average(written, last=2022):
    return figure(written, "percent", "average_growth", period=f"2021-{last}", base="")


def told(*rows):
    (finding,) = check_average_growth(table(*rows))
    return finding.grade, finding.message


def test_growth_averages_geometrically():
    rates = yearly("40", "-20")
    assert told(*rates, average("5,83")) == ("ok", "average_agrees")
    assert told(*rates, average("10")) == ("explained", "average_is_plain_mean")
    assert told(*rates, average("7")) == ("error", "average_differs")


def test_the_plain_mean_of_the_first_case_is_named_beside_the_right_one():
    (finding,) = check_average_growth(table(*yearly("40", "-20"), average("10")))
    assert "+5,83%" in str(finding.sentence("vi"))


def test_an_average_follows_from_its_first_and_last_level():
    levels = (
        figure("140,5", "bn_vnd", period="2015"),
        figure("222,044", "bn_vnd", period="2024"),
    )
    claim = {"unit": "percent", "kind": "average_growth", "period": "2015-2024", "base": ""}
    assert told(*levels, figure("5,22", **claim)) == ("ok", "average_agrees")
    assert told(*levels, figure("6,22", **claim)) == ("review", "average_differs")


def test_a_year_without_a_rate_leaves_the_average_unchecked():
    assert check_average_growth(table(*yearly("7,5"), average("9"))) == []


@settings(deadline=None)
@given(st.lists(st.decimals("-30", "60", places=1), min_size=2, max_size=6))
def test_an_average_rounded_from_its_rates_always_agrees(rates):
    product = 1.0
    for rate in rates:
        product *= 1 + float(rate) / 100
    mean = (product ** (1 / len(rates)) - 1) * 100
    rows = yearly(*map(format_number, rates))
    last = 2020 + len(rates)
    assert told(*rows, average(format_number(mean, 2), last))[0] == "ok"
