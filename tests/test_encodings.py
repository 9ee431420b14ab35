from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hlanalysis.sources import encodings
from hlanalysis.sources.encodings import decode, detect, to_unicode
from hlanalysis.sources.syllables import is_syllable

TABLE = Path(encodings.__file__).with_name("legacy_letters.csv")

SENTENCES = [
    "Năm 2011, huyện Kỳ Sơn gieo trồng 3.415,5 ha lúa, sản lượng đạt 12.870 tấn, 96,4% kế hoạch.",
    "Thu ngân sách trên địa bàn ước đạt 48,215 tỷ đồng, vượt 12,3% dự toán tỉnh giao.",
    "Tỷ lệ hộ nghèo còn 8,75%, giảm 1,9% so với cuối năm; giải quyết việc làm cho 1.240 lao động.",
    "Đường giao thông nông thôn: cứng hóa 37,5 km; 9/14 xã có chợ; khuyến nông, thủy lợi, y tế.",
    "Ước cả năm đón 25.600 lượt khách; doanh thu dịch vụ 61 tỷ đồng, tăng 14,2% so cùng kỳ.",
]


def table(encoding: str) -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["encoding"] == encoding]
    return {row["unicode"]: row["legacy"] for row in rows}


TCVN3, VNI = table("tcvn3"), table("vni")


def as_tcvn3(text: str) -> str:
    """Type a text as a TCVN3 typist does: most capital vowels exist only as small ones."""
    return "".join(TCVN3.get(char) or TCVN3.get(char.lower(), char) for char in text)


def as_vni(text: str) -> str:
    return "".join(
        VNI[char] if char in VNI else VNI[char.lower()].upper() if char.lower() in VNI else char
        for char in text
    )


def test_the_tables_are_whole():
    vowels = {unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in TONES}
    assert set(TCVN3) == {v for v in vowels if not v.isascii()} | set("đĂÂĐÊÔƠƯ")
    assert set(VNI) == {v for v in vowels if not v.isascii()} | set("đĐ")
    assert TCVN3["ư"] == "\u00ad"


TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_tcvn3_is_recognised_and_keeps_every_offset(sentence):
    decoded = to_unicode(as_tcvn3(sentence))
    assert decoded.encoding == "tcvn3"
    assert decoded.text.lower() == sentence.lower()
    assert list(decoded.starts) == list(range(len(sentence) + 1))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_vni_is_recognised_and_offsets_lead_back_to_the_raw_digits(sentence):
    raw = as_vni(sentence)
    decoded = to_unicode(raw)
    assert (decoded.text, decoded.encoding) == (sentence, "vni")
    for number in ("3.415,5", "48,215", "1.240", "9/14", "25.600"):
        at = sentence.find(number)
        if at >= 0:
            start, end = decoded.raw_span(at, at + len(number))
            assert raw[start:end] == number


@pytest.mark.parametrize("sentence", SENTENCES)
def test_proper_vietnamese_is_left_alone_in_nfc_and_nfd(sentence):
    for form in ("NFC", "NFD"):
        decoded = to_unicode(unicodedata.normalize(form, sentence))
        assert (decoded.text, decoded.encoding, decoded.mixed) == (sentence, "unicode", False)


@pytest.mark.parametrize(
    "text",
    [
        "L'année 2023 a été marquée par une forte hausse des recettes : +12,5 % à Hà Tĩnh.",
        "Où est né Noé ? « Le thé », dit-il, « coûte 3 € » ; août, forêt, naïveté, Caïn.",
        "The café's résumé cites São Paulo, Zürich and Ørsted; 5 µm ± 0.5, ½ cup, © 2024 Acme®.",
        "dông vietnamien (1978–1985)",
        "Die Größe der Flächen beträgt 25 m² über schöne Höhen; für Köln gehört es dazu.",
        "El año pasado aún había más niños aquí: ¿por qué? La economía creció un 3 %.",
        "The plan¹ was exceeded by 25%¹; see KH¹ and TH¹ § 3 · item · item",
        "thu duoc 41,7 ty dong, bang 66% DT, tang 12% so CK",
        "inter\u00adna\u00adtional co\u00adop\u00ader\u00ada\u00adtion",
        "hoà bình, toán, loài, hoàn toàn; trí tuệ",
        "Hà Giang, Lào Cai, Hà Nam, Long An, Thanh Hóa",
        "BÁO CÁO\nTHÔNG BÁO\nTHÀNH VIÊN",
        "kế hoạch¹ và 25%¹ của ủy ban",
        "ðẤT ÐAI",
        "",
    ],
)
def test_other_texts_never_look_legacy(text):
    decoded = to_unicode(text)
    assert (decoded.text, decoded.encoding) == (unicodedata.normalize("NFC", text), "unicode")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("§V tÝnh: TriÖu ®ång", "ĐV tính: Triệu đồng"),
        ("TH¤NG B¸O C¤NG KHAI Dù TO¸N", "THÔNG BÁO CÔNG KHAI DỰ TOÁN"),
        ("ý KIÕN, Sè TIÒN §· CHI", "Ý KIẾN, SỐ TIỀN ĐÃ CHI"),
        ("Sè UBND x· §ång Léc", "Số UBND xã Đồng Lộc"),
        ("Ñôn vò tính: trieäu ñoàng", "Đơn vị tính: triệu đồng"),
        ("UÛY BAN NHAÂN DAÂN TÆNH", "ỦY BAN NHÂN DÂN TỈNH"),
        ("Uûy ban nhaân daân", "Ủy ban nhân dân"),
        ("®ång", "đồng"),
        ("N¨m", "Năm"),
    ],
)
def test_short_labels(raw, expected):
    assert to_unicode(raw).text == expected


