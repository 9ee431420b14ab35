"""Pure formulas over fractions: plan, growth, structure, investment, budget, projection.

Every formula takes a float, an exact number, a NumPy array, a pandas Series, a Polars or Narwhals
expression; ``bounds`` takes printed figures, ``compute`` takes observations and remembers them,
``tables`` takes whole tables and validates.
"""

from __future__ import annotations

from collections.abc import Mapping

from hlanalysis.metrics.budget import (
    buoyancy,
    buoyancy_log,
    density,
    effective_sources,
    hhi,
    hhi_normalised,
    land_dependence,
    per_capita,
    self_financing,
)
from hlanalysis.metrics.cards import CARDS, Card, card_of
from hlanalysis.metrics.computed import Computed, compute
from hlanalysis.metrics.enclose import bounds
from hlanalysis.metrics.explain import Explanation, explain
from hlanalysis.metrics.figures import Given
from hlanalysis.metrics.growth import (
    average_growth,
    cagr,
    contribution,
    doubling_time,
    growth_index,
    growth_rate,
    growth_share,
    implied_previous,
    implied_previous_from_index,
    point_change,
    real_growth,
    required_growth,
    required_growth_to_level,
)
from hlanalysis.metrics.investment import (
    disbursement_rate,
    icor,
    icor_indirect,
    investment_needed,
    investment_rate,
)
from hlanalysis.metrics.pefa import attainment_band, composition_variance, pefa_pi31, pefa_pi32
from hlanalysis.metrics.plan import (
    OverAttainmentSplit,
    gap_share,
    implied_plan,
    implied_plan_from_attainment,
    lower_plan_share,
    over_attainment_split,
    plan_attainment,
    plan_attainment_excl_land,
    plan_excess,
    plan_gap,
    plan_point_gap,
)
from hlanalysis.metrics.projection import (
    needed_part,
    pace,
    required_pace,
    scenario_total,
    seasonal_projection,
    straight_line_projection,
    swing,
)
from hlanalysis.metrics.structure import share, share_shift, unexplained
from hlanalysis.metrics.uncertainty import (
    combine_independent,
    combine_tied,
    probability_at_least,
    two_piece_mean,
)

__all__ = [
    "Computed",
    "Explanation",
    "Given",
    "OverAttainmentSplit",
    "attainment_band",
    "average_growth",
    "bounds",
    "buoyancy",
    "buoyancy_log",
    "cagr",
    "card_of",
    "combine_independent",
    "combine_tied",
    "composition_variance",
    "compute",
    "contribution",
    "density",
    "disbursement_rate",
    "doubling_time",
    "effective_sources",
    "explain",
    "gap_share",
    "growth_index",
    "growth_rate",
    "growth_share",
    "hhi",
    "hhi_normalised",
    "icor",
    "icor_indirect",
    "implied_plan",
    "implied_plan_from_attainment",
    "implied_previous",
    "implied_previous_from_index",
    "investment_needed",
    "investment_rate",
    "land_dependence",
    "lower_plan_share",
    "metrics",
    "needed_part",
    "over_attainment_split",
    "pace",
    "pefa_pi31",
    "pefa_pi32",
    "per_capita",
    "plan_attainment",
    "plan_attainment_excl_land",
    "plan_excess",
    "plan_gap",
    "plan_point_gap",
    "point_change",
    "probability_at_least",
    "real_growth",
    "required_growth",
    "required_growth_to_level",
    "required_pace",
    "scenario_total",
    "seasonal_projection",
    "self_financing",
    "share",
    "share_shift",
    "straight_line_projection",
    "swing",
    "two_piece_mean",
    "unexplained",
]


def metrics() -> Mapping[str, Card]:
    """Return the card of every metric, by its name."""
    return dict(CARDS)
