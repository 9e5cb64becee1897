"""Plain prose as whole tokens, in bodies that `plain_body.py` leaves to the parser.

Two rules in front of the parser's own, each taking only what its own would make the same of (a
property test and the CommonMark examples hold that); together they save a tenth of a body.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARKUP = re.compile(r"[\\`*_~\[\]<>&!^\n]")
_OPENERS = frozenset("\"'“”‘’„«»(¿¡")


# Where a rule of ours could begin: the parser's own list stops at each dash and stop as well.
_TERMINATORS = re.compile(r"[\n*<\[\\\]^_`~]|!(?=\[)|&(?=[#A-Za-z])|:(?=//)")


def add_prose(parser: MarkdownIt) -> None:
    """Put the two rules into `parser`, and take out those that never apply."""
    parser.disable(["replacements", "smartquotes"])
    parser.inline.terminator_re = _TERMINATORS
    parser.block.ruler.before("table", "prose", _paragraph)
    parser.core.ruler.at("inline", _inline)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that begins as only a paragraph can, with nothing but a blank line after it."""
    if silent:
        return False
    at = state.bMarks[start] + state.tShift[start]
    if not 0 <= state.sCount[start] - state.blkIndent < 4:
        return False
    first = state.src[at : at + 1]
    if not (first.isalpha() or first in _OPENERS):
        return False
    following = start + 1
    if following < state.lineMax and not state.isEmpty(following):
        return False
    content = state.src[at : state.eMarks[start]].rstrip(" \t")
    if content[-1].isspace():
        return False  # versions of the parser differ in what they strip
    state.line = following
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, following]
    token = state.push("inline", "", 0)
    token.content = content
    token.map = [start, following]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            parse(token, state)


def parse(token: Token, state: StateCore) -> None:
    """Text without a character that could be mark-up is one token."""
    if token.children is None:
        token.children = []
    text = token.content
    if text and "://" not in text and not _MARKUP.search(text):
        token.children.append(Token("text", "", 0, content=text))
    else:
        state.md.inline.parse(text, state.md, state.env, token.children)
