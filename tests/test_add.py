"""A planner drops a file in: it is copied with its source, or nothing changes at all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx_maker import par, write_docx

from hlanalysis.cli import main
from hlanalysis.errors import InputError
from hlanalysis.gathering import intake
from hlanalysis.gathering.front_matter import read_front_matter
from hlanalysis.sources.provenance import load_sidecar, load_sources, sidecar_path

LETTER = [
    "ỦY BAN NHÂN DÂN",
    "HUYỆN CAN LỘC",
    "Can Lộc, ngày 5 tháng 7 năm 2023",
    "BÁO CÁO",
    "Tình hình kinh tế - xã hội 6 tháng đầu năm 2023",
    "Thu ngân sách đạt 112,5 tỷ đồng, bằng 58% dự toán.",
]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HLANALYSIS_LANG", "en")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "town" / "data" / "raw").mkdir(parents=True)
    return tmp_path / "town"


def report(folder: Path, name: str = "bao_cao.docx", lines: list[str] = LETTER) -> Path:
    return write_docx(folder / name, "".join(map(par, lines)))


def add(project: Path, *words: str) -> int:
    return main(["add", *words, "--project", str(project)])


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_the_report_says_about_itself_is_kept(project, tmp_path, capsys):
    path = report(tmp_path)
    assert add(project, str(path), "--yes", "--accessed", "2024-01-05") == 0
    (copy, source), *others = load_sources(project / "data" / "raw").items()
    assert not others
    assert copy.read_bytes() == path.read_bytes()
    assert source.producer == "Ủy ban nhân dân huyện Can Lộc"
    assert source.title == "Báo cáo tình hình kinh tế - xã hội 6 tháng đầu năm 2023"
    assert (source.date_published, source.date_accessed) == ("2023-07-05", "2024-01-05")
    assert (source.place, source.period) == ("can_loc", "2023-6M")
    shown = capsys.readouterr().out
    assert "next: hlanalysis build" in shown and "bao_cao.source.toml" in shown


def test_flags_say_more_than_the_file(project, tmp_path):
    path = report(tmp_path)
    words = "--producer P --title T --date 2024 --place hong_linh --period 2024-Q3 --yes".split()
    more = ["--address", "https://x.example/a", "--vintage", "official", "--plan-level", "council"]
    assert (
        add(project, str(path), *words, *more, "--note", "một", "--step", "a", "--step", "b") == 0
    )
    source = load_sidecar(project / "data" / "raw" / "bao_cao.docx")
    assert (source.producer, source.title, source.date_published) == ("P", "T", "2024")
    assert (source.place, source.period, source.plan_level) == ("hong_linh", "2024-Q3", "council")
    assert (source.address, source.handed_over_by) == ("https://x.example/a", "")
    assert (source.steps, source.notes, source.vintage) == (("a", "b"), ("một",), "official")


def test_what_cannot_be_found_out_is_named_all_at_once(project, tmp_path, capsys):
    path = report(tmp_path, lines=["Thu ngân sách đạt 5 tỷ đồng."])
    before = everything(project)
    assert add(project, str(path), "--yes") == 2
    message = capsys.readouterr().err
    assert "--producer, --title, --date, --place, --period" in message
    assert everything(project) == before


def test_a_terminal_is_asked_and_an_empty_answer_keeps_what_was_found(
    project, tmp_path, monkeypatch, capsys
):
    path = report(tmp_path)
    answer(monkeypatch, "Phòng Tài chính", "", "", "", "2023")
    assert add(project, str(path)) == 0
    source = load_sidecar(project / "data" / "raw" / "bao_cao.docx")
    assert (source.producer, source.period) == ("Phòng Tài chính", "2023")
    assert (source.date_published, source.place) == ("2023-07-05", "can_loc")
    assert "[2023-07-05]" in capsys.readouterr().err


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Let a person at a terminal type these lines."""
    terminal = io.StringIO("".join(f"{line}\n" for line in lines))
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)


