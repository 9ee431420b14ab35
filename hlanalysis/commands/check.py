"""`hlanalysis check`: what the figures say about each other, worst first."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hlanalysis.checks.findings import Finding
    from hlanalysis.numbers import Lang

HELP = "what the figures say about each other"
COLUMNS = (
    "id grade check message place indicator period title sentence printed recomputed allowed "
    "assumptions observations"
).split()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.add_argument(
        "--lang", choices=("vi", "en"), help="default: HLANALYSIS_LANG, else Vietnamese"
    )
    parser.add_argument("--project", metavar="FOLDER", help="the project (default: this folder)")


def run(args: argparse.Namespace) -> int:
    """Print the findings; return 1 if an error is among them."""
    from pathlib import Path
    from typing import cast

    from hlanalysis.building.ledger import check_built
    from hlanalysis.building.spoken import lang_of_variable
    from hlanalysis.project import find_root, open_project

    lang = cast("Lang", args.lang or lang_of_variable() or "vi")
    root = find_root(Path(args.project) if args.project else None)
    check_built(root)
    findings = open_project(root, lang=lang).findings
    writer = {"text": as_text, "json": as_json, "csv": as_csv}[args.format]
    print(writer(findings, lang), end="")
    return 1 if any(one.grade == "error" for one in findings) else 0


def as_text(findings: list[Finding], lang: Lang) -> str:
    """Return the findings grouped by grade, for a reader."""
    from hlanalysis.checks.findings import GRADES
    from hlanalysis.texts import text

    lines = []
    for grade in GRADES:
        group = [one for one in findings if one.grade == grade]
        if group:
            lines.append(f"{text(f'grades.{grade}', lang).upper()} ({len(group)})\n")
            lines += [_item(number, one, lang) for number, one in enumerate(group, start=1)]
    return "\n".join(lines) if lines else text("display.no_findings", lang) + "\n"


def _item(number: int, one: Finding, lang: Lang) -> str:
    from hlanalysis.texts import text

    parts = [f"{number}. {one.title(lang)}", _wrapped(str(one.sentence(lang)))]
    shown = [
        f"{text(f'display.{name}', lang)}: {value.write(lang)}"
        for name in ("printed", "recomputed", "allowed")
        if (value := getattr(one, name)) is not None
    ]
    if shown:
        parts.append(_wrapped("; ".join(shown)))
    if one.assumptions:
        said = "; ".join(text(f"assumptions.{key}", lang) for key in one.assumptions)
        parts.append(_wrapped(f"{text('display.assumed', lang)}: {said}"))
    ids = " ".join(one.observations[:6]) + (" …" if len(one.observations) > 6 else "")
    parts.append(_wrapped(f"[{ids}]"))
    return "\n".join(parts) + "\n"


def _wrapped(said: str) -> str:
    import textwrap

    return textwrap.fill(
        said, 100, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False
    )


def record(one: Finding, lang: Lang) -> dict[str, str | list[str]]:
    """Return a finding as plain values, in the order of `COLUMNS`."""
    from hlanalysis.texts import text

    return {
        "id": one.id,
        "grade": one.grade,
        "check": one.check,
        "message": one.message,
        "place": one.place,
        "indicator": one.indicator,
        "period": one.period,
        "title": str(one.title(lang)),
        "sentence": str(one.sentence(lang)),
        **{
            name: "" if (value := getattr(one, name)) is None else value.write(lang)
            for name in ("printed", "recomputed", "allowed")
        },
        "assumptions": [text(f"assumptions.{key}", lang) for key in one.assumptions],
        "observations": list(one.observations),
    }


def as_json(findings: list[Finding], lang: Lang) -> str:
    """Return the findings as a JSON list."""
    import json

    records = [record(one, lang) for one in findings]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def as_csv(findings: list[Finding], lang: Lang) -> str:
    """Return the findings as CSV; lists are joined by "; " and ids by a space."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in findings:
        row = record(one, lang)
        joined = {
            "assumptions": "; ".join(row["assumptions"]),
            "observations": " ".join(row["observations"]),
        }
        writer.writerow(row | joined)
    return out.getvalue()
