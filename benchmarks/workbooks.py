"""Reading a workbook of a million cells: our reader against pandas with openpyxl, in one run.

    python benchmarks/workbooks.py [--rows 50000] [--rounds 3]

Each reading runs in a process of its own; cpu time and peak memory are the child's. The readers
take turns, so that a busy machine slows all alike. Afterwards every value, error, formula
without a value, merged range, hidden row and column, indent and per cent format that openpyxl
sees in a smaller workbook of the same make is compared with what we keep.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

COLUMNS = 20
READERS = {
    "pandas + openpyxl": (
        "import pandas; begin(); pandas.read_excel(path, engine='openpyxl', header=None)"
    ),
    "python-calamine (values only)": (
        "import python_calamine as c; begin();"
        "c.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()"
    ),
    "hlanalysis load_workbook": (
        "from hlanalysis.sources.workbooks import load_workbook; begin(); load_workbook(path)"
    ),
    "hlanalysis load_workbook + read_tables": (
        "from hlanalysis.sources.workbooks import load_workbook\n"
        "from hlanalysis.reading.tables import read_tables\n"
        "begin(); read_tables(load_workbook(path))"
    ),
}
_CHILD = """
import sys, time
path = sys.argv[1]
started = 0.0
def begin():
    global started
    started = time.process_time()
{code}
used = time.process_time() - started
try:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
except ImportError:
    peak = float("nan")
print(used, peak)
"""


def make(path: Path, rows: int) -> None:
    """Write a table as offices keep them: numbers, texts, formats, a few of every trap."""
    import random

    import xlsxwriter

    draw = random.Random(7)
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = book.add_worksheet("Thu")
    money = book.add_format({"num_format": "#,##0"})
    percent = book.add_format({"num_format": "0.0%"})
    indented = book.add_format({"indent": 1})
    sheet.merge_range(0, 0, 0, COLUMNS - 1, "THU NGÂN SÁCH CÁC NĂM 2007 - 2024")
    sheet.write(1, 5, "Đơn vị: Triệu đồng")
    sheet.write_row(
        2, 0, ["STT", "Nội dung", *(f"Năm {2007 + i}" for i in range(COLUMNS - 3)), "2024/2023 (%)"]
    )
    for row in range(3, rows + 3):
        sheet.write(row, 0, row % 30 + 1)
        sheet.write(row, 1, f"Khoản thu số {row}", indented if row % 3 else None)
        for column in range(2, COLUMNS - 1):
            sheet.write(row, column, round(draw.random() * 1e5, 1), money)
        sheet.write(row, COLUMNS - 1, round(draw.random() * 2, 3), percent)
        if row % 500 == 0:
            sheet.set_row(row, None, None, {"hidden": True})
            sheet.write_formula(row, 5, "=1/0", None, "#DIV/0!")
            sheet.write_formula(row, 6, "=A1", None, "")
    sheet.set_column(4, 4, None, None, {"hidden": True})
    book.close()


def measure(name: str, path: Path) -> tuple[float, float]:
    """Return (cpu seconds, peak megabytes) of one reading in a child process."""
    code = _CHILD.replace("{code}", READERS[name])
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
    )
    used, peak = done.stdout.split()[-2:]
    return float(used), float(peak)


def compare(path: Path) -> list[str]:
    """Return what openpyxl sees in a workbook and we do not keep."""
    import openpyxl

    from hlanalysis.grids import CellError
    from hlanalysis.sources.workbooks import load_workbook

    ours = load_workbook(path).sheets[0]
    theirs = openpyxl.load_workbook(path, data_only=True).active
    lost = []
    for line in theirs.iter_rows():
        for cell in line:
            kept = ours.rows.get(cell.row, {}).get(cell.column)
            if cell.data_type == "e":
                same = isinstance(kept, CellError) and kept.code == cell.value
            else:
                same = kept == cell.value or (cell.value is None and not isinstance(kept, float))
            style = ours.style(cell.row, cell.column)
            if cell.value is not None:
                same = same and style.percent == ("%" in cell.number_format)
                same = same and style.indent == int(cell.alignment.indent)
            if not same:
                lost.append(f"{cell.coordinate}: {cell.value!r} here {kept!r} {style}")
    hidden = {row for row, shape in theirs.row_dimensions.items() if shape.hidden}
    if hidden != ours.hidden_rows:
        lost.append(f"hidden rows {sorted(hidden ^ ours.hidden_rows)}")
    if not ours.column_is_hidden(5):
        lost.append("hidden column E")
    if len(theirs.merged_cells.ranges) != len(ours.merged):
        lost.append("merged ranges")
    return lost


def main() -> int:
    """Print the ratios; exit status 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        big, small = Path(folder, "big.xlsx"), Path(folder, "small.xlsx")
        make(big, args.rows)
        make(small, min(args.rows, 2_000))
        results: dict[str, list[tuple[float, float]]] = {name: [] for name in READERS}
        for _ in range(args.rounds):
            for name in READERS:
                results[name].append(measure(name, big))
        lost = compare(small)
    base = statistics.median(used for used, _ in results["pandas + openpyxl"])
    print(f"{args.rows * COLUMNS:,} cells, median of {args.rounds} rounds")
    for name, found in results.items():
        used = statistics.median(one for one, _ in found)
        peak = max(one for _, one in found)
        print(f"{name:42} cpu {used:6.2f} s   ratio {used / base:5.2f}   peak {peak:6.0f} MB")
    print(
        f"lost against openpyxl on a workbook of the same make: {len(lost)}", *lost[:5], sep="\n  "
    )
    used = statistics.median(one for one, _ in results["hlanalysis load_workbook"])
    peak = max(one for _, one in results["hlanalysis load_workbook"])
    return int(used / base > 0.25 or peak > 400 or bool(lost))


if __name__ == "__main__":
    sys.exit(main())
