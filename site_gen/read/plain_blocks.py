"""Plain blocks of bodies that need the parser, turned into HTML directly.

One thing that `plain_body.py` does not know leaves a whole body to the parser. Two rules in front
of its own take the rest of such a body the short way; a property test holds that both ways agree.
The parser's environment has `labels`, that may be defined somewhere in the body, and `host`, our
own: links to it are looked after, on the long way.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, MutableMapping, Sequence
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from site_gen.basics import safehtml
from site_gen.read import plain_body, plain_lines, prose
from site_gen.read.headings import Heading
from site_gen.read.plain_body import LEFT, Left, Pieces
from site_gen.read.plain_inline import Inline, NotPlain

BLOCK, HEADING = "plain_block", "plain_heading"
PART = "plain_part"
"""HTML around texts that are left to the parser; the sanitiser gets it with them."""
_TRIED = "plain_block_until"
"""In the parser's environment: the line up to which the lines have been looked at."""
WHOLE = "whole"
"""In the parser's environment: all is left to the parser, as something in the body is hidden."""
_ODD = "plain_block_odd"
"""In it: where the body holds something odd, from the first; None where it is odd as a whole."""
MOST = 4 << 10
"""Characters that are read at once, but for a longer block."""
PLAIN = (BLOCK, HEADING, PART)
TEXT = "plain_text"

_EMPTY = re.compile(r"\n[ \t]*+(?=\n|\Z)")
_ONE_SPACE = re.compile(r"(?<! ) $", re.MULTILINE)
# Never a hard break: an item ends the paragraph before it.
_BEFORE_ITEM = re.compile(r" +(?=\n *(?:[*+-]|\d{1,9}[.)]) )")
_INDENTED = re.compile(r"(?<=\n) +")


