"""Addresses as other programs need them: absolute, and in ASCII."""

import re
from urllib.parse import quote

from site_gen.basics.safehtml import unchosen
from site_gen.settings import Settings

SAFE = "/:?#[]@!$&'()*+,;=%~"
_AS_IT_IS = re.compile(r"[A-Za-z0-9/._-]*")  # most paths: a tenth of what quoting takes
_ATTRIBUTE = r'\s+[a-z-]+="[^"]*"'
_TAG = re.compile(  # with a reference in it: most are absolute as they stand
    rf'<[a-z][a-z0-9]*(?:{_ATTRIBUTE})*?\s+(?:href|src)="[/#][^"]*"(?:{_ATTRIBUTE})*\s*/?>'
)
_REFERENCE = re.compile(r'(\s(?:href|src)=")([/#][^"]*)"')
_PIXEL = re.compile(r'<img\b[^>]*\s(?:width|height)="[01]"[^>]*>')


def absolute(base: str, url: str) -> str:
    """A permalink (without the root) under the base URL; an absolute URL as it is."""
    if not url.startswith("/"):
        return url
    return base + (url if _AS_IT_IS.fullmatch(url) else quote(url, safe=SAFE))


def tag(name: str, settings: Settings) -> str:
    """A tag URI (RFC 4151) of ours for what has no guid of its own."""
    return f"tag:{settings.tag}:{quote(name, safe='/')}"


def absolute_html(html: str, base: str, page: str) -> str:
    """A sanitised body with every link absolute, one picture for each choice, no tracking pixel.

    A site-absolute reference stands in a body without the root: the base URL goes before it.
    `page` is the absolute URL on which the body's own fragments live. Only tags are touched:
    nh3 writes double-quoted attributes and escapes `<` in text, so prose that shows
    markup stays as it is.
    """

    def reference(found: re.Match[str]) -> str:
        front = page if found[2].startswith("#") else base
        return f'{found[1]}{front}{quote(found[2], safe=SAFE)}"'

    if "<img" in html:
        html = _PIXEL.sub("", unchosen(html))
    if '="/' not in html and '="#' not in html:
        return html
    return _TAG.sub(lambda tag: _REFERENCE.sub(reference, tag[0]), html)
