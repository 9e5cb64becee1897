"""Splits Markdown into code, which is never changed, and the text around it."""

import re
from collections.abc import Callable
from posixpath import join, relpath

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n(?:.*?\n)?(?: {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`++)(?:(?!\n\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(
    r"(?P<open>\]\(\s*<?)(?P<inline>[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)"
    r"|(?P<define>^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?)(?P<defined>[^\s<>]+)"
    r"|(?P<name>(?:href|src)=(?P<quote>[\"']))(?P<value>[^\"'<>]*)(?P=quote)",
    re.MULTILINE,
)
"""A link's or picture's target: inline, defined by reference (no footnote), or in an attribute."""

Marks = tuple[re.Pattern[str], re.Pattern[str]]
"""What opens a piece, and what closes it."""


def code(text: str) -> list[tuple[int, int]]:
    """Where each piece of code begins and ends."""
    return [found.span() for found in _CODE.finditer(text)] if "`" in text or "~~~" in text else []


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to each part that is no code."""
    if "`" not in text and "~~~" not in text:
        return change(text)
    made: list[str] = []
    at = 0
    for found in _CODE.finditer(text):
        made += [change(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*made, change(text[at:])])


def enclosed(
    text: str,
    marks: Marks,
    change: Callable[[re.Match[str], str], str],
) -> str:
    """`text` with each piece from a mark to the next closing one as `change(mark, inner)` has it.

    A mark that nothing closes ends the search, as nothing closes a later one: a pattern of both
    marks would look through the rest of the text for each.
    """
    opening, closing = marks
    made: list[str] = []
    at = 0
    while (mark := opening.search(text, at)) and (end := closing.search(text, mark.end())):
        made += [text[at : mark.start()], change(mark, text[mark.end() : end.start()])]
        at = end.end()
    return "".join([*made, text[at:]])


def retarget(text: str, change: Callable[[str], str]) -> str:
    """`text` with the target of each link and picture passed through `change`."""

    def replaced(found: re.Match[str]) -> str:
        for opening, target in (("open", "inline"), ("define", "defined")):
            if found[target] is not None:
                return found[opening] + change(found[target])
        return f"{found['name']}{change(found['value'])}{found['quote']}"

    if "](" not in text and "]:" not in text and "=" not in text:
        return text
    return outside_code(text, lambda part: LINK.sub(replaced, part))


def seen_from(text: str, place: str, other: str) -> str:
    """The text of a file in the folder `place`, as one of the folder `other`: relative links and
    pictures lead to the same files."""

    def moved(target: str) -> str:
        path, mark, rest = (
            re.split(r"([?#])", target, maxsplit=1)
            if "#" in target or "?" in target
            else (target, "", "")
        )
        if not path or path.startswith("/") or re.match(r"[a-z][a-z0-9+.-]*:", path, re.IGNORECASE):
            return target
        return f"{relpath(join('/', place, path), join('/', other))}{mark}{rest}"

    return text if place == other else retarget(text, moved)


_CALLOUT = re.compile(r"^((?:> ?)+)\[!(\w+)\][+-]?[ \t]*(.*)$", re.MULTILINE)


def callouts(text: str) -> str:
    """`> [!NOTE]` of GitHub and Obsidian as a quotation that begins with its title or word."""
    if "[!" not in text:
        return text
    return outside_code(
        text,
        lambda part: _CALLOUT.sub(lambda m: f"{m[1]}**{m[3] or m[2].capitalize()}**\n{m[1]}", part),
    )


def attributes(text: str) -> tuple[dict[str, str], list[str]]:
    """`a="b" c=d e` as named and unnamed values."""
    named: dict[str, str] = {}
    plain: list[str] = []
    for found in _ATTRIBUTE.finditer(text):
        value = next((found[k] for k in ("double", "single", "bare") if found[k] is not None), "")
        if found["key"]:
            named[found["key"].lower()] = value
        else:
            plain.append(value)
    return named, plain


_ATTRIBUTE = re.compile(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=]+))"
)


def fence(language: str, code: str) -> str:
    """A block of code."""
    mark = "````" if "```" in code else "```"
    return f"{mark}{language}\n{code}\n{mark}"


def quotation(text: str, by: str) -> str:
    """A text as a quotation, with who said it below."""
    lines = [*text.strip().split("\n"), *(["", f"— {by}"] if by else [])]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def picture(source: str, alt: str = "", title: str = "", caption: str = "", link: str = "") -> str:
    """A picture with what stands below it."""
    words = (alt or title or caption).replace("[", "").replace("]", "")
    quoted = f' "{title}"' if title and title != alt and '"' not in title else ""
    image = f"![{words}]({source.replace(' ', '%20')}{quoted})"
    image = f"[{image}]({link})" if link else image
    return f"\n\n{image}\n\n{caption}\n\n" if caption else image


def video(service: str, name: str) -> str:
    """A link to a video, post or snippet where the old system embedded it."""
    address, words = EMBEDS[service]
    if name.startswith(("http://", "https://")):
        return f"[{words}]({name})"
    return f"[{words}]({address.format(name)})"


EMBEDS = {
    "youtube": ("https://www.youtube.com/watch?v={}", "Video on YouTube"),
    "vimeo": ("https://vimeo.com/{}", "Video on Vimeo"),
    "tweet": ("https://twitter.com/i/status/{}", "Post on Twitter"),
    "gist": ("https://gist.github.com/{}", "Code on GitHub"),
    "instagram": ("https://www.instagram.com/p/{}/", "Picture on Instagram"),
}
"""Service -> (address of one thing there, words of the link)."""
