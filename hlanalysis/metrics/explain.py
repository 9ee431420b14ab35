"""How a computed number came about: back to the printed figures, as text, HTML and LaTeX.

The formula is the one that was executed; the numbers put into it are the inputs as printed; every
input leads to its source, and an input that was itself computed is explained in turn.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from hlanalysis.errors import InputError
from hlanalysis.metrics.cards import SOURCES
from hlanalysis.metrics.computed import Computed
from hlanalysis.metrics.figures import Argument, Given, write_amount
from hlanalysis.metrics.trace import latex_number, write_latex, write_text
from hlanalysis.numbers import Lang
from hlanalysis.texts import text

SourceOf: TypeAlias = Callable[[Any, Lang], str]
"""Returns the source line of a printed figure."""
_MORE_PLACES = 4
_WIDE = 160
_SPLIT_NUMBER = re.compile(r"(<mn>[\d.]+)</mn><mrow><mo>&#x0002C;</mo></mrow><mn>([\d.]+</mn>)")


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation in three forms; a notebook shows the HTML.

    Attributes
    ----------
    text : str
        Lines, nested by indentation.
    html : str
        A fragment with MathML; every printed figure is a link to its source on the page.
    latex : str
        An ``align*`` environment, with the formula of each step and the numbers in it.
    """

    text: str
    html: str
    latex: str

    def __str__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text, "text/latex": self.latex}


def explain(
    computed: Computed, lang: Lang = "vi", *, source_of: SourceOf | None = None
) -> Explanation:
    r"""Lead a computed number back to its inputs.

    Parameters
    ----------
    computed : Computed
        What `hlanalysis.metrics.compute` returned.
    lang : {"vi", "en"}
    source_of : callable, optional
        Takes a printed figure and the language, returns its source line; by default the figure's
        own ``source_line``, or its source and locator.

    Returns
    -------
    Explanation

    Raises
    ------
    InputError
        If the number was not made by `compute`, so that nothing is known of its origin.

    Examples
    --------
    >>> from hlanalysis.metrics import compute, plan_excess
    >>> from hlanalysis.reported import Reported
    >>> found = compute(plan_excess, outturn=Reported("222,044", "bn_vnd"),
    ...                 plan=Reported("125", "bn_vnd", exact=True))
    >>> print("\n".join(explain(found, "en").text.splitlines()[:3]))
    Excess over plan: +77.6%
      Formula: A / P − 1
      With numbers: 222.044 / 125 − 1 = +77.6352%
    """
    if not isinstance(computed, Computed):
        raise InputError(
            "explain",
            f"{type(computed).__name__} {computed}",
            "a number made by compute(metric, ...)",
            "call compute(...) instead of the bare formula: it keeps the inputs",
        )
    source = source_of or _source_line
    return Explanation(
        "\n".join(_text_lines(computed, lang, source)),
        f'<div class="explanation" lang="{lang}">{_html(computed, lang, source)}</div>',
        _latex(computed, lang),
    )


def in_one_line(computed: Computed, lang: Lang = "vi") -> str:
    """Return formula, numbers and assumptions in one line, for the small window of a number.

    Examples
    --------
    >>> from hlanalysis.metrics import compute, plan_gap
    >>> from hlanalysis.reported import Reported
    >>> found = compute(plan_gap, outturn=Reported("1.290", "bn_vnd", exact=True),
    ...                 plan=Reported("1.600", "bn_vnd", exact=True))
    >>> print(in_one_line(found, "en").partition(". ")[0])
    A − P = 1,290 − 1,600 = -310 billion VND
    """
    formula, numbers = _equation(computed, lang)
    inputs = "; ".join(_short_input(one, lang) for one in computed.inputs)
    lines = [f"{formula} = {numbers}", f"{text('metrics.where', lang)}: {inputs}"]
    lines += _interval(computed, lang)
    taken = "; ".join(_own_assumptions(computed, lang))
    if taken:
        lines.append(f"{text('metrics.assumptions', lang)}: {taken}")
    return ". ".join(lines) + "."


def _short_input(one: Argument, lang: Lang) -> str:
    said = f"{one.symbol}, {one.spec.name(lang)}: {one.write_full(lang)}"
    if isinstance(one.figure, Computed):
        formula, numbers = _equation(one.figure, lang)
        return f"{said} ({formula} = {numbers})"
    note = getattr(one.figure, "note", "") if isinstance(one.figure, Given) else ""
    return f"{said} ({note})" if note else said


