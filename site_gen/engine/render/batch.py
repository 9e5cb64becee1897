"""Stale pages on their way: rendered to staged files, and told to the memo once published."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from site_gen import formats
from site_gen.engine.keys import Keyed
from site_gen.engine.render.portions import by_articles
from site_gen.engine.render.renderer import (
    Outcome,
    Rendered,
    Renderer,
    render_all,
    rendered_all,
)
from site_gen.engine.report import Rendered as Told
from site_gen.engine.report import Report
from site_gen.engine.site import Site
from site_gen.engine.snapshot import CONTENT
from site_gen.formats.common import workload
from site_gen.formats.common.stored_parts import StoredParts
from site_gen.memo.memo import PageRow
from site_gen.model import Page
from site_gen.problems import Problem, Where
from site_gen.theme.load import Theme
from site_gen.workers import pool

FEW = 4
"""Pages rendered in this process between two words on how far it is; then it may be given up."""


def render(
    site: Site, portion: Sequence[Keyed], theme: Theme, *, ahead: bool = False
) -> dict[str, Outcome]:
    """What became of each page, by path. What the memo knew of them is forgotten first.

    ahead   few pages, of which nothing is said, and which are not given up
    """
    pages = by_articles([each.page for each in portion])
    outcomes: dict[str, Outcome] = {}
    if not pages:
        return outcomes
    with site.memo.transaction():
        site.memo.forget_state(site.name, "settled")
        site.memo.forget_pages(site.name, [p.path for p in pages])
    _precompile(pages, theme)
    pause = () if ahead else (site.caller.give_way,)
    parts = StoredParts(site.root / CONTENT, site.memo.path, *pause)
    with contextlib.closing(parts):
        for found in _outcomes(site, Renderer(theme, site.staging, parts), pages):
            outcomes.update((outcome.path, outcome) for outcome in found)
            if not ahead:
                site.note(problem for outcome in found for problem in outcome.problems)
                site.progress("rendering", len(outcomes), len(pages))
    _tell(site.report, portion, outcomes)
    return outcomes


def _outcomes(site: Site, renderer: Renderer, pages: Sequence[Page]) -> Iterator[list[Outcome]]:
    here, workers = pages, site.caller.workers
    if workers is not None and pool.is_large(pages, workload.source, workload.cost):
        from site_gen.workers.spread import spread

        sent = (renderer.filled(page) for page in pages if workload.travels(page))
        for found in spread(rendered_all, renderer.theme, sent, _killed, workers):
            yield [renderer.placed(made) for made in found]
        here = [page for page in pages if not workload.travels(page)]
    yield from pool.mapped(
        *(render_all, renderer, here, site.options.jobs),
        lambda page: renderer.placed(_killed(page)),
        here=FEW,
        common=workload.source,
        cost=workload.cost,
    )


def _tell(report: Report, portion: Sequence[Keyed], outcomes: Mapping[str, Outcome]) -> None:
    for each in portion:
        name = each.page.template or each.page.format
        spent = outcomes[each.page.path].seconds
        report.templates[name] = report.templates.get(name, 0.0) + spent
    report.rendered += tuple(Told(k.page.path, k.reasons) for k in portion)


def remember(site: Site, portion: Iterable[Keyed], outcomes: Mapping[str, Outcome]) -> None:
    """Tell the memo of a portion just published."""
    with site.memo.transaction():
        site.memo.put_pages(site.name, _rows(portion, outcomes))


def _rows(portion: Iterable[Keyed], outcomes: Mapping[str, Outcome]) -> Iterator[PageRow]:
    for each in portion:
        found = outcomes[each.page.path].stamp
        if found is not None:
            reasons = ",".join(each.reasons)
            yield PageRow(each.page.path, each.key, each.inputs, reasons, found)


def _precompile(pages: Sequence[Page], theme: Theme) -> None:
    """Compile and import once, before workers are forked, what will be needed."""
    if not pool.is_large(pages, workload.source, workload.cost):
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
