"""`hlanalysis add`: take a file into the project together with where it comes from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError

if TYPE_CHECKING:
    from hlanalysis.gathering.front_matter import FrontMatter
    from hlanalysis.gathering.intake import Candidate

HELP = "take a document or workbook into the project, with its source"

# What is asked for, in this order: flag, the question, whether only reports and workbooks need it.
QUESTIONS = (
    ("producer", "Who made it (cơ quan ban hành)", False),
    ("title", "Title (tên văn bản)", False),
    ("date", "Date of publication, as 2024-12-20, 2024-12 or 2024 (ngày ban hành)", False),
    ("place", "Locality, a name or a catalogue id (địa phương)", True),
    ("period", "Period it reports on, as 2024, 2024-6M, 2024-Q3 (kỳ báo cáo)", True),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a report, workbook or .csv")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="default: data/raw")
    parser.add_argument("--project", metavar="FOLDER", help="the project (default: this folder)")
    parser.add_argument("--producer", help="who made it: 'UBND thị xã Hồng Lĩnh'")
    parser.add_argument("--title", help="what it is called")
    parser.add_argument("--date", help="date of publication: 2024-12-20, 2024-12 or 2024")
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


def run(args: argparse.Namespace) -> int:
    """Examine the file, find or ask what is missing, copy it and write its sidecar.

    Raises
    ------
    InputError
        If the file cannot be read, is there already, or something needed is not known.
    """
    from hlanalysis.catalog.tables import use_project
    from hlanalysis.gathering.front_matter import read_front_matter
    from hlanalysis.gathering.intake import examine, take_in
    from hlanalysis.project import find_root

    root = find_root(Path(args.project) if args.project else None)
    use_project(root)
    folder = args.into or root / "data" / "raw"
    candidate = examine(args.file)
    found = read_front_matter(candidate.head)
    if args.replace:
        _keep_known(args, folder / args.file.name)
    answers = _answers(args, candidate, found)
    place, also = _place(root, answers.get("place", ""))
    values = _values(args, answers, place)
    target, sidecar = take_in(args.file, folder, values, replace=args.replace, also=also)
    _say(candidate, target, sidecar, values, also)
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


def _answers(args: argparse.Namespace, candidate: Candidate, found: FrontMatter) -> dict[str, str]:
    """Return what flags say, else what was found, else what the person at the terminal says."""
    suggested = {
        "producer": found.producer,
        "title": found.title,
        "date": found.date,
        "place": found.place or found.place_name,
        "period": found.period,
    }
    may_ask = not args.yes and sys.stdin.isatty()
    answers: dict[str, str] = {}
    missing = []
    for name, question, only_for_figures in QUESTIONS:
        needed = not (only_for_figures and candidate.form == "published")
        answer = getattr(args, name)
        if answer is None and may_ask and needed:
            answer = _ask(question, suggested[name])
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


def _ask(question: str, suggestion: str) -> str:
    """Ask on the terminal; an empty answer keeps the suggestion."""
    shown = f" [{suggestion}]" if suggestion else ""
    while True:
        print(f"{question}{shown}: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            return suggestion
        if line.strip() or suggestion:
            return line.strip() or suggestion


def _values(args: argparse.Namespace, answers: dict[str, str], place: str) -> dict[str, Any]:
    """Return the fields of the sidecar."""
    from datetime import date

    accessed = args.accessed or date.today().isoformat()
    given_by = args.handed_over_by or ("" if args.address else "not recorded (hlanalysis add)")
    if args.address:
        way = f"Download {args.address}"
    else:
        way = f"Ask {args.handed_over_by or answers['producer']} for it"
    return {
        "producer": answers["producer"],
        "title": answers["title"],
        "address": args.address or "",
        "handed_over_by": given_by,
        "date_published": answers["date"],
        "date_accessed": accessed,
        "right": args.right or "not stated by the producer",
        "place": place,
        "period": answers["period"],
        "unit": args.unit or "",
        "vintage": args.vintage or "",
        "plan_level": args.plan_level or "",
        "steps": args.step or [way, "Its sha256 must be the one above."],
        "notes": args.note,
    }


_LEVELS = (
    ("tỉnh", "province", "province"),
    ("thành phố", "district", "city"),
    ("thị xã", "district", "town"),
    ("huyện", "district", "district"),
    ("quận", "district", "district"),
    ("phường", "commune", "ward"),
    ("xã", "commune", "commune"),
    ("thị trấn", "commune", "township"),
)


def _place(root: Path, answer: str) -> tuple[str, dict[Path, str]]:
    """Return the catalogue id of a locality, and the catalogue file that must learn it."""
    from hlanalysis.catalog import all_places, find_place

    if not answer or answer in all_places():
        return answer, {}
    known = find_place(answer)
    if known is not None and all_places()[known].vi.casefold() == answer.casefold():
        return known, {}
    return _new_place(root, answer)


def _new_place(root: Path, name: str) -> tuple[str, dict[Path, str]]:
    """Describe a locality that the catalogue does not know, in the project's own catalogue."""
    import tomllib

    import tomli_w

    from hlanalysis.catalog import all_places
    from hlanalysis.catalog.indicators import fold

    found = next((one for one in _LEVELS if name.casefold().startswith(one[0] + " ")), None)
    if found is None:
        raise InputError(
            f"--place {name}",
            "the catalogue does not know this locality",
            "a name that begins with its level: " + ", ".join(one[0] for one in _LEVELS),
            "write it in full, such as 'huyện Can Lộc'",
        )
    word, level, english = found
    proper = name[len(word) :].strip()
    path = root / "catalog" / "places.toml"
    before = path.read_text("utf-8").rstrip("\n") + "\n\n" if path.is_file() else ""
    for known, row in tomllib.loads(before).items():
        if row.get("vi", "").casefold() == f"{word} {proper}".casefold():
            return known, {}
    own = fold(proper).replace(" ", "_")
    chosen = own if own and own[0].isalpha() and own not in all_places() else f"{own}_{english}"
    if not own or not chosen[0].isalpha() or chosen in all_places():
        raise InputError(
            f"--place {name}", "no catalogue id can be made of this name", "a name in letters",
            "describe the locality in catalog/places.toml and give its id",
        )  # fmt: skip
    entry = {"vi": f"{word} {proper}", "en": f"{proper} {english}", "level": level}
    return chosen, {path: before + tomli_w.dumps({chosen: entry})}


def _say(
    candidate: Candidate,
    target: Path,
    sidecar: Path,
    values: dict[str, Any],
    also: dict[Path, str],
) -> None:
    print(f"added {target} ({candidate.form}: {candidate.summary})")
    for name in ("producer", "title", "date_published", "place", "period"):
        if values[name]:
            print(f"  {name}: {values[name]}")
    print(f"its source: {sidecar} (mend it there if something is wrong)")
    for path in also:
        print(f"new locality described in {path}")
    print("next: hlanalysis build")
