"""Names of headings in Markdown: those that an author gave, and those that ours get."""

import re

from site_gen.basics.safehtml import PREFIX
from site_gen.importers.bodies.spans import outside_code
from site_gen.read.headings import Ids

_HEADING_ID = re.compile(
    r"^( {0,3}#{1,6} [^\n]*?[^ \t\n])[ \t]*+\{#[\w.:-]++[^{}\n]*+\}[ \t]*+$", re.MULTILINE
)


def without(text: str) -> str:
    """Headings without `{#name}`, an id that Hugo, Zola and kramdown give and we show as text."""
    if "{#" not in text:
        return text
    return outside_code(text, lambda part: _HEADING_ID.sub(r"\1", part))


_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_RULE = re.compile(r"(?:=+|-+)[ \t]*+")
_FENCED = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n(?:.*?\n)?(?: {0,3}(?P=fence)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_PLACE = re.compile(r"<[a-z]\w*\s(?:[^<>]*?\s)?id=[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_GIVEN = re.compile(r"\{#([\w.:-]+)[^{}\n]*\}$")


def named(text: str) -> dict[str, str]:
    """The name that an author gave to a heading -> the one that ours will have."""
    if "{#" not in text:
        return {}
    return {name: own for name, own in _found(text) if name}


def ours(text: str) -> dict[str, str]:
    """Every name by which a heading, or another place, of `text` is found -> its id, without our
    prefix."""
    ids = Ids()
    for name in _PLACE.findall(_FENCED.sub("", text)):
        ids.take(name)
    for heading in _headings(text):
        ids.give(_plain(heading))
    return dict(ids.anchors())


def _found(text: str) -> list[tuple[str, str]]:
    ids = Ids()
    made: list[tuple[str, str]] = []
    for heading in _headings(text):
        given = _GIVEN.search(heading)
        own = ids.give(_plain(heading[: given.start()].rstrip() if given else heading))
        made.append((given[1] if given else "", own.removeprefix(PREFIX)))
    return made


def _headings(text: str) -> list[str]:
    found: list[str] = []
    before = ""
    for line in _FENCED.sub("", text).split("\n"):
        if mark := _HEADING.match(line):
            found.append(line[mark.end() :].strip().rstrip("#").rstrip())
        elif before[:1].strip() and _RULE.fullmatch(line):
            found.append(before.strip())
        before = line
    return [heading for heading in found if heading]


def _plain(heading: str) -> str:
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[*_`\\]", "", words).strip()
