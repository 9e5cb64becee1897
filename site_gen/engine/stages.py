"""The stages of a build that has something to do. Values only move from one to the next."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import chain

from site_gen import permalinks
from site_gen.arrange import editions as weeks
from site_gen.arrange import published, site_paths
from site_gen.arrange.lock_settings import changed_settings
from site_gen.arrange.locks import changed_notes, lost_threads
from site_gen.engine import keys
from site_gen.engine.arrangement import Arrangement
from site_gen.engine.cache.in_process import Kept, LastBuild
from site_gen.engine.inputs.configuration import configured_settings, configured_theme
from site_gen.engine.inputs.content import Content
from site_gen.engine.plan import Planner, UnitPlan, with_views
from site_gen.engine.portions import first_pages, is_seen, portions
from site_gen.engine.render import Outcome, render_portion, rows
from site_gen.engine.report import Timer
from site_gen.engine.site import Site
from site_gen.engine.stale_pages import PlannedOutputs
from site_gen.engine.up_to_date import record
from site_gen.formats import units
from site_gen.formats.common.units import Digests
from site_gen.formats.common.workload import batches
from site_gen.memo import problem_codec
from site_gen.memo.archive import special_articles
from site_gen.memo.memo import Published
from site_gen.model import Catalog
from site_gen.output import built_by, publish
from site_gen.output.file_list import LIST_NAME, OutputOptions
from site_gen.plugins.load import Plugins, load
from site_gen.problems import Problem
from site_gen.theme import analysis_data, lint
from site_gen.theme.chain import keys_named
from site_gen.theme.load import Theme

STAGES = ("settings", "extend", "read", "arrange", "load_theme", "first", "plan")


def carry_out(site: Site, timer: Timer) -> None:
    """Run all stages in order, then render and publish portion by portion."""
    work = Work(site)
    for stage in STAGES:
        site.caller.give_way()
        timer.start(stage)
        getattr(work, stage)()
    for number, portion in enumerate(work.portions()):
        timer.start("render")
        outcomes = work.render(portion)
        timer.start("publish")
        work.publish(portion, outcomes)
        if site.caller.viewer and (number == 0 or is_seen(portion)):
            site.caller.viewer.shown(site.report)
    work.settle()


class Work:
    """One running build; its stages are called in order and raise SiteError to stop it."""

    content: Content
    arrangement: Arrangement
    catalog: Catalog
    theme: Theme
    plugins: Plugins
    planner: Planner
    outputs: PlannedOutputs

    def __init__(self, site: Site) -> None:
        self.site = site
        self.memo, self.options, self.report = site.memo, site.options, site.report
        site.kept = site.caller.kept or Kept()
        self.plans: list[UnitPlan] = []
        self.remarks: dict[str, tuple[Problem, ...]] = {}

    def settings(self) -> None:
        """Settings, with the overrides of the command line."""
        site = self.site
        site.settings, problems = configured_settings(site.root, self.options)
        named = keys_named(site.root, site.settings.theme)
        site.named_keys = frozenset((*site.settings.api.extra, *named))
        site.note(problems)
        site.stop_on_errors()

    def extend(self) -> None:
        """Load the plugins that the settings name; without all of them nothing is built."""
        self.plugins = load(self.site.root, self.site.settings.plugins)

    def read(self) -> None:
        """Recall every content file whose bytes are known, and read the others."""
        self.content = Content(self.site)
        self.content.run()  # conflicts between files are told in the same run
        self.arrangement = Arrangement(self.content, self.site)
        self.arrangement.recall()

    @property
    def _shows_more(self) -> bool:
        """Whether drafts, or what is to come, are shown: they count editions of their own, and
        readers know no number of theirs."""
        return self.options.drafts or self.options.future

    def arrange(self) -> None:
        """The catalog of what is shown now."""
        content, arrangement = self.content, self.arrangement
        arrangement.run()
        self.catalog = arrangement.catalog
        # That a link waits for a file which could not be read is no news.
        self.site.note(
            p for p in arrangement.problems if not content.failed or p.severity != "note"
        )
        if not content.failed:  # what could not be read is not gone
            self.site.note(self._unlike_before())
        self.report.articles = len(self.catalog.articles)
        self.report.editions = len(self.catalog.editions)
        self.report.waiting = arrangement.waiting
        self.site.stop_on_errors()

    def _unlike_before(self) -> Iterator[Problem]:
        """What subscribers and readers know otherwise, of locked editions and of numbers."""
        content, settings = self.content, self.site.settings
        yield from self.arrangement.amended
        yield from changed_notes(
            content.locks, content.notes, settings, content.digests, content.hidden
        )
        closed = {week.id for week in self.catalog.weeks if week.closed}
        yield from lost_threads(content.locks, closed)
        at_home = self.options.base_url is None
        yield from changed_settings(content.locks, settings, at_home=at_home)
        if not self._shows_more:
            numbers = self.memo.get_state(self.site.name, "numbers") or {}
            down = published.is_taken_down(self.memo, self.site.name, content.hidden)
            yield from weeks.changed_numbers(numbers, self.catalog.editions, taken_down=down)

    def load_theme(self) -> None:
        """Load the theme."""
        known = analysis_data.recall(self.memo)
        self.theme = configured_theme(self.site, self.site.settings, known, self.plugins)
        self.report.missing_strings = self.theme.strings.missing

    def first(self) -> None:
        """Render home and the requested pages of a site that was never built, before the plan."""
        viewer = self.site.caller.viewer
        if viewer is None or (self.site.output / LIST_NAME).is_file():
            return
        self.outputs = PlannedOutputs(self.site)
        planned = units(self.catalog, self.theme, self.site.settings, Digests(self.catalog))
        pages = first_pages(planned, viewer.open())
        portion = [keys.keyed(page, self.theme, self.site.program) for page in pages]
        self.outputs.wanted = {each.page.path for each in portion}
        self.publish(portion, render_portion(self.site, portion, self.theme, (0, len(portion))))
        viewer.shown(self.report)

    def plan(self) -> None:
        """Plan every output and its key; outputs that differ from the record are stale."""
        site = self.site
        site.note(lint.faults(self.theme))
        planner = self.planner = Planner(site, self.theme)
        plans = self.plans = planner.run(
            self.catalog, self.arrangement.like, self.arrangement.lists
        )
        self.report.planned = tuple(plan.unit.name for plan in plans if plan.fresh)
        site.note(fault for plan in plans for fault in plan.faults)
        self.outputs = PlannedOutputs(site)
        site.note(self.outputs.find(planner, plans))
        site.stop_on_errors()
        site.note(self._vanished())
        site.note(site_paths.dead_in(self.catalog, self.content.texts(), self._answering))
        self.report.pages = len(self.outputs.wanted)
        if planner.is_new(plans):
            with self.memo.transaction():
                self.memo.forget_state(site.name, "settled")
                planner.remember(plans)
        self._say_remarks()

    def pages(self) -> Iterator[keys.Keyed]:
        """All planned pages, without views if their unit was planned before."""
        return chain.from_iterable(plan.pages() for plan in self.plans)

    def _vanished(self) -> Iterator[Problem]:
        """Articles that the last build published and this one does not, or under another guid."""
        self._before: Published = {}
        self._published: Published = {}
        if self.arrangement.is_same:
            return
        moved = self.arrangement.moved
        self._before = self.memo.published(self.site.name, moved)
        self._published = published.of_catalog(self.catalog, moved)
        excused = self.content.hidden | {n.path for n in self.catalog.withdrawn}
        yield from published.changes(
            self._before, self._published, lambda: self._addresses, excused
        )

    @cached_property
    def _addresses(self) -> set[str]:
        """All addresses of this build: output paths, permalinks and aliases."""
        found = {permalinks.LATEST}
        for each in self.pages():
            found |= {f"/{each.page.path}", each.page.permalink}
        found |= {
            alias
            for article in special_articles(self.catalog.articles)
            for alias in article.aliases
        }
        return found | {alias for notice in self.catalog.withdrawn for alias in notice.aliases}

    def _answering(self, shown: Collection[str]) -> site_paths.Site:
        """What links from the top of the site may lead to; `shown` are paths of texts."""
        inside = self.content.digests.keys() | shown
        gone = frozenset(self.arrangement.gone)
        return site_paths.Site(self._addresses, inside, self.site.settings.root, gone)

    def _say_remarks(self) -> None:
        """Report the remarks of outputs that did not change."""
        stale = {each.page.path for each in self.outputs.stale}
        for path, said in (self.memo.get_state(self.site.name, "remarks") or {}).items():
            if path in self.outputs.wanted and path not in stale:
                self.remarks[path] = tuple(problem_codec.decode_problems(said))
                self.site.note(self.remarks[path])

    def portions(self) -> list[list[keys.Keyed]]:
        """Stale pages in the order in which they are rendered and published."""
        viewer = self.site.caller.viewer
        return portions(self.outputs.stale, frozenset(viewer.open()) if viewer else None)

    def render(self, portion: list[keys.Keyed]) -> Mapping[str, Outcome]:
        """Render stale pages into staged files."""
        outcomes: dict[str, Outcome] = {}
        editions = (edition.ref.id for edition in self.catalog.editions)
        for places in batches([each.unit for each in portion], editions):
            batch = list(with_views(portion[place] for place in places))
            outcomes |= render_portion(self.site, batch, self.theme, (len(outcomes), len(portion)))
        self.site.stop_on_errors()
        return outcomes

    def publish(self, portion: list[keys.Keyed], outcomes: Mapping[str, Outcome]) -> None:
        """Publish staged files; the memo forgets their keys before, and has new ones after."""
        made = {path: found for path, found in outcomes.items() if found.stamp is not None}
        self.outputs.stamps |= {path: found.stamp for path, found in made.items()}
        self.remarks |= {path: found.problems for path, found in made.items() if found.problems}
        mine = self.outputs.there()
        write = {path for path, found in made.items() if not found.same}
        remove = sorted(self.outputs.owned - mine)
        if write or remove:
            with self.memo.transaction():
                self.memo.forget_state(self.site.name, "settled")
                self.memo.forget_pages(self.site.name, [*remove, *write])
        shown = (self.options.drafts, self.options.future, self.options.preview)
        mark = OutputOptions(self.site.settings.base, *shown).to_line()
        publish.publish(self.site.staging, sorted(write), list(mine - write), remove, mark)
        report = self.report
        report.rewritten += tuple(sorted(write.intersection(report.written)))
        report.written = tuple(sorted({*report.written, *write}))
        report.removed += tuple(remove)
        self.outputs.owned = mine
        with self.memo.transaction():
            self.memo.put_pages(self.site.name, rows(portion, outcomes))

    def settle(self) -> None:
        """Record what the next build compares with, and that this one is complete."""
        faulty = self.report.is_faulty
        name = self.site.name
        if self.site.caller.kept and not faulty:
            self._keep()
        with self.memo.transaction():
            numbers = {e.ref.id: e.ref.number for e in self.catalog.editions if e.ref.number}
            if not self._shows_more:
                self.memo.set_state(name, "numbers", numbers)
            remarks = {
                path: problem_codec.encode_problems(said) for path, said in self.remarks.items()
            }
            self.memo.set_state(name, "remarks", remarks)
            self.memo.put_published(name, self._before, self._published)
            analysis_data.keep(self.theme.used_analyses(), self.memo)
            if faulty:
                self.arrangement.forget()
            else:
                self.arrangement.keep(self._published)
        if not faulty:
            record(
                *(self.site, self.outputs.digest(), self.arrangement.valid, self.plugins.files()),
                self.arrangement.like.changed,
            )
        built_by.write_version(self.site.root)

    def _keep(self) -> None:
        """Keep what the next build of this process can start from."""
        known = self.site.kept.units if self.outputs.stands else {}
        fresh = (plan for plan in self.plans if plan.fresh or not known)
        own = {each.page.path: plan.unit.name for plan in fresh for each in plan.pages()}
        self.site.kept.units = {**known, **own}
        self.site.kept.last_build = LastBuild(
            self.options.key,
            self.site.settings,
            self.theme,
            self.site.program,
            *(self.arrangement.given(), self.arrangement.key, self.arrangement.articles),
        )
