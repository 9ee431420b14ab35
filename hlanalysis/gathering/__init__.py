"""From raw files to the one tidy table: what documents, workbooks and published tables say."""
