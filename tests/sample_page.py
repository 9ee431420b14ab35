"""A notebook with everything a page has to cope with, made in code."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from hlanalysis.publish.html import page_html
from hlanalysis.publish.kernels.execute import run_notebook

BIDI = "\u202e"
HOSTILE = (
    f'<script>alert(1)</script> <img src=x onerror=alert(2)> =HYPERLINK("x") {BIDI}044,222\x07'
)

SETUP = """
import base64
import matplotlib
matplotlib.use("agg")
matplotlib.rcParams["svg.fonttype"] = "path"
import io
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, display
from hlanalysis.publish.source_list import SourceItem, sources_section

WORDS = {"vi": ["Kế hoạch (suy ra)", "Thực hiện", "Thu ngân sách 2024 vượt kế hoạch 77,64%"],
         "en": ["Plan (implied)", "Outturn", "Revenue of 2024 beat its plan by 77.64%"]}[lang]

def svg(fig):
    out = io.StringIO()
    fig.savefig(out, format="svg")
    plt.close(fig)
    return out.getvalue()
"""

CHART = """
fig, ax = plt.subplots(figsize=(13.33, 7.5))
plt.rcParams.update({"font.size": 16})
bars = ax.barh(WORDS[:2], [125, 222.044], color=["#595959", "#0072B2"], height=0.55)
ax.bar_label(bars, ["125", "222,044"], padding=8, fontsize=22, fontweight="bold")
ax.set_xlim(0, 260)
ax.spines[["top", "right"]].set_visible(False)
ax.tick_params(labelsize=18)
ax.set_title(WORDS[2], loc="left", fontsize=26, fontweight="bold", pad=36)
ax.text(0, 1.03, "tỷ đồng", transform=ax.transAxes, fontsize=16, color="#444")
fig.text(0.02, 0.02, "Nguồn: báo cáo kiểm điểm UBND thị xã Hồng Lĩnh, 2024", fontsize=12)
fig.subplots_adjust(left=0.22, right=0.96, top=0.82, bottom=0.12)
csv = "muc;ty_dong\\n" + "\\n".join(["ke_hoach;125", "thuc_hien;222.044"])
display({"image/svg+xml": svg(fig), "text/plain": "Exhibit"}, raw=True, metadata={
    "image/svg+xml": {"alt": WORDS[2] + ", tỷ đồng: 125; 222,044.",
                      "caption": "Kế hoạch 125 tỷ đồng được suy ra từ hai con số đã in.",
                      "downloads": [{"name": "thu.csv", "mime": "text/csv",
                                     "base64": base64.b64encode(csv.encode()).decode()}]}})
"""

SENTENCE = """
sentence = "Thu ngân sách 222,044 tỷ đồng, tăng 77,64% so với kế hoạch."
source = dict(publisher="UBND thị xã Hồng Lĩnh", title="Báo cáo kiểm điểm năm 2024",
              date="12/2024", locator="trang 2")
items = [SourceItem("a1", sentence, 14, 21, **source), SourceItem("a2", sentence, 36, 42, **source),
         SourceItem("a3", publisher="Phòng Tài chính", title="Biểu 02", locator="Thu!D7",
                    row=(("Nội dung", "Thu tiền sử dụng đất"), ("Dự toán", "540.056")), marked=1)]
mark = '<a class="figure{}" href="#src-{}" data-source="{}">{}</a>'.format
HTML("<p>Thu ngân sách năm 2024 đạt " + mark("", "a1", "a1", "222,044") + " tỷ đồng, tăng "
     + mark("", "a2", "a2", "77,64%") + " so với kế hoạch; kế hoạch suy ra là "
     + '<a class="figure inferred" href="#src-a1" data-source="a1 a2" '
     + 'data-formula="222,044 ÷ (1 + 77,64%)">125</a> tỷ đồng, tiền đất '
     + mark("", "a3", "a3", "540.056") + " triệu đồng. "
     + mark("computed", "a1", "a1 a2 a3", "một con số dài như cả một câu " * 12) + "</p>")
"""

TABLE = """
years = range(1990, 2025)
frame = pd.DataFrame({"Năm": list(years),
                      "Thu (tỷ đồng)": [f"{x * 7 % 300},{x % 10}" for x in years],
                      "Ghi chú": ["ước" if x % 5 == 0 else "" for x in years]}).set_index("Năm")
display({"text/html": frame.to_html(), "text/plain": repr(frame)}, raw=True,
        metadata={"caption": "Thu ngân sách theo năm"})
