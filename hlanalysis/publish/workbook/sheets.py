"""One workbook with everything a colleague would check: figures, sources, findings, live metrics.

It names no indicator: whatever figures a project has, they get the same sheets.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from hlanalysis.numbers import Lang
from hlanalysis.publish.workbook.book import OPTIONS, Book

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from hlanalysis.charts.exhibit import Exhibit
    from hlanalysis.metrics.computed import Computed
    from hlanalysis.observations import Observation


class Origin(Protocol):
    """Where the figures of a source were printed."""

    @property
    def id(self) -> str:
        """What the figures refer to."""

    @property
    def publisher(self) -> str:
        """Who printed them."""

    @property
    def title(self) -> str:
        """In which document."""

    @property
    def date(self) -> str:
        """When."""

    @property
    def address(self) -> str:
        """Where to find it."""


class Finding(Protocol):
    """What a check says of some figures; the three values write themselves."""

    @property
    def grade(self) -> Any:
        """How bad it is."""

    @property
    def observations(self) -> tuple[str, ...]:
        """Ids of the figures."""

    @property
    def printed(self) -> Any:
        """The printed number."""

    @property
    def recomputed(self) -> Any:
        """What the other figures give."""

    @property
    def allowed(self) -> Any:
        """What rounding allows."""

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Keys of what it takes for granted."""

    def title(self, lang: Lang) -> object:
        """Return it in a few words."""

    def sentence(self, lang: Lang) -> object:
        """Return it in full."""


_GRADES = {"error": "#FBE9DC", "review": "#FFF6D6", "explained": "#EEF0F2", "ok": "#DFF3EC"}
_LIVE = "#E6F4EA"
_OBSERVATIONS = [
    ("place", 20), ("indicator", 34), ("period", 14), ("kind", 15), ("status", 12), ("value", 15),
    ("unit", 13), ("written", 13), ("base", 22), ("plan_level", 12), ("scope", 16),
    ("price_basis", 12), ("source", 40), ("date", 12), ("locator", 24), ("note", 40), ("id", 13),
]  # fmt: skip
_WRAPPED = ("place", "indicator", "base", "scope", "source", "note")
VALUE_COLUMN = [key for key, _ in _OBSERVATIONS].index("value")


def workbook(
    *,
    lang: Lang,
    title: str,
    observations: Sequence[Observation],
    origins: Mapping[str, Origin],
    findings: Sequence[Finding] = (),
    metrics: Sequence[Computed] = (),
    exhibits: Sequence[Exhibit] = (),
    add_sheets: Callable[[Workbook], None] | None = None,
    cache: Callable[[float], float] = lambda value: value,
) -> bytes:
    """Return an Excel workbook.

    Parameters
    ----------
    lang : {"vi", "en"}
        Language of the words; separators of numbers follow the reader's own system.
    title : str
    observations : sequence of Observation
        Rows of the sheet of figures; formulas of the metrics point to them.
    origins : mapping of str to Origin
        Where the figures of each source were printed.
    findings, metrics, exhibits : sequence
        A sheet each; a sheet without rows is left out.
    add_sheets : callable, optional
        Adds further sheets to the open XlsxWriter workbook (the scenario sheets).
    cache : callable
        Changes the value stored beside each formula; tests store wrong ones.

    Returns
    -------
    bytes
        The same for the same inputs.
    """
    import xlsxwriter

    from hlanalysis.publish.steady import steady
    from hlanalysis.publish.workbook.charts import write_charts

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, OPTIONS) as opened:
        opened.set_properties({"title": title[:250], "author": "hlanalysis", "company": ""})
        book = Book(opened, lang)
        counts = {"findings": len(findings), "metrics": len(metrics),
                  "observations": len(observations), "sources": len(origins),
                  "charts": len(exhibits)}  # fmt: skip
        _write_summary(book, title, {key: n for key, n in counts.items() if n}, findings)
        if findings:
            _write_findings(book, findings)
        if metrics:
            _write_metrics(book, metrics, observations, cache)
        if observations:
            _write_observations(book, observations, origins)
        if origins:
            _write_sources(book, origins)
        if exhibits:
            write_charts(book, exhibits)
        if add_sheets is not None:
            add_sheets(opened)
    return steady(held.getvalue())


