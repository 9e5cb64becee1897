"""Text made safe for XML and feed readers, just before a document is written."""

import re
from html import escape
from typing import Any

from site_gen.basics import files
from site_gen.model import Picture

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
_NONCHARACTER = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(p * 0x10000 + n) for p in range(1, 17) for n in (65534, 65535))
    + "]"
)
_ESCAPED_CONTROL = re.compile(r"\\(?:u00[01]|[bf])")
"""How JSON escapes the control characters that XML forbids."""

_INDENT = re.compile(rb"\n +<")
"""The indent before an element. It cannot match in text, where "<" is written "&lt;"."""

SHORT = 200
"""Characters up to which `isprintable` is tried on the whole text first."""

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])|&(?=#|[a-zA-Z][a-zA-Z0-9]*;)")


def encode_json(data: dict[str, Any], listed: str = "") -> bytes:
    """`data` as JSON in UTF-8, without the characters that `legal_xml` removes.

    Each item of the list under `listed`, which must be the last key, is on a line of its own: a
    quarter smaller than indented JSON, and a new item adds one line.
    """
    try:
        found = _encode_lines(data, listed)
        text = found.decode()
        if legal_xml(text) is text and not ("\\" in text and _ESCAPED_CONTROL.search(text)):
            return found
    except UnicodeEncodeError:
        pass
    import msgspec

    return _encode_lines(_without_illegal(msgspec.to_builtins(data, str_keys=True)), listed)


def _encode_lines(data: dict[str, Any], listed: str) -> bytes:
    from msgspec import json

    items = data.get(listed)
    if not items:
        return json.encode(data) + b"\n"
    head = json.encode({**data, listed: []}).removesuffix(b"]}")
    return b"".join((head, b"\n", b",\n".join([json.encode(item) for item in items]), b"\n]}\n"))


def _without_illegal(value: Any) -> Any:
    if isinstance(value, str):
        return legal_xml(value)
    if isinstance(value, dict):
        return {legal_xml(key): _without_illegal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_illegal(item) for item in value]
    return value


def without_indents(document: bytes) -> bytes:
    """An indented XML document without its indents; elements keep lines of their own."""
    return _INDENT.sub(b"\n<", document)


def legal_xml(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids or discourages."""
    if len(text) < SHORT and text.isprintable():
        return text
    rest = files.non_ascii(text)
    if rest.isprintable():  # nearly always true, and far faster than a pattern
        return text
    if not _ILLEGAL.search(rest) and not _NONCHARACTER.search(rest):
        return text
    return _NONCHARACTER.sub("", _ILLEGAL.sub("", text))


def as_html_text(text: str) -> str:
    """Plain text for a field that some feed readers parse as HTML and others show as it is.

    Only what HTML would parse as a tag or an entity is escaped, so that "AT&T" and "1 < 2" look
    the same in both.
    """
    return _MARKUP.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text)


def img_tag(picture: Picture, alt: str = "") -> str:
    """An `<img>` with the picture's size and alternative text, else `alt`."""
    size = f' width="{picture.width}" height="{picture.height}"' if _has_size(picture) else ""
    return f'<img src="{escape(picture.url)}" alt="{escape(picture.alt or alt)}"{size}>'


def media_type(url: str) -> str:
    """The media type of an image by the extension in its URL; "" for an unknown one."""
    name = url.partition("?")[0].partition("#")[0].lower()
    return IMAGE_TYPES.get(name.rpartition(".")[2], "")


def _has_size(picture: Picture) -> bool:
    return bool(picture.width and picture.height)


IMAGE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
