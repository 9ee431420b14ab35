"""Pure formulas over fractions: plan, growth, structure, investment, budget, projection."""
