"""Two versions of a feed compared for churn of their ids: what would come to readers again."""

import json
from typing import Any, NamedTuple

from site_gen.problems import Problem, shown

HELP = "keep the old id: write it into the article as `guid: ...`"


class Item(NamedTuple):
    """An entry as a reader program knows it; `text` is all else that it shows, `day` its date as
    text that sorts, "" where there is none."""

    id: str
    link: str
    title: str
    text: str = ""
    day: str = ""


def churn(old: bytes, new: bytes) -> list[Problem]:
    """Problems of `new` against `old`, the feed as it was last published (RSS, Atom or JSON).

    An entry is the same when its link, or where links are not unique its title, is the same;
    another id then shows it to every subscriber as unread. Ids that occur twice are problems too.
    """
    before, after = items(old), items(new)
    problems = [*_unreadable("old", before, old), *_unreadable("new", after, new)]
    problems += _doubled(after)
    kept = {item.id for item in after}
    for item in before:
        if item.id not in kept:
            problems += [
                _changed(item, same) for same in after if _moved(item, same, before, after)
            ]
    return [*problems, *_older(before, after)]


def _older(before: list[Item], after: list[Item]) -> list[Problem]:
    """A longer feed shows again what went from the old one long ago."""
    known = {item.id for item in before}
    oldest = min((item.day for item in before if item.day), default="")
    # What moves up where an entry was taken away was in the feed before, and no limit keeps it out.
    more = after[len(before) :]
    again = [item for item in more if item.id not in known and "" < item.day < oldest]
    if not again:
        return []
    count = f"{len(again)} entries are" if len(again) > 1 else "1 entry is"
    return [
        Problem(
            "feed/older",
            f"{count} older than all of the old feed, such as {shown(again[0].title)}:"
            " subscribers would see them as new",
            help=f"set feeds.items = {len(before)} for the switch",
            severity="warning",
        )
    ]


def _moved(item: Item, other: Item, before: list[Item], after: list[Item]) -> bool:
    if other.id in {known.id for known in before}:
        return False
    if item.link and item.link == other.link:
        return True
    titles = [known.title for known in (*before, *after)]
    return item.title == other.title != "" and titles.count(item.title) == 2


def _changed(item: Item, other: Item) -> Problem:
    return Problem(
        "feed/churn",
        f"the id of {shown(other.title or other.link)} changed from {shown(item.id)} "
        f"to {shown(other.id)}: subscribers would see it as new",
        help=HELP,
    )


def _doubled(items: list[Item]) -> list[Problem]:
    ids = [item.id for item in items]
    return [
        Problem("feed/double-id", f"the id {shown(name)} occurs {ids.count(name)} times", help=HELP)
        for name in sorted(set(ids))
        if ids.count(name) > 1
    ]


def _unreadable(which: str, items: list[Item], data: bytes) -> list[Problem]:
    if items or not data.strip() or _names_a_feed(data):
        return []
    return [
        Problem(
            "feed/unreadable",
            f"the {which} document is not a feed",
            help="give two files in RSS, Atom or JSON Feed",
        )
    ]


def _names_a_feed(data: bytes) -> bool:
    return any(name in data[:2000] for name in (b"<rss", b"<feed", b"jsonfeed.org"))


def items(data: bytes) -> list[Item]:
    """The entries of a feed in its order; none where it is no feed."""
    if data.lstrip()[:1] == b"{":
        return _json_items(data)
    import feedparser

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    return [_entry(entry) for entry in feed.entries]


def _entry(entry: Any) -> Item:
    parts = [entry.get("summary", ""), *(c.get("value", "") for c in entry.get("content", ()))]
    link = entry.get("link", "")
    day = _day(entry.get("published_parsed") or entry.get("updated_parsed"))
    return Item(entry.get("id", "") or link, link, entry.get("title", ""), "\n".join(parts), day)


def _json_items(data: bytes) -> list[Item]:
    try:
        found = json.loads(data).get("items", [])
    except (ValueError, RecursionError):
        return []
    entries = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    keys = ("id", "url", "title", "content_html", "date_published")
    return [Item(*(str(entry.get(key, "")) for key in keys)) for entry in entries]


def _day(moment: Any) -> str:
    """A date of feedparser, in UTC, as text that sorts."""
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment[:6]) if moment else ""
