"""Growth of production value: in context, and what the coming year needs."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Mark
from hlanalysis.display import Note, Table
from hlanalysis.metrics.figures import Given
from hlanalysis.metrics.growth import doubling_time, point_change, required_growth
from hlanalysis.observations import Observation
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import mark, need, words
from hlanalysis.themes.reckoning import Reckoned, reckon, undated
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Amount, Name, Quote, Said, Sentence, Values, When, percent, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

OUTPUT = "production_value"
AIMS = (Fraction(7, 100), Fraction(8, 100), Fraction(9, 100), Fraction(10, 100))
"""Averages a planner may be asked for; the province's five-year plans name 7 to 10 percent."""


def _growth(project: Project) -> Observation:
    return need(project, OUTPUT, project.when(), kind="growth", status=("actual", "estimate"))


def _history(project: Project) -> list[Observation]:
    """Return printed growth of full years and terms before this year, oldest first."""
    rows = project.find(OUTPUT, kind=("growth", "average_growth"), series="")
    return [
        row
        for row in rows
        if row.when.form in ("year", "span")
        and row.when.last_year < project.year
        and row.status != "plan"
    ]


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
    row, earlier = _growth(project), _history(project)
    if not earlier:
        raise NotEnoughFiguresError("history", what=Name(OUTPUT), period=When(project.when()))
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
