"""RSS, Atom, JSON Feed and OPML: which feeds exist, and what an entry is."""
