"""Finds what Outlook for Windows, Gmail or Apple Mail would drop from a letter or break.

The lists name what all three support, by caniemail.com. Everything else is reported, except for
HARMLESS properties.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

MAX_SIZE = 102_000
"""Bytes. Gmail cuts longer letters."""

MAX_SHEET = 8192
"""Characters. Gmail drops longer style sheets."""

# <main> helps screen readers; mail programs that drop its tags show its content all the same.
ELEMENTS = frozenset(
    ("html head meta title style body main div table caption tbody thead tr td th a img p span br"
     " hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code kbd strong em b i u s del ins"
     " mark small sub sup q cite abbr").split()
)  # fmt: skip
PROPERTIES = frozenset(
    ("background-color color font font-family font-size font-style font-weight line-height"
     " text-align text-decoration text-transform vertical-align letter-spacing white-space"
     " border border-top border-bottom border-left border-right border-color border-collapse"
     " padding padding-top padding-bottom padding-left padding-right"
     " margin margin-top margin-bottom margin-left margin-right width height direction"
     " display list-style-type color-scheme word-break").split()
)  # fmt: skip
HARMLESS = {
    "max-width": "Outlook goes by the width of the table around it, or of the picture",
    "max-height": "of the hidden line, which mso-hide hides in Outlook",
    "overflow": "of the hidden line, which mso-hide hides in Outlook",
    "overflow-wrap": "long words run over in Outlook alone",
}
"""Properties that Outlook drops -> why that does no harm."""

_DISPLAY = frozenset({"none", "block", "inline", "inline-block", "table-cell"})
_UNIT = re.compile(r"\d(?:rem|vw|vh|vmin|vmax|ch|ex)\b|\b(?:var|calc|clamp|min|max|env)\(", re.I)
_MEDIA = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif)(?:$|\?)", re.I)
_MSO = re.compile(r"<!--\[if .*?<!\[endif\]-->", re.DOTALL)


def find_unsupported(letter: str) -> list[str]:
    """A message such as `line 12: <video> ...` for each construct that one of the three drops."""
    found = _Linter(_MSO.sub(lambda part: "\n" * part[0].count("\n"), letter))
    if len(letter.encode()) > MAX_SIZE:
        found.add(f"{len(letter.encode())} bytes: Gmail cuts a letter at {MAX_SIZE}")
    for name in ("color-scheme", "supported-color-schemes"):
        if name not in found.metas:
            found.add(f'no <meta name="{name}">: Apple Mail inverts colours by itself')
    return found.messages


class _Linter(HTMLParser):
    def __init__(self, letter: str) -> None:
        super().__init__(convert_charrefs=True)
        self.messages: list[str] = []
        self.metas: set[str] = set()
        self._sheet = False
        self.feed(letter)
        self.close()

    def add(self, text: str) -> None:
        self.messages.append(f"line {self.getpos()[0]}: {text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag not in ELEMENTS:
            self.add(f"<{tag}> is not shown by all of Outlook, Gmail and Apple Mail")
        if tag == "meta":
            self.metas.add(facts.get("name", ""))
        self._sheet = tag == "style"
        for problem in (*_check_style(facts.get("style", "")), *_check_element(tag, facts)):
            self.add(f"<{tag}> {problem}")

    def handle_data(self, data: str) -> None:
        if self._sheet:
            for problem in _check_sheet(data):
                self.add(problem)

    def handle_endtag(self, tag: str) -> None:
        self._sheet = False


def _check_element(tag: str, facts: dict[str, str]) -> Iterator[str]:
    laid_out = tag == "table" and facts.get("role") == "presentation"
    if laid_out and "border-collapse:collapse" not in facts.get("style", "").replace(" ", ""):
        yield "lacks border-collapse: collapse: Outlook puts room between its cells"
    if tag == "img":
        source = facts.get("src", "")
        if not source.startswith("https://"):
            yield f"src {source[:60]!r} is not an https address"
        elif not _PICTURE.search(source):
            yield f"src {source[:60]!r}: Outlook shows JPEG, PNG and GIF alone"
        if "alt" not in facts:
            yield "lacks alt, which is all that is seen while pictures are blocked"
        if not facts.get("width", "").isdigit():
            yield "lacks a width in pixels: Outlook shows it as large as it is"
    if tag == "a" and facts.get("href", "").startswith(("/", "#", "javascript:")):
        yield f"href {facts['href'][:60]!r} leads nowhere from a letter"
    if any(name.startswith("on") for name in facts):
        yield "has a handler"
    if "background" in facts:
        yield "background is dropped by Outlook"


def _check_style(text: str) -> Iterator[str]:
    for declaration in filter(str.strip, text.split(";")):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        if not name.startswith("mso-") and name not in PROPERTIES and name not in HARMLESS:
            yield f"style {name} is dropped by Outlook, Gmail or Apple Mail"
        elif name == "display" and value.removesuffix("!important").strip() not in _DISPLAY:
            yield f"style display: {value} is dropped by Outlook"
        elif _UNIT.search(value) or "url(" in value:
            yield f"style {name}: {value[:40]} is not understood by Outlook"


def _check_sheet(text: str) -> Iterator[str]:
    if len(text) > MAX_SHEET:
        yield f"a style sheet of {len(text)} characters: Gmail drops it"
    rest = _MEDIA.sub("", text).strip()
    if rest:
        yield f"a style sheet holds {rest[:60]!r}: Gmail's app for other accounts drops it"
    for inner in _MEDIA.findall(text):
        for selector, declarations in _RULE.findall(inner):
            if "[" in selector or ":" in selector:
                yield f"the selector {selector.strip()!r} makes Gmail drop the rule"
            yield from _check_style(declarations)
