"""What one column heading says: its measure, what it compares with, its period, its series."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from hlanalysis.reading.table.capital import without_sources
from hlanalysis.reading.table.periods import Mention, find_periods, joined, without_periods
from hlanalysis.reading.table.rows import Measure
from hlanalysis.reading.table.units import NOUNS, Unit, bracket_unit, parse_unit
from hlanalysis.reading.table.words import Lexicon, squeeze

_YEARS_RATIO = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*/\s*(?:th\s*)?((?:19|20)\d\d)(?!\d)")
_PERCENT = re.compile(r"%|phần trăm|phan tram")
_PERCENTAGE = re.compile(r"\d[\d.,]*\s?%")
_PLUS_MINUS = re.compile(r"\(\s*\+\s*\)|\(\s*\+\s*[/,;]?\s*-\s*\)|\+\s*/\s*-")
_MEASURE_WORDS = (
    "plan",
    "actual",
    "previous",
    "compare",
    "share",
    "absolute",
    "with",
    "cumulative",
    "empty",
)
_RELATIVE_UNITS = ("percent", "per_mille", "percentage_points", "times", "points")
_ENGLISH = re.compile("compared")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading, level by level, understood as far as it stands alone.

    Attributes
    ----------
    parts : tuple of str
        The texts above the column, top to bottom.
    sort : {"plan", "actual", "previous", "year", "compare", "share", "difference", "other", ""}
        What kind of numbers stand below; "year" where only a year is said, "other" for
        comparisons that no measure holds, "" for unknown.
    base : {"plan", "previous", "actual", ""}
        For comparisons: what the numbers are compared with.
    period : Mention or None
        The period that the heading itself states.
    base_period : Mention or None
        The period of what it is compared with.
    same_period : bool
        "cùng kỳ": the same months of the year before.
    year_before : bool
        "năm trước" or "cùng kỳ" without a year.
    cumulative : bool
        "lũy kế": counted from January.
    estimate : bool
        "ước", "sơ bộ": the running year.
    percent : bool
        The heading shows a per cent sign or says so.
    unit : Unit or None
        A unit in the heading.
    rest : str
        The heading's words that belong to no measure, period or unit.
    """

    parts: tuple[str, ...]
    sort: str
    base: str = ""
    period: Mention | None = None
    base_period: Mention | None = None
    same_period: bool = False
    year_before: bool = False
    cumulative: bool = False
    estimate: bool = False
    percent: bool = False
    unit: Unit | None = None
    rest: str = ""


@lru_cache(maxsize=4096)
def read_heading(parts: tuple[str, ...], words: Lexicon) -> Heading:
    """Read the heading of one column.

    Parameters
    ----------
    parts : tuple of str
        The texts above the column, top to bottom, each said once.
    words : Lexicon

    Returns
    -------
    Heading
    """
    said = without_sources(parts, words)
    if said == parts:
        return _read(parts, words)
    rest = [
        leftover(part, words) if part == masked else squeeze(part)
        for part, masked in zip(parts, said, strict=True)
    ]
    # A source under what was spent says no measure: "Lũy kế giải ngân" over "KHV năm 2023 kéo dài".
    spent = [_amount(words.put(_mask(part)), words) == "actual" for part in said]
    amounts = tuple(
        "" if part != masked and any(spent[:i] + spent[i + 1 :]) else masked
        for i, (part, masked) in enumerate(zip(parts, said, strict=True))
    )
    return replace(_read(amounts, words), parts=parts, rest=" ".join(filter(None, rest)))


def _rest(parts: tuple[str, ...], words: Lexicon) -> str:
    return " ".join(filter(None, (leftover(part, words) for part in parts)))


