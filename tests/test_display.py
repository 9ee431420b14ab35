from test_observations import figure

from hlanalysis.telling.display import FindingList, Note, Table
from hlanalysis.wording import Quote, Words


def test_a_table_names_its_rows_and_columns_for_a_screen_reader():
    row = figure()
    table = Table("Thu", ["Chỉ tiêu", "Số in"], [(Words("Thu"), Quote(row))], "vi", frozenset({1}))
    page = table.html()
    assert "<caption>Thu</caption>" in page
    assert page.count('scope="col"') == 2 and page.count('scope="row"') == 1
    assert 'class="number"' in page and "222,044 tỷ đồng" in page
    assert table.cites == (row.id,)


def test_what_comes_from_a_source_is_inert():
    note = Note("<script>alert(1)</script>")._repr_mimebundle_()["text/html"]
    assert "<script>" not in note
    table = Table("<b>", ["<i>"], [(Words("<u>"), "&")], "vi").html()
    assert "<b>" not in table and "<u>" not in table and "&amp;" in table


def test_no_findings_are_said_to_be_none():
    assert "Không có phát hiện" in FindingList([], "vi").html()
    assert "No findings" in FindingList([], "en")._repr_mimebundle_()["text/plain"]
