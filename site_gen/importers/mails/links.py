"""Links of mails, which name the reader to whom a mail went: without that."""

import base64
import json
import re

from site_gen.basics import urls
from site_gen.importers.reading import values

_ADDRESS = re.compile(r"[^=]*=.*(?:@|%40)")
_TOKEN = re.compile(r"[\w.-]*=eyJ[\w%.=~-]{8,}")
"""JSON that a service packed, in which the reader's number is."""
_OF_SERVICES = {
    **dict.fromkeys(("list-manage.com", "campaign-archive.com", "mailchi.mp"), ("e",)),
    "substack.com": ("j", "token", "isFreemail"),
}
"""Host -> its names for the reader."""
_PACKED = re.compile(r"/redirect/\d+/(eyJ[\w-]+)")


def without_reader(url: str) -> str:
    """`url` without the parameters that say who reads: an address, a service's mark of him. One
    that Substack packed is what it leads to."""
    url = _unpacked(url)
    head, mark, rest = url.partition("?")
    query, hash_, fragment = rest.partition("#")
    host = urls.host(url)
    names = next((own for end, own in _OF_SERVICES.items() if f".{host}".endswith(f".{end}")), ())
    given = re.split(r"[?&]", query)
    kept = [part for part in given if not _tells(part, names)]
    if len(kept) == len(given):
        return url
    return f"{head}{mark if kept else ''}{'&'.join(kept)}{hash_}{fragment}"


def _tells(part: str, names: tuple[str, ...]) -> bool:
    named = part.partition("=")[0] in names
    return named or bool(_ADDRESS.match(part) or _TOKEN.match(part))


def _unpacked(url: str) -> str:
    found = _PACKED.search(url)
    if not found:
        return url
    try:
        said = values.table(json.loads(base64.urlsafe_b64decode(f"{found[1]}===")))
    except (ValueError, RecursionError):
        return url
    target = values.text(said.get("e"))
    return target if target.startswith(("http://", "https://")) else url
