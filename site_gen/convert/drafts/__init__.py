"""From a draft to a file in `content/`: name, identity, merge, place."""
