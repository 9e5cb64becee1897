"""Pelican: its settings, a Python program never run: an old site comes out."""
