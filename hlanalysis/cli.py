"""The command line: one subcommand a module of `hlanalysis.commands`."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from hlanalysis import __version__
from hlanalysis.errors import InputError

COMMANDS = {
    "build": "raw data to processed data, notebooks, pages and charts",
    "check": "what the figures say about each other",
    "extract": "the figures that documents state, as JSON lines",
    "load": "workbooks as tidy rows",
    "add": "take a document or workbook into the project, with its source",
    "lab": "open the notebooks in JupyterLab",
    "new": "start a project folder of your own",
    "scenario": "run and compare scenarios",
    "export": "charts, slides, workbook or pages for others",
    "accept": "take today's figures as the published baseline",
}
DONE, FINDINGS, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit status.

    0 done, 1 findings (`check` only), 2 bad input or usage, 130 interrupted.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    parser = _parser(words)
    args = parser.parse_args(words)
    if not hasattr(args, "run"):
        parser.print_help()
        return BAD_INPUT
    try:
        return args.run(args)
    except InputError as error:
        print(f"hlanalysis {args.command}: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print(f"hlanalysis {args.command}: interrupted; outputs are as they were", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): not an error of ours.
        sys.stderr.close()
        return DONE


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hlanalysis",
        description="Reads Vietnamese local-government reports and workbooks, checks their "
        "figures, and publishes them.",
    )
    parser.add_argument("--version", action="version", version=f"hlanalysis {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    # Only the command that was asked for is imported; the others lend their one line of help.
    asked = next((word for word in words if not word.startswith("-")), None)
    for name, summary in COMMANDS.items():
        child = subparsers.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if name == asked:
            module = importlib.import_module(f"hlanalysis.commands.{name}")
            module.add_arguments(child)
            child.set_defaults(run=module.run)
    return parser


def _speak_utf8() -> None:
    """Write UTF-8 also where a Windows console or a C locale would not."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
