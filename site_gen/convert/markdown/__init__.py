"""Documents that have front matter, ours or another system's."""
