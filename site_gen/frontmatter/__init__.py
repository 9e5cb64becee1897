"""The contract between convert and read: split, load, check and dump front matter.

In: the text of a content file, or a mapping to be written. Out: a checked `FrontMatter`, or text.
May import: model, basics, problems."""

from site_gen.frontmatter.check import LONG, MAX_ITEMS, SHORT, check
from site_gen.frontmatter.dump import ORDER, dump
from site_gen.frontmatter.load import Parts, load, marks, parse, place, split

__all__ = [
    "LONG",
    "MAX_ITEMS",
    "ORDER",
    "SHORT",
    "Parts",
    "check",
    "dump",
    "load",
    "marks",
    "parse",
    "place",
    "split",
]