def test_a_wrong_answer_is_told_at_once_and_asked_again(project, tmp_path, monkeypatch, capsys):
    path = report(tmp_path, lines=["Thu ngân sách đạt 5 tỷ đồng."])
    answers = ["P", "", "T", "12/13/2024", "12/12/2024", "Xứ Lạ", "huyện Can Lộc", "?"]
    answer(monkeypatch, *answers, "9 tháng năm 2024")
    assert add(project, str(path)) == 0
    asked = capsys.readouterr().err
    assert "“12/13/2024” is not understood; expected a date such as 12/12/2024" in asked
    assert "“Xứ Lạ” is not understood; expected a name that begins with its level" in asked
    assert "“?” is not understood; expected a period" in asked
    assert asked.count("an answer is needed") == 1
    source = load_sidecar(project / "data" / "raw" / "bao_cao.docx")
    assert (source.date_published, source.place, source.period) == (
        "2024-12-12",
        "can_loc",
        "2024-9M",
    )


def test_questions_and_the_closing_words_are_vietnamese_where_asked(
    project, tmp_path, monkeypatch, capsys
):
    answer(monkeypatch, "", "", "hôm qua", "", "", "")
    assert add(project, str(report(tmp_path)), "--lang", "vi") == 0
    said = capsys.readouterr()
    assert "Ngày ban hành, như 12/12/2024, 12/2024 hoặc 2024 [2023-07-05]: " in said.err
    assert "Chưa hiểu «hôm qua»; cần một ngày" in said.err
    assert (
        "đã thêm" in said.out and "6 đoạn" in said.out and "tiếp theo: hlanalysis build" in said.out
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("12/12/2024", "2024-12-12"),
        ("ngày 5 tháng 7 năm 2024", "2024-07-05"),
        ("12 tháng 12 năm 2024", "2024-12-12"),
        ("7/2024", "2024-07"),
        ("2024", "2024"),
    ],
)
def test_a_date_is_taken_as_officials_write_it(project, tmp_path, given, kept):
    assert add(project, str(report(tmp_path)), "--yes", "--date", given) == 0
    assert load_sidecar(project / "data" / "raw" / "bao_cao.docx").date_published == kept


def test_a_wrong_flag_is_named_by_its_flag(project, tmp_path, capsys):
    assert add(project, str(report(tmp_path)), "--yes", "--date", "12/13/2024") == 2
    message = capsys.readouterr().err
    assert "--date 12/13/2024: is not understood; expected a date" in message
    assert ".source.toml" not in message


def test_a_file_that_is_there_already_is_refused_before_anything_is_asked(
    project, tmp_path, monkeypatch, capsys
):
    assert add(project, str(report(tmp_path)), "--yes") == 0
    capsys.readouterr()
    answer(monkeypatch, "P")
    assert add(project, str(report(tmp_path))) == 2
    assert "Who made it" not in capsys.readouterr().err


def test_the_type_of_a_file_is_looked_at_first(project, tmp_path, capsys):
    path = tmp_path / "make.py"
    path.write_text("print('Thu 5 tỷ đồng')\n", "utf-8")
    assert add(project, str(path), "--yes") == 2
    message = capsys.readouterr().err
    assert "of the type .py is no report" in message and "--date" not in message


def test_that_nobody_said_who_gave_a_file_is_for_the_sidecar_not_for_readers(project, tmp_path):
    for lang, said in (("vi", "chưa ghi lại"), ("en", "not recorded")):
        assert add(project, str(report(tmp_path)), "--yes", "--replace", "--lang", lang) == 0
        path = project / "data" / "raw" / "bao_cao.docx"
        assert f'handed_over_by = "{said}"' in sidecar_path(path).read_text("utf-8")
        assert load_sidecar(path).handed_over_by == ""


def test_a_file_already_in_data_raw_only_gets_its_sidecar(project):
    path = report(project / "data" / "raw")
    data = path.read_bytes()
    assert add(project, str(path), "--yes") == 0
    assert path.read_bytes() == data
    assert list(load_sources(project / "data" / "raw")) == [path]
    assert add(project, str(path), "--yes") == 2
    assert add(project, str(path), "--yes", "--replace") == 0


def test_the_same_content_is_refused_under_any_name(project, tmp_path, capsys):
    path = report(tmp_path)
    assert add(project, str(path), "--yes") == 0
    before = everything(project)
    again = tmp_path / "khac.docx"
    again.write_bytes(path.read_bytes())
    for one in (path, again):
        assert add(project, str(one), "--yes") == 2
        assert "the same content is there as bao_cao.docx" in capsys.readouterr().err
    assert everything(project) == before


def test_a_changed_file_needs_replace(project, tmp_path, capsys):
    assert add(project, str(report(tmp_path)), "--yes") == 0
    changed = report(tmp_path, lines=[*LETTER, "Chi 7 tỷ đồng."])
    before = everything(project)
    assert add(project, str(changed), "--yes") == 2
    assert "--replace" in capsys.readouterr().err
    assert everything(project) == before
    assert add(project, str(changed), "--yes", "--replace") == 0
    assert load_sources(project / "data" / "raw")


