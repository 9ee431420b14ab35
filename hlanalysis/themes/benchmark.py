"""The locality beside its peers and its province: only like with like."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.catalog import convert, format_quantity, place
from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import (
    Bars,
    Lines,
    LineSeries,
    Mark,
    Part,
    Slope,
    SlopeLine,
    Stacked,
)
from hlanalysis.checks.implied import implied_base
from hlanalysis.metrics.structure import share
from hlanalysis.numbers import format_number
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.telling.display import Note
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.budget import REVENUE
from hlanalysis.themes.figures import mark, words
from hlanalysis.themes.places import own_kind, short_name, siblings
from hlanalysis.themes.series import too_few
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Amount, Name, Quote, Values, When, Where, Words, percent, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

_FEWEST = 5
"""Below five localities a comparison says more about who reported than about who did well."""


UNIT = "bn_vnd"
"""Articles print revenue in million or in billion VND; shares are taken of one unit."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One locality's revenue of a part-year, with its share of the yearly plan."""

    place: str
    level: Observation
    rate: Observation

    @property
    def value(self) -> Fraction:
        """Its revenue, in the unit in which all are put together."""
        return self.level.value_in(UNIT)

    @property
    def plan(self) -> Fraction:
        """The yearly plan that the two imply (middle of its interval), in that unit."""
        interval = implied_base(self.level, self.rate).interval
        return convert((interval.low + interval.high) / 2, self.level.unit, UNIT)


def _peers(project: Project) -> tuple[Period, list[Peer]]:
    """Return the part-year for which most localities of the province printed both figures."""
    near = siblings(project)
    found: dict[tuple[str, str], list[Peer]] = {}
    for level in project.observations.find(indicator=REVENUE, kind="level", status="actual"):
        if level.place not in near or level.series:
            continue
        rates = project.observations.find(
            place=level.place,
            indicator=REVENUE,
            kind="plan_attainment",
            period=level.period,
            source=level.source,
        )
        if rates:
            # One article measures all of them the same way: that is what makes them comparable.
            key = (level.period, level.source)
            found.setdefault(key, []).append(Peer(level.place, level, rates[0]))
    best = max(found.values(), key=len, default=[])
    if len(best) < _FEWEST or project.place not in {one.place for one in best}:
        raise NotEnoughFiguresError("peers", what=Name(REVENUE), period=When(project.when()))
    return best[0].level.when, best


@exhibit
def localities_plan_share(project: Project) -> Exhibit:
    """Draw how much of its yearly plan each locality had collected by one date."""
    when, peers = _peers(project)
    ordered = sorted(peers, key=lambda one: one.rate.value, reverse=True)
    own = next(one for one in ordered if one.place == project.place)
    marks = tuple(
        mark(
            project,
            one.rate,
            short_name(project, one.place),
            "outturn" if one is own else "muted",
        )
        for one in ordered
    )
    values: Values = {
        "place": Words(short_name(project, own.place)),
        "rate": Quote(own.rate),
        "when": When(when),
        "rank": Words(str(ordered.index(own) + 1)),
        "number": Words(str(len(ordered))),
    }
    return told_exhibit(
        id="localities_plan_share",
        finding=say("benchmark.plan_share", project.lang, values),
        subtitle=str(say("benchmark.plan_share_subtitle", project.lang, {"when": When(when)})),
        source=project.source_line(own.level),
        note=words(project, "benchmark.plan_note"),
        chart=Bars(marks, "percent"),
    )


