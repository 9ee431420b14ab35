"""Figures in words and tables for a reader, each leading back to where it was printed."""
