"""What each metric is called, what it takes, what it returns and who defined it.

A formula is a plain function; `metric` puts a card beside it and changes nothing else. The cards
feed explanations, the table of docs/metrics.md and the tests that hold all of them complete.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from hlanalysis.numbers import Lang

Kind = Literal["level", "rate", "number", "people", "area"]
Result = Literal["rate", "points", "level", "ratio", "index", "years", "logs", "per", "letter"]
Periods = Literal["", "same", "same_months", "same_year"]
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Source:
    """A document that defines a metric.

    Attributes
    ----------
    title, address : str
    en : str
        The title in English, where it is not the name of a document.
    checked : bool
        Whether the text was seen; a source that was not is printed "to be checked".
    """

    title: str
    address: str = ""
    checked: bool = True
    en: str = ""

    def write(self, lang: Lang) -> str:
        """Return the line a reader sees."""
        doubt = {"vi": " (cần đối chiếu văn bản gốc)", "en": " (to be checked)"}[lang]
        address = f", {self.address}" if self.address else ""
        title = self.en if lang == "en" and self.en else self.title
        return f"{title}{address}{'' if self.checked else doubt}"


SOURCES: Mapping[str, Source] = {
    "practice": Source(
        "Cách tính thông dụng trong báo cáo kinh tế - xã hội",
        en="Practice of the reports on the economy and society",
    ),
    "own": Source(
        "Cách tính của hlanalysis, nêu trong tài liệu của hàm",
        en="Method of hlanalysis, set out in the function's documentation",
    ),
    "standard": Source("Công thức thống kê kinh tế phổ biến", en="Standard economic statistics"),
    "decision_05_2023": Source(
        "Quyết định 05/2023/QĐ-TTg ngày 24/02/2023, hệ thống chỉ tiêu thống kê cấp tỉnh, huyện, xã"
        " (phần cấp huyện hết tác dụng từ 1/7/2025, văn bản thay thế cần đối chiếu)",
        "stp.hanam.gov.vn/Pages/quyet-dinh-so-052023qd-ttg-quy-dinh-he-thong-chi-tieu-thong-ke-"
        "cap-tinh-cap-huyen-cap-xa.aspx",
    ),
    "gdp_growth": Source(
        "Nội dung chỉ tiêu thống kê quốc gia «Tốc độ tăng tổng sản phẩm trong nước»",
        "truyenhinhcapsongthu.net/top/htcttkqg-toc-do-tang-tong-san-pham-trong-nuoc",
    ),
    "statistics_law": Source(
        "Luật Thống kê 2015, sửa đổi bởi Luật 01/2021/QH15; Nghị định 94/2022/NĐ-CP", "", False
    ),
    "icor": Source(
        "Từ điển thống kê, «Hiệu quả sử dụng vốn đầu tư (ICOR)»",
        "vienthongke.vn/tudienthongke/thu-vien-thong-ke/hieu-qua-su-dung-von-dau-tu-icor",
    ),
    "investment": Source(
        "Tổng cục Thống kê, dữ liệu đặc tả «Đầu tư và xây dựng»",
        "gso.gov.vn/du-lieu-dac-ta/2019/03/dau-tu-va-xay-dung-2",
    ),
    "pefa_31": Source("PEFA 2016, PI-3.1 Aggregate revenue outturn", "pefa.org/node/4770"),
    "pefa_32": Source("PEFA 2016, PI-3.2 Revenue composition outturn", "pefa.org/node/4771"),
    "budget_law": Source(
        "Luật Ngân sách nhà nước 2015, Nghị định 31/2017, Thông tư 342/2016, 343/2016 và 61/2017",
        "",
        False,
    ),
    "investment_payment": Source("Nghị định 99/2021/NĐ-CP về thanh toán vốn đầu tư", "", False),
    "ward_plan": Source(
        "Cổng thông tin thị xã Hồng Lĩnh 22/4/2025, phương án sắp xếp (bản lấy ý kiến)",
        "honglinh.hatinh.gov.vn/portal/pages/2025-04-22",
    ),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One argument of a formula.

    Attributes
    ----------
    symbol : str
        As it stands in the printed formula (``P_0``).
    vi, en : str
    kind : {"level", "rate", "number", "people", "area"}
        Levels of one formula must share a dimension; rates are turned into fractions; a number
        has no unit (months, years).
    many : bool
        A sequence of such values, one a part or a year.
    plan : bool
        A planned figure: it has a plan level and no vintage.
    """

    symbol: str
    vi: str
    en: str
    kind: Kind = "level"
    many: bool = False
    plan: bool = False

    def name(self, lang: Lang) -> str:
        """Return the gloss a reader sees."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Card:
    """All that is known about a metric besides its arithmetic.

    Attributes
    ----------
    function : callable
    vi, en : str
    inputs : mapping of str to Input
        In the order of the arguments.
    result : str
        What comes out: a rate (fraction), points (difference of rates), a level in the unit of the
        inputs, a ratio, an index from 0 to 1, years, log points, one level per other (per), or a
        letter.
    sources : tuple of str
        Keys of `SOURCES`.
    places : int
        Decimals a reader sees, in percent where the result is a rate.
    signed : bool
        Whether a plus sign is part of the meaning.
    same : tuple of str
        Tags that must agree between the inputs.
    periods : {"", "same", "same_months", "same_year"}
        How the periods of the inputs must fit together.
    not_for : mapping of str to str
        Kinds of argument that it cannot take, with the reason.
    """

    function: Callable[..., Any]
    vi: str
    en: str
    inputs: Mapping[str, Input]
    result: Result
    sources: tuple[str, ...]
    places: int
    signed: bool = False
    same: tuple[str, ...] = ()
    periods: Periods = ""
    not_for: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the function."""
        return self.function.__name__

    def title(self, lang: Lang) -> str:
        """Return the name a reader sees."""
        return self.vi if lang == "vi" else self.en


ALIKE = ("place", "territory", "scope", "price_basis", "vintage", "plan_level")
"""Tags that agree by default between the inputs of a metric."""
_PLACES: Mapping[str, int] = {
    "rate": 1,
    "points": 2,
    "level": 1,
    "ratio": 2,
    "index": 4,
    "years": 1,
    "logs": 4,
    "per": 1,
    "letter": 0,
}
CARDS: dict[str, Card] = {}


def metric(
    *,
    vi: str,
    en: str,
    inputs: Mapping[str, Input],
    result: Result,
    sources: tuple[str, ...],
    places: int | None = None,
    signed: bool = False,
    same: tuple[str, ...] = ALIKE,
    periods: Periods = "",
    not_for: Mapping[str, str] | None = None,
) -> Callable[[Function], Function]:
    """Put a card beside a formula; the function itself stays as it is."""

    def record(function: Function) -> Function:
        CARDS[function.__name__] = Card(
            function,
            vi,
            en,
            inputs,
            result,
            sources,
            _PLACES[result] if places is None else places,
            signed,
            same,
            periods,
            not_for or {},
        )
        return function

    return record


def card_of(function: Callable[..., Any]) -> Card:
    """Return the card of a metric.

    Raises
    ------
    KeyError
        If the function is no metric.
    """
    name = getattr(function, "__name__", repr(function))
    found = CARDS.get(name)
    if found is None or found.function is not function:
        raise KeyError(f"{name} is no metric; hlanalysis.metrics.metrics() lists them all")
    return found
