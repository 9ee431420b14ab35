"""`hlanalysis export`: charts, slides, workbook or pages for others."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hlanalysis.charts.exhibit import Exhibit
    from hlanalysis.numbers import Lang
    from hlanalysis.project import Project

HELP = "charts, slides, workbook or pages for others"
_FOLDERS = {"xlsx": "workbook", "pptx": "slides", "html": "site", "charts": "charts"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", choices=tuple(_FOLDERS))
    parser.add_argument("--lang", choices=("vi", "en", "both"), default="vi")
    parser.add_argument(
        "--out", metavar="PATH",
        help="file or folder to write (default: under outputs/); with `both` a folder",
    )  # fmt: skip
    parser.add_argument(
        "--only", metavar="NAMES", help="only these exhibits, their names joined by commas"
    )
    parser.add_argument(
        "--template", metavar="FILE", help="pptx: your own .pptx or .potx with its layouts"
    )
    parser.add_argument(
        "--live-labels", action="store_true",
        help="pptx: labels that follow when the numbers of a chart are edited; their separators "
        "then depend on the region of the computer that shows them",
    )  # fmt: skip
    parser.add_argument(
        "--update", metavar="DECK",
        help="pptx: put today's numbers into this deck, layout kept; saved in place or to --out",
    )  # fmt: skip
    parser.add_argument("--project", metavar="FOLDER", help="the project (default: this folder)")


def run(args: argparse.Namespace) -> int:
    """Export and say where the files lie."""
    from hlanalysis.errors import InputError

    for option in ("template", "update"):
        if getattr(args, option) and args.what != "pptx":
            raise InputError(f"--{option}", f"given with `export {args.what}`", "`export pptx`")
    if args.update and args.lang == "both":
        raise InputError("--update", "two languages", "--lang vi or --lang en: a deck speaks one")
    langs: list[Any] = ["vi", "en"] if args.lang == "both" else [args.lang]
    makers = {"xlsx": _workbook, "pptx": _slides, "charts": _charts, "html": _pages}
    for path in makers[args.what](args, langs):
        print(path)
    return 0


def _open(args: argparse.Namespace, lang: Lang) -> Project:
    from hlanalysis.project import open_project

    return open_project(args.project, lang=lang)


def _exhibits(args: argparse.Namespace, project: Project) -> list[Exhibit]:
    from hlanalysis.errors import InputError

    exhibits = project.exhibits()
    if not args.only:
        return exhibits
    wanted = [name.strip() for name in args.only.split(",") if name.strip()]
    known = {one.id: one for one in exhibits}
    missing = [name for name in wanted if name not in known]
    if missing:
        raise InputError("--only", f"no exhibit {', '.join(missing)}", ", ".join(known))
    return [known[name] for name in wanted]


def _target(args: argparse.Namespace, project: Project, lang: Lang) -> Path:
    """Return the file to write: as asked, or under outputs with place, year and language."""
    name = f"{project.place}_{project.year}_{lang}.{args.what}"
    if not args.out:
        return project.root / "outputs" / _FOLDERS[args.what] / name
    out = Path(args.out)
    if args.lang == "both" or out.is_dir() or args.out.endswith(("/", "\\")):
        return out / name
    return out


def _slides(args: argparse.Namespace, langs: list[Any]) -> list[Path]:
    from hlanalysis.building.opening import opening_lines
    from hlanalysis.building.site_work import site_title
    from hlanalysis.files import write_whole
    from hlanalysis.publish.slides.deck import slides

    if args.update:
        return [_update(args, langs[0])]
    made = []
    template = Path(args.template) if args.template else None
    for lang in langs:
        project = _open(args, lang)
        data = slides(
            _exhibits(args, project), lang, title=site_title(project),
            subtitle=opening_lines(project), template=template,
            typed_labels=not args.live_labels,
        )  # fmt: skip
        made.append((_target(args, project, lang), data))
    for path, data in made:
        write_whole(path, data)
    return [path for path, _ in made]


def _update(args: argparse.Namespace, lang: Lang) -> Path:
    import sys

    from hlanalysis.files import write_whole
    from hlanalysis.publish.slides.update import update_slides

    project, deck = _open(args, lang), Path(args.update)
    done = update_slides(deck, _exhibits(args, project))
    path = _target(args, project, lang) if args.out else deck
    write_whole(path, done.data)
    print(f"renewed {len(done.renewed)} charts", end="")
    print(f"; not in the deck: {', '.join(done.absent)}" if done.absent else "")
    if done.unlike:
        print(
            f"left alone, rebuilt by hand since: {', '.join(done.unlike)}. Hint: delete them and "
            "copy the charts from a new deck",
            file=sys.stderr,
        )
    return path


def _workbook(args: argparse.Namespace, langs: list[Any]) -> list[Path]:
    from hlanalysis.files import write_whole
    from hlanalysis.publish.workbook.metrics import computed_figures
    from hlanalysis.publish.workbook.sheets import workbook

    made = []
    for lang in langs:
        project = _open(args, lang)
        rows = list(project.observations)
        data = workbook(
            lang=lang, title=f"{project.place_name}, {project.when().label(lang)}",
            observations=rows, findings=project.findings, exhibits=_exhibits(args, project),
            origins={one.id: one for one in project.processed.origins},
            metrics=computed_figures(rows, lang, project.place),
            add_sheets=_scenario_sheets(project, lang),
        )  # fmt: skip
        made.append((_target(args, project, lang), data))
    for path, data in made:
        write_whole(path, data)
    return [path for path, _ in made]


def _scenario_sheets(project: Project, lang: Lang) -> Any:
    """Return what adds the scenario sheets, or None for a project without a model."""
    from hlanalysis.scenarios.workplace import Workplace

    if not list((project.root / "data" / "scenarios").glob("*.model.toml")):
        return None
    place = Workplace(project, lang=lang)

    def add(book: Any) -> None:
        from hlanalysis.publish.workbook.scenario_sheets import ScenarioSheets

        ScenarioSheets(book, place.model, place.scenarios, lang).add()

    return add


def _charts(args: argparse.Namespace, langs: list[Any]) -> list[Path]:
    """Write each exhibit as SVG and PNG at slide size, with its numbers as CSV and Excel."""
    from base64 import b64decode

    from hlanalysis.files import write_whole
    from hlanalysis.publish.downloads import table_downloads

    made: dict[Path, str | bytes] = {}
    folders = []
    for lang in langs:
        project = _open(args, lang)
        folder = Path(args.out) if args.out else project.root / "outputs" / "charts"
        folder = folder / lang
        folders.append(folder)
        for one in _exhibits(args, project):
            made[folder / f"{one.id}.svg"] = one.svg()
            made[folder / f"{one.id}.png"] = one.png()
            for file in table_downloads(one.frame(), one.id):
                made[folder / file["name"]] = b64decode(file["base64"])
    for path, content in made.items():
        write_whole(path, content)
    return folders


def _pages(args: argparse.Namespace, langs: list[Any]) -> list[Path]:
    """Build the pages and copy them to where they are wanted."""
    from hlanalysis.build import build
    from hlanalysis.files import write_whole
    from hlanalysis.project import find_root

    root = find_root(Path(args.project) if args.project else None)
    built = build(root, langs=tuple(langs))
    site = built.outputs / "site"
    if not args.out:
        return [site]
    out = Path(args.out)
    for path in sorted(site.rglob("*")):
        if path.is_file():
            write_whole(out / path.relative_to(site), path.read_bytes())
    return [out]
