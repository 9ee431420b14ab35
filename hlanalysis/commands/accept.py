"""`hlanalysis accept`: take today's figures as the published ones."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--project", metavar="FOLDER", help="the project (default: this folder)")


def run(args: argparse.Namespace) -> int:
    """Move the baseline and say what moved with it."""
    from pathlib import Path

    from hlanalysis.building.baseline import accept, baseline_path
    from hlanalysis.building.ledger import check_built
    from hlanalysis.project import find_root

    root = find_root(Path(args.project) if args.project else None)
    check_built(root)
    data = root / "data"
    number, moved = accept(data)
    print(f"{number} figures are now the published baseline ({baseline_path(data)})")
    for change in moved:
        values = [f"{row.value:f}" if row else "-" for row in (change.before, change.after)]
        row = change.row
        print(f"  {change.reason}: {row.place} {row.indicator} {row.period} {row.kind}: ", end="")
        print(" -> ".join(values))
    return 0
