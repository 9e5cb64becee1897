"""Text that is safe for XML and feed readers: the last check before a document is written."""

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
_ESCAPED = re.compile(r"\\(?:u00[01]|[bf])")
"""Where JSON may have written a character that XML forbids."""

_INDENT = re.compile(rb"\n +<")
"""Before an element that stands on a line of its own: in XML a "<" of a text is written "&lt;"."""

SHORT = 200
"""Characters of a text that is looked at as it stands."""

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])|&(?=#|[a-zA-Z][a-zA-Z0-9]*;)")


def as_json(data: dict[str, Any], listed: str = "") -> bytes:
    """`data` as JSON in UTF-8, each item of the list under its last key, `listed`, on a line of
    its own: three quarters of what it takes indented, and one item more is one line more.

    Without the characters that `legal` takes out.
    """
    try:
        found = _lines(data, listed)
        text = found.decode()
        if legal(text) is text and not ("\\" in text and _ESCAPED.search(text)):
            return found
    except UnicodeEncodeError:
        pass
    import msgspec

    return _lines(_cleaned(msgspec.to_builtins(data, str_keys=True)), listed)


def _lines(data: dict[str, Any], listed: str) -> bytes:
    from msgspec import json

    items = data.get(listed)
    if not items:
        return json.encode(data) + b"\n"
    head = json.encode({**data, listed: []}).removesuffix(b"]}")
    return b"".join((head, b"\n", b",\n".join([json.encode(item) for item in items]), b"\n]}\n"))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, dict):
        return {legal(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value


def without_indents(document: bytes) -> bytes:
    """XML that a library laid out, each element still on a line of its own but for its indent."""
    return _INDENT.sub(b"\n<", document)


def legal(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids or discourages; the rest is kept."""
    if len(text) < SHORT and text.isprintable():
        return text
    rest = files.unusual(text)
    if rest.isprintable():  # nearly always, and far cheaper than a pattern
        return text
    if not _ILLEGAL.search(rest) and not _NONCHARACTER.search(rest):
        return text
    return _NONCHARACTER.sub("", _ILLEGAL.sub("", text))


def as_html_text(text: str) -> str:
    """Plain text for a field that some readers take for HTML and others do not.

    Only what an HTML reader would take for a tag or an entity is escaped, so that "AT&T" and
    "1 < 2" read the same in both.
    """
    return _MARKUP.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text)


def img(picture: Picture, alt: str = "") -> str:
    """An `<img>` with what is known of the picture; `alt` for one of which nobody said what it
    shows."""
    size = f' width="{picture.width}" height="{picture.height}"' if _sized(picture) else ""
    return f'<img src="{escape(picture.url)}" alt="{escape(picture.alt or alt)}"{size}>'


def media_type(url: str) -> str:
    """The type of an image by its name, "" where the name does not tell."""
    name = url.partition("?")[0].partition("#")[0].lower()
    return TYPES.get(name.rpartition(".")[2], "")


def _sized(picture: Picture) -> bool:
    return bool(picture.width and picture.height)


TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
