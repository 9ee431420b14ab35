r"""LaTeX formulas as MathML, made at build time: no script and no font travels with the page.

Browsers draw MathML by themselves. What the converter cannot read stays as the LaTeX text,
marked as code, so a formula is never lost and never wrong.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from typing import Any

# latex2mathml knows the starred form of these and lays their columns out right.
_SAME_AS_ALIGN = re.compile(r"\\(begin|end)\{(?:aligned|split|gathered|eqnarray\*?|align)\}")
_WRAPPER = re.compile(
    r"\A\s*\\begin\{(equation|displaymath|math)(\*?)\}(.*)\\end\{\1\2\}\s*\Z", re.DOTALL
)
_TEXT = re.compile(r"\\(?:text|mathrm|textbf|textit|textrm)\{[^{}]*\}")
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = frozenset(
    "math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder"
    " munderover mtable mtr mtd mlabeledtr mpadded mphantom menclose mstyle mmultiscripts"
    " mprescripts none".split()
)
_ATTRIBUTES = frozenset(
    "display mathvariant stretchy fence form separator lspace rspace linethickness width height"
    " depth accent accentunder columnalign rowspacing columnspacing columnlines rowlines frame"
    " notation minsize maxsize largeop movablelimits mathsize displaystyle scriptlevel".split()
)


def mathml(latex: str, *, display: bool = False) -> str:
    r"""Return a formula as a MathML element, or as code where it cannot be converted.

    Parameters
    ----------
    latex : str
        LaTeX without the dollar signs around it.
    display : bool, optional
        True for a formula on a line of its own.

    Returns
    -------
    str
        ``<math>...</math>``, or ``<code class="tex">...</code>``; both safe to put in a page.

    Examples
    --------
    >>> mathml("x^2")
    '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    >>> mathml(r"\\undefined{", display=False)[:18]
    '<code class="tex">'
    """
    source = latex.strip()
    wrapped = _WRAPPER.match(source)
    if wrapped:
        source = wrapped.group(3).strip()
    try:
        return _convert(_SAME_AS_ALIGN.sub(r"\\\1{align*}", source), display)
    except Exception:
        # The converter has no common error class; whatever it trips over, the text remains.
        return f'<code class="tex">{escape(latex.strip())}</code>'


def safe_mathml(markup: str) -> str | None:
    """Return a MathML element with nothing in it but MathML, or None if it is not one.

    Examples
    --------
    >>> safe_mathml('<math onclick="x()"><mi href="#">x</mi></math>')
    '<math><mi>x</mi></math>'
    >>> safe_mathml("<math><script>alert(1)</script></math>") is None
    True
    """
    from lxml import etree

    try:
        return _checked(markup)
    except (ValueError, etree.XMLSyntaxError):
        return None


def _convert(source: str, display: bool) -> str:
    from latex2mathml.converter import convert

    if not source:
        raise ValueError("nothing to convert")
    source = _TEXT.sub(lambda found: found[0].replace("<", "&lt;").replace(">", "&gt;"), source)
    return _checked(convert(source, display="block" if display else "inline"))


def _checked(markup: str) -> str:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    # HTML knows names of characters that XML does not.
    named = re.sub(r"&(?!amp;|lt;|gt;|quot;|#)(\w+);", lambda name: unescape(name[0]), markup)
    root = etree.fromstring(named, parser)
    if str(root.tag).removeprefix(_NAMESPACE) != "math":
        raise ValueError(f"a formula expected, found {root.tag}")
    for element in root.iter():
        name = str(element.tag).removeprefix(_NAMESPACE)
        text = element.text or ""
        # A lone & or an unknown command set as an identifier means the layout was lost.
        if name not in _ELEMENTS or (name == "mi" and (text == "&" or text.startswith("\\"))):
            raise ValueError(f"cannot set {name} {text}")
        element.tag = name
        for key in list(element.attrib):
            if key not in _ATTRIBUTES:
                del element.attrib[key]
    _join(root)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def _join(root: Any) -> None:
    """Put back together what the converter cut: decimal commas and upright words."""
    for element in list(root.iter("mi")):
        text = element.text or ""
        if len(text) == 1 and unicodedata.category(text) == "Sm":
            element.tag = "mo"
    for row in list(root.iter("mrow")):
        if _is_decimal_comma(row):
            before, after, parent = row.getprevious(), row.getnext(), row.getparent()
            before.text = f"{before.text},{after.text}"
            parent.remove(row)
            parent.remove(after)
        elif len(row) > 1 and all(
            child.tag == "mi" and child.get("mathvariant") == "normal" for child in row
        ):
            row[0].text = "".join(child.text or "" for child in row)
            for child in row[1:]:
                row.remove(child)


def _is_decimal_comma(row: Any) -> bool:
    before, after = row.getprevious(), row.getnext()
    return (
        len(row) == 1
        and row[0].tag == "mo"
        and row[0].text == ","
        and before is not None
        and after is not None
        and before.tag == after.tag == "mn"
    )
