"""Reads content files: articles, notes of editions, pages, locks.

In: the bytes of a content file, settings. Out: facts, body, details, problems with their places.
May import: model, basics, problems, frontmatter, settings, permalinks.
"""
