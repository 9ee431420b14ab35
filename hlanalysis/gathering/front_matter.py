"""What a document says about itself in its first lines: title, date, author, place, period.

Only suggestions for the sidecar: a person sees them before they are kept, and what is not plain
is left empty rather than guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hlanalysis.catalog import find_place
from hlanalysis.catalog import place as place_of
from hlanalysis.catalog.indicators import fold

HEAD = 3000  # characters: letterhead, title and the first paragraph
_FLAGS = re.IGNORECASE
_DATE_LINE = re.compile(
    r"^[^\n]{0,80}?\bngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})[\s.…]*"
    r"năm\s*(?P<year>20\d\d)\b",
    _FLAGS | re.MULTILINE,
)
_ATTACHED_DATE = re.compile(
    r"\((?:ban hành )?(?:kèm )?theo[^()\n]{0,80}?\bngày\s*(?P<day>\d{0,2})\s*[/-]\s*"
    r"(?P<month>\d{1,2})\s*[/-]\s*(?P<year>20\d\d)",
    _FLAGS,
)
_KINDS = "BÁO CÁO|THÔNG BÁO|NGHỊ QUYẾT|QUYẾT ĐỊNH|KẾ HOẠCH|TỜ TRÌNH"
_TITLE = re.compile(rf"^(?P<kind>(?:{_KINDS})\b[^\n\t]*)(?P<rest>(?:\n[^\n]+){{0,4}})", re.M)
_LETTERHEAD = re.compile(
    r"\s*(?:UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|CỘNG H|ĐỘC LẬP|PHÒNG|SỞ|CỤC|CHI CỤC|SỐ|BIỂU|PHỤ LỤC"
    r"|MẪU)\b"
)
_TABLE_STARTS = re.compile(r"^\s*(?:STT|TT|SỐ TT|ĐVT|ĐƠN VỊ(?: TÍNH)?)\b", _FLAGS | re.M)
_LEVELS = "tỉnh|thành phố|thị xã|huyện|quận|phường|xã|thị trấn"
_COMMITTEE = re.compile(
    rf"(?P<body>ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+(?P<level>{_LEVELS})\b(?P<after>[^\n]*)",
    _FLAGS,
)
_DATE_PLACE = re.compile(r"^[^\S\n]*(?P<name>[^\n,;]{2,40}),\s*ngày\b", re.M)
_NUMBER_DATE = re.compile(
    r"^[^\n,;]{2,40},\s*ngày\s*(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})\s*[/-]\s*(?P<year>20\d\d)\b",
    _FLAGS | re.M,
)
# Cells of a letterhead, and its motto, end a line though a Word table keeps them in one.
_COLUMN_END = re.compile(r"\t|(?<=hạnh phúc)[^\S\n]+", _FLAGS)
# What follows a committee's name and is no part of it: an office, the motto, the number ("Số:").
_OFFICES = frozenset("phòng ban văn sở chi cục hội cộng độc tổ đội số".split())
_NAMED_PLACE = re.compile(rf"\b(?P<level>{_LEVELS})(?=(?P<after>\s[^\n]*))", _FLAGS)
_ROMAN = re.compile(r"(?<=quý )(?:iv|i{1,3})\b")
_WORDS = re.compile(r"[^\W\d_]+")
_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"\b(\d{1,2}|sáu|chín) tháng(?: đầu)?(?: năm)?\s+(20\d\d)", _FLAGS),
        lambda found: f"{found.group(2)}-{_months(found.group(1))}M",
    ),
    (
        re.compile(r"\bqu[ýí]\s+(IV|III|II|I|[1-4])\s*(?:/|năm)\s*(20\d\d)", _FLAGS),
        lambda found: f"{found.group(2)}-Q{_quarter(found.group(1))}",
    ),
    (
        re.compile(r"\bgiai đoạn\s+(20\d\d)\s*[-–]\s*(20\d\d)", _FLAGS),
        lambda found: f"{found.group(1)}-{found.group(2)}",
    ),
    (
        re.compile(r"\btháng\s+(\d{1,2})\s*(?:/|năm)\s*(20\d\d)", _FLAGS),
        lambda found: f"{found.group(2)}-M{int(found.group(1)):02d}",
    ),
    (re.compile(r"\bnăm\s+(20\d\d)", _FLAGS), lambda found: found.group(1)),
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What was found; empty where nothing was.

    Attributes
    ----------
    title, producer : str
    date : str
        ISO date; day, or day and month, missing where the document leaves them blank.
    place : str
        Id of the catalogue.
    place_name : str
        The locality's name, also where the catalogue does not know it.
    period : str
        The period the title speaks of.
    """

    title: str = ""
    producer: str = ""
    date: str = ""
    place: str = ""
    place_name: str = ""
    period: str = ""


