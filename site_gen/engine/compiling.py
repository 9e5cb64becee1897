"""Templates compiled by a forked process while this one reads: a fifth of what an edit takes."""

import contextlib
import marshal
import mmap
from collections.abc import Iterator

from site_gen.engine.fork import Aside, may_fork, workers
from site_gen.theme.load import Theme

TEMPLATE = "article.html"
"""What most edits render."""

SIZE = 1 << 20
"""Bytes for the compiled templates of an article: some have a tenth of that."""


class Compiling:
    """The templates of articles, being compiled. Must be ended."""

    def __init__(self, theme: Theme, jobs: int) -> None:
        self._theme = theme
        self._aside: Aside | None = None
        if workers(jobs) > 1 and may_fork():
            with contextlib.suppress(OSError):
                self._aside = Aside(self._write, SIZE)

    def _write(self, memory: mmap.mmap) -> None:
        data = marshal.dumps(self._theme.compiled(TEMPLATE))
        memory[: len(data)] = data

    def finish(self) -> None:
        """Hand the theme what was compiled; what was not is compiled when it is rendered."""
        if self._aside and (written := self._aside.result()):
            self._theme.hand(marshal.loads(written[:]))  # noqa: S302 - a process of our own

    def end(self) -> None:
        """End the other process, if it is still at work."""
        if self._aside:
            self._aside.end()


@contextlib.contextmanager
def compiling(theme: Theme, jobs: int) -> Iterator[Compiling]:
    """Templates that are compiled meanwhile."""
    found = Compiling(theme, jobs)
    try:
        yield found
    finally:
        found.end()
