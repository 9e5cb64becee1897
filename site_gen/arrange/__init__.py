"""Arranges articles into the catalog: editions, topics, providers, authors.

In: facts of articles, notes and pages, settings, the moment. Out: `Catalog` and problems.
May import: model, basics, problems, frontmatter, settings, permalinks.
"""
