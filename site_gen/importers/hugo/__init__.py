"""Hugo: what its settings, sections and mounts make of `content/`: an old site comes out."""
