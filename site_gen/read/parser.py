"""markdown-it-py with our rules. It is loaded for the first body that needs it: an edit of a
plain one never waits for it."""

from functools import cache
from typing import TYPE_CHECKING

from site_gen.basics import safehtml
from site_gen.read import addresses

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

MAX_NESTING = 50


@cache
def parser_for(linkify: bool, with_html: bool) -> "MarkdownIt":
    """The parser of bodies: with bare addresses as links or without, with HTML or as text."""
    from markdown_it import MarkdownIt

    from site_gen.read.cjk_emphasis import add_cjk_emphasis
    from site_gen.read.comments import add_comments
    from site_gen.read.footnotes import add_footnotes
    from site_gen.read.plain_blocks import add_plain
    from site_gen.read.prose import add_prose

    parser = MarkdownIt("js-default", {"maxNesting": MAX_NESTING, "linkify": linkify})
    if linkify and parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        # The library's own test is the dearest step of all; most "://" stand in `](...)`.
        parser.linkify.pretest = addresses.may_hold_link
    parser.validateLink = addresses.may_link  # type: ignore[method-assign]
    parser.normalizeLink = addresses.normalized  # type: ignore[method-assign]
    parser.core.ruler.at("normalize", _normalize)
    add_footnotes(parser, safehtml.PREFIX)
    add_comments(parser)
    add_prose(parser)
    add_plain(parser)
    add_cjk_emphasis(parser)
    if with_html:
        from site_gen.read.raw_html import add_html

        add_html(parser)
    return parser


def _normalize(state: "StateCore") -> None:
    """The parser's own rule, which looks at each line: for texts that are not read from files."""
    if "\r" in state.src or "\0" in state.src:
        from markdown_it.rules_core import normalize

        normalize(state)
