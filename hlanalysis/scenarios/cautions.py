"""What a model computes without complaint and its author hardly means."""

from __future__ import annotations

from hlanalysis.numbers import Lang, format_number
from hlanalysis.scenarios import tree
from hlanalysis.scenarios.model import Model


def cautions(model: Model, lang: Lang = "vi") -> list[str]:
    """Return one sentence for each lever or start value in % that an equation divides by 100.

    Inside equations a rate is a fraction already; no check of units can see a second `/ 100`.
    """
    told: dict[str, str] = {}
    for equation in model.equations:
        for node in tree.walk(equation.value):
            name = _hundredth(node)
            if name in model.levers and model.levers[name].unit.is_percent:
                line = equation.place.line + model.text.first_line - 1
                told.setdefault(name, _sentence(model, name, line, lang))
    return list(told.values())


def _hundredth(node: tree.Node) -> str:
    """Return the name that a node divides by 100 or multiplies by 0.01; empty if none."""
    if not isinstance(node, tree.Op):
        return ""
    named = tree.Lever | tree.At
    left, right = node.left, node.right
    if node.op == "/" and isinstance(left, named) and _is(right, 100):
        return left.name
    if node.op == "*" and isinstance(left, named) and _is(right, 0.01):
        return left.name
    if node.op == "*" and isinstance(right, named) and _is(left, 0.01):
        return right.name
    return ""


def _is(node: tree.Node, value: float) -> bool:
    return isinstance(node, tree.Num) and node.value == value


def _sentence(model: Model, name: str, line: int, lang: Lang) -> str:
    slot = next(one for one in model.slots if one.lever.name == name)
    written = format_number(slot.value, lang=lang)
    counted = format_number(float(f"{slot.inside(slot.value):.12g}"), lang=lang)
    if lang == "vi":
        return (
            f"Lưu ý: `{name}` vốn đã là tỷ lệ ({written}% được tính là {counted}), nhưng dòng "
            f"{line} của {model.text.name} còn chia cho 100."
        )
    return (
        f"Note: `{name}` is already a share ({written}% counts as {counted}), yet line {line} of "
        f"{model.text.name} divides it by 100 once more."
    )