def test_soft_hyphens_that_a_cleaner_deleted_do_not_hide_tcvn3():
    raw = as_tcvn3("Chương trình nước sạch được mở rộng đến các phường").replace("\u00ad", "")
    assert to_unicode(raw).encoding == "tcvn3"


def test_soft_hyphens_turned_into_plain_ones_are_the_letter_again():
    text = "Đầu tư, ưu tiên nước sạch được 5 xã vùng Tây-Bắc; năm 2021-2025 - trường, KT-XH"
    decoded = to_unicode(as_tcvn3(text).replace("\u00ad", "-"))
    assert decoded.text == text
    assert to_unicode("vùng Tây-Bắc đ-ợc").text == "vùng Tây-Bắc đ-ợc", "only in legacy text"


def test_each_paragraph_of_a_mixed_document_is_read_in_its_own_encoding():
    lines = [SENTENCES[0], as_tcvn3(SENTENCES[1]), as_vni(SENTENCES[2]), "Total: 5.1"]
    decoded = to_unicode("\n".join(lines))
    assert decoded.text.split("\n") == [SENTENCES[0], SENTENCES[1], SENTENCES[2], "Total: 5.1"]
    assert decoded.mixed
    start = decoded.text.index("1.240")
    low, high = decoded.raw_span(start, start + 5)
    assert "\n".join(lines)[low:high] == "1.240"


def test_a_word_that_reads_both_ways_follows_its_neighbours_or_the_font():
    alone = as_tcvn3("vụ")  # "vô" is a word too
    assert to_unicode(alone).encoding == "unicode"
    assert to_unicode(alone, hint="tcvn3").text == "vụ"
    assert to_unicode(as_tcvn3(SENTENCES[1]) + "\n" + alone).text.endswith("vụ")
    assert detect([as_tcvn3("tỷ lệ"), alone, as_tcvn3("số lượng")]) == "tcvn3"


def test_fonts_name_their_encoding():
    names = (".VnTime", ".VnArialH", "VNI-Times", "Times New Roman", None, "")
    found = [encodings.encoding_of_font(name) for name in names]
    assert found == ["tcvn3", "tcvn3", "vni", None, None, None]
    assert encodings.font_shows_capitals(".VnTimeH")
    assert not encodings.font_shows_capitals("ArialH")
    assert to_unicode("Céng hßa x· héi", hint="tcvn3", capitals=True).text == "CỘNG HÒA XÃ HỘI"


def test_a_known_encoding_is_decoded_without_guessing():
    assert decode("hé", "tcvn3").text == "hộ"
    assert decode("hoä", "vni").text == "hộ"
    assert decode("hé", "unicode").text == "hé"


def test_look_alike_letters_are_mended_one_for_one():
    assert encodings.mend_look_alikes("đầu tƣ, TRƢỞNG") == "đầu tư, TRƯỞNG"


def test_syllables_refuse_what_no_vietnamese_word_has():
    assert all(map(is_syllable, "quyển khuếch nghiêng giêng Đắk oằn uỷ Uỷ quốc gì ý".split()))
    assert not any(map(is_syllable, "đợc ủaựt tổp tàc strong áá".split()))
    assert is_syllable("đợc", damaged=True)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=80))
def test_offsets_always_rise_and_end_at_the_end(text):
    for decoded in (to_unicode(text), decode(text, "vni"), decode(text, "tcvn3")):
        starts = list(decoded.starts)
        assert len(starts) == len(decoded.text) + 1
        assert starts == sorted(starts)
        assert starts[-1] == len(unicodedata.normalize("NFC", text))
        assert unicodedata.is_normalized("NFC", decoded.text)


@given(st.lists(st.sampled_from(sorted(VNI)), min_size=1, max_size=12), st.booleans())
def test_every_vni_letter_comes_back(letters, capitals):
    text = " ".join(letters)
    text = text.upper() if capitals else text
    assert decode(as_vni(text), "vni").text == text
