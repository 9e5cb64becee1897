"""The verdicts of linked addresses, which `check/external.py` makes."""

from pathlib import Path

import msgspec
from msgspec import Struct

FILE = "links.json"
BROKEN = ("gone", "unreachable", "failing", "private")
"""Kinds of addresses that do not open for readers."""
SLOW = 10.0
"""Seconds after which a response counts as slow."""


class Verdict(Struct, omit_defaults=True):
    """The result of requesting an address.

    kind       ok, gone, unreachable, failing (5xx), private (not requested), refused (403, 429,
               robots.txt), login, paywall, home (a page redirects to the front page), moved,
               https, slow
    at         Unix time of the response in seconds
    target     the address that it redirects to, "" for none
    permanent  whether all redirects are permanent
    """

    kind: str
    at: int
    status: int = 0
    target: str = ""
    permanent: bool = False
    reason: str = ""


def kept_verdicts(root: Path) -> dict[str, Verdict]:
    """Return all verdicts in `.site_gen/links.json` by address, whatever their age."""
    try:
        return msgspec.json.decode(
            (root / ".site_gen" / FILE).read_bytes(), type=dict[str, Verdict]
        )
    except (OSError, msgspec.MsgspecError, ValueError):
        return {}
