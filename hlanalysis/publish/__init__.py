"""Pages, slides and workbooks: what leaves the house. Knows no indicator."""
