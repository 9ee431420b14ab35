"""TOML read with clear errors, and written the same way every time."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.numbers import NumberFormatError, parse_number
from hlanalysis.scenarios.problems import nearest

LARGEST_FILE = 2_000_000
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Read a TOML file and return its content and its text.

    Raises
    ------
    InputError
        If it is missing, too large, no UTF-8 or no TOML; the message names line and column.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(path.name, "a file of over 2 MB", "a small text file")
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(str(path), "cannot be read", "a readable file", str(error)) from error
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8"
        raise InputError(
            path.name, f"bytes that are no UTF-8 at {error.start}", "UTF-8", hint
        ) from error
    return parse_toml(text, path.name), text


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """Parse TOML text; see `read_toml`."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        told = str(error) or "nested too deeply"
        place = _PLACE.search(told)
        lines = text.splitlines()
        line = lines[int(place[1]) - 1] if place and int(place[1]) <= len(lines) else ""
        hint = 'texts stand in quotes: name = "thu_dat"'
        comma = re.match(r"\s*([\w.-]+)\s*=\s*([-+]?[\d.]+,\d+)\s*(?:#|$)", line)
        if comma:
            hint = _comma_hint(comma[1], comma[2])
        elif re.search(r"=\s*[\d.]+,\d", line):
            hint = 'a decimal comma needs quotes, "77,64"; or write 77.64'
        elif re.match(r"[^#=]+=\s*\[?\s*[-+]?\d[\d._,\s-]*\]?\s*(?:#|$)", line) and not re.match(
            r"\s*years\b", line
        ):
            hint = "a number has at most one mark, a point, and no blanks: 35.5 or 12450"
        elif place and re.match(r"\s*\[?\s*[^\x00-\x7f]", line):
            hint = 'Vietnamese names stand in quotes: name = "tăng_thu"'
        elif told.startswith(("Cannot declare", "Cannot overwrite")):
            hint = "each lever, start value and variable begins with [[levers]] in double brackets"
        elif re.match(r"\s*years\b", line):
            hint = "write years = [2025, 2030]"
        if not place or not line.strip():
            where = f"{name}, line {place[1]}" if place else name
            raise InputError(where, _PLACE.sub("", told).strip(), "TOML", hint) from error
        found = f"cannot read '{line.strip():.80}'"
        raise TomlError(name, int(place[1]), int(place[2]), line, found, hint) from error


def _comma_hint(key: str, value: str) -> str:
    """Say how to write a number with a decimal comma."""
    hint = f'a decimal comma needs quotes, {key} = "{value}"'
    try:
        return f"{hint}; or write {parse_number(value)}"
    except NumberFormatError:
        return hint


class TomlError(InputError):
    """A line that is no TOML, shown with a caret under the place."""

    def __init__(
        self, name: str, number: int, column: int, line: str, found: str, hint: str
    ) -> None:
        super().__init__(f"{name}, line {number}", found, "", hint)
        self.line, self.column = line.replace("\t", " "), column

    def __str__(self) -> str:
        """Return the sentence, the line and a caret."""
        start = max(0, self.column - 1 - 60)
        caret = " " * (self.column - 1 - start) + "^"
        return f"{super().__str__()}\n    {self.line[start : start + 120]}\n    {caret}"


def only_keys(where: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
    """Refuse keys that nobody reads: a misspelt one would be ignored in silence."""
    names = list(known)
    for key in table:
        if key not in names:
            raise InputError(where, f"unknown key '{key}'", "a known key", nearest(key, names))


def text_of(value: Any) -> str:
    """Return a value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_of(key)} = {text_of(one)}" for key, one in value.items())
        return "{ " + inside + " }"
    return "[" + ", ".join(text_of(one) for one in value) + "]"


def key_of(key: Any) -> str:
    """Return a key as TOML: bare where that is allowed."""
    name = str(key)
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else text_of(name)
