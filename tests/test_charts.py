"""Charts by what they draw: words, places, sizes; not by pixels."""

# The table of odd inputs reads better with one input a paragraph.
# ruff: noqa: E501

from __future__ import annotations

import dataclasses
import io
import json
import subprocess
import sys
import threading
from decimal import Decimal
from fractions import Fraction

import matplotlib
import pytest
from chart_measures import apart_to_deuteranopes, collisions, outside, said, words_of
from chart_samples import samples
from matplotlib.patches import Rectangle

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import spread
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

BOTH = [(lang, name) for lang in ("vi", "en") for name in samples("vi")]
LONG = (
    "Tổng thu ngân sách nhà nước trên địa bàn không kể tiền sử dụng đất, xổ số kiến thiết và "
    "các khoản thu chuyển nguồn từ năm trước sang theo quy định của Luật Ngân sách nhà nước"
)


def exhibit(chart: Form, lang: str = "vi", finding: str = "Thu đạt 222 tỷ đồng") -> Exhibit:
    return Exhibit(id="one", lang=lang, finding=finding, source="Báo cáo 2024",
                   subtitle="Tỷ đồng, 2024", chart=chart)  # fmt: skip


def bars_drawn(chart: Form) -> list[Rectangle]:
    figure = exhibit(chart).figure()
    patches = [patch for axes in figure.axes for patch in axes.patches]
    return [patch for patch in patches if isinstance(patch, Rectangle)]


@pytest.mark.parametrize(("lang", "name"), BOTH)
def test_every_form_keeps_its_words_apart_and_on_the_sheet(lang, name):
    figure = samples(lang)[name].figure()
    assert outside(figure) == []
    assert collisions(figure) == []


@pytest.mark.parametrize(("lang", "name"), BOTH)
def test_every_form_says_finding_subtitle_and_source_in_letters_large_enough(lang, name):
    one = samples(lang)[name]
    figure = one.figure()
    text = said(figure)
    for part in (one.finding, one.subtitle, one.source):
        assert part in text
    lead = "Nguồn: " if lang == "vi" else "Source: "
    assert lead in text
    sizes = {word.text: word.size for word in words_of(figure)}
    assert all(
        size >= 14 or (size == 11 and word in lead + one.source) for word, size in sizes.items()
    )
    assert tuple(figure.get_size_inches()) == pytest.approx((13.333, 7.5), abs=0.001)


def test_no_exhibit_without_finding_or_source():
    for name in ("finding", "source", "id"):
        with pytest.raises(ValueError, match=f"no {name}"):
            dataclasses.replace(exhibit(Bars((), "bn_vnd")), **{name: " "})


def test_bars_start_at_zero_and_end_at_their_values():
    drawn = bars_drawn(Bars((Mark("a", 222), Mark("b", -40), Mark("c", 0)), "bn_vnd"))
    assert [(p.get_x(), p.get_width()) for p in drawn] == [(0, 222), (-40, 40), (0, 0)]


def test_upright_bars_start_at_zero():
    drawn = bars_drawn(Bars((Mark("2023", 301), Mark("2024", 222)), "bn_vnd", horizontal=False))
    assert [(p.get_y(), p.get_height()) for p in drawn] == [(0, 301), (0, 222)]


def test_meaning_never_rests_on_colour_alone():
    plan, bound, estimate, inferred, outturn = bars_drawn(
        Bars(
            (
                Mark("kế hoạch", 1, "plan"),
                Mark("hơn", 1, bound="over"),
                Mark("ước", 1, estimate=True),
                Mark("suy ra", 1, inferred=True),
                Mark("thực hiện", 1),
            ),
            "bn_vnd",
        )
    )
    white = (1.0, 1.0, 1.0, 1.0)
    assert plan.get_linestyle() != "-" and plan.get_linestyle() != "solid"
    assert bound.get_facecolor() == white and estimate.get_facecolor() == white
    assert inferred.get_hatch() and not outturn.get_hatch()
    assert outturn.get_facecolor() == matplotlib.colors.to_rgba("#0072B2")