def _write_summary(
    book: Book, title: str, counts: Mapping[str, int], findings: Sequence[Finding]
) -> None:
    """Write the first sheet: what it is, how to read it, where things are, the worst findings."""
    from hlanalysis.texts import text

    sheet = book.sheet("summary")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 88)
    sheet.set_column(2, 2, 10)
    sheet.write_string(0, 0, *book.text(title, bold=True, font_size=16))
    sheet.set_row(0, 24)
    sheet.merge_range(1, 0, 1, 2, *book.text(book.word("how"), text_wrap=True))
    sheet.set_row(1, 44)
    for column, key in enumerate(("sheet", "holds", "rows")):
        sheet.write_string(3, column, *book.text(book.word(key), bold=True, bottom=1))
    row = 4
    link = book.looks(font_color="#005E94", underline=1)
    for key, count in counts.items():
        name = book.word(key)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 1, *book.text(book.word(f"holds_{key}"), text_wrap=True))
        sheet.write_number(row, 2, count, book.looks(num_format="#,##0"))
        row += 1
    row += 1
    worst = [one for one in findings if one.grade in ("error", "review")][:12]
    if worst:
        sheet.write_string(row, 0, *book.text(book.word("findings"), bold=True, bottom=1))
        sheet.write_string(row, 1, *book.text("", bottom=1))
    for number, one in enumerate(worst, row + 1):
        grade = text(f"grades.{one.grade}", book.lang)
        sheet.write_string(number, 0, *book.text(grade, bg_color=_GRADES[one.grade]))
        title = str(one.title(book.lang))
        sheet.write_string(number, 1, *book.text(title, text_wrap=True))
        book.fit(sheet, number, [(title, 88)])


def _write_findings(book: Book, findings: Sequence[Finding]) -> None:
    from hlanalysis.texts import text

    sheet = book.sheet("findings")
    heads: list[tuple[str, float]] = [
        ("grade", 15), ("title", 44), ("sentence", 70), ("printed", 18), ("recomputed", 18),
        ("allowed", 26), ("assumption", 40), ("id", 26),
    ]  # fmt: skip
    book.table(sheet, heads, len(findings))
    for row, one in enumerate(findings, 1):
        shown = [
            "" if value is None else _exact(value, book.lang)
            for value in (one.printed, one.recomputed, one.allowed)
        ]
        said = "; ".join(text(f"assumptions.{key}", book.lang) for key in one.assumptions)
        grade = text(f"grades.{one.grade}", book.lang)
        cells = [grade, str(one.title(book.lang)), str(one.sentence(book.lang)), *shown, said,
                 _ids(one.observations)]  # fmt: skip
        for column, cell in enumerate(cells):
            looks: dict[str, Any] = {"text_wrap": True}
            if column == 0:
                looks |= {"bg_color": _GRADES[one.grade], "bold": True}
            sheet.write_string(row, column, *book.text(cell, **looks))
        book.fit(sheet, row, zip(cells, (width for _, width in heads), strict=True))


def _exact(value: Any, lang: Lang) -> str:
    """Return a value of a finding; of an interval also which ends belong to it."""
    return str(value.exact(lang) if hasattr(value, "exact") else value.write(lang))


def _ids(names: Sequence[str], most: int = 12) -> str:
    rest = len(names) - most
    return " ".join(names[:most]) + (f" (+{rest})" if rest > 0 else "")


def _write_metrics(
    book: Book, metrics: Sequence[Computed], observations: Sequence[Observation],
    cache: Callable[[float], float],
) -> None:  # fmt: skip
    """Write each computed number twice: as it reads, and as a formula over the printed figures."""
    from hlanalysis.publish.workbook.metrics import shown_formula, shown_value

    rows = {one.id: one for one in observations}
    places = {one.id: row for row, one in enumerate(observations, 2)}
    column = chr(ord("A") + VALUE_COLUMN)
    figures = book.word("observations")

    def cell_of(name: str) -> str:
        return f"'{figures}'!${column}${places[name]}" if name in places else ""

    sheet = book.sheet("metrics")
    heads: list[tuple[str, float]] = [
        ("metric", 34), ("indicator", 34), ("place", 16), ("period", 12), ("value", 14),
        ("unit", 12), ("said", 20), ("formula", 22), ("interval", 26), ("assumption", 50),
        ("inputs", 26),
    ]  # fmt: skip
    book.table(sheet, heads, len(metrics))
    for row, one in enumerate(metrics, 1):
        first = rows.get(next(iter(one.cites), ""))
        texts = {
            0: one.card.title(book.lang), 5: _unit(one, book.lang), 6: one.write(book.lang),
            7: one.formula, 8: _interval(one, book.lang), 10: " ".join(one.cites),
            9: "; ".join(made.write(book.lang) for made in one.assumptions),
        }  # fmt: skip
        if first is not None:
            texts |= {1: _name(first, book.lang), 2: _place(first.place, book.lang),
                      3: first.when.label(book.lang)}  # fmt: skip
        for number, said in texts.items():
            indent = {"indent": 1} if number == 5 else {}
            sheet.write_string(row, number, *book.text(said, text_wrap=True, **indent))
        book.fit(sheet, row, ((said, heads[number][1]) for number, said in texts.items()))
        sheet.write_formula(
            row, 4, shown_formula(one, cell_of), book.looks(
                num_format=_metric_format(one), bg_color=_LIVE, font_color="#000000"
            ), cache(shown_value(one)),
        )  # fmt: skip


