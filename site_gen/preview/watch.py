"""When to build: events say where to look, a look at everything once a second says what is so.

watchdog loses folders without a word once the system's watches are used up, and network folders
send no events at all. A change that only the regular look found is therefore said, once.
"""

import contextlib
import time
from collections.abc import Callable

from site_gen.preview.file_events import Add, FileEvents, Hints, Observer
from site_gen.preview.scan import AbandonedError, Inputs, State, differences, scan, stamp_of

QUIET_SECONDS = 0.02
WHOLE_SECONDS = 0.004
LONGEST_SECONDS = 1.0
LOOK_SECONDS = 1.0
SCAN_SHARE = 20

Observe = Callable[[Inputs, Add], Observer]


class Watcher:
    """Waits for changes of `inputs`.

    look       seconds between two looks at everything
    observe    makes the source of events; None = only look
    say        told once, in words, when events cannot be relied on
    quiet      seconds without an event after which a change is over
    whole      the same where a file was closed by its writer, or put in place by its name
    """

    def __init__(
        self,
        inputs: Inputs,
        *,
        look: float = LOOK_SECONDS,
        observe: Observe | None = FileEvents,
        say: Callable[[str], None] = lambda text: None,
        quiet: float = QUIET_SECONDS,
        whole: float = WHOLE_SECONDS,
    ) -> None:
        self._inputs = inputs
        self._look = look
        self._quiet = quiet
        self._whole = whole
        self._say = say
        self._hints = Hints()
        self._seen: State = scan(inputs)
        self._cost = 0.0
        self._missed = -1
        self._stopped = False
        self._again = False
        self._said = False
        self._observer = self._start(observe)

    def _start(self, observe: Observe | None) -> Observer | None:
        if observe is None:
            return None
        try:
            return observe(self._inputs, self._hints.add)
        except OSError as error:
            self._fall_back(error.strerror or str(error))
            return None

    def _fall_back(self, why: str) -> None:
        self._said = True
        self._say(f"file events are not to be had ({why}): looking every {self._look:g} s instead")

    def stop(self) -> None:
        """Make `wait` return None, from any thread."""
        self._stopped = True
        self._hints.add(None)

    def close(self) -> None:
        """End the source of events."""
        if self._observer is not None:
            self._observer.stop()

    def wait(self, *, again: bool = False) -> tuple[str, ...] | None:
        """Paths that changed since the last call, after a short quiet time; None once stopped.

        The tuple is empty when something was touched without a new stamp, or when `again` was
        asked for and nothing happened until the next look. What changes after the return is
        found by the next call, whether or not its event was seen.
        """
        self._again |= again
        while not self._stopped:
            if self._hints.wait(max(self._look, self._cost * SCAN_SHARE)):
                changed = self._hinted()
                if changed is not None:
                    return changed
            else:
                again = self._again
                with contextlib.suppress(AbandonedError):
                    changed = self._looked()
                    if changed or again:
                        return changed
        return None

    def waiting(self) -> bool:
        """Whether something happened that the next call of `wait` will tell of."""
        return self._hints.wait(0)

    def _hinted(self) -> tuple[str, ...] | None:
        """Changes where the hints point; None when stopped."""
        self._settle()
        hints = self._hints.take()
        if self._stopped:
            return None
        if None in hints:
            return self._look_at_everything()
        before = {path: self._seen[path] for path in hints if path in self._seen}
        after = {path: s for path in hints if path and (s := stamp_of(path)) is not None}
        for path in before:
            del self._seen[path]
        self._seen.update(after)
        return differences(before, after)

    def _settle(self) -> None:
        """Wait until hints pause, but not for ever."""
        end = time.monotonic() + LONGEST_SECONDS
        while not self._stopped and time.monotonic() < end:
            if not self._hints.next(self._quiet, self._whole):
                return

    def _looked(self) -> tuple[str, ...]:
        """Changes that no event told of, once they have paused.

        Raises AbandonedError where an event comes meanwhile: it says where to look.
        """
        heard = self._hints.count
        changed = self._look_at_everything(self.waiting)
        self._judge(heard, changed)
        found = set(changed)
        end = time.monotonic() + LONGEST_SECONDS
        while changed and time.monotonic() < end:
            self._hints.next(self._quiet)
            changed = self._look_at_everything()
            found.update(changed)
        # A second save in the same tick of the clock leaves the stamp as it is: build once more.
        self._again = bool(found)
        return tuple(sorted(found))

    def _judge(self, heard: int, changed: tuple[str, ...]) -> None:
        """Say that events are missing when the one for the last change was not even late."""
        if self._missed == heard and not self._said and self._observer is not None:
            self._fall_back("a change came without one; the watch limit, or a network folder")
        self._missed = heard if changed else -1

    def _look_at_everything(self, stop: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        start = time.thread_time()  # not the clock on the wall: a busy machine is no reason
        now = scan(self._inputs, stop)
        self._cost = time.thread_time() - start
        changed = differences(self._seen, now)
        self._seen = now
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
            self._fall_back(error.strerror or str(error))
