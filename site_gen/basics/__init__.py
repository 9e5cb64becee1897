"""Leaves that know nothing of news: digests, dates, slugs, URLs, safe HTML, files.

In: text and bytes, hostile or not. Out: checked values, or an error of the leaf's own.
May import: model.
"""
