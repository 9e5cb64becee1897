"""Addresses in a body: which may be links, and their normal form."""

import re
from urllib.parse import unquote

from site_gen.basics import urls

_BARE_URL = re.compile(r"(?<![(<\"'])\b(?:https?|ftp)://")


def may_hold_link(text: str) -> bool:
    return "://" in text and _BARE_URL.search(text) is not None


# Nothing in it that could be encoded, and a name in ASCII and lower case, not too long for a host:
# normal as it stands.
_PLAIN = r"[A-Za-z0-9._~/@:,;=+!$&-]*"
_PART = rf"{_PLAIN}(?:%[0-9A-Fa-f]{{2}}{_PLAIN})*"
NORMAL = re.compile(
    r"https?://(?![^/]{254})[a-z0-9]+(?:[.-][a-z0-9]+)*"
    rf"(?:/{_PART}(?:\?{_PART})?(?:#{_PART})?)?"
)


def normalized(url: str) -> str:
    """The parser's own normal form, which takes the URL apart: two thirds of a link's cost."""
    if NORMAL.fullmatch(url):
        return url
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(url)


_SITE_PATH = re.compile(r"/(?:[\w.~+,@ -]+/)*[\w.~+,@ -]*")


def may_be_content(url: str) -> bool:
    """Whether a path from the top of the site may be looked up in `content/`, and written anew: it
    has no query, and nothing in it, decoded, that an address may not have as it is."""
    return _SITE_PATH.fullmatch(unquote(url.partition("#")[0])) is not None


def may_link(url: str) -> bool:
    """The allow list for links: what fails stays in the text as it was written."""
    if urls.scheme_of(url):
        try:
            urls.check(url, urls.LINKS)
        except ValueError:
            return False
        return True
    return urls.is_local(url) or not (url.startswith(("/", "\\")) or "\\" in unquote(url))


def may_show(url: str, remote_images: bool) -> bool:
    """Whether a picture at that address may stand in a page: a file of ours, or one over https."""
    if scheme := urls.scheme_of(url):
        return scheme == "https" and remote_images
    if not url or url.startswith("#"):
        return False
    return not url.startswith("/") or may_be_content(url)
