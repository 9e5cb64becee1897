"""HTML comments in a body are remarks of the editor and are left out."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_COMMENT = re.compile(r"<!--(?!>|->).*?-->", re.DOTALL)


def add_comments(parser: MarkdownIt) -> None:
    """Make `parser` leave comments out."""
    parser.block.ruler.before("html_block", "comment", _block, {"alt": ["paragraph"]})
    parser.inline.ruler.before("autolink", "comment", _inline)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment that begins a line and ends one."""
    if state.is_code_block(start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    found = _COMMENT.match(state.src, at) if _may_begin(state, at) else None
    if not found:
        return False
    after = line_after(state, start, end, found.end())
    if after and not silent:
        state.line = after
    return after > 0


def line_after(state: StateBlock, start: int, end: int, stop: int) -> int:
    """The line after that in which `stop` is the end; 0 if something follows there."""
    line = start
    while line < end and state.eMarks[line] < stop:
        line += 1
    return 0 if line >= end or state.src[stop : state.eMarks[line]].strip() else line + 1


def _may_begin(state: StateBlock | StateInline, at: int) -> bool:
    """Whether a comment stands at `at`; one look for the last end spares a look for each begin."""
    if not state.src.startswith("<!--", at):
        return False
    known = state.env.get("last_comment_end")
    if known is None or known[0] is not state.src:
        known = state.env["last_comment_end"] = (state.src, state.src.rfind("-->"))
    return bool(at < known[1])


def _inline(state: StateInline, silent: bool) -> bool:
    if not _may_begin(state, state.pos):
        return False
    found = _COMMENT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    state.pos = found.end()
    return True
