"""Markdown documents, with our front matter, another system's, or none."""
