"""Forms of real reports, one rule each, beside the forms that a rule must leave alone."""

from __future__ import annotations

import pytest

from hlanalysis.reading.folding import has_lost_letters
from hlanalysis.reading.prose import read_prose
from hlanalysis.reading.statements import Statement


def read(text: str, period: str = "2024") -> list[Statement]:
    return read_prose(text, doc_year=int(period[:4]), doc_period=period).statements


def last(text: str, period: str = "2024") -> Statement:
    return read(text, period)[-1]


LOST = (
    "Năm 2023, toàn tnh thu ngân sách 815,3 t đng, đạt 104% dự toán, chi đu tư phát triển 96 t "
    "đồng, giảm 3,1% so với đu năm; số doanh nghip hoạt động là 212 doanh nghip; huyn còn 31 h."
)


def test_text_that_lost_only_some_letters_keeps_its_units_and_bases():
    assert has_lost_letters(LOST)
    said = [(one.kind, float(one.value), one.unit, one.base) for one in read(LOST)]
    assert said[:5] == [
        ("level", 815.3, "bn_vnd", None),
        ("plan_attainment", 104, "percent", "plan"),
        ("level", 96, "bn_vnd", None),
        ("growth", -3.1, "percent", "start_of_year"),
        ("level", 212, "count", None),
    ]
    assert said[-1] == ("level", 31, "households", None)


def test_sound_text_with_short_words_has_lost_nothing():
    assert not has_lost_letters(
        "Đường dài 12 km, rộng 5 m; kinh phí 45 trđ, đ/c Bí thư huyện uỷ chỉ đạo; vốn kh 3 tỷ đ."
    )


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("Thu phí 2. 417,6 triệu đồng.", "2. 417,6", 2417.6),
        ("Trồng 31 .250,5 ha rừng.", "31 .250,5", 31250.5),
        ("Tổng vốn 3.6 05 tỷ đồng.", "3.6 05", 3605),
    ],
)
def test_numbers_that_a_space_cut_are_one(text, written, value):
    one = last(text)
    assert (one.written, float(one.value)) == (written, value)


def test_numbers_side_by_side_are_not_joined():
    assert [float(one.value) for one in read("Năm 2024 có 3 xã. 120 hộ thoát nghèo.")] == [3, 120]
    unread = read_prose("Tỷ lệ đạt 8 4,5% tổng số.", doc_year=2024).unread
    assert [one.written for one in unread] == ["8 4,5"]


def test_a_year_before_a_full_stop_opens_no_list():
    one = last("Thu phí 18 tỷ đồng, bằng 96,4% so với năm\n2021. Chi được kiểm soát.")
    assert (one.kind, one.base) == ("index", "year:2021")


@pytest.mark.parametrize(
    ("text", "kind", "base"),
    [
        ("Lúa 812 ha, bằng 95,1% so với vụ Hè Thu trước.", "index", "same_period_last_year"),
        ("Lúa 812 ha, bằng 95,1% vụ Mùa năm trước.", "index", "same_period_last_year"),
        ("Lúa 812 ha, tăng 3,2% so với vụ Thu Đông 2023.", "growth", "same_period_last_year"),
        ("Chi 32 tỷ đồng, tăng 4% so với ước thực hiện năm 2023.", "growth", "year:2023"),
        ("Giá vàng tăng 1,9% so với tháng 12/2023.", "growth", "year:2023"),
        ("Giá vàng tăng 1,9% so với tháng 5/2024.", "growth", "previous_month"),
    ],
)
def test_bases_of_seasons_estimates_and_december(text, kind, base):
    one = last(text, "2024-6M")
    assert (one.kind, one.base) == (kind, base)


def test_prices_rise_though_gia_tang_is_a_word_of_its_own():
    assert last("Giá điện tăng 5% so với năm trước.").kind == "growth"
    assert last("Tình trạng gia tăng 5 hộ.").kind == "level"


