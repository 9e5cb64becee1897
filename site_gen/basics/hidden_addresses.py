"""Removes the addresses of hidden articles from texts and fields that mention them."""

import re
from collections.abc import Iterable, Iterator, Set
from html import escape, unescape
from posixpath import basename
from typing import Any, TypeVar
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

Value = TypeVar("Value")
LEFT_OUT = "\u2026"
"""Replaces an address inside a text."""

_RUN = re.compile(r"[^\s<>\"'()\[\]{}|\u201c\u201d\u00ab\u00bb]+")
_PART = re.compile(r"<[^>]*>|[^<]+")
_PATH = re.compile(r"(?<=>)(?:/[^\s<]+|[^\s<]+\.md)(?=</a>)")
_END = re.compile(r"[.,;:!?*_]+\Z")
_SCHEME = re.compile(r"https?://(?:www\.)?|(?:www\.)", re.IGNORECASE)
_IDENTITIES = frozenset(("id", "slug", "guid", "permalink", "link", "edition", "key"))
"""Fields that identify an article and are not text."""


def hidden_spellings(pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The normalised form of all that leads nowhere; `pairs` are (as written, target or "")."""
    return frozenset(normalize(written) for written, found in pairs if not found)


def normalize(address: str) -> str:
    """One spelling of an address or a content path: `example.org/a`, `/a` or `a/b.md`."""
    bare = _SCHEME.sub("", address, count=1)
    path = unquote(bare.partition("#")[0].partition("?")[0]).rstrip("/")
    host, slash, rest = path.partition("/")
    return f"{host.lower()}{slash}{rest}".removesuffix(".html").removesuffix("/index")


def find_own(text: str, host: str) -> Iterator[str]:
    """The addresses on our host in plain text, as written."""
    if host and host in text.lower():
        for run in map(_bare, _RUN.findall(text)):
            if re.match(rf"{re.escape(host)}(?::\d+)?/", _SCHEME.sub("", run, count=1).lower()):
                yield run


def without(text: str, lost: Set[str]) -> str:
    """Plain text without the addresses in `lost` (see `hidden_spellings`)."""
    if not lost or not ("/" in text or ".md" in text):
        return text

    def kept(found: re.Match[str]) -> str:
        run = _bare(found[0])
        return found[0].replace(run, LEFT_OUT, 1) if run and normalize(run) in lost else found[0]

    return _RUN.sub(kept, text)


def without_own(text: str, host: str) -> str:
    """Plain text or HTML without addresses on our host, and without paths as link texts."""
    text = _PATH.sub(" ", text) if ">/" in text or ".md<" in text else text
    for run in sorted(set(find_own(text, host)), key=len, reverse=True):
        text = text.replace(run, " ")
    return text


def without_in_link(html: str, lost: Set[str]) -> str:
    """The content of a link to one of `lost`, without its address or file name."""
    names = lost | {basename(path) for path in lost if path.endswith(".md")}

    def kept(found: re.Match[str]) -> str:
        said = unescape(found[0])
        left = said if said.startswith("<") else without(said, names)
        return found[0] if left == said else escape(left, quote=False)

    return _PART.sub(kept, html)


def _bare(run: str) -> str:
    return _END.sub("", run)


def clean_value(value: Value, lost: Set[str], field: str = "") -> Value:
    """A value of any type without these addresses. A field that is nothing but an address becomes
    empty, except a title."""
    found: Any = value
    if isinstance(value, str):
        if field in _IDENTITIES:
            return value
        whole = "/" in value and normalize(_bare(value)) in lost
        found = "" if whole and field != "title" else without(value, lost)
    elif isinstance(value, tuple | list):
        parts = [clean_value(each, lost, field) for each in value]
        changed = any(new is not old for new, old in zip(parts, value, strict=True))
        found = type(value)(parts) if changed else value
    elif isinstance(value, dict):
        found = {key: clean_value(each, lost, field) for key, each in value.items()}
    elif isinstance(value, Struct):
        fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
        made = {name: clean_value(old, lost, name) for name, old in fields}
        changes = {name: new for name, new in made.items() if new is not getattr(value, name)}
        found = replace(value, **changes) if changes else value
    return found  # type: ignore[no-any-return]
