"""From drafts to files in `content/`: names, identities, merging, placement."""
