"""Numbers worked out from printed figures, as formulas that live in the workbook.

Rules over kinds of figures, not over indicators: a level and what is said of it give its base, two
levels give their growth, an outturn and a plan their attainment. The Excel formula is printed from
the formula that was executed, so both say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang
from hlanalysis.publish.workbook.words import workbook_word

if TYPE_CHECKING:
    from hlanalysis.metrics.computed import Computed
    from hlanalysis.metrics.figures import Argument
    from hlanalysis.metrics.trace import Term
    from hlanalysis.observations import Observation

# Tags that sources often leave out; taken as alike under an assumption shown beside the result.
_OFTEN_SILENT = ("plan_level", "price_basis", "scope", "territory", "vintage")
_OF_LAST_YEAR = ("previous_year", "same_period_last_year")
_SIGNS = {"+": "+", "-": "-", "*": "*", "/": "/", "^": "^"}


def computed_figures(
    observations: Iterable[Observation], lang: Lang, first: str = ""
) -> list[Computed]:
    """Work out what the figures imply, by general rules.

    Parameters
    ----------
    observations : iterable of Observation
    lang : {"vi", "en"}
        Language in which assumptions are named.
    first : str
        The place whose figures come first.

    Returns
    -------
    list of Computed
        Only what the metrics do not refuse: unlike figures are not combined.
    """
    rows = sorted(observations, key=lambda row: (row.place != first, row.place, row.indicator,
                                                 row.series, row.when))  # fmt: skip
    levels: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in rows:
        if row.kind == "level" and row.value_max is None:
            plan = "plan" if row.status in ("plan", "target") else "actual"
            levels[_subject(row, row.period, plan)].append(row)
    found: dict[tuple[object, ...], Computed] = {}
    for row in rows:
        for metric, inputs in _chances(row, levels):
            made = _computed(metric, inputs, lang)
            if made is not None:
                # What several sources print is worked out once.
                key = made.metric, *_subject(row, row.period, ""), _size(made)
                found.setdefault(key, made)
    return list(found.values())


def _size(made: Computed) -> tuple[str, Fraction]:
    """Return a value in the smallest unit of its dimension, so that million and billion compare."""
    from hlanalysis.catalog import unit

    try:
        found = unit(made.unit)
    except KeyError:
        return made.unit, Fraction(made.value)
    return found.dimension, Fraction(made.value) * found.factor


def _subject(row: Observation, period: str, plan: str) -> tuple[str, ...]:
    return row.place, row.indicator, row.series, period, plan


def _chances(
    row: Observation, levels: Mapping[tuple[str, ...], list[Observation]]
) -> Iterator[tuple[Callable[..., Any], dict[str, Any]]]:
    """Yield the metrics that a figure takes part in, with their inputs."""
    from hlanalysis import metrics

    here = levels.get(_subject(row, row.period, "actual"), [])
    if _is_printed(row, levels):
        return
    if _is_rate(row) or any(map(_is_rate, here)):
        yield from _chances_of_rate(row, levels)
    elif row.kind == "plan_excess" and here:
        yield metrics.implied_plan, {"outturn": _best(here, row), "excess": row}
    elif row.kind == "plan_attainment" and here:
        inputs = {"outturn": _best(here, row), "attainment": row}
        yield metrics.implied_plan_from_attainment, inputs
    elif row.kind == "growth" and row.base in _OF_LAST_YEAR and here:
        yield metrics.implied_previous, {"level": _best(here, row), "growth": row}
    elif row.kind == "level" and row.value_max is None and row.status in ("actual", "estimate"):
        for plan in levels.get(_subject(row, row.period, "plan"), [])[:1]:
            yield metrics.plan_attainment, {"outturn": row, "plan": plan}
            yield metrics.plan_gap, {"outturn": row, "plan": plan}
        before = levels.get(_subject(row, str(row.when.back()), "actual"), [])
        if before:
            yield metrics.growth_rate, {"now": row, "before": _best(before, row)}


def _is_printed(row: Observation, levels: Mapping[tuple[str, ...], list[Observation]]) -> bool:
    """Tell whether a source prints what a relative figure would imply: then it is not inferred."""
    if row.kind in ("plan_excess", "plan_attainment"):
        found = levels.get(_subject(row, str(row.when.full_year), "plan"), [])
    elif row.kind == "growth":
        found = levels.get(_subject(row, str(row.when.back()), "actual"), [])
    else:
        return False
    return any(not one.is_bound for one in found)


def _is_rate(row: Observation) -> bool:
    """Tell whether a level is itself a rate: of it only differences in points mean something."""
    from hlanalysis.catalog import unit

    return row.kind == "level" and unit(row.unit).dimension == "rate"


def _chances_of_rate(
    row: Observation, levels: Mapping[tuple[str, ...], list[Observation]]
) -> Iterator[tuple[Callable[..., Any], dict[str, Any]]]:
    """Yield what can be worked out of a rate: less may be better, so no share of its plan."""
    from hlanalysis import metrics

    if not _is_rate(row) or row.value_max is not None or row.status in ("plan", "target"):
        return
    for plan in levels.get(_subject(row, row.period, "plan"), [])[:1]:
        yield metrics.plan_point_gap, {"outturn": row, "plan": plan}
    before = levels.get(_subject(row, str(row.when.back()), "actual"), [])
    if before:
        yield metrics.point_change, {"now": row, "before": _best(before, row)}


def _best(rows: list[Observation], like: Observation) -> Observation:
    """Return the figure of the same source, or a full one before a bound."""
    return min(rows, key=lambda one: (one.source != like.source, bool(one.modifier), one.id))


def _computed(metric: Callable[..., Any], inputs: dict[str, Any], lang: Lang) -> Computed | None:
    from hlanalysis.metrics import card_of, compute

    named = dict(zip(card_of(metric).inputs, inputs.values(), strict=True))
    reason = workbook_word("unknown", lang)
    try:
        return compute(metric, assume=dict.fromkeys(_OFTEN_SILENT, reason), **named)
    except (InputError, ZeroDivisionError, ValueError):
        # Refused for a reason (unlike scopes, a plan of zero): the checks tell it, not this sheet.
        return None


def excel_formula(computed: Computed, cell_of: Callable[[str], str]) -> str:
    """Return the formula of a computed number over the cells of the figures it rests on.

    Parameters
    ----------
    computed : Computed
    cell_of : callable
        Takes the id of an observation and returns the reference of its value.

    Returns
    -------
    str
        With its equals sign; rates come out as fractions, for a percent format.
    """
    cells = {one.key: _cell(one, cell_of) for one in computed.inputs}
    return "=" + write_excel(computed.term, cells)


def shown_formula(computed: Computed, cell_of: Callable[[str], str]) -> str:
    """Return the formula as the sheet shows it: points are written out, they have no format."""
    formula = excel_formula(computed, cell_of)
    return f"=({formula[1:]})*100" if computed.shown_unit == "percentage_points" else formula


def shown_value(computed: Computed) -> float:
    """Return the value that the shown formula gives."""
    points = computed.shown_unit == "percentage_points"
    return float(computed.shown if points else computed.value)


def _cell(one: Argument, cell_of: Callable[[str], str]) -> str:
    reference = cell_of(getattr(one.figure, "id", ""))
    if not reference:
        return _number(one.value)
    if one.factor == 1:
        return reference
    up, down = one.factor.numerator, one.factor.denominator
    return f"({reference}/{down})" if up == 1 else f"({reference}*{up}/{down})"


def _number(value: Any) -> str:
    if value.denominator == 1:
        return str(value.numerator) if value >= 0 else f"({value.numerator})"
    return f"({value.numerator}/{value.denominator})"


def write_excel(term: Term, cells: Mapping[str, str]) -> str:
    """Write a term as Excel reads it: every part in brackets, for -a^2 and a^b^c differ there.

    Examples
    --------
    >>> from hlanalysis.metrics.trace import name
    >>> write_excel(name("a") / (1 + name("r")), {"a": "B2", "r": "(B3/100)"})
    'B2/(1+(B3/100))'
    """
    if term.op == "name":
        return cells[term.args[0]]
    if term.op == "num":
        return _number(term.args[0])
    parts = [write_excel(part, cells) for part in term.args]
    held = [
        f"({text})" if part.op in _SIGNS or part.op == "neg" else text
        for part, text in zip(term.args, parts, strict=True)
    ]
    if term.op == "neg":
        return f"-{held[0]}"
    if term.op == "abs":
        return f"ABS({parts[0]})"
    if term.op == "log":
        return f"LN({parts[0]})"
    if term.op == "root":
        return f"({parts[0]})^(1/({parts[1]}))"
    return f"{held[0]}{_SIGNS[term.op]}{held[1]}"
