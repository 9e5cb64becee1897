"""`--against`: compares the built feeds with those that subscribers have.

Editors rarely notice changed ids, and entries that appear again or disappear; subscribers do.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from site_gen.basics import files
from site_gen.check.external import follow
from site_gen.convert.sources.fetch import Fetcher
from site_gen.formats.feeds.churn import Item, find_churn, older, parse_items, renamed
from site_gen.output.file_list import owned_files
from site_gen.problems import Problem, SiteError, Where, shown

KEPT = Path(".site_gen/feeds")
"""Where the feeds of the last publication are kept, for `--against last`."""
_LINK = re.compile(rb"<a\b[^<>]*\bhref=", re.IGNORECASE)
_PICTURE = re.compile(rb"<img\b", re.IGNORECASE)
NAMES = ("feed.xml", "atom.xml", "feed.json")
EDITIONS = tuple(f"editions/{name}" for name in NAMES)
"""The feeds that list editions."""

FEW = 3
"""So many titles or feeds are named; the others are counted."""

Old = Callable[[str], bytes | None]
"""From an output path to the feed that subscribers have, None if there is none."""


class Difference(NamedTuple):
    """How a built feed differs from that of subscribers.

    new, changed  titles of entries
    again         titles of entries whose ids changed: they are announced once more
    older         titles of entries that are older than all that the feed had
    dropped       number of removed entries, except for those that made room for new ones
    reordered     whether common entries are in another order
    """

    path: str
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    dropped: int = 0
    reordered: bool = False


def feeds_of(output: Path) -> list[str]:
    """Return the output paths of all built feeds. Raises SiteError if nothing is built."""
    owned = owned_files(output)
    if owned is None:
        where = Where(str(output))
        cure = "run `site-gen build` first"
        unbuilt = Problem("against/unbuilt", "nothing is built yet", where, cure)
        raise SiteError([unbuilt])
    return [path for path in owned if path.rpartition("/")[2] in NAMES]


def keep(root: Path, output: Path) -> None:
    """Keep a copy of the feeds, and of the letters of the editions in them, as those that
    subscribers have, after publication."""
    part = root / KEPT.with_name("feeds.part")
    shutil.rmtree(part, ignore_errors=True)
    for path in (*feeds_of(output), *_letters_of(output)):
        (part / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(output / path, part / path)
    shutil.rmtree(root / KEPT, ignore_errors=True)
    if part.exists():
        part.rename(root / KEPT)


def _letters_of(output: Path) -> list[str]:
    """Return the output paths of the letters of the editions in the feeds of editions."""
    owned = owned_files(output) or ()
    feed = next((path for path in owned if path in EDITIONS), None)
    if feed is None:
        return []
    links = [item.link for item in parse_items(files.read_bytes(output.resolve() / feed))]
    letters = (path for path in owned if path.endswith("/email.html"))
    return [
        path for path in letters
        if any(link.endswith(f"/{path.removesuffix('email.html')}") for link in links)
    ]  # fmt: skip


def in_folder(folder: Path) -> Old:
    """Return what reads feeds from a folder. Raises SiteError if there is no folder."""
    if not folder.is_dir():
        text = f"{shown(str(folder))} is no folder with feeds"
        cure = "publish once, or name the folder of a build; `last` is what was published last"
        raise SiteError([Problem("against/missing", text, Where(str(folder)), cure)])

    def old(path: str) -> bytes | None:
        try:
            return files.read_bytes(folder.resolve() / path)
        except files.Unreadable:
            return None

    return old


def on_server(address: str, fetcher: Fetcher) -> Old:
    """Return what fetches feeds of a site; it raises SiteError for statuses but 200, 404, 410."""

    def old(path: str) -> bytes | None:
        url = f"{address.rstrip('/')}/{path}"
        _, answer = follow(fetcher, url, "GET")
        if answer.status in (404, 410):
            return None
        if answer.status != 200:
            text = f"{shown(url)} is not to be had: the server answered {answer.status}"
            cure = "look at it in a browser"
            raise SiteError([Problem("against/unreachable", text, Where(url), cure)])
        return answer.data

    return old


def compare(output: Path, old: Old) -> tuple[list[Difference], list[Problem]]:
    """Return the differences of feeds, and problems: changed ids, or nothing to compare with.

    Raises SiteError as `old` does.
    """
    found, known = list[Difference](), 0
    problems: dict[str, Problem] = {}
    paths = feeds_of(output)
    for path in paths:
        before, after = old(path), files.read_bytes(output.resolve() / path)
        known += before is not None
        if before is None or before == after:
            continue
        for problem in find_churn(before, after):
            told = problems.setdefault(problem.message, problem)
            where = Where(path)
            problems[problem.message] = (
                told._replace(where=where) if told is problem
                else told._replace(also=(*told.also, where))
            )  # fmt: skip
        difference = _difference(path, parse_items(before), parse_items(after))
        if any(difference[1:]):
            found.append(difference)
    if paths and not known:
        text = f"none of the {len(paths)} feeds is there to be compared with"
        cure = "name the folder or the address at which the whole site stands"
        problems[text] = Problem("against/missing", text, help=cure)
    return found, list(problems.values())


class Letter(NamedTuple):
    """The letter of an edition: its size and former size in bytes, its links and pictures."""

    path: str
    size: int
    before: int | None
    links: int
    pictures: int


def letter(output: Path, folder: str, old: Old) -> Letter | None:
    """Return the letter of the edition in a folder of the output; None if it is not built."""
    path = f"{folder.strip('/')}/email.html"
    try:
        data = files.read_bytes(output.resolve() / path)
    except files.Unreadable:
        return None
    before = old(path)
    size = None if before is None else len(before)
    return Letter(path, len(data), size, len(_LINK.findall(data)), len(_PICTURE.findall(data)))


def _difference(path: str, before: list[Item], after: list[Item]) -> Difference:
    known = {item.id: item for item in before}
    here = {item.id for item in after}
    pairs = renamed(before, after)
    was, now = {old.id for old, _ in pairs}, {new.id for _, new in pairs}
    back = [item for item in older(before, after) if item.id not in now]
    kept = here | was
    oldest = next((n for n in range(len(before) - 1, -1, -1) if before[n].id in kept), -1)
    new = [item for item in after if item.id not in known and item.id not in now]
    changed = [i for i in after if i.id in known and i[2:] != known[i.id][2:]]
    common = [item.id for item in before if item.id in here]
    return Difference(
        path,
        new=_titles_of(item for item in new if item not in back),
        changed=_titles_of(changed),
        again=_titles_of(item for _, item in pairs),
        older=_titles_of(back),
        # Entries older than all that remain made room for new ones; others were removed.
        dropped=sum(item.id not in kept for item in before[: oldest + 1]),
        reordered=common != [item.id for item in after if item.id in known],
    )


def _titles_of(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.title for item in items)


def as_lines(differences: Iterable[Difference], letter: Letter | None) -> Iterator[str]:
    """Return the text output: a line for feeds that differ alike, with the first three titles, and
    one for the letter."""
    alike: dict[tuple[Any, ...], list[str]] = {}
    for each in differences:
        alike.setdefault(each[1:], []).append(each.path)
    for what, paths in alike.items():
        yield f"{_few(paths)}: {', '.join(_parts(Difference('', *what)))}"
    if letter is not None:
        if not alike:
            yield "the feeds are those that subscribers have"
        yield _letter_line(letter)


def _parts(difference: Difference) -> Iterator[str]:
    words = {
        "new": difference.new,
        "changed": difference.changed,
        "announced again": difference.again,
        "older than all that they had": difference.older,
    }
    for what, titles in words.items():
        if titles:
            yield f"{len(titles)} {what} ({_few([shown(title) for title in titles])})"
    if difference.dropped:
        yield f"{difference.dropped} taken away"
    if difference.reordered:
        yield "in another order"


def as_data(differences: Iterable[Difference], letter: Letter | None) -> dict[str, Any]:
    """Return the JSON output."""
    return {
        "feeds": [each._asdict() for each in differences],
        "letter": letter and letter._asdict(),
    }


def _letter_line(letter: Letter) -> str:
    path, size, before, links, pictures = letter
    was = "" if before in (None, size) else f" (they have {before:,})"
    return (f"{path}: {size:,} bytes{was}, {links} link{'s' * (links != 1)}, "
            f"{pictures} picture{'s' * (pictures != 1)}")  # fmt: skip


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return ", ".join(names[:FEW]) + more
