"""The lines of plain Markdown: where a block or an item of a list begins, what hangs under it."""

import re
from collections.abc import Iterator

from site_gen.read.plain_inline import NotPlain

# A block that may belong to the list before it, though an empty line stands between them.
GOES_ON = re.compile(r"[ \t]|[*+-](?:\s|$)|\d{1,9}[.)]")
# A line that can only begin a paragraph or go on with one. A span may begin it as far as no rule,
# list, fence or definition begins with the same characters.
PROSE = re.compile(
    r"[^\s\d#>+=~<|:\\^*_`\[-]|\d++(?![.)])|\d+[.)](?=[^ \n])|#(?=[^#\s])|\\(?=\S)"
    r"|\*\*?(?=[^\s*])|__?(?=[^\W_])|`(?=[^`])|\[(?:(?=\[)|(?=[^\[\]^\\][^\[\]\\]*(?:\[|\][^:])))"
)
ITEM = re.compile(r"([-*+]|(\d{1,9})[.)]) ")
_ITEM_OF_PROSE = re.compile(rf"{ITEM.pattern}(?={PROSE.pattern})")


def blocks(text: str, line: int) -> Iterator[tuple[str, int]]:
    """Each block that empty lines part, from `line` on, and its own line."""
    for block in text.split("\n\n"):
        if some := block.strip("\n"):
            yield some, line + (block[0] == "\n")
        line += block.count("\n") + 2


# An item of a list: its sign, number, text and line, the lines of the lists inside it and which is
# their first. No class, which would cost more than it is read.
Item = tuple[str, int, str, int, list[str], int]


def items(lines: list[str], line: int) -> Iterator[Item]:
    """The items of a list from `line` on, lines that hang under the first of one joined."""
    at, count = 0, len(lines)
    while at < count:
        found = _ITEM_OF_PROSE.match(lines[at])
        if not found:
            raise NotPlain
        text = lines[at][found.end() :]
        inner: list[str] = []
        begin = line + at
        at += 1
        inner_line = line + at
        if at < count and lines[at][0] == " ":
            hanging = " " * found.end()
            while at < count and lines[at].startswith(hanging):
                if not PROSE.match(lines[at], len(hanging)):
                    break
                text += "\n" + lines[at][len(hanging) :]
                at += 1
            end = at
            while end < count and lines[end][0] == " ":
                end += 1
            inner, inner_line = _inner(lines[at:end], found.end()), line + at
            at = end
        yield found[1][-1], int(found[2] or 1), text, begin, inner, inner_line


def _inner(lines: list[str], offset: int) -> list[str]:
    """The lines of the list inside an item whose text begins at `offset`, moved to the left."""
    if not lines:
        return lines
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    found = ITEM.match(lines[0], indent)
    if not offset <= indent < offset + 4 or not found or found[2] not in (None, "1"):
        raise NotPlain
    if not all(line.startswith(" " * indent) for line in lines):
        raise NotPlain
    return [line[indent:] for line in lines]
