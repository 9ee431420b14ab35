"""Scenarios to 2030 as exhibits: paths side by side, odds, and which lever matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Band, Lines, LineSeries, Mark, Swing, Tornado
from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang, format_number
from hlanalysis.scenarios.drawing import levers_behind
from hlanalysis.scenarios.fan import FEWEST_YEARS, Fan, fan, odds, past_misses_fan, probability
from hlanalysis.scenarios.reports import label, misses_of
from hlanalysis.scenarios.running import run
from hlanalysis.scenarios.sampling import Sample, sample
from hlanalysis.scenarios.sensitivity import read_stated, tornado
from hlanalysis.telling.display import Note
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import words
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Quote, Value, Values, Words, say

if TYPE_CHECKING:
    from hlanalysis.project import Project
    from hlanalysis.scenarios.workplace import Workplace

SEED, DRAWS = 2025, 20_000
_SHOWN_LEVERS = 8


def _place(project: Project) -> Workplace:
    """Return the model's workplace.

    Raises
    ------
    NotEnoughFiguresError
        If the project has no model, or a start value of it has no figure.
    """
    place = project.scenarios.place
    try:
        _ = place.model
    except InputError as error:
        raise NotEnoughFiguresError("model", reason=Words(str(error))) from error
    return place


def _result(place: Workplace) -> str:
    """Return the first result that the model wants drawn."""
    return place.model.charts[0]


def _cites(place: Workplace) -> tuple[str, ...]:
    """Return the ids of the figures that the model starts from."""
    found = (one.observation for one in place.model.starts.values())
    return tuple(dict.fromkeys(name for name in found if name))


def _source(project: Project, place: Workplace) -> str:
    rows = [project.observations.by_id(name) for name in _cites(place)]
    line = project.source_line(*rows) if rows else words(project, "display.source")
    return f"{line}; {words(project, 'outlook.model_source')}"


@dataclass(frozen=True, slots=True)
class Modelled:
    """A number of the model: what it says, and the equation that gives it."""

    words: str
    cites: tuple[str, ...]
    formula: str

    def write(self, lang: Lang) -> str:
        """Return the number."""
        return self.words


def _modelled(project: Project, place: Workplace, words_of: str, key: str, **said: str) -> Modelled:
    """Return a number of the first result with its equation; `key` says how it was run."""
    equation = next(one.text for one in place.model.equations if one.name == _result(place))
    told = words(project, f"outlook.{key}").format(equation=" ".join(equation.split()), **said)
    return Modelled(words_of, _cites(place), told)


def _what(project: Project, place: Workplace) -> Words:
    """Return the short name of the first result, as it stands in a sentence."""
    name = _result(place)
    found = place.model.starts.get((name, place.model.years[0] - 1))
    row = project.observations.by_id(found.observation) if found and found.observation else None
    if row is not None and row.indicator == "budget_revenue":
        return Words(words(project, "outlook.revenue"))
    said = label(place.model, name, project.lang)
    return Words(said if said[:2].isupper() else said[:1].lower() + said[1:])


def _subtitle(project: Project, place: Workplace, name: str) -> str:
    return label(place.model, name, project.lang)


@exhibit
def revenue_scenarios(project: Project) -> Exhibit:
    """Draw the result of every saved scenario beside the baseline."""
    place = _place(project)
    model, name, lang = place.model, _result(place), project.lang
    base = run(model)
    made = [(one.say(lang), one.run(model)) for one in place.scenarios if one.levers]
    # A scenario that leaves this result alone would only hide the baseline.
    others = [(title, one) for title, one in made if one[name] != base[name]]
    if not others:
        raise NotEnoughFiguresError("scenarios")
    last = model.years[-1]
    ends = sorted(others, key=lambda pair: pair[1].at(name, last))
    lines = [_line(words(project, "outlook.base"), base, name, "outturn", dashed=True)]
    for title, path in (ends[0], ends[-1]):
        lines.append(_line(title, path, name, "scenario", dashed=True))
    for title, path in ends[1:-1]:
        lines.append(_line(title, path, name, "muted", dashed=True))
    unit = model.variables[name].unit.name(lang)
    values: Values = {
        "what": _what(project, place),
        "year": Words(str(last)),
        "low": _end(project, place, *ends[0]),
        "high": _end(project, place, *ends[-1]),
        "unit": Words(unit),
        "worst": Words(ends[0][0]),
        "best": Words(ends[-1][0]),
    }
    told = "outlook.scenarios"
    if len(others) == 1:
        told = "outlook.one_scenario"
        values |= {"low": _end(project, place, words(project, "outlook.base"), base)}
    return told_exhibit(
        id="revenue_scenarios",
        finding=say(told, lang, values),
        subtitle=_subtitle(project, place, name),
        source=_source(project, place),
        note=words(project, "outlook.assumed"),
        chart=Lines(tuple(lines), unit, places=0),
        cites=_cites(place),
    )


def _end(project: Project, place: Workplace, title: str, path: Any) -> Modelled:
    """Return where a scenario ends."""
    value = path.at(_result(place), place.model.years[-1])
    said = format_number(value, 0, lang=project.lang)
    return _modelled(project, place, said, "modelled", scenario=title)


def _line(title: str, made: Any, name: str, role: Any, *, dashed: bool) -> LineSeries:
    years = made.model.years
    marks = tuple(Mark(str(year), made.at(name, year), role) for year in years)
    return LineSeries(title, marks, role, dashed)


def _sampled(place: Workplace, name: str) -> Sample:
    matter = levers_behind(place.model, [name])
    stated = {key: one for key, one in read_stated(place.model, None).items() if key in matter}
    if not stated:
        raise NotEnoughFiguresError("stated")
    return sample(place.model, stated, keep=[name], n=DRAWS, seed=SEED)


@exhibit
def revenue_fan(project: Project) -> Exhibit:
    """Draw the odds of the result if the planner's stated ranges hold."""
    place = _place(project)
    model, name, lang = place.model, _result(place), project.lang
    drawn = _sampled(place, name)
    bands: Fan = fan(drawn, name)
    last = model.years[-1]
    start = _start_value(place, name)
    share = probability(drawn, name, last, start)
    unit = model.variables[name].unit.name(lang)
    low, high = bands.bands[0, -1], bands.bands[4, -1]
    drawing = {"draws": format_number(DRAWS, lang=lang), "seed": str(SEED)}

    def drawn_number(said: str) -> Modelled:
        return _modelled(project, place, said, "drawn", **drawing)

    values: Values = {
        "what": _what(project, place),
        "odds": drawn_number(odds(share, lang)),
        "year": Words(str(last)),
        "start": _start(project, place, name),
        "start_year": Words(str(model.years[0] - 1)),
        "low": drawn_number(format_number(float(low), 0, lang=lang)),
        "high": drawn_number(format_number(float(high), 0, lang=lang)),
        "unit": Words(unit),
    }
    return told_exhibit(
        id="revenue_fan",
        finding=say("outlook.fan", lang, values),
        subtitle=_subtitle(project, place, name),
        source=_source(project, place),
        note=words(project, "outlook.fan_note"),
        chart=Lines(
            (
                LineSeries(
                    words(project, "outlook.median"),
                    tuple(
                        Mark(str(year), float(value), "scenario")
                        for year, value in zip(bands.years, bands.bands[2], strict=True)
                    ),
                    "scenario",
                    True,
                ),
            ),
            unit,
            (
                _band(project, "outlook.band_wide", bands, 0, 4),
                _band(project, "outlook.band_narrow", bands, 1, 3),
            ),
            Mark(str(model.years[0] - 1), start, "outturn"),
            places=0,
        ),
        cites=_cites(place),
    )