def _source_line(figure: Any, lang: Lang) -> str:
    if hasattr(figure, "source_line"):
        return figure.source_line(lang)
    if isinstance(figure, Given):
        return ": ".join(filter(None, (text("metrics.given", lang), figure.note)))
    if hasattr(figure, "source"):
        return ", ".join(filter(None, (figure.source, getattr(figure, "locator", ""))))
    written = getattr(figure, "written", "")
    if written:
        return text("metrics.printed", lang).format(written=written)
    return text("metrics.constant", lang)


def _title(computed: Computed, lang: Lang) -> str:
    return computed.card.title(lang)


def _equation(computed: Computed, lang: Lang) -> tuple[str, str]:
    """Return the formula in symbols and with its numbers, each on one line."""
    symbols = {one.key: one.symbol for one in computed.inputs}
    numbers = {one.key: one.write(lang) for one in computed.inputs}
    return (
        write_text(computed.term, symbols, lang),
        f"{write_text(computed.term, numbers, lang)} {_equals(computed)} {_result(computed, lang)}",
    )


def _equals(computed: Computed) -> str:
    return "=" if (10**_MORE_PLACES * computed.shown).denominator == 1 else "≈"


def _result(computed: Computed, lang: Lang) -> str:
    """Return the value with more digits than a reader of the result sees."""
    places = None if _equals(computed) == "=" else max(_MORE_PLACES, computed.places)
    return write_amount(
        computed.shown, computed.shown_unit, places, lang=lang, signed=computed.card.signed
    )


def _interval(computed: Computed, lang: Lang) -> list[str]:
    """Return one line, or none where nothing was rounded."""
    bounds = computed.shown_interval
    if bounds is None:
        return [text("metrics.interval_unknown", lang)]
    if not bounds.width:
        return []
    # The unit is that of the shown value, written once behind the bounds.
    amount = write_amount(0, computed.shown_unit, 0, lang=lang)
    return [f"{text('metrics.interval', lang)}: {bounds.write(lang=lang)}{amount[1:]}"]


def _methods(computed: Computed, lang: Lang) -> str:
    return "; ".join(SOURCES[name].write(lang) for name in computed.card.sources)


def _own_assumptions(computed: Computed, lang: Lang) -> list[str]:
    return [taken.write(lang) for taken in computed.assumptions]


def _text_lines(computed: Computed, lang: Lang, source: SourceOf, indent: str = "") -> list[str]:
    formula, numbers = _equation(computed, lang)
    lines = [
        f"{indent}{_title(computed, lang)}: {computed.write(lang)}",
        f"{indent}  {text('metrics.formula', lang)}: {formula}",
        f"{indent}  {text('metrics.put_in', lang)}: {numbers}",
        f"{indent}  {text('metrics.where', lang)}:",
    ]
    for one in computed.inputs:
        lines += _text_input(one, lang, source, indent + "    ")
    lines += [f"{indent}  {said}" for said in _interval(computed, lang)]
    lines += [
        f"{indent}  {text('metrics.assumptions', lang)}: {taken}"
        for taken in _own_assumptions(computed, lang)
    ]
    lines.append(f"{indent}  {text('metrics.method', lang)}: {_methods(computed, lang)}")
    return lines


def _text_input(one: Argument, lang: Lang, source: SourceOf, indent: str) -> list[str]:
    line = f"{indent}{one.symbol}, {one.spec.name(lang)}: {one.write_full(lang)}"
    if isinstance(one.figure, Computed):
        return [line, *_text_lines(one.figure, lang, source, indent + "  ")]
    name = getattr(one.figure, "id", "")
    return [f"{line} ({source(one.figure, lang)}){f' [{name}]' if name else ''}"]


