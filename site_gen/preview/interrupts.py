"""Ctrl-C and SIGTERM, of which neither is lost."""

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """While it is entered, in the main thread, both signals raise KeyboardInterrupt.

    Python drops what is raised in a finalizer or in the callback of a weak reference, as imports
    use them, and says so on stderr. There what `stops` was given has to do, and nothing is said.
    """

    def __init__(self) -> None:
        self._came = False
        self._stop: Callable[[], None] = lambda: None

    def stops(self, stop: Callable[[], None]) -> None:
        """Have `stop` called by each signal, at once where one came already."""
        self._stop = stop
        if self._came:
            stop()

    def __enter__(self) -> Self:
        self._hook = sys.unraisablehook
        sys.unraisablehook = self._unraisable
        self._before = [signal.signal(number, self._interrupt) for number in SIGNALS]
        return self

    def __exit__(self, *raised: object) -> None:
        for number, handler in zip(SIGNALS, self._before, strict=True):
            signal.signal(number, handler)
        sys.unraisablehook = self._hook

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._came = True
        self._stop()
        raise KeyboardInterrupt

    def _unraisable(self, dropped: Any) -> None:
        if dropped.exc_type is not KeyboardInterrupt:
            self._hook(dropped)