def read_front_matter(text: str, own: str = "") -> FrontMatter:
    r"""Find what the first lines of a document say about it.

    Parameters
    ----------
    text : str
        The document, or its first lines.
    own : str
        Id of the project's own place: taken where the letterhead names it beside a higher one.

    Examples
    --------
    >>> found = read_front_matter(
    ...     "UBND HUYỆN CAN LỘC\n\nCan Lộc, ngày 5 tháng 7 năm 2023\n\n"
    ...     "BÁO CÁO\nTình hình kinh tế - xã hội 6 tháng đầu năm 2023\n")
    >>> found.title
    'Báo cáo tình hình kinh tế - xã hội 6 tháng đầu năm 2023'
    >>> found.date, found.place, found.period, found.producer
    ('2023-07-05', 'can_loc', '2023-6M', 'UBND huyện Can Lộc')
    """
    head = text[:HEAD]
    title = _title(head)
    name, producer = _committee(head, title, place_of(own).vi if own else "")
    name = name or _place_in(title)
    place = find_place(name) if name else None
    return FrontMatter(
        title=title,
        producer=producer,
        date=_date(head),
        place=place or "",
        place_name=name,
        period=period_in(title) or period_in(head),
    )


def _title(head: str) -> str:
    """Return the heading and the lines that follow it up to a blank line."""
    found = _TITLE.search(head)
    if not found:
        return _capital_line(head)
    lines = [found.group("kind"), *found.group("rest").split("\n")]
    after = head[found.end() :].lstrip("\n").split("\n\n", 1)[0]
    if len(lines) == 2 and not lines[1]:
        lines += after.split("\n")[:3]
    kept = [line.strip() for line in lines if line.strip() and not line.strip().startswith("(")]
    return _sentence(" ".join(kept)).rstrip(" ;,:")[:300]


def _capital_line(head: str) -> str:
    """Return the first long line in capitals above the table that is no letterhead."""
    stop = _TABLE_STARTS.search(head)
    for line in head[: stop.start() if stop else None].split("\n"):
        if line.isupper() and len(_WORDS.findall(line)) >= 4 and not _LETTERHEAD.match(line):
            return _ROMAN.sub(lambda found: found.group().upper(), line.strip().capitalize())[:300]
    return ""


def _sentence(text: str) -> str:
    """Return "BÁO CÁO Tình hình" as "Báo cáo tình hình"; a title all in capitals is lowered too."""
    words = text.split()
    raised = [word for word in words if word.isupper() and len(word) > 1]
    if len(raised) > 0.7 * len(words):
        return text.capitalize()
    count = 0
    while count < len(words) and words[count].isupper():
        count += 1
    if not count or count == len(words):
        return text
    first = words[count]
    if len(first) > 1 and first[1:].islower() and not first.isupper():
        words[count] = first[0].lower() + first[1:]
    return " ".join([" ".join(words[:count]).capitalize(), *words[count:]])


def _committee(head: str, title: str, own: str) -> tuple[str, str]:
    """Return the locality's name and its committee: the project's own, else the first named."""
    named = list(_committees(head))
    first, producer = named[0] if named else ("", "")
    if not own or (first and _rank(first) > _rank(own)):
        return first, producer
    for name, committee in named:
        if _same(name, own):
            return own, committee
    heading = _TITLE.search(head) or _TABLE_STARTS.search(head)
    letterhead = f" {fold(head[: heading.start() if heading else None])} {fold(title)} "
    higher = not first or _rank(first) < _rank(own)
    return (own, producer) if higher and f" {fold(own)} " in letterhead else (first, producer)


