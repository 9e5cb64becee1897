"""Removes what feeds add below every entry: "The post X appeared first on Y", "Read more"."""

import re

from site_gen.convert import similarity

_FOOTER = re.compile(
    r"(?:the|this) (?:post|article|entry) .{0,300}?(?:appeared|was published)(?: first)?"
    r" (?:first )?on .{1,200}"
    r"|der beitrag .{0,300}?erschien (?:zuerst )?auf .{1,200}"
    r"|(?:l[’']article|cet article) .{0,300}?est apparu en premier sur .{1,200}"
    r"|la entrada .{0,300}?(?:se publicó|apareció) primero en .{1,200}"
    r"|l[’']articolo .{0,300}?(?:proviene da|sembra essere il primo su) .{1,200}"
    r"|het bericht .{0,300}?verscheen eerst op .{1,200}"
    r"|o post .{0,300}?apareceu primeiro em .{1,200}"
    r"|inlägget .{0,300}?dök först upp på .{1,200}"
    r"|artykuł .{0,300}?pochodzi z serwisu .{1,200}"
    r"|запись .{0,300}?впервые появилась .{1,200}"
    r"|投稿 .{0,300}? に最初に表示されました。?"
    r"|(?:continue|keep) reading(?: .{0,200})?"
    r"|read (?:more|the (?:full|rest|whole).{0,60})(?: .{0,120})?"
    r"|weiterlesen.{0,120}|lire la suite.{0,120}|leer más.{0,120}",
    re.IGNORECASE | re.DOTALL,
)
OPENINGS = ("The post ", "Der Beitrag ", "La entrada ", "L’article ", "L'articolo ", "O post ")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\\(?=\W)|[*_]")


def remove_footer(body: str) -> tuple[str, list[str]]:
    """Markdown without a footer in its last two paragraphs, and what was removed."""
    parts = body.rstrip("\n").split("\n\n")
    cut = []
    for at in range(len(parts) - 1, max(-1, len(parts) - 3), -1):
        text = similarity.squeeze(_MARKS.sub("", _LINK.sub(r"\1", parts[at])))
        if _FOOTER.fullmatch(text.strip(" .…→»>[]")) or _FOOTER.fullmatch(text):
            cut.append(text)
            del parts[at]
    return ("\n\n".join(parts) + "\n" if any(parts) else ""), cut[::-1]


def remove_from_line(text: str) -> str:
    """An excerpt without a footer, which follows its last sentence."""
    for mark in OPENINGS:
        head, found, tail = text.rpartition(mark)
        if found and _FOOTER.fullmatch(similarity.squeeze(found + tail).rstrip(" .…")):
            return head.rstrip()
    return text
