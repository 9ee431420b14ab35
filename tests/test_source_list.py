from lxml import html as lxml_html

from hlanalysis.publish.source_list import SourceItem, sources_section


def items(*sources, lang="vi"):
    return lxml_html.fragment_fromstring(sources_section(sources, lang)).xpath(".//li")


def test_an_item_says_who_where_and_what_was_printed():
    (item,) = items(
        SourceItem("a1", "Thu 222,044 tỷ đồng.", 4, 11, "UBND thị xã", "Báo cáo", "2024", "trang 2")
    )
    assert item.get("id") == "src-a1"
    assert item.text_content() == "UBND thị xã, Báo cáo, 2024, trang 2Thu 222,044 tỷ đồng."
    assert item.findtext(".//mark") == "222,044"


def test_a_cell_of_a_sheet_shows_its_row_with_headers():
    (item,) = items(SourceItem("b", row=(("Nội dung", "Thu"), ("Dự toán", "5")), marked=1))
    assert [cell.text for cell in item.iter("th")] == ["Nội dung", "Dự toán"]
    assert item.findtext(".//td/mark") == "5"


def test_a_source_cited_twice_is_printed_once_in_order_of_first_use():
    found = items(SourceItem("b", "1"), SourceItem("a", "2"), SourceItem("b", "3"))
    assert [(item.get("id"), item.findtext("blockquote")) for item in found] == [
        ("src-b", "1"),
        ("src-a", "2"),
    ]


def test_a_place_outside_the_sentence_marks_nothing():
    for start, end in ((3, 3), (5, 2), (0, 99), (-2, 2)):
        (item,) = items(SourceItem("a", "Thu 5.", start, end))
        assert item.find(".//mark") is None and item.findtext("blockquote") == "Thu 5."


def test_hostile_sentences_are_shown():
    (item,) = items(SourceItem("a", "<b>\u202e5", 4, 5, "<script>"))
    assert item.find(".//script") is None
    assert item.text_content() == "<script><b>[U+202E]5"


def test_a_document_is_named_once_and_its_figures_come_together():
    report = {"publisher": "UBND", "title": "Báo cáo", "date": "2024"}
    found = items(
        SourceItem("a", "1", locator="trang 1", **report),
        SourceItem("b", "2", publisher="Báo Hà Tĩnh"),
        SourceItem("c", "3", locator="trang 2", **report),
        SourceItem("d", "4", locator="trang 2", **report),
    )
    assert [item.get("id") for item in found] == ["src-a", "src-c", "src-d", "src-b"]
    assert [item.text_content() for item in found[:3]] == [
        f"UBND, Báo cáo, 2024, trang {page}{said}" for page, said in ((1, 1), (2, 3), (2, 4))
    ]
    assert [in_list(item) for item in found] == [
        "UBND, Báo cáo, 2024, trang 11", "trang 23", "4", "Báo Hà Tĩnh2",
    ]  # fmt: skip


def test_an_entry_with_nothing_of_its_own_still_says_something():
    report = {"publisher": "UBND", "locator": "trang 1"}
    found = items(SourceItem("a", **report), SourceItem("b", **report))
    assert in_list(found[1]) == "UBND, trang 1"


def test_a_sentence_in_another_language_than_the_page_says_so():
    sources = [SourceItem("a", "Thu đạt 5 tỷ."), SourceItem("b", "Share of the plan.")]
    for lang, expected in (("vi", [None, "en"]), ("en", ["vi", None])):
        found = items(*sources, lang=lang)
        assert [item.find("blockquote").get("lang") for item in found] == expected


def in_list(item):
    """Return the words that the list shows, without what a style rule hides there."""
    for hidden in item.xpath(".//*[@class='again']"):
        hidden.drop_tree()
    return item.text_content()
