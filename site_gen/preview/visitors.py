"""Who looks: the outputs that browsers asked for lately, and whether they came for what changed.

What is open is guessed from what was asked for. A wrong guess costs once `LONGEST_SECONDS`: what
nobody came for when it had changed is no longer taken to be open.
"""

import threading
from collections.abc import Callable
from typing import Any

from site_gen.preview.response import Response

Tell = Callable[[dict[str, Any]], None]

LONGEST_SECONDS = 0.15
MOST = 64


class Audience:
    """The browsers, as the build sees them. `sent` is called by the server's thread, all else by
    the one that builds.

    listening   how many browsers are told of changes; for none nobody waits
    longest     seconds that a build gives way at most
    """

    def __init__(
        self, listening: Callable[[], int], *, longest: float = LONGEST_SECONDS, most: int = MOST
    ) -> None:
        self._listening = listening
        self._longest = longest
        self._most = most
        self._changed = threading.Condition()
        self._pages: dict[str, None] = {}
        self._files: dict[str, None] = {}
        self._awaited: set[str] = set()

    def sent(self, response: Response) -> None:
        """Somebody asked, and has this."""
        if not response.output:
            return
        with self._changed:
            kind = self._pages if response.page else self._files
            kind.pop(response.output, None)
            kind[response.output] = None
            if len(kind) > self._most:
                del kind[next(iter(kind))]
            self._awaited.discard(response.output)
            self._changed.notify_all()

    def open(self) -> tuple[str, ...]:
        """Output paths of the pages that seem to be open, the latest first."""
        with self._changed:
            return tuple(reversed(self._pages))

    def before(self, tell: Tell) -> Tell:
        """`tell`, with the audience expected to come for what it tells of (see message.py)."""

        def told(change: dict[str, Any]) -> None:
            self._expect(change)
            tell(change)

        return told

    def _expect(self, change: dict[str, Any]) -> None:
        with self._changed:
            known = self._pages if change["all"] else self._pages | self._files
            changed = known if change["all"] else change["changed"]
            self._awaited = known.keys() & changed if self._listening() else set()

    def give_way(self) -> None:
        """Wait until browsers have what they were told of and look at, but not for long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._awaited, self._longest)
            for output in self._awaited:
                self._pages.pop(output, None)
                self._files.pop(output, None)
            self._awaited = set()
