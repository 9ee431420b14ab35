"""`hlanalysis new`: a project folder of one's own."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", help="the folder to make; it must not exist or be empty")
    parser.add_argument("--place", metavar="ID", help="catalogue id of the locality: can_loc")
    parser.add_argument("--name-vi", metavar="NAME", help="its name: 'huyện Can Lộc'")
    parser.add_argument("--name-en", metavar="NAME", help="its English name")
    parser.add_argument("--level", choices=("province", "district", "commune"), default="commune")


def run(args: argparse.Namespace) -> int:
    """Make the folder and say what to do next."""
    from pathlib import Path

    from hlanalysis.building.starter import make_project

    folder = Path(args.folder)
    names = (args.name_vi, args.name_en or args.name_vi)
    made = make_project(folder, place=args.place, names=names, level=args.level)
    print(f"made {made} files in {folder}")
    print("next: hlanalysis add REPORT, then hlanalysis build (both inside that folder)")
    return 0
