"""Bodies that are HTML, as Markdown."""

import re

from site_gen.convert import html
from site_gen.convert.html.links import Base
from site_gen.convert.html.tree import Element
from site_gen.importers.bodies import html_anchors, html_hidden, html_notes, html_parts
from site_gen.importers.old_site import Entry
from site_gen.problems import SiteError

_BLOCK = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|section|article|pre|hr|style|script)\b", re.I
)
_HOST = "https://old-site.invalid"


def markdown(text: str, base: str, entry: Entry) -> str:
    """HTML of `entry` as Markdown; links are completed from the address `base` and stay on the
    site. What of it does not come is added to `entry.lost`."""
    home = f"{_HOST}{base or '/'}"

    def prepare(root: Element) -> None:
        html_hidden.without_remarks(root, entry.lost)
        html_notes.settle(root)
        html_parts.settle(root, Base(home), entry.lost)
        html_anchors.settle(root, home, entry)

    try:
        # inside a box: the parser takes a frame, or a script, that comes first for a page's head
        made = html.fragment(f"<div>{_without_comments(text)}</div>", home, prepare=prepare)
    except (SiteError, RecursionError):
        entry.faults.append("its HTML cannot be read")
        return text
    made = html_notes.written(made)
    return made.replace(f"{home}#", "#").replace(f"{_HOST}/", "/")


def _without_comments(text: str) -> str:
    made: list[str] = []
    at = 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        made.append(text[at:begin])
        at = end + 3
    return "".join([*made, text[at:]])


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
