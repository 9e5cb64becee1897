"""MDX is Markdown with code: imports, exports and components are removed, with a message."""

import re

from site_gen.model import Cut

_STATEMENT = re.compile(r"(?:import|export)\s")
_COMPONENT = re.compile(r"</?[A-Z][\w.]*(?:\s[^<>]*)?/?>|<>|</>")
_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")


def without_components(text: str) -> tuple[str, list[Cut]]:
    """The Markdown, and what was removed. The content of components stays."""
    kept: list[str] = []
    cuts: list[Cut] = []
    in_code = in_statement = False
    for number, line in enumerate(_COMMENT.sub("", text).split("\n"), 1):
        in_code ^= bool(_FENCE.match(line))
        in_statement = bool(line.strip()) and (
            in_statement or (not in_code and _STATEMENT.match(line) is not None)
        )
        if in_statement:
            cuts.append(Cut(rule="mdx_statement", text=line, line=number))
            continue
        found = [] if in_code else _COMPONENT.findall(line)
        cuts += [Cut(rule="mdx_component", text=tag, line=number) for tag in found]
        left = _COMPONENT.sub("", line) if found else line
        if left.strip() or not found:
            kept.append(left)
    return "\n".join(kept), cuts


def warnings(cuts: list[Cut]) -> list[str]:
    """Warnings for the editor, since a component may have shown something."""
    names = sorted({match[0] for cut in cuts if cut.rule == "mdx_component"
                    if (match := re.search(r"[A-Z][\w.]*", cut.text))})  # fmt: skip
    return [f"components of MDX were cut: {', '.join(names)[:80]}"] if names else []
