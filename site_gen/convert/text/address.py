"""Finds the address of a text: an address alone in its first or last lines."""

import re

from site_gen.basics import urls
from site_gen.convert.text.marked_lines import Sheet

_ALONE = re.compile(
    r"(?:(?:source|original|originally published at|url|link|via|from|quelle|fuente|fonte|lien)"
    r"\s?[:–-]?\s+)?<?(https?://[^\s<>]+)>?",
    re.I,
)
FIRST, LAST = 6, 3
"""Lines at the beginning and at the end of a text in which an address is its own."""


def find_address(sheet: Sheet) -> None:
    """Set `webUrl` and the provider's domain."""
    count = len(sheet.lines)
    places = [*range(min(FIRST, count)), *range(max(FIRST, count - LAST), count)]
    for at in places:
        found = _ALONE.fullmatch(sheet.lines[at].text)
        if not found or at in sheet.cuts:
            continue
        try:
            address = urls.check(found[1])
            domain = urls.domain(urls.host(address))
        except ValueError:
            continue
        sheet.found["webUrl"] = address
        sheet.found["provider"] = {"domain": domain}
        sheet.move(at, "web_address", "webUrl")
        return
