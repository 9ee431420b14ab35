import base64
import csv
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from hlanalysis.publish.downloads import table_downloads

FRAME = pd.DataFrame(
    {
        "chỉ tiêu": ["Thu ngân sách", "=HYPERLINK(1)", "-x"],
        "năm": [2023, 2024, 2025],
        "tỷ đồng": [Decimal("301"), Decimal("222.044"), None],
        "tăng": [0.5, float("nan"), -2.7],
    }
)


@pytest.fixture
def files():
    return {
        item["name"]: base64.b64decode(item["base64"]) for item in table_downloads(FRAME, "thu")
    }


def test_a_csv_opens_in_excel_with_its_letters_and_runs_nothing(files):
    content = files["thu.csv"]
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["chỉ tiêu", "năm", "tỷ đồng", "tăng"],
        ["Thu ngân sách", "2023", "301", "0.5"],
        ["'=HYPERLINK(1)", "2024", "222.044", ""],
        ["'-x", "2025", "", "-2.7"],
    ]


def test_a_workbook_holds_numbers_as_numbers_and_texts_as_texts(files):
    sheet = openpyxl.load_workbook(io.BytesIO(files["thu.xlsx"])).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("chỉ tiêu", "năm", "tỷ đồng", "tăng")
    assert rows[2] == ("=HYPERLINK(1)", 2024, 222.044, None)
    assert sheet["A3"].data_type == "s" and sheet["C3"].data_type == "n"


def test_the_same_table_gives_the_same_bytes():
    assert table_downloads(FRAME, "thu") == table_downloads(FRAME.copy(), "thu")


def test_no_clock_reaches_the_workbook(files):
    with zipfile.ZipFile(io.BytesIO(files["thu.xlsx"])) as parts:
        core = parts.read("docProps/core.xml").decode("utf-8")
        assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2020-01-01T"}
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
