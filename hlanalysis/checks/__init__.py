"""What figures say about each other: findings.

Each check is a small function over the observations that knows nothing of the others.
`run_checks` runs them all, weighs their findings by what they are about, folds the quiet ones of
other places together, and puts the worst first.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from hlanalysis.checks.averages import check_average_growth
from hlanalysis.checks.breaks import check_grdp_of_district, check_scope, check_territory, warned
from hlanalysis.checks.changes import check_two_changes
from hlanalysis.checks.claims import check_claims
from hlanalysis.checks.counts import (
    check_k_of_n,
    check_n_over_time,
    check_share_of_count,
    check_standstill,
)
from hlanalysis.checks.findings import GRADES, Finding, Grade, worst_first
from hlanalysis.checks.levels import is_cell
from hlanalysis.checks.listed_parts import check_listed_parts
from hlanalysis.checks.merging import merged
from hlanalysis.checks.over_time import (
    check_jumps,
    check_lost_figures,
    check_part_years,
    check_slips_of_thousand,
    check_suspected_breaks,
)
from hlanalysis.checks.plan_aware import (
    check_lower_plan,
    check_plan_against_past,
    check_plan_is_plausible,
)
from hlanalysis.checks.plan_named import check_plan_is_named
from hlanalysis.checks.plans import check_implied_bases
from hlanalysis.checks.plans_agree import check_implied_plans_agree, check_plan_of_part
from hlanalysis.checks.said import Titles
from hlanalysis.checks.shares_beside import check_share_beside_counts
from hlanalysis.checks.sources import check_sources
from hlanalysis.checks.sums import (
    check_parts,
    check_parts_of_indicators,
    check_series_within_total,
    check_shares,
)
from hlanalysis.checks.tables import check_table_sums
from hlanalysis.observations import Observations
from hlanalysis.wording import Amount, Name, Value, Where, Words

Check = Callable[[Observations], list[Finding]]

CHECKS: tuple[Check, ...] = (
    check_claims,
    check_average_growth,
    check_two_changes,
    check_implied_bases,
    check_implied_plans_agree,
    check_plan_of_part,
    check_plan_against_past,
    check_lower_plan,
    check_plan_is_named,
    check_plan_is_plausible,
    check_parts,
    check_listed_parts,
    check_parts_of_indicators,
    check_series_within_total,
    check_shares,
    check_table_sums,
    check_k_of_n,
    check_share_of_count,
    check_share_beside_counts,
    check_n_over_time,
    check_sources,
    check_slips_of_thousand,
    check_jumps,
    check_suspected_breaks,
    check_part_years,
    check_standstill,
    check_lost_figures,
    check_scope,
    check_grdp_of_district,
    check_territory,
)

_HEADLINES = {
    "budget_revenue": 30,
    "total_social_investment": 20,
    "production_value": 15,
    "new_jobs": 10,
    "socio_targets_met": 10,
    "urban_type3_criteria_met": 10,
}
"""Indicators that a planner looks for first; all others weigh nothing by themselves."""
_OWN_PLACE = 1000
_DISTANCE = 3
"""Weight lost for each year before the latest, so that old figures come after new ones."""


def run_checks(observations: Observations, warnings: Iterable[object] = ()) -> list[Finding]:
    """Return what all checks say, worst first.

    Parameters
    ----------
    observations : Observations
    warnings : iterable, optional
        What the sources ask to be told beside their figures (`SourceWarning`).

    Returns
    -------
    list of Finding
        Findings on the project's own place and its headline indicators come first in each grade;
        what agrees elsewhere is one finding for each place.
    """
    home = home_of(observations)
    findings = [finding for check in CHECKS for finding in check(observations)]
    findings = _once(findings)
    findings += _untold(warned(observations, warnings), findings)
    folded = merged(_folded(findings, home, observations), observations)
    latest = max((row.when.last_year for row in observations), default=0)
    return worst_first(_weighed(finding, home, latest) for finding in folded)


def home_of(observations: Observations) -> str:
    """Return the place that the project's own documents report on, empty without figures."""
    own = Counter(row.place for row in observations if not row.source.startswith("pub-"))
    counted = own or Counter(row.place for row in observations)
    return counted.most_common(1)[0][0] if counted else ""


