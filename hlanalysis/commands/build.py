"""`hlanalysis build`: everything, from raw data to pages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hlanalysis.build import Built


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--lang", choices=("vi", "en", "both"), default="both")
    parser.add_argument("--only", metavar="NAME", help="only the notebook whose name holds this")
    parser.add_argument(
        "--jobs", type=_positive, metavar="N", help="pieces of work at a time (default: processors)"
    )
    parser.add_argument(
        "--watch", action="store_true", help="build again after every change, until Ctrl-C"
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

    from hlanalysis.build import build
    from hlanalysis.building.progress import Progress
    from hlanalysis.project import find_root

    start = time.perf_counter()
    root = find_root(Path(args.project) if args.project else None)
    if args.watch:
        return _watch(args, root)
    langs: Any = ("vi", "en") if args.lang == "both" else (args.lang,)
    with Progress() as progress:
        built = build(root, langs=langs, only=args.only, jobs=args.jobs, report=progress)
    _tell(built, time.perf_counter() - start)
    return 0


def _tell(built: Built, seconds: float) -> None:
    if not built.made:
        print(f"nothing has changed: {len(built.kept)} pieces of work are as they were")
    else:
        how = f"{seconds:.1f} s, {built.kernels} kernels"
        if built.kernels != "warm":
            how = f"{seconds:.1f} s, plain kernels ({built.kernels.removeprefix('plain: ')})"
        print(f"made {len(built.made)}, kept {len(built.kept)} ({how})")
    if built.overtaken:
        print("something changed meanwhile: build again to have it in the outputs")
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


def _watch(args: argparse.Namespace, root: Path) -> int:
    from hlanalysis.build import watched_folders
    from hlanalysis.building.watching import watch

    words = ["--lang", args.lang, "--project", str(root)]
    if args.only:
        words += ["--only", args.only]
    if args.jobs:
        words += ["--jobs", str(args.jobs)]
    watch(watched_folders(root), words, tell=lambda words: print(words, flush=True))
    return 0
