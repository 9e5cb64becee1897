"""A site to build: options, caller, paths, and what the build fills in. Imports no stage."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from site_gen.basics import program_version
from site_gen.basics.stamps import file_system_time
from site_gen.engine.report import Options, Report
from site_gen.engine.snapshot import Snapshot
from site_gen.memo.memo import SHARED, Memo
from site_gen.output.staging import Staging
from site_gen.problems import UNKNOWN, Problem, SiteError

if TYPE_CHECKING:
    from site_gen.engine.cache.in_process import Kept
    from site_gen.settings import Settings
    from site_gen.workers.spread import Workers

WORK = ".site_gen"
PUBLIC = "public"

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total) during a build."""

Shown = Callable[[Report], None]
"""Called once the pages that browsers show are published; feeds may still follow."""


class Viewer(NamedTuple):
    """Who looks at the site while it is built: the browsers of a preview.

    shown     told whenever pages that people see were published
    open      output paths of the pages that are open now: published before all others
    changed   absolute paths of the files said to have changed since the last build, as far as
              anybody told; empty when that is not known
    newer     whether more changed since: a build whose pages are not the newest then gives up,
              `unfinished`, and another one shows the change
    """

    shown: Shown
    open: Callable[[], Collection[str]] = tuple
    changed: tuple[str, ...] = ()
    newer: Callable[[], bool] = lambda: False


class GiveWay(BaseException):
    """Somebody waits for something newer.

    As an interrupt, it is no fault of what it comes amid: of no template, say.
    """


class Caller(NamedTuple):
    """Who asks for a build: what it is told, and what it keeps for the next one (see
    in_process.py), and the workers of a cluster that it has."""

    progress: Progress = lambda *_: None
    viewer: Viewer | None = None
    kept: "Kept | None" = None
    workers: "Workers | None" = None

    def give_way(self) -> None:
        """Raises GiveWay if a newer change can be shown at once."""
        if self.viewer and self.kept and self.kept.last_build and self.viewer.newer():
            raise GiveWay


class Site:
    """A site to be built: what was asked, where things lie, and what a build fills in as it goes.

    work       our folder of it; `memo_file` in it or below
    output     where it is written, and the `name` under which the memo knows that
    staging    where new files of it wait
    settings   its own, but what the command line says instead
    named_keys of front matter that are unknown, and that settings or theme name
    kept       what the last build left in this process, to be filled anew
    """

    staging: Staging
    memo: Memo
    snapshot: Snapshot
    settings: "Settings"
    kept: "Kept"
    named_keys: frozenset[str] = frozenset()

    def __init__(self, root: Path, options: Options, caller: Caller) -> None:
        self.root, self.options, self.caller = root, options, caller
        self.report = Report()
        self.work = root / WORK
        self.memo_file = memo_path(root, options)
        self.output = output_folder(root, options)
        self.name = output_name(self.output)

    @cached_property
    def program_stamp(self) -> str:
        """The stamp of the program's files, taken once per build."""
        return program_version.quick_stamp()

    @cached_property
    def program(self) -> str:
        """The exact key of the program, computed again only if a stamp changed."""
        known = self.memo.get_state(SHARED, "program") or ["", ""]
        if known[0] != self.program_stamp:
            known = [self.program_stamp, program_version.exact_key()]
            self.memo.set_state(SHARED, "program", known)
        return str(known[1])

    @cached_property
    def stamps(self) -> bytes:
        """The stamps of the content files as this build found them, packed."""
        return self.snapshot.stamps()

    @cached_property
    def inputs(self) -> str:
        """One digest of all inputs as this build found them."""
        return self.snapshot.digest(self.stamps)

    @cached_property
    def file_time(self) -> int:
        """The file system's time at the start: what is written then or later is checked again."""
        return file_system_time(self.memo_file.parent)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Report progress; unless done, the build may stop here for a newer change."""
        self.caller.progress(stage, done, total)
        if done < total:
            self.caller.give_way()

    def note(self, problems: Iterable[Problem]) -> None:
        """Record problems; with --strict a warning is an error."""
        found = tuple(each for each in problems if not self._is_wanted(each))
        if self.options.strict:
            found = tuple(
                p._replace(severity="error") if p.severity == "warning" else p for p in found
            )
        self.report.problems += found

    def _is_wanted(self, problem: Problem) -> bool:
        """Whether it is about an unknown key that settings or theme name."""
        where = problem.where
        return bool(where and problem.code.endswith(UNKNOWN) and where.key in self.named_keys)

    def stop_on_errors(self) -> None:
        """Stop before the next stage if there are errors, unless the options say to go on."""
        if self.report.is_faulty and not self.options.keep_going:
            raise SiteError(())


def output_folder(root: Path, options: Options) -> Path:
    """Where a build writes."""
    if options.output is not None:
        return options.output if options.output.is_absolute() else root / options.output
    return root / WORK / "preview" / PUBLIC if options.preview else root / PUBLIC


def memo_path(root: Path, options: Options) -> Path:
    """The memo of a build; the preview keeps its own."""
    work = root / WORK
    return (work / "preview" if options.preview else work) / "memo.sqlite"


def output_name(output: Path) -> str:
    """The name of an output folder in the memo."""
    return str(output.resolve())
