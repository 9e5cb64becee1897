"""No document takes for ever: a limit of seconds, held by a timer of the system."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from site_gen.problems import Problem, SiteError, Where

SECONDS = 60.0


class _OverdueError(BaseException):
    """Not an Exception: converters catch those of the libraries they call."""


@contextmanager
def within(seconds: float, name: str) -> Iterator[None]:
    """Raises SiteError when the block is not done in time.

    Only the main thread can be interrupted; in another one, or on a system without timers, the
    block runs to its end.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _overdue)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _OverdueError:
        problem = Problem(
            "convert/time",
            f"{name} took more than {seconds:g} seconds",
            Where(name),
            "split it, or copy the article's text into a .txt file",
        )
        raise SiteError([problem]) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _overdue(number: int, frame: object) -> None:
    raise _OverdueError
