"""The words on scenario sheets and in the explorer, in both languages."""

from __future__ import annotations

from hlanalysis.numbers import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "levers": ("Đòn bẩy", "Levers"),
    "model": ("Mô hình", "Model"),
    "baseline": ("Cơ sở", "Baseline"),
    "results": ("Kết quả", "Results"),
    "equations": ("Phương trình và nguồn", "Equations and sources"),
    "own": ("Tự chọn", "Your own"),
    "switch": ("Kịch bản đang xem", "Scenario shown"),
    "switch_name": ("kich_ban", "scenario_shown"),
    "how": (
        "Chọn kịch bản ở ô vàng, hoặc chọn “Tự chọn” rồi sửa số trong cột đó. Ô xanh là số mô hình "
        "đang dùng.",
        "Choose a scenario in the yellow cell, or choose “Your own” and change that column. The "
        "green cells are what the model uses.",
    ),
    "lever": ("Yếu tố", "Lever"),
    "unit": ("Đơn vị", "Unit"),
    "used": ("Đang dùng", "In use"),
    "low": ("Thấp nhất", "Lowest"),
    "high": ("Cao nhất", "Highest"),
    "source": ("Nguồn hoặc giả định", "Source or assumption"),
    "between": ("Từ {low} đến {high} {unit}", "From {low} to {high} {unit}"),
    "refused": ("Ngoài khoảng cho phép", "Outside the bounds"),
    "model_note": (
        "Mỗi hàng một đại lượng, mỗi cột một năm; chữ xanh là số xuất phát.",
        "A row a quantity, a column a year; blue figures are start values.",
    ),
    "variable": ("Đại lượng", "Quantity"),
    "name": ("Tên trong phương trình", "Name in equations"),
    "if_true": (
        "Kết quả chỉ đúng nếu các giả định đúng; xem trang cuối.",
        "The results hold only if the assumptions do; see the last sheet.",
    ),
    "starts": ("Số xuất phát", "Start values"),
    "assumptions": ("Các yếu tố và giả định", "Levers and assumptions"),
    "scenarios": ("Kịch bản", "Scenarios"),
    "notes": ("Cần biết", "To know"),
    "data": ("Mã dữ liệu", "Data hash"),
}


def sheet_word(key: str, lang: Lang) -> str:
    """Return a word in the reader's language."""
    return _WORDS[key][lang == "en"]
