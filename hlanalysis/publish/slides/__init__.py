"""PowerPoint decks with native, editable charts."""
