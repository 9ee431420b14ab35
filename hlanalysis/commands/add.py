"""`hlanalysis add`: take a file into the project together with where it comes from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError

if TYPE_CHECKING:
    from hlanalysis.building.answers import Reader
    from hlanalysis.gathering.front_matter import FrontMatter
    from hlanalysis.gathering.intake import Candidate
    from hlanalysis.numbers import Lang

HELP = "take a document or workbook into the project, with its source"

# What is asked for, in this order, and whether only reports and workbooks need it.
QUESTIONS = (
    ("producer", False),
    ("title", False),
    ("date", False),
    ("place", True),
    ("period", True),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a report, workbook or .csv")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="default: data/raw")
    parser.add_argument("--project", metavar="FOLDER", help="the project (default: this folder)")
    parser.add_argument("--producer", help="who made it: 'UBND thị xã Hồng Lĩnh'")
    parser.add_argument("--title", help="what it is called")
    parser.add_argument("--date", help="date of publication: 20/12/2024, 12/2024 or 2024")
    parser.add_argument("--place", help="locality: 'huyện Can Lộc' or its catalogue id")
    parser.add_argument("--period", help="period it reports on: 2024, 2024-6M, 2024-Q3, 2021-2025")
    parser.add_argument("--address", help="where it was found: https://...")
    parser.add_argument("--handed-over-by", metavar="WHO", help="who gave it")
    parser.add_argument("--accessed", metavar="DATE", help="when (default: today)")
    parser.add_argument("--right", help="licence, or by what right it is used")
    parser.add_argument("--step", action="append", default=[], help="how to get it again; repeat")
    parser.add_argument("--unit", help="unit of the whole file, if it does not say so itself")
    parser.add_argument("--vintage", choices=("preliminary", "official", "final"))
    parser.add_argument("--plan-level", choices=("province", "council", "adjusted"))
    parser.add_argument("--note", action="append", default=[], help="what to know; repeat")
    parser.add_argument("--replace", action="store_true", help="the file's content has changed")
    parser.add_argument("--yes", action="store_true", help="keep what is found, ask nothing")
    parser.add_argument(
        "--lang", choices=("vi", "en"), help="of questions (default: HLANALYSIS_LANG, the system's)"
    )


def run(args: argparse.Namespace) -> int:
    """Examine the file, find or ask what is missing, copy it and write its sidecar.

    Raises
    ------
    InputError
        If the file cannot be read, is there already, or something needed is not known.
    """
    from hlanalysis.building.localities import find_locality, learn, own_place
    from hlanalysis.building.spoken import spoken_lang
    from hlanalysis.gathering.front_matter import read_front_matter
    from hlanalysis.gathering.intake import check_new, examine, take_in
    from hlanalysis.project import find_root

    lang = spoken_lang(args.lang)
    root = find_root(Path(args.project) if args.project else None)
    folder = args.into or root / "data" / "raw"
    candidate = examine(args.file)
    # All that can be refused is refused before anything is asked.
    check_new(args.file, folder, replace=args.replace)
    own = own_place(root)
    if args.replace:
        _keep_known(args, folder / args.file.name)
    _read_flags(args, own)
    found = read_front_matter(candidate.head, own)
    answers = _answers(args, candidate, found, own, lang)
    also: dict[Path, str] = {}
    if answers["place"]:
        answers["place"], also = learn(root, find_locality(answers["place"], own))
    values = _values(args, answers, lang)
    target, sidecar = take_in(args.file, folder, values, replace=args.replace, also=also)
    _say(candidate, target, sidecar, values, also, lang)
    return 0


_KEPT = {
    "producer": "producer", "title": "title", "date": "date_published", "place": "place",
    "period": "period", "address": "address", "handed_over_by": "handed_over_by", "right": "right",
    "unit": "unit", "vintage": "vintage", "plan_level": "plan_level",
}  # fmt: skip


def _keep_known(args: argparse.Namespace, target: Path) -> None:
    """Let the sidecar that is there answer what no option does: only the content has changed."""
    from hlanalysis.sources.provenance import load_sidecar, sidecar_path

    if not sidecar_path(target).is_file():
        return
    known = load_sidecar(target)
    for option, field in _KEPT.items():
        if getattr(args, option) is None and getattr(known, field):
            setattr(args, option, getattr(known, field))
    args.step = args.step or list(known.steps)
    args.note = args.note or list(known.notes)


def _readers(own: str) -> dict[str, Reader]:
    """Return what makes sense of an answer: the spelling to keep, or ValueError."""
    from hlanalysis.building.answers import read_date, read_period
    from hlanalysis.building.localities import find_locality

    def read_place(given: str) -> str:
        find_locality(given, own)
        return given

    return {"date": read_date, "place": read_place, "period": read_period}


def _read_flags(args: argparse.Namespace, own: str) -> None:
    """Bring dates, place and period given as options to one spelling.

    Raises
    ------
    InputError
        If one of them is not understood.
    """
    from hlanalysis.texts import text

    readers = _readers(own)
    for option, read in (*readers.items(), ("accessed", readers["date"])):
        given = getattr(args, option)
        if not given:
            continue
        try:
            setattr(args, option, read(given))
        except ValueError as error:
            kind = "date" if option == "accessed" else option
            expected = text(f"command.expected_{kind}", "en")
            raise InputError(f"--{option} {given}", "is not understood", expected) from error


def _answers(
    args: argparse.Namespace, candidate: Candidate, found: FrontMatter, own: str, lang: Lang
) -> dict[str, str]:
    """Return what flags say, else what was found, else what the person at the terminal says."""
    from hlanalysis.building.answers import ask

    suggested = _suggested(found, own)
    may_ask = not args.yes and sys.stdin.isatty()
    readers = _readers(own)
    answers: dict[str, str] = {}
    missing = []
    for name, only_for_figures in QUESTIONS:
        needed = not (only_for_figures and candidate.form == "published")
        answer = getattr(args, name)
        if answer is None and may_ask and needed:
            answer = ask(name, suggested[name], readers.get(name, str), lang)
        elif answer is None:
            answer = suggested[name] if needed else ""
        if not answer and needed:
            missing.append(f"--{name}")
        answers[name] = answer
    if missing:
        raise InputError(
            str(args.file),
            f"the file itself does not tell {', '.join(missing)}",
            "these as options",
            "run it again with them, or without --yes at a terminal to be asked",
        )
    return answers


def _suggested(found: FrontMatter, own: str) -> dict[str, str]:
    """Return what the file says of itself; one that names no locality is on the project's own."""
    from hlanalysis.catalog import place

    known = found.place or ("" if found.place_name else own)
    return {
        "producer": found.producer,
        "title": found.title,
        "date": found.date,
        "place": place(known).vi if known else found.place_name,
        "period": found.period,
    }


