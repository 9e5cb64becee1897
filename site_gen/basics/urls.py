"""URLs from outside: the only place where text becomes a `Url`.

An allow list: anything that is not clearly a valid address is refused.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from site_gen.model import Url

WEB = ("http", "https")
LINKS = ("http", "https", "mailto", "tel")
MAX_LENGTH = 4096

_BAD = re.compile(
    r"[\x00-\x20\x7f-\xa0\"'<>\\^`{|}\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\ufeff\ufff0-\uffff\ud800-\udfff]"
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9a-fA-F:.]+\])(?::\d{{1,5}})?")


# What nearly every address looks like; the long way round below says yes to all of these.
_PLAIN_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PLAIN = re.compile(
    rf"https?://{_PLAIN_LABEL}(?:\.{_PLAIN_LABEL})*(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]*)?"
)
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")


def check(text: str, schemes: tuple[str, ...] = WEB) -> Url:
    """An absolute URL that may be shown. Raises ValueError with the reason.

    Refused: other schemes, no host, user info, control characters, spaces, quotes, backslashes.
    """
    if schemes[:2] == WEB and len(text) <= MAX_LENGTH and _PLAIN.fullmatch(text):
        return Url(text)
    text = text.strip()
    if not text:
        raise ValueError("is empty")
    if len(text) > MAX_LENGTH:
        raise ValueError(f"is longer than {MAX_LENGTH} characters")
    if _BAD.search(text.replace("'", "%27")):
        raise ValueError("holds a space, a quote, a backslash or a control character")
    scheme = scheme_of(text)
    if scheme not in schemes:
        raise ValueError(f"does not start with {' or '.join(s + ':' for s in schemes)}")
    if scheme in WEB:
        _check_host(text)
    return Url(text.replace("'", "%27"))


def scheme_of(text: str) -> str:
    """The scheme in lower case, "" for a relative reference."""
    found = _SCHEME.match(text)
    return found[1].lower() if found else ""


def _check_host(text: str) -> None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("has no valid host") from None
    if not text[len(parts.scheme) :].startswith("://"):
        raise ValueError("has no host")
    if "@" in parts.netloc:
        raise ValueError("holds a user name or password")
    if not _HOST.fullmatch(parts.netloc):
        raise ValueError("has no valid host")


def is_local(text: str) -> bool:
    """Whether `text` is a harmless fragment or site-absolute path."""
    if _BAD.search(text) or len(text) > MAX_LENGTH:
        return False
    return text.startswith("#") or (text.startswith("/") and not text.startswith("//"))


_HIDDEN_STEP = re.compile(r"[\x00-\x1f\x7f\\]|(?:^|/)\.\.?(?:/|$)")
MAX_DECODINGS = 5


def is_alias_path(text: str) -> bool:
    """Whether `text` is a site-absolute path that can be an alias: no query, and no `.` or `..` in
    any encoding."""
    if not (text.startswith("/") and is_local(text)) or {"#", "?"} & set(text):
        return False
    for _ in range(MAX_DECODINGS):
        if _HIDDEN_STEP.search(text) or re.search("%2f", text, re.IGNORECASE):
            return False
        text, before = unquote(text), text
        if text == before:
            return True
    return False


_PLAIN_HOST = re.compile(r"https?://(?:www\.)?+([a-z0-9-]+\.[a-z0-9.-]+)(?:[/?#]|\Z)")


def host(url: str) -> str:
    """The host of a checked URL without `www.`; "" if it has none."""
    found = _PLAIN_HOST.match(url)
    return found[1] if found else _host(url)


@lru_cache(maxsize=4096)  # a page asks two or three times for each link
def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def parts(text: str) -> SplitResult:
    """The parts of any text that was meant as an address; empty if it is invalid."""
    try:
        found = urlsplit(text)
        _ = found.hostname  # brackets that hold no address show only here
    except ValueError:
        return SplitResult("", "", "", "", "")
    return found


def path(text: str) -> str:
    """The path of an absolute address, "/" if it has none; `text` itself if it is invalid."""
    try:
        return urlsplit(text).path or "/"
    except ValueError:
        return text


def domain(text: str) -> str:
    """A domain name in lower case. Raises ValueError if it is invalid."""
    name = text.strip().rstrip(".").lower()
    if len(name) > 253 or not _DOMAIN.fullmatch(name):
        raise ValueError("is not a domain name such as example.org")
    return name
