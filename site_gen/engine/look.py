"""Looking at a site without publishing: its catalog, and what a page depends on."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_gen.engine import keys
from site_gen.engine.build import WORK, Caller, memo_path, output_folder
from site_gen.engine.lock import build_lock
from site_gen.engine.memo import Memo
from site_gen.engine.publish import stage_folder
from site_gen.engine.report import Options, Report
from site_gen.engine.snapshot import take_snapshot
from site_gen.engine.work import Work
from site_gen.model import Catalog
from site_gen.problems import Problem, SiteError


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


def catalog_of(root: Path, options: Options) -> tuple[Catalog, tuple[Problem, ...]]:
    """What would be published, and the problems. Raises SiteError when nothing could be."""
    with _at_work(root, options) as work:
        for stage in (work.settings, work.read, work.arrange):
            stage()
        return work.catalog, work.report.problems


def explain(root: Path, options: Options, path: str) -> Explanation | None:
    """The page at an output path or permalink; None when there is none. Raises SiteError."""
    with _at_work(root, options) as work:
        for stage in (work.settings, work.read, work.arrange, work.plan):
            stage()
        wanted = {path.lstrip("/"), f"{path.strip('/')}/index.html".lstrip("/")}
        found = next((k for k in work.pages if k.page.path in wanted), None)
        found = found or next((k for k in work.pages if k.page.origin == path), None)
        if found is None:
            return None
        row = work.memo.page(work.name, found.page.path)
        now = keys.inputs(found.inputs)
        before = keys.inputs(row.inputs) if row else {}
        stale = any(s.page.path == found.page.path for s in work.stale)
        return Explanation(
            path=found.page.path,
            kind=found.page.kind,
            template=found.page.template or found.page.format,
            origin=found.page.origin,
            current=not stale,
            inputs=tuple((n, d, before.get(n) != d) for n, d in now.items()),
            made=tuple(row.reasons.split(",")) if row else (),
        )


@contextlib.contextmanager
def _at_work(root: Path, options: Options) -> Iterator[Work]:
    """A build that is not carried to its end."""
    folder = root / WORK
    folder.mkdir(parents=True, exist_ok=True)
    with build_lock(folder):
        memo = Memo(memo_path(root, options))
        report = Report()
        output = output_folder(root, options)
        try:
            stage = stage_folder(output, folder)
            snapshot = take_snapshot(root)
            yield Work(root, options, report, snapshot, memo, stage, Caller())
        except SiteError as error:
            raise SiteError((*report.problems, *error.problems)) from None
        finally:
            memo.close()