def _read(parts: tuple[str, ...], words: Lexicon) -> Heading:
    unit = _heading_unit(parts)
    put = tuple(_without_idle(words.put(_mask(part)), words) for part in parts)
    if _is_rate_over_amounts(parts, put, words):
        unit = unit or Unit("percent")
        put = (*("" if words.has("words.rate", part) else part for part in put[:-1]), put[-1])
    whole = " | ".join(put)
    rest = _rest(parts, words)
    if words.has("words.share", whole):
        return Heading(parts, "share", "", _period(parts), unit=unit, rest=rest)
    if _compares(parts, put, words):
        return _comparison(parts, put, words, unit, rest)
    for index in range(len(put) - 1, -1, -1):
        sort = _amount(put[index], words)
        if sort and words.has("words.remaining", put[index]):
            sort = "other"  # "Số còn phải thực hiện" is neither planned nor done
        if sort:
            return Heading(
                parts,
                sort,
                "",
                _period(parts),
                same_period=words.has("words.same_period", whole),
                year_before=words.has("words.previous", whole),
                cumulative=words.has("words.cumulative", whole),
                estimate=words.has("words.estimate", whole),
                unit=unit,
                rest=rest,
            )
    period = _period(parts)
    return Heading(parts, "year" if period else "", "", period, unit=unit, rest=rest)


def _without_idle(put: str, words: Lexicon) -> str:
    """Blank out phrases that hold a measure word and measure nothing: "bổ sung có mục tiêu"."""
    for start, end, _ in words.find("words.idle", put):
        put = put[:start] + " " * (end - start) + put[end:]
    return put


def _is_rate_over_amounts(parts: tuple[str, ...], put: tuple[str, ...], words: Lexicon) -> bool:
    """Tell whether "Tỷ lệ hộ nghèo (%)" stands over a plan, an outturn or a year of that rate."""
    groups = [i for i, one in enumerate(put[:-1]) if words.starts("words.rate", one)]
    if not groups or words.has("words.compare", put[-1]) or _is_ratio(put[-1], words):
        return False
    amount = _amount(put[-1], words) or (find_periods(parts[-1]) and _is_bare(parts[-1], words))
    named = all(leftover(parts[i], words).lower() not in ("", "đạt", "dat") for i in groups)
    alone = not any(words.has("words.with", one) for one in put[:-1])
    return bool(amount) and named and alone


def leftover(part: str, words: Lexicon) -> str:
    """Return the words of one heading text that belong to no measure, period or unit."""
    found = bracket_unit(part)
    text = found[1] if found else part
    whole = parse_unit(text, expected=True)
    if whole is not None and (whole.id not in NOUNS or whole.factor > 1):
        return ""
    text = squeeze(text)
    put = words.same_length(without_periods(text))
    for start, end, _ in _short_plans(put, words):
        put = put[:start] + " " * (end - start) + put[end:]
    for group in ("rows.within", *(f"words.{name}" for name in _MEASURE_WORDS)):
        for start, end, _ in words.find(group, put):
            put = put[:start] + " " * (end - start) + put[end:]
    kept = list(_LETTERS.finditer(put))
    if not kept:
        return ""
    # Keep the words as they are printed, from the first that tells to the last.
    return text[kept[0].start() : kept[-1].end()].strip()


def _mask(part: str) -> str:
    """Blank out periods, so that "quý I/2024" is no ratio, but keep "2019/2018" as one.

    A number with its sign names a part ("Thu hưởng 100%"), it compares nothing.
    """
    text = _PERCENTAGE.sub(lambda found: " " * len(found[0]), without_periods(part))
    return text + " §/§" if _YEARS_RATIO.search(part) else text


def _heading_unit(parts: tuple[str, ...]) -> Unit | None:
    for part in reversed(parts):
        whole = parse_unit(part, expected=True)
        if whole is not None and (whole.id not in NOUNS or whole.factor > 1):
            return whole
        found = bracket_unit(part)
        if found is not None:
            return found[0]
    return None


def _compares(parts: tuple[str, ...], put: tuple[str, ...], words: Lexicon) -> bool:
    if any(words.has("words.compare", part) for part in put):
        return True
    return any(_is_ratio(part, words) or "§/§" in part for part in put)


