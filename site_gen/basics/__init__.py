"""Leaves that know nothing of news: digests, dates, slugs, URLs, safe HTML, files."""