def test_another_file_of_the_same_stem_is_refused(project, tmp_path, capsys):
    assert add(project, str(report(tmp_path)), "--yes") == 0
    other = tmp_path / "Bao_cao.txt"
    other.write_text("\n".join(LETTER), "utf-8")
    assert add(project, str(other), "--yes", "--replace") == 2
    assert "a name of its own" in capsys.readouterr().err


def test_a_locality_that_is_new_enters_the_projects_catalogue(project, tmp_path):
    lines = [line.replace("CAN LỘC", "SƠN BÌNH").replace("Can Lộc", "Sơn Bình") for line in LETTER]
    assert add(project, str(report(tmp_path, lines=lines)), "--yes") == 0
    assert load_sidecar(project / "data" / "raw" / "bao_cao.docx").place == "son_binh"
    catalog = (project / "catalog" / "places.toml").read_text("utf-8")
    assert 'vi = "huyện Sơn Bình"' in catalog and 'level = "district"' in catalog
    other = report(tmp_path, "phu_luc.docx", [*lines, "Thêm 5."])
    assert add(project, str(other), "--yes") == 0
    assert (project / "catalog" / "places.toml").read_text("utf-8") == catalog


def test_a_locality_without_its_level_is_refused(project, tmp_path, capsys):
    assert add(project, str(report(tmp_path)), "--yes", "--place", "Xứ Lạ") == 2
    assert "a name that begins with its level" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--date", "2023-13"], ["--period", "sau thang"]])
def test_a_wrong_answer_writes_nothing(project, tmp_path, option):
    before = everything(project)
    assert add(project, str(report(tmp_path)), "--yes", *option) == 2
    assert everything(project) == before


def test_a_file_that_cannot_be_read_does_not_come_in(project, tmp_path, capsys):
    path = tmp_path / "hong.docx"
    path.write_bytes(report(tmp_path).read_bytes()[:300])
    assert add(project, str(path), "--yes") == 2
    assert "damaged" in capsys.readouterr().err
    assert not everything(project)


def test_an_interrupted_write_leaves_nothing_behind(project, tmp_path, monkeypatch):
    path = report(tmp_path)
    real = intake.write_whole

    def fail_on_sidecar(target: Path, content: bytes | str) -> bool:
        if target.name.endswith(".source.toml"):
            raise InputError(str(target), "cannot be written (disk full)")
        return real(target, content)

    monkeypatch.setattr(intake, "write_whole", fail_on_sidecar)
    assert add(project, str(path), "--yes") == 2
    assert not everything(project)


def test_a_workbook_comes_in_too(project, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ["UBND HUYỆN CAN LỘC"],
        ["ƯỚC THỰC HIỆN THU NGÂN SÁCH NHÀ NƯỚC QUÝ I NĂM 2024"],
        ["(Kèm theo Báo cáo số 5/BC-UBND ngày 10/4/2024 của UBND huyện)"],
        ["STT", "Nội dung", "Dự toán", "Thực hiện"],
        ["I", "Thu nội địa", 100, 25],
    ):
        book.active.append(row)
    path = tmp_path / "thu_quy_1.xlsx"
    book.save(path)
    assert add(project, str(path), "--yes") == 0
    source = load_sidecar(project / "data" / "raw" / "thu_quy_1.xlsx")
    assert source.title == "Ước thực hiện thu ngân sách nhà nước quý I năm 2024"
    assert (source.date_published, source.period) == ("2024-04-10", "2024-Q1")


def test_a_table_of_published_figures_needs_no_place(project):
    table = Path(__file__).parents[1] / "data" / "raw" / "observations.csv"
    words = ["--producer", "P", "--title", "T", "--date", "2025"]
    assert add(project, str(table), "--yes", *words) == 0
    copy = project / "data" / "raw" / "observations.csv"
    assert load_sidecar(copy).place == ""
    assert sidecar_path(copy).exists()


# --- what a document says about itself ----------------------------------------------------------


