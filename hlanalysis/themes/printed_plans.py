"""Plans that a source prints: quoted, and set against the plan that the other figures imply.

Where no source prints the plan the implied one stands in its place, marked as inferred.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import format_quantity
from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Intervals, Mark
from hlanalysis.checks.implied import Implied, implied_readings, rules_that_admit
from hlanalysis.checks.levels import standing_for
from hlanalysis.observations import Observation
from hlanalysis.themes.figures import AgainstPlan, against, inferred_mark, words
from hlanalysis.themes.reckoning import amount_of, plan_of, range_of
from hlanalysis.themes.series import converted
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Amount, Quote, Value, Values, When, Words, say

if TYPE_CHECKING:
    from hlanalysis.project import Project


def plan_given(project: Project, found: AgainstPlan) -> Any:
    """Return a plan as an input of a formula: the printed figure, else the inferred one."""
    return found.printed if found.printed is not None else plan_of(project, found.plan)


def plan_said(project: Project, found: AgainstPlan) -> Value:
    """Return a plan for a sentence: the printed figure, else the inferred one."""
    return Quote(found.printed) if found.printed is not None else amount_of(project, found.plan)


def plan_reckoned(project: Project, found: AgainstPlan, name: str) -> list[tuple[str, Value]]:
    """Return what a chart tells of an inferred plan; nothing where the plan is printed."""
    return [] if found.printed is not None else [(name, amount_of(project, found.plan))]


def shown_in(project: Project, row: Observation, unit: str) -> Value:
    """Return a printed figure for a sentence, in the unit of the chart that it stands above."""
    if row.unit == unit:
        return Quote(row)
    lang, whole = project.lang, len(str(abs(int(converted(row, unit)))))
    places = max(1, 3 - whole)
    told = f"{Quote(row).write(lang)} = {format_quantity(row.value_in(unit), unit, lang=lang)}"
    return Amount(row.value_in(unit), unit, places, cites=(row.id,), formula=told)


def fitting_rules(found: AgainstPlan) -> list[Implied]:
    """Return the readings of the printed figures under which the printed plan gives them."""
    if found.printed is None:
        return []
    readings = implied_readings(found.level, found.relative)
    spread = standing_for(found.printed, found.level.unit)
    fits = rules_that_admit(readings, found.plan_value)
    return fits or [one for one in readings if not one.bound and one.interval.overlaps(spread)]


def printed_plan_readings(
    project: Project, name: str, found: AgainstPlan, subtitle: str
) -> Exhibit:
    """Draw the printed plan beside what the other printed figures leave room for.

    Nothing is inferred here: the plan stands in a source, and the picture tells whether the result
    and its rate agree with it.
    """
    printed, unit = found.printed, found.level.unit
    assert printed is not None
    readings = implied_readings(found.level, found.relative)
    # A count is exact; of money the reading that allows for its own rounding is the wider one.
    shown = [one for one in readings if not one.exact] or readings
    marks = tuple(
        dataclasses.replace(inferred_mark(one, words(project, f"rules.{one.rule}")), value=None)
        for one in shown
    )
    values: Values = {
        "year": When(project.when().full_year),
        "plan": Quote(printed),
        "against_plan": against(project, found),
        "range": range_of(project, found.plan),
    }
    reference = Mark(
        words(project, "words.printed_plan"),
        printed.value if printed.unit == unit else converted(printed, unit),
        "plan",
        cites=(printed.id,),
    )
    return told_exhibit(
        id=name,
        finding=say(f"words.plan_{_verdict(found)}", project.lang, values),
        subtitle=subtitle,
        source=project.source_line(found.level, found.relative, printed),
        chart=Intervals(marks, unit, reference),
        reckoned=[
            (mark.label, range_of(project, one)) for mark, one in zip(marks, shown, strict=True)
        ],
    )


def _verdict(found: AgainstPlan) -> str:
    rules = {one.rule for one in fitting_rules(found)}
    if "half_up" in rules or found.agrees:
        return "agrees"
    return "agrees_cut" if rules else "differs"


def rules_said(project: Project, found: AgainstPlan) -> Words:
    """Return the rounding rules under which the exact level and the plan print as they do."""
    readings = [one for one in implied_readings(found.level, found.relative) if one.exact]
    admitted = rules_that_admit(readings, found.plan_value)
    names = dict.fromkeys(words(project, f"rules.{one.rule}") for one in admitted)
    return Words(", ".join(names) or words(project, "words.no_rule"))