LIST = "Giá trị tăng thêm 512 tỷ đồng, tăng 6% so với năm 2022, đạt 98% kế hoạch.{head}\n"


@pytest.mark.parametrize("head", [" Chia ra:", " Phân theo khu vực:"])
def test_lines_of_a_breakdown_take_the_bases_of_their_total(head):
    text = LIST.format(head=head) + "- Khu vực I 112 tỷ đồng, tăng 2%.\n- Khu vực II 400 tỷ đồng."
    level, change = read(text)[3:5]
    assert (level.part_of, change.base, change.base_inherited) == (0, "year:2022", True)
    assert read(text)[-1].part_of == 0


def test_lines_under_another_heading_take_no_bases():
    text = LIST.format(head=" Một số khó khăn:") + "- Nợ đọng 12 tỷ đồng, tăng 2%."
    level, change = read(text)[3:5]
    assert (level.part_of, change.base) == (None, None)


def test_a_plan_named_before_the_amount_holds_for_its_parts():
    text = (
        "So với kế hoạch thì đạt 61%, tương ứng 45,2 tỷ đồng. Trong đó: vốn tỉnh 30 tỷ đồng "
        "(70,1%), vốn xã 15,2 tỷ đồng (48,5%)."
    )
    assert [one.kind for one in read(text)] == [
        "plan_attainment",
        "level",
        "level",
        "plan_attainment",
        "level",
        "plan_attainment",
    ]


def test_a_part_over_its_plan_is_no_share():
    text = (
        "Kế hoạch vốn được giao 200 tỷ đồng, gồm vốn tỉnh 120 tỷ đồng và vốn xã 80 tỷ đồng. Đã "
        "giải ngân 90 tỷ đồng, đạt 45% kế hoạch; trong đó vốn tỉnh 60 tỷ đồng, đạt 50%."
    )
    assert last(text).kind == "plan_attainment"


@pytest.mark.parametrize(
    "text",
    [
        "Mô hình được nhân rộng tại 85% số thôn.",
        "Mạng 5G phủ sóng 64% khu dân cư.",
        "Khám sức khỏe cho 97% người cao tuổi.",
        "Toàn bộ 40 xã có chợ; 91,5% văn bản được ký số.",
    ],
)
def test_a_percent_of_a_group_that_is_reached_is_a_share(text):
    assert (last(text).kind, last(text).rule) == ("share", "percent_of_group")


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ bao phủ bảo hiểm y tế đạt 93,2% dân số.",
        "Tỷ lệ che phủ rừng là 47%.",
    ],
)
def test_a_named_rate_stays_a_level(text):
    assert last(text).kind == "level"


def test_average_growth_of_two_in_order():
    text = "Chăn nuôi và trồng trọt giảm bình quân lần lượt 1,2% và 2%."
    kinds = [one.kind for one in read(text)]
    assert kinds == ["average_growth", "average_growth"]
    assert last("Thu nhập bình quân đầu người và dân số tăng 5%.").kind == "growth"


def test_years_in_order_each_have_their_figure():
    said = read("Thu phí các năm 2021, 2022 và 2023 lần lượt là 5,1, 5,4 và 6,2 tỷ đồng.")
    assert [(one.period, float(one.value)) for one in said] == [
        ("2021", 5.1),
        ("2022", 5.4),
        ("2023", 6.2),
    ]
    assert said[0].unit == "bn_vnd" and said[0].indicator_phrase == "Thu phí"


def test_two_percents_share_two_bases():
    said = read("Thu phí 30 tỷ đồng, bằng 96,1% và 104,2% so với dự toán và cùng kỳ.")
    assert [(one.kind, one.base, one.of) for one in said[1:]] == [
        ("plan_attainment", "plan", 0),
        ("index", "same_period_last_year", 0),
    ]


