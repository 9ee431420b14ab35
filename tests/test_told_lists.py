"""The lists of an overview: every figure with its document, every number that was not read."""

from dataclasses import replace

from town import ROOT, processed, town

from hlanalysis.gathering.processed import UnreadNumber
from hlanalysis.observations import Observations
from hlanalysis.project import Project


def cells(table):
    return [
        [cell.write(table.lang) if hasattr(cell, "write") else str(cell) for cell in row]
        for row in table.rows
    ]


def test_figures_of_one_document_do_not_repeat_its_name():
    assert town().say("every_figure").header[-1] == "Số liệu"


def test_figures_of_several_documents_and_places_name_them():
    first = processed()
    report = next(one for one in first.origins if one.form == "document")
    other = replace(report, id="second", title="Báo cáo của phường Nam Hồng")
    row = town().figure("budget_revenue", period="2024", kind="level", status="actual")
    again = replace(row, id="0123456789", source="second", place="nam_hong_ward")
    rows = Observations([*first.observations, again])
    both = replace(first, observations=rows, origins=(*first.origins, other))
    table = Project(ROOT, both).say("every_figure")
    assert table.header[-2:] == ["Địa phương", "Tài liệu"]
    revenue = [row[-2:] for row in cells(table) if row[3] == "222,044 tỷ đồng"]
    assert revenue == [
        ["thị xã Hồng Lĩnh", town().short_title(report.id)],
        ["phường Nam Hồng", "Báo cáo của phường Nam Hồng"],
    ]


def test_a_number_that_was_not_read_is_listed_with_its_place_and_the_words_around_it():
    first = processed()
    source, report = next(iter(first.texts.items()))
    start = report.index("222,044")
    unread = (
        UnreadNumber(source, f"{start}-{start + 7}", "222,044", "two shares without an owner"),
        UnreadNumber(source, "table 2!F14", "8-9", "range"),
    )
    project = Project(ROOT, replace(first, unread=unread))
    in_prose, in_table = cells(project.say("unread_numbers"))
    assert in_prose[1].startswith("Thu ngân sách trên địa bàn đạt 222,044 tỷ đồng")
    assert "(mục «3. Kết quả triển khai" in in_prose[1]
    assert in_table[1:3] == ["bảng thứ 2, ô F14", "khoảng giá trị, không phải một số"]