"""


def sample_notebook(*, hostile: bool = True) -> NotebookNode:
    """Return the notebook; its parameters cell sets `lang`."""
    v4 = nbformat.v4
    cells = [
        v4.new_markdown_cell("# Thu ngân sách năm 2024\n", metadata={"tags": ["vi"]}),
        v4.new_markdown_cell("# Budget revenue of 2024\n", metadata={"tags": ["en"]}),
        v4.new_code_cell('lang = "vi"', metadata={"tags": ["parameters"]}),
        v4.new_code_cell(SETUP.strip(), metadata={}),
        v4.new_markdown_cell(
            "## Thu vượt kế hoạch, nhưng kế hoạch thấp hơn\n\n"
            "Kế hoạch năm nay **thấp hơn** năm trước; đọc tỷ lệ vượt phải kèm mức kế hoạch.",
            metadata={"tags": ["vi"]},
        ),
        v4.new_markdown_cell(
            "## Revenue beat its plan, and the plan was lower\n\nRead the two together.",
            metadata={"tags": ["en"]},
        ),
        v4.new_code_cell(SENTENCE.strip()),
        v4.new_code_cell(CHART.strip()),
        v4.new_markdown_cell(
            "### Công thức\n\nKế hoạch suy ra $K = \\dfrac{T}{1+g}$, với sai số làm tròn:\n\n"
            "$$\\frac{222{,}0435}{1+0{,}77645} < K < \\frac{222{,}0445}{1+0{,}77635}$$\n",
            metadata={"tags": ["vi"]},
        ),
        v4.new_markdown_cell("#### Bảng số liệu", metadata={"tags": ["vi"]}),
        v4.new_markdown_cell("#### The figures", metadata={"tags": ["en"]}),
        v4.new_code_cell(TABLE.strip()),
        v4.new_code_cell(
            "import warnings\nwarnings.warn('một cảnh báo', stacklevel=1)\nprint('đã tính xong')"
        ),
    ]
    if hostile:
        cells += [
            v4.new_markdown_cell(
                f"## Nguồn lạ\n\n{HOSTILE.replace('src=x ', '')}\n\n[bấm](javascript:alert(3)) "
                "<a href='https://example.org' onclick='alert(4)'>xa</a>\n\n"
                "<form action='https://example.org'><input></form>"
                "<div class='hl-dialog' id='hl-main' style='position:fixed;top:0'>giả</div>"
            ),
            v4.new_code_cell(
                f"row = pd.DataFrame({{'Nội dung': [{HOSTILE!r}], 'Số': ['1.290']}})\n"
                "display(row)\n"
                'display(HTML(\'<script>alert(5)</script><iframe src="https://example.org">'
                "</iframe><p>còn lại</p>'))\n"
                "from IPython.display import Javascript\nJavascript('alert(6)')"
            ),
        ]
    cells.append(v4.new_code_cell("HTML(sources_section(items, lang))"))
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number}"
    notebook = v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    return notebook


def settings(lang: str) -> dict[str, object]:
    """Return `metadata.hlanalysis` as a build would set it."""
    vi = lang == "vi"
    return {
        "lang": lang,
        "question": (
            "Thu ngân sách vượt kế hoạch 77,64% nói lên điều gì?"
            if vi
            else "What does revenue 77.64% above plan tell us?"
        ),
        "site_title": "Hồng Lĩnh qua các con số" if vi else "Hồng Lĩnh in figures",
        "home": "index.html" if vi else "index.en.html",
        "languages": {"vi": "01_sample.vi.html", "en": "01_sample.en.html"},
        "previous": {
            "href": f"00_overview.{lang}.html",
            "title": "Tổng quan" if vi else "Overview",
        },
        "next": {"href": f"02_investment.{lang}.html", "title": "Đầu tư" if vi else "Investment"},
        "data_date": "31/12/2024",
        "data_hash": "4f1c9a02be",
        "version": "0.1.0",
    }


@cache
def executed(lang: str) -> NotebookNode:
    """Return the notebook run in one language, with the settings of a build; do not change it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "01_sample.ipynb"
        nbformat.write(sample_notebook(), path)
        notebook = run_notebook(path, {"lang": lang})
    notebook.metadata["hlanalysis"] = settings(lang)
    return notebook


@cache
def sample_html(lang: str) -> str:
    """Return the page of the sample in one language."""
    return page_html(executed(lang), name="01_sample")


def drawing(lang: str) -> str:
    """Return the SVG that the sample's chart cell made."""
    return next(
        output.data["image/svg+xml"]
        for cell in executed(lang).cells
        for output in cell.get("outputs", ())
        if "image/svg+xml" in output.get("data", {})
    )


def page_of(*cells: NotebookNode, **about: object) -> str:
    """Return the page of a notebook made of these cells; the keywords are its settings."""
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    if about:
        notebook.metadata["hlanalysis"] = about
    return page_html(notebook, name="made")


def showing(data: dict[str, object], **metadata: object) -> NotebookNode:
    """Return a code cell that has shown one thing."""
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    return nbformat.v4.new_code_cell("show()", outputs=[output])


def text(source: str, *tags: str) -> NotebookNode:
    """Return a markdown cell."""
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)})