def test_bounds_estimates_and_inferred_values_are_named_in_both_languages():
    chart = Bars(
        (Mark("a", 301, bound="over"), Mark("b", 5, bound="under"), Mark("c", 240, estimate=True),
         Mark("d", 125, "plan", inferred=True)), "bn_vnd",
    )  # fmt: skip
    vi, en = said(exhibit(chart).figure()), said(exhibit(chart, "en").figure())
    assert all(text in vi for text in ("hơn 301", "dưới 5", "ước 240", "125 (suy ra)"))
    assert all(text in en for text in ("over 301", "under 5", "est. 240", "125 (inferred)"))


def test_numbers_follow_the_readers_language_on_labels_and_axes():
    line = LineSeries("Thu", tuple(Mark(str(2000 + i), 1234.5 * i) for i in range(12)))
    vi, en = (said(exhibit(Lines((line,), "bn_vnd"), lang).figure()) for lang in ("vi", "en"))
    assert "13.579,5" in vi and "10.000" in vi
    assert "13,579.5" in en and "10,000" in en


def test_printed_decimals_stay_and_computed_ones_take_the_units():
    chart = Bars((Mark("in", Decimal("77.640")), Mark("tính", Fraction(7764, 100))), "percent")
    text = said(exhibit(chart).figure())
    assert "77,640%" in text and "77,6%" in text


def test_years_are_whole_ticks_in_their_true_distance():
    line = LineSeries("Thu", (Mark("2015", 1), Mark("2020", 2), Mark("2024", 3)))
    figure = exhibit(Lines((line,), "bn_vnd")).figure()
    axis = figure.axes[0].xaxis
    assert list(axis.get_majorticklocs()) == [2015, 2020, 2024]
    assert [tick.get_text() for tick in axis.get_ticklabels()] == ["2015", "2020", "2024"]


def test_a_gap_breaks_the_line():
    line = LineSeries("Thu", (Mark("2021", 1), Mark("2022", None), Mark("2023", 3)))
    axes = exhibit(Lines((line,), "bn_vnd")).figure().axes[0]
    (drawn,) = (one for one in axes.lines if len(one.get_xdata()) == 3)
    assert str(drawn.get_ydata()[1]) == "nan"


def test_plans_and_scenarios_are_dashed_and_bands_step_in_lightness():
    marks = (Mark("2024", 1, low=0, high=3), Mark("2025", 2, low=1, high=4))
    chart = Lines(
        (LineSeries("Kịch bản", marks, "scenario"), LineSeries("Thực hiện", marks)),
        "bn_vnd",
        bands=(Band("8 trên 10 lần", marks), Band("5 trên 10 lần", marks)),
    )
    axes = exhibit(chart).figure().axes[0]
    dashed, solid = (line for line in axes.lines if len(line.get_xdata()) == 2 and
                     line.get_linewidth() == 2.8)  # fmt: skip
    assert dashed.is_dashed() and not solid.is_dashed()
    wide, narrow = (matplotlib.colors.to_hex(band.get_facecolor()[0]) for band in axes.collections)
    assert theme.luminance(wide) > theme.luminance(narrow)
    assert "8 trên 10 lần" in said(axes.figure)


def test_end_labels_take_the_place_of_a_legend():
    for lang in ("vi", "en"):
        for one in samples(lang).values():
            assert all(axes.get_legend() is None for axes in one.figure().axes)


def test_a_waterfall_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="add up to 110, but the end is 120"):
        Waterfall(Mark("a", 100), (Mark("b", 10),), Mark("c", 120), "bn_vnd")
    with pytest.raises(ValueError, match="needs a value"):
        Waterfall(Mark("a", 100), (Mark("b", None),), Mark("c", 100), "bn_vnd")


