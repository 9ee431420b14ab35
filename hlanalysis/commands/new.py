"""`hlanalysis new`: a project folder of one's own."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", help="the folder to make; it must not exist or be empty")
    parser.add_argument("--place", metavar="ID", help="catalogue id of the locality: can_loc")
    parser.add_argument("--name-vi", metavar="NAME", help="its name: 'huyện Can Lộc'")
    parser.add_argument("--name-en", metavar="NAME", help="its English name")
    parser.add_argument(
        "--level",
        choices=("province", "district", "commune"),
        help="if its name does not begin with it",
    )
    parser.add_argument(
        "--lang", choices=("vi", "en"), help="of messages (default: HLANALYSIS_LANG, the system's)"
    )


def run(args: argparse.Namespace) -> int:
    """Make the folder and say what to do next."""
    from pathlib import Path

    from hlanalysis.building.spoken import spoken_lang
    from hlanalysis.building.starter import GUIDE, make_project
    from hlanalysis.texts import text

    folder, lang = Path(args.folder), spoken_lang(args.lang)
    names = (args.name_vi, args.name_en)
    made = make_project(folder, place=args.place, names=names, level=args.level)
    print(text("command.made_project", lang).format(number=made, folder=folder))
    print(text("command.add_next", lang))
    print(text("command.scenarios_next", lang).format(guide=folder / GUIDE))
    return 0
