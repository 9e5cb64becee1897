"""The format that convert writes and read reads: split, load, check and dump front matter.

In: the text of a content file, or a mapping to write. Out: a checked `FrontMatter`, or text.
May import: model, basics, problems.
"""

from site_gen.frontmatter.check import MAX_ITEMS, MAX_LONG_TEXT, MAX_TEXT, check
from site_gen.frontmatter.dump import ORDER, dump
from site_gen.frontmatter.load import Parts, load, marks, parse, place, split

__all__ = [
    "MAX_ITEMS",
    "MAX_LONG_TEXT",
    "MAX_TEXT",
    "ORDER",
    "Parts",
    "check",
    "dump",
    "load",
    "marks",
    "parse",
    "place",
    "split",
]
