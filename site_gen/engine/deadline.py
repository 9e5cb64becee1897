"""A bound on the time that one document may take."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Any


class TooSlow(Exception):  # noqa: N818 - says what happened
    """The document took longer than allowed."""


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises TooSlow in the block after `seconds`; without effect outside the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: Any) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
