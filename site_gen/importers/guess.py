"""Guesses whether each file of the old site is a whole issue or an article."""

import re
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from site_gen.importers.old_site import Entry, Form
from site_gen.importers.reading import names

LINKS = 6
WEEK = 6
"""Days between two issues, with one for a holiday."""
_LISTED = re.compile(
    r"^[ \t]*(?:[-*+]|\d+[.)、])[ \t]*.*?(?:\]\(|[\s<])https?://|^#{2,5} .*?\]\(https?://",
    re.MULTILINE,
)
MAILS = frozenset({"buttondown", "substack", "mailchimp", "mails"})


class Guess(NamedTuple):
    """The form, and the reason for the guess."""

    form: Form
    why: str


def form(kind: str, entries: list[Entry], asked: Form | None) -> Guess:
    """The requested form; else issues if most posts have a number or are lists of links."""
    if asked:
        return Guess(asked, "you asked for it")
    posts = [entry for entry in entries if not entry.page]
    if kind in MAILS:
        return Guess("issues", "each mail is an issue")
    if not posts:
        return Guess("articles", "there are no posts")
    numbered = sum(1 for entry in posts if number(entry) is not None)
    named = sum(1 for entry in posts if names.is_of_series(entry.stem.rpartition("/")[2]))
    lists = sum(1 for entry in posts if len(_LISTED.findall(entry.body)) >= LINKS)
    if numbered * 2 > len(posts):
        return Guess("issues", f"{numbered} of {len(posts)} posts have a number")
    if named * 2 > len(posts):
        return Guess("issues", f"{named} of {len(posts)} posts are named as issues")
    if _weekly(posts):
        return Guess("issues", "most posts are named by their day alone, a week or more apart")
    if lists * 2 > len(posts):
        return Guess("issues", f"{lists} of {len(posts)} posts are lists of {LINKS} links or more")
    why = f"{numbered} of {len(posts)} posts have a number, and {lists} are lists of links"
    return Guess("articles", why)


def _weekly(posts: list[Entry]) -> bool:
    """Whether most names are only a day, and these days are mostly a week apart."""
    days = sorted(
        entry.date.date() for entry in posts
        if entry.date and names.is_day(names.stem_of(entry.source))
    )  # fmt: skip
    gaps = [(after - before).days for before, after in pairwise(days)]
    return len(days) * 2 > len(posts) and len(days) > 1 and median(gaps) >= WEEK


def number(entry: Entry) -> int | None:
    """The issue's number: its front matter's, else what its title or name says."""
    if entry.number is not None:
        return entry.number
    return names.number(entry.title, entry.stem.rpartition("/")[2])


def _end(entry: Entry) -> int | None:
    """The number that its title ends in, else its name, where that is no date."""
    stem = entry.stem.rpartition("/")[2]
    return names.last_number(entry.title) or (
        names.last_number(stem) if names.named(stem).day is None else None
    )


def numbered(entries: list[Entry]) -> None:
    """Give each issue its number. One that titles merely end in counts where all do, and rise."""
    taken: set[int | None] = set()
    for entry in sorted(entries, key=lambda one: bool(one.matter.get("language"))):
        entry.number = number(entry)
        if entry.number in taken and entry.matter.get("language"):
            entry.number = None  # a translation of the issue that has it
        taken.add(entry.number)
    ends = [_end(entry) for entry in entries]
    known = [entry for entry in entries if entry.number is not None]
    if known or not ends or None in ends or len(set(ends)) != len(ends):
        return
    in_time = sorted(zip(entries, ends, strict=True), key=lambda p: (str(p[0].date), p[1] or 0))
    if [end for _, end in in_time] == sorted(end for end in ends if end is not None):
        for entry, end in in_time:
            entry.number = end
