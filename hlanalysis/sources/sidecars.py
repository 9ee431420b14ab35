"""The sidecar of a raw file: its fields, checked, read and written.

Beside ``thu_ngan_sach_2024.xlsx`` lies ``thu_ngan_sach_2024.source.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.files import sha256_of, write_whole
from hlanalysis.periods import Period
from hlanalysis.vocabulary import PLAN_LEVELS, VINTAGES

SUFFIX = ".source.toml"
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """What a reader of a figure from this source must be told, as data.

    Attributes
    ----------
    id : str
        A short name, unique in the file.
    text_vi, text_en : str
        The sentence that stands beside the figure.
    indicator, series, period, kind : str
        Which figures it concerns; an empty field concerns all.
    """

    id: str
    text_vi: str
    text_en: str
    indicator: str = ""
    series: str = ""
    period: str = ""
    kind: str = ""

    def concerns(
        self, *, indicator: str, period: str = "", kind: str = "", series: str = ""
    ) -> bool:
        """Tell whether a figure with these fields must carry the warning."""
        asked = (indicator, series, period, kind)
        limits = (self.indicator, self.series, self.period, self.kind)
        return all(limit in ("", given) for limit, given in zip(limits, asked, strict=True))


@dataclass(frozen=True, slots=True)
class Source:
    """The provenance of one raw file.

    Attributes
    ----------
    id : str
        The stem of the raw file's name.
    file : str
        The raw file's name.
    sha256 : str
        Its checksum when the sidecar was written.
    producer, title : str
        Who made it and what it is called.
    address, handed_over_by : str
        Where it was found, or who gave it; one of the two is given.
    date_published, date_accessed : str
        ISO dates; the day, or day and month, may be missing where the source does not say.
    right : str
        The licence, or by what right it is used.
    steps : tuple of str
        How to get it again.
    place, period : str
        The locality (catalogue id) and the period it reports on ("2024", "2024-6M").
    unit : str
        The unit of the whole file, if it has one and does not say so itself.
    vintage : {"", "preliminary", "official", "final"}
    plan_level : {"", "province", "council", "adjusted"}
        Whose plan "the plan" is; empty where the file does not say.
    notes : tuple of str
    warnings : tuple of SourceWarning
    """

    id: str
    file: str
    sha256: str
    producer: str
    title: str
    date_published: str
    date_accessed: str
    right: str
    steps: tuple[str, ...]
    address: str = ""
    handed_over_by: str = ""
    place: str = ""
    period: str = ""
    unit: str = ""
    vintage: str = ""
    plan_level: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[SourceWarning, ...] = ()


_REQUIRED = (
    "file", "sha256", "producer", "title", "date_published", "date_accessed", "right", "steps",
)  # fmt: skip
_LISTS = ("steps", "notes")
_KNOWN = tuple(field.name for field in fields(Source) if field.name != "id")
# As a reader wants to see them: what it is, where from, when, what about, and the long texts last.
_ORDER = (
    "file", "sha256", "producer", "title", "address", "handed_over_by", "date_published",
    "date_accessed", "right", "place", "period", "unit", "vintage", "plan_level", "steps", "notes",
    "warnings",
)  # fmt: skip
# What `add` writes where nobody said who gave the file: for the sidecar, never for a reader.
_UNSAID = frozenset(("chưa ghi lại", "not recorded", "not recorded (hlanalysis add)"))
_WARNING_KEYS = tuple(field.name for field in fields(SourceWarning))


def sidecar_path(path: str | Path) -> Path:
    """Return where the sidecar of a raw file lies.

    Examples
    --------
    >>> sidecar_path("data/raw/thu.2024.xlsx").name
    'thu.2024.source.toml'
    """
    path = Path(path)
    return path.with_name(path.stem + SUFFIX)


def load_sidecar(path: str | Path) -> Source:
    """Read the sidecar of a raw file and check its fields; the raw file itself is not opened.

    Parameters
    ----------
    path : str or Path
        The raw file.

    Raises
    ------
    InputError
        If the sidecar is missing, is no TOML, or has missing, unknown or wrong fields, all named.
    """
    path = Path(path)
    sidecar = sidecar_path(path)
    content = _read_toml(sidecar, path)
    problems = _problems(content, path)
    if problems:
        raise _one_or_many(str(sidecar), problems, "mend these fields in the sidecar")
    return _source(path, content)


def write_sidecar(path: str | Path, values: Mapping[str, Any]) -> Path:
    """Write the sidecar of a raw file, whole or not at all; `file` and `sha256` are filled in.

    Parameters
    ----------
    path : str or Path
        The raw file, in its place.
    values : mapping
        The fields of `Source`; empty ones are left out.

    Returns
    -------
    Path
        The sidecar.

    Raises
    ------
    InputError
        If a field is missing, unknown or wrong; nothing is written then.
    """
    path = Path(path)
    content = sidecar_content(path, sha256_of(path), values)
    write_whole(sidecar_path(path), content)
    return sidecar_path(path)


def sidecar_content(path: Path, sha256: str, values: Mapping[str, Any]) -> str:
    """Return the text of a sidecar, checked; `path` need not exist yet."""
    import tomli_w

    given = {"file": path.name, "sha256": sha256, **values}
    kept = {key: given[key] for key in _ORDER if key in given and given[key] not in ("", [], ())}
    kept |= {key: given[key] for key in given if key not in _KNOWN}
    problems = _problems(kept, path)
    if problems:
        raise _one_or_many(str(sidecar_path(path)), problems, "give these fields")
    return tomli_w.dumps(kept)


# --- reading and checking -------------------------------------------------------------------


def _read_toml(sidecar: Path, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(
            str(path), "has no sidecar", f"{sidecar.name} beside it", f"run `hlanalysis add {path}`"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            str(sidecar), f"is no TOML: {error}", 'lines like key = "value"'
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(sidecar), f"cannot be read ({error})", "a UTF-8 text file") from error


def _source(path: Path, content: dict[str, Any]) -> Source:
    values = {key: _plain(value) for key, value in content.items() if key != "warnings"}
    if values.get("handed_over_by") in _UNSAID:
        values["handed_over_by"] = ""
    cautions = tuple(SourceWarning(**warning) for warning in content.get("warnings", ()))
    name = unicodedata.normalize("NFC", path.stem)
    return Source(id=name, warnings=cautions, **values)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return tuple(value) if isinstance(value, list) else value


def _problems(content: Mapping[str, Any], path: Path) -> list[str]:
    """Return everything that is wrong with a sidecar's fields, in words."""
    found = [f"`{key}` is missing" for key in _REQUIRED if content.get(key) in (None, "", [], ())]
    if not content.get("address") and not content.get("handed_over_by"):
        found.append("`address` or `handed_over_by` is missing")
    found += [f"unknown field `{key}`{_nearest(key)}" for key in content if key not in _KNOWN]
    for key, value in content.items():
        if key in _KNOWN and value not in (None, "", [], ()):
            found += _wrong(key, value, path)
    return found