def _start_value(place: Workplace, name: str) -> float:
    """Return the last known value of a result, in its own unit."""
    year = place.model.years[0] - 1
    found = place.model.starts.get((name, year))
    if found is None:
        raise NotEnoughFiguresError("model", reason=Words(f"{name}[{year}]"))
    return float(found.value)


def _start(project: Project, place: Workplace, name: str) -> Value:
    """Return the last known value as it was printed, where a source prints it."""
    found = place.model.starts[name, place.model.years[0] - 1]
    if found.observation:
        return Quote(project.observations.by_id(found.observation))
    unit = place.model.variables[name].unit.name(project.lang)
    return Words(f"{format_number(found.value, lang=project.lang)} {unit}")


def _band(project: Project, key: str, bands: Fan, low: int, high: int) -> Band:
    marks = tuple(
        Mark(str(year), float(bands.bands[2, at]), "scenario",
             low=float(bands.bands[low, at]), high=float(bands.bands[high, at]))
        for at, year in enumerate(bands.years)
    )  # fmt: skip
    return Band(words(project, key), marks)


@passage
def past_misses_told(project: Project) -> Note:
    """Say why no fan is drawn from the town's own past misses, while the years are too few."""
    place = _place(project)
    name = _result(place)
    misses = misses_of(place)
    try:
        past_misses_fan(place.model, name, run(place.model)[name], misses)
    except InputError:
        # The refusal itself is for analysts; a planner is told which years there are.
        # A year that several documents tell alike is told once.
        known = ", ".join(
            dict.fromkeys(
                f"{one.year} ({format_number(100 * one.ratio, 1, lang=project.lang)}%)"
                for one in misses
            )
        )
        values = {"known": Words(known or "0"), "fewest": Words(str(FEWEST_YEARS))}
        return Note(str(say("outlook.no_past_fan", project.lang, values)), "warning")
    return Note(words(project, "outlook.past_fan_possible"))


@exhibit
def revenue_levers(project: Project) -> Exhibit:
    """Draw how far each lever alone moves the result of the last year."""
    place = _place(project)
    model, name, lang = place.model, _result(place), project.lang
    last = model.years[-1]
    made = tornado(model, name, last)
    unit = model.variables[name].unit.name(lang)
    swings = tuple(
        Swing(
            label(model, one.lever, lang),
            one.at_low,
            one.at_high,
            format_number(one.low, 1, lang=lang),
            format_number(one.high, 1, lang=lang),
        )
        for one in made.swings[:_SHOWN_LEVERS]
        if one.size > 0
    )
    if not swings:
        raise NotEnoughFiguresError("stated")
    widest = made.swings[0]
    values: Values = {
        "what": _what(project, place),
        "lever": Words(label(model, widest.lever, lang)),
        "size": _modelled(project, place, format_number(round(widest.size), lang=lang), "swung"),
        "unit": Words(unit),
        "year": Words(str(last)),
    }
    return told_exhibit(
        id="revenue_levers",
        finding=say("outlook.levers", lang, values),
        subtitle=f"{_subtitle(project, place, name)}, {last}",
        source=_source(project, place),
        note=words(project, "outlook.assumed"),
        chart=Tornado(Mark(words(project, "outlook.base"), made.base, "outturn"), swings, unit, 0),
        cites=_cites(place),
    )
