"""The stages of a build that has something to do. Values only move from one to the next."""

from collections.abc import Iterable, Iterator
from functools import cache

from site_gen.arrange import editions as weeks
from site_gen.arrange import published
from site_gen.arrange.lock_settings import changed_settings
from site_gen.arrange.locks import changed_notes
from site_gen.basics import program_version
from site_gen.engine import keys, notices
from site_gen.engine.arrangement import Arrangement
from site_gen.engine.cache.in_process import Kept, LastBuild
from site_gen.engine.inputs.configuration import (
    analyses,
    configured_settings,
    configured_theme,
    keep_analyses,
)
from site_gen.engine.inputs.content import Content
from site_gen.engine.plan import Planner, UnitPlan
from site_gen.engine.planned_outputs import PlannedOutputs
from site_gen.engine.render.batch import Batch
from site_gen.engine.render.portions import first_pages, portions
from site_gen.engine.render.renderer import Outcome
from site_gen.engine.site import Site
from site_gen.engine.up_to_date import record
from site_gen.formats import units
from site_gen.formats.common.units import Digests
from site_gen.memo import problem_codec
from site_gen.memo.archive import unusual
from site_gen.memo.memo import SHARED, Published
from site_gen.model import Catalog
from site_gen.output import publish
from site_gen.output.file_list import LIST, Built
from site_gen.plugins.load import Plugins, load
from site_gen.problems import UNKNOWN, Problem, SiteError
from site_gen.settings import Settings
from site_gen.theme import lint
from site_gen.theme.chain import keys_named
from site_gen.theme.load import Theme


