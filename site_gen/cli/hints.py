"""What a check finds in the open edition after each build of the preview, for its panel."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from site_gen import settings
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options, Report
from site_gen.engine.site import GiveWay
from site_gen.problems import Problem, SiteError, as_data
from site_gen.query import contents_kept, contents_of

Found = dict[str, Any] | None


class Hints:
    """Looks again after each build, in what that build read."""

    def __init__(self, root: Path, kept: Kept) -> None:
        self._root, self._kept = root, kept
        self._last: Found = None

    def __call__(self, options: Options, report: Report, newer: Callable[[], bool]) -> Found:
        """As it was last known where the site is broken, or where something newer waits."""

        def pause() -> None:
            if newer():
                raise GiveWay

        if report.ok:
            try:
                self._last = self._found(options, report, pause)
            except (SiteError, GiveWay):
                pass  # a build says it, or the next look does
            except Exception as error:  # a preview goes on, whatever a rule makes of a text
                self._last = _failed(error)
        return self._last

    def _found(self, options: Options, report: Report, pause: Callable[[], None]) -> Found:
        own = settings.load(self._root).settings
        if own is None:
            return self._last
        from site_gen.check.open_edition import hints  # takes long, and a page may be waited for

        contents = contents_kept(self._kept, report.problems)
        if contents is None:  # nothing was to be built
            contents = contents_of(self._root, options, self._kept)
        return hints(self._root, own, contents, options.now, pause)


def _failed(error: Exception) -> Found:
    told = f"the check itself failed: {type(error).__name__}: {error}"
    problem = Problem("check/crash", told, help="`site-gen check` says more", severity="hint")
    found = [as_data(problem)]
    return {"edition": "", "summary": [], "told": "no hints", "more": 0, "findings": found}
