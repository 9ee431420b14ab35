"""Exhibits that remember how the numbers of their titles and inferred bars were computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Form
from hlanalysis.themes.reckoning import reckoned_in
from hlanalysis.wording import Sentence, Value


@dataclass(frozen=True, kw_only=True)
class ToldExhibit(Exhibit):
    """An exhibit whose computed numbers can be followed to their sources.

    Attributes
    ----------
    reckoned : tuple of (str, Value)
        What a number is, empty for those of the title, and the number with its formula.
    """

    reckoned: tuple[tuple[str, Value], ...] = field(default=(), compare=False, repr=False)


def told_exhibit(
    *,
    finding: Sentence,
    chart: Form,
    reckoned: Iterable[tuple[str, Value]] = (),
    cites: Iterable[str] = (),
    **about: Any,
) -> ToldExhibit:
    """Return an exhibit; the computed numbers of its title come with it.

    Parameters
    ----------
    finding : Sentence
        The title.
    chart : Form
    reckoned : iterable of (str, Value)
        Further numbers: the inferred bars, with what they are.
    cites : iterable of str
        Ids of figures behind the exhibit; those of its marks and numbers if left out.
    **about : str
        The other fields of `Exhibit`; the language is that of the title.
    """
    listed = (*(("", value) for value in reckoned_in(finding)), *reckoned)
    numbers = {value.write(finding.lang): (what, value) for what, value in listed}
    found = [name for _, mark in chart.items() for name in mark.cites]
    found += [*finding.cites, *(name for _, value in listed for name in value.cites)]  # type: ignore[attr-defined]
    if not about.get("script"):
        # A speaker has the title and what must be known with it.
        said = (f"{str(finding).rstrip('.')}.", about.get("note", ""))
        about["script"] = " ".join(filter(None, said))
    return ToldExhibit(
        lang=finding.lang,
        finding=str(finding),
        chart=chart,
        cites=tuple(cites) or tuple(dict.fromkeys(found)),
        reckoned=tuple(numbers.values()),
        **about,
    )
