"""A time limit for each document."""

from collections.abc import Iterator
from contextlib import contextmanager

from site_gen.problems import Problem, SiteError, Where
from site_gen.workers.deadline import TooSlow, deadline

SECONDS = 60.0


@contextmanager
def within(seconds: float, name: str) -> Iterator[None]:
    """Raise SiteError if the block takes more than `seconds` of CPU time."""
    try:
        with deadline(seconds):
            yield
    except TooSlow:
        problem = Problem(
            "convert/time",
            f"{name} took more than {seconds:g} seconds",
            Where(name),
            "split it, or copy the article's text into a .txt file",
        )
        raise SiteError([problem]) from None
