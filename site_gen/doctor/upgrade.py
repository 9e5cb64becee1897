"""The changes between versions that concern a site."""

import re
from collections.abc import Callable
from typing import NamedTuple

from site_gen.settings import Settings


class Change(NamedTuple):
    """A change in a version, the sites that it concerns, and what to do."""

    version: str
    concerns: Callable[[Settings], bool]
    said: str
    cure: str


CHANGES = (
    Change(
        "0.1.0",
        lambda s: s.markdown.html == "safe",
        "HTML in bodies is cleaned and shown; it was shown as text",
        'look at articles with tags, or set markdown.html = "text"',
    ),
    Change(
        "0.1.0",
        lambda s: bool(s.editions.cutoff_day) or s.editions.cutoff_time != "24:00",
        "the cut-off is the boundary: what is dated after it is in the next edition",
        "look at stories of the hours after a cut-off; `edition:` puts one where it was",
    ),
    Change(
        "0.1.0",
        lambda s: bool({"rss", "atom", "json_feed"} & set(s.formats)),
        "topics and providers have one feed, feed.xml, of excerpts",
        "feeds.lists brings the other formats and whole texts back",
    ),
    Change(
        "0.1.0",
        lambda s: "api" in s.formats and not s.api.bodies,
        "lists of the API hold no bodies",
        "programs that read them need api.bodies = true",
    ),
    Change(
        "0.1.0",
        lambda s: "api" in s.formats and s.api.related == "short",
        "the API says of `related` what pages show: title, address, provider, date",
        'programs that read the rest of it need api.related = "full"',
    ),
    Change(
        "0.1.0",
        lambda s: bool(s.convert.sources),
        "`convert` makes drafts, which no build publishes",
        "run `site-gen accept` after it, or `convert --publish` where nobody looks",
    ),
)
"""In the order of versions. Changes that need no action are only in CHANGELOG.md."""


def changes(settings: Settings, last: str, now: str) -> list[Change]:
    """Return the changes after version `last` ("" if unknown) up to `now` for a site."""
    since, until = _number(last), _number(now)
    return [
        each
        for each in CHANGES
        if since < _number(each.version) <= until and each.concerns(settings)
    ]


def _number(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, without a suffix such as rc1."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()
