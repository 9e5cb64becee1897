"""The contract between convert and read: split, load, check and dump front matter."""

from site_gen.frontmatter.check import check
from site_gen.frontmatter.dump import ORDER, dump
from site_gen.frontmatter.load import Parts, load, marks, parse, place, split

__all__ = ["ORDER", "Parts", "check", "dump", "load", "marks", "parse", "place", "split"]
