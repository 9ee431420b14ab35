"""hlanalysis scenario: run and compare scenarios, search goals, see what matters and how sure."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from hlanalysis.errors import InputError

if TYPE_CHECKING:
    from hlanalysis.scenarios.reports import Report

HELP = "run and compare scenarios"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the five subcommands and what they share."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    run_parser = _action(actions, "run", "compute one scenario, year by year")
    run_parser.add_argument("scenario", nargs="?", help="name or file of a scenario (base if none)")
    compare = _action(actions, "compare", "two scenarios, with each lever's part of the difference")
    compare.add_argument("scenario", help="name or file of a scenario")
    compare.add_argument("base", nargs="?", help="what to compare it with (the baseline if none)")
    compare.add_argument("--year", type=int, help="year to explain (the last if left out)")
    goal = _action(actions, "goal", "which value of a lever brings a result to a target")
    goal.add_argument("lever", help="for example tang_khac or dau_gia[2026]")
    goal.add_argument("variable")
    goal.add_argument("year", type=int)
    goal.add_argument("target", help="in the variable's unit: 300, 77,64, 1.290")
    goal.add_argument("--scenario", help="scenario that sets the other levers")
    tornado = _action(actions, "tornado", "which levers move a result most, one at a time")
    tornado.add_argument("variable")
    tornado.add_argument("year", type=int, nargs="?")
    tornado.add_argument("--scenario", help="scenario to swing around")
    fan = _action(actions, "fan", "a range of outcomes, and the odds of reaching a target")
    fan.add_argument("variable")
    fan.add_argument("--target", help="say the odds of reaching this in --year")
    fan.add_argument("--year", type=int, help="year of the target (the last if left out)")
    fan.add_argument("--draws", type=int, default=10_000)
    fan.add_argument("--seed", type=int, default=2025)
    fan.add_argument(
        "--scenario", help="scenario whose levers stay fixed; the others vary as stated"
    )
    fan.add_argument(
        "--from-past",
        action="store_true",
        help="spread by past misses of the plan instead of stated assumptions",
    )


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=summary, description=summary.capitalize() + ".")
    parser.add_argument("--project", help="the project's folder (this folder or one above)")
    parser.add_argument("--model", help="a model file (data/scenarios/*.model.toml if left out)")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="LEVER=VALUE",
        help="change a lever: tang_khac=10, dau_gia[2026]=50, ty_le_von=77,64",
    )
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def run(args: argparse.Namespace) -> int:
    """Print the answer and return 0."""
    from hlanalysis.scenarios import reports
    from hlanalysis.scenarios.workplace import Workplace

    place = Workplace(args.project, args.model, args.lang)
    changes = dict(_setting(one) for one in args.set)
    report: Report
    if args.action == "run":
        report = reports.run_report(place, args.scenario, changes)
    elif args.action == "compare":
        report = reports.compare_report(place, args.scenario, args.base, changes, args.year)
    elif args.action == "goal":
        report = reports.goal_report(
            place, args.lever, args.variable, args.year, args.target, args.scenario, changes
        )
    elif args.action == "tornado":
        report = reports.tornado_report(place, args.variable, args.year, args.scenario, changes)
    else:
        report = reports.fan_report(
            place, args.variable, args.target, args.year, args.draws, args.seed, args.scenario,
            changes, from_past=args.from_past,
        )  # fmt: skip
    print(report.as_json() if args.json else report.as_text())
    return 0


def _setting(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise InputError("--set", repr(text), "LEVER=VALUE", "for example --set tang_khac=10")
    return name.strip(), value.strip()
