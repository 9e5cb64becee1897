"""Bodies that are HTML, as Markdown."""

import re

from site_gen.convert import html
from site_gen.problems import SiteError

_BLOCK = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|section|article|pre|hr|style|script)\b", re.I
)
_HOST = "https://old-site.invalid"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def markdown(text: str, base: str, faults: list[str]) -> str:
    """HTML as Markdown; links are completed from the address `base` and stay on the site."""
    try:
        made = html.fragment(_COMMENT.sub("", text), f"{_HOST}{base or '/'}")
        return made.replace(f"{_HOST}{base}#", "#").replace(f"{_HOST}/", "/")
    except (SiteError, RecursionError):
        faults.append("its HTML cannot be read")
        return text


def paragraphs(text: str) -> str:
    """HTML as WordPress keeps it: blank lines stand for paragraphs, line ends for breaks."""
    if _BLOCK.search(text) and "\n\n" not in text.strip():
        return text
    made: list[str] = []
    for part in re.split(r"\n{2,}", text.strip()):
        block = part.strip()
        if not block:
            continue
        plain = not _BLOCK.match(block) and not block.startswith(("</", "<!--"))
        made.append(f"<p>{block.replace(chr(10), '<br>')}</p>" if plain else block)
    return "\n\n".join(made)


def plain(text: str) -> str:
    """The text of a piece of HTML in one line."""
    return " ".join(html.plain(text).split())
