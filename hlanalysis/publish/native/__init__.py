"""Charts as PowerPoint and Excel understand them."""
