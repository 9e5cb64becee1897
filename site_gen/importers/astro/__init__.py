"""Astro: collections of content and the routes that show them: an old site comes out."""
