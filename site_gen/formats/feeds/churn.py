"""Compares two versions of a feed, and finds entries that subscribers would see again as new."""

import json
import re
from typing import Any, NamedTuple

from site_gen.problems import Problem, shown

HELP = "keep the old id: write it into the article as `guid: ...`"

_TAG = re.compile(r"tag:(?P<tag>[^:]+):(?P<rest>.+)", re.DOTALL)


class Item(NamedTuple):
    """An entry as feed readers see it. `text` is its content; `day` its date in UTC as text that
    sorts, "" without a date."""

    id: str
    link: str
    title: str
    text: str = ""
    day: str = ""


def find_churn(old: bytes, new: bytes) -> list[Problem]:
    """The problems of `new` compared with `old`, the feed as it was last published (RSS, Atom or
    JSON Feed).

    Entries with the same link or the same unique title are the same. If their ids differ, every
    subscriber sees the entry as unread. Ids that occur twice are problems too.
    """
    before, after = parse_items(old), parse_items(new)
    problems = [*_check_readable("old", before, old), *_check_readable("new", after, new)]
    problems += _find_double_ids(after)
    told = {}
    for item, same in renamed(before, after):
        problem = _changed_tag_problem(item, same, after) or _changed_id_problem(item, same)
        told[problem.message] = problem
    problems += told.values()
    return [*problems, *_find_older_entries(before, after)]


def renamed(before: list[Item], after: list[Item]) -> list[tuple[Item, Item]]:
    """The entries whose ids differ, as they were and as they are."""
    kept = {item.id for item in after}
    return [
        (item, same)
        for item in before
        if item.id not in kept
        for same in after
        if _is_same_entry(item, same, before, after)
    ]


def older(before: list[Item], after: list[Item]) -> list[Item]:
    """The entries that `before` does not have and that are older than all of it."""
    known = {item.id for item in before}
    oldest = min((item.day for item in before if item.day), default="")
    return [item for item in after if item.id not in known and "" < item.day < oldest]


def _find_older_entries(before: list[Item], after: list[Item]) -> list[Problem]:
    """A warning if `after` is longer and shows entries that had dropped out of `before`."""
    # Entries that moved up because others were removed do not count: no limit would exclude them.
    again = older(before, after[len(before) :])
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


def _is_same_entry(item: Item, other: Item, before: list[Item], after: list[Item]) -> bool:
    if other.id in {known.id for known in before}:
        return False
    if item.link and item.link == other.link:
        return True
    titles = [known.title for known in (*before, *after)]
    return item.title == other.title != "" and titles.count(item.title) == 2


def _changed_tag_problem(item: Item, other: Item, after: list[Item]) -> Problem | None:
    """What is said once of all ids, where they differ in `feeds.tag` alone."""
    was, now = _TAG.fullmatch(item.id), _TAG.fullmatch(other.id)
    if not was or not now or was["rest"] != now["rest"]:
        return None
    if any(each.id.startswith(f"tag:{was['tag']}:") for each in after):
        return None
    return Problem(
        "feed/churn",
        f"ids begin with {shown(was['tag'])} no more, but with {shown(now['tag'])}: subscribers"
        " would see all entries as new",
        help=f'put `feeds.tag = "{shown(was["tag"])[1:-1]}"` back',
    )


def _changed_id_problem(item: Item, other: Item) -> Problem:
    return Problem(
        "feed/churn",
        f"the id of {shown(other.title or other.link)} changed from {shown(item.id)} "
        f"to {shown(other.id)}: subscribers would see it as new",
        help=HELP,
    )


def _find_double_ids(items: list[Item]) -> list[Problem]:
    ids = [item.id for item in items]
    return [
        Problem("feed/double-id", f"the id {shown(name)} occurs {ids.count(name)} times", help=HELP)
        for name in sorted(set(ids))
        if ids.count(name) > 1
    ]


def _check_readable(which: str, items: list[Item], data: bytes) -> list[Problem]:
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


def parse_items(data: bytes) -> list[Item]:
    """The entries of a feed in document order; none if `data` is no feed."""
    if data.lstrip()[:1] == b"{":
        return _json_items(data)
    import feedparser

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    return [_to_item(entry) for entry in feed.entries]


def _to_item(entry: Any) -> Item:
    parts = [entry.get("summary", ""), *(c.get("value", "") for c in entry.get("content", ()))]
    link = entry.get("link", "")
    day = _sortable_date(entry.get("published_parsed") or entry.get("updated_parsed"))
    return Item(entry.get("id", "") or link, link, entry.get("title", ""), "\n".join(parts), day)


def _json_items(data: bytes) -> list[Item]:
    try:
        found = json.loads(data).get("items", [])
    except (ValueError, RecursionError):
        return []
    entries = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    keys = ("id", "url", "title", "content_html", "date_published")
    return [Item(*(str(entry.get(key, "")) for key in keys)) for entry in entries]


def _sortable_date(moment: Any) -> str:
    """feedparser's time tuple (UTC) as text that sorts."""
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment[:6]) if moment else ""
