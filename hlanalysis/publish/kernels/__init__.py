"""Notebooks run from top to bottom: kernels, warm starts, workers."""
