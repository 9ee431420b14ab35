"""How fast prose is read, against a compiled pattern of numbers, units and cue words.

Prints ratios of medians of alternating runs, in cpu time, on sparse text (a report repeated) and
dense text (labelled passages repeated), and how the time grows with the text. With quantulum3
installed it is compared too. Run: python benchmarks/prose.py [REPORT.txt]
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hlanalysis.reading.prose import read_prose
from hlanalysis.reading.rules import table

ROOT = Path(__file__).resolve().parents[1]
PASSAGES = ROOT / "tests" / "data" / "prose"
RUNS = 5


SKETCH = re.compile(
    r"([0-9]+(?:[.,][0-9]+)*)\s?(%|tỷ đồng|tỷ|triệu đồng|đồng|ha|tấn|tạ/ha|người|hộ|con|lần|km)?"
    r"|(tăng|giảm|đạt|bằng|vượt|chiếm|còn|so với|cùng kỳ|kế hoạch|dự toán|KH|CK|ước|trong đó|gấp)"
)


def all_words() -> re.Pattern[str]:
    """Return one pattern of numbers, and of all our units and cue words, in either case."""
    units = sorted({word for unit in table("units")["unit"] for word in unit["words"]}, key=len)
    cues = sorted({word for cue in table("cues")["cue"] for word in cue["words"]}, key=len)
    return re.compile(
        rf"([0-9]+(?:[.,][0-9]+)*)\s?({'|'.join(map(re.escape, reversed(units)))})?"
        rf"|\b({'|'.join(map(re.escape, reversed(cues)))})\b",
        re.IGNORECASE,
    )


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(name: str, text: str, pattern: re.Pattern[str]) -> None:
    """Time reading and the pattern in turns; print speeds and the ratio of medians."""
    megabytes = len(text.encode()) / 1e6
    ours, theirs = [], []
    for _ in range(RUNS):
        theirs.append(cpu(lambda: [match.span() for match in pattern.finditer(text)]))
        ours.append(cpu(lambda: read_prose(text, doc_year=2024)))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(
        f"{name:28} {megabytes:5.2f} MB  reading {megabytes / statistics.median(ours):6.2f} MB/s"
        f"  pattern {megabytes / statistics.median(theirs):6.2f} MB/s  ratio {ratio:5.2f}"
    )


def growth(name: str, text: str) -> None:
    small = text * max(1, 1_000_000 // len(text.encode()))
    once = statistics.median(cpu(lambda: read_prose(small)) for _ in range(3))
    ten = cpu(lambda: read_prose(small * 10))
    print(f"{name:28} ten times the text takes {ten / once:5.2f} times the time")


def against_quantulum(text: str) -> None:
    try:
        from quantulum3 import parser
    except ImportError:
        print("quantulum3 is not installed: not compared")
        return
    sample = text[:6000]
    parser.parse("5 km")
    theirs = statistics.median(cpu(lambda: parser.parse(sample)) for _ in range(3))
    ours = statistics.median(cpu(lambda: read_prose(sample)) for _ in range(3))
    print(f"{'quantulum3 (English)':28} takes {theirs / ours:.0f} times our time, 6 000 characters")


def dense_text() -> str:
    lines = (PASSAGES / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return "\n\n".join(record.get("text_unicode") or record["text"] for record in records)


def main() -> None:
    default = PASSAGES / "seed_gold.jsonl"
    report = (
        Path(sys.argv[1]).read_text(encoding="utf-8")
        if len(sys.argv) > 1
        else json.loads(default.read_text(encoding="utf-8"))["text"]
    )
    read_prose(report)
    for peer, pattern in (("a sketch of 28 words", SKETCH), ("all our words", all_words())):
        print(f"against a pattern of {peer}:")
        compare("report x20 (sparse)", report * 20, pattern)
        compare("labelled passages x20 (dense)", dense_text() * 20, pattern)
    growth("report", report)
    growth("labelled passages", dense_text())
    against_quantulum(dense_text())


if __name__ == "__main__":
    main()
