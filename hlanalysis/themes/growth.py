"""Growth of production value: in context, and what the coming year needs."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Lines, LineSeries, Mark
from hlanalysis.metrics.figures import Given
from hlanalysis.metrics.growth import (
    average_growth,
    doubling_time,
    point_change,
    required_growth,
)
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.telling.display import Note, Table
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import best_figure, mark, need, need_whole_year, words
from hlanalysis.themes.reckoning import Reckoned, reckon, undated, with_assumptions
from hlanalysis.themes.series import PLANNED, best, too_few
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import (
    Amount,
    Quote,
    Said,
    Sentence,
    Values,
    When,
    Words,
    percent,
    say,
)

if TYPE_CHECKING:
    from hlanalysis.project import Project

OUTPUT = "production_value"
AIMS = (Fraction(7, 100), Fraction(8, 100), Fraction(9, 100), Fraction(10, 100))
"""Averages a planner may be asked for; the province's five-year plans name 7 to 10 percent."""
TERM = 5
"""Years of a plan term: 2021-2025, 2026-2030."""


def _growth(project: Project) -> Observation:
    return need(project, OUTPUT, project.when(), kind="growth", status=("actual", "estimate"))


def _history(project: Project) -> list[Observation]:
    """Return printed growth of full years and terms before this year, oldest first."""
    groups: dict[tuple[Period, str], list[Observation]] = {}
    for row in project.find(OUTPUT, kind=("growth", "average_growth"), series=""):
        earlier = row.when.form in ("year", "span") and row.when.last_year < project.year
        if earlier and row.status not in PLANNED and row.unit == "percent":
            groups.setdefault((row.when, row.kind), []).append(row)
    kept = [best(project, group) for group in groups.values()]
    return sorted((row for row in kept if row), key=lambda row: (row.when, row.kind))


@passage
def growth_answer(project: Project) -> Sentence:
    """Say how fast output grew and how long it takes to double at that pace."""
    row = _growth(project)
    if row.value <= 0:
        raise NotEnoughFiguresError("no_growth", growth=Quote(row, signed=True))
    return say(
        "growth.answer",
        project.lang,
        {
            "year": When(project.when()),
            "growth": Quote(row),
            "scope": Said(f"scopes.{row.scope or 'whole'}"),
            "years": reckon(project, doubling_time, growth=row, places=0),
        },
    )


@passage
def growth_warnings(project: Project) -> Note:
    """Say what the printed growth covers and what it does not."""
    return Note(" ".join(project.warnings_on(_growth(project))), "warning")


@passage
def growth_required(project: Project) -> Table:
    """Say what the coming year needs for some averages over two years."""
    need_whole_year(project)
    row, lang = _growth(project), project.lang
    rows = []
    for aim in AIMS:
        need_of = _needed(project, row, aim)
        more = reckon(
            project, point_change, current=need_of.made, previous=undated(row), signed=True
        )
        rows.append((Amount(percent(aim), "percent", 0), need_of, more))
    values: Values = {"growth": Quote(row), "year": When(project.when())}
    return Table(
        say("growth.required_caption", lang, values),
        [words(project, f"growth.required_{name}") for name in ("aim", "need", "more")],
        rows,
        lang,
        frozenset({1, 2}),
    )


def _needed(project: Project, row: Observation, aim: Fraction, places: int = 2) -> Reckoned:
    """Return what the coming year needs for an average over two years."""
    wanted = Given(percent(aim), "percent", words(project, "growth.aim_given"))
    return reckon(
        project,
        required_growth,
        target=wanted,
        done=[row],
        years_left=1,
        places=places,
        signed=True,
    )


@exhibit
def growth_in_context(project: Project) -> Exhibit:
    """Draw this year's growth beside every earlier one that a source prints."""
    need_whole_year(project)
    row, earlier = _growth(project), _history(project)
    if not earlier:
        raise too_few(project, OUTPUT, [row], 2)
    marks = tuple(_mark(project, one) for one in [*earlier, row])
    term = [one for one in earlier if one.kind == "average_growth"]
    against = term[-1] if term else earlier[-1]
    key = "growth.slower" if row.value < against.value else "growth.faster"
    values: Values = {
        "year": When(project.when()),
        "growth": Quote(row),
        "before": Quote(against),
        "when": When(against.when),
        "kind": Said(f"words.{against.kind}"),
    }
    return told_exhibit(
        id="growth_in_context",
        finding=say(key, project.lang, values),
        subtitle=words(project, "growth.context_subtitle"),
        source=project.source_line(row, *earlier),
        note=" ".join([*project.warnings_on(row), words(project, "growth.context_note")]),
        script=str(growth_answer(project)),
        chart=Bars(marks, "percent", signed=True),
    )


def _mark(project: Project, row: Observation) -> Mark:
    name = row.when.label(project.lang)
    if row.kind == "average_growth":
        name = f"{name} ({words(project, 'words.average_growth')})"
    return mark(project, row, name, "outturn" if row.period == project.period else "muted")


