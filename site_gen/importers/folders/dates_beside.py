"""Dates of texts that say none: lists of the issues beside them, and the history of the folder."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from site_gen.basics import written_dates
from site_gen.importers.old_site import Entry, OldSite
from site_gen.importers.reading import git_dates
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

INDEXES = ("readme", "index", "summary", "archive", "archives", "contents", "toc", "_sidebar")
TOGETHER = 3
"""As many texts that one commit brought were put in at once: it tells none of their days."""
FEWEST = 2
"""Links to other texts that make a list of them."""
_LINK = re.compile(r"\[([^\]\n]{0,300})\]\(<?([^)\s>]{1,500})>?[^)\n]{0,200}\)")


def complete(folder: Folder, site: OldSite) -> None:
    """Give each undated post the day that a list beside it names, else that of its first commit."""
    undated = {e.source: e for e in site.entries if e.date is None and not e.page}
    if not undated:
        return
    for source, moment, index in _listed(folder, site):
        if entry := undated.pop(source, None):
            entry.date, entry.dated = moment, index
    commits = git_dates.read(folder.root) if undated else {}
    brought = Counter(commits[e.source].created for e in site.entries if e.source in commits)
    for source in undated.keys() & commits.keys():
        moment = commits[source].created
        if brought[moment] < TOGETHER:
            undated[source].date, undated[source].dated = moment, "the first commit"
    if any(e.date is None for e in undated.values()) and git_dates.is_shallow(folder.root):
        site.notes.append(
            "The old folder has only its last commits: `git fetch --unshallow` there, and import"
            " again: the first commit of a text dates it"
        )


def _listed(folder: Folder, site: OldSite) -> Iterator[tuple[str, datetime, str]]:
    """Each text that a line of an index links, with the one date which that line has."""
    for name in folder.under("", ".md", ".markdown"):
        if name.rpartition("/")[2].partition(".")[0].lower() not in INDEXES:
            continue
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
                target = unquote(links[0][1].partition("#")[0])
                yield normpath(join(dirname(name), target)), found.moment, name


def is_index(entry: Entry, sources: frozenset[str]) -> bool:
    """Whether a text is no more than a list that leads to the other texts."""
    own = entry.source.rpartition("/")[2].partition(".")[0].lower()
    if own not in INDEXES:
        return False
    links = _LINK.findall(entry.body)
    targets = {unquote(target.partition("#")[0]) for _, target in links}
    led = {normpath(join(dirname(entry.source), target)) for target in targets} & sources
    lines = (line.strip() for line in entry.body.split("\n"))
    prose = [line for line in lines if line and not line.startswith("#") and "](" not in line]
    return len(led) >= FEWEST and len(led) * 2 >= len(targets) and len(prose) < len(led)
