"""Excel workbooks with live formulas, native charts and sources."""
