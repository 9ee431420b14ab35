"""Raw files to text and cells; interprets nothing."""
