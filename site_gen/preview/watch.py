"""Watches the inputs: by file events, and by a scan of everything once a second.

Events are not reliable: watchdog silently drops folders when the system's watches are used up, and
network folders send none. If only a scan found a change, a warning says so, once.
"""

import contextlib
import time
from collections.abc import Callable

from site_gen.preview.file_events import AddPath, ChangedPaths, FileEvents, Observer
from site_gen.preview.scan import AbandonedError, Inputs, State, differences, scan, stamp_of

QUIET_SECONDS = 0.02
COMPLETE_SECONDS = 0.004
LONGEST_SECONDS = 1.0
SCAN_SECONDS = 1.0
SCAN_SHARE = 20

Observe = Callable[[Inputs, AddPath], Observer]


class Watcher:
    """Waits for changes of `inputs`.

    interval   seconds between two scans of everything
    observe    starts the source of events; None to only scan
    warn       called once with a text when events are not reliable
    quiet      seconds without an event after which changes are complete
    complete   the same if the changed files were closed, or renamed into place
    """

    def __init__(
        self,
        inputs: Inputs,
        *,
        interval: float = SCAN_SECONDS,
        observe: Observe | None = FileEvents,
        warn: Callable[[str], None] = lambda text: None,
        quiet: float = QUIET_SECONDS,
        complete: float = COMPLETE_SECONDS,
    ) -> None:
        self._inputs = inputs
        self._interval = interval
        self._quiet = quiet
        self._complete = complete
        self._warn = warn
        self._events = ChangedPaths()
        self._state: State = scan(inputs)
        self._scan_seconds = 0.0
        self._events_at_miss = -1
        self._stopped = False
        self._scan_again = False
        self._warned = False
        self._observer = self._start(observe)

    def _start(self, observe: Observe | None) -> Observer | None:
        if observe is None:
            return None
        try:
            return observe(self._inputs, self._events.add)
        except OSError as error:
            self._warn_without_events(error.strerror or str(error))
            return None

    def _warn_without_events(self, why: str) -> None:
        self._warned = True
        self._warn(
            f"file events are not to be had ({why}): looking every {self._interval:g} s instead"
        )

    def stop(self) -> None:
        """Make `wait` return None, from any thread."""
        self._stopped = True
        self._events.add(None)

    def close(self) -> None:
        """Stop the source of events."""
        if self._observer is not None:
            self._observer.stop()

    def wait(self, *, again: bool = False) -> tuple[str, ...] | None:
        """Wait for changes; return the paths that changed since the last call, None once stopped.

        The tuple is empty if a file was touched without a new stamp, or with `again` if nothing
        changed until the next scan. The next call finds all later changes, even those without an
        event.
        """
        self._scan_again |= again
        while not self._stopped:
            if self._events.wait(max(self._interval, self._scan_seconds * SCAN_SHARE)):
                changed = self._changes_by_events()
                if changed is not None:
                    return changed
            else:
                again = self._scan_again
                with contextlib.suppress(AbandonedError):
                    changed = self._changes_by_scan()
                    if changed or again:
                        return changed
        return None

    def waiting(self) -> bool:
        """Whether there was an event since the last call of `wait`."""
        return self._events.wait(0)

    def _changes_by_events(self) -> tuple[str, ...] | None:
        """Return the changes of paths with events; None when stopped."""
        self._wait_until_quiet()
        paths = self._events.take()
        if self._stopped:
            return None
        if None in paths:
            return self._scan_all()
        before = {path: self._state[path] for path in paths if path in self._state}
        after = {path: s for path in paths if path and (s := stamp_of(path)) is not None}
        for path in before:
            del self._state[path]
        self._state.update(after)
        return differences(before, after)

    def _wait_until_quiet(self) -> None:
        """Wait until there are no more events, for at most LONGEST_SECONDS."""
        end = time.monotonic() + LONGEST_SECONDS
        while not self._stopped and time.monotonic() < end:
            if not self._events.next(self._quiet, self._complete):
                return

    def _changes_by_scan(self) -> tuple[str, ...]:
        """Scan everything; return changes without an event once there are no more.

        Raises AbandonedError if an event comes meanwhile, since that says where to look.
        """
        before = self._events.count
        changed = self._scan_all(self.waiting)
        self._warn_if_events_missing(before, changed)
        found = set(changed)
        end = time.monotonic() + LONGEST_SECONDS
        while changed and time.monotonic() < end:
            self._events.next(self._quiet)
            changed = self._scan_all()
            found.update(changed)
        # A second save in the same tick of the clock does not change the stamp: scan once more.
        self._scan_again = bool(found)
        return tuple(sorted(found))

    def _warn_if_events_missing(self, before: int, changed: tuple[str, ...]) -> None:
        """Warn if a change had no event by the next scan; an event may be late, but not so late."""
        if self._events_at_miss == before and not self._warned and self._observer is not None:
            self._warn_without_events(
                "a change came without one; the watch limit, or a network folder"
            )
        self._events_at_miss = before if changed else -1

    def _scan_all(self, stop: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        start = time.thread_time()  # no wall clock, so that a busy machine does not slow scans down
        now = scan(self._inputs, stop)
        self._scan_seconds = time.thread_time() - start
        changed = differences(self._state, now)
        self._state = now
        self._refresh()
        return changed

    def _refresh(self) -> None:
        if self._observer is None:
            return
        try:
            self._observer.refresh()
        except OSError as error:
            self._observer.stop()
            self._observer = None
            self._warn_without_events(error.strerror or str(error))