def _is_ratio(put: str, words: Lexicon) -> bool:
    """Tell whether a text divides one measure by another: "ƯTH/KH", "TH : DT"."""
    above, mark, below = re.sub(r"\s*:\s*", "/", put).partition("/")
    if not mark or not _amount(below, words):
        return False
    # Of "9T/KH (%)" the period is blanked out: what was done in it is meant.
    return not above.strip() or _amount(above, words) != ""


def _amount(put: str, words: Lexicon) -> str:
    """Return which amounts a text names: plan, actual or previous; "" for none."""
    plans = _plans(put, words)
    actuals = words.find("words.actual", put)
    if words.has("words.previous", put):
        return "plan" if plans and not actuals else "previous"
    if plans and actuals:
        # "Thực hiện dự toán" is what was done, "Kế hoạch thực hiện" what was planned.
        return "plan" if plans[0][0] < actuals[0][0] else "actual"
    return "plan" if plans else "actual" if actuals else ""


def _plans(put: str, words: Lexicon) -> list[tuple[int, int, str]]:
    found = sorted(words.find("words.plan", put) + words.find("words.giver", put))
    return found or _short_plans(put, words)


def _short_plans(put: str, words: Lexicon) -> list[tuple[int, int, str]]:
    """Return the words that are a plan only with nothing but a year beside them: "MT 2025"."""
    found = words.find("words.short_plan", put)
    rest = put if found else ""
    for group in ("words.short_plan", "words.empty"):
        for start, end, _ in words.find(group, rest):
            rest = rest[:start] + " " * (end - start) + rest[end:]
    return [] if _LETTERS.search(rest) else found


def _comparison(
    parts: tuple[str, ...], put: tuple[str, ...], words: Lexicon, unit: Unit | None, rest: str
) -> Heading:
    above, below = _split(parts, put, words)
    base_text = words.put(_mask(" | ".join(below)))
    whole = " | ".join(put)
    base = _base(base_text, words) if below else ""
    if base == "actual" and not above:
        base = ""  # "Tỷ lệ giải ngân (%)" says what is divided, not by what
    period, base_period = _period(above), _period(below)
    if not above and base_period is None:
        period = _period(_over_comparison(parts, put, words))
    leaf = joined(find_periods(parts[-1]))
    if leaf is not None and len(parts) > 1 and _is_bare(parts[-1], words) and period is None:
        if base or (not _with(whole, words) and not _says_compare(put[:-1], words)):
            # "Tốc độ tăng so với năm trước (%)" over "2022": the year is the column's own.
            period, base_period = leaf, None
    elif leaf is not None and not above and base_period is None:
        period = leaf
    if base == "" and base_period is not None and period is not None and "§/§" in whole:
        base = "previous"
    sort = "difference" if _is_absolute(parts, put, words) else "compare"
    if words.has("words.other_base", base_text) and base != "plan":
        sort = "other"
    return Heading(
        parts,
        sort,
        base,
        period,
        base_period,
        same_period=words.has("words.same_period", base_text),
        year_before=words.has("words.previous", base_text),
        cumulative=words.has("words.cumulative", whole),
        percent=bool(_PERCENT.search(whole)),
        unit=unit if sort == "difference" else None,
        rest=rest,
    )


def _over_comparison(
    parts: tuple[str, ...], put: tuple[str, ...], words: Lexicon
) -> tuple[str, ...]:
    """Return the texts over the first comparing word: "Năm 2023" over "Đạt (%)"."""
    for index, part in enumerate(put):
        if words.has("words.compare", part):
            return parts[:index]
    return ()


def _says_compare(put: tuple[str, ...], words: Lexicon) -> bool:
    """Tell whether a year below compares ("So sánh (%)") rather than dates ("Tốc độ tăng")."""
    return any(
        words.has("words.compare", part)
        and not words.has("words.growth", part)
        and ("so sánh" in part or "so sanh" in part or "tỷ lệ" in part or "ty le" in part)
        for part in put
    )


