"""The catalog of what is shown now: as the last process left it, as the last build of this process
did, or arranged anew."""

from datetime import datetime

from site_gen.arrange.catalog import Arranged
from site_gen.arrange.parts import with_parts
from site_gen.arrange.schedule import SO_FAR
from site_gen.engine import notices
from site_gen.engine.cache import catalog as catalog_cache
from site_gen.engine.cache.in_process import ArrangeInputs, Kept
from site_gen.engine.cache.published import Known
from site_gen.engine.cache.unit_keys import Like
from site_gen.engine.inputs import pictures
from site_gen.engine.inputs.content import Content
from site_gen.engine.report import Options, Waiting
from site_gen.engine.site import Site
from site_gen.model import Catalog, ContentPage, Facts, Measured, Note
from site_gen.problems import Problem
from site_gen.settings import Settings


class Arrangement:
    """Filled by `run`, after the `content` was read.

    same      whether only bodies and details differ from what the last process arranged
    problems  of the arrangement alone
    """

    catalog: Catalog
    valid: tuple[datetime | None, datetime | None]
    problems: tuple[Problem, ...]
    waiting: Waiting
    given: ArrangeInputs
    gone: tuple[str, ...]

    def __init__(
        self, content: Content, site: Site, settings: Settings, program: str, kept: Kept
    ) -> None:
        self._content, self._memo, self._output = content, site.memo, site.name
        self._root, self._options, self._settings = site.root, site.options, settings
        self._alone = site.caller.kept is None  # who builds again keeps more
        self._kept = kept
        self._key = catalog_cache.key_of(content, settings, site.options, program)
        now = site.options.now
        self._found: catalog_cache.Found | None = None
        if self._alone:
            self._found = catalog_cache.load(self._memo, self._output, self._key, content, now)

        self.same = self._found is not None

    @property
    def like(self) -> Like:
        """Which arrangement the catalog is of, for its plan; none that is known to nobody else."""
        return Like(self._key if self._alone else "", self._found.changed if self._found else None)

    def recall(self) -> None:
        """What the content files came to: of a catalog that is known, as few as it takes."""
        content, found = self._content, self._found
        if found is None or found.rooted or content.has_locks:
            content.recall()
        else:
            content.recall(content.but_quiet_articles().union(found.changed))
            content.hidden.update(found.hidden)

    def run(self) -> None:
        """Arrange, where it must be."""
        if self._found:
            arranged, self.waiting = self._found.arranged, self._found.waiting
            changed = set(self._found.changed)
            edited = {f.path: f for f in self._content.facts if f.path in changed}
            self.catalog = with_parts(arranged.catalog, edited)
        else:
            arranged = self._arranged(self._options)
            self.catalog = arranged.catalog
            self.waiting = self._waiting()
        self.problems, self.valid = arranged.problems, arranged.valid
        self.gone = arranged.gone

    def _arranged(self, options: Options) -> Arranged:
        content = self._content
        self.given = given = ArrangeInputs(
            content.facts,
            content.notes,
            content.pages,
            content.digests,
            self._pictures(),
            [*content.broken, *content.failed],
            content.locks,
            self._settings,
            options.drafts,
            options.future,
        )
        arranged = self._kept.arranged(given, options.now)
        if arranged is None:
            arranged = given.arrange(options.now)
            self._kept.keep_arranged(given, arranged)
        return arranged

    def _pictures(self) -> dict[str, Measured]:
        """What the local pictures are that something refers to."""
        read: tuple[Facts | Note | ContentPage, ...]
        read = (*self._content.facts, *self._content.notes, *self._content.pages)
        measurer = pictures.Measurer(self._root, self._settings.limits.article_seconds)
        links, digests = (each.links for each in read), self._content.digests
        return pictures.measured(links, digests, self._memo, measurer, self._options.jobs)

    def _waiting(self) -> Waiting:
        later = sum(article.card.edition == SO_FAR for article in self.catalog.articles)
        moment = self.given.moment(self._options.now)
        held = notices.waiting(
            (*self._content.facts, *self._content.pages), moment, self._settings.zone
        )
        return held._replace(later=later)

    def keep(self, known: Known) -> None:
        """Tell the memo, for the next process. `known` is what was published."""
        if self._found or not self._alone:
            return
        told = any(entry[3] for entry in known.values())  # of another guid, which is said once
        slow = any(each.code == pictures.SLOW for each in self.given.measured.values())
        if told or slow or self._content.failed:
            self.forget()
            return
        arranged = Arranged(self.catalog, self.problems, self.valid, self.gone)
        hidden, rooted = tuple(sorted(self._content.hidden)), notices.is_rooted(self._content.facts)
        found = catalog_cache.Found(arranged, hidden, self.waiting, rooted, ())
        catalog_cache.store(self._memo, self._output, self._key, self._content, found)

    def forget(self) -> None:
        """The next process arranges anew: what is known of the pages may be of another catalog."""
        catalog_cache.forget(self._memo, self._output)
