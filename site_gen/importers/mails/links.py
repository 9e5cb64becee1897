"""Links of mails, which name the reader to whom a mail went: without that."""

import base64
import json
import re
from urllib.parse import unquote

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


_COUNTERS = re.compile(
    r"https?://(?:[\w-]+\.)*(?P<service>sendgrid\.net|convertkit-mail\d?\.com|ck\.page"
    r"|mailgun\.org|mandrillapp\.com|rs6\.net|hubspotlinks\.com|hs-sites\.com|klclick\d?\.com"
    r"|list-manage\.com/track|awstrack\.me|sparkpostmail\.com|mjt\.lu|sendibm\d?\.com"
    r"|cmail\d{1,2}\.com|createsend\d?\.com/t)(?=/)",
    re.IGNORECASE,
)
"""Services whose links count readers, and alone know where they lead."""
_ENCODED = re.compile(r"[/=](aHR0c(?:HM6Ly|DovL)[\w%=-]{4,2000})(?:[/?&#]|\Z)")
"""An address in base64."""


def through_counters(text: str) -> list[str]:
    """A note for each link in a text that leads through such a service."""
    return [
        f"link through {found['service'].lower()}, which alone knows where it leads"
        for found in _COUNTERS.finditer(text)
    ]


def _unpacked(url: str) -> str:
    if (encoded := _ENCODED.search(url)) and _COUNTERS.match(url):
        try:
            plain = base64.urlsafe_b64decode(f"{unquote(encoded[1]).rstrip('=')}===").decode()
        except ValueError:
            return url
        return plain if re.fullmatch(r"https?://[^\s<>\"']+", plain) else url
    found = _PACKED.search(url)
    if not found:
        return url
    try:
        said = values.table(json.loads(base64.urlsafe_b64decode(f"{found[1]}===")))
    except (ValueError, RecursionError):
        return url
    target = values.text(said.get("e"))
    return target if target.startswith(("http://", "https://")) else url
