"""Grids to rows: headers, columns, markers, units and numbers of official tables."""