def _unit(one: Computed, lang: Lang) -> str:
    from hlanalysis.catalog import unit

    if one.shown_unit in ("percent", "count", "years", "log_points"):
        return ""
    return " / ".join(unit(part).name(lang) for part in one.shown_unit.split("/"))


def _interval(one: Computed, lang: Lang) -> str:
    from hlanalysis.wording import Range

    shown = one.shown_interval
    if shown is None or shown.width == 0 or "/" in one.shown_unit:
        return ""
    if one.shown_unit in ("years", "log_points"):
        return ""
    return Range(shown, one.shown_unit).exact(lang)


def _metric_format(one: Computed) -> str:
    digits = f".{'0' * one.places}" if one.places else ""
    if one.shown_unit == "percent":
        plain = f"0{digits}%"
        return f"+{plain};-{plain};{plain}" if one.card.signed else plain
    if one.shown_unit == "percentage_points":
        return f"+0{digits};-0{digits};0{digits}"
    return f"#,##0{digits}"


def _write_observations(
    book: Book, observations: Sequence[Observation], origins: Mapping[str, Origin]
) -> None:
    from hlanalysis.texts import has_text, text

    sheet = book.sheet("observations")
    book.table(sheet, [(key, float(width)) for key, width in _OBSERVATIONS], len(observations))
    sheet.freeze_panes(1, 2)
    # Seventeen columns would be too small to read on A4.
    sheet.set_paper(8)
    for row, one in enumerate(observations, 1):
        origin = origins.get(one.source)
        base = f"bases.{one.base}"
        texts = {
            "place": _place(one.place, book.lang), "indicator": _name(one, book.lang),
            "period": one.when.label(book.lang), "kind": text(f"kinds.{one.kind}", book.lang),
            "status": book.word(one.status), "unit": _unit_name(one, book.lang),
            "written": _written(one, book.lang), "plan_level": one.plan_level,
            "base": text(base, book.lang) if has_text(base) else one.base_period or one.base,
            "scope": one.scope, "price_basis": one.price_basis,
            "source": (origin.title or origin.publisher) if origin else one.source,
            "date": origin.date if origin else "", "locator": one.locator, "note": one.note,
            "id": one.id,
        }  # fmt: skip
        for column, (key, _) in enumerate(_OBSERVATIONS):
            if key == "value":
                places = max(-int(one.value.as_tuple().exponent), 0)
                pattern = "#,##0" + (f".{'0' * places}" if places else "")
                sheet.write_number(row, column, float(one.value), book.looks(num_format=pattern))
            else:
                sheet.write_string(row, column, *book.text(texts[key], text_wrap=key in _WRAPPED))
        widths = dict(_OBSERVATIONS)
        book.fit(sheet, row, ((texts[key], widths[key]) for key in _WRAPPED))


def _write_sources(book: Book, origins: Mapping[str, Origin]) -> None:
    sheet = book.sheet("sources")
    heads: list[tuple[str, float]] = [
        ("publisher", 40), ("document", 70), ("date", 13), ("address", 80), ("id", 26),
    ]  # fmt: skip
    book.table(sheet, heads, len(origins))
    for row, one in enumerate(origins.values(), 1):
        cells = (one.publisher, one.title, one.date, one.address, one.id)
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, *book.text(cell, text_wrap=True))
        book.fit(sheet, row, zip(cells, (width for _, width in heads), strict=True))


def _name(row: Observation, lang: Lang) -> str:
    from hlanalysis.wording import Name

    return Name(row.indicator, row.series).write(lang)


def _place(name: str, lang: Lang) -> str:
    from hlanalysis.catalog import place

    try:
        return place(name).name(lang)
    except KeyError:
        return name


def _unit_name(row: Observation, lang: Lang) -> str:
    from hlanalysis.catalog import unit

    name = unit(row.unit).name(lang)
    return f"{name}/{row.per}" if row.per else name


def _written(row: Observation, lang: Lang) -> str:
    from hlanalysis.texts import has_text, text

    key = f"modifiers.{row.modifier}"
    if row.modifier and has_text(key):
        return f"{text(key, lang)} {row.written}"
    return row.written
