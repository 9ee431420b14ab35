"""The words on the sheets of the workbook, in both languages."""

from __future__ import annotations

from hlanalysis.numbers import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "summary": ("Mở đầu", "Start here"),
    "findings": ("Phát hiện", "Findings"),
    "metrics": ("Chỉ số", "Metrics"),
    "observations": ("Số liệu", "Figures"),
    "sources": ("Nguồn", "Sources"),
    "charts": ("Biểu đồ", "Charts"),
    "how": (
        "Mọi số đều có nguồn. Ô nền xanh nhạt là công thức sống: sửa số ở trang Số liệu thì tự "
        "tính lại. Dấu phân cách nghìn và thập phân theo cài đặt vùng của máy.",
        "Every number has its source. Pale green cells are live formulas: change a figure on the "
        "sheet Figures and they follow. Separators follow the regional settings of the computer.",
    ),
    "sheet": ("Trang", "Sheet"),
    "holds": ("Nội dung", "What it holds"),
    "holds_findings": (
        "Các số nói gì về nhau, nặng nhất trước: số in, số tính lại, khoảng cho phép",
        "What the figures say about each other, worst first: printed, recomputed, allowed",
    ),
    "holds_metrics": (
        "Số suy ra từ số đã in, công thức bên cạnh giá trị",
        "Numbers worked out from printed figures, the formula beside the value",
    ),
    "holds_observations": (
        "Từng số như đã in, nơi in và ngày in",
        "Each figure as printed, where and when",
    ),
    "holds_sources": ("Tài liệu và trang tin đã dùng", "Documents and pages used"),
    "holds_charts": (
        "Biểu đồ sửa được, số liệu bên cạnh",
        "Charts that can be edited, their numbers beside them",
    ),
    "rows": ("Số dòng", "Rows"),
    "grade": ("Mức", "Grade"),
    "title": ("Tóm tắt", "In short"),
    "sentence": ("Diễn giải", "In full"),
    "printed": ("Số in", "Printed"),
    "recomputed": ("Tính lại", "Recomputed"),
    "allowed": ("Khoảng cho phép", "Allowed"),
    "place": ("Nơi", "Place"),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "period": ("Kỳ", "Period"),
    "kind": ("Loại số", "Kind"),
    "status": ("Tình trạng", "Status"),
    "value": ("Giá trị", "Value"),
    "unit": ("Đơn vị", "Unit"),
    "written": ("Như đã in", "As printed"),
    "base": ("So với", "Against"),
    "plan_level": ("Cấp giao", "Plan level"),
    "scope": ("Phạm vi", "Scope"),
    "price_basis": ("Giá", "Prices"),
    "source": ("Nguồn", "Source"),
    "date": ("Ngày công bố", "Published"),
    "locator": ("Vị trí trong nguồn", "Place in the source"),
    "note": ("Ghi chú", "Note"),
    "id": ("Mã", "Id"),
    "metric": ("Chỉ số", "Metric"),
    "formula": ("Công thức", "Formula"),
    "said": ("Đọc là", "Reads"),
    "interval": ("Khoảng do làm tròn", "Range left by rounding"),
    "assumption": ("Giả định", "Assumption"),
    "inputs": ("Số đã dùng", "Figures used"),
    "publisher": ("Đơn vị công bố", "Publisher"),
    "document": ("Tài liệu", "Document"),
    "address": ("Địa chỉ hoặc nơi giao", "Address, or handed over by"),
    "actual": ("thực hiện", "actual"),
    "estimate": ("ước", "estimate"),
    "plan": ("kế hoạch", "plan"),
    "target": ("mục tiêu", "target"),
    "series": ("Chuỗi", "Series"),
    "label": ("Nhãn", "Label"),
    "low": ("Thấp", "Low"),
    "high": ("Cao", "High"),
    "unknown": (
        "nguồn không nói rõ, coi là như nhau",
        "the sources do not say; taken as alike",
    ),
    "page": ("Trang", "Page"),
}


def workbook_word(key: str, lang: Lang) -> str:
    """Return a word in the reader's language; a key without one stands for itself."""
    found = _WORDS.get(key)
    return found[lang == "en"] if found else key