def add_plain(parser: MarkdownIt) -> None:
    """Put the two rules into `parser`, and teach it to write what they make."""
    parser.block.ruler.before("table", "plain", _block)
    parser.core.ruler.at("inline", _inline)
    for kind in (BLOCK, HEADING, PART, TEXT):
        parser.add_render_rule(kind, _written)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The leading plain blocks."""
    if silent or state.level or state.blkIndent or state.sCount[start] or WHOLE in state.env:
        return False
    if start < state.env.get(_TRIED, 0):  # a long run of lines is looked at once, not from each
        return False
    begin = state.bMarks[start]
    if state.src[begin] == "<" or not state.src[begin].isprintable():
        return False
    empty = _EMPTY.search(state.src, begin)
    first = empty.start() if empty else len(state.src)
    stop, sure = _stop(state, begin, first, state.eMarks[end - 1])
    line = min(end, start + 1 + state.src.count("\n", begin, stop))
    text = state.src[begin : state.eMarks[line - 1]]
    made = (_made if sure else _made_of_odd)(text, state.env, _goes_on(state, line))
    if made is None:
        state.env[_TRIED] = min(end, start + 1 + state.src.count("\n", begin, first))
        return False
    _push(state, made, start)
    state.line = start + made.lines
    return True


def _stop(state: StateBlock, begin: int, first: int, end: int) -> tuple[int, bool]:
    """Where what is read at once ends: `first`, the end of the first block, or that of a later;
    and whether nothing in it is odd."""
    if _ODD not in state.env:
        printable = plain_body.printable(state.src)
        state.env[_ODD] = _odd(state.src, state.env["host"]) if printable else None
    odd = state.env[_ODD]
    if odd is None:
        return first, False
    at = bisect_left(odd, begin)
    near = odd[at] if at < len(odd) else end
    stop = max(first, state.src.rfind("\n\n", first, min(begin + MOST, end, near)))
    return stop, near >= stop


def _odd(text: str, host: str) -> list[int]:
    """Where something stands for which one block is read otherwise than many."""
    found = []
    for each in filter(None, (" \n", "```", host)):
        at = text.find(each)
        while at >= 0:
            found.append(at)
            at = text.find(each, at + 1)
    return sorted(found)


def _made(text: str, env: MutableMapping[str, Any], goes_on: bool) -> Pieces | None:
    return plain_body.pieces(text, _labels(env, text), goes_on=goes_on)


def _made_of_odd(text: str, env: MutableMapping[str, Any], goes_on: bool) -> Pieces | None:
    written = text
    if (" \n" in text or text[-1] == " ") and "```" not in text:
        text = _ONE_SPACE.sub("", _BEFORE_ITEM.sub("", text))
    if _is_ours(text, env) or " \n" in text or not plain_body.printable(text):
        return None
    made = _made(text, env, goes_on)
    if made and text is not written:
        own = [part for part in made.parts if isinstance(part, Left)]
        if any("\n" in each.text for each in (*made.left, *own)):
            return None  # the parser wants the lines as they were written
    return made


def _push(state: StateBlock, made: Pieces, start: int) -> None:
    """Tokens for each heading, each run of HTML, and each text that is left."""
    first, left, at = len(state.tokens), iter(made.left), 0
    for kind, group in groupby(made.parts, type):
        some, begin = list(group), len(state.tokens)
        at += len(some)
        if kind is str:
            _push_html(state, "".join(map(str, some)), left, start)
            if at - len(some) <= made.first_at < at:
                state.tokens[begin].meta["first"] = made.first_paragraph
            continue
        for part in some:
            if isinstance(part, Heading):
                state.push(HEADING, "", 0).meta = {"heading": part}
            elif isinstance(part, Left):
                state.push("paragraph_open", "p", 1).map = _lines(part, start)
                _push_text(state, part, start)
                state.push("paragraph_close", "p", -1)
    for token in state.tokens[first:]:
        if token.type in PLAIN:
            token.meta["words"] = made.words
            break


def _push_html(state: StateBlock, html: str, left: Iterator[Left], start: int) -> None:
    before, *after = html.split(LEFT)
    if not after:
        state.push(BLOCK, "", 0).content = safehtml.sanitize_simple(html)
        return
    state.push(PART, "", 0).content = before
    for part in after:
        _push_text(state, next(left), start)
        state.push(PART, "", 0).content = part


def _push_text(state: StateBlock, left: Left, start: int) -> None:
    token = state.push("inline", "", 0)
    token.content, token.children, token.map = left.text, [], _lines(left, start)


def _lines(left: Left, start: int) -> list[int]:
    return [start + left.line, start + left.line + 1 + left.text.count("\n")]


def _goes_on(state: StateBlock, line: int) -> bool:
    """Whether what follows the empty lines from `line` on may be more of a list."""
    line = state.skipEmptyLines(line)
    if line >= state.lineMax:
        return False
    return plain_lines.GOES_ON.match(state.src, state.bMarks[line]) is not None


def _inline(state: StateCore) -> None:
    plain = Inline(state.env["labels"], _defined(state.env))
    for token in state.tokens:
        if token.type == "inline":
            made = None if WHOLE in state.env else _text(token.content, state.env, plain)
            if made is None:
                prose.parse(token, state)
            else:
                token.children = [Token(TEXT, "", 0, content=made)]


def _defined(env: MutableMapping[str, Any]) -> dict[str, str]:
    """Where labels lead, but for those with a title, and links that are more than that."""
    return {
        label: known["href"]
        for label, known in env.get("references", {}).items()
        if not known["title"]
        and known["href"].startswith(("http://", "https://"))
        and not _is_ours(known["href"], env)
    }


def _text(text: str, env: MutableMapping[str, Any], plain: Inline) -> str | None:
    """Inline text as HTML, None where not all of it is plain."""
    if "\n" in text:
        text = _INDENTED.sub("", _ONE_SPACE.sub("", text))
    if " \n" in text or not plain_body.printable(text) or _is_ours(text, env):
        return None
    try:
        return plain.html(text)
    except NotPlain:
        return None


def _labels(env: MutableMapping[str, Any], text: str) -> frozenset[str]:
    found: frozenset[str] = env["labels"] if "[" in text else frozenset()
    return found


def _is_ours(text: str, env: MutableMapping[str, Any]) -> bool:
    return bool(env["host"]) and env["host"] in text


def _written(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return tokens[index].content
