"""The build, in a loop: wait for a change, build, tell the terminal and the open pages."""

import contextlib
import gc
import threading
import time
import traceback
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from site_gen.engine.report import Options, Report
from site_gen.engine.site import Viewer
from site_gen.preview.message import is_news, message
from site_gen.problems import Problem, SiteError

Build = Callable[[Options, Viewer], Report]
"""A build, and who looks at the site meanwhile."""

Closer = Callable[[Options, Report, Callable[[], bool]], None]
"""What is done after a build; the last is whether something newer waits."""

IDLE_SECONDS = 3.0
"""After so long without a save garbage is collected, while nobody waits."""

MOST_UNCOLLECTED = 4
"""So many builds may leave garbage behind when there is no such pause."""

MOST_UNFINISHED = 32
"""So many builds in a row give way to what is newer: who never stops writing sees lists too."""

PASSING = frozenset(("build/locked", "build/system"))
"""Problems that end without any change of the inputs."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One turn: what had changed (paths as text; empty = the first build), and what came of it."""

    changed: tuple[str, ...]
    report: Report
    seconds: float


class Changes(Protocol):
    """A source of changes, as watch.Watcher is one."""

    def wait(self, *, again: bool = False) -> tuple[str, ...] | None:
        """Changed paths; None = no more. `again`: return soon in any case."""

    def waiting(self) -> bool:
        """Whether there is more to be told of at once."""


def rebuild(
    build: Build, options: Options, viewer: Viewer, crash_log: Path | None = None
) -> Report:
    """The report of one build. Whatever goes wrong in it is a problem of the report."""
    try:
        return build(options, viewer)
    except SiteError as error:
        return Report(ok=False, problems=error.problems)
    except Exception as error:
        if crash_log is not None:
            crash_log.parent.mkdir(parents=True, exist_ok=True)
            crash_log.write_text(traceback.format_exc(), "utf-8")
        return Report(ok=False, problems=(_our_bug(error, crash_log),))


def _our_bug(error: Exception, crash_log: Path | None) -> Problem:
    return Problem(
        code="preview/crash",
        message=f"the build itself failed: {type(error).__name__}: {error}",
        help=f"this is a fault of site-gen; the details are in {crash_log}" if crash_log else "",
    )


def run(
    build: Build,
    options: Callable[[], Options],
    changes: Changes,
    tell: Callable[[dict[str, Any]], None],
    seen: Callable[[Rebuilt], None],
    crash_log: Path | None = None,
    *,
    looked_at: Callable[[], Collection[str]] = tuple,
    give_way: Callable[[], None] = lambda: None,
    closer: Closer = lambda options, report, newer: None,
) -> None:
    """Build once, and again after each change, until there are no more.

    options    made anew for each build, as the moment goes on
    tell       passes news on to the open pages
    seen       is told of each turn
    looked_at  output paths of the pages that are open
    give_way   is called amid a build once there was news, so that pages are fetched undisturbed
    closer     looks closer at what a build made, once nobody waits for a page; gives it up for
               what is newer
    """
    news, garbage = _News(tell, give_way), _Garbage()
    unfinished = uncollected = 0
    pending: tuple[str, ...] = ()
    changed: tuple[str, ...] | None = ()
    while changed is not None:
        pending = tuple(dict.fromkeys((*pending, *changed)))
        newer = changes.waiting if unfinished < MOST_UNFINISHED else lambda: False
        news.begin()
        asked, viewer = options(), Viewer(news.shown, looked_at, pending, newer)
        start = time.perf_counter()
        report = rebuild(build, asked, viewer, crash_log)
        if report.unfinished:
            unfinished += 1
            news.of_outputs(report)
            changed = changes.wait()  # at once: it gave way to what waits there
            continue
        news.of(report)
        seen(Rebuilt(pending, report, time.perf_counter() - start))
        unfinished, pending = 0, ()
        closer(asked, report, changes.waiting)
        uncollected = (uncollected + 1) % MOST_UNCOLLECTED
        with garbage.collected(IDLE_SECONDS if uncollected else 0):
            changed = changes.wait(again=any(p.code in PASSING for p in report.problems))


class _Garbage:
    """The cyclic garbage that builds leave lying.

    All that is there when it is first collected is not looked at again: most of that lives as long
    as the preview, and to look at it takes 0.2 s at 10,000 articles, in which no page is made.
    """

    def __init__(self) -> None:
        self._first = True

    @contextlib.contextmanager
    def collected(self, seconds: float) -> Iterator[None]:
        """Collect it after a pause, if that lasts. In a thread of its own, as an interrupt is lost
        where a finalizer runs."""
        timer = threading.Timer(seconds, self._collect)
        timer.daemon = True
        try:
            timer.start()
            yield
        finally:
            timer.cancel()
            with contextlib.suppress(RuntimeError):  # interrupted before it had begun
                timer.join()

    def _collect(self) -> None:
        gc.collect()
        if self._first:
            self._first = False
            gc.freeze()


class _News:
    """Passes on what pages do not know yet: of one build each output as often as it was written."""

    def __init__(
        self, tell: Callable[[dict[str, Any]], None], give_way: Callable[[], None]
    ) -> None:
        self._tell, self._give_way = tell, give_way
        self._problems: list[dict[str, Any]] = []
        self._told: set[str] = set()
        self._told_again: set[str] = set()

    def begin(self) -> None:
        """Another build."""
        self._told, self._told_again = set(), set()

    def shown(self, report: Report) -> None:
        """Of a build that goes on, once what is new is fetched."""
        if self.of(report):
            self._give_way()

    def of_outputs(self, report: Report) -> None:
        """What a build that gave way has published: no other one makes that again."""
        if report.written or report.removed:
            self.of(report)

    def of(self, report: Report) -> bool:
        """What the report has beyond what was told; whether that was anything."""
        again = set(report.rewritten) - self._told_again
        written = tuple(p for p in report.written if p in again or p not in self._told)
        removed = tuple(path for path in report.removed if path not in self._told)
        rest = report.but(written=written, removed=removed)
        if not is_news(rest, self._problems):
            return False
        news = message(rest)
        self._problems = news["problems"]
        self._told.update(written, removed)
        self._told_again |= again
        self._tell(news)
        return True
