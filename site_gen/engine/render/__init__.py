"""Stale pages to staged files: in which order, how many at once, and what became of each.

In: pages with their keys. Out: staged files and an outcome for each page.
May import: `cache`, `output`, `workers` and the engine's keys.
"""
