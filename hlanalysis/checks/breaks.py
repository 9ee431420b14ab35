"""Where a series stops being about the same thing: another scope, another territory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from hlanalysis.catalog import all_places, unit
from hlanalysis.catalog.indicators import fold
from hlanalysis.catalog.places import Place
from hlanalysis.checks.findings import Finding
from hlanalysis.checks.levels import is_single_level
from hlanalysis.checks.said import Claimed, During, Listed, Told, quotes
from hlanalysis.observations import Observation, Observations
from hlanalysis.texts import has_text
from hlanalysis.wording import Amount, Name, Quote, Said, Value, Where, Words

CHECK = "breaks"
_KINDS_OF_PLACE = ("thi xa", "thanh pho", "huyen", "phuong", "xa", "tinh", "thi tran")


def check_scope(observations: Observations) -> list[Finding]:
    """Tell where a figure covers only a part of what its name suggests.

    The production value of "một số ngành kinh tế chủ yếu" is not the whole economy, and gross
    output is never GRDP, which is compiled for provinces only.
    """
    groups: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for row in observations:
        if row.scope and not row.source.startswith("pub-"):
            groups[row.place, row.indicator, row.scope].append(row)
    found = []
    for (place, name, scope), rows in groups.items():
        latest = max(rows, key=lambda row: row.when)
        known = f"findings.scopes.{scope}"
        values: dict[str, Value] = {
            "name": Name(name, latest.series),
            "place": Where(place),
            "period": During(latest.when),
            "printed": Quote(latest, signed=latest.kind == "growth"),
            "scope": Said(known) if has_text(known) else Words(scope.replace("_", " ")),
        }
        message = "scope_is_not_grdp" if name == "production_value" else "scope_is_partial"
        found.append(
            Finding(
                CHECK,
                "review",
                message,
                place,
                name,
                latest.period,
                tuple(row.id for row in rows),
                values,
                values["printed"],
                weight=6,
            )
        )
    return found


def check_grdp_of_district(observations: Observations) -> list[Finding]:
    """Tell where a figure of a district or ward is called GRDP: it is compiled for provinces only.

    Most likely it is production value or value added of some sectors under a borrowed name.
    """
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for row in observations.find(indicator=("grdp", "grdp_current", "grdp_per_capita")):
        if all_places()[row.place].level != "province":
            groups[row.place, row.indicator].append(row)
    found = []
    for (place, name), rows in groups.items():
        latest = max(rows, key=lambda row: row.when)
        values: dict[str, Value] = {
            "name": Name(name, latest.series),
            "place": Where(place),
            "period": During(latest.when),
            "printed": Quote(latest, signed=latest.kind == "growth"),
        }
        found.append(
            Finding(
                CHECK,
                "review",
                "grdp_of_district",
                place,
                name,
                latest.period,
                tuple(row.id for row in rows),
                values,
                values["printed"],
                weight=2,
            )
        )
    return found


def check_territory(observations: Observations) -> list[Finding]:
    """Tell where a place ended or changed its bounds, and that its successors are not it.

    On 1 July 2025 the town became two wards that also took in two communes of another district:
    their figures together are not the town's, and no line leads from one to the other.
    """
    return [*_ended(observations), *_changed(observations)]


def _ended(observations: Observations) -> Iterable[Finding]:
    present = {row.place for row in observations}
    for name in sorted(present):
        one = all_places()[name]
        heirs = [heir for heir in successors(one) if heir.id in present]
        if not heirs:
            continue
        rows, sums = _with_heirs(one, heirs, observations)
        if rows:
            yield _ended_finding(one, heirs, rows, sums)


def successors(one: Place) -> list[Place]:
    """Return the places that took a place's name on when it ended.

    The catalogue's own list where it has one; else the units of the same province that begin the
    day after and carry its name.
    """
    listed = getattr(one, "successors", ())
    if listed:
        return [all_places()[name] for name in listed if name in all_places()]
    if not one.valid_to:
        return []
    begin = (date.fromisoformat(one.valid_to) + timedelta(days=1)).isoformat()
    own = _bare(one)
    return [
        other
        for other in all_places().values()
        if other.valid_from == begin and other.within == one.within and own in _bare(other)
    ]


def _bare(one: Place) -> str:
    """Return a place's name without the word for its kind."""
    words = fold(one.vi)
    kind = next((kind for kind in _KINDS_OF_PLACE if words.startswith(f"{kind} ")), "")
    return words[len(kind) :].strip()