def test_the_real_report_is_described_by_its_own_first_lines():
    report = Path(__file__).parents[1] / "data" / "raw" / "bao_cao_kiem_diem_ubnd_2024.txt"
    found = read_front_matter(report.read_text("utf-8"))
    source = load_sidecar(report)
    assert (found.place, found.period, found.date) == (
        source.place,
        source.period,
        source.date_published,
    )
    assert found.title == source.title


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("BÁO CÁO\nKết quả 9 tháng năm 2022", "2022-9M"),
        ("BÁO CÁO\nTình hình sáu tháng đầu năm 2022", "2022-6M"),
        ("BÁO CÁO\nTình hình quý III/2021", "2021-Q3"),
        ("BÁO CÁO\nTình hình tháng 9 năm 2021", "2021-M09"),
        ("BÁO CÁO\nTổng kết giai đoạn 2016 - 2020", "2016-2020"),
        ("BÁO CÁO\nTổng kết năm 2020, nhiệm vụ 6 tháng đầu năm 2021", "2020"),
        ("BÁO CÁO\nTổng kết công tác", ""),
    ],
)
def test_the_period_is_that_of_the_title(text, period):
    assert read_front_matter(text).period == period


def test_an_office_below_the_committee_is_not_a_part_of_the_name():
    found = read_front_matter("UBND HUYỆN CAN LỘC PHÒNG TÀI CHÍNH - KẾ HOẠCH\n")
    assert found.producer == "UBND huyện Can Lộc"


def test_a_title_can_name_the_locality():
    found = read_front_matter("BÁO CÁO\nKinh tế - xã hội năm 2023 của huyện Sơn Bình, phần 1")
    assert (found.place, found.place_name, found.producer) == ("", "huyện Sơn Bình", "")


def test_nothing_is_made_up_where_nothing_is_said():
    found = read_front_matter("Thu ngân sách đạt 5 tỷ đồng.")
    assert found == type(found)()


LETTERHEADS = {
    "line breaks": "UBND HUYỆN VĨNH KHÊ\nSố: 512/BC-UBND\nVĩnh Khê, ngày 12 tháng 12 năm 2024\n",
    "paragraphs": "ỦY BAN NHÂN DÂN\n\nHUYỆN VĨNH KHÊ\n\nSố: 512/BC-UBND\n\n"
    "Vĩnh Khê, ngày 12 tháng 12 năm 2024\n",
    "a table of Word": "ỦY BAN NHÂN DÂN HUYỆN VĨNH KHÊ  Số: 512/BC-UBND\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA "
    "VIỆT NAM Độc lập - Tự do - Hạnh phúc  Vĩnh Khê, ngày 12 tháng 12 năm 2024\n",
    "tabs": "UBND HUYỆN VĨNH KHÊ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Số: 512/BC-UBND\tVĩnh Khê, ngày 12 tháng 12 năm 2024\n",
    "small letters": "UBND huyện Vĩnh Khê Số: 512/BC-UBND\nVĩnh Khê, ngày 12/12/2024\n",
    "capitals to the end": "UBND HUYỆN VĨNH KHÊ SỐ: 512/BC-UBND\nVĩnh Khê, ngày 12/12/2024\n",
}


@pytest.mark.parametrize("form", LETTERHEADS)
def test_the_number_below_a_letterhead_is_no_part_of_the_name(form):
    found = read_front_matter(f"{LETTERHEADS[form]}\nBÁO CÁO\nTình hình năm 2024\n")
    assert (found.place_name, found.date) == ("huyện Vĩnh Khê", "2024-12-12")
    assert found.producer.endswith("huyện Vĩnh Khê")


@pytest.mark.parametrize(
    ("name", "shown"), [("A LƯỚI", "A Lưới"), ("EA H'LEO", "Ea H'leo"), ("HÀ TRUNG", "Hà Trung")]
)
def test_names_in_capitals_are_written_as_in_prose(name, shown):
    assert read_front_matter(f"UBND HUYỆN {name}\nSố: 5\n").place_name == f"huyện {shown}"


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("UBND TỈNH HÀ TĨNH\nUBND HUYỆN CAN LỘC\n", "can_loc"),
        ("UBND TỈNH HÀ TĨNH\n\nBÁO CÁO\nKết quả của huyện Can Lộc năm 2024\n", "can_loc"),
        ("UBND TỈNH HÀ TĨNH\n\nBÁO CÁO\nKết quả năm 2024\n", "ha_tinh_province"),
        ("UBND XÃ SƠN BÌNH\nHUYỆN CAN LỘC\n", ""),
    ],
)
def test_the_project_s_own_place_goes_before_a_higher_one(head, place):
    assert read_front_matter(head, "can_loc").place == place
