"""Shared readers of all systems: folder, front matter, names, dates, addresses, values."""
