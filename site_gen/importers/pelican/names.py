"""Pelican's slugs, lists of authors, and the placeholders of its addresses."""

import html
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from site_gen.convert.markdown.foreign_front_matter import Head

SUBSTITUTIONS: list[tuple[str, str]] = [
    (r"[^\w\s-]", ""),
    (r"(?u)\A\s*", ""),
    (r"(?u)\s*\Z", ""),
    (r"[-\s]+", "-"),
]
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l",
     "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "’": "'", "‘": "'", "“": '"',
     "”": '"', "–": "-", "—": "--", "…": "..."}
)  # fmt: skip
_META = re.compile(r"<meta\s[^>]*?>", re.IGNORECASE)


def slug(text: str, substitutions: list[Any]) -> str:
    """The slug that Pelican makes of a title or name."""
    value = unicodedata.normalize("NFKD", html.unescape(text).translate(_SPELT))
    value = "".join(c for c in value if not unicodedata.combining(c))
    for rule in substitutions or SUBSTITUTIONS:
        if isinstance(rule, list | tuple) and len(rule) == 2:
            try:
                value = re.sub(str(rule[0]), str(rule[1]), value, flags=re.IGNORECASE)
            except re.error:
                continue
    return value.lower()


def authors(value: Any) -> list[str]:
    """`Lane, Smith; Doe, John` is two people, `Ann, Bo` two as well: a `;` anywhere decides."""
    if isinstance(value, list):
        return [str(name).strip() for name in value if str(name).strip()]
    text = str(value or "")
    parts = text.split(";") if ";" in text else text.split(",")
    return [part.strip() for part in parts if part.strip()]


def told(pattern: str, stem: str) -> dict[str, str]:
    """What the name of a file says, by the pattern of the settings."""
    try:
        found = re.match(pattern, stem)
    except (re.error, RecursionError):
        return {}
    return {k: v for k, v in found.groupdict().items() if v} if found else {}


def facts(slug_: str, fields: Mapping[str, Any], moment: datetime | None) -> dict[str, Any]:
    """What the placeholders of an address stand for."""
    category = str(fields.get("category") or "")
    given = {key: str(value) for key, value in fields.items() if key.isidentifier()}
    return {**given, "slug": slug_, "date": moment, "category": slug(category, []),
            "lang": str(fields.get("lang") or "")}  # fmt: skip


def filled(pattern: str, values: Mapping[str, Any]) -> str:
    """`{date:%Y}/{slug}.html`; what is no placeholder stays."""

    def one(found: re.Match[str]) -> str:
        value = values.get(found[1])
        if isinstance(value, datetime):
            return value.strftime(found[2] or "%Y-%m-%d")
        return str(value) if value is not None else found[0]

    made = re.sub(r"\{(\w+)(?:\.slug)?(?::([^{}]*))?\}", one, pattern)
    return made.removesuffix("index.html")


def html_head(text: str) -> Head:
    """The head of an article that is HTML: its title and `<meta name=... content=...>`."""
    found: dict[str, Any] = {}
    title = re.search(r"<title>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    if title:
        found["title"] = html.unescape(title[1]).strip()
    for tag in _META.findall(text):
        name = re.search(r"name=[\"']([^\"']+)", tag, re.IGNORECASE)
        value = re.search(r"content(?:s)?=\"([^\"]*)\"|content(?:s)?='([^']*)'", tag, re.IGNORECASE)
        if name and value:
            found[name[1].lower()] = html.unescape(value[1] or value[2] or "")
    body = re.search(r"<body[^>]*>(.*?)</body>", text, re.IGNORECASE | re.DOTALL)
    return Head(found, body[1] if body else text, "html")


def rst_head(text: str) -> Head:
    """The head of an article in reStructuredText: its title, and the fields below it."""
    found: dict[str, Any] = {}
    body = text.lstrip("\n")
    if title := _RST_TITLE.match(body):
        found["title"] = title[2].strip()
        body = body[title.end() :].lstrip("\n")
    if fields := re.match(r"(?::[\w -]+:.*\n)+", f"{body}\n"):
        pairs = re.findall(r"^:([\w -]+):[ \t]*(.*)$", fields[0], re.MULTILINE)
        found |= {key.lower(): value.strip() for key, value in pairs}
        body = body[fields.end() :].lstrip("\n")
    return Head(found, body, "lines")


_RST_TITLE = re.compile(
    r"(?:([^\w\s])\1{2,200}[ \t]*+\n)?[ \t]*+(\S.*)\n([^\w\s])\3{2,}[ \t]*(?:\n|\Z)"
)