def test_a_waterfall_step_hangs_between_its_levels_and_takes_the_colour_of_its_sign():
    chart = Waterfall(Mark("a", 100), (Mark("b", -130), Mark("c", 50)), Mark("d", 20), "bn_vnd")
    drawn = bars_drawn(chart)
    assert [(p.get_y(), p.get_height()) for p in drawn] == [
        (0, 100),
        (-30, 130),
        (-30, 50),
        (0, 20),
    ]
    faces = [matplotlib.colors.to_hex(p.get_facecolor()).upper() for p in drawn[1:3]]
    assert faces == [theme.FILL["shortfall"], theme.FILL["surplus"]]


def test_shares_are_sorted_and_computed_from_the_printed_total():
    chart = Shares((Mark("ít", 300), Mark("nhiều", 3002)), "documents", total=Mark("Tổng", 7439))
    figure = exhibit(chart).figure()
    assert "3.002 · 40,4%" in said(figure) and "300 · 4,0%" in said(figure)
    labels = [word.text for word in words_of(figure) if word.text in ("ít", "nhiều")]
    assert labels == ["nhiều", "ít"]
    with pytest.raises(ValueError, match="negative"):
        exhibit(Shares((Mark("a", -1),), "documents")).figure()


def test_tiles_fill_as_many_squares_as_are_met():
    drawn = bars_drawn(Tiles((Tile("Chỉ tiêu", 14, 17),)))
    filled = [patch for patch in drawn if patch.get_facecolor()[:3] != (1.0, 1.0, 1.0)]
    assert (len(filled), len(drawn)) == (14, 17)


def test_bounds_are_written_with_enough_decimals_to_tell_the_candidate_from_them():
    chart = Intervals(
        (
            Mark("nửa lên", 125, "plan", low=Decimal("124.99282"), high=Decimal("125.00042"),
                 low_open=True, high_open=True, inferred=True),
            Mark("cắt bỏ", None, "muted", low=Decimal("124.98986"), high=Decimal("124.9969")),
        ),
        "bn_vnd",
    )  # fmt: skip
    text = said(exhibit(chart).figure())
    assert "(124,9928" in text and "125,0004)" in text and "[124,9899" in text


def test_a_tornado_puts_the_widest_swing_on_top_and_names_what_was_tried():
    narrow, wide = Swing("hẹp", 95, 105, "1", "2"), Swing("rộng", 150, 50, "3%", "9%")
    figure = exhibit(Tornado(Mark("Cơ sở", 100), (narrow, wide), "bn_vnd")).figure()
    labels = [word.text for word in words_of(figure) if word.text in ("hẹp", "rộng")]
    assert labels == ["rộng", "hẹp"]
    assert "9% → 50" in said(figure) and "3% → 150" in said(figure)


