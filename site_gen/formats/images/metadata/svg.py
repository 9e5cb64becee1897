"""Drawings (SVG): without remarks, and without what drawing programs note for themselves, such as
where the file lies on its author's machine."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from site_gen.formats.images.drawing import MAX_DEPTH, SVG, XLINK
from site_gen.formats.images.metadata.exif import OddError

_KEPT = frozenset(("", SVG, XLINK))
_ATTRIBUTE = r"""\s+([^\s=>/"'<]+)\s*=\s*("[^"<]*"|'[^'<]*')"""
_TOKEN = re.compile(
    r"(?P<remark><!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)|(?P<head><\?xml\s.*?\?>)"
    r"|(?P<data><!\[CDATA\[.*?\]\]>)"
    rf"|<(?P<end>/)?(?P<name>[^\s/>!?<]+)(?P<said>(?:{_ATTRIBUTE})*+)(?P<rest>\s*(?P<alone>/)?>)"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)
_SAID = re.compile(_ATTRIBUTE)
_STYLE_REMARK = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/""", re.DOTALL)
_VALUE_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_PICTURE = re.compile(r"(\s*data:image/[a-z+]+;base64,)([A-Za-z0-9+/=\s]*)", re.ASCII)


class _Open(NamedTuple):
    """An element that is open: its name, the prefixes that it declares, whether it is shown."""

    name: str
    spaces: dict[str, str]
    shown: bool


def cleaned(data: bytes, inner: Callable[[bytes], bytes]) -> bytes:
    """The drawing, what stays of it byte for byte; `inner` cleans the pictures that it holds."""
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    # In the others all marks are ASCII, so that letters need not be known.
    begin = 2 if codec == "utf-16" else 3 if data.startswith(b"\xef\xbb\xbf") else 0
    if codec == "utf-16":
        codec += "-le" if data[:1] == b"\xff" else "-be"
    try:
        text = data[begin:].decode(codec)
    except UnicodeDecodeError:
        raise OddError from None
    return data[:begin] + "".join(_Work(text, inner).shown()).encode(codec)


class _Work:
    """A walk over the marks of a drawing."""

    def __init__(self, text: str, inner: Callable[[bytes], bytes]) -> None:
        self._text, self._inner = text, inner
        self._opened: list[_Open] = []
        self._is_used = "[data-" in text  # a style may go by them

    def shown(self) -> Iterator[str]:
        opened, at = self._opened, 0
        while at < len(self._text):
            found = _TOKEN.match(self._text, at)
            if found is None:
                raise OddError
            at = found.end()
            kind = found.lastgroup
            if found["name"]:
                yield self._end(found) if found["end"] else self._begin(found)
            elif kind == "head" or (kind != "remark" and (not opened or opened[-1].shown)):
                yield self._without_remarks(found[0])
        if opened:
            raise OddError

    def _end(self, found: re.Match[str]) -> str:
        if not self._opened or self._opened[-1].name != found["name"]:
            raise OddError
        return found[0] if self._opened.pop().shown else ""

    def _begin(self, found: re.Match[str]) -> str:
        opened = self._opened
        said = [(each[1], each[2][1:-1], each[0]) for each in _SAID.finditer(found["said"])]
        own = {key[6:]: value for key, value, _ in said if key == "xmlns" or key[:6] == "xmlns:"}
        prefix, _, local = found["name"].rpartition(":")
        is_svg = self._space(prefix, own) == SVG
        if len(opened) > MAX_DEPTH or not (opened or is_svg):
            raise OddError
        shown = is_svg and local != "metadata" and (not opened or opened[-1].shown)
        kept = [
            self._cleaned(key, raw)
            for key, value, raw in said
            if shown and self._is_shown(key, value, own)
        ]
        if not found["alone"]:
            opened.append(_Open(found["name"], own, shown))
        return f"<{found['name']}{''.join(kept)}{found['rest']}" if shown else ""

    def _space(self, prefix: str, own: dict[str, str]) -> str:
        for known in (own, *(each.spaces for each in reversed(self._opened))):
            if prefix in known:
                return known[prefix]
        return ""

    def _is_shown(self, key: str, value: str, own: dict[str, str]) -> bool:
        prefix, colon, _ = key.partition(":")
        if prefix == "xmlns":
            return value in _KEPT
        if colon:
            return prefix == "xml" or self._space(prefix, own) == XLINK
        return self._is_used or not key.startswith("data-")

    def _cleaned(self, key: str, raw: str) -> str:
        if key.rpartition(":")[2] == "href":
            return _PICTURE.sub(self._picture, raw)
        return _VALUE_REMARK.sub("", raw) if key == "style" else raw

    def _picture(self, found: re.Match[str]) -> str:
        try:
            data = base64.b64decode("".join(found[2].split()), validate=True)
        except (binascii.Error, ValueError):
            return found[0]
        clean = self._inner(data)
        return found[0] if clean == data else found[1] + base64.b64encode(clean).decode()

    def _without_remarks(self, text: str) -> str:
        opened = self._opened
        is_style = bool(opened) and opened[-1].name.rpartition(":")[2] == "style"
        if not is_style or "/*" not in text:
            return text
        return _STYLE_REMARK.sub(lambda found: found[1] or "", text)
