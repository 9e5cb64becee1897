"""The second map: stale pages to staged files. Runs in this process or in a worker."""

import time
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from site_gen import formats
from site_gen.basics.stamps import Stamp, stamp
from site_gen.formats.common.remarked import Remarked
from site_gen.formats.common.stored_parts import StoredParts
from site_gen.model import Page
from site_gen.output.staging import Staging
from site_gen.problems import Problem, SiteError, Where
from site_gen.theme.load import Theme


class Outcome(NamedTuple):
    """What became of one page: its stamp once written, or problems.

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
        """One page: rendered, compared with what is there, staged when it differs."""
        start = time.perf_counter()
        made = rendered(self.theme, self.filled(page))
        return self.placed(made._replace(seconds=time.perf_counter() - start))

    def filled(self, page: Page) -> "Page | Rendered":
        """The page with what its views stand for, or what is wrong with that."""
        try:
            views = {name: self.parts.of(each) for name, each in page.views.items()}
        except SiteError as error:
            return Rendered(page.path, None, error.problems)
        return replace(page, views=views)

    def placed(self, made: "Rendered") -> Outcome:
        """Bytes compared with what is there, and staged when they differ."""
        if made.data is None:
            return Outcome(made.path, None, False, 0, made.problems)
        start = time.perf_counter()
        found = self.staging.existing(made.path, made.data)
        same = found is not None
        at = stamp(found) if found is not None else self.staging.write(made.path, made.data)
        seconds = made.seconds + time.perf_counter() - start
        return Outcome(made.path, at, same, seconds, made.problems)


class Rendered(NamedTuple):
    """The bytes of a page and what is said of it; None, and why, where there are none."""

    path: str
    data: bytes | None
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


def rendered(theme: Theme, page: "Page | Rendered") -> Rendered:
    """A page that has all that it shows, wherever that is done."""
    if isinstance(page, Rendered):
        return page
    start = time.perf_counter()
    try:
        data = formats.render(page, theme)
    except SiteError as error:
        return Rendered(page.path, None, error.problems)
    except MemoryError:
        return Rendered(page.path, None, (_no_memory(page),))
    said = data.problems if isinstance(data, Remarked) else ()
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
