"""Warnings for valid front matter that probably does not mean what its editor meant."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_gen.frontmatter.findings import Finding
from site_gen.frontmatter.load import TEXTS
from site_gen.problems import shown

BLANKS = " \t"
LISTS = ("topics", "tags")
"""Lists that editors write on one line with commas, which YAML does not split."""

CURLY = "“”„‟«»‘’‚"
"""Quotes that are ordinary characters in YAML."""
_ENDS = frozenset(f'"{CURLY}')
_UNQUOTED = re.compile(r"\n([A-Za-z]\w*): +([^\s\"'][^\n]*)")
_COMMENT = re.compile(r"^([A-Za-z]\w*): +([^\s\"'#\[{|>][^\n]*?) #(?=\w)([^\n]*)$", re.MULTILINE)
_INDENTED_ITEM = re.compile(r"\n([ \t]+)(-[^\n]*)")
_ABOVE = re.compile(r"(?:[A-Za-z]\w*:|([ \t]*)-)[ \t]+([^\s\"'#\[{|>&*!][^\n]*)")
"""A list item or value. If the item below is indented further, YAML takes it as a continuation."""

LIST_KEYS = ("topics", "tags", "authors", "languages", "aliases")
_NO_DASHES = re.compile(
    rf"^({'|'.join(LIST_KEYS)}):[ \t]*\n"
    r"((?:[ \t]+[^\s\-#\[{\"'][^\n:]*(?:\n|\Z)){2,})",
    re.MULTILINE,
)
"""A list without dashes, which YAML reads as one value."""


def findings(raw: Mapping[str, Any], head: str) -> Iterator[Finding]:
    """Warnings for a loaded block `raw` with the text `head`."""
    if " #" in head:
        yield from _find_comments(head)
    if '"' in head or not head.isascii():
        yield from _find_quotes(raw, head)
    yield from _find_joined_items(raw, head)
    stacked = any(isinstance(raw.get(key), str) for key in LIST_KEYS)
    for key, lines in _NO_DASHES.findall(head) if stacked else ():
        if isinstance(raw.get(key), str):
            count = len(lines.strip().split("\n"))
            yield Finding(
                (key,), "article/joined", f"{key}: {shown(raw[key])} is one value in {count} lines",
                "write `- ` before each of them", "warning",
            )  # fmt: skip
    for key in LISTS:
        value = raw.get(key)
        if isinstance(value, str) and "," in value:
            message = f"{key}: {shown(value)} is one value with commas in it"
            cure = f"write {key}: [{value}]"
            yield Finding((key,), "article/commas", message, cure, "warning")


def _find_joined_items(raw: Mapping[str, Any], head: str) -> Iterator[Finding]:
    """List items that YAML joins because the second is indented further."""
    for first, second in _find_indented_items(head):
        one = f"{first.rstrip(BLANKS)} {second.rstrip(BLANKS)}"
        for key, value in raw.items():
            items = value if isinstance(value, list) else [value]
            if any(isinstance(item, str) and item.startswith(one) for item in items):
                yield Finding(
                    (key,), "article/joined", f"{key}: {shown(one)} is one value in two lines",
                    f"write `- {second[1:].strip()}` right below the item before it", "warning",
                )  # fmt: skip
                break


def _find_indented_items(head: str) -> Iterator[tuple[str, str]]:
    """(item or value, the further indented item below it)."""
    for below in _INDENTED_ITEM.finditer(head):
        start = head.rfind("\n", 0, below.start()) + 1
        above = _ABOVE.fullmatch(head, start, below.start())
        if above and len(above[1] or "") < len(below[1]):
            yield above[2], below[2]


def _find_quotes(raw: Mapping[str, Any], head: str) -> Iterator[Finding]:
    """A closing quote without an opening one, and quotes inside names."""
    for key, rest in _UNQUOTED.findall(f"\n{head}"):
        text = rest.rstrip(BLANKS)
        if text[-1] not in _ENDS or raw.get(key) != text:
            continue  # a list, or more than this line
        if text.endswith('"') and text.count('"') == 1:
            yield Finding(
                (key,), "article/quote", f"{key}: ends with a quote that none opens",
                "put one before it too, or take it away", "warning",
            )  # fmt: skip
        elif key in NAMES and text[0] in CURLY and text[-1] in CURLY:
            yield Finding(
                (key,), "article/quote", f"{key}: the quotes {text[0]} {text[-1]} are a part of it",
                'leave them out, or write straight ones: "..."', "warning",
            )  # fmt: skip


NAMES = frozenset({"category", "type", "slug", "edition", "section", "story", "topics", "tags",
                   "author", "authors", "provider", "language", "guid", "rights"})  # fmt: skip
"""Keys whose values are names. Titles are not among them, since they may be quotations."""


def _find_comments(head: str) -> Iterator[Finding]:
    """A value cut off by a YAML comment: `C# and #hashtag`."""
    for found in _COMMENT.finditer(head):
        key, kept, lost = found.groups()
        if key in TEXTS:
            text = f"{kept} #{lost}".replace("\\", "\\\\").replace('"', '\\"')
            message = f"{key}: is cut at ` #`: {shown(kept)} is left"
            yield Finding((key,), "article/cut", message, f'write {key}: "{text}"', "warning")


def address_cure(value: str) -> str:
    """What to write instead of an invalid address."""
    text = value.strip()
    if "@" in text and "/" not in text and " " not in text:
        return f"this is a mail address: in a text write [...](mailto:{text})"
    inside = re.search(r"https?://[^\s\"'<>()\[\]]+", text)
    if inside and inside.start():
        return f"write {inside[0][:200]}"
    if re.match(r"//|www\.|[\w-]+(?:\.[\w-]+)+(?:[/:]|$)", text) and " " not in text:
        return f"write https://{text.lstrip('/')}"
    if re.match(r"https?://\S", text) and re.search(r"[ \t]", text):
        return "write %20 for a space: " + re.sub(r"[ \t]", "%20", text)[:200]
    return "write an address that starts with https://"
