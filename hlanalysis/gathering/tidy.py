"""What the rows of the tidy table share: where figures were printed, ids, plans, territories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import place
from hlanalysis.catalog.indicators import fold
from hlanalysis.files import short_hash
from hlanalysis.observations import COLUMNS, Observation, observation_id
from hlanalysis.periods import Period, base_period

if TYPE_CHECKING:
    from hlanalysis.sources.provenance import Source
    from hlanalysis.sources.published import PublishedFigure

_BLANK: dict[str, Any] = dict.fromkeys(COLUMNS, "") | dict.fromkeys(
    ("value_max", "numerator", "denominator")
)
# Whose plan it is, by the words after "kế hoạch" or "dự toán"; folded, so OCR slips still match.
_PLAN_WORDS = (
    ("adjusted", ("dieu chinh", "bo sung")),
    ("province", ("tinh giao", "cap tren giao", "phap lenh", "trung uong giao")),
    ("council", ("hdnd", "hoi dong nhan dan", "huyen giao", "thi xa giao", "nghi quyet")),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures were printed, as a reader is told it.

    Attributes
    ----------
    id : str
        What `Observation.source` refers to.
    form : {"document", "workbook", "published"}
    publisher, title, date, address, file : str
    """

    id: str
    form: str
    publisher: str
    title: str
    date: str
    address: str
    file: str


def origin_of(source: Source, form: str) -> Origin:
    """Return the origin of the figures of one raw file."""
    address = source.address or source.handed_over_by
    return Origin(
        source.id, form, source.producer, source.title, source.date_published, address, source.file
    )


def published_origin(figure: PublishedFigure, file: str) -> Origin:
    """Return the origin of one published figure: the page it was printed on."""
    name = "pub-" + short_hash(figure.source_url, figure.source_date, length=8)
    return Origin(
        name, "published", figure.publisher, "", figure.source_date, figure.source_url, file
    )


def plan_level_of(words: str) -> str:
    """Return whose plan the words name: province, council, adjusted, or empty for unknown.

    Examples
    --------
    >>> plan_level_of("dự toán HĐND huyện giao"), plan_level_of("kế hoạch")
    ('council', '')
    >>> plan_level_of("Against the plan assigned by the province.")
    'province'
    """
    folded = f" {fold(words)} "
    for level, keys in _PLAN_WORDS:
        if any(f" {key} " in folded for key in keys):
            return level
    # Notes of published figures are in our own English words; "both" names no single level.
    if " both " in folded:
        return ""
    if "council" in folded:
        return "council"
    return "province" if "plan" in folded and "province" in folded else ""


def territory_of(name: str, period: Period) -> str:
    """Return the version of a place's territory that a period falls into.

    The place's own id while its bounds stayed the same; with the year of the change behind it
    once they moved.

    Examples
    --------
    >>> territory_of("thach_ha", Period(2024)), territory_of("thach_ha", Period(2025))
    ('thach_ha', 'thach_ha@2025')
    """
    changes = [day for day in place(name).changed if int(day[:4]) <= period.last_year]
    return f"{name}@{changes[-1][:4]}" if changes else name


def base_period_of(period: Period, base: str) -> str:
    """Return the period that a relative figure is set against, empty if its base names none."""
    found = base_period(period, base) if base else None
    return str(found) if found else ""


def observation(**values: Any) -> Observation:
    """Return one row of the tidy table, with its id; what is not given is blank."""
    row = _BLANK | values
    row["id"] = observation_id(row["source"], row["locator"], row["kind"], row["written"])
    return Observation(**row)
