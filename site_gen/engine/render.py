"""Render stale pages into staged files, in this process or in workers."""

import contextlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from site_gen import formats
from site_gen.basics.stamps import Stamp, stamp
from site_gen.engine.keys import Keyed
from site_gen.engine.report import Rendered as Told
from site_gen.engine.report import Report
from site_gen.engine.site import Site
from site_gen.engine.snapshot import CONTENT
from site_gen.formats.common import workload
from site_gen.formats.common.remarked import BytesWithWarnings
from site_gen.formats.common.stored_parts import StoredParts
from site_gen.memo.memo import PageRow
from site_gen.model import Page
from site_gen.output.staging import Staging
from site_gen.problems import Problem, SiteError, Where
from site_gen.theme.load import Theme
from site_gen.workers import pool

FEW = 4
"""Pages rendered in this process between two progress reports, at which a build may stop."""


class Outcome(NamedTuple):
    """The result for one page: its stamp once written, or problems.

    same   the output folder already holds these bytes: nothing was staged
    """

    path: str
    stamp: Stamp | None
    same: bool
    seconds: float
    problems: tuple[Problem, ...] = ()


class Renderer(NamedTuple):
    """Renders pages of one plan into the staging folder. Picklable."""

    theme: Theme
    staging: Staging
    parts: StoredParts

    def render(self, page: Page) -> Outcome:
        """Render one page, compare it with the output, stage it if it differs."""
        start = time.perf_counter()
        made = rendered(self.theme, self.filled(page))
        return self.placed(made._replace(seconds=time.perf_counter() - start))

    def filled(self, page: Page) -> "Page | Rendered":
        """The page with the values of its views, or the problems with them."""
        try:
            views = {name: self.parts.load(each) for name, each in page.views.items()}
        except SiteError as error:
            return Rendered(page.path, None, error.problems)
        return replace(page, views=views)

    def placed(self, made: "Rendered") -> Outcome:
        """Compare bytes with the output, and stage them if they differ."""
        if made.data is None:
            return Outcome(made.path, None, False, 0, made.problems)
        start = time.perf_counter()
        found = self.staging.stat_if_unchanged(made.path, made.data)
        same = found is not None
        at = stamp(found) if found is not None else self.staging.write(made.path, made.data)
        seconds = made.seconds + time.perf_counter() - start
        return Outcome(made.path, at, same, seconds, made.problems)


class Rendered(NamedTuple):
    """The bytes of a page, None if it failed, and its problems."""

    path: str
    data: bytes | None
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


def rendered(theme: Theme, page: "Page | Rendered") -> Rendered:
    """Render a page whose views are filled, in any process."""
    if isinstance(page, Rendered):
        return page
    start = time.perf_counter()
    try:
        data = formats.render(page, theme)
    except SiteError as error:
        return Rendered(page.path, None, error.problems)
    except MemoryError:
        return Rendered(page.path, None, (_no_memory(page),))
    said = data.problems if isinstance(data, BytesWithWarnings) else ()
    return Rendered(page.path, bytes(data), said, time.perf_counter() - start)


def rendered_all(theme: Theme, pages: "Sequence[Page | Rendered]") -> list[Rendered]:
    """Several, in order."""
    return [rendered(theme, page) for page in pages]


def _no_memory(page: Page) -> Problem:
    return Problem(
        "page/memory",
        f"the machine has not memory enough to make {page.path}",
        Where(page.origin),
        "shorten or split what it is made from, or build with fewer --jobs",
    )


def render_all(renderer: Renderer, pages: Sequence[Page]) -> list[Outcome]:
    """Several pages, in order."""
    return [renderer.render(page) for page in pages]


def render_portion(
    site: Site, portion: Sequence[Keyed], theme: Theme, count: tuple[int, int] | None = None
) -> dict[str, Outcome]:
    """The result for each page, by path.

    count   for progress reports, at each of which the build may stop: pages of this portion that
            were rendered before, and all; None for a few pages that are rendered at once
    """
    pages = workload.order_by_articles([each.page for each in portion])
    outcomes: dict[str, Outcome] = {}
    _precompile(pages, theme)
    pause = (site.caller.give_way,) if count else ()
    parts = StoredParts(site.root / CONTENT, site.memo.path, *pause)
    with contextlib.closing(parts):
        for found in _outcomes(site, Renderer(theme, site.staging, parts), pages):
            outcomes.update((outcome.path, outcome) for outcome in found)
            if count:
                site.note(problem for outcome in found for problem in outcome.problems)
                site.progress("rendering", count[0] + len(outcomes), count[1])
    _tell(site.report, portion, outcomes)
    return outcomes


def _outcomes(site: Site, renderer: Renderer, pages: Sequence[Page]) -> Iterator[list[Outcome]]:
    here = pages
    workers = site.caller.workers
    if workers is not None and pool.is_worth_workers(
        pages, workload.shared_source, workload.cost_ms
    ):
        from site_gen.workers.spread import map_on_workers

        sent = (renderer.filled(page) for page in pages if workload.can_be_sent(page))
        for found in map_on_workers(rendered_all, renderer.theme, sent, _killed, workers):
            yield [renderer.placed(made) for made in found]
        here = [page for page in pages if not workload.can_be_sent(page)]
    yield from pool.map_chunks(
        *(render_all, renderer, here, site.options.jobs),
        lambda page: renderer.placed(_killed(page)),
        here=FEW,
        common=workload.shared_source,
        cost=workload.cost_ms,
    )


def _tell(report: Report, portion: Sequence[Keyed], outcomes: Mapping[str, Outcome]) -> None:
    for each in portion:
        name = each.page.template or each.page.format
        spent = outcomes[each.page.path].seconds
        report.templates[name] = report.templates.get(name, 0.0) + spent
    report.rendered += tuple(Told(k.page.path, k.reasons) for k in portion)


def rows(portion: Iterable[Keyed], outcomes: Mapping[str, Outcome]) -> Iterator[PageRow]:
    """Rows for the memo of a published portion."""
    for each in portion:
        found = outcomes[each.page.path].stamp
        if found is not None:
            reasons = ",".join(each.reasons)
            yield PageRow(each.page.path, each.key, each.inputs, reasons, found)


def _precompile(pages: Sequence[Page], theme: Theme) -> None:
    """Compile and import what workers will need once, before they are forked."""
    if not pool.is_worth_workers(pages, workload.shared_source, workload.cost_ms):
        return
    formats.import_libraries({page.format for page in pages})
    for template in sorted({p.template for p in pages if p.template}):
        theme.compile(template)


def _killed(page: "Page | Rendered") -> Rendered:
    if isinstance(page, Rendered):
        return page
    told = f"rendering {page.path} ends the process"
    problem = Problem("page/crash", told, Where(page.origin), "report it to us")
    return Rendered(page.path, None, (problem,))
