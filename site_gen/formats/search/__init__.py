"""The search index: static files that the theme's script reads."""
