"""Building blocks that know nothing of news: digests, dates, slugs, URLs, safe HTML, files.

In: text and bytes, possibly hostile. Out: checked values, or an error that the module defines.
May import: model.
"""
