"""`hlanalysis lab`: JupyterLab on the project's notebooks."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("notebook", nargs="?", help="a notebook to open, such as 01_budget_revenue")
    parser.add_argument("--project", metavar="FOLDER", help="the project (default: this folder)")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument(
        "--jupyter",
        action="append",
        default=[],
        metavar="OPTION",
        help="an option for JupyterLab itself, such as --jupyter=--port=9000; repeat",
    )


def run(args: argparse.Namespace) -> int:
    """Start JupyterLab with this Python, so that notebooks can import the package."""
    import subprocess
    import sys
    from importlib import resources
    from pathlib import Path

    from hlanalysis.errors import InputError
    from hlanalysis.project import find_root

    root = find_root(Path(args.project) if args.project else None)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}"]
    if args.notebook:
        name = args.notebook.removesuffix(".ipynb")
        path = root / "notebooks" / f"{Path(name).name}.ipynb"
        if not path.is_file():
            there = ", ".join(sorted(one.stem for one in path.parent.glob("*.ipynb")))
            raise InputError("lab", f"no notebook {args.notebook!r}", there)
        command.append(str(path))
    else:
        command.append("--LabApp.default_url=/lab/tree/notebooks")
    if args.no_browser:
        command.append("--no-browser")
    command += args.jupyter
    # A planner's PC has no internet: JupyterLab shall not ask to fetch news or updates.
    settings = Path(str(resources.files("hlanalysis"))) / "lab_settings"
    command.append(f"--LabApp.app_settings_dir={settings}")
    if not (root / "data" / "processed" / "manifest.json").is_file():
        print("data/processed is missing: run `hlanalysis build` first, or the notebooks stop.")
    return subprocess.call(command, cwd=root)