def _is_bare(part: str, words: Lexicon) -> bool:
    put = words.put(_mask(part))
    return not any(words.has(f"words.{g}", put) for g in ("plan", "actual", "previous", "compare"))


def _split(
    parts: tuple[str, ...], put: tuple[str, ...], words: Lexicon
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts of what is compared, and of what it is compared with."""
    for index in range(len(put) - 1, -1, -1):
        text = squeeze(parts[index])
        ratio = _YEARS_RATIO.search(text)
        if ratio:
            cut = ratio.start(2)
            return (*parts[:index], text[:cut]), (text[cut:], *parts[index + 1 :])
        plain = words.put(text)
        if _is_ratio(put[index], words) or "§/§" in put[index]:
            cut = _ratio_mark(plain, put[index])
            return (*parts[:index], plain[:cut]), (plain[cut + 1 :], *parts[index + 1 :])
        marks = _with(plain, words)
        if marks:
            start, end = marks[-1][0], marks[-1][1]
            own = [mark for mark in marks if not _ENGLISH.match(mark[2])]
            if own and own[-1] != marks[-1]:  # the rest translates it: "Compared to 2021 (%)"
                plain, (start, end) = plain[:start], own[-1][:2]
            after = (plain[end:], *parts[index + 1 :])
            return (*parts[:index], plain[:start]), after
    # No word divides the two: the parts under the first comparing word say the base.
    for index, part in enumerate(put):
        if words.has("words.compare", part):
            below = parts[index + 1 :]
            named = any(_amount(words.put(_mask(one)), words) for one in below)
            dated = _says_compare(put[: index + 1], words) and any(map(find_periods, below))
            if named or dated:
                return parts[: index + 1], below
            return (), tuple(parts[index:])
    return (), parts


def _with(put: str, words: Lexicon) -> list[tuple[int, int, str]]:
    """Return the words that come before what is compared with; "so sánh" alone is none."""
    found = words.find("words.with", put)
    return [one for one in found if not re.match(r"\s*s[áa]nh", put[one[1] :])]


def _ratio_mark(plain: str, put: str) -> int:
    """Return where the slash of a ratio stands; slashes inside periods are passed over."""
    masked = without_periods(plain)
    for mark in ("/", ":"):
        at = masked.find(mark)
        if at >= 0:
            return at
    return max(plain.find("/"), 0)


def _base(base_text: str, words: Lexicon) -> str:
    """Return what a comparison is made with."""
    plans = _plans(base_text, words)
    before = words.find("words.previous", base_text)
    if plans and (not before or plans[0][0] < before[0][0]):
        return "plan"
    if before:
        return "previous"
    if words.find("words.actual", base_text):
        return "actual"
    return ""


def _is_absolute(parts: tuple[str, ...], put: tuple[str, ...], words: Lexicon) -> bool:
    leaf = put[-1]
    if _PERCENT.search(leaf) or "tương đối" in leaf or "tuong doi" in leaf:
        return False
    if words.has("words.absolute", leaf):
        return not words.has("words.share", leaf)
    if _PERCENT.search(" ".join(put)):
        return False
    if _PLUS_MINUS.search(" ".join(put)):
        return True
    found, own = _heading_unit(parts), _heading_unit(parts[-1:])
    if own is not None and own.id not in _RELATIVE_UNITS:
        return True  # "Tăng, giảm (con)"
    return found is not None and found.id.endswith("vnd")


def _period(parts: tuple[str, ...]) -> Mention | None:
    return joined([mention for part in parts for mention in find_periods(part)])


def default_measure(title: str, words: Lexicon) -> Measure | None:
    """Return the measure of columns that name none, from the title; None where it is silent."""
    put = words.put(title)
    plans, actuals = words.find("titles.plan", put), words.find("titles.actual", put)
    if plans and actuals:
        return "plan" if plans[0][0] < actuals[0][0] else "actual"
    return "plan" if plans else "actual" if actuals else None
