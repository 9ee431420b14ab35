"""A native plan as the XML of a PowerPoint chart, and the workbook behind it.

Written whole, in the order of the schema, because python-pptx has no waterfalls, fans, mixed
charts or labels of single points with number formats of their own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from hlanalysis.charts import theme
from hlanalysis.publish.native.plan import NONE, Kind, Label, Look, Native, Series

_OPEN = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
_CATEGORY, _VALUE = 111111111, 222222222
_PLACES = {
    "end": "outEnd", "middle": "ctr", "inner": "inEnd", "base": "inBase", "right": "r",
    "left": "l", "above": "t", "below": "b",
}  # fmt: skip
SIZE = 1400


def chart_xml(plan: Native, lang: str, data_id: str, labels: float = 0.0) -> str:
    """Return the chart part of a native plan.

    Parameters
    ----------
    plan : Native
    lang : str
        Language tag: "vi-VN".
    data_id : str
        Relationship to the embedded workbook.
    labels : float
        Part of the width that the labels of lying bars take.
    """
    kinds: list[Kind] = []
    for one in plan.series:
        if one.kind not in kinds:
            kinds.append(one.kind)
    plots = "".join(_plot(plan, kind) for kind in kinds)
    return "".join([
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', _OPEN,
        f'<c:date1904 val="0"/><c:lang val="{lang}"/><c:roundedCorners val="0"/>',
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>', _layout(plan, labels), plots,
        _category_axis(plan), _value_axis(plan), "</c:plotArea>", _legend(plan),
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>',
        _text(theme.TEXT, False, lang),
        f'<c:externalData r:id="{data_id}"><c:autoUpdate val="0"/></c:externalData>',
        "</c:chartSpace>",
    ])  # fmt: skip


def data_workbook(plan: Native) -> bytes:
    """Return the workbook behind the chart; names stay text whatever they begin with."""
    import xlsxwriter

    from hlanalysis.publish.steady import steady

    held = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(held, options) as book:
        sheet = book.add_worksheet("Sheet1")
        # The quote prefix keeps a name text even after a planner has edited its cell.
        name = book.add_format({"quote_prefix": True})
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, len(plan.series), 16)
        for row, category in enumerate(plan.categories, 1):
            sheet.write_string(row, 0, category, name)
        for column, one in enumerate(plan.series, 1):
            sheet.write_string(0, column, one.name, name)
            follows = dict(one.follows)
            for row, value in enumerate(one.values, 1):
                if value is not None and row - 1 in follows:
                    other = f"={_letter(follows[row - 1] + 1)}{row + 1}"
                    sheet.write_formula(row, column, other, None, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
    return steady(held.getvalue())


def _layout(plan: Native, labels: float) -> str:
    """Fix the plot where words stand beside it; else the program lays it out."""
    left = labels if labels else plan.left
    if not (left or plan.right) or plan.legend:
        return "<c:layout/>"
    box = {"x": left or 0.08, "y": 0.03, "w": 1 - (left or 0.08) - max(plan.right, 0.02), "h": 0.85}
    if not plan.axis and labels:
        box |= {"y": 0.01, "h": 0.97}
    ends = "".join(f'<c:{key} val="{value:.4f}"/>' for key, value in box.items())
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{ends}</c:manualLayout></c:layout>'
    )


def _plot(plan: Native, kind: Kind) -> str:
    series = "".join(
        _series(plan, number, one) for number, one in enumerate(plan.series) if one.kind == kind
    )
    axes = f'<c:axId val="{_CATEGORY}"/><c:axId val="{_VALUE}"/>'
    if kind == "line":
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}'
            f'<c:marker val="1"/>{axes}</c:lineChart>'
        )
    if kind == "area":
        return (
            f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{series}{axes}'
            "</c:areaChart>"
        )
    grouping, overlap = ("stacked", 100) if plan.stacked else ("clustered", -8)
    return (
        f'<c:barChart><c:barDir val="{"bar" if kind == "bar" else "col"}"/>'
        f'<c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{plan.gap}"/><c:overlap val="{overlap}"/>{axes}</c:barChart>'
    )


def _series(plan: Native, number: int, one: Series) -> str:
    column, last = _letter(number + 1), len(plan.categories) + 1
    line = one.kind == "line"
    first = next((look for look in one.looks if look != NONE), NONE)
    middle = _marker(one, first) if line else ""
    if one.kind in ("bar", "column"):
        middle = '<c:invertIfNegative val="0"/>'
    points = "" if one.kind == "area" else "".join(_points(one, first))
    values = "".join(
        f'<c:pt idx="{index}"><c:v>{value:.15g}</c:v></c:pt>'
        for index, value in enumerate(one.values)
        if value is not None
    )
    names = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(name)}</c:v></c:pt>'
        for index, name in enumerate(plan.categories)
    )
    count = f'<c:ptCount val="{len(plan.categories)}"/>'
    return "".join([
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef>',
        f"<c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>",
        f"{escape(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>",
        _line_shape(one, first) if line else _shape(first), middle, points, _labels(one),
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{names}",
        f"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}",
        f"</c:f><c:numCache><c:formatCode>General</c:formatCode>{count}{values}</c:numCache>",
        "</c:numRef></c:val>", '<c:smooth val="0"/>' if line else "", "</c:ser>",
    ])  # fmt: skip


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _points(one: Series, first: Look) -> Iterator[str]:
    """Write the points that look unlike their series."""
    for index, look in enumerate(one.looks):
        if look == first or one.values[index] is None:
            continue
        if one.kind == "line":
            yield (
                f'<c:dPt><c:idx val="{index}"/>{_marker(one, look)}<c:bubble3D val="0"/>'
                f"{_line_shape(one, first)}</c:dPt>"
            )
        else:
            yield (
                f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/>'
                f'<c:bubble3D val="0"/>{_shape(look)}</c:dPt>'
            )


def _marker(one: Series, look: Look) -> str:
    if look == NONE or not (one.markers or look.hollow):
        return '<c:marker><c:symbol val="none"/></c:marker>'
    fill = f"<a:solidFill>{_colour(look.fill)}</a:solidFill>"
    line = f'<a:ln w="22225"><a:solidFill>{_colour(look.edge)}</a:solidFill></a:ln>'
    size = 9 if look.hollow else 7
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/>'
        f"<c:spPr>{fill}{line}</c:spPr></c:marker>"
    )


def _line_shape(one: Series, look: Look) -> str:
    if look == NONE:
        return "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    dash = "dash" if look.dashed else "solid"
    return (
        f'<c:spPr><a:ln w="{int(one.thick * 12700)}" cap="rnd"><a:solidFill>{_colour(look.edge)}'
        f'</a:solidFill><a:prstDash val="{dash}"/><a:round/></a:ln></c:spPr>'
    )


def _shape(look: Look) -> str:
    if look == NONE:
        return "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    fill = f"<a:solidFill>{_colour(look.fill)}</a:solidFill>"
    if look.hatched:
        fill = (
            f'<a:pattFill prst="wdUpDiag"><a:fgClr>{_colour(look.edge)}</a:fgClr>'
            f"<a:bgClr>{_colour(look.fill)}</a:bgClr></a:pattFill>"
        )
    if not look.edge:
        return f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>"
    dash = "dash" if look.dashed else "solid"
    return (
        f'<c:spPr>{fill}<a:ln w="22225"><a:solidFill>{_colour(look.edge)}</a:solidFill>'
        f'<a:prstDash val="{dash}"/></a:ln></c:spPr>'
    )


def _colour(colour: str) -> str:
    return f'<a:srgbClr val="{colour.lstrip("#").upper()}"/>'


def _labels(one: Series) -> str:
    if not any(one.labels):
        return ""
    told = "".join(
        _label(index, label) for index, label in enumerate(one.labels) if label is not None
    )
    return f"<c:dLbls>{told}{_shown(False, False)}</c:dLbls>"


def _label(index: int, label: Label) -> str:
    shift = ""
    if label.shift:
        shift = (
            f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{label.shift:.4f}"/>'
            "</c:manualLayout></c:layout>"
        )
    pattern = quoteattr(label.pattern)
    content = f'<c:numFmt formatCode={pattern} sourceLinked="0"/>' + _plain_shape()
    if label.text:
        content = _rich(label) + _plain_shape()
    else:
        content += _text(label.ink, label.bold, wrap=False)
    return (
        f'<c:dLbl><c:idx val="{index}"/>{shift}{content}<c:dLblPos val="{_PLACES[label.place]}"/>'
        f"{_shown(True, label.series)}</c:dLbl>"
    )


def _plain_shape() -> str:
    return "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def _shown(value: bool, name: bool) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/><c:showCatName val="0"/>'
        f'<c:showSerName val="{int(name)}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        + ("<c:separator> </c:separator>" if name else "")
    )


def _letters(tag: str, ink: str, bold: bool, lang: str = "") -> str:
    said = f' lang="{lang}"' if lang else ""
    return (
        f'<a:{tag}{said} sz="{SIZE}" b="{int(bold)}"><a:solidFill>{_colour(ink)}</a:solidFill>'
        f"</a:{tag}>"
    )


def _rich(label: Label) -> str:
    return (
        '<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr>'
        f"{_letters('defRPr', label.ink, label.bold)}</a:pPr><a:r>"
        f"{_letters('rPr', label.ink, label.bold)}<a:t>{escape(label.text)}</a:t></a:r></a:p>"
        "</c:rich></c:tx>"
    )


def _text(ink: str, bold: bool, lang: str = "", *, wrap: bool = True) -> str:
    body = "<a:bodyPr/>" if wrap else '<a:bodyPr wrap="none" anchor="ctr"/>'
    end = f'<a:endParaRPr lang="{lang}"/>' if lang else '<a:endParaRPr lang="en-US"/>'
    return (
        f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr>{_letters('defRPr', ink, bold, lang)}"
        f"</a:pPr>{end}</a:p></c:txPr>"
    )


def _category_axis(plan: Native) -> str:
    order = "maxMin" if plan.reverse else "minMax"
    place = "l" if any(one.kind == "bar" for one in plan.series) else "b"
    return (
        f'<c:catAx><c:axId val="{_CATEGORY}"/><c:scaling><c:orientation val="{order}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{place}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="12700"><a:solidFill>{_colour(theme.QUIET)}</a:solidFill></a:ln></c:spPr>'
        f'{_text(theme.TEXT, False)}<c:crossAx val="{_VALUE}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(plan: Native) -> str:
    ends = "".join(
        f'<c:{name} val="{value:.15g}"/>'
        for name, value in (("max", plan.high), ("min", plan.low))
        if value is not None
    )
    grid = (
        f'<c:majorGridlines><c:spPr><a:ln w="9525"><a:solidFill>{_colour(theme.RULE)}</a:solidFill>'
        "</a:ln></c:spPr></c:majorGridlines>"
    )
    step = f'<c:majorUnit val="{plan.step:.15g}"/>' if plan.step else ""
    lying = any(one.kind == "bar" for one in plan.series)
    edge = plan.left or any(one.kind == "area" for one in plan.series)
    return (
        f'<c:valAx><c:axId val="{_VALUE}"/><c:scaling><c:orientation val="minMax"/>{ends}'
        f'</c:scaling><c:delete val="{int(not plan.axis)}"/>'
        f'<c:axPos val="{"b" if lying else "l"}"/>'
        f"{grid if plan.axis else ''}<c:numFmt formatCode={quoteattr(plan.pattern)} "
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="low"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_text(theme.QUIET, False)}<c:crossAx val="{_CATEGORY}"/><c:crosses val="autoZero"/>'
        f'<c:crossBetween val="{"midCat" if edge else "between"}"/>{step}</c:valAx>'
    )


def _legend(plan: Native) -> str:
    """Name the parts on the right, where their order is that of the stack; the unseen stay out."""
    if not plan.legend:
        return ""
    unseen = "".join(
        f'<c:legendEntry><c:idx val="{index}"/><c:delete val="1"/></c:legendEntry>'
        for index, one in enumerate(plan.series)
        if all(look == NONE for look in one.looks)
    )
    return (
        f'<c:legend><c:legendPos val="r"/>{unseen}<c:overlay val="0"/>{_text(theme.TEXT, True)}'
        "</c:legend>"
    )
