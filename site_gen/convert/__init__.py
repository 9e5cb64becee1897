"""Converts raw documents to drafts. Builds never call it.

In: files, addresses, feeds. Out: drafts in `content/` or in quarantine, receipts, a report.
May import: model, basics, problems, frontmatter, settings, permalinks.
"""
