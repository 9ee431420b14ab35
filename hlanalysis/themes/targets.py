"""Targets, tasks and criteria met, and the documents behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Shares, Tile, Tiles
from hlanalysis.metrics.structure import share, unexplained
from hlanalysis.observations import Observation
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import mark, need, words
from hlanalysis.themes.reckoning import Reckoned, counted, reckon
from hlanalysis.themes.series import too_few
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Name, Part, Quote, Sentence, Values, When, Words, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

DOCUMENTS = "documents_issued"


def _counts(project: Project) -> list[Observation]:
    """Return every "k of n" of the year, in the order of the report.

    Those that the catalogue knows; where a report has none of them, whatever it counts.
    """
    rows = [
        row
        for row in project.observations.find(
            place=project.place, period=project.period, kind="ratio_count"
        )
        if row.denominator
    ]
    rows = [row for row in rows if row.indicator != "unlisted"] or rows
    if not rows:
        raise NotEnoughFiguresError("counts", period=When(project.when()))
    rows.sort(key=lambda row: (row.source, len(row.locator), row.locator))
    # A report may count the same thing in its summary and again below.
    return list({(row.indicator, row.series): row for row in reversed(rows)}.values())[::-1]


def _named(project: Project, row: Observation) -> Words:
    """Return what is counted, as a sentence begins; reports name it in the middle of one."""
    said = Name(row.indicator, row.series).write(project.lang)
    return Words(said[:1].upper() + said[1:])


def _rate(project: Project, row: Observation, places: int = 2) -> Reckoned:
    met, whole = counted(row)
    return reckon(project, share, part=met, whole=whole, places=places)


@exhibit
def targets_met(project: Project) -> Exhibit:
    """Draw targets, tasks, wards and criteria met, out of those that were set."""
    rows = _counts(project)
    tiles = tuple(
        Tile(
            _named(project, row).words, int(row.value), int(row.denominator or 0),
            cites=(row.id,),
        )
        for row in rows
    )  # fmt: skip
    worst = min(rows, key=lambda row: row.value / (row.denominator or 1))
    values: Values = {
        "name": Name(worst.indicator, worst.series, lower=True),
        "count": Quote(worst),
        "rate": _rate(project, worst),
    }
    return told_exhibit(
        id="targets_met",
        finding=say("targets.met", project.lang, values),
        subtitle=str(say("targets.met_subtitle", project.lang, {"year": When(project.when())})),
        source=project.source_line(*rows),
        script=str(targets_told(project)),
        chart=Tiles(tiles),
    )


@passage
def targets_told(project: Project) -> Sentence:
    """Say the rates behind the counts."""
    from hlanalysis.wording import join

    return join(
        (
            say(
                "targets.one",
                project.lang,
                {
                    "name": _named(project, row),
                    "count": Quote(row),
                    "rate": _rate(project, row),
                },
            )
            for row in _counts(project)
        ),
        project.lang,
    )


@passage
def targets_missed(project: Project) -> Sentence:
    """Say how many of each were missed, and that the counts do not name them."""
    rows = [row for row in _counts(project) if row.value < (row.denominator or 0)]
    if not rows:
        return say("targets.none_missed", project.lang, {})
    missed: list[Part] = []
    for row in rows:
        values: Values = {
            "missing": _missing(project, row),
            "count": Quote(row),
            "name": _named(project, row),
        }
        missed += [". "] if missed else []
        missed += say("targets.missed_one", project.lang, values).parts
    told = Sentence(tuple(missed), project.lang)
    return say("targets.missed", project.lang, {"list": told})


def _missing(project: Project, row: Observation) -> Reckoned:
    met, whole = counted(row)
    return reckon(project, unexplained, whole=whole, parts=[met], places=0)


@exhibit
def documents_by_type(project: Project) -> Exhibit:
    """Draw the documents that were issued, by type, and whether the parts make the total."""
    if not project.find(DOCUMENTS):
        raise too_few(project, DOCUMENTS, [], 1)
    total = need(project, DOCUMENTS, project.when(), kind="level")
    parts = [
        row
        for row in project.find(DOCUMENTS, period=project.period, kind="level")
        if row.part_of == total.id
    ]
    if len(parts) < 2:
        raise NotEnoughFiguresError("parts", what=Name(DOCUMENTS), period=When(project.when()))
    largest = max(parts, key=lambda row: row.value)
    adds_up = sum(row.value for row in parts) == total.value
    marks = tuple(mark(project, row, _part_name(project, row), "other") for row in parts)
    values: Values = {
        "total": Quote(total),
        "largest": Words(_part_name(project, largest)),
        "rate": reckon(project, share, part=largest, whole=total),
    }
    key = "targets.documents" if adds_up else "targets.documents_gap"
    return told_exhibit(
        id="documents_by_type",
        finding=say(key, project.lang, values),
        subtitle=str(
            say("targets.documents_subtitle", project.lang, {"year": When(project.when())})
        ),
        source=project.source_line(total, *parts),
        chart=Shares(marks, "count", mark(project, total, words(project, "targets.all_documents"))),
    )


def _part_name(project: Project, row: Observation) -> str:
    from hlanalysis.catalog import indicator

    return indicator(row.indicator).series[row.series].name(project.lang)


@exhibit
def criteria_over_time(project: Project) -> Exhibit:
    """Draw the urban criteria met at each date: what stands still shows as a level row of bars."""
    from hlanalysis.charts.forms import Bars, Mark

    rows = [row for row in project.find(CRITERIA) if row.kind in ("level", "ratio_count")]
    whole = next((row.denominator for row in rows if row.denominator), None)
    if len(rows) < 2 or whole is None:
        raise too_few(project, CRITERIA, rows, 2)
    counts = {row.value for row in rows}
    marks = tuple(
        mark(
            project,
            row,
            row.when.label(project.lang),
            "outturn" if row.period == project.period else "muted",
        )
        for row in rows
    )
    last = rows[-1]
    values: Values = {
        "name": Name(CRITERIA),
        "first": When(rows[0].when),
        "last": When(last.when),
        "count": Words(f"{last.value:f}/{whole:f}"),
        "missing": Words(f"{whole - last.value:f}"),
    }
    key = "targets.standstill" if len(counts) == 1 else "targets.moved"
    return told_exhibit(
        id="criteria_over_time",
        finding=say(key, project.lang, values),
        subtitle=str(
            say("targets.criteria_subtitle", project.lang, {"whole": Words(f"{whole:f}")})
        ),
        source=project.source_line(*rows),
        chart=Bars(
            marks,
            "count",
            reference=Mark(words(project, "targets.all_criteria"), whole, "plan"),
            places=0,
        ),
    )


@exhibit
def targets_two_years(project: Project) -> Exhibit:
    """Draw the rate of targets met, this year beside last year, with the numbers behind it."""
    from hlanalysis.charts.forms import Tile, Tiles

    when = project.when()
    if not project.find(TARGETS):
        raise too_few(project, TARGETS, [], 2)
    now = need(project, TARGETS, when, kind="ratio_count")
    met = need(project, TARGETS, when.back(), kind="level")
    total = need(project, "socio_targets_total", when.back(), kind="level")
    tiles = (
        Tile(when.back().label(project.lang), int(met.value), int(total.value), "muted",
             (met.id, total.id)),
        Tile(when.label(project.lang), int(now.value), int(now.denominator or 0), cites=(now.id,)),
    )  # fmt: skip
    values: Values = {
        "year": When(when),
        "last": When(when.back()),
        "now": _rate(project, now, 1),
        "before": reckon(project, share, part=met, whole=total, places=1),
        "set": Words(f"{now.denominator:f}"),
        "set_before": Words(f"{total.value:f}"),
    }
    return told_exhibit(
        id="targets_two_years",
        finding=say("targets.two_years", project.lang, values),
        subtitle=Name(TARGETS).write(project.lang),
        source=project.source_line(now, met),
        note=words(project, "targets.two_years_note"),
        chart=Tiles(tiles),
    )


CRITERIA = "urban_type3_criteria_met"
TARGETS = "socio_targets_met"
