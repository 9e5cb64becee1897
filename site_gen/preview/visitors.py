"""Guesses from requests which pages are open, and waits until browsers have fetched changed ones.

A wrong guess costs `MAX_WAIT_SECONDS` once: a changed page that nobody fetches no longer counts as
open.
"""

import threading
from collections.abc import Callable
from typing import Any

from site_gen.preview.response import Response

Send = Callable[[dict[str, Any]], None]

MAX_WAIT_SECONDS = 0.15
MAX_PAGES = 64


class Visitors:
    """The pages and files that browsers requested lately.

    `record` is called by the server's thread, all other methods by the thread that builds.

    listening  returns the number of browsers with an event stream
    max_wait   the most seconds that a build waits for them
    max_pages  the most pages, and the most files, that count as open
    """

    def __init__(
        self,
        listening: Callable[[], int],
        *,
        max_wait: float = MAX_WAIT_SECONDS,
        max_pages: int = MAX_PAGES,
    ) -> None:
        self._listening = listening
        self._max_wait = max_wait
        self._max_pages = max_pages
        self._changed = threading.Condition()
        self._pages: dict[str, None] = {}
        self._files: dict[str, None] = {}
        self._awaited: set[str] = set()

    def record(self, response: Response) -> None:
        """Record a response that was sent."""
        if not response.output:
            return
        with self._changed:
            kind = self._pages if response.page else self._files
            kind.pop(response.output, None)
            kind[response.output] = None
            if len(kind) > self._max_pages:
                del kind[next(iter(kind))]
            self._awaited.discard(response.output)
            self._changed.notify_all()

    def open_pages(self) -> tuple[str, ...]:
        """Return the output paths of the pages that seem to be open, latest first."""
        with self._changed:
            return tuple(reversed(self._pages))

    def expecting(self, send: Send) -> Send:
        """Return a function that sends a message (see message.py) and expects requests for it."""

        def expect_and_send(change: dict[str, Any]) -> None:
            self._expect(change)
            send(change)

        return expect_and_send

    def _expect(self, change: dict[str, Any]) -> None:
        with self._changed:
            known = self._pages if change["all"] else self._pages | self._files
            changed = known if change["all"] else change["changed"]
            self._awaited = known.keys() & changed if self._listening() else set()

    def wait_for_fetches(self) -> None:
        """Wait until browsers have fetched the changed open pages, at most `max_wait` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not self._awaited, self._max_wait)
            for output in self._awaited:
                self._pages.pop(output, None)
                self._files.pop(output, None)
            self._awaited = set()
