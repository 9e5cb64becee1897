"""Reads a site without publishing it: its catalog, and what a page depends on."""

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from site_gen.arrange.unpublished import Unpublished, unpublished
from site_gen.engine import keys
from site_gen.engine.recovery import at_work
from site_gen.engine.report import Options
from site_gen.engine.site import Caller, Site, memo_path, output_folder, output_name
from site_gen.engine.snapshot import Snapshot, take_snapshot
from site_gen.memo import archive
from site_gen.memo.memo import Memo
from site_gen.model import Catalog, Facts, Note
from site_gen.problem_lines import placed
from site_gen.problems import Problem, SiteError

if TYPE_CHECKING:
    from site_gen.engine.cache.in_process import Kept
    from site_gen.engine.stages import Work

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one output depends on.

    current  whether the output is up to date
    inputs   (name, digest now, whether it changed since the output was rendered)
    made     the reasons of the last rendering, () if there was none
    """

    path: str
    kind: str
    template: str
    origin: str
    current: bool
    inputs: tuple[tuple[str, str, bool], ...]
    made: tuple[str, ...]


class Contents(NamedTuple):
    """A site as read. Paths are relative to `content/`.

    catalog           what would be published
    read, others      digests of the content files that were read, and of all others, by path
    without_problems  the facts of articles and notes without problems, by path
    valid_between     the times between which this catalog is valid, None for no limit
    snapshot          the stamps of all inputs
    unpublished       files whose front matter keeps them unpublished, except for draft articles
    """

    catalog: Catalog
    problems: tuple[Problem, ...]
    read: dict[str, str]
    others: dict[str, str]
    without_problems: Mapping[str, Facts | Note] = MappingProxyType({})
    valid_between: tuple[datetime | None, datetime | None] = (None, None)
    snapshot: Snapshot | None = None
    unpublished: tuple[Unpublished, ...] = ()


def contents_of(root: Path, options: Options, kept: "Kept | None" = None) -> Contents:
    """Read the site, and leave what was read to `kept`. Raises SiteError if it cannot be built."""

    def use(work: "Work") -> Contents:
        for stage in (work.settings, work.read, work.arrange):
            stage()
        archive.decode_all(work.catalog.articles)
        problems = tuple(placed(p, root) for p in work.report.problems)
        read, others = work.memo.read_digests(), work.content.digests
        without_problems = {each.path: each for each in work.content.quiet()}
        valid = work.arrangement.valid
        held = tuple(unpublished(work.content.facts, work.content.notes, work.content.pages))
        return Contents(
            work.catalog,
            problems,
            read,
            others,
            without_problems,
            valid,
            work.site.snapshot,
            held,
        )

    return _with_stages(root, options, use, kept)


def read_ahead(root: Path, options: Options, kept: "Kept") -> None:
    """Read all content for the first build of the preview, before it starts threads.

    A process with threads cannot fork workers. The build reports all errors.
    """

    def use(work: "Work") -> None:
        work.settings()
        work.read()

    with contextlib.suppress(Exception):
        _with_stages(root, options._replace(jobs=0), use, kept)


def contents_of_last_build(kept: "Kept", problems: tuple[Problem, ...]) -> Contents | None:
    """Return the site as the last build in this process read it, with the problems of that build.

    None if there was no build, or it had nothing to do.
    """
    if kept.catalog is None:
        return None
    return Contents(kept.catalog, problems, *kept.digests())


def known_numbers(root: Path, options: Options) -> str:
    """Return the numbers of editions in the last build as text, "" if unknown.

    Changed numbers are a problem, so the result of `contents_of` depends on them.
    """
    path = memo_path(root, options)
    if not path.exists():
        return ""
    try:
        with contextlib.closing(Memo(path)) as memo:
            return repr(memo.get_state(output_name(output_folder(root, options)), "numbers"))
    except sqlite3.Error:
        return ""


def catalog_of(root: Path, options: Options) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return what would be published, and the problems. Raises SiteError as `contents_of`."""
    contents = contents_of(root, options)
    return contents.catalog, contents.problems


def explain(root: Path, options: Options, path: str) -> Explanation | None:
    """Return the explanation of an output path or permalink; None if there is no such page.

    Raises SiteError.
    """

    def use(work: "Work") -> Explanation | None:
        for stage in (
            work.settings,
            work.extend,
            work.read,
            work.arrange,
            work.load_theme,
            work.plan,
        ):
            stage()
        wanted = {path.lstrip("/"), f"{path.strip('/')}/index.html".lstrip("/")}
        found = next((k for k in work.pages() if k.page.path in wanted), None)
        found = found or next((k for k in work.pages() if k.page.origin == path), None)
        if found is None:
            return None
        unit = next(plan.unit for plan in work.plans if found in plan.pages())
        found = next(k for k in work.planner.pages(unit) if k.page.path == found.page.path)
        row = work.memo.page(work.site.name, found.page.path)
        now = keys.inputs(found.inputs)
        before = keys.inputs(row.inputs) if row else {}
        stale = any(s.page.path == found.page.path for s in work.outputs.stale)
        return Explanation(
            path=found.page.path,
            kind=found.page.kind,
            template=found.page.template or found.page.format,
            origin=found.page.origin,
            current=not stale,
            inputs=tuple((n, d, before.get(n) != d) for n, d in now.items()),
            made=tuple(row.reasons.split(",")) if row and row.reasons else (),
        )

    return _with_stages(root, options, use)


def _with_stages(
    root: Path, options: Options, use: "Callable[[Work], Result]", kept: "Kept | None" = None
) -> Result:
    """Call `use` with the stages of a build, of which it runs some. Raises SiteError."""
    from site_gen.engine.stages import Work  # slow to import, and `known_numbers` does not need it

    site = Site(root, options, Caller(kept=kept))

    def in_memo(site: Site) -> Result:
        with contextlib.closing(Memo(site.memo_file)) as site.memo:
            site.snapshot = take_snapshot(root)
            return use(Work(site))

    try:
        return at_work(site, in_memo)
    except SiteError as error:
        said = (*site.report.problems, *error.problems)
        raise SiteError(placed(p, root) for p in said) from None
