"""Addresses in a page: made absolute, checked, and encoded for Markdown."""

from urllib.parse import urljoin

from site_gen.basics import urls
from site_gen.convert import tracking


class Base:
    """The base of relative references. Without a URL, only site-absolute ones can be kept, if the
    page stays on its site."""

    def __init__(self, url: str, *, same_site: bool = False) -> None:
        self._url = url
        self._same_site = same_site

    def absolute(self, reference: str, schemes: tuple[str, ...] = urls.WEB) -> str:
        """`reference` as a checked absolute URL, else ""."""
        text = "".join(c for c in reference.strip() if c not in "\t\r\n")
        if not text:
            return ""
        if self._same_site and urls.is_local(text):
            return text
        try:
            joined = urljoin(self._url, text) if self._url else text
            return tracking.remove_tracking(urls.check(_encoded(joined), schemes))
        except ValueError:
            return ""


def _encoded(url: str) -> str:
    """Spaces, quotes and brackets percent-encoded, because they end addresses in Markdown."""
    for character, code in _CODES.items():
        url = url.replace(character, code)
    return url


_CODES = {c: f"%{ord(c):02X}" for c in " \"'()<>\\^`{|}"}
