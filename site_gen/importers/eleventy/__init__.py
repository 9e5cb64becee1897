"""Eleventy: its settings, a JavaScript program never run: an old site comes out."""
