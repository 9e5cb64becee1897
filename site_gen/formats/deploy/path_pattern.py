"""The path patterns of `_headers` and `_redirects`: `*` and `:name`, as Netlify reads them."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pattern:
    """A path pattern. A final slash, in pattern or path, makes no difference."""

    text: str
    exact: str | None = None
    expression: re.Pattern[str] | None = field(default=None, compare=False)

    def match(self, path: str) -> dict[str, str] | None:
        """What the placeholders took, `*` as "splat"; None where the path does not match."""
        if self.expression is None:
            return {} if bare(path) == self.exact else None
        found = self.expression.fullmatch(bare(path))
        return None if found is None else {k: v or "" for k, v in found.groupdict().items()}


def bare(path: str) -> str:
    """A path without its final slash; the root stays "/"."""
    return path.rstrip("/") or "/"


def pattern(text: str) -> Pattern:
    """The pattern written `text`, which starts with a slash."""
    if "*" not in text and "/:" not in text:
        return Pattern(text, exact=bare(text))
    return Pattern(text, expression=re.compile(_expression(text), re.DOTALL))


def _expression(text: str) -> str:
    pieces: list[str] = []
    names: set[str] = set()
    for part in [part for part in text.split("/") if part]:
        if part == "*" and "splat" not in names:
            names.add("splat")
            pieces.append("(?:/(?P<splat>.*))?")
        elif re.fullmatch(r":[A-Za-z_]\w*", part) and part[1:] not in names:
            names.add(part[1:])
            pieces.append(f"/(?P<{part[1:]}>[^/]+)")
        else:
            pieces.append("/" + re.escape(part).replace(r"\*", ".*"))
    return "".join(pieces) if pieces[0].startswith("/") else f"/?{''.join(pieces)}"


def fill(target: str, taken: dict[str, str]) -> str:
    """`target` with `:name` and `:splat` replaced by what a pattern took."""
    return re.sub(r":([A-Za-z_]\w*)", lambda m: taken.get(m[1], m[0]), target)