def _values(args: argparse.Namespace, answers: dict[str, str], lang: Lang) -> dict[str, Any]:
    """Return the fields of the sidecar."""
    from datetime import date

    from hlanalysis.texts import text

    def say(key: str, **values: str) -> str:
        return text(f"command.{key}", lang).format(**values)

    given_by = args.handed_over_by or ("" if args.address else say("not_recorded"))
    if args.address:
        way = say("download", address=args.address)
    else:
        way = say("hand_over", who=args.handed_over_by or answers["producer"])
    return {
        "producer": answers["producer"],
        "title": answers["title"],
        "address": args.address or "",
        "handed_over_by": given_by,
        "date_published": answers["date"],
        "date_accessed": args.accessed or date.today().isoformat(),
        "right": args.right or say("right"),
        "place": answers["place"],
        "period": answers["period"],
        "unit": args.unit or "",
        "vintage": args.vintage or "",
        "plan_level": args.plan_level or "",
        "steps": args.step or [way, say("checksum")],
        "notes": args.note,
    }


def _say(
    candidate: Candidate,
    target: Path,
    sidecar: Path,
    values: dict[str, Any],
    also: dict[Path, str],
    lang: Lang,
) -> None:
    from hlanalysis.texts import text

    def tell(key: str, **said: Any) -> None:
        print(text(f"command.{key}", lang).format(**said))

    form = text(f"command.{candidate.form}", lang)
    tell("added", target=target, form=form, summary=candidate.summary(lang))
    for name in ("producer", "title", "date_published", "place", "period"):
        if values[name]:
            print(f"  {text(f'command.{name}', lang)}: {values[name]}")
    tell("sidecar", sidecar=sidecar)
    for path in also:
        tell("new_place", path=path)
    tell("build_next")
