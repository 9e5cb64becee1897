"""What became of an address that was asked: see `check/external.py`, which does it."""

from pathlib import Path

import msgspec
from msgspec import Struct

FILE = "links.json"
BROKEN = ("gone", "unreachable", "failing", "private")
"""Kinds of which a reader sees nothing."""
SLOW = 10.0
"""Seconds after which a reader has given up."""


class Verdict(Struct, omit_defaults=True):
    """What became of an address.

    kind    ok, gone, unreachable, failing (5xx), private (not asked), refused (403, 429,
            robots.txt), login, paywall, home (another page's address leads to the front page),
            moved, https, slow
    target  where it leads now; `permanent` says that every step of the way said so
    at      Unix time of the answer, in seconds
    """

    kind: str
    at: int
    status: int = 0
    target: str = ""
    permanent: bool = False
    reason: str = ""


def kept_verdicts(root: Path) -> dict[str, Verdict]:
    """What was asked before, by address, whatever its age."""
    try:
        return msgspec.json.decode(
            (root / ".site_gen" / FILE).read_bytes(), type=dict[str, Verdict]
        )
    except (OSError, msgspec.MsgspecError, ValueError):
        return {}
