"""What can be read, and hardly means what its editor meant: a warning each."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_gen.frontmatter.findings import Finding
from site_gen.frontmatter.load import TEXTS
from site_gen.problems import shown

BLANKS = " \t"
LISTS = ("topics", "tags")
"""Of a list in one line the commas are no commas."""

CURLY = "“”„‟«»‘’‚"
"""Quotes that are letters to YAML."""
_ENDS = frozenset(f'"{CURLY}')
_UNQUOTED = re.compile(r"\n([A-Za-z]\w*): +([^\s\"'][^\n]*)")
_CUT = re.compile(r"^([A-Za-z]\w*): +([^\s\"'#\[{|>][^\n]*?) #(?=\w)([^\n]*)$", re.MULTILINE)
_FURTHER = re.compile(r"\n([ \t]+)(-[^\n]*)")
_ABOVE = re.compile(r"(?:[A-Za-z]\w*:|([ \t]*)-)[ \t]+([^\s\"'#\[{|>&*!][^\n]*)")
"""An item that stands in, and the item or value above it: where it stands further in than that,
the one above goes on to YAML."""

STACKED = ("topics", "tags", "authors", "languages", "aliases")
_STACK = re.compile(
    rf"^({'|'.join(STACKED)}):[ \t]*\n"
    r"((?:[ \t]+[^\s\-#\[{\"'][^\n:]*(?:\n|\Z)){2,})",
    re.MULTILINE,
)
"""A list without its dashes: to YAML one value that goes on."""


def findings(raw: Mapping[str, Any], head: str) -> Iterator[Finding]:
    """Warnings for a loaded block `raw`, whose text is `head`."""
    if " #" in head:
        yield from _cut(head)
    if '"' in head or not head.isascii():
        yield from _quotes(raw, head)
    yield from _joined(raw, head)
    stacked = any(isinstance(raw.get(key), str) for key in STACKED)
    for key, lines in _STACK.findall(head) if stacked else ():
        if isinstance(raw.get(key), str):
            count = len(lines.strip().split("\n"))
            yield Finding(
                (key,), "article/joined", f"{key}: {shown(raw[key])} is one value in {count} lines",
                "write `- ` before each of them", "warning",
            )  # fmt: skip
    for key in LISTS:
        value = raw.get(key)
        if isinstance(value, str) and "," in value:
            yield Finding(
                (key,),
                "article/commas",
                f"{key}: {shown(value)} is one value with commas in it",
                f"write {key}: [{value}]",
                "warning",
            )


def _joined(raw: Mapping[str, Any], head: str) -> Iterator[Finding]:
    """Items of a list that YAML takes for one, as the second stands further in."""
    for first, second in _deeper(head):
        one = f"{first.rstrip(BLANKS)} {second.rstrip(BLANKS)}"
        for key, value in raw.items():
            items = value if isinstance(value, list) else [value]
            if any(isinstance(item, str) and item.startswith(one) for item in items):
                yield Finding(
                    (key,), "article/joined", f"{key}: {shown(one)} is one value in two lines",
                    f"write `- {second[1:].strip()}` right below the item before it", "warning",
                )  # fmt: skip
                break


def _deeper(head: str) -> Iterator[tuple[str, str]]:
    """(item or value, the item right below it, further in) of a block."""
    for below in _FURTHER.finditer(head):
        start = head.rfind("\n", 0, below.start()) + 1
        above = _ABOVE.fullmatch(head, start, below.start())
        if above and len(above[1] or "") < len(below[1]):
            yield above[2], below[2]


def _quotes(raw: Mapping[str, Any], head: str) -> Iterator[Finding]:
    """A quote at the end that none opens, and quotes that are a part of a name."""
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
"""Keys whose values are names: a headline may well be a quotation."""


def _cut(head: str) -> Iterator[Finding]:
    """A value that ends where YAML takes the rest for a remark: `C# and #hashtag`."""
    for found in _CUT.finditer(head):
        key, kept, lost = found.groups()
        if key in TEXTS:
            text = f"{kept} #{lost}".replace("\\", "\\\\").replace('"', '\\"')
            yield Finding(
                (key,),
                "article/cut",
                f"{key}: is cut at ` #`: {shown(kept)} is left",
                f'write {key}: "{text}"',
                "warning",
            )


def address_cure(value: str) -> str:
    """What to write for an address that is none."""
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
