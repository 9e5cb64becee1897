"""Links of an archive to itself where the export does not say at which address it stood."""

import re
from collections import Counter

from site_gen.importers.old_site import Entry

_POST = re.compile(r"https?://(?P<host>[\w.-]+)(?P<path>/p/(?P<slug>[\w-]+))")
SHARED = ("open.substack.com", "substack.com", "www.substack.com")
"""Hosts of the service that show everybody's posts."""


def settle(entries: list[Entry]) -> None:
    """Note, of each text, the addresses of hosts that are the archive's own: of the posts that
    are linked there, most are among these."""
    known = {entry.address.rpartition("/")[2]: entry for entry in entries if entry.address}
    found = [m for entry in entries for m in _POST.finditer(entry.body)]
    hits = Counter(m["host"] for m in found if m["slug"] in known)
    others = Counter(m["host"] for m in found if m["slug"] not in known)
    for host in hits:
        if host in SHARED or others[host] > hits[host]:
            continue
        name = host.removesuffix(".substack.com")
        for entry in known.values():
            entry.known_as += [f"{scheme}://{host}{entry.address}" for scheme in ("https", "http")]
            entry.known_as.append(f"https://open.substack.com/pub/{name}{entry.address}")
