"""`hlanalysis build`: everything, from raw data to pages."""

from __future__ import annotations

import argparse
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--lang", choices=("vi", "en", "both"), default="both")
    parser.add_argument("--only", metavar="NAME", help="only the notebook whose name holds this")
    parser.add_argument(
        "--jobs", type=_positive, metavar="N", help="pieces of work at a time (default: processors)"
    )
    parser.add_argument("--project", metavar="FOLDER", help="the project (default: this folder)")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected 1 or more")
    return number


def run(args: argparse.Namespace) -> int:
    """Build and say where the outputs lie."""
    import time
    from pathlib import Path

    from hlanalysis.build import build
    from hlanalysis.progress import Progress
    from hlanalysis.project import find_root

    start = time.perf_counter()
    root = find_root(Path(args.project) if args.project else None)
    langs: Any = ("vi", "en") if args.lang == "both" else (args.lang,)
    with Progress() as progress:
        built = build(root, langs=langs, only=args.only, jobs=args.jobs, report=progress)
    seconds = time.perf_counter() - start
    if not built.made:
        print(f"nothing has changed: {len(built.kept)} pieces of work are as they were")
    else:
        print(f"made {len(built.made)}, kept {len(built.kept)} ({seconds:.1f} s)")
    counts = ", ".join(f"{number} {grade}" for grade, number in built.findings.items())
    print(f"findings: {counts} (list them with `hlanalysis check`)")
    for name, what in (
        ("site/index.html", "pages"),
        ("charts", "charts"),
        ("notebooks", "notebooks"),
    ):
        path = built.outputs / name
        if path.exists():
            print(f"{what}: {path}")
    return 0
