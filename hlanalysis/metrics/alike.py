"""Only like with like: the tags of figures that are put into one formula.

Figures with unlike tags do not combine. A tag that some source leaves out is unknown, which is not
unlike: such figures combine under a named assumption, and the assumption stays with the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang
from hlanalysis.texts import has_text, text

Assume = Mapping[str, str] | Iterable[str] | str
"""Tags that may be taken as alike, each with the reason where there is one."""
MUST_BE_KNOWN = frozenset({"plan_level"})
"""Tags whose silence on all sides is a doubt of its own: two plans may have come from two hands."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that was taken for granted in a result.

    Attributes
    ----------
    tag : str
        The tag that is taken as alike, or a key of the texts under ``metrics``.
    known : str
        The value that some source gives, or a period.
    reason : str
        Words of the author.
    """

    tag: str
    known: str = ""
    reason: str = ""

    def write(self, lang: Lang) -> str:
        """Return the sentence that stands beside the number."""
        if has_text(f"metrics.tags.{self.tag}"):
            key = "assumed_alike" if self.known else "assumed_unknown"
            said = text(f"metrics.{key}", lang).format(
                tag=tag_name(self.tag, lang), known=value_name(self.tag, self.known, lang)
            )
        else:
            said = text(f"metrics.{self.tag}", lang).format(period=self.known)
        return f"{said}: {self.reason}" if self.reason else said


@dataclass(frozen=True, slots=True)
class Tagged:
    """A figure in a formula, as far as its tags go.

    Attributes
    ----------
    label : str
        The argument it is.
    figure : object
        Anything with the tags as attributes, or with a mapping `tags`.
    is_plan : bool
    """

    label: str
    figure: Any
    is_plan: bool

    def tag(self, name: str) -> str | None:
        """Return a tag: empty where it is unknown, None where there is no such thing."""
        tags = getattr(self.figure, "tags", None)
        if tags is not None:
            return tags.get(name)
        return getattr(self.figure, name, None)


def check_alike(
    where: str, names: Iterable[str], figures: Sequence[Tagged], assume: Assume = ()
) -> tuple[Assumption, ...]:
    """Refuse figures with unlike tags, and unknown ones without an assumption.

    Parameters
    ----------
    where : str
        The metric.
    names : iterable of str
        The tags that must agree.
    figures : sequence of Tagged
    assume : mapping of tag to reason, or tags
        What may be taken as alike.

    Returns
    -------
    tuple of Assumption
        Those that were needed.

    Raises
    ------
    InputError
        Naming both tags, in Vietnamese too.
    """
    allowed = reasons(assume)
    needed = []
    for name in names:
        known, unknown = _sides(name, figures)
        if len(known) > 1:
            raise unlike(where, name, known)
        if not unknown or (not known and name not in MUST_BE_KNOWN):
            continue
        if len(unknown) + sum(map(len, known.values())) < 2:
            continue
        value = next(iter(known), "")
        if name not in allowed:
            raise _unknown(where, name, value, unknown)
        needed.append(Assumption(name, value, allowed[name]))
    return tuple(needed)


def reasons(assume: Assume) -> dict[str, str]:
    """Return the allowed assumptions with their reasons, empty where none was given."""
    if isinstance(assume, str):
        return {assume: ""}
    return dict(assume) if isinstance(assume, Mapping) else dict.fromkeys(assume, "")


def unlike(where: str, name: str, known: Mapping[str, Sequence[str]]) -> InputError:
    """Return the error for tags that differ; it names each value and who has it."""
    found = ", ".join(
        f"«{value_name(name, value, 'vi')}» ({value}) in {' and '.join(labels)}"
        for value, labels in known.items()
    )
    return InputError(
        where,
        f"{tag_name(name, 'vi')} ({name}) differs: {found}",
        f"figures with one {tag_name(name, 'en')}",
        "compare like with like, or show the figures side by side",
    )


def tag_name(name: str, lang: Lang) -> str:
    """Return what a reader calls a tag."""
    return text(f"metrics.tags.{name}", lang)


def value_name(name: str, value: str, lang: Lang) -> str:
    """Return what a reader calls the value of a tag."""
    if name == "place":
        from hlanalysis.catalog import all_places

        known = all_places().get(value)
        return known.name(lang) if known else value
    head, _, year = value.partition("_")
    if name == "price_basis" and head == "constant":
        return text("metrics.values.constant", lang).format(year=year).strip()
    key = f"metrics.values.{value}"
    return text(key, lang) if value and has_text(key) else value


def _sides(name: str, figures: Sequence[Tagged]) -> tuple[dict[str, list[str]], list[str]]:
    known: dict[str, list[str]] = {}
    unknown = []
    for one in figures:
        value = one.tag(name)
        # A plan has no vintage, and only a plan has a level.
        if value is None or ((name == "plan_level") != one.is_plan and name in _OF_PLANS):
            continue
        if value:
            known.setdefault(value, []).append(one.label)
        else:
            unknown.append(one.label)
    return known, unknown


_OF_PLANS = frozenset({"plan_level", "vintage"})


def _unknown(where: str, name: str, value: str, labels: Sequence[str]) -> InputError:
    said = f"; elsewhere it is «{value_name(name, value, 'vi')}» ({value})" if value else ""
    return InputError(
        where,
        f"{tag_name(name, 'vi')} ({name}) is not known of {', '.join(labels)}{said}",
        f"one {tag_name(name, 'en')} for all figures",
        f'find it in the source, or write assume={{"{name}": "why it may be taken as alike"}}',
    )
