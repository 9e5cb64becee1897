"""Globs of Hugo and Astro: `*` stops at a slash, `**` does not, `{a,b}` is either; case tells
nothing."""

import re
from collections.abc import Iterable

NEVER = re.compile(r"(?!)")
MOST_LEVELS = 10
"""Braces in braces; what is deeper is no pattern that a person wrote."""


def matches(glob: str, text: str) -> bool:
    """Whether the whole text is one that the glob names."""
    return pattern(glob).fullmatch(text.lower()) is not None


def pattern(glob: str, *, any_depth: bool = False) -> re.Pattern[str]:
    """The glob as an expression, for text in lower case; `any_depth`: `**/` is also nothing."""
    try:
        return re.compile(_expression(glob.lower().strip(), any_depth=any_depth))
    except (re.error, ValueError):
        return NEVER


def _expression(glob: str, *, any_depth: bool) -> str:
    made: list[str] = []
    depth = at = 0
    while at < len(glob):
        char = glob[at]
        if any_depth and glob.startswith("**/", at):
            made.append("(?:.*/)?")
            at += 2
        elif glob.startswith("**", at):
            made.append(".*")
            at += 1
        elif char in "*?":
            made.append("[^/]*" if char == "*" else "[^/]")
        elif char == "{" and depth < MOST_LEVELS:
            made.append("(?:")
            depth += 1
        elif char == "}" and depth:
            made.append(")")
            depth -= 1
        elif char == "," and depth:
            made.append("|")
        elif char == "[" and (end := glob.find("]", at + 2)) > 0:
            inner = glob[at + 1 : end].replace("\\", r"\\").replace("[", r"\[")
            made.append(f"[{'^' + inner[1:] if inner[0] in '!^' else inner}]")
            at = end
        else:
            made.append(re.escape(char))
        at += 1
    return "".join(made)


class Filter:
    """Which files a mount brings: `includes` where there are any, none of `excludes`."""

    def __init__(
        self, includes: Iterable[str], excludes: Iterable[str], *, any_depth: bool = False
    ) -> None:
        self._includes = [pattern(g.lstrip("/"), any_depth=any_depth) for g in includes]
        self._excludes = [pattern(g.lstrip("/"), any_depth=any_depth) for g in excludes]

    def takes(self, path: str) -> bool:
        """Whether the file comes; one in a folder that stays out does not."""
        low = path.lower()
        parts = low.split("/")
        above = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
        if any(glob.fullmatch(place) for glob in self._excludes for place in above):
            return False
        return not self._includes or any(glob.fullmatch(low) for glob in self._includes)
