"""Stale pages on their way: rendered to staged files, and told to the memo once published."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

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
from site_gen.engine.site import Progress, Site
from site_gen.memo.memo import PageRow
from site_gen.model import Page, Stored, Variant
from site_gen.problems import Problem, Where
from site_gen.theme.load import Theme
from site_gen.workers import pool

FEW = 4
"""Pages rendered in this process between two words on how far it is; then it may be given up."""


COSTS = {"cards": 8, "epub": 20}
"""Milliseconds of outputs that take many; a copy of a picture takes one for so many PIXELS."""
PIXELS = 20_000


class Batch(NamedTuple):
    """Where pages of one build come from and go to.

    note      told of problems, as `progress` is how far it is
    pause     called now and then; may raise to end the build
    """

    site: Site
    note: Callable[[Iterable[Problem]], None]
    progress: Progress = lambda *_: None
    pause: Callable[[], None] = lambda: None

    def render(self, portion: Sequence[Keyed], theme: Theme) -> dict[str, Outcome]:
        """What became of each page, by path. What the memo knew of them is forgotten first."""
        pages = by_articles([each.page for each in portion])
        outcomes: dict[str, Outcome] = {}
        if not pages:
            return outcomes
        memo, name = self.site.memo, self.site.name
        with memo.transaction():
            memo.forget_state(name, "settled")
            memo.forget_pages(name, [p.path for p in pages])
        _precompile(pages, theme)
        renderer = Renderer(self.site.root, theme, memo.path, self.site.staging, self.pause)
        done = 0
        try:
            for found in self._outcomes(renderer, pages):
                for outcome in found:
                    outcomes[outcome.path] = outcome
                    self.note(outcome.problems)
                done += len(found)
                self.progress("rendering", done, len(pages))
        finally:
            renderer.close()
        self._tell(portion, outcomes)
        return outcomes

    def _outcomes(self, renderer: Renderer, pages: Sequence[Page]) -> Iterator[list[Outcome]]:
        here, workers = pages, self.site.caller.workers
        if workers is not None and pool.is_large(pages, _source, _cost):
            from site_gen.workers.spread import spread

            sent = (renderer.filled(page) for page in pages if _travels(page))
            for found in spread(rendered_all, renderer.theme, sent, _killed, workers):
                yield [renderer.placed(made) for made in found]
            here = [page for page in pages if not _travels(page)]
        yield from pool.mapped(
            *(render_all, renderer, here, self.site.options.jobs),
            lambda page: renderer.placed(_killed(page)),
            here=FEW,
            common=_source,
            cost=_cost,
        )

    def _tell(self, portion: Sequence[Keyed], outcomes: dict[str, Outcome]) -> None:
        report = self.site.report
        for each in portion:
            name = each.page.template or each.page.format
            spent = outcomes[each.page.path].seconds
            report.templates[name] = report.templates.get(name, 0.0) + spent
        report.rendered += tuple(Told(k.page.path, k.reasons) for k in portion)

    def remember(self, portion: Iterable[Keyed], outcomes: dict[str, Outcome]) -> None:
        """Tell the memo of a portion just published."""
        with self.site.memo.transaction():
            self.site.memo.put_pages(self.site.name, _rows(portion, outcomes))


def _rows(portion: Iterable[Keyed], outcomes: dict[str, Outcome]) -> Iterator[PageRow]:
    for each in portion:
        found = outcomes[each.page.path].stamp
        if found is not None:
            reasons = ",".join(each.reasons)
            yield PageRow(each.page.path, each.key, each.inputs, reasons, found)


def _precompile(pages: Sequence[Page], theme: Theme) -> None:
    """Compile and import once, before workers are forked, what will be needed."""
    if not pool.is_large(pages, _source, _cost):
        return
    formats.import_libraries({page.format for page in pages})
    for template in sorted({p.template for p in pages if p.template}):
        theme.compile(template)


def _source(page: Page) -> object:
    """Which stored parts of many articles a page is made from: shards of a segment, feeds of a
    channel are made from the same; and copies of a picture, which is decoded once."""
    if page.format == "images":
        return page.views["file"].digest
    for view in page.views.values():
        if isinstance(view.value, tuple) and view.value and isinstance(view.value[0], Stored):
            terms = view.value[0].part == "terms"  # of which shards take a part each
            return id(view.value) if terms else view.digest
    return None


def _cost(page: Page) -> int:
    """About the milliseconds that a page takes, where they are many."""
    if page.format == "images":
        variant: Variant = page.views["variant"].value
        return 1 + variant.width * variant.height // PIXELS
    return COSTS.get(page.format, 1)


def _travels(page: Page) -> bool:
    """Whether all that a page shows may be sent to where it is rendered: neither files nor the
    texts of many articles, which would cost more than the rendering."""
    values = (view.value for view in page.views.values())
    files = any(isinstance(value, Stored) and value.part == "file" for value in values)
    return not files and _source(page) is None


def _killed(page: "Page | Rendered") -> Rendered:
    if isinstance(page, Rendered):
        return page
    told = f"rendering {page.path} ends the process"
    problem = Problem("page/crash", told, Where(page.origin), "report it to us")
    return Rendered(page.path, None, (problem,))
