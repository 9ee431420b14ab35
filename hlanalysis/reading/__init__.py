"""Text to statements, grids to rows; opens no file."""
