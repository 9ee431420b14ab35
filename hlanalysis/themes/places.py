"""Localities as sentences name them: without the word for their level, or by that word alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hlanalysis.catalog import all_places, place
from hlanalysis.numbers import Lang
from hlanalysis.texts import text
from hlanalysis.wording import Values, Words

if TYPE_CHECKING:
    from hlanalysis.project import Project


def own_kind(project: Project) -> Values:
    """Return the word for what kind of unit the project's place is: a district is no town."""
    name = place(project.place).name(project.lang)
    return {"kind": Words(kind_of_place(name, project.lang))}


def kind_of_place(name: str, lang: Lang) -> str:
    """Return the word for its level that a place's name carries.

    Examples
    --------
    >>> kind_of_place("huyện Vĩnh Khê", "vi"), kind_of_place("Hồng Lĩnh town", "en")
    ('huyện', 'town')
    >>> kind_of_place("Bắc Hồng Lĩnh", "vi")
    'địa phương'
    """
    found = (word for word in text("words.kinds_of_place", lang).split("|") if word in name)
    return next(found, text("words.any_place", lang))


def siblings(project: Project) -> set[str]:
    """Return the localities of the same level and province."""
    own = place(project.place)
    return {
        one.id
        for one in all_places().values()
        if one.within == own.within and one.level == own.level and own.within
    }


def short_name(project: Project, name: str) -> str:
    """Return a locality's name without the word for its level."""
    full = place(name).name(project.lang)
    for word in ("thành phố ", "thị xã ", "huyện ", " district", " town", " city"):
        full = full.replace(word, "")
    # Two localities may share the name that is left.
    same = [one for one in siblings(project) if one != name and _bare(one) == _bare(name)]
    return place(name).name(project.lang) if same else full


def _bare(name: str) -> str:
    return name.removesuffix("_town").removesuffix("_district").removesuffix("_city")
