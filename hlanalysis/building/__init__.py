"""Making outputs: pieces of work, what changed since last time, files put in place together."""
