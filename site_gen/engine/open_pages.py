"""The open pages of a preview, rendered before the build that follows a save.

A save should be visible at once. If a few articles or theme files changed, the open pages are made
from what the last build kept and from the reported changes, without a scan of all files. This is
only a hint: the build that follows scans everything and corrects what was reported wrong.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from site_gen.arrange.catalog import arrange, is_valid
from site_gen.engine import keys
from site_gen.engine.arrangement import patched_with, with_bodies
from site_gen.engine.cache.catalog import Changes, name_of
from site_gen.engine.cache.in_process import Kept, LastBuild
from site_gen.engine.inputs.configuration import configured_theme
from site_gen.engine.inputs.reader import Reader
from site_gen.engine.render import render_portion, rows
from site_gen.engine.site import Site, Viewer
from site_gen.engine.snapshot import CONTENT, THEMES
from site_gen.formats import units
from site_gen.formats.assets import theme_pages
from site_gen.formats.common.units import Digests
from site_gen.memo.memo import SHARED, ReadRow
from site_gen.model import Catalog, Facts, Page
from site_gen.output import publish
from site_gen.output.file_list import LIST_NAME
from site_gen.problems import SiteError
from site_gen.read.cache_key import read_key
from site_gen.theme.chain import shipped
from site_gen.theme.load import Theme

MOST = 16
"""More files than this are no save but a checkout, a copy, a search and replace: of these only the
articles that are open are looked at before the build."""

_FACTS = msgspec.msgpack.Decoder(Facts)


class _NotNowError(Exception):
    """The changes are too many or too deep: leave them to the build."""


def publish_open_pages(site: Site) -> None:
    """Publish the open pages that the reported changes affect, if a full build is not needed."""
    kept, viewer = site.caller.kept, site.caller.viewer
    last = kept.last_build if kept else None
    if kept is None or viewer is None or last is None or not viewer.changed:
        return
    if not (site.output / LIST_NAME).is_file() or last.options != site.options.key:
        return
    try:
        _OpenPages(site, viewer, kept, last).run()
    except (_NotNowError, SiteError, OSError):
        return  # the build says what is wrong


class _OpenPages:
    def __init__(self, site: Site, viewer: Viewer, kept: Kept, last: LastBuild) -> None:
        self.site, self.report = site, site.report
        self.viewer, self.kept, self.last = viewer, kept, last
        self.open = frozenset(viewer.open())

    def run(self) -> None:
        """Read, arrange, plan, render and publish only what the open pages need."""
        if self._is_overtaken():
            raise _NotNowError
        articles, themes = self._changed()
        theme = self._theme() if themes else self.last.theme
        pages = chain(theme_pages(theme), self._pages(articles, theme))
        portion = [each for page in pages if (each := self._stale(page, theme))]
        if not portion:
            return
        outcomes = render_portion(self.site, portion, theme)
        if any(outcome.problems for outcome in outcomes.values()):
            raise _NotNowError
        write = sorted(p for p, o in outcomes.items() if o.stamp is not None and not o.same)
        self.report.written = tuple(write)  # first, because this may fail half-way
        with self.site.memo.transaction():
            self.site.memo.forget_state(self.site.name, "settled")
            self.site.memo.forget_pages(self.site.name, write)
        publish.publish_existing(self.site.staging, write)
        with self.site.memo.transaction():
            self.site.memo.put_pages(self.site.name, rows(portion, outcomes))
        if write:
            self.viewer.shown(self.report)

    def _is_overtaken(self) -> bool:
        """Whether a build with other settings or notes began since the last one and gave way."""
        last, arrangement = self.last, self.kept.arrangement
        known = self.site.memo.get_state(SHARED, "read")
        is_read_anew = known != read_key(last.settings, last.program)
        return is_read_anew or (arrangement is not None and arrangement.key != last.key)

    def _changed(self) -> tuple[list[str], bool]:
        """The articles that changed, by path below content/, and whether the theme did."""
        content = f"{self.site.root / CONTENT}/"
        changed = self.viewer.changed
        if len(changed) > MOST:
            of_open = {f"{content}{path}" for path in self._of_open()}
            changed = tuple(path for path in changed if path in of_open)
            if not changed:
                raise _NotNowError
        themes = (f"{self.site.root / THEMES}/", f"{shipped()}/")
        articles = []
        for path in changed:
            if path.startswith(content):
                articles.append(path.removeprefix(content))
            elif not path.startswith(themes):
                raise _NotNowError
        return articles, len(articles) < len(changed)

    def _of_open(self) -> Iterator[str]:
        """The files of the articles whose own pages are open."""
        for facts in self.last.inputs.facts:
            if f"{facts.card.permalink.strip('/')}/index.html" in self.open:
                yield facts.path

    def _theme(self) -> Theme:
        theme = self.last.theme
        return configured_theme(self.site, self.last.settings, theme.analyses, theme.plugins)

    def _pages(self, articles: Sequence[str], theme: Theme) -> Iterable[Page]:
        """The open pages that may have changed."""
        if not self.open:
            return ()
        self._read(articles)
        return self._planned(self._catalog(), theme)

    def _planned(self, catalog: Catalog, theme: Theme) -> Iterator[Page]:
        """The units of the last plan that contain open pages, planned again."""
        left = {self.kept.units[path] for path in self.open if path in self.kept.units}
        for unit in units(catalog, theme, self.last.settings, Digests(catalog)):
            if not left:
                return
            if unit.name in left:
                left.discard(unit.name)
                yield from (page for page in unit.plan() if page.path in self.open)

    def _read(self, articles: Sequence[str]) -> None:
        """Read the articles that changed; the rest is as the last build found it."""
        if not articles:
            return
        reader = Reader(self.site.root, self.last.settings)
        rows = [reader.read(path) for path in articles]
        fresh = {row.path: _facts(row) for row in rows}
        found = [fresh.pop(f.path, f) for f in self.last.inputs.facts]
        if fresh:  # an article that was none, or was not there
            raise _NotNowError
        with self.site.memo.transaction():
            self.site.memo.put_reads(rows)
        self.report.read += len(rows)
        marks = self.last.articles | {row.path: (row.frame, row.parts) for row in rows}
        inputs = self.last.inputs._replace(facts=found)
        self.last = self.last._replace(inputs=inputs, articles=marks)
        self.kept.last_build = self.last

    def _catalog(self) -> Catalog:
        """The last catalog with the changes, or a new one that the build will use too."""
        last, now = self.kept.arrangement, self.site.options.now
        given, articles, arranged = self.last.inputs, self.last.articles, None
        if last and is_valid(last.arranged.valid, now):
            changes = Changes.between(last.articles, articles)
            if changes.in_parts:
                return with_bodies(last.arranged.catalog, changes, given.facts)
            if changes.are_few:
                arranged = patched_with(last, changes, articles, given, now, lambda paths: [
                    each for each in given.facts if each.path in paths
                ])  # fmt: skip
        arranged = arranged or arrange(given, now)
        if any(p.severity == "error" for p in arranged.problems):
            raise _NotNowError
        if last:
            name = name_of(last.key, arranged, articles)
            self.kept.arrangement = last._replace(name=name, articles=articles, arranged=arranged)
        return arranged.catalog

    def _stale(self, page: Page, theme: Theme) -> keys.Keyed | None:
        """The page with its key, if it was published under another key."""
        each = keys.keyed(page, theme, self.last.program)
        row = self.site.memo.page(self.site.name, page.path)
        if row is None or row.key == each.key:
            return None
        return each._replace(reasons=keys.reasons(each, row))


def _facts(row: ReadRow) -> Facts:
    if row.kind != "article":
        raise _NotNowError
    return _FACTS.decode(row.facts)
