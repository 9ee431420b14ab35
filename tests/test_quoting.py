from hypothesis import given
from hypothesis import strategies as st
from test_observations import figure

from hlanalysis.telling.quoting import page_of, passage_around, passage_of, span_of

TEXT = "Mở đầu.\nThu ngân sách trên địa bàn đạt 222,044 tỷ đồng, tăng 77,64%; đầu tư tốt. Hết."


def test_the_sentence_around_a_figure_is_quoted_with_the_figure_marked():
    start = TEXT.index("222,044")
    passage = passage_around(TEXT, start, start + 7)
    assert passage.text == "Thu ngân sách trên địa bàn đạt 222,044 tỷ đồng, tăng 77,64%;"
    assert passage.text[passage.start : passage.end] == "222,044"


def test_a_long_sentence_is_cut_at_words_on_both_sides():
    text = "từ " * 300 + "1.290 tỷ " + "sau " * 300
    start = text.index("1.290")
    passage = passage_around(text, start, start + 5)
    assert passage.text[passage.start : passage.end] == "1.290"
    assert len(passage.text) < 450
    assert passage.text.startswith("… từ") and passage.text.endswith("sau …")


def test_locators_of_texts_and_cells_are_told_apart():
    assert span_of("8618-8625") == (8618, 8625)
    assert (span_of("p3:86-93"), page_of("p3:86-93")) == ((86, 93), "3")
    assert span_of("observations.csv!I12") is None and page_of("observations.csv!I12") == ""


def test_a_figure_of_a_table_is_quoted_by_its_note():
    row = figure(locator="observations.csv!I12", source="pub", note="Stated as more than 301.")
    assert passage_of(row, {}).text == "Stated as more than 301."


@given(st.text(alphabet="ab .;\n", max_size=60), st.text(alphabet="ab .;\n", max_size=60))
def test_the_mark_always_holds_the_figure(before, after):
    text = before + "12,5" + after
    passage = passage_around(text, len(before), len(before) + 4)
    assert passage.text[passage.start : passage.end] == "12,5"