DEGENERATE = {
    "no bars": Bars((), "bn_vnd"),
    "one bar": Bars((Mark("2024", 222),), "bn_vnd"),
    "one upright bar": Bars((Mark("2024", 222),), "bn_vnd", horizontal=False),
    "all zero": Bars((Mark("a", 0), Mark("b", 0)), "bn_vnd"),
    "all zero upright": Bars((Mark("a", 0), Mark("b", 0)), "bn_vnd", horizontal=False),
    "all negative": Bars((Mark("a", -5), Mark("b", -7)), "bn_vnd", reference=Mark("x", -6, "plan")),
    "negative upright": Bars(
        (Mark("2023", -5), Mark("2024", 7), Mark("2025", None)), "percent", horizontal=False
    ),
    "all missing": Bars((Mark("a", None), Mark("b", None)), "bn_vnd"),
    "long labels": Bars(tuple(Mark(f"{i}. {LONG}", i * 1e6) for i in range(7)), "bn_vnd"),
    "long labels upright": Bars(
        tuple(Mark(f"{i}. {LONG}", i * 1e6) for i in range(7)), "bn_vnd", horizontal=False
    ),
    "one long word": Bars((Mark("x" * 200, 3), Mark("b", 2)), "bn_vnd"),
    "30 categories": Bars(tuple(Mark(f"Xã Tân Lập số {i}", i * 7 % 31) for i in range(30)), "persons"),
    "90 categories": Bars(tuple(Mark(f"Xã số {i}", i * 7 % 91) for i in range(90)), "persons"),
    "40 years upright": Bars(
        tuple(Mark(str(1985 + i), 1000 + 31 * i * (-1) ** i) for i in range(40)), "bn_vnd",
        horizontal=False,
    ),
    "huge and tiny": Bars((Mark("a", 1e12), Mark("b", 0.0001)), "vnd"),
    "reference far away": Bars((Mark("a", 3),), "bn_vnd", reference=Mark("Mục tiêu rất dài", 9e6)),
    "one group": Groups((Group("2024", (Mark("KH", 5, "plan"),)),), "bn_vnd"),
    "many groups": Groups(
        tuple(Group(f"Huyện {i}", (Mark("KH", i, "plan"), Mark("TH", -i))) for i in range(16)), "bn_vnd"
    ),
    "one point": Lines((LineSeries("Thu", (Mark("2024", 5),)),), "bn_vnd"),
    "no line": Lines((), "bn_vnd"),
    "flat line": Lines((LineSeries("Thu", (Mark("2023", 5), Mark("2024", 5))),), "bn_vnd",
                       from_zero=False),
    "missing line": Lines((LineSeries("Thu", (Mark("2023", None),)),), "bn_vnd"),
    "13 lines at one place": Lines(
        tuple(LineSeries(f"Huyện {i}", (Mark("2023", i), Mark("2024", 5)), "muted") for i in range(13)),
        "bn_vnd",
    ),
    "60 lines": Lines(
        tuple(LineSeries(f"Huyện {i}", (Mark("2023", i), Mark("2024", 2 * i))) for i in range(60)),
        "bn_vnd",
    ),
    "named periods": Lines(
        (LineSeries("Thu", tuple(Mark(f"{3 * i} tháng 2024", i) for i in range(1, 5))),), "bn_vnd"
    ),
    "negative line": Lines((LineSeries("Tăng", (Mark("2023", -5), Mark("2024", 5))),), "percent",
                           signed=True),
    "stack of one": Stacked((Part("Thu", (Mark("2024", 5),)),), "bn_vnd"),
    "negative stack": Stacked(
        (Part("a", (Mark("2023", 5), Mark("2024", 3))), Part("b", (Mark("2023", -2), Mark("2024", None)))),
        "bn_vnd",
    ),
    "stack with long columns": Stacked(
        tuple(Part(f"Phần thứ {i} của tổng thu", tuple(Mark(f"{LONG[:60]} {j}", i + j) for j in range(6)))
              for i in range(9)), "bn_vnd",
    ),
    "long waterfall": Waterfall(
        Mark("đầu", 0), tuple(Mark(f"Bước {i}", (-1) ** i * i) for i in range(16)), Mark("cuối", -8), "bn_vnd"
    ),
    "negative waterfall": Waterfall(Mark("a", -10), (Mark("b", -5),), Mark("c", -15), "bn_vnd"),
    "slope of one": Slope("2023", "2024", (SlopeLine("a", Mark("", 5), Mark("", 5)),), "bn_vnd"),
    "slope with gaps": Slope(
        "2023", "2024",
        (SlopeLine("a", Mark("", None), Mark("", 5)), SlopeLine("b", Mark("", 3), Mark("", None)),
         SlopeLine(LONG, Mark("", 4), Mark("", 4), "outturn")), "bn_vnd",
    ),
    "crowded slope": Slope(
        "2023", "2024",
        tuple(SlopeLine(f"Xã {i}", Mark("", i), Mark("", 40 - i)) for i in range(40)), "bn_vnd",
    ),
    "open interval": Intervals((Mark("ít nhất", None, low=5), Mark("nhiều nhất", None, high=7)), "bn_vnd"),
    "point interval": Intervals((Mark("đúng", 5, low=5, high=5),), "bn_vnd"),
    "shares of nothing": Shares((Mark("a", 0), Mark("b", 0)), "documents"),
    "tiles of nothing": Tiles((Tile("không", 0, 0), Tile("một", 1, 1))),
    "tiles of thousands": Tiles((Tile("hồ sơ", 7431, 7439), Tile("tổ", 99, 120))),
    "wide grid": Grid(tuple(f"Chỉ tiêu {i}" for i in range(12)), tuple(map(str, range(2010, 2026))),
                      (Cell("Chỉ tiêu 3", "2012", "plan"),)),
    "tall grid": Grid(tuple(f"Chỉ tiêu {i}" for i in range(34)), ("2023", "2024"),
                      (Cell("Chỉ tiêu 3", "2024"),)),
    "flat tornado": Tornado(Mark("Cơ sở", 5), (Swing("a", 5, 5, "1", "2"),), "bn_vnd"),
    "tornado of long levers": Tornado(
        Mark("Cơ sở", 5), tuple(Swing(LONG, 5 - i, 5 + i, "thấp nhất", "cao nhất") for i in range(8)),
        "bn_vnd",
    ),
    "strip of one": Strip((Mark("a", 5),), "percent"),
    "strip at one place": Strip(tuple(Mark(f"Huyện số {i}", 5) for i in range(9)), "percent"),
}  # fmt: skip