@exhibit
def localities_slope(project: Project) -> Exhibit:
    """Draw each locality's share of all plans beside its share of all revenue so far."""
    when, peers = _peers(project)
    plans, levels = _all_plans(peers), _all_revenue(peers)
    lines = []
    for one in sorted(peers, key=lambda one: -one.value):
        cites = (one.level.id, one.rate.id)
        lines.append(
            SlopeLine(
                short_name(project, one.place),
                Mark("", percent(share(one.plan, plans)), inferred=True, cites=cites),
                Mark("", percent(share(one.value, levels)), cites=cites),
                "outturn" if one.place == project.place else "muted",
            )
        )
    own = next(one for one in peers if one.place == project.place)
    values: Values = {
        "place": Words(short_name(project, own.place)),
        "plan": _share_of_plans(project, own, peers),
        "level": _share_of_revenue(project, own, peers),
        "when": When(when),
    }
    return told_exhibit(
        id="localities_slope",
        finding=say("benchmark.slope", project.lang, values),
        subtitle=words(project, "benchmark.slope_subtitle"),
        source=project.source_line(own.level),
        note=words(project, "benchmark.slope_note"),
        chart=Slope(
            words(project, "benchmark.of_plans"),
            str(say("benchmark.of_revenue", project.lang, {"when": When(when)})),
            tuple(lines),
            "percent",
            places=1,
        ),
    )


def _all_plans(peers: list[Peer]) -> Fraction:
    return sum((one.plan for one in peers), Fraction(0))


def _all_revenue(peers: list[Peer]) -> Fraction:
    return sum((one.value for one in peers), Fraction(0))


def _share_of_plans(project: Project, own: Peer, peers: list[Peer]) -> Amount:
    lang, total = project.lang, _all_plans(peers)
    told = words(project, "formulas.reading.share_of_plans").format(
        number=len(peers),
        level=Quote(own.level).write(lang),
        relative=Quote(own.rate).write(lang),
        plan=format_quantity(own.plan, UNIT, 1, lang=lang),
        total=format_quantity(total, UNIT, 1, lang=lang),
    )
    rows = [own, *(one for one in peers if one is not own)]
    cites = tuple(name for one in rows for name in (one.level.id, one.rate.id))
    return Amount(
        percent(share(own.plan, total)), "percent", 1, inferred=True, cites=cites, formula=told
    )


def _share_of_revenue(project: Project, own: Peer, peers: list[Peer]) -> Amount:
    total = _all_revenue(peers)
    told = words(project, "formulas.reading.share_of_revenue").format(
        number=len(peers),
        part=Quote(own.level).write(project.lang),
        total=format_quantity(total, UNIT, 0, lang=project.lang),
    )
    rows = [own, *(one for one in peers if one is not own)]
    rate = percent(share(own.value, total))
    return Amount(rate, "percent", 1, cites=tuple(one.level.id for one in rows), formula=told)


@passage
def benchmark_cautions(project: Project) -> Note:
    """Say what these comparisons cannot carry."""
    return Note(str(say("benchmark.cautions", project.lang, own_kind(project))), "warning")


def _province(project: Project) -> str:
    """Return the province that the place lies in, or the place where it is one.

    Raises
    ------
    NotEnoughFiguresError
        If the catalogue does not say.
    """
    own = place(project.place)
    if not own.within and own.level != "province":
        raise NotEnoughFiguresError("province", place=Where(own.id))
    return own.within or own.id


