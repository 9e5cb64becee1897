"""Converts bodies to our Markdown: HTML, shortcodes, Liquid, MDX, links, cards of links."""
