"""Exhibits of every form, in both languages, for the tests of charts, slides and workbooks."""

# One sample a paragraph reads better than one argument a line.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import (
    Band,
    Bars,
    Cell,
    Form,
    Grid,
    Group,
    Groups,
    Intervals,
    Lines,
    LineSeries,
    Mark,
    Part,
    Shares,
    Slope,
    SlopeLine,
    Stacked,
    Strip,
    Swing,
    Tile,
    Tiles,
    Tornado,
    Waterfall,
)
from hlanalysis.numbers import Lang

PLACES = (
    "Thành phố Hà Tĩnh", "Thị xã Kỳ Anh", "Thị xã Hồng Lĩnh", "Huyện Nghi Xuân", "Huyện Đức Thọ",
    "Huyện Hương Sơn", "Huyện Vũ Quang", "Huyện Can Lộc", "Huyện Lộc Hà", "Huyện Thạch Hà",
    "Huyện Hương Khê", "Huyện Cẩm Xuyên", "Huyện Kỳ Anh",
)  # fmt: skip


def samples(lang: Lang) -> dict[str, Exhibit]:
    """One exhibit of every form."""
    vi = lang == "vi"

    def of(name: str, finding: tuple[str, str], subtitle: tuple[str, str], chart: Form,
           note: tuple[str, str] = ("", "")) -> Exhibit:  # fmt: skip
        here = 0 if vi else 1
        return Exhibit(
            id=name, lang=lang, finding=finding[here], subtitle=subtitle[here], chart=chart,
            source="UBND thị xã Hồng Lĩnh, Báo cáo kiểm điểm năm 2024 (17/12/2024); "
            "Báo Hà Tĩnh, 11/01/2024",
            note=note[here], script="Thu ngân sách đạt 222,044 tỷ đồng.",
        )  # fmt: skip

    plan, outturn = ("Kế hoạch", "Thực hiện") if vi else ("Plan", "Outturn")
    made = [
        of(
            "bars",
            ("Thu ngân sách vượt kế hoạch 77,64% mà vẫn giảm ít nhất 26% so với năm 2023",
             "Revenue beat its plan by 77.64% and still fell by at least 26% from 2023"),
            ("Tỷ đồng, 2023-2024", "Billion VND, 2023-2024"),
            Bars(
                (
                    Mark("Kế hoạch 2023" if vi else "Plan 2023", Decimal("192.5"), "plan"),
                    Mark("Thực hiện 2023" if vi else "Outturn 2023", Decimal("301"), bound="over"),
                    Mark("Kế hoạch 2024" if vi else "Plan 2024", Decimal("125"), "plan", inferred=True),
                    Mark("Thực hiện 2024" if vi else "Outturn 2024", Decimal("222.044")),
                    Mark("Ước 2025" if vi else "Estimate 2025", Decimal("240"), estimate=True),
                    Mark("Kịch bản cao 2026" if vi else "High scenario 2026", Decimal("310"), "scenario"),
                ),
                "bn_vnd",
            ),
            ("Giả định: dự toán 2023 và 2024 cùng phạm vi thu.",
             "Assumes that the plans of 2023 and 2024 cover the same revenue."),
        ),
        of(
            "upright",
            ("Vốn đầu tư thấp hơn kế hoạch 310 tỷ đồng", "Investment fell 310 billion VND short"),
            ("Tỷ đồng", "Billion VND"),
            Bars(
                (
                    *(Mark(str(year), 900 + 43 * (year - 2016) * (-1) ** (year % 3 == 0))
                      for year in range(2016, 2024)),
                    Mark("2024", Decimal("1290")),
                ),
                "bn_vnd", horizontal=False, reference=Mark(plan, Decimal("1600"), "plan", inferred=True),
            ),
        ),
        of(
            "signed",
            ("Bảy địa phương giảm thu", "Revenue fell in seven localities"),
            ("% so với năm trước", "% against the year before"),
            Bars(
                tuple(Mark(place, Decimal(index * 37 % 23 - 12), "surplus" if index * 37 % 23 > 12
                           else "shortfall") for index, place in enumerate(PLACES)),
                "percent", signed=True, reference=Mark("Cả tỉnh" if vi else "Province", Decimal("4.2"),
                                                       "plan"),
            ),
        ),
        of(
            "groups",
            ("Ba năm liền thu vượt kế hoạch", "Revenue beat its plan three years running"),
            ("Tỷ đồng", "Billion VND"),
            Groups(
                tuple(
                    Group(str(year), (Mark(plan, value * Fraction(4, 5), "plan"),
                                      Mark(outturn, value, estimate=year == 2024)))
                    for year, value in ((2022, 250), (2023, 301), (2024, 222))
                ),
                "bn_vnd",
            ),
        ),
        of(
            "lines",
            ("Thu 2024 thấp hơn 2023 ở mọi thời điểm", "Revenue in 2024 stayed below 2023"),
            ("Tỷ đồng, lũy kế", "Billion VND, cumulative"),
            Lines(
                (
                    LineSeries(outturn, tuple(
                        Mark(str(y), v, estimate=y == 2025, bound="over" if y == 2023 else None)
                        for y, v in ((2018, 150), (2019, 180), (2020, None), (2021, 210),
                                     (2022, 250), (2023, 301), (2024, 222), (2025, 240)))),
                    LineSeries(plan, tuple(
                        Mark(str(y), v, "plan") for y, v in ((2021, 170), (2022, 190),
                                                             (2023, 192.5), (2024, 125))), "plan"),
                ),
                "bn_vnd",
            ),
        ),
        of(
            "fan",
            ("Khoảng 8 trên 10 lần mô phỏng, thu 2030 nằm giữa 290 và 420 tỷ đồng",
             "In about 8 of 10 simulated paths revenue in 2030 lies between 290 and 420"),
            ("Tỷ đồng; nếu các giả định đúng", "Billion VND; if these assumptions hold"),
            Lines(
                (
                    LineSeries(outturn, (Mark("2022", 250), Mark("2023", 301), Mark("2024", 222))),
                    LineSeries("Cơ sở" if vi else "Baseline", tuple(
                        Mark(str(2024 + i), 222 + 14 * i, "plan") for i in range(7)), "plan"),
                    LineSeries("Trung vị" if vi else "Median", tuple(
                        Mark(str(2024 + i), 222 + 21 * i, "scenario") for i in range(7)),
                        "scenario"),
                ),
                "bn_vnd",
                bands=(
                    Band("8 trên 10 lần mô phỏng" if vi else "8 of 10 simulated paths", tuple(
                        Mark(str(2024 + i), None, low=222 + 11 * i, high=222 + 33 * i)
                        for i in range(7))),
                    Band("5 trên 10 lần" if vi else "5 of 10 paths", tuple(
                        Mark(str(2024 + i), None, low=222 + 16 * i, high=222 + 27 * i)
                        for i in range(7))),
                ),
                reference=Mark("Mục tiêu" if vi else "Target", 400, "plan"),
            ),
        ),
        of(
            "stacked",
            ("Tiền sử dụng đất chiếm hơn nửa số thu", "Land sales are more than half of revenue"),
            ("Tỷ đồng", "Billion VND"),
            Stacked(
                tuple(
                    Part(name, tuple(Mark(str(2020 + i), Decimal(base + step * i)) for i in range(5)))
                    for name, base, step in (
                        ("Tiền sử dụng đất" if vi else "Land use fees", 90, 20),
                        ("Thuế ngoài quốc doanh" if vi else "Private-sector taxes", 60, 5),
                        ("Lệ phí trước bạ" if vi else "Registration fees", 25, 2),
                        ("Khác" if vi else "Other", 4, 1),
                    )
                ),
                "bn_vnd",
            ),
        ),
        of(
            "waterfall",
            ("Từ hơn 301 xuống 222 tỷ đồng: tiền đất giảm 95 tỷ",
             "From over 301 to 222 billion: land fees fell by 95"),
            ("Tỷ đồng, 2023 đến 2024", "Billion VND, 2023 to 2024"),
            Waterfall(
                Mark("Thực hiện 2023" if vi else "Outturn 2023", Decimal("301"), bound="over"),
                (
                    Mark("Tiền sử dụng đất" if vi else "Land use fees", Decimal("-95.5")),
                    Mark("Thuế ngoài quốc doanh" if vi else "Private-sector taxes", Decimal("12.3")),
                    Mark("Lệ phí trước bạ" if vi else "Registration fees", Decimal("4.2")),
                    Mark("Khác" if vi else "Other", Decimal("0.044")),
                ),
                Mark("Thực hiện 2024" if vi else "Outturn 2024", Decimal("222.044")),
                "bn_vnd",
            ),
        ),
        of(
            "slope",
            ("Hồng Lĩnh tụt từ thứ 5 xuống thứ 8", "Hồng Lĩnh fell from fifth to eighth"),
            ("Tỷ đồng", "Billion VND"),
            Slope(
                "2023", "2024",
                tuple(
                    SlopeLine(place, Mark("", Decimal(120 + 31 * i % 190)),
                              Mark("", Decimal(90 + 53 * i % 210)),
                              "outturn" if "Hồng" in place else "muted")
                    for i, place in enumerate(PLACES)
                ),
                "bn_vnd",
            ),
        ),
        of(
            "intervals",
            ("Số 77,64% ứng với kế hoạch 125 tỷ đồng", "77.64% implies a plan of 125 billion VND"),
            ("Tỷ đồng; theo từng cách làm tròn", "Billion VND; by rounding rule"),
            Intervals(
                (
                    Mark("Làm tròn nửa lên" if vi else "Rounded half up", Decimal("125"), "plan",
                         low=Decimal("124.99282"), high=Decimal("125.00042"), low_open=True, high_open=True,
                         inferred=True),
                    Mark("Cắt bỏ (bị loại)" if vi else "Truncated (ruled out)", None, "muted",
                         low=Decimal("124.98986"), high=Decimal("124.99690"), high_open=True),
                ),
                "bn_vnd",
            ),
        ),
        of(
            "shares",
            ("Tờ trình và báo cáo chiếm ba phần tư số văn bản", "Two kinds make three quarters"),
            ("Văn bản, 2024", "Documents, 2024"),
            Shares(
                (
                    Mark("Quyết định" if vi else "Decisions", 2774),
                    Mark("Tờ trình" if vi else "Proposals", 300),
                    Mark("Kế hoạch" if vi else "Plans", 159),
                    Mark("Công văn" if vi else "Letters", 3002),
                    Mark("Giấy mời" if vi else "Invitations", 1204),
                ),
                "documents", total=Mark("Tổng số" if vi else "Total", 7439),
            ),
        ),
        of(
            "tiles",
            ("14 trên 17 chỉ tiêu đạt; tiêu chí đô thị đứng yên ở 55/63",
             "14 of 17 targets met; urban criteria stand still at 55 of 63"),
            ("Số đạt trên tổng số", "Met of all"),
            Tiles(
                (
                    Tile("Chỉ tiêu" if vi else "Targets", 14, 17),
                    Tile("Nhiệm vụ" if vi else "Tasks", 50, 51),
                    Tile("Phường, xã" if vi else "Wards", 5, 5, "surplus"),
                    Tile("Tiêu chí đô thị loại III" if vi else "Class-III criteria", 55, 63,
                         "shortfall"),
                ),
            ),
        ),
        of(
            "grid",
            ("Chỉ năm 2024 có đủ số liệu", "Only 2024 is complete"),
            ("Chỉ tiêu theo năm", "Indicators by year"),
            Grid(
                ("Thu ngân sách", "Vốn đầu tư", "Giá trị sản xuất", "Việc làm mới"),
                ("2021", "2022", "2023", "2024"),
                tuple(
                    Cell(row, column, state)
                    for row, states in (
                        ("Thu ngân sách", ("plan", "estimate", "bound", "reported")),
                        ("Vốn đầu tư", ("missing", "inferred", "inferred", "reported")),
                        ("Giá trị sản xuất", ("missing", "missing", "disputed", "reported")),
                    )
                    for column, state in zip(("2021", "2022", "2023", "2024"), states, strict=True)
                ),
            ),
        ),
        of(
            "tornado",
            ("Đấu giá đất làm thu 2030 xê dịch nhiều nhất", "Land auctions move 2030 most"),
            ("Tỷ đồng, thu 2030", "Billion VND, revenue in 2030"),
            Tornado(
                Mark("Cơ sở" if vi else "Baseline", Decimal("312.4"), "plan"),
                (
                    Swing("Tăng thu thường xuyên" if vi else "Growth", 290, 335, "8%", "12%"),
                    Swing("Đấu giá đất" if vi else "Land auctions", 250, 372, "0", "180"),
                    Swing("ICOR", 320.5, 306, "4,1", "5,5"),
                ),
                "bn_vnd",
            ),
        ),
        of(
            "strip",
            ("Hồng Lĩnh đứng thứ 5 trong 13 địa phương", "Hồng Lĩnh ranks fifth of thirteen"),
            ("% so với kế hoạch", "% of plan"),
            Strip(
                tuple(Mark(place, Decimal(80 + 37 * i % 61), "outturn" if i in (0, 2, 6) else "muted")
                      for i, place in enumerate(PLACES)),
                "percent", reference=Mark("Cả tỉnh" if vi else "Province", Decimal("104.5"), "plan"),
            ),
        ),
    ]  # fmt: skip
    return {exhibit.id: exhibit for exhibit in made}
