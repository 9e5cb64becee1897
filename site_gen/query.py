"""Looking at a site without publishing: its catalog, and what a page depends on."""

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

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one output depends on.

    inputs   (name, digest now, whether it differs from when the page was made)
    made     why it was rendered the last time, () when never
    """

    path: str
    kind: str
    template: str
    origin: str
    current: bool
    inputs: tuple[tuple[str, str, bool], ...]
    made: tuple[str, ...]


class Contents(NamedTuple):
    """A site as it was read: what would be published, the problems, and the digests of content
    files by path below `content/`, of those that were read and of all others.

    quiet     what articles and notes came to of which nothing is to be said, by path
    valid     the moments between which the catalog is this one, None where it has no end
    snapshot  the files as they stood
    held      what no build shows by its own word, beside draft articles
    """

    catalog: Catalog
    problems: tuple[Problem, ...]
    read: dict[str, str]
    others: dict[str, str]
    quiet: Mapping[str, Facts | Note] = MappingProxyType({})
    valid: tuple[datetime | None, datetime | None] = (None, None)
    snapshot: Snapshot | None = None
    held: tuple[Unpublished, ...] = ()


def contents_of(root: Path, options: Options, kept: "Kept | None" = None) -> Contents:
    """The site as it is now; what was read is left to `kept`. Raises SiteError when nothing could
    be published."""

    def look(work: "Work") -> Contents:
        for stage in (work.settings, work.read, work.arrange):
            stage()
        archive.decode_all(work.catalog.articles)
        problems = tuple(placed(p, root) for p in work.report.problems)
        read, others = work.memo.read_digests(), work.content.digests
        quiet = {each.path: each for each in work.content.quiet()}
        valid = work.arrangement.valid
        held = tuple(unpublished(work.content.facts, work.content.notes, work.content.pages))
        return Contents(
            work.catalog, problems, read, others, quiet, valid, work.site.snapshot, held
        )

    return _looked(root, options, look, kept)


def read_ahead(root: Path, options: Options, kept: "Kept") -> None:
    """Reads all content for the first build of a process that has threads by then, and forks no
    workers any more. Whatever is wrong is left to that build, which says it."""

    def look(work: "Work") -> None:
        work.settings()
        work.read()

    with contextlib.suppress(Exception):
        _looked(root, options._replace(jobs=0), look, kept)


def contents_kept(kept: "Kept", problems: tuple[Problem, ...]) -> Contents | None:
    """The site as the last build in this process read it, and what that had to say; None where
    there was none, or nothing was to be done."""
    if kept.catalog is None:
        return None
    return Contents(kept.catalog, problems, *kept.digests())


def known_numbers(root: Path, options: Options) -> str:
    """Which numbers the last build gave to editions, as text; "" where none is known. Others are
    a problem, so that they belong to what `contents_of` is made from."""
    path = memo_path(root, options)
    if not path.exists():
        return ""
    try:
        with contextlib.closing(Memo(path)) as memo:
            return repr(memo.get_state(output_name(output_folder(root, options)), "numbers"))
    except sqlite3.Error:
        return ""


def catalog_of(root: Path, options: Options) -> tuple[Catalog, tuple[Problem, ...]]:
    """What would be published, and the problems. Raises SiteError when nothing could be."""
    contents = contents_of(root, options)
    return contents.catalog, contents.problems


def explain(root: Path, options: Options, path: str) -> Explanation | None:
    """The page at an output path or permalink; None when there is none. Raises SiteError."""

    def look(work: "Work") -> Explanation | None:
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
        unit = next(plan.unit for plan in work.plans if found in plan.pages)
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

    return _looked(root, options, look)


def _looked(
    root: Path, options: Options, look: "Callable[[Work], Seen]", kept: "Kept | None" = None
) -> Seen:
    """`look` at a build that is not carried to its end. Raises SiteError."""
    from site_gen.engine.stages import Work  # heavy, and not needed to know the numbers

    site = Site(root, options, Caller(kept=kept))

    def looked(site: Site) -> Seen:
        with contextlib.closing(Memo(site.memo_file)) as site.memo:
            site.snapshot = take_snapshot(root)
            return look(Work(site))

    try:
        return at_work(site, looked)
    except SiteError as error:
        said = (*site.report.problems, *error.problems)
        raise SiteError(placed(p, root) for p in said) from None
