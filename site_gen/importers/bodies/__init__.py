"""Bodies of every system as our Markdown: HTML, shortcodes, Liquid, MDX, links, cards of links."""
