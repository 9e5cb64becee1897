"""Converts raw documents to drafts. Never called by a build.

In: files, addresses, feeds. Out: drafts in `content/` or the quarantine, receipts, a report.
May import: model, basics, problems, frontmatter, settings, permalinks.
"""
