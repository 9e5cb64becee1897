"""One content file to one article."""
