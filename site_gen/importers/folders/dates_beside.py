"""Dates of texts that say none: lists of the issues beside them, and the history of the folder."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from site_gen.basics import month_names, written_dates
from site_gen.importers.old_site import Entry, OldSite
from site_gen.importers.reading import git_dates, names
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

INDEXES = ("readme", "index", "summary", "archive", "archives", "contents", "toc", "_sidebar")
TOGETHER = 3
"""As many texts that one commit brought were put in at once: it tells none of their days."""
FEWEST = 2
MONTHLY = 4
"""Words in a line that names the month of the texts below."""
"""Links to other texts that make a list of them."""
_LINK = re.compile(r"\[([^\]\n]{0,300})\]\(<?([^)\s>]{1,500}+)>?[^)\n]{0,200}+\)")


def complete(folder: Folder, site: OldSite) -> None:
    """Give each undated post the day that a list beside it names, else that of its first commit."""
    undated = {e.source: e for e in site.entries if e.date is None and not e.page}
    if not undated:
        return
    for source, moment, index in _listed(folder, site):
        if entry := undated.pop(source, None):
            entry.date, entry.dated = moment, index
    months = {
        source: (year, month)
        for (year, month), sources in _in_months(folder, undated).items()
        for source in sources
    }
    commits = git_dates.read(folder.root) if undated else {}
    brought = Counter(commits[e.source].created for e in site.entries if e.source in commits)
    for source in undated.keys() & commits.keys():
        moment = commits[source].created
        own = moment.astimezone(site.zone)
        if brought[moment] < TOGETHER and months.get(source) in (None, (own.year, own.month)):
            undated[source].date, undated[source].dated = moment, "the first commit"
    _spread([e for e in undated.values() if e.date is None], months, site)
    by_source = {e.source: e for e in site.entries}
    for entry in undated.values():
        if entry.date is None and (original := by_source.get(entry.translates)):
            entry.date, entry.dated = original.date, "what it translates"
    if any(e.date is None for e in undated.values()) and git_dates.is_shallow(folder.root):
        site.notes.append(
            "The old folder has only its last commits: `git fetch --unshallow` there, and import"
            " again: the first commit of a text dates it"
        )


def _spread(entries: list[Entry], months: Mapping[str, tuple[int, int]], site: OldSite) -> None:
    """Texts of which a list tells the month alone: each on a day of it, in their order."""
    groups: dict[tuple[int, int], list[Entry]] = {}
    known = {entry.source: entry for entry in entries}
    for source in filter(known.__contains__, months):
        groups.setdefault(months[source], []).append(known[source])
    for (year, month), found in groups.items():
        for at, entry in enumerate(found):
            day = 1 + at * monthrange(year, month)[1] // len(found)
            entry.date = datetime(year, month, day, tzinfo=site.zone).astimezone(UTC)
            entry.dated = "its month in a list"
    if told := sum(map(len, groups.values())):
        site.notes.append(
            f"{told} texts have no day: a list beside them tells their months, over which they are"
            " spread in their order. `date:` in a note says another"
        )


def _in_months(folder: Folder, undated: Mapping[str, Entry]) -> dict[tuple[int, int], list[str]]:
    """The texts that lists have under headings of months, the oldest of a month first."""
    for name in _indexes(folder):
        found: dict[tuple[int, int], list[str]] = {}
        year = month = 0
        for line in folder.text(name).split("\n"):
            targets = [
                path for _, target in _LINK.findall(line) if (path := _led(name, target)) in undated
            ]
            if targets and year and month:
                known = [source for sources in found.values() for source in sources]
                found.setdefault((year, month), []).extend(
                    t for t in dict.fromkeys(targets) if t not in known
                )
            elif not targets and (told := _month(line)):
                year, month = told[0] or year, told[1] if told[1] or told[0] else month
        if found:
            order = list(found)
            newest_first = order != sorted(order) or len(order) == 1
            for sources in found.values():
                numbers = [names.number(undated[s].title, s) for s in sources]
                if None not in numbers and len(set(numbers)) == len(numbers):
                    sources.sort(key=lambda s: names.number(undated[s].title, s) or 0)
                elif newest_first:
                    sources.reverse()
            return found
    return {}


def _month(line: str) -> tuple[int, int] | None:
    """(year, month) of a heading or a line in bold that says little else; 0 for what it has not."""
    words = re.findall(r"[^\W_]+", line)
    if not words or len(words) > MONTHLY or "](" in line:
        return None
    year = next((int(w) for w in words if re.fullmatch(r"(?:19|20)\d\d", w)), 0)
    if joined := re.search(r"(?<!\d)((?:19|20)\d\d)[-/.年] ?(\d{1,2})(?!\d)", line):
        return (int(joined[1]), int(joined[2])) if 1 <= int(joined[2]) <= 12 else None
    month = next((n for w in words if (n := month_names.number(w))), 0)
    headed = re.match(r"\s*(?:#{1,6}\s|\*\*|__|[-*+]\s|<)", line) or len(words) == 1
    return (year, month) if (year or month) and headed else None


def _led(name: str, target: str) -> str:
    """The file that a link of the file `name` leads to."""
    return normpath(join(dirname(name), unquote(target.partition("#")[0])))


def _indexes(folder: Folder) -> Iterator[str]:
    for name in folder.under("", ".md", ".markdown"):
        if name.rpartition("/")[2].partition(".")[0].lower() in INDEXES:
            yield name


def _listed(folder: Folder, site: OldSite) -> Iterator[tuple[str, datetime, str]]:
    """Each text that a line of an index links, with the one date which that line has."""
    for name in _indexes(folder):
        try:
            lines = folder.text(name).split("\n")
        except SiteError:
            continue
        for line in lines:
            links = _LINK.findall(line)
            if len({target for _, target in links}) != 1:
                continue
            found = written_dates.find(_LINK.sub(r"\1", line), site.zone)
            if found:
                yield _led(name, links[0][1]), found.moment, name


def is_index(entry: Entry, sources: frozenset[str]) -> bool:
    """Whether a text is no more than a list that leads to the other texts."""
    own = entry.source.rpartition("/")[2].partition(".")[0].lower()
    if own not in INDEXES:
        return False
    links = _LINK.findall(entry.body)
    targets = {unquote(target.partition("#")[0]) for _, target in links}
    led = {_led(entry.source, target) for target in targets} & sources
    lines = (line.strip() for line in entry.body.split("\n"))
    prose = [line for line in lines if line and not line.startswith("#") and "](" not in line]
    return len(led) >= FEWEST and len(led) * 2 >= len(targets) and len(prose) < len(led)