@pytest.mark.parametrize("name", DEGENERATE)
def test_odd_inputs_are_drawn_decently(name):
    figure = exhibit(DEGENERATE[name]).figure()
    assert outside(figure) == []
    assert collisions(figure) == []


def test_a_very_long_finding_is_wrapped_and_never_cut():
    finding = " ".join([LONG] * 3)
    figure = exhibit(Bars((Mark("2024", 222),), "bn_vnd"), finding=finding).figure()
    assert finding in said(figure)
    assert outside(figure) == [] and collisions(figure) == []


def test_what_finds_no_room_is_counted():
    text = said(exhibit(DEGENERATE["90 categories"]).figure())
    assert "mục nữa, xem bảng số liệu" in text


def test_hostile_text_is_drawn_as_it_stands():
    name = "=HYPERLINK(1) $x^2$ <b>&amp;\x00\u202e _x"
    figure = exhibit(Bars((Mark(name, 1), Mark("_bí", 2)), "bn_vnd")).figure()
    assert "$x^2$" in said(figure) and "\u202e" not in said(figure)


def test_decomposed_letters_are_composed_before_they_are_drawn():
    figure = exhibit(Bars((Mark("Thu\u031b\u0323c hie\u0302\u0323n", 1),), "bn_vnd")).figure()
    assert "Thực hiện" in said(figure)


def test_the_text_alternative_says_finding_unit_and_values():
    one = samples("vi")["bars"]
    assert one.alt.startswith(one.finding.rstrip("."))
    assert "Đơn vị: tỷ đồng" in one.alt
    assert "Thực hiện 2023: hơn 301" in one.alt and "Kế hoạch 2024: 125 (suy ra)" in one.alt
    assert "Targets: 14 of 17" in samples("en")["tiles"].alt


def test_a_long_series_is_told_by_its_ends_and_extremes():
    line = LineSeries("Thu", tuple(Mark(str(1990 + i), (i * 8) % 35) for i in range(35)))
    alt = exhibit(Lines((line,), "bn_vnd")).alt
    highest = 1990 + next(i for i in range(35) if i * 8 % 35 == 34)
    assert f"35 giá trị, 1990: 0, 2024: 27, cao nhất {highest}: 34, thấp nhất 1990: 0" in alt


def test_the_data_behind_a_chart_is_a_row_a_number():
    frame = samples("vi")["bars"].frame()
    assert list(frame["value"]) == [192.5, 301, 125, 222.044, 240, 310]
    assert list(frame["mark"])[:4] == ["", "bound_over", "inferred", ""]
    assert set(frame["unit"]) == {"tỷ đồng"}


def test_citations_of_marks_become_those_of_the_exhibit():
    chart = Bars((Mark("a", 1, cites=("x1", "x2")), Mark("b", 2, cites=("x2",))), "bn_vnd")
    assert exhibit(chart).cites == ("x1", "x2")


