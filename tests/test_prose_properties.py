"""Whatever is read: nothing raises, spans point at what is written, time stays linear."""

from __future__ import annotations

import itertools
import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hlanalysis.reading.folding import fold
from hlanalysis.reading.prose import read_prose

WORDS = (
    "Thu ngân sách đạt tăng giảm so với cùng kỳ kế hoạch KH dự toán % tỷ đồng triệu người hộ con "
    "ha tạ/ha năm tháng 2024 12,5 1.290 7/9 222,044 trong đó gồm ( ) , ; . : / lần lượt từ lên "
    "xuống còn điểm % chiếm gấp lần bình quân /năm số 66/NQ-HĐND ngày 20/12/2023 ước và nhưng về "
    "\n - ¹ 0 54% 4. 870 96, 5% từ 1 đến 2 trở lên tỷ lệ cơ cấu (+7,15%) mục tiêu tương ứng"
).split(" ")
PASSAGES = Path(__file__).parent / "data" / "prose" / "dev.jsonl"


def assert_sound(text: str) -> None:
    reading = read_prose(text)
    nfc = unicodedata.normalize("NFC", text)
    for item in [*reading.statements, *reading.unread]:
        start, end = item.span
        assert nfc[start:end] == item.written
        assert any(letter.isdigit() for letter in item.written)
    count = len(reading.statements)
    for place, statement in enumerate(reading.statements):
        assert statement.kind and statement.unit and statement.rule
        assert statement.of is None or (0 <= statement.of < count and statement.of != place)
        assert statement.part_of is None or statement.part_of < place
        assert statement.base is None or statement.kind not in ("level", "share", "ratio_count")
        json.dumps(statement.as_json())
    spans = [statement.span for statement in reading.statements]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


@given(st.text(max_size=200))
def test_any_text_is_read_without_raising(text):
    assert_sound(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_heap_of_official_words_is_read_soundly(words):
    assert_sound(" ".join(words))


@given(st.text(max_size=100))
def test_folding_keeps_one_character_for_one(text):
    assert len(fold(text)) == len(text)


@given(st.decimals(min_value=0, max_value=999, places=2), st.integers(1, 99))
def test_a_plan_sentence_gives_back_its_numbers(amount, percent):
    text = f"Thu ngân sách đạt {str(amount).replace('.', ',')} tỷ đồng, vượt {percent}% dự toán."
    level, excess = read_prose(text).statements
    assert (level.value, excess.value, excess.of) == (amount, percent, 0)


HOSTILE = [
    "1" * 4000,
    "1." * 4000,
    "1, " * 4000,
    "(" * 4000 + "5%",
    "1/" * 4000,
    "1 - " * 4000,
    "vụ " * 4000 + "2023",
    "tăng " * 4000,
    "giai đoạn " * 4000,
    "so với 5% " * 1500,
    "ngày " * 4000 + "5",
    "5 % " * 3000,
    "lần lượt 5%, " * 2000,
    "phong trào 5 x " * 1500,
    "a\n" * 4000 + "5",
    "trong đó 5 tỷ đồng " * 1500,
    "Km1+" * 3000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_text_is_read_to_its_end(text):
    """A pattern that backtracks without bound would not come back from this; seconds vary."""
    reading = read_prose(text * 4)
    assert all(one.span[1] <= len(text) * 4 for one in reading.statements)


def calls(text: str) -> int:
    """Return how many function calls reading takes: the same on every machine, busy or not."""
    count = 0

    def tick(frame, event, argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(tick)
    try:
        read_prose(text)
    finally:
        sys.setprofile(None)
    return count


def test_ten_times_the_text_takes_ten_times_the_work():
    lines = PASSAGES.read_text(encoding="utf-8").splitlines()
    text = "\n\n".join(json.loads(line)["text"] for line in lines[:8]) + "\n\n"
    read_prose(text)
    assert calls(text * 40) < 10 * calls(text * 4) * 1.15
