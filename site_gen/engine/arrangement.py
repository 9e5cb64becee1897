"""The catalog of what is shown now: the last one where it is still valid, else a new one."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from site_gen.arrange.catalog import Arranged, arrange, is_valid
from site_gen.arrange.inputs import Inputs
from site_gen.arrange.links import pictures_of
from site_gen.arrange.locks import changed
from site_gen.arrange.parts import with_parts
from site_gen.arrange.patch import Changed, FactsOf, patched
from site_gen.arrange.schedule import SO_FAR
from site_gen.arrange.site_paths import is_rooted
from site_gen.arrange.visible import Moment, waiting
from site_gen.basics import dates
from site_gen.engine.cache import catalog as cache
from site_gen.engine.cache.catalog import Changes, Known, Mark, link_digest
from site_gen.engine.cache.unit_keys import Like
from site_gen.engine.inputs.content import Content
from site_gen.engine.report import Waiting
from site_gen.engine.site import Site
from site_gen.engine.snapshot import CONTENT
from site_gen.formats.common.units import ListDigests
from site_gen.formats.images import measured as pictures
from site_gen.memo.archive import find_by_edition
from site_gen.memo.memo import Published
from site_gen.model import Catalog, ContentPage, Facts, PictureFile
from site_gen.problems import Problem

SETTLED = "arrangement"
"""The state of an output under which the memo has the name of the one that it was settled with."""


def with_bodies(catalog: Catalog, changes: Changes, facts: Iterable[Facts]) -> Catalog:
    """The catalog with the current bodies and details of its articles."""
    edited = {each.path: each for each in facts if each.path in changes.parts}
    return with_parts(catalog, edited) if edited else catalog


def patched_with(
    last: Known,
    changes: Changes,
    articles: Mapping[str, Mark],
    given: Inputs,
    now: datetime,
    facts_of: FactsOf,
) -> Arranged | None:
    """The last arrangement updated with a few `changes`; None if all must be arranged again."""
    before, was = last.arranged, last.articles
    catalog = with_bodies(before.catalog, changes, given.facts)
    known = changes.fresh & was.keys()
    changed = Changed(
        paths=changes.fresh | changes.gone,
        added=changes.fresh - known,
        same_links={p for p in known if link_digest(was[p]) == link_digest(articles[p])},
        facts=[each for each in given.facts if each.path in changes.fresh],
    )
    return patched(before._replace(catalog=catalog), changed, given, facts_of, now)


class Arrangement:
    """Filled by `run`, after the `content` was read.

    key       of everything it is made from but articles, which have marks in `articles`
    moved     content paths of articles that have another card than in the last good build, came or
              went; None where that is not known
    problems  of the arrangement alone
    amended   those of what locked editions have
    lists     digests of lists of cards in the catalog, as far as they are known
    """

    catalog: Catalog
    valid: tuple[datetime | None, datetime | None]
    problems: tuple[Problem, ...]
    amended: tuple[Problem, ...]
    waiting: Waiting
    gone: tuple[str, ...]

    def __init__(self, content: Content, site: Site) -> None:
        self._content, self._memo, self._output = content, site.memo, site.name
        self._root, self._options, self._settings = site.root, site.options, site.settings
        self._alone = site.caller.kept is None  # who builds again keeps more
        self._kept = site.kept
        self.key = cache.key_of(content.frames(), site.settings, site.options, site.program)
        self._loaded = cache.load(self._memo, self._output, self.key) if self._alone else None
        self.lists = (self._loaded and self._loaded.lists) or ListDigests()
        last = self._loaded if self._alone else site.kept.arrangement
        settled_last = last and self._memo.get_state(self._output, SETTLED) == last.name
        self.articles = content.articles(last.articles if last and settled_last else None)
        self._last = self._known(last)
        still = self._last and settled_last
        self.moved = self._changes.fresh | self._changes.gone if still else None

    def _known(self, last: Known | None) -> Known | None:
        """The last arrangement, if only a few articles differ from it."""
        if last is None or last.key != self.key:
            return None
        if not is_valid(last.arranged.valid, self._options.now):
            return None
        self._changes = Changes.between(last.articles, self.articles)
        if not self._changes.are_few:
            return None
        self._kept.arrangement = last
        return last

    def recall(self) -> None:
        """Read results of the content files: only the needed ones if an arrangement is known."""
        content, last = self._content, self._last
        self._is_part = last is not None and self._alone and not last.rooted
        if not self._is_part or last is None:
            content.recall()
        else:
            parts, fresh, gone = self._changes
            hidden = self.articles.keys() & last.hidden if fresh or gone else ()
            content.recall(content.but_quiet_articles() | parts | fresh | {*hidden})
            content.hidden.update(() if fresh or gone else last.hidden)
        if last:
            self._last = self._kept.arrangement = cache.with_notes(last, content.notes)

    def run(self) -> None:
        """Arrange what changed."""
        last = self._last
        parts = self._changes.parts if last else frozenset[str]()
        if last and self._changes.in_parts:
            known = last.waiting if self._is_part else self._waiting(last.arranged.catalog)
            last = last._replace(waiting=known, amended=self._amended())
        elif last:
            last = self._patched(last)
        if last is None:
            self.moved = None
            if self._is_part:
                self._is_part = False
                self._content.recall()
            last = self._new()
        self._last = last
        self.problems, self.valid = last.arranged.problems, last.arranged.valid
        self.gone, self.waiting, self.amended = last.arranged.gone, last.waiting, last.amended
        self.catalog = with_bodies(last.arranged.catalog, self._changes, self._content.facts)
        self.lists.forget_whole(self.catalog, parts)
        self._kept.catalog, self._kept.files = self.catalog, self._content.digests

    def _patched(self, last: Known) -> Known | None:
        """The last arrangement with the changed articles; None if that is not enough."""
        content = self._content
        if self._is_part and is_rooted(content.facts):
            return None
        given, now = self._given({}), self._options.now
        made = (last, self._changes, self.articles, given, now, content.facts_of)
        arranged = patched_with(*made)
        if not arranged:
            return None
        marks = {p: self.articles[p] for p in (*self._changes.parts, *self._changes.fresh)}
        after = (last.name, str(len(self._changes.gone)), *sorted(self._changes.gone))
        return self._made(arranged, cache.name_of(self.key, arranged, marks, *after))

    def _new(self) -> Known:
        given = self.given()
        arranged = arrange(given, self._options.now)
        known = self._made(arranged, cache.name_of(self.key, arranged, self.articles))
        # Another time the machine may be less busy, or a file may be read.
        slow = any(each.code == pictures.SLOW_CODE for each in given.measured.values())
        if slow or self._content.failed:
            self._kept.arrangement = None
        return known

    def _amended(self) -> tuple[Problem, ...]:
        """Changed articles of locked editions; for those not read now, as found last."""
        content = self._content
        made = (content.facts, self._settings, content.digests, content.hidden)
        found = changed(content.locks, *made)
        if not self._is_part or self._last is None:
            return tuple(found)
        others = {f"{CONTENT}/{path}" for paths in self._changes for path in paths}
        still = (p for p in self._last.amended if p.where and p.where.path not in others)
        return tuple(dict.fromkeys((*still, *found)))

    def _made(self, arranged: Arranged, name: str) -> Known:
        """The new arrangement, kept for the next build."""
        content, amended = self._content, self._amended()
        self._changes = Changes.none()
        known = Known(
            *(self.key, name, self.articles, arranged),
            tuple(sorted(content.hidden)),
            self._waiting(arranged.catalog),
            is_rooted(content.facts),
            amended,
        )
        self._kept.arrangement = known
        return known

    @property
    def is_same(self) -> bool:
        """Whether the last good build had the same articles at the same addresses."""
        return self.moved is not None and not self.moved

    @property
    def like(self) -> Like:
        """The arrangement that the catalog belongs to, for the plan."""
        assert self._last is not None
        return Like(self._last.name, tuple(sorted(self._changes.parts)))

    def given(self) -> Inputs:
        """All inputs of an arrangement."""
        return self._given(self._pictures())

    def _given(self, measured: dict[str, PictureFile]) -> Inputs:
        content, options = self._content, self._options
        return Inputs(
            content.facts,
            content.notes,
            content.pages,
            content.digests,
            self._settings,
            measured,
            [*content.broken, *content.failed],
            content.locks,
            options.drafts,
            options.future,
        )

    def _pictures(self) -> dict[str, PictureFile]:
        """The local pictures that something refers to, measured."""
        paths = pictures_of(link for each in self._content.texts() for link in each.links)
        measurer = pictures.Measurer(self._root / CONTENT, self._settings.limits.article_seconds)
        digests, jobs = self._content.digests, self._options.jobs
        return pictures.measure_pictures(paths, digests, self._memo, measurer, jobs)

    def _waiting(self, catalog: Catalog) -> Waiting:
        later = len(find_by_edition(catalog.articles, SO_FAR))
        texts: tuple[Facts | ContentPage, ...] = (*self._content.facts, *self._content.pages)
        options = self._options
        drafts, early = waiting(texts, Moment(options.now, options.drafts, options.future))
        until, path = min(early, default=(None, ""))
        day = str(dates.day_in(until, self._settings.zone)) if until else ""
        return Waiting(drafts, len(early), day, f"{CONTENT}/{path}" if until else "", later)

    def keep(self, published: Published) -> None:
        """Store the arrangement of a good build for the next process. Call it in a transaction."""
        if self.is_same:
            return
        last = self._kept.arrangement
        told = any(entry[3] for entry in published.values())  # of another guid, which is said once
        if told or last is None:
            self.forget()
            return
        self._memo.set_state(self._output, SETTLED, last.name)
        if self._alone:
            made = (last, self._loaded, self.lists, self._content.notes)
            cache.store(self._memo, self._output, *made)

    def forget(self) -> None:
        """Forget the stored arrangement: the known pages may belong to another one."""
        self._memo.forget_state(self._output, SETTLED)
        if self._alone:
            cache.forget(self._memo, self._output)