def _committees(head: str) -> Iterator[tuple[str, str]]:
    """Yield every locality whose committee is named, with the committee.

    A letterhead may name the level only ("Ủy ban nhân dân thị xã"); the date line then says which.
    """
    dated = _DATE_PLACE.search(_COLUMN_END.sub("\n", head))
    # A letterhead of two columns: the left one alone names the committee on lines of its own.
    left = "\n".join(line.split("\t", 1)[0] for line in head.split("\n"))
    for found in _COMMITTEE.finditer(_joined_letterhead(left)):
        level = found.group("level").lower()
        name = _proper(found.group("after"), level) or (
            _proper(" " + dated.group("name"), level) if dated else ""
        )
        if name:
            body = "UBND" if found.group("body").upper() == "UBND" else "Ủy ban nhân dân"
            yield f"{level} {name}", f"{body} {level} {name}"


_RANKS = {"tỉnh": 0, "phường": 2, "xã": 2, "thị trấn": 2}


def _rank(name: str) -> int:
    """Return how far down a locality stands, by the level that its name begins with."""
    return next((rank for word, rank in _RANKS.items() if name.startswith(word + " ")), 1)


def _same(one: str, other: str) -> bool:
    """Tell whether two names are one, whatever their case and their form of Unicode."""
    shown = (unicodedata.normalize("NFC", name).casefold() for name in (one, other))
    return next(shown) == next(shown)


def _place_in(title: str) -> str:
    """Return the locality that a title names."""
    for found in _NAMED_PLACE.finditer(title):
        level = found.group("level").lower()
        name = _proper(found.group("after"), level)
        if name:
            return f"{level} {name}"
    return ""


def _proper(after: str, level: str) -> str:
    """Return the proper name that a text begins with: the longest the catalogue knows, else all."""
    words: list[str] = []
    for match in re.finditer(r"[ -]+([^\W\d_]+(?:['’][^\W\d_]+)*)|(.)", after):
        word = match.group(1)
        if word is None or not word[0].isupper() or len(words) == 4:
            break
        if " ".join(words)[1:].isupper() and not word.isupper():
            break
        if words and _begins_an_office(word, after[match.end() :]):
            break
        words.append(word)
    if words and all(word.isupper() for word in words):
        words = [word.capitalize() for word in words]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        known = find_place(f"{level} {name}")
        if known and fold(place_of(known).vi) == fold(f"{level} {name}"):
            return name
    return " ".join(words)


def _begins_an_office(word: str, rest: str) -> bool:
    """Tell whether a word begins an office or a motto, and is no part of a proper name.

    "TRUNG" alone ends many names (Hà Trung, Quang Trung); "TRUNG TÂM" is an office.
    """
    if word.casefold() == "trung":
        return rest.lstrip(" -").casefold().startswith("tâm")
    return word.casefold() in _OFFICES


def _joined_letterhead(head: str) -> str:
    """Put "ỦY BAN NHÂN DÂN" and the "HUYỆN ..." below it on one line."""
    return re.sub(r"(?i)(nhân dân|ubnd)[ \t]*\n+[ \t]*(?=(?:" + _LEVELS + r")\s)", r"\1 ", head)


def _date(head: str) -> str:
    lines = _COLUMN_END.sub("\n", head)
    found = _DATE_LINE.search(lines) or _NUMBER_DATE.search(lines) or _ATTACHED_DATE.search(head)
    if not found:
        return ""
    year, month, day = found.group("year", "month", "day")
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def period_in(text: str) -> str:
    """Return the first period named: "6 tháng đầu năm 2023" begins before its "năm 2023"."""
    found = [
        (match.start(), rank, make(match))
        for rank, (pattern, make) in enumerate(_PERIODS)
        if (match := pattern.search(text))
    ]
    return min(found)[2] if found else ""


def _months(text: str) -> int:
    return {"sáu": 6, "chín": 9}.get(text.lower()) or int(text)


def _quarter(text: str) -> int:
    return {"I": 1, "II": 2, "III": 3, "IV": 4}.get(text.upper()) or int(text)
