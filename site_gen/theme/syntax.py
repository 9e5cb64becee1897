"""What Jinja says of a template that it cannot read, with the line to mend: Jinja names the place
where it gave up, which for what was never closed is far below."""

import re

_TAG = re.compile(r"{%[-+]?\s*(\w+)[^%]*?%}|{#.*?#}", re.DOTALL)
_OPENS = frozenset("autoescape block call filter for if macro raw trans with".split())
_PAIRS = (("{%", "%}"), ("{{", "}}"))


def told(message: str, line: int, source: str) -> tuple[str, int, str]:
    """The message, the line and the cure."""
    if at := _half_open(source, line):
        mark = dict(_PAIRS)[source[at : at + 2]]
        return message, _line(source, at), f'close the tag that opens here with "{mark}"'
    if message.startswith("Unexpected end of template") and (left := _left_open(source)):
        at, tag = left
        name = tag.split()[0]
        said = f'"{{% {tag} %}}" is not closed'
        return said, _line(source, at), f"write {{% end{name} %}} where it ends"
    return message, line, "correct the template"


def _half_open(source: str, line: int) -> int:
    """Where above the line a tag opens that does not close there; 0 without one."""
    above = "\n".join(source.split("\n")[: max(0, line - 1)])
    for start, end in _PAIRS:
        at = above.rfind(start)
        if at >= 0 and above.find(end, at) < 0 and "{#" not in above[at:]:
            return at
    return 0


def _left_open(source: str) -> tuple[int, str] | None:
    """Where the innermost tag opens that is never closed, and what stands in it."""
    stack: list[tuple[int, str]] = []
    for found in _TAG.finditer(source):
        word = found[1] or ""
        if word in _OPENS:
            stack.append((found.start(), found[0].strip("{}%-+ \n")))
        elif word.startswith("end") and stack:
            stack.pop()
    return stack[-1] if stack else None


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1
