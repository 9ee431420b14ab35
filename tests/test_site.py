from itertools import pairwise

import pytest
from lxml import html as lxml_html
from sample_page import drawing

from hlanalysis.errors import InputError
from hlanalysis.publish.html import POLICY
from hlanalysis.publish.site import (
    Change,
    FindingCard,
    PageCard,
    index_html,
    index_name,
    page_name,
)

PAGES = [PageCard("01_thu.vi.html", "Thu ngân sách", "Vượt kế hoạch vì sao?")]
FINDINGS = [
    FindingCard("ok", "Khớp một."),
    FindingCard("review", "Xem một.", "01_thu.vi.html#a", (("In", "77,64%"), ("Tính", "77,6%"))),
    FindingCard("error", "Sai một."),
    FindingCard("explained", "Làm tròn."),
    FindingCard("review", "Xem hai."),
]


def tree(page):
    return lxml_html.document_fromstring(page.encode("utf-8"))


def index(findings=FINDINGS, pages=PAGES, lang="vi", **more):
    return index_html(pages, findings, lang=lang, title="Hồng Lĩnh qua các con số", **more)


def cards(page, where):
    return [
        " ".join(heading.text_content().split())
        for heading in tree(page).xpath(f"//*[contains(@class,'{where}')]//article//h3")
    ]


def test_findings_come_worst_first_and_keep_their_order_within_a_grade():
    page = index()
    assert cards(page, "hl-cards") == ["Sai một.", "Xem một.", "Xem hai.", "Thu ngân sách"]
    assert cards(page, "hl-rows") == ["Làm tròn.", "Khớp một."]
    assert "Xem thêm 2 điểm" in page


def test_many_urgent_findings_are_shown_in_part_and_none_is_lost():
    many = [FindingCard("review", f"Điểm {number}.") for number in range(20)]
    page = index(many)
    assert len(cards(page, "hl-rows")) == 14
    assert [f"Điểm {number}." for number in range(20)] == [
        name for name in cards(page, "hl-cards") + cards(page, "hl-rows") if name.startswith("Điểm")
    ]


def test_grades_are_counted_in_words_not_only_colour():
    counts = [item.text for item in tree(index()).xpath("//ul[@class='hl-counts']/li")]
    assert counts == ["1 sai lệch", "2 cần xem lại", "1 khớp nhờ làm tròn", "1 khớp"]


def test_no_findings_says_so():
    page = index([])
    assert "Không có điểm nào cần xem lại" in page and "<details" not in page


def test_facts_and_links_of_a_card():
    card = tree(index()).xpath("//article[.//h3[contains(.,'Xem một.')]]")[0]
    assert card.xpath(".//h3/a/@href") == ["01_thu.vi.html#a"]
    assert [(row[0].text, row[1].text) for row in card.xpath(".//dl/div")] == [
        ("In", "77,64%"),
        ("Tính", "77,6%"),
    ]


def test_a_title_stands_above_the_sentence():
    card = tree(index([FindingCard("review", "Câu dài.", "a.html", title="Tên ngắn")]))
    assert card.xpath("//article[1]//h3/a")[0].text == "Tên ngắn"
    assert "Câu dài." in card.xpath("//article[1]")[0].text_content()


def test_the_frame_is_that_of_every_page():
    settings = {
        "languages": {"vi": "index.html", "en": "index.en.html"},
        "data_date": "31/12/2024", "data_hash": "4f1c", "version": "0.1.0",
    }  # fmt: skip
    root = tree(index(settings=settings, lead="Nhìn nhanh."))
    assert root.get("lang") == "vi"
    assert root.xpath("//meta[@http-equiv]/@content") == [POLICY]
    assert root.xpath("//header//a/@href") == ["index.en.html"]
    assert "4f1c" in root.xpath("//p[@class='hl-badge']")[0].text_content()
    levels = [int(heading.tag[1]) for heading in root.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1 and max(b - a for a, b in pairwise(levels)) == 1


def test_a_picture_shown_twice_is_stored_once():
    svg = drawing("vi")
    once = index([FindingCard("review", "a", "", (), svg, "A")])
    twice = index([FindingCard("review", n, "", (), svg, "A") for n in "ab"])
    assert len(twice) - len(once) < 2000
    root = tree(twice)
    assert (
        len(root.xpath("//symbol")) == 1
        and len(root.xpath("//use[starts-with(@href,'#hl-p1')]")) >= 2
    )
    assert root.xpath("//article//svg[@role='img']/@aria-label") == ["A", "A"]


def test_a_png_picture_keeps_its_shape():
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (32, 18), "white").save(out, "PNG")
    root = tree(index([FindingCard("review", "a", "", (), out.getvalue(), "A")]))
    assert root.xpath("//symbol/@viewbox") == ["0 0 32 18"]


def test_hostile_words_are_shown_and_do_nothing():
    bad = '"><script>alert(1)</script>\u202e'
    page = index_html(
        [PageCard("a.html", bad, bad, drawing("vi"), bad)],
        [FindingCard("error", bad, "a.html", ((bad, bad),))],
        lang="vi", title=bad, lead=bad, changes=[Change(bad, bad, bad, bad)],
        settings={"version": bad, "languages": {"en": "x.html"}},
    )  # fmt: skip
    assert len(tree(page).xpath("//script")) == 2
    assert "\u202e" not in page


@pytest.mark.parametrize("href", ["javascript:alert(1)", " JavaScript:alert(1)"])
def test_a_link_that_would_run_is_refused(href):
    with pytest.raises(InputError, match="outside"):
        index([FindingCard("error", "x", href)])


def test_changes_show_before_after_and_reason():
    page = index(changes=[Change("Thu 2024", "222,044", "222,1", "quyết toán")])
    row = tree(page).xpath("//section[@aria-labelledby='hl-changes']//tbody/tr")[0]
    assert [cell.text for cell in row] == ["Thu 2024", "222,044", "222,1", "quyết toán"]
    assert "hl-changes" not in index()


def test_the_same_input_gives_the_same_bytes():
    assert index() == index()


def test_an_unknown_grade_is_our_own_fault():
    with pytest.raises(AssertionError, match="fine"):
        index([FindingCard("fine", "x")])


def test_names_of_files_say_the_language():
    assert page_name("01_thu", "en") == "01_thu.en.html"
    assert [index_name(lang) for lang in ("vi", "en")] == ["index.html", "index.en.html"]
