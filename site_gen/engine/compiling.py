"""Templates compiled by a forked process while this one reads: a fifth of what an edit takes.

That process imports the template engine for itself, so that it can begin before anything else.
"""

import contextlib
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from site_gen.engine.fork import Aside, may_fork, workers
from site_gen.engine.memo import SHARED, Memo
from site_gen.engine.report import Options

if TYPE_CHECKING:
    from site_gen.theme.load import Theme

TEMPLATE = "article.html"
"""What most edits render."""

SIZE = 1 << 20
"""Bytes for the compiled templates of an article: ours have a tenth of that."""


class Compiling:
    """The templates of articles, being compiled. Must be ended."""

    def __init__(self, root: Path, options: Options, known: str) -> None:
        self._root, self._options, self._known = root, options, known
        self._aside: Aside | None = None
        if known and workers(options.jobs) > 1 and may_fork():
            with contextlib.suppress(OSError):
                self._aside = Aside(self._write, SIZE)

    def _write(self, memory: mmap.mmap) -> None:
        import marshal

        from site_gen.engine.asked import asked_settings, asked_theme

        settings, _ = asked_settings(self._root, self._options)
        theme = asked_theme(self._root, self._options, settings, self._known)
        data = marshal.dumps(theme.compiled(TEMPLATE))
        memory[: len(data)] = data

    def finish(self, theme: "Theme") -> None:
        """Hand a theme what was compiled; what was not is compiled when it is rendered."""
        if self._aside and (written := self._aside.result()):
            import marshal

            theme.hand(marshal.loads(written[:]))  # noqa: S302 - of a process of our own

    def end(self) -> None:
        """End the other process, if it is still at work."""
        if self._aside:
            self._aside.end()


@contextlib.contextmanager
def compiling(root: Path, options: Options, memo: Memo) -> Iterator[Compiling]:
    """Templates that are compiled meanwhile, where the memo knows what they are."""
    found = Compiling(root, options, memo.state(SHARED, "analyses") or "")
    try:
        yield found
    finally:
        found.end()
