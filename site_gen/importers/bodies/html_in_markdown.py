"""HTML in Markdown: what the build would take out, or a browser did not show, is settled as in
posts that are all HTML; the rest stays as it stands."""

import re
from collections.abc import Iterator

from lxml import etree, html

from site_gen.basics import urls
from site_gen.convert.html.links import Base
from site_gen.importers.bodies import html_hidden, html_parts, spans
from site_gen.importers.old_site import Entry

_NAMES = (*html_parts.FRAMES, *html_parts.NAMES, "template", "style")
_TAG = re.compile(
    r"<(?P<name>[a-z][a-z0-9-]*+)(?P<said>(?:\s(?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+')*+)?)>", re.I
)
_UNSEEN = re.compile(r"\bhidden\b|\bstyle\s*=|\bclass\s*=", re.I)
_VOID = frozenset(["embed", "input", "area", "frame", "img", "br", "hr", "source", "wbr"])


NEAR = 200
"""Characters around a piece that tell whether it stands alone."""


class _AsItStands(Base):
    """Relative references stay as written."""

    def absolute(self, reference: str, schemes: tuple[str, ...] = urls.WEB) -> str:
        text = reference.strip()
        inside = text and not urls.scheme_of(text) and not text.startswith("//")
        return text if inside else super().absolute(reference, schemes)


def plain(text: str, entry: Entry) -> str:
    """The Markdown of `entry` with such pieces as links or text."""
    if "<" not in text:
        return text
    made: list[str] = []
    at = 0
    for start, end, is_hidden in _pieces(text):
        made.append(text[at:start])
        piece = text[start:end]
        if not is_hidden:
            made.append(_settled(piece, entry, apart=_is_apart(text, start, end)))
        elif "<img" in piece or re.search(r"\w", re.sub(r"<[^>]*>", "", piece)):
            entry.lost.append(html_hidden.TOLD)
        at = end
    return "".join([*made, text[at:]])


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether it is a paragraph of its own: Markdown is read there."""
    above, below = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    ended = not below.partition("\n")[0].strip()
    return ended and (not above.strip() or re.search(r"\n[ \t]*\n[ \t]*$", above) is not None)


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """(begin, end, whether nobody saw it) of each outermost element that is to be settled."""
    code = spans.code(text)
    last: dict[str, int] = {}
    done = number = 0
    for tag in _TAG.finditer(text):
        while number < len(code) and code[number][1] <= tag.start():
            number += 1
        inside = number < len(code) and code[number][0] <= tag.start()
        name = tag["name"].lower()
        hidden = bool(_UNSEEN.search(tag["said"])) and _is_hidden(tag[0])
        if inside or tag.start() < done or not (hidden or name in _NAMES):
            continue
        done = tag.end()
        if name not in _VOID:
            if name not in last:
                last[name] = text.lower().rfind(f"</{name}")
            done = _end(text, name, tag.end(), last[name], hidden=hidden)
        yield tag.start(), done, hidden


def _is_hidden(tag: str) -> bool:
    try:
        return html_hidden.is_hidden(html.fragment_fromstring(f"{tag}"))
    except (etree.LxmlError, ValueError):
        return False


def _end(text: str, name: str, at: int, last: int, *, hidden: bool) -> int:
    """Where the element ends; one without an end hides all that follows, or is its tag alone."""
    if last < at:
        return len(text) if hidden else at
    depth = 1
    for tag in re.compile(rf"<(/?){re.escape(name)}\b[^<>]*>", re.IGNORECASE).finditer(text, at):
        depth += -1 if tag[1] else 1
        if depth == 0 or tag.start() == last:
            return tag.end()
    return len(text) if hidden else at


def _settled(piece: str, entry: Entry, *, apart: bool) -> str:
    """A piece as Markdown, or as HTML where it stands amid HTML or words."""
    try:
        name = piece[1:].split(">")[0].split()[0]
        ended = piece if piece.endswith(f"</{name}>") else f"{piece}</{name}>"
        root = html.document_fromstring(f"<html><body><div>{ended}</div></body></html>")
    except (etree.LxmlError, ValueError):
        return piece
    html_parts.settle(root, _AsItStands(""), entry.lost)
    made = "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root.find("body")
    )
    made = re.sub(r"</?(?:p|div|span)\b[^>]*>", "", made).strip()
    if apart and (link := _LINK.fullmatch(made)):
        words = re.sub(r"([\[\]\\])", r"\\\1", link[2])
        return f"[{words}]({link[1].replace('&amp;', '&')})"
    return made


_LINK = re.compile(r'<a href="([^"\s()]+)">([^<]+)</a>')
