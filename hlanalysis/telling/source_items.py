"""Where a figure was printed, as a reader is told it: the sentence, or the row it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hlanalysis.numbers import Lang
from hlanalysis.telling.place_in_text import place_in_text
from hlanalysis.telling.quoting import page_of, passage_of, span_of, words_around
from hlanalysis.texts import has_text, text
from hlanalysis.wording import Name, Quote, When, Where

if TYPE_CHECKING:
    from hlanalysis.gathering.processed import UnreadNumber
    from hlanalysis.gathering.tidy import Origin
    from hlanalysis.observations import Observation
    from hlanalysis.publish.source_list import SourceItem

Cells = list[tuple[str, str]]


def source_item(row: Observation, origin: Origin, texts: dict[str, str], lang: Lang) -> SourceItem:
    """Return where a figure was printed.

    A figure of a document comes with its sentence; one of a table with the row that holds it, its
    headers in the reader's language, because the headers of raw tables are column names.

    Parameters
    ----------
    row : Observation
    origin : Origin
        Of the figure.
    texts : dict of str to str
        The texts of the documents.
    lang : {"vi", "en"}
    """
    from hlanalysis.publish.source_list import SourceItem

    passage = passage_of(row, texts)
    cells = [] if span_of(row.locator) else _cells(row, lang)
    return SourceItem(
        row.id,
        # Inner ids of a workbook's table say nothing to a reader; notes of a press table do.
        "" if origin.form == "workbook" and cells else passage.text,
        passage.start,
        passage.end,
        publisher=origin.publisher,
        title=origin.title or (origin.address if origin.form == "published" else ""),
        date=day(origin.date),
        locator=place_in_source(row.source, row.locator, origin.form, texts, lang),
        row=tuple(cells),
        marked=next((at for at, cell in enumerate(cells) if cell[0] == _head("value", lang)), -1),
    )


def place_in_source(source: str, locator: str, form: str, texts: dict[str, str], lang: Lang) -> str:
    """Return where in its source something stands: page and section, or sheet and cell.

    Parameters
    ----------
    source, locator : str
        Of a figure, or of a number that was not read.
    form : str
        Of the source: "document", "workbook" or "published".
    texts : dict of str to str
        The texts of the documents.
    lang : {"vi", "en"}

    Examples
    --------
    >>> place_in_source("bao_cao", "table 2!F14", "document", {}, "vi")
    'bảng thứ 2, ô F14'
    >>> place_in_source("thu", "'Biểu 58'!D12", "workbook", {}, "en")
    'sheet “Biểu 58”, cell D12'
    """
    span = span_of(locator)
    if span:
        page = page_of(locator)
        where = [f"{text('display.page', lang)} {page}"] if page else []
        if source in texts:
            where.append(place_in_text(texts[source], span[0], lang))
        return ", ".join(where)
    sheet, mark, cell = locator.rpartition("!")
    if not mark:
        return locator
    if form == "published":
        line = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return text("display.line", lang).format(line=line, file=sheet)
    if form == "document" and sheet.startswith("table "):
        number = sheet.removeprefix("table ")
        return text("display.table_cell", lang).format(number=number, cell=cell)
    return text("display.cell", lang).format(sheet=sheet.strip("'"), cell=cell)


def unread_place(one: UnreadNumber, origin: Origin, texts: dict[str, str], lang: Lang) -> str:
    """Return where a number stands that was not read; in prose with the words around it."""
    place = place_in_source(one.source, one.locator, origin.form, texts, lang)
    span = span_of(one.locator)
    if span is None or one.source not in texts:
        return place
    return f"{words_around(texts[one.source], *span)} ({place})"


def day(iso: str) -> str:
    """Return an ISO date the way both languages can read it.

    Examples
    --------
    >>> day("2024-07-29"), day("2024-12")
    ('29/7/2024', '12/2024')
    """
    return "/".join(part.lstrip("0") for part in reversed(iso.split("-")))


def _cells(row: Observation, lang: Lang) -> Cells:
    """Return the row of a table that holds a figure: what, when, and the figure itself."""
    # The figure stands near the front: on a telephone the rest of a row is out of sight.
    found: Cells = [
        (_head("period", lang), When(row.when).write(lang)),
        (_head("value", lang), Quote(row, signed=row.kind == "growth").write(lang)),
        (_head("indicator", lang), _name(row, lang)),
        (_head("kind", lang), _kind(row, lang)),
        (_head("place", lang), Where(row.place).write(lang) if row.place else ""),
    ]
    return [cell for cell in found if cell[1]]


def _name(row: Observation, lang: Lang) -> str:
    said: Any = Name(row.indicator, row.series)
    return said.write(lang)


def _kind(row: Observation, lang: Lang) -> str:
    said = [text(f"kinds.{row.kind}", lang)]
    if has_text(f"kinds.status_{row.status}", lang):
        said.append(text(f"kinds.status_{row.status}", lang))
    if has_text(f"kinds.base_{row.base}", lang):
        said.append(text(f"kinds.base_{row.base}", lang))
    return ", ".join(said)


def _head(name: str, lang: Lang) -> str:
    return text(f"display.head_{name}", lang)