@pytest.mark.parametrize("name", list(samples("vi")))
def test_the_same_exhibit_gives_the_same_bytes(name):
    first, second = samples("vi")[name], samples("vi")[name]
    from hlanalysis.charts.render import png_of, svg_of

    assert svg_of(first) == svg_of(second)
    assert png_of(first) == png_of(second)


def test_another_process_gives_the_same_bytes():
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests'); from chart_samples import samples\n"
        "one = samples('vi')['bars']; print(hashlib.sha256(one.svg().encode()).hexdigest(),"
        " hashlib.sha256(one.png()).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                       env={"PYTHONHASHSEED": seed, "PATH": ""}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1


def test_pictures_carry_no_clock_no_tool_and_no_outside_link():
    one = samples("vi")["bars"]
    assert "<metadata>" not in one.svg() or "dc:date" not in one.svg()
    assert "<text" not in one.svg() and 'role="img"' in one.svg()
    from PIL import Image

    with Image.open(io.BytesIO(one.png())) as image:
        assert image.size == (1920, 1080)
        assert not {"Software", "Creation Time", "Title"} & set(image.info)


def test_a_readers_own_settings_change_nothing_and_stay_as_they_were():
    one = samples("en")["lines"]
    from hlanalysis.charts.render import png_of

    plain = png_of(one)
    with matplotlib.rc_context({"axes.facecolor": "red", "font.size": 40, "lines.linewidth": 9}):
        assert png_of(one) == plain
        assert matplotlib.rcParams["font.size"] == 40


def test_drawing_in_threads_leaves_nothing_open():
    import matplotlib.pyplot as plt

    from hlanalysis.charts.render import png_of

    one, done = samples("vi")["shares"], []
    threads = [threading.Thread(target=lambda: done.append(png_of(one))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(done)) == 1 and plt.get_fignums() == []


def test_a_notebook_shows_the_drawing_with_its_text_alternative():
    one = samples("vi")["bars"]
    data, metadata = one._repr_mimebundle_()
    assert data["image/svg+xml"].startswith("<?xml") and data["text/plain"] == one.alt
    assert metadata["image/svg+xml"]["alt"] == one.alt
    json.dumps([data, metadata])


@pytest.mark.parametrize("role", list(theme.FILL))
def test_words_in_a_roles_ink_can_be_read_on_paper(role):
    assert theme.contrast(theme.INK[role], theme.PAPER) >= 4.5
    assert theme.contrast(theme.INK[role], theme.PALE[role]) >= 4.5


def test_colours_that_meet_in_one_chart_stay_apart_without_green_cones():
    roles = ("outturn", "plan", "shortfall", "surplus", "scenario")
    distances = {
        (one, other): apart_to_deuteranopes(theme.FILL[one], theme.FILL[other])
        for index, one in enumerate(roles)
        for other in roles[index + 1 :]
    }
    assert min(distances.values()) > 15, distances


def test_parts_of_a_stack_step_in_grey():
    for count in range(2, 7):
        lights = [theme.luminance(colour) for colour in theme.ramp(count)]
        assert lights == sorted(lights)
        assert all(
            theme.contrast(a, b) > 1.25
            for a, b in zip(theme.ramp(count), theme.ramp(count)[1:], strict=False)
        )


def test_labels_are_moved_as_little_as_needed():
    assert spread([1.0, 5.0], [1.0, 1.0], 0.0, 6.0) == [1.0, 5.0]
    assert spread([3.0, 3.0, 3.0], [1.0, 1.0, 1.0], 0.0, 6.0) == [2.0, 3.0, 4.0]
    assert spread([5.9, 5.8], [1.0, 1.0], 0.0, 6.0) == [5.5, 4.5]


def test_describing_charts_imports_no_drawing_library():
    code = (
        "import sys, hlanalysis.charts.exhibit, hlanalysis.charts.forms, hlanalysis.charts.alt;"
        "print([n for n in ('matplotlib', 'seaborn', 'pandas', 'pptx') if n in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