def _once(findings: list[Finding]) -> list[Finding]:
    """Leave out what another finding already tells, and what no other figure speaks to."""
    wrong = {
        name
        for one in findings
        if one.check == "claims" and one.grade in ("error", "review")
        for name in one.observations[:1]
    }
    kept = []
    for one in findings:
        conflict_told = one.message == "source_differs_with_itself" and wrong & set(
            one.observations
        )
        # Without a round number in it, what figures imply confirms nothing and contradicts nothing.
        confirms_nothing = one.check == "implied" and one.message.endswith("_open")
        if not (conflict_told or confirms_nothing):
            kept.append(one)
    return kept


def _untold(warnings: list[Finding], findings: list[Finding]) -> list[Finding]:
    """Return the sources' warnings on figures that no check of plan or scope already told of."""
    told = {
        name
        for one in findings
        if one.message in ("plan_not_named", "scope_is_not_grdp", "scope_is_partial")
        for name in one.observations
    }
    return [one for one in warnings if not set(one.observations) <= told]


def _folded(findings: list[Finding], home: str, observations: Observations) -> Iterable[Finding]:
    """Fold what agrees at other places into one finding for each place."""
    quiet: dict[tuple[str, Grade], list[Finding]] = defaultdict(list)
    apart: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    tables: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        in_table = one.check == "claims" and is_cell(observations.by_id(one.observations[0]))
        if in_table and one.grade in ("ok", "explained"):
            tables[observations.by_id(one.observations[0]).source].append(one)
        elif one.place == home or one.grade == "error":
            yield one
        elif one.grade == "review":
            apart[one.place, one.indicator].append(one)
        elif one.check in ("averages", "claims", "counts", "sources", "sums"):
            quiet[one.place, "ok"].append(one)
    for source, group in tables.items():
        yield _table_claims(source, group)
    for group in apart.values():
        yield group[0] if len(group) == 1 else _together(worst_first(group))
    for (place, grade), group in quiet.items():
        ids = tuple(dict.fromkeys(name for one in group for name in one.observations))
        values: dict[str, Value] = {
            "place": Where(place),
            "count": Amount(len(group), "count", 0),
            "figures": Amount(len(ids), "count", 0),
        }
        last = max(one.period for one in group)
        yield Finding("summary", grade, "agreements", place, "", last, ids, values)


def _table_claims(source: str, group: list[Finding]) -> Finding:
    """Return one finding for all percentages of a table that agree with its levels."""
    first = group[0]
    ids = tuple(dict.fromkeys(name for one in group for name in one.observations))
    values: dict[str, Value] = {
        "place": Where(first.place),
        "count": Amount(len(group), "count", 0),
        "source": Words(source),
    }
    return Finding(
        "summary", "ok", "table_claims_agree", first.place, "", first.period, ids, values
    )


def _together(group: list[Finding]) -> Finding:
    """Return one finding for all doubts about one indicator of another place."""
    first = group[0]
    ids = tuple(dict.fromkeys(name for one in group for name in one.observations))
    values: dict[str, Value] = {
        "place": Where(first.place),
        "name": Name(first.indicator),
        "count": Amount(len(group), "count", 0),
        "titles": Titles(tuple(group), Name(first.indicator)),
    }
    assumptions = tuple(dict.fromkeys(name for one in group for name in one.assumptions))
    return Finding(
        "summary",
        "review",
        "differences",
        first.place,
        first.indicator,
        max(one.period for one in group),
        ids,
        values,
        assumptions=assumptions,
    )


def _weighed(finding: Finding, home: str, latest: int) -> Finding:
    weight = 10 * finding.weight + _HEADLINES.get(finding.indicator, 0)
    if finding.place == home:
        weight += _OWN_PLACE
    if finding.period[:4].isdigit():
        weight -= _DISTANCE * max(0, latest - int(finding.period[:4]))
    return dataclasses.replace(finding, weight=weight)


__all__ = ["CHECKS", "GRADES", "Finding", "Grade", "home_of", "run_checks", "worst_first"]
