"""What became of an address that was asked: see `check/external.py`, which does it."""

from msgspec import Struct

SLOW = 10.0
"""Seconds after which a reader has given up."""


class Verdict(Struct, omit_defaults=True):
    """What became of an address.

    kind    ok, gone, unreachable, failing (5xx), refused (403, 429, robots.txt), login, paywall,
            home (another page's address leads to the front page), moved, https, slow
    target  where it leads now; `permanent` says that every step of the way said so
    at      Unix time of the answer, in seconds
    """

    kind: str
    at: int
    status: int = 0
    target: str = ""
    permanent: bool = False
    reason: str = ""