@exhibit
def growth_needed(project: Project) -> Exhibit:
    """Draw the growth that next year needs for each average over two years."""
    need_whole_year(project)
    row = _growth(project)
    done, year = Fraction(row.value) / 100, project.when().back(-1)
    needed = {aim: _needed(project, row, aim, 1) for aim in AIMS}
    marks = tuple(
        Mark(
            str(say("growth.aim_label", project.lang, {"aim": Amount(percent(aim), "percent", 0)})),
            made.value,
            "scenario",
            cites=(row.id,),
        )
        for aim, made in needed.items()
    )
    aim = next((one for one in AIMS if one > done), AIMS[-1])
    values: Values = {
        "next": When(year),
        "need": dataclasses.replace(needed[aim], signed=False),
        "aim": Amount(percent(aim), "percent", 0),
        "growth": Quote(row),
        "year": When(project.when()),
    }
    return told_exhibit(
        id="growth_needed",
        finding=say("growth.needed", project.lang, values),
        subtitle=str(say("growth.needed_subtitle", project.lang, {"next": When(year)})),
        source=project.source_line(row),
        note=" ".join(project.warnings_on(row)),
        script=str(say("growth.needed", project.lang, values)) + ".",
        reckoned=[
            (made.label, number) for made, number in zip(marks, needed.values(), strict=True)
        ],
        chart=Bars(
            marks,
            "percent",
            reference=mark(project, row, project.when().label(project.lang)),
            places=1,
            signed=True,
        ),
    )


@exhibit
def growth_delay(project: Project) -> Exhibit:
    """Draw what the remaining years of the next five-year term need if it begins slowly."""
    need_whole_year(project)
    row = _growth(project)
    term, wanted = _next_term(project), [aim for aim in AIMS if aim * 100 > row.value]
    if not wanted:
        raise NotEnoughFiguresError("fast_enough", growth=Quote(row))
    needs = {
        aim: [_after_slow(project, row, aim, slow) for slow in range(1, TERM)] for aim in wanted
    }
    lines = tuple(_delay_line(project, aim, made) for aim, made in needs.items())
    aim = wanted[0]
    values: Values = {
        "term": When(term),
        "aim": Amount(percent(aim), "percent", 0),
        "slow": When(Period(term.year)),
        "growth": Quote(row),
        "year": When(project.when()),
        "need": dataclasses.replace(needs[aim][0], signed=False),
    }
    return told_exhibit(
        id="growth_delay",
        finding=say("growth.delay", project.lang, values),
        subtitle=str(say("growth.delay_subtitle", project.lang, {"term": When(term)})),
        source=project.source_line(row),
        note=str(say("growth.delay_note", project.lang, {"year": When(project.when())})),
        chart=Lines(lines, "percent", from_zero=False, places=1),
        reckoned=[
            (f"{line.name}, {line.marks[-1].label}", made[-1])
            for line, made in zip(lines, needs.values(), strict=True)
        ],
    )


def _after_slow(project: Project, row: Observation, aim: Fraction, slow: int) -> Reckoned:
    """Return what each remaining year needs after some years at this year's pace."""
    told = words(project, "growth.delay_given").format(year=project.when().label(project.lang))
    again = Given(row.value, row.unit, told, row.interval(), (row.id,))
    wanted = Given(percent(aim), "percent", words(project, "growth.aim_given"))
    return reckon(
        project,
        required_growth,
        target=wanted,
        done=[again] * slow,
        years_left=TERM - slow,
        places=1,
    )


def _delay_line(project: Project, aim: Fraction, needs: list[Reckoned]) -> LineSeries:
    marks = tuple(
        Mark(_slow_years(project, slow), made.value, "scenario", cites=made.cites)
        for slow, made in enumerate(needs, start=1)
    )
    name = say("growth.delay_line", project.lang, {"aim": Amount(percent(aim), "percent", 0)})
    return LineSeries(str(name), marks, "scenario", dashed=True)


def _slow_years(project: Project, slow: int) -> str:
    return words(project, "growth.delay_years").format(number=slow)


def _next_term(project: Project) -> Period:
    """Return the five-year term of plans that begins after this year: 2026-2030 after 2024."""
    first = project.year + 1 + -(project.year) % TERM
    return Period.parse(f"{first}-{first + TERM - 1}")


@passage
def growth_term(project: Project) -> Sentence | Note:
    """Say the average growth of the running five-year term, or which years it lacks."""
    need_whole_year(project)
    first = project.year - (project.year - 1) % TERM
    years = range(first, project.year + 1)
    rows = [
        best_figure(project, OUTPUT, period=str(year), kind="growth", status=("actual", "estimate"))
        for year in years
    ]
    term = When(Period.parse(f"{first}-{project.year}") if len(years) > 1 else Period(first))
    missing = [str(year) for year, row in zip(years, rows, strict=True) if row is None]
    if missing:
        values: Values = {"term": term, "missing": Words(", ".join(missing))}
        return Note(str(say("growth.term_missing", project.lang, values)))
    average = reckon(project, average_growth, rates=rows, places=2)
    return with_assumptions(
        say("growth.term_known", project.lang, {"term": term, "average": average}), average
    )
