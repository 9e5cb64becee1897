"""A theme, resolved: its chain, templates and assets."""
