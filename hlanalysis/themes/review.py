"""The report against itself: every claim with what the other figures make of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Mark, Role
from hlanalysis.checks.findings import GRADES, Finding
from hlanalysis.observations import Observation
from hlanalysis.telling.display import Table
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import words
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Name, Quote, Said, Sentence, Values, When, Words, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

_ROLES: dict[str, Role] = {
    "error": "shortfall", "review": "scenario", "explained": "plan", "ok": "surplus",
}  # fmt: skip


def _own(project: Project) -> list[Observation]:
    """Return the figures of the project's own documents, in the order they are printed."""
    own = {one.id for one in project.processed.origins if one.form == "document"}
    rows = [row for row in project.observations if row.source in own]
    if not rows:
        raise NotEnoughFiguresError("glance", period=When(project.when()))
    return sorted(rows, key=lambda row: (row.source, _position(row.locator)))


def _position(locator: str) -> int:
    start = locator.rpartition(":")[2].partition("-")[0]
    return int(start) if start.isdecimal() else 0


def _verdict(project: Project, row: Observation) -> Finding | None:
    """Return the finding that tests the figure itself, the strictest first."""
    found = [one for one in project.findings if row.id in one.observations and _holds(one)]
    tested = [one for one in found if one.recomputed is not None] or found
    return min(tested, key=lambda one: GRADES.index(one.grade), default=None)


def _holds(finding: Finding) -> bool:
    """Tell whether a finding holds figures against each other, or asks for a look at them.

    What follows from a figure itself (the plan it implies, a plan missed beside a rise) confirms
    it as little as it contradicts it.
    """
    if finding.grade in ("error", "review"):
        return True
    return finding.check not in ("implied", "plan_aware", "over_time")


@passage
def claims(project: Project) -> Table:
    """List every printed figure: printed, recomputed, allowed, verdict."""
    heads = ("what", "printed", "recomputed", "allowed", "verdict", "why")
    return Table(
        say("review.caption", project.lang, {"year": When(project.when())}),
        [words(project, f"review.{name}") for name in heads],
        [_claim(project, row) for row in _own(project)],
        project.lang,
        frozenset({1, 2, 3}),
    )


def _claim(project: Project, row: Observation) -> tuple[Any, ...]:
    """Return a row of the table; the findings themselves stand in full below it."""
    name = Sentence(
        (Name(row.indicator, row.series), ", ", Said(f"kinds.{row.kind}")), project.lang
    )
    printed = Quote(row, signed=row.kind in ("growth", "average_growth"))
    one = _verdict(project, row)
    if one is None:
        return (name, printed, "", "", Said("review.untested"), _why_untested(project, row))
    told = one.evidence(project.lang) if _is_about(one, row) else {}
    if isinstance(one.recomputed, Quote):
        # The other print of a total is no recomputation of "50/51".
        told = {}
    return (
        name,
        printed,
        told.get("recomputed", ""),
        told.get("allowed", ""),
        Said(f"grades.{one.grade}"),
        one.title(project.lang),
    )


def _why_untested(project: Project, row: Observation) -> Sentence | Said:
    """Say what follows from a figure that nothing confirms, or that no other figure is there."""
    follows = (one for one in project.findings if one.check == "implied")
    told = next((one for one in follows if row.id in one.observations), None)
    return told.title(project.lang) if told else Said("review.untested_why")


def _is_about(finding: Finding, row: Observation) -> bool:
    """Tell whether a finding recomputes this very figure, and not another that it rests on."""
    printed = finding.printed
    return isinstance(printed, Quote) and printed.observation.id == row.id


@exhibit
def findings_by_grade(project: Project) -> Exhibit:
    """Draw how many figures of the report agree with others, and how many want a look."""
    rows = _own(project)
    verdicts = [_verdict(project, row) for row in rows]
    counts = Counter(one.grade if one else "untested" for one in verdicts)
    marks = tuple(
        Mark(
            words(project, f"grades.{grade}")
            if grade in GRADES
            else words(project, "review.untested"),
            counts[grade],
            _ROLES.get(grade, "muted"),
        )
        for grade in (*GRADES, "untested")
        if counts[grade]
    )
    tested = len(rows) - counts["untested"]
    values: Values = {"tested": Words(str(tested)), "number": Words(str(len(rows)))}
    return told_exhibit(
        id="findings_by_grade",
        finding=say("review.by_grade", project.lang, values),
        subtitle=words(project, "review.by_grade_subtitle"),
        source=project.source_line(rows[0]),
        chart=Bars(marks, "count", places=0),
        cites=tuple(row.id for row in rows),
    )
