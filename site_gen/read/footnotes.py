"""Footnotes with prefixed ids, and without the rule line above them."""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin


def add_footnotes(parser: MarkdownIt, prefix: str) -> None:
    """Add footnotes whose ids begin with `prefix` to `parser`."""
    parser.use(footnote_plugin)

    def number(token: Token) -> str:
        return str(int(token.meta["id"]) + 1)

    def back(token: Token) -> str:
        again = int(token.meta.get("subId", 0) or 0)
        return f"{prefix}fnref{number(token)}" + (f"-{again}" if again else "")

    def reference(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
        token = tokens[index]
        return (
            f'<sup class="footnote-ref"><a href="#{prefix}fn{number(token)}" '
            f'id="{back(token)}">{number(token)}</a></sup>'
        )

    def block(_self: Any, _tokens: Sequence[Token], _index: int, *_: Any) -> str:
        return '<section class="footnotes">\n<ol class="footnotes-list">\n'

    def item(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return f'<li id="{prefix}fn{number(tokens[index])}" class="footnote-item">'

    def anchor(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return f' <a href="#{back(tokens[index])}" class="footnote-backref">\u21a9\ufe0e</a>'

    parser.add_render_rule("footnote_ref", reference)
    parser.add_render_rule("footnote_block_open", block)
    parser.add_render_rule("footnote_open", item)
    parser.add_render_rule("footnote_anchor", anchor)
