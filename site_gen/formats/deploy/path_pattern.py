"""The path patterns of `_headers` and `_redirects`, with `*` and `:name` as on Netlify."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pattern:
    """A path pattern. Final slashes of patterns and paths are ignored."""

    text: str
    exact: str | None = None
    expression: re.Pattern[str] | None = field(default=None, compare=False)

    def match(self, path: str) -> dict[str, str] | None:
        """The values of the placeholders, that of `*` as "splat"; None if `path` does not match."""
        if self.expression is None:
            return {} if without_final_slash(path) == self.exact else None
        found = self.expression.fullmatch(without_final_slash(path))
        return None if found is None else {k: v or "" for k, v in found.groupdict().items()}


def without_final_slash(path: str) -> str:
    """A path without its final slash; the root stays "/"."""
    return path.rstrip("/") or "/"


def compile_pattern(text: str) -> Pattern:
    """The pattern that `text` describes, which must begin with a slash."""
    if "*" not in text and "/:" not in text:
        return Pattern(text, exact=without_final_slash(text))
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


def fill_placeholders(target: str, taken: dict[str, str]) -> str:
    """`target` with `:name` and `:splat` replaced by the values `taken` of a pattern."""
    return re.sub(r":([A-Za-z_]\w*)", lambda m: taken.get(m[1], m[0]), target)
