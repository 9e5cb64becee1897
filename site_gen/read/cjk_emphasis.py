"""Emphasis beside Chinese, Japanese and Korean text, which has no blanks between words.

CommonMark (0.31, 6.2) looks for blanks or punctuation around the stars; a letter of these scripts
counts as such here, so that `**「重要」**です` is bold. Latin text is read as ever.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3000-\u30ff\u3105-\u318f\u31a0-\u31ff\u3200-\u33ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003fffd]"
)


def add_cjk_emphasis(parser: "MarkdownIt") -> None:
    """Replace the parser's own rule."""
    parser.inline.ruler.at("emphasis", _tokenize)


def _tokenize(state: "StateInline", silent: bool) -> bool:
    from markdown_it.rules_inline.state_inline import Delimiter

    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*" and not (can_open and can_close):
        before = state.src[state.pos - 1] if state.pos else " "
        end = state.pos + scanned.length
        after = state.src[end] if end < state.posMax else " "
        beside = _CJK.match(before) or _CJK.match(after)
        can_open = can_open or bool(beside and not after.isspace())
        can_close = can_close or bool(beside and not before.isspace())
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += scanned.length
    return True
