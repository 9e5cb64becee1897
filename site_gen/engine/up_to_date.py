"""Whether a build has nothing to do, found out by stat alone, and what it takes to know that.

A young file is hashed again (see basics/stamps.py). Where the file system's time lies before the
last settling, the clock was set back, and no stamp proves anything.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from site_gen.basics import digest, files, program_version
from site_gen.basics.stamps import RACY, Stamp, file_system_time, stamp
from site_gen.engine.report import Report, Waiting
from site_gen.engine.site import Site, output_name
from site_gen.engine.snapshot import CONTENT, PLUGINS, THEMES, Snapshot, take_snapshot
from site_gen.memo import problem_codec
from site_gen.memo.memo import Memo

INPUTS = "inputs"
"""The state of an output under which the memo has the packed stamps of the content files that it
was settled with."""


def is_up_to_date(site: Site) -> bool:
    """Whether inputs and outputs are as the last good build left them."""
    memo, name, options, snapshot = site.memo, site.name, site.options, site.snapshot
    known = memo.state(name, "settled")
    if not isinstance(known, dict) or known.get("options") != options.key:
        return False
    if not _is_valid(known, options.now) or known.get("inputs") != snapshot.digest(
        snapshot.stamps()
    ):
        return False
    if known.get("program") != program_version.quick_stamp():
        return False
    if any(list(_found(path)) != was for path, was in known["code"]):
        return False
    time = file_system_time(memo.path.parent)
    if time < known["time"]:
        memo.doubt_stamps()
        return False
    site.report.hashed += len(known["racy"])
    for path, seal in known["racy"]:
        if _stamp_of(snapshot, path) is None or _hash(site.root, path) != seal:
            return False
    if not site.looking or known.get("outputs") != site.looking.looked().digest:
        return False
    _say_again(site.report, known)
    if known["racy"]:
        _calm(memo, name, known, time, snapshot)
    return True


def _found(path: str) -> tuple[int, ...]:
    try:
        return stamp(os.stat(path))
    except OSError:
        return ()


def is_outdated(root: Path, memo_file: Path, output: Path, now: datetime) -> bool:
    """Whether the output is known to be another than a build would make now, by stat alone: a
    text has changed since, or a moment has come. False where nothing is known of it.

    A save within two seconds of the build may go unseen: who sends has built before.
    """
    if not memo_file.exists():
        return False
    try:
        with contextlib.closing(Memo(memo_file)) as memo:
            known = memo.state(output_name(output), "settled")
            stamps = memo.bytes_of(output_name(output), INPUTS)
            valid = not isinstance(known, dict) or _is_valid(known, now)
    except (sqlite3.Error, LookupError, TypeError, ValueError):  # damaged: the next build says so
        return False
    return not valid or (bool(stamps) and stamps != take_snapshot(root).stamps())


def _is_valid(known: dict[str, Any], now: datetime) -> bool:
    """Whether every decision about time is still as it was."""
    since, until = known["valid"]
    at = now.timestamp()
    return (since is None or at >= since) and (until is None or at < until)


def _say_again(report: Report, known: dict[str, Any]) -> None:
    """What the last good build said of the site, where nothing of it changed."""
    report.pages, report.articles = known["pages"], known["articles"]
    report.editions, report.waiting = known["editions"], Waiting(*known["waiting"])
    report.problems += tuple(problem_codec.decode(known["problems"]))


def _hash(root: Path, path: str) -> str:
    try:
        return digest.of_bytes(files.read_bytes(root / path, 1 << 30))
    except files.Unreadable:
        return ""


def _calm(memo: Memo, name: str, known: dict[str, Any], time: int, snapshot: Snapshot) -> None:
    """Files that were written long enough ago need no second look any more."""
    racy = [[p, d] for p, d in known["racy"] if _is_young(_stamp_of(snapshot, p), time)]
    if len(racy) < len(known["racy"]):
        memo.set_state(name, "settled", {**known, "racy": racy, "time": time})


def _groups(snapshot: Snapshot) -> Iterator[tuple[str, dict[str, Stamp]]]:
    """The inputs, and what their paths begin with below the site's root."""
    yield f"{CONTENT}/", snapshot.content
    yield f"{THEMES}/", snapshot.themes
    yield f"{PLUGINS}/", snapshot.plugins
    yield "", snapshot.settings


def _stamp_of(snapshot: Snapshot, path: str) -> Stamp | None:
    """Of an input, by path from the site's root."""
    for begin, stamps in _groups(snapshot):
        if path.startswith(begin):
            return stamps.get(path.removeprefix(begin))
    return None


def _is_young(found: Stamp | None, time: int) -> bool:
    return found is not None and found[1] > time - RACY


def settle(
    site: Site,
    outputs: str,
    valid: tuple[float | None, float | None],
    seal: Callable[[str], str],
    code: Sequence[str] = (),
) -> None:
    """Record that the output is what the inputs of the site give.

    outputs   the digest of our files in the output, see `outputs.digest_of`
    valid     moments from which and until which every decision about time stays as it is
    seal      the digest of a file that was read, by path from the site's root; "" = not read
    code      absolute paths of what was run of installed plugins
    """
    memo, name, snapshot, report = site.memo, site.name, site.snapshot, site.report
    time = file_system_time(memo.path.parent)
    limit = time - RACY
    young = [
        f"{b}{p}" for b, stamps in _groups(snapshot) for p, s in stamps.items() if s[1] > limit
    ]
    racy = [[path, seal(path) or _hash(site.root, path)] for path in young]
    stamps = snapshot.stamps()
    with memo.transaction():
        memo.set_bytes(name, INPUTS, stamps)
        memo.set_state(name, "settled", {
            "options": site.options.key,
            "inputs": snapshot.digest(stamps),
            "program": program_version.quick_stamp(),
            "valid": valid,
            "time": time,
            "racy": racy,
            "code": [[path, list(_found(path))] for path in code],
            "outputs": outputs,
            "pages": report.pages,
            "articles": report.articles,
            "editions": report.editions,
            "waiting": list(report.waiting),
            "problems": problem_codec.encode(report.problems),
        })  # fmt: skip
