"""Checks the open edition after each build of the preview, for its overlay."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from site_gen import settings
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options, Report
from site_gen.engine.site import GiveWay
from site_gen.problems import Problem, SiteError, as_data
from site_gen.query import contents_of, contents_of_last_build

Found = dict[str, Any] | None


class Hints:
    """The findings in the open edition, from what the last build read."""

    def __init__(self, root: Path, kept: Kept) -> None:
        self._root, self._kept = root, kept
        self._last: Found = None

    def __call__(self, options: Options, report: Report, newer: Callable[[], bool]) -> Found:
        """Return the findings; the last ones if the site has errors or a newer save waits."""

        def pause() -> None:
            if newer():
                raise GiveWay

        if report.ok:
            try:
                self._last = self._check(options, report, pause)
            except (SiteError, GiveWay):
                pass  # the build reports the error, or the next check follows
            except Exception as error:  # a bug in a rule must not stop the preview
                self._last = _failed(error)
        return self._last

    def _check(self, options: Options, report: Report, pause: Callable[[], None]) -> Found:
        own = settings.load(self._root).settings
        if own is None:
            return self._last
        from site_gen.check.open_edition import hints  # slow to import, so not at the start

        contents = contents_of_last_build(self._kept, report.problems)
        if contents is None:  # nothing was to be built
            contents = contents_of(self._root, options, self._kept)
        return hints(self._root, own, contents, options.now, pause)


def _failed(error: Exception) -> Found:
    text = f"the check itself failed: {type(error).__name__}: {error}"
    problem = Problem("check/crash", text, help="`site-gen check` says more", severity="hint")
    found = [as_data(problem)]
    return {"edition": "", "summary": [], "told": "no hints", "more": 0, "findings": found}