def test_plan_and_result_after_colons():
    plan, done, reached = read("Trồng rừng: KH: 150 ha; TH: 96 ha; đạt 64%.")
    assert (plan.status, done.status, reached.kind) == ("target", "actual", "plan_attainment")


def test_footnote_marks_part_nothing():
    one = last("Thu hút đầu tư đạt 112,5%3 kế hoạch.")
    assert (one.kind, one.base) == ("plan_attainment", "plan")
    assert (last("Đào tạo 1.240² lao động.").unit, last("Xây 40 m² nhà.").unit) == ("persons", "m2")


def test_numbers_that_are_called_and_numbers_counted_per():
    assert read("Trực cấp cứu 115 và cảnh sát 114.") == []
    assert [float(one.value) for one in read("Có 4,5 xe/100 hộ dân.")] == [4.5]
    assert last("Hỗ trợ trên 100 hộ nghèo.").modifier == "over"


@pytest.mark.parametrize(
    "text",
    [
        "Số vụ tai nạn 18/25, giảm 7 vụ.",
        "Trong đó 06 công trình giải ngân dưới 40%.",
    ],
)
def test_what_may_be_no_result_is_listed_as_unread(text):
    assert len(read_prose(text, doc_year=2024).unread) == 1


def test_a_heading_that_looks_ahead_sets_period_and_status():
    text = "II. Phương hướng, nhiệm vụ năm 2025\n- Thu 52 tỷ đồng.\n- Năm 2024 thu 48 tỷ đồng."
    assert [(one.period, one.status) for one in read(text)] == [
        ("2025", "target"),
        ("2024", "actual"),
    ]
    assert last("Định hướng năm 2025: trồng 30 ha rừng.").status == "target"


def test_the_title_of_a_report_sets_no_aims():
    text = "Kết quả năm 2024\nphương hướng, nhiệm vụ năm 2025\n\nThu 52 tỷ đồng."
    assert (last(text).period, last(text).status) == ("2024", "actual")


def test_estimates_carry_on():
    said = read("Doanh thu tháng 8 ước 12 tỷ đồng, 8 tháng 96 tỷ đồng.", "2024-8M")
    assert [one.status for one in said] == ["estimate", "estimate"]
    said = read("Ước cả năm, thu 96 tỷ đồng; chi đạt 80 tỷ đồng. Nợ 3 tỷ đồng.")
    assert [one.status for one in said] == ["estimate", "estimate", "actual"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Tổng thu phí trên địa bàn 9 tháng đạt 12,7 tỷ đồng.", "Tổng thu phí trên địa bàn"),
        (
            "Có 8/9 nhiệm vụ, nhóm nhiệm vụ đạt và vượt tiến độ.",
            "nhiệm vụ, nhóm nhiệm vụ đạt và vượt tiến độ",
        ),
        ("Có 4 phường đạt chuẩn, 2 xã được khen.", "xã được khen"),
        ("Có 4 phường đạt chuẩn.", "phường đạt chuẩn"),
    ],
)
def test_phrases_name_the_whole_indicator(text, phrase):
    assert last(text).indicator_phrase == phrase


def test_value_added_is_a_name_and_no_change():
    assert last("Giá trị tăng thêm 512 tỷ đồng.").kind == "level"
    assert last("Thu phí 30 tỷ đồng, tăng thêm 2 tỷ đồng so với cùng kỳ.").kind == "growth"


def test_small_letters_with_marks_make_no_proper_name():
    assert last("Mỗi thôn đạt 3 tiêu chuẩn; hộ được 2 tổ giúp.").value == 2
    assert read("Nâng cấp cầu Suối Đá 2 xong.") == []


def test_note_marks_typed_in_brackets_behind_a_word_are_no_figures():
    read_ = read("Doanh thu đạt 52,4 tỷ đồng(2); có 18 trường[3], 21 tổ (4) và 3 chỉ tiêu (3/17).")
    assert [one.written for one in read_] == ["52,4", "18", "21", "3", "3/17"]


