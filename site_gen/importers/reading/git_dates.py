"""When git first and last had each file of the old site, for systems that date texts by it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import subprocesses

_ASIDE = ("-c", "core.fsmonitor=false", "-c", "protocol.allow=never", "-c", "log.showSignature=no")
"""Settings of a stranger's repository that could start programs, or reach for the network."""
_COMMIT = "\x01"


class Dated(NamedTuple):
    """The moments of a file's first and last commit."""

    created: datetime
    modified: datetime


def read(root: Path) -> dict[str, Dated]:
    """Each file that a commit names, by its path below `root`; none without git or a history.

    A clone of the last commits alone knows no first one, so it tells nothing.
    """
    if _shallow(root) != "false":
        return {}
    told = _git(root, "log", "-z", "--name-only", "--relative", "--no-renames",
                f"--format={_COMMIT}%at", "--", ".")  # fmt: skip
    found: dict[str, Dated] = {}
    for commit in told.split(_COMMIT)[1:]:  # the newest first
        seconds, _, names = commit.partition("\0")
        try:
            moment = datetime.fromtimestamp(int(seconds), UTC)
        except (ValueError, OverflowError, OSError):  # a commit may bear any number
            continue
        for name in filter(None, (name.strip("\n") for name in names.split("\0"))):
            known = found.get(name)
            found[name] = Dated(moment, known.modified if known else moment)
    return found


def is_shallow(root: Path) -> bool:
    """Whether it is a clone of the last commits alone."""
    return _shallow(root) == "true"


def _shallow(root: Path) -> str:
    """`true` or `false`; "" where there is no history."""
    return _git(root, "rev-parse", "--is-shallow-repository").strip()


def _git(root: Path, *words: str) -> str:
    """What git prints; "" where it is not there, or refuses."""
    quiet = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocesses.run("git", "-C", str(root), *_ASIDE, *words, env=quiet)
    except subprocesses.NotInstalledError:
        return ""
    return "" if done.code else done.out
