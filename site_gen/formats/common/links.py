"""URLs for use outside the site: absolute, and in ASCII."""

import re
from urllib.parse import quote

from site_gen.basics.safehtml import without_sources
from site_gen.settings import Settings

URL_CHARACTERS = "/:?#[]@!$&'()*+,;=%~"
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]*")  # most paths; ten times faster than quoting
_ATTRIBUTE = r'\s+[a-z-]+="[^"]*"'
_TAG = re.compile(  # a tag with a relative reference; most references are absolute already
    rf'<[a-z][a-z0-9]*(?:{_ATTRIBUTE})*?\s+(?:href|src)="[/#][^"]*"(?:{_ATTRIBUTE})*\s*/?>'
)
_REFERENCE = re.compile(r'(\s(?:href|src)=")([/#][^"]*)"')
_PIXEL = re.compile(r'<img\b[^>]*\s(?:width|height)="[01]"[^>]*>')


def absolute(base: str, url: str) -> str:
    """The absolute URL of a permalink (without the path prefix); an absolute URL is unchanged."""
    if not url.startswith("/"):
        return url
    return base + (url if _PLAIN_PATH.fullmatch(url) else quote(url, safe=URL_CHARACTERS))


def tag_uri(name: str, settings: Settings) -> str:
    """A tag URI (RFC 4151), used as the id of things that have no guid."""
    return f"tag:{settings.tag}:{quote(name, safe='/')}"


def absolute_html(html: str, base: str, page: str) -> str:
    """A sanitised body with absolute links, without tracking pixels, and with one `<img>` in place
    of each `<picture>`.

    Site-absolute references in a body have no path prefix; `base` is put before them. `page` is the
    absolute URL of the page, put before fragments. Only tags are changed: nh3 writes double-quoted
    attributes and escapes `<` in text, so text that shows markup cannot match.
    """

    def reference(found: re.Match[str]) -> str:
        front = page if found[2].startswith("#") else base
        return f'{found[1]}{front}{quote(found[2], safe=URL_CHARACTERS)}"'

    if "<img" in html:
        html = _PIXEL.sub("", without_sources(html))
    if '="/' not in html and '="#' not in html:
        return html
    return _TAG.sub(lambda tag_uri: _REFERENCE.sub(reference, tag_uri[0]), html)