def test_captions_of_tables_and_pictures_state_nothing():
    assert read("Bảng 2: Thu ngân sách\nHình 3. Cơ cấu kinh tế\n") == []
    assert [one.written for one in read("Thu phí bằng 98% kế hoạch.")] == ["98"]


@pytest.mark.parametrize(
    "heading",
    [
        "II. NHIỆM VỤ NĂM 2025",
        "Phần thứ hai. NHIỆM VỤ NĂM 2025",
        "Phần thứ hai\n\nPHƯƠNG HƯỚNG NĂM 2025",
        "Mục tiêu năm 2025",
    ],
)
def test_what_stands_under_a_heading_of_aims_is_aimed_at(heading):
    title = "BÁO CÁO\nKết quả năm 2024\nvà nhiệm vụ năm 2025"
    done = "Thu ngân sách đạt 222 tỷ đồng, tăng 4%."
    aims = "Tốc độ tăng giá trị sản xuất từ 9,5% trở lên; tổng thu ngân sách 510 tỷ đồng."
    found = read("\n\n".join([title, done, heading, aims]))
    assert [(s.written, s.period, s.status) for s in found] == [
        ("222", "2024", "actual"),
        ("4", "2024", "actual"),
        ("9,5", "2025", "target"),
        ("510", "2025", "target"),
    ]


def test_a_plan_in_brackets_has_the_unit_of_what_was_planned():
    text = "Tạo việc làm cho 2.127 lao động, đạt 88,6% kế hoạch năm (kế hoạch 2.400)."
    plan = last(text)
    assert (plan.unit, plan.status, plan.kind) == ("persons", "target", "level")


def test_a_milestone_is_no_plan():
    passed = last("Thu ngân sách lần đầu vượt mốc 15 nghìn tỷ đồng.")
    assert (passed.kind, passed.base) == ("level", None)


def test_places_counted_in_points_are_no_scores():
    found = read(
        "Ngập cục bộ 46 điểm, trong đó quốc lộ 11 điểm. Điểm trung bình môn Văn đạt 6,5 điểm."
    )
    assert [one.unit for one in found] == ["count", "count", "points"]


def test_what_is_lacking_against_a_plan_is_a_shortfall_and_else_a_need():
    short = last("Có 940 người tham gia, còn thiếu 60 người so với kế hoạch.")
    assert (short.kind, int(short.value), short.base) == ("plan_excess", -60, "plan")
    assert last("Các trường còn thiếu 12 giáo viên.").kind == "level"


def test_shares_of_a_named_whole_go_on_through_a_list():
    found = read(
        "Hội A quản lý 35,4% dư nợ ủy thác, Hội B 38,1%. Dự phòng bằng 5% tổng mức đầu tư."
    )
    assert [one.kind for one in found] == ["share"] * 3


def test_the_share_solved_is_one_of_cases_not_of_those_arrested():
    found = read("Công an đã điều tra làm rõ 158 vụ, 274 đối tượng, đạt tỷ lệ 84,9%.")
    assert found[-1].of == 0


def test_a_rough_figure_stays_rough_behind_its_verb():
    assert last("Sản lượng đạt khoảng 35.000 tấn.").modifier == "about"


def test_up_to_a_quarter_is_since_the_year_began():
    assert last("Đến hết quý III/2024, đã giải ngân 45 tỷ đồng.").period == "2024-9M"
    assert last("Quý III/2024 giải ngân 45 tỷ đồng.").period == "2024-Q3"
    assert last("Đến hết năm giải ngân 45 tỷ đồng.", "2024-9M").period == "2024"


def test_a_rate_from_a_value_up_is_no_condition_but_an_amount_is():
    assert last("Tỷ lệ tăng thu hằng năm từ 9,5% trở lên.").written == "9,5"
    assert read("Hỗ trợ hộ vay từ 60 triệu đồng trở lên.") == []