def _html(computed: Computed, lang: Lang, source: SourceOf) -> str:
    rows = "".join(_html_input(one, lang, source) for one in computed.inputs)
    range_of = "".join(
        f'<p class="interval">{_safe(said)}</p>' for said in _interval(computed, lang)
    )
    notes = "".join(
        f'<p class="assumption">{text("metrics.assumptions", lang)}: {_safe(taken)}</p>'
        for taken in _own_assumptions(computed, lang)
    )
    return (
        f"<p><strong>{_safe(_title(computed, lang))}</strong>: {_safe(computed.write(lang))}</p>"
        f"{''.join(map(_formula, _latex_equation(computed, lang)))}"
        f"<dl>{rows}</dl>"
        f"{range_of}{notes}"
        f'<p class="method">{text("metrics.method", lang)}: {_safe(_methods(computed, lang))}</p>'
    )


def _formula(latex: str) -> str:
    # A sum over many lines is wider than a telephone: it scrolls by itself, keyboards reach it.
    wide = ' style="overflow-x:auto;overflow-y:hidden" tabindex="0"' if len(latex) > _WIDE else ""
    return f'<div class="formula"{wide}>{_mathml(latex)}</div>'


def _html_input(one: Argument, lang: Lang, source: SourceOf) -> str:
    said = _safe(one.write_full(lang))
    name = getattr(one.figure, "id", "")
    if name:
        key = html.escape(name, quote=True)
        said = f'<a class="figure" href="#src-{key}" data-source="{key}">{said}</a>'
    if isinstance(one.figure, Computed):
        inner = _html(one.figure, lang, source)
        title = text("metrics.computed", lang)
        origin = f"<details><summary>{title}</summary>{inner}</details>"
    else:
        origin = f'<span class="source">{_safe(source(one.figure, lang))}</span>'
    symbol = _mathml(one.latex, inline=True)
    return f"<dt>{symbol} {_safe(one.spec.name(lang))}</dt><dd>{said} {origin}</dd>"


def _safe(said: str) -> str:
    return html.escape(said, quote=False)


def _mathml(latex: str, *, inline: bool = False) -> str:
    from latex2mathml.converter import convert

    written = convert(latex, display="inline" if inline else "block")
    # The converter takes a decimal comma for a list: 222,044 is one number.
    return _SPLIT_NUMBER.sub(r"\1,\2", written)


def _latex_equation(computed: Computed, lang: Lang) -> tuple[str, str]:
    """Return the formula in symbols and with its numbers, in LaTeX."""
    symbols = {one.key: one.latex for one in computed.inputs}
    numbers = {one.key: latex_number(one.write(lang)) for one in computed.inputs}
    sign = r"\approx" if _equals(computed) == "≈" else "="
    result = _latex_quantity(_result(computed, lang))
    return (
        write_latex(computed.term, symbols, lang),
        f"{write_latex(computed.term, numbers, lang)} {sign} {result}",
    )


def _latex(computed: Computed, lang: Lang) -> str:
    return "\\begin{align*}\n" + " \\\\\n".join(_latex_rows(computed, lang)) + "\n\\end{align*}"


def _latex_rows(computed: Computed, lang: Lang) -> list[str]:
    rows = []
    for one in computed.inputs:
        if isinstance(one.figure, Computed):
            rows += _latex_rows(one.figure, lang)
    rows.append(rf"&\textbf{{{_latex_words(_title(computed, lang))}}}")
    rows += [
        rf"{one.latex} &= {_latex_quantity(one.write_full(lang))} "
        rf"\quad\text{{({_latex_words(one.spec.name(lang))})}}"
        for one in computed.inputs
    ]
    rows.append(" &= ".join(_latex_equation(computed, lang)))
    return rows


def _latex_quantity(said: str) -> str:
    """Return a number with its unit: the number as mathematics, the words as text."""
    start = next((at for at, char in enumerate(said) if char in "+-−0123456789"), 0)
    end = start
    while end < len(said) and (said[end] in "+-−.,%" or said[end].isdigit()):
        end += 1
    before, number, after = said[:start], said[start:end], said[end:]
    parts = [
        rf"\text{{{_latex_words(before)}}}" if before.strip() else "",
        # Braces keep a leading sign from being set as an operation.
        f"{{{latex_number(number)}}}" if number[:1] in "+-−" else latex_number(number),
        rf"\text{{{_latex_words(after)}}}" if after.strip() else "",
    ]
    return "".join(parts)


def _latex_words(said: str) -> str:
    for char in "%&#_$":
        said = said.replace(char, f"\\{char}")
    return said
