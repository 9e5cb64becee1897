"""The loop of the preview: wait for a change, build, update the terminal and the open pages."""

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
"""Builds the site, publishing the open pages of the viewer first."""

AfterBuild = Callable[[Options, Report, Callable[[], bool]], None]
"""Called after each build; its last argument returns whether a newer save waits."""

IDLE_SECONDS = 3.0
"""Garbage is collected after this time without a save, when nobody waits for a page."""

MAX_UNCOLLECTED = 4
"""After this many builds, garbage is collected without such a pause."""

MAX_UNFINISHED = 32
"""The most builds in a row that stop for a newer save, so that lists are published at last."""

TRANSIENT = frozenset(("build/locked", "build/system"))
"""Problems that may end without a change of any input."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A build: the changed paths (absolute, () for the first build), its report and duration."""

    changed: tuple[str, ...]
    report: Report
    seconds: float


class Changes(Protocol):
    """A source of changes, such as `watch.Watcher`."""

    def wait(self, *, again: bool = False) -> tuple[str, ...] | None:
        """Wait for changed paths; None at the end. With `again`, return soon in any case."""

    def waiting(self) -> bool:
        """Whether `wait` would return at once."""


def rebuild(
    build: Build, options: Options, viewer: Viewer, crash_log: Path | None = None
) -> Report:
    """Build the site; any exception becomes a problem of the report."""
    try:
        return build(options, viewer)
    except SiteError as error:
        return Report(ok=False, problems=error.problems)
    except Exception as error:
        if crash_log is not None:
            crash_log.parent.mkdir(parents=True, exist_ok=True)
            crash_log.write_text(traceback.format_exc(), "utf-8")
        return Report(ok=False, problems=(_crash_problem(error, crash_log),))


def _crash_problem(error: Exception, crash_log: Path | None) -> Problem:
    return Problem(
        code="preview/crash",
        message=f"the build itself failed: {type(error).__name__}: {error}",
        help=f"this is a fault of site-gen; the details are in {crash_log}" if crash_log else "",
    )


def run(
    build: Build,
    options: Callable[[], Options],
    changes: Changes,
    send: Callable[[dict[str, Any]], None],
    on_build: Callable[[BuildResult], None],
    crash_log: Path | None = None,
    *,
    open_pages: Callable[[], Collection[str]] = tuple,
    wait_for_pages: Callable[[], None] = lambda: None,
    after_build: AfterBuild = lambda options, report, newer: None,
) -> None:
    """Build once, and again after each change, until `changes` ends.

    options         returns the options of the next build, with the current time
    send            sends a message to the open pages (see message.py)
    on_build        called after each build
    open_pages      returns the output paths of the open pages
    wait_for_pages  called when a build has published some pages, so that browsers fetch them first
    after_build     called when nobody waits for a page; should stop when a newer save waits
    """
    updates, garbage = _PageUpdates(send, wait_for_pages), _GarbageCollector()
    unfinished = uncollected = 0
    pending: tuple[str, ...] = ()
    changed: tuple[str, ...] | None = ()
    while changed is not None:
        pending = tuple(dict.fromkeys((*pending, *changed)))
        newer = changes.waiting if unfinished < MAX_UNFINISHED else lambda: False
        updates.begin()
        given, viewer = options(), Viewer(updates.on_published, open_pages, pending, newer)
        start = time.perf_counter()
        report = rebuild(build, given, viewer, crash_log)
        if report.unfinished:
            unfinished += 1
            updates.send_outputs(report)
            changed = changes.wait()  # returns at once, with what the build stopped for
            continue
        updates.send(report)
        on_build(BuildResult(pending, report, time.perf_counter() - start))
        unfinished, pending = 0, ()
        after_build(given, report, changes.waiting)
        uncollected = (uncollected + 1) % MAX_UNCOLLECTED
        with garbage.collecting_after(IDLE_SECONDS if uncollected else 0):
            changed = changes.wait(again=any(p.code in TRANSIENT for p in report.problems))


class _GarbageCollector:
    """Collects the cyclic garbage of builds.

    Objects that exist at the first collection are not visited again: most live as long as the
    preview, and visiting them takes 0.2 s at 10,000 articles, during which no page is built.
    """

    def __init__(self) -> None:
        self._first = True

    @contextlib.contextmanager
    def collecting_after(self, seconds: float) -> Iterator[None]:
        """Collect garbage if the block runs for so long.

        In another thread, since the main thread would lose an interrupt during a finalizer.
        """
        timer = threading.Timer(seconds, self._collect)
        timer.daemon = True
        try:
            timer.start()
            yield
        finally:
            timer.cancel()
            with contextlib.suppress(RuntimeError):  # interrupted before it was started
                timer.join()

    def _collect(self) -> None:
        gc.collect()
        if self._first:
            self._first = False
            gc.freeze()


class _PageUpdates:
    """Sends open pages the changes that they do not know yet."""

    def __init__(
        self, send: Callable[[dict[str, Any]], None], wait_for_pages: Callable[[], None]
    ) -> None:
        self._send, self._wait_for_pages = send, wait_for_pages
        self._problems: list[dict[str, Any]] = []
        self._sent: set[str] = set()
        self._sent_again: set[str] = set()

    def begin(self) -> None:
        """Begin a build: each of its outputs is sent once, or twice if it is written twice."""
        self._sent, self._sent_again = set(), set()

    def on_published(self, report: Report) -> None:
        """Send what a running build has published so far, and wait until pages have fetched it."""
        if self.send(report):
            self._wait_for_pages()

    def send_outputs(self, report: Report) -> None:
        """Send what an unfinished build has published, since the next one does not build it."""
        if report.written or report.removed:
            self.send(report)

    def send(self, report: Report) -> bool:
        """Send the new outputs and problems of a report; return whether there were any."""
        again = set(report.rewritten) - self._sent_again
        written = tuple(p for p in report.written if p in again or p not in self._sent)
        removed = tuple(path for path in report.removed if path not in self._sent)
        rest = report.but(written=written, removed=removed)
        if not is_news(rest, self._problems):
            return False
        news = message(rest)
        self._problems = news["problems"]
        self._sent.update(written, removed)
        self._sent_again |= again
        self._send(news)
        return True