class Work:
    """One build at work; its stages are called in order and raise SiteError to stop it."""

    content: Content
    arrangement: Arrangement
    catalog: Catalog
    theme: Theme
    site_settings: Settings
    plugins: Plugins
    planner: Planner
    outputs: PlannedOutputs

    def __init__(self, site: Site) -> None:
        self.site = site
        self.root, self.options, self.report = site.root, site.options, site.report
        self.snapshot, self.memo, self.caller = site.snapshot, site.memo, site.caller
        self.name = site.name
        self.batch = Batch(site, self.note, self.progress, self.caller.give_way)
        self.kept = self.caller.kept or Kept()
        self.plans: list[UnitPlan] = []
        self.remarks: dict[str, tuple[Problem, ...]] = {}
        self.wanted_keys: frozenset[str] = frozenset()

    # -- settings ---------------------------------------------------------------------------

    def settings(self) -> None:
        """Settings, with what the command line says instead."""
        self.site_settings, problems = configured_settings(self.root, self.options)
        asked = (*self.site_settings.api.extra, *keys_named(self.root, self.site_settings.theme))
        self.wanted_keys = frozenset(asked)
        self.note(problems)
        self.stop_on_errors()

    def extend(self) -> None:
        """The plugins that the settings name; without one of them nothing is built."""
        self.plugins = load(self.root, self.site_settings.plugins)

    # -- read -------------------------------------------------------------------------------

    def read(self) -> None:
        """Every content file: recalled where its bytes are known, else read."""
        self.content = Content(self.site, self.site_settings, self.note, self.progress, self.kept)
        program = self._program()
        self.content.run(program)  # conflicts between files are told in the same run
        self.arrangement = Arrangement(
            self.content, self.site, self.site_settings, program, self.kept
        )
        self.arrangement.recall()

    def _program(self) -> str:
        """The exact key of the program; looked up anew only when something moved."""
        quick = self.site.program_stamp
        known = self.memo.state(SHARED, "program") or ["", ""]
        if known[0] != quick:
            known = [quick, program_version.exact_key()]
            self.memo.set_state(SHARED, "program", known)
        return str(known[1])

    @property
    def _shows_more(self) -> bool:
        """Whether drafts, or what is to come, are shown: they count editions of their own, and
        readers know no number of theirs."""
        return self.options.drafts or self.options.future

    # -- arrange ----------------------------------------------------------------------------

    def arrange(self) -> None:
        """The catalog of what is shown now."""
        content, settings, arrangement = self.content, self.site_settings, self.arrangement
        arrangement.run()
        self.catalog = arrangement.catalog
        # That a link waits for a file which could not be read is no news.
        self.note(p for p in arrangement.problems if not content.failed or p.severity != "note")
        if not content.failed:  # what could not be read is not gone
            self.note(arrangement.amended)
            self.note(changed_notes(content.locks, content.notes, settings, content.hidden))
            at_home = self.options.base_url is None
            self.note(changed_settings(content.locks, settings, at_home=at_home))
            numbers = self.memo.state(self.name, "numbers") or {}
            down = published.is_taken_down(self.memo, self.name, content.hidden)
            if not self._shows_more:
                editions = self.catalog.editions
                self.note(weeks.changed_numbers(numbers, editions, taken_down=down))
        self.report.articles = len(self.catalog.articles)
        self.report.editions = len(self.catalog.editions)
        self.report.waiting = arrangement.waiting
        self.stop_on_errors()

    # -- plan -------------------------------------------------------------------------------

    def load_theme(self) -> None:
        """The theme: how all that is planned will look."""
        known = analyses(self.memo)
        self.theme = configured_theme(
            self.root, self.options, self.site_settings, known, self.plugins
        )
        self.report.missing_strings = self.theme.strings.missing

    def first(self) -> None:
        """Home, and what browsers ask for of a site that was never built, before all else is
        planned. Faults of these pages are told with those of all others."""
        viewer = self.caller.viewer
        if viewer is None or (self.site.output / LIST).is_file():
            return
        self.outputs = PlannedOutputs(self.site)
        planned = units(self.catalog, self.theme, self.site_settings, Digests(self.catalog))
        pages = first_pages(planned, viewer.open())
        portion = [keys.keyed(page, self.theme, self._program()) for page in pages]
        self.outputs.wanted = {each.page.path for each in portion}
        self.publish(portion, self.batch.render(portion, self.theme))
        viewer.shown(self.report)

    def plan(self) -> None:
        """Every output and its key; those whose key or file is not as recorded are stale."""
        self.note(lint.faults(self.theme))
        planner = Planner(
            *(self.memo, self.name, self.theme, self.site_settings, self._program()),
            self.caller.give_way,
            preview=self.options.preview,
        )
        arrangement = self.arrangement
        plans = planner.run(self.catalog, arrangement.like, arrangement.lists)
        self.planner, self.plans = planner, plans
        self.report.planned = tuple(plan.unit.name for plan in plans if plan.fresh)
        self.note(fault for plan in plans for fault in plan.faults)
        self.outputs = PlannedOutputs(self.site)
        self.note(self.outputs.find(planner, plans))
        self.stop_on_errors()
        self._vanished()
        root, gone = self.site_settings.root, self.arrangement.gone
        self.note(notices.dead(self.content, self.catalog, self.pages, root, gone))
        self.report.pages = len(self.outputs.wanted)
        if planner.is_new(plans):
            with self.memo.transaction():
                self.memo.forget_state(self.name, "settled")
                planner.remember(plans)
        self._say_remarks()

    def pages(self) -> Iterator[keys.Keyed]:
        """All that is planned, without views where the unit was planned before."""
        return (each for plan in self.plans for each in plan.pages)

    def whole(self, each: keys.Keyed) -> keys.Keyed:
        """A page of the plan with its views."""
        plan = next(p for p in self.plans if each in p.pages)
        return next(e for e in self.planner.pages(plan.unit) if e.page.path == each.page.path)

    def _vanished(self) -> None:
        """What the last build published and this one does not, or under another guid."""
        self._before: Published = {}
        self._published: Published = {}
        if self.arrangement.is_same:
            return
        moved = self.arrangement.moved
        self._before = self.memo.published(self.name, moved)
        self._published = published.of_catalog(self.catalog, moved)
        excused = self.content.hidden | {n.path for n in self.catalog.withdrawn}
        found = published.changes(self._before, self._published, cache(self._addresses), excused)
        self.note(found)

    def _addresses(self) -> set[str]:
        """Every permalink and alias of this build."""
        found = {each.page.permalink for each in self.pages() if each.page.permalink}
        found |= {alias for article in unusual(self.catalog.articles) for alias in article.aliases}
        return found | {alias for notice in self.catalog.withdrawn for alias in notice.aliases}

    # -- render -----------------------------------------------------------------------------

    def portions(self) -> list[list[keys.Keyed]]:
        """What is stale, in the order in which it is rendered and published."""
        viewer = self.caller.viewer
        return portions(self.outputs.stale, frozenset(viewer.open()) if viewer else None)

    def render(self, portion: list[keys.Keyed]) -> dict[str, Outcome]:
        """Stale pages to staged files. Their keys are forgotten first."""
        outcomes = self.batch.render(portion, self.theme)
        self.stop_on_errors()
        return outcomes

    # -- publish ----------------------------------------------------------------------------

    def _say_remarks(self) -> None:
        """What was to be said of outputs that stay as they are."""
        stale = {each.page.path for each in self.outputs.stale}
        for path, said in (self.memo.state(self.name, "remarks") or {}).items():
            if path in self.outputs.wanted and path not in stale:
                self.remarks[path] = tuple(problem_codec.decode(said))
                self.note(self.remarks[path])

    def publish(self, portion: list[keys.Keyed], outcomes: dict[str, Outcome]) -> None:
        """Staged files to the output, in the durable order; then the memo knows of them."""
        made = {path: found for path, found in outcomes.items() if found.stamp is not None}
        self.outputs.stamps |= {path: found.stamp for path, found in made.items()}
        self.remarks |= {path: found.problems for path, found in made.items() if found.problems}
        mine = self.outputs.there()
        write = {path for path, found in made.items() if not found.same}
        remove = sorted(self.outputs.owned - mine)
        if write or remove:
            with self.memo.transaction():
                self.memo.forget_state(self.name, "settled")
                self.memo.forget_pages(self.name, remove)
        shown = (self.options.drafts, self.options.future, self.options.preview)
        mark = Built(self.site_settings.base, *shown).line()
        publish.publish(self.site.staging, sorted(write), list(mine - write), remove, mark)
        report = self.report
        report.rewritten += tuple(sorted(write.intersection(report.written)))
        report.written = tuple(sorted({*report.written, *write}))
        report.removed += tuple(remove)
        self.outputs.owned = mine
        self.batch.remember(portion, outcomes)

    def settle(self) -> None:
        """Remember what the next build compares with, and that nothing is left to be done."""
        faulty = any(p.severity == "error" for p in self.report.problems)
        if self.caller.kept and not faulty:
            self._keep()
        with self.memo.transaction():
            numbers = {e.ref.id: e.ref.number for e in self.catalog.editions if e.ref.number}
            if not self._shows_more:
                self.memo.set_state(self.name, "numbers", numbers)
            remarks = {path: problem_codec.encode(said) for path, said in self.remarks.items()}
            self.memo.set_state(self.name, "remarks", remarks)
            self.memo.put_published(self.name, self._before, self._published)
            keep_analyses(self.theme, self.memo)
            if faulty:
                self.arrangement.forget()
            else:
                self.arrangement.keep(self._published)
        if not faulty:
            record(self.site, self.outputs.digest(), self.arrangement.valid, self.plugins.files())

    def _keep(self) -> None:
        """Keep what the next build of this process may go ahead from."""
        known = self.kept.units if self.outputs.stands else {}
        fresh = (plan for plan in self.plans if plan.fresh or not known)
        own = {each.page.path: plan.unit.name for plan in fresh for each in plan.pages}
        self.kept.units = {**known, **own}
        self.kept.last_build = LastBuild(
            self.options.key,
            self.site_settings,
            self.theme,
            self._program(),
            self.arrangement.given(),
        )

    # -- others -----------------------------------------------------------------------------

    def progress(self, stage: str, done: int, total: int) -> None:
        """Say how far it is; where more is to be done, somebody newer may come first."""
        self.caller.progress(stage, done, total)
        if done < total:
            self.caller.give_way()

    # -- problems ---------------------------------------------------------------------------

    def note(self, problems: Iterable[Problem]) -> None:
        """Remember problems; with --strict a warning is an error."""
        found = tuple(p for p in problems if not self._is_wanted(p))
        if self.options.strict:
            found = tuple(
                p._replace(severity="error") if p.severity == "warning" else p for p in found
            )
        self.report.problems += found

    def _is_wanted(self, problem: Problem) -> bool:
        """Whether it is an unknown key that settings or theme name."""
        where = problem.where
        return bool(where and problem.code.endswith(UNKNOWN) and where.key in self.wanted_keys)

    def stop_on_errors(self) -> None:
        """The next stage starts only without errors, unless the editor said to go on."""
        if self.options.keep_going:
            return
        if any(p.severity == "error" for p in self.report.problems):
            raise SiteError(())
