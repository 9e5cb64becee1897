"""Declarations in a body: `<?php ... ?>`, `<![CDATA[ ... ]]>` and `<!DOCTYPE ...>`.

No browser shows them, so they are taken out; those without an end stay text.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from site_gen.read.comments import line_after


class Declaration(NamedTuple):
    """`<?php ... ?>`, `<![CDATA[ ... ]]>` or `<!DOCTYPE ...>`, which no browser shows."""

    text: str

    @property
    def name(self) -> str:
        """How it begins, for the author."""
        begins = _BEGINS.match(self.text)
        return f"{begins[0]} ...>" if begins else self.text[:2]


_BEGINS = re.compile(r"<[?!]\[?\w{0,20}")
# With what stands between brackets, which may hold ">".
_DOCTYPE = re.compile(r"<![A-Za-z](?:[^\[\]<>]|\[[^\]]{0,1000}+\]){0,500}+>")
ENDS = {"<?": "?>", "<![CDATA[": "]]>"}
"""How a declaration begins, and how it ends. Others, such as `<!DOCTYPE`, end at a `>`."""


def end_of(text: str, at: int, last: Callable[[str], int]) -> int:
    """Where the declaration ends that begins at `at`; 0 if none does.

    `last` says where a sign stands last in the text: one look for it spares a look for each begin.
    """
    for begin, end in ENDS.items():
        if text.startswith(begin, at):
            after = at + len(begin)
            return text.index(end, after) + len(end) if after <= last(end) else 0
    found = _DOCTYPE.match(text, at) if text.startswith("<!", at) else None
    return found.end() if found else 0


def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A declaration that begins a line and ends one."""
    if state.is_code_block(start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    stop = end_of(state.src, at, partial(_last, state))
    after = line_after(state, start, end, stop) if stop else 0
    if after and not silent:
        token = state.push("html_block", "", 0)
        token.map, token.content = [start, after], state.src[at:stop]
        state.line = after
    return after > 0


def _last(state: StateBlock | StateInline, sign: str) -> int:
    """Where a sign stands last."""
    known = state.env.get(sign)
    if known is None or known[0] is not state.src:
        known = state.env[sign] = (state.src, state.src.rfind(sign))
    return int(known[1])


def inline(state: StateInline, silent: bool) -> bool:
    """A declaration in a text."""
    stop = end_of(state.src, state.pos, partial(_last, state))
    if not 0 < stop <= state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = state.src[state.pos : stop]
    state.pos = stop
    return True