@exhibit
def province_growth(project: Project) -> Exhibit:
    """Draw the province's growth by year; where sources differ, both values stand."""
    rows = [
        row
        for row in project.observations.find(
            place=_province(project), indicator="grdp", kind="growth", series=""
        )
        if row.when.form == "year" and row.status in ("actual", "estimate")
    ]
    by_year: dict[int, list[Observation]] = {}
    for row in rows:
        by_year.setdefault(row.when.year, []).append(row)
    if len(by_year) < 3:
        raise too_few(project, "grdp", rows, 3, _province(project))
    years = range(min(by_year), max(by_year) + 1)

    def series(pick: int) -> tuple[Mark, ...]:
        marks = []
        for year in years:
            found = sorted(by_year.get(year, []), key=lambda row: (row.value, row.id))
            values = list(dict.fromkeys(row.value for row in found))
            row = found[pick] if len(values) > 1 or (found and pick == -1) else None
            marks.append(_bare_mark(project, row, year) if row else Mark(str(year), None))
        return tuple(marks)

    disputed = [year for year, found in by_year.items() if len({row.value for row in found}) > 1]
    latest = max(by_year[max(by_year)], key=lambda row: row.value)
    lines = [LineSeries(words(project, "benchmark.higher"), series(-1))]
    if disputed:
        lines.append(LineSeries(words(project, "benchmark.lower"), series(0), "shortfall"))
    values: Values = {
        "province": Words(place(_province(project)).name(project.lang)),
        "value": Quote(latest),
        "year": When(latest.when),
        "disputed": Words(", ".join(map(str, sorted(disputed)))),
    }
    key = f"benchmark.province_growth{'_disputed' if disputed else ''}"
    return told_exhibit(
        id="province_growth",
        finding=say(key, project.lang, values),
        subtitle=words(project, "benchmark.province_growth_subtitle"),
        source=project.source_line(*_few(rows)),
        note=str(say("benchmark.grdp_note", project.lang, own_kind(project))),
        chart=Lines(tuple(lines), "percent", from_zero=False, signed=True),
    )


def _bare_mark(project: Project, row: Observation, year: int) -> Mark:
    """Return a mark labelled with its number alone: ten labels that say "est." would collide."""
    shown = format_number(row.value, places=1, lang=project.lang, signed=True)
    return mark(project, row, str(year), text=shown)


def _few(rows: list[Observation], most: int = 4) -> list[Observation]:
    from hlanalysis.themes.history import _one_a_source

    return _one_a_source(rows, most)


@exhibit
def province_revenue_parts(project: Project) -> Exhibit:
    """Draw the province's revenue by its two large parts, where one source prints both."""
    names = ("budget_revenue_domestic", "budget_revenue_import_export")
    rows: dict[str, dict[int, Observation]] = {name: {} for name in names}
    for name in names:
        for row in project.observations.find(
            place=_province(project), indicator=name, kind="level", series="",
            status=("actual", "estimate"),
        ):  # fmt: skip
            if row.when.form == "year" and not row.is_bound and row.unit == "bn_vnd":
                rows[name].setdefault(row.when.year, row)
    years = sorted(set(rows[names[0]]) & set(rows[names[1]]))
    if len(years) < 2:
        raise too_few(project, names[0], list(rows[names[0]].values()), 2, _province(project))
    parts = tuple(
        Part(
            Name(name).write(project.lang),
            tuple(mark(project, rows[name][year], str(year)) for year in years),
            "outturn" if name == names[0] else "muted",
        )
        for name in names
    )
    last = years[-1]
    domestic, other = rows[names[0]][last], rows[names[1]][last]
    rate = _part_of_two(project, domestic, other)
    values: Values = {
        "province": Words(place(_province(project)).name(project.lang)),
        "year": When(domestic.when),
        "share": rate,
    }
    return told_exhibit(
        id="province_revenue_parts",
        finding=say("benchmark.province_parts", project.lang, values),
        subtitle=words(project, "benchmark.province_parts_subtitle"),
        source=project.source_line(*_few([row for one in rows.values() for row in one.values()])),
        note=words(project, "benchmark.domestic_note"),
        chart=Stacked(parts, "bn_vnd"),
    )


def _part_of_two(project: Project, part: Observation, other: Observation) -> Amount:
    """Return one printed part as a share of both: the whole itself is not asked for."""
    lang = project.lang
    told = words(project, "formulas.reading.share_of_sum").format(
        part=Quote(part).write(lang),
        sum=" + ".join(Quote(row, bare=True).write(lang) for row in (part, other)),
    )
    rate = share(Fraction(part.value), Fraction(part.value) + other.value_in(part.unit))
    return Amount(percent(rate), "percent", 0, cites=(part.id, other.id), formula=told)
