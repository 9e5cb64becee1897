"""Editions as EPUB 3 books."""
