"""The options of a build, and the report of what it did and why."""

import time
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from site_gen.problems import Problem


class Options(NamedTuple):
    """The options of a build. `None` leaves the choice to the settings.

    now      the one moment the build believes in (aware); read by the command line, not here
    jobs     worker processes; 0 = as many as the machine has cores
    noindex  keep search engines out, whatever the settings say (deploy previews)
    preview  the build of the preview server: its own output and memo under `.site_gen/preview/`
    """

    now: datetime
    base_url: str | None = None
    output: Path | None = None
    theme: str | None = None
    drafts: bool = False
    future: bool = False
    strict: bool = False
    keep_going: bool = False
    jobs: int = 0
    preview: bool = False
    noindex: bool = False

    @property
    def key(self) -> str:
        """The options that change what is built."""
        others = self._replace(now=None, output=None, jobs=0)  # type: ignore[arg-type]
        return repr(others)


class Rendered(NamedTuple):
    """One page that was rendered and why: the names of the views that changed, or "new"."""

    path: str
    reasons: tuple[str, ...]


class Waiting(NamedTuple):
    """What is not shown yet: drafts, articles held back, and of these the first that is due.

    until   its day in the site's zone, "" where none is held back; `path` below the site's root
    later   articles after the last note, where notes say what the editions are: in none so far
    """

    drafts: int = 0
    held: int = 0
    until: str = ""
    path: str = ""
    later: int = 0


class Report:
    """Counts of work done, problems, and seconds by stage. `ok` says that the site stands.

    planned      units that were planned; all others were known
    rewritten    those of `written` that were written a second time: their file changed meanwhile
    unfinished   it gave way to something newer: what it published is good, more is to be done

    Fields are given by name. No dataclass: importing what makes those takes a tenth of the time
    of a build that has nothing to do.
    """

    ok: bool = True
    unfinished: bool = False
    stat: int = 0
    hashed: int = 0
    planned: tuple[str, ...] = ()
    read: int = 0
    rendered: tuple[Rendered, ...] = ()
    written: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    articles: int = 0
    editions: int = 0
    waiting: Waiting = Waiting()
    missing_strings: tuple[str, ...] = ()
    seconds: dict[str, float]
    templates: dict[str, float]

    def __init__(self, **given: Any) -> None:
        self.seconds, self.templates = {}, {}
        for name, value in given.items():
            if name not in Report.__annotations__:
                raise TypeError(f"a report has no {name}")
            setattr(self, name, value)

    @property
    def is_faulty(self) -> bool:
        """Whether there are errors."""
        return any(problem.severity == "error" for problem in self.problems)

    def __repr__(self) -> str:
        return f"Report({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def but(self, **changes: Any) -> "Report":
        """A copy with other values of some fields."""
        return Report(**{**vars(self), **changes})


class Timer:
    """Writes seconds by stage into the report."""

    def __init__(self, report: Report, stage: str) -> None:
        self._seconds = report.seconds
        self._stage = stage
        self._since = time.perf_counter()

    def __enter__(self) -> "Timer":
        return self

    def __exit__(self, *_: object) -> None:
        self.start("")

    def start(self, stage: str) -> None:
        """End the current stage and begin another."""
        now = time.perf_counter()
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now
