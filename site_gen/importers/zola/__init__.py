"""Zola: its settings, sections and taxonomies: an old site comes out."""