def _nearest(key: str) -> str:
    import difflib

    close = difflib.get_close_matches(key, _KNOWN, 1)
    return f" (did you mean `{close[0]}`?)" if close else ""


def _wrong(key: str, value: Any, path: Path) -> list[str]:
    """Return what is wrong with one field that is there."""
    if key == "warnings":
        return _wrong_warnings(value)
    if key in _LISTS:
        texts = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
        return [] if texts else [f"`{key}` is {value!r}, not a list of texts"]
    if key.startswith("date_"):
        return (
            [] if _is_date(value) else [f"`{key}` is {_shown(value)}, not a date like 2024-12-20"]
        )
    if not isinstance(value, str):
        return [f"`{key}` is {value!r}, not a text"]
    allowed = {"vintage": VINTAGES, "plan_level": PLAN_LEVELS}.get(key)
    if allowed and value not in allowed:
        return [f"`{key}` is {value!r}, not one of {', '.join(filter(None, allowed))}"]
    if key == "file" and not _same_name(value, path.name):
        return [f"`file` is {value!r}, but the sidecar lies beside {path.name!r}"]
    if key == "sha256" and not _SHA256.fullmatch(value):
        return [f"`sha256` is {value!r}, not 64 hexadecimal digits in small letters"]
    if key == "place" and not _NAME.fullmatch(value):
        return [f"`place` is {value!r}, not a name of the catalogue like hong_linh"]
    return _wrong_period(value) if key == "period" else []


def _wrong_period(value: str) -> list[str]:
    try:
        Period.parse(value)
    except ValueError as error:
        return [f"`period` is {value!r}: {error}"]
    return []


def _wrong_warnings(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, Mapping) for one in value):
        return ["`warnings` is not a list of tables [[warnings]]"]
    found, seen = [], set()
    for number, one in enumerate(value, 1):
        name = one.get("id") or f"number {number}"
        missing = [key for key in ("id", "text_vi", "text_en") if not one.get(key)]
        unknown = [key for key in one if key not in _WARNING_KEYS]
        found += [f"warning {name}: `{key}` is missing" for key in missing]
        found += [f"warning {name}: unknown field `{key}`" for key in unknown]
        found += [
            f"warning {name}: `{key}` is not a text"
            for key in one
            if key in _WARNING_KEYS and not isinstance(one[key], str)
        ]
        if name in seen:
            found.append(f"warning {name}: given twice")
        seen.add(name)
    return found


def _is_date(value: Any) -> bool:
    """Tell whether a value is an ISO date, of which day, or month and day, may be missing."""
    if isinstance(value, date):
        return True
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True


def _shown(value: Any) -> str:
    return repr(value) if not isinstance(value, date) else value.isoformat()


def _same_name(one: str, other: str) -> bool:
    # macOS hands file names out decomposed.
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def _one_or_many(where: str, problems: list[str], hint: str) -> InputError:
    return InputError(where, "; ".join(problems), "", hint)
