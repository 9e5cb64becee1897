"""RSS, Atom, JSON Feed and OPML: which feeds exist, and what their entries hold."""
