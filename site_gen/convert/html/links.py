"""Addresses in a page: made absolute, checked, and written so that Markdown keeps them whole."""

from urllib.parse import urljoin

from site_gen.basics import urls
from site_gen.convert import tracking


class Base:
    """Where relative references of a page start from; without a URL they lead nowhere, but for
    those from the root of a site that the page stays in."""

    def __init__(self, url: str, *, same_site: bool = False) -> None:
        self._url = url
        self._same_site = same_site

    def absolute(self, reference: str, schemes: tuple[str, ...] = urls.WEB) -> str:
        """`reference` as an absolute URL that passed the check, else ""."""
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
    """Spaces, quotes and brackets percent-encoded: Markdown would end the address there."""
    for character, code in _CODES.items():
        url = url.replace(character, code)
    return url


_CODES = {c: f"%{ord(c):02X}" for c in " \"'()<>\\^`{|}"}
