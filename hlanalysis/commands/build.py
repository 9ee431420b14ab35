"""`hlanalysis build`: everything, from raw data to pages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hlanalysis.build import Built
    from hlanalysis.numbers import Lang


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

    from hlanalysis.build import UnfinishedError, build
    from hlanalysis.building.progress import Progress
    from hlanalysis.building.spoken import spoken_lang
    from hlanalysis.project import find_root

    start = time.perf_counter()
    root = find_root(Path(args.project) if args.project else None)
    if args.watch:
        return _watch(args, root)
    langs: Any = ("vi", "en") if args.lang == "both" else (args.lang,)
    lang = spoken_lang(args.lang)
    try:
        with Progress(lang) as progress:
            built = build(root, langs=langs, only=args.only, jobs=args.jobs, report=progress)
    except UnfinishedError as error:
        _tell(error.built, time.perf_counter() - start, lang)
        raise
    _tell(built, time.perf_counter() - start, lang)
    return 0


def _tell(built: Built, seconds: float, lang: Lang) -> None:
    from hlanalysis.texts import text

    def say(key: str, **values: Any) -> None:
        print(text(f"command.{key}", lang).format(**values))

    if built.made or built.failed:
        kernels = text("command.warm_kernels", lang)
        if built.kernels != "warm":
            reason = built.kernels.removeprefix("plain: ")
            kernels = text("command.plain_kernels", lang).format(reason=reason)
        say("made", made=len(built.made), kept=len(built.kept), seconds=f"{seconds:.1f}",
            kernels=kernels)  # fmt: skip
    else:
        say("nothing_changed", number=len(built.kept))
    if built.overtaken:
        say("overtaken")
    say("findings", counts=", ".join(_counted(*one, lang) for one in built.findings.items()))
    for name, what in (
        ("site/index.html", "pages"),
        ("charts", "charts"),
        ("notebooks", "notebooks"),
    ):
        path = built.outputs / name
        if path.exists():
            say(what, path=path)


def _counted(grade: str, number: int, lang: Lang) -> str:
    """Return "7 review": in English the grade as `check` takes it, in Vietnamese its name."""
    from hlanalysis.texts import text

    return f"{number} {text(f'grades.{grade}', lang).lower() if lang == 'vi' else grade}"


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
