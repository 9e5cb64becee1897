"""An import from start to end: read the old site, decide, write, report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from site_gen.importers import (
    access_control,
    gated_content,
    guess,
    kinds_of,
    menus,
    old_feed,
    old_redirects,
    placing,
    read,
    redirecting,
    settings_text,
    signatures,
    site_settings,
    static_files,
    unreadable,
)
from site_gen.importers.bodies import remarks
from site_gen.importers.bodies.links import Links
from site_gen.importers.content import ContentFiles
from site_gen.importers.folders import dates_beside
from site_gen.importers.guess import Guess
from site_gen.importers.old_feed import Matched
from site_gen.importers.old_site import OldSite, Wishes
from site_gen.importers.placing import Places
from site_gen.importers.reading import matter
from site_gen.importers.reading.folder import Folder
from site_gen.importers.redirecting import Redirects
from site_gen.importers.writer import Row, Writer
from site_gen.plugins.load import NO_PLUGINS, Plugins
from site_gen.problems import Problem, SiteError, UsageError, did_you_mean, shown
from site_gen.settings import Settings, parse

SITE = "site.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that an import did, for the report and for programs.

    settings   the text of site.toml as it was, or would have been, written
    own_settings  that which lies there
    left       what our files have no place for, with how often it occurs
    odd        (name, file and line of ours) of what an old system did in texts, kept as text
    dead       links to places of texts that have none by that name: they lead to the text
    gone       our files of texts that the old site has no more
    missing    pictures of front matter that are no files of the old site
    now        the moment of the import
    """

    kind: str
    site: OldSite
    guess: Guess
    places: Places
    redirects: Redirects
    rows: list[Row]
    settings: str
    own_settings: str
    now: datetime
    feed: Matched | None = None
    left: Mapping[str, int] = field(default_factory=dict)
    odd: tuple[tuple[str, str], ...] = ()
    dead: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    cards: int = 0
    gone: tuple[str, ...] = ()
    dry: bool = False

    @property
    def lost(self) -> list[str]:
        """Addresses of the old site that lead nowhere now."""
        return sorted(dict.fromkeys([*self.places.lost, *self.redirects.lost]))

    @property
    def ok(self) -> bool:
        """Whether all that was found was taken in."""
        return not self.quarantined and not self.site.failed

    @property
    def quarantined(self) -> list[Row]:
        return [row for row in self.rows if row.status == "quarantined"]


def import_site(
    root: Path,
    source: Path,
    wishes: Wishes,
    now: datetime,
    *,
    feed: Path | None,
    dry: bool,
    plugins: Plugins = NO_PLUGINS,
) -> Outcome:
    """Move the site in `source` into `root`. Raises SiteError where nothing can be done."""
    _check_kind(wishes.kind, plugins)
    signatures.check_apart(root.resolve(), source)
    folder = Folder(source)
    site = _read(folder, wishes, plugins)
    matched = old_feed.match(old_feed.read(Folder(feed).data(feed.name)), site) if feed else None
    if matched:
        site.items = matched.total
    by_name = wishes.kind == "markdown"  # no system says what is public, or when it was
    if by_name:
        dates_beside.complete(folder, site)
    made = guess.form(wishes.kind, site.entries, wishes.form)
    if made.form == "issues":
        guess.numbered([e for e in site.entries if not e.page])
    places = placing.placed(site, made.form, redirecting.ours(site))
    old_redirects.read(folder, site)
    old_redirects.settled(site, places)
    menus.settle(site, places)
    redirects = redirecting.redirects(site, places, now)
    content = ContentFiles(site, Links(site, places, redirects.rules), now, cards=wishes.cards)
    writer = Writer(root, f"{wishes.kind} {source.resolve()}", dry=dry)
    rows = [writer.put(file) for place in places.placed for file in content.files(place)]
    rows += unreadable.put_aside(folder, site, places, writer)
    shut = static_files.Shut(places.placed, content.links.shown_by, now)
    rows += static_files.copied(folder, site, writer, shut, by_name=by_name)
    rows += static_files.patterns(site, writer)
    data = site_settings.settings(site, places, content, redirects, now.year)
    text = _settings(data)
    rows.append(writer.write(SITE, "its settings", text.encode()))
    gone = tuple(writer.gone)
    writer.done()
    return Outcome(
        kind=wishes.kind, site=site, guess=made, places=places, redirects=redirects, rows=rows,
        settings=text, own_settings=writer.text(SITE), now=now, feed=matched, left=content.left,
        odd=tuple(content.odd), dead=tuple(content.links.dead),
        missing=tuple(dict.fromkeys(content.missing)), cards=content.cards_made, gone=gone, dry=dry,
    )  # fmt: skip


def _read(folder: Folder, wishes: Wishes, plugins: Plugins) -> OldSite:
    """The old site; what it did not show to everybody is private."""
    signatures.check(wishes.kind, folder)
    site = read(wishes.kind, folder, wishes, plugins)
    site.notes += _guessed_encodings(folder)
    remarks.settle(site)
    access_control.settle(folder, site)
    gated_content.settle(site, mails=wishes.kind in guess.MAILS)
    matter.without_own_links(site.entries, site.base_url)
    return site


def _guessed_encodings(folder: Folder) -> Iterator[str]:
    """A note on files whose encoding was guessed."""
    if told := [f"{name}: {doubt}" for name, doubt in folder.doubts.items()]:
        yield f"Look at the letters of {len(told)} files: {'; '.join(told[:5])}"


def _check_kind(kind: str, plugins: Plugins) -> None:
    kinds = kinds_of(plugins)
    if kind not in kinds:
        message = f"{shown(kind)} is no kind of site.{did_you_mean(kind, kinds)}"
        raise UsageError([Problem("import/kind", message, help=f"one of {', '.join(kinds)}")])


def _settings(data: dict[str, Any]) -> str:
    """The text of site.toml. What the checks of settings refuse is left out, as a comment."""
    text = settings_text.text(data)
    loaded = parse(text)
    for problem in loaded.problems if loaded.settings is None else ():
        where = problem.where.line if problem.where else 0
        lines = text.split("\n")
        if 0 < where <= len(lines):
            lines[where - 1] = f"# {lines[where - 1]}  # {problem.message}"
            text = "\n".join(lines)
    return text


def keys(settings: Settings | None, asked: tuple[str, ...]) -> dict[str, str]:
    """Foreign keys and ours: of the settings, and of `--map theirs=ours`, which wins."""
    made = dict(settings.import_.keys) if settings else {}
    for text in asked:
        theirs, mark, ours = text.partition("=")
        if not mark or not theirs.strip() or not ours.strip():
            message = f"--map {shown(text)} is not KEY=OURS"
            raise SiteError([Problem("usage/map", message, help="write --map posted_at=date")])
        made[theirs.strip()] = ours.strip()
    return made
