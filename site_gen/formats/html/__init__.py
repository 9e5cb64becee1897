"""HTML pages: head, lists, sections, and the context of each template."""