def _with_heirs(
    one: Place, heirs: list[Place], observations: Observations
) -> tuple[list[Observation], list[Value]]:
    """Return the latest level of the place and of each heir, where all have one."""
    rows: list[Observation] = []
    said: list[Value] = []
    for name in ("population", "area"):
        own = _latest(observations, one.id, name)
        theirs = [_latest(observations, heir.id, name) for heir in heirs]
        if own is None or any(row is None for row in theirs):
            continue
        known = [row for row in theirs if row is not None]
        total = sum((row.value_in(known[0].unit) for row in known), Fraction(0))
        cites = tuple(row.id for row in known)
        same = Amount(own.value_in(known[0].unit), known[0].unit, cites=(own.id,), printed=True)
        said.append(
            Listed(
                (
                    Name(name, lower=True),
                    Amount(total, known[0].unit, cites=cites),
                    Said("findings.against"),
                    same,
                ),
                " ",
            )
        )
        rows += [own, *known]
    return rows, said


def _latest(observations: Observations, place: str, name: str) -> Observation | None:
    rows = observations.find(place=place, indicator=name, kind="level", series="")
    whole = [row for row in rows if is_single_level(row) and unit(row.unit).places >= 0]
    return max(whole, key=lambda row: (row.when, row.id), default=None)


def _ended_finding(
    one: Place, heirs: list[Place], rows: list[Observation], said: list[Value]
) -> Finding:
    day = date.fromisoformat(one.valid_to) + timedelta(days=1)
    values: dict[str, Value] = {
        "place": Where(one.id),
        "heirs": Listed(tuple(Where(heir.id) for heir in heirs), ", "),
        "day": Told(f"{day.day}/{day.month}/{day.year}", f"{day.day} {day:%B} {day.year}"),
        "sums": Listed(tuple(said)),
    }
    return Finding(
        CHECK,
        "review",
        "territory_ended",
        one.id,
        "population",
        str(day.year),
        tuple(dict.fromkeys(row.id for row in rows)),
        values,
        weight=3,
    )


def _changed(observations: Observations) -> Iterable[Finding]:
    groups: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for row in observations.find(kind="level"):
        groups[row.place, row.indicator, row.series].append(row)
    for (place, name, _), rows in groups.items():
        territories = {row.territory for row in rows if row.territory}
        if len(territories) > 1:
            latest = max(rows, key=lambda row: row.when)
            values: dict[str, Value] = {
                "name": Name(name, latest.series),
                "place": Where(place),
                "period": During(latest.when),
                "figures": quotes(rows[:6]),
            }
            yield Finding(
                CHECK,
                "review",
                "territory_changed",
                place,
                name,
                latest.period,
                tuple(row.id for row in rows),
                values,
                values["figures"],
            )


def warned(observations: Observations, warnings: Iterable[object]) -> list[Finding]:
    """Return what the sources themselves ask to be told beside their figures.

    Parameters
    ----------
    observations : Observations
    warnings : iterable
        With ``text_vi`` and ``text_en``, and ``source``, ``indicator``, ``series``, ``period``,
        ``kind`` that name the figures concerned; an empty field names all.
    """
    found = []
    for one in warnings:
        wanted = {
            name: value
            for name in ("source", "indicator", "series", "period", "kind")
            if (value := getattr(one, name, ""))
        }
        rows = observations.find(**wanted) if wanted else []
        if not rows:
            continue
        first = rows[0]
        words = Told(getattr(one, "text_vi", ""), getattr(one, "text_en", ""))
        values: dict[str, Value] = {
            "name": Name(first.indicator, first.series),
            "period": During(first.when),
            "warning": words,
        }
        if first.kind != "level":
            values["claim"] = Claimed(first)
        found.append(
            Finding(
                "warnings",
                "review",
                "source_warning",
                first.place,
                first.indicator,
                first.period,
                tuple(row.id for row in rows),
                values,
                Quote(first),
                weight=5,
            )
        )
    return found
